/** Much that seldom needs anybody: folded on a phone, where its summary says it all; open at a desk. `isOld`: folded there too. */
import { useState, type ReactNode } from 'react'

const AT_A_DESK = '(min-width: 721px)'

export function Fold({ summary, isOld = false, children }: { summary: string; isOld?: boolean; children: ReactNode }) {
  const [isOpen] = useState(() => !isOld && window.matchMedia(AT_A_DESK).matches)
  return (
    <details className="fold" open={isOpen}>
      <summary>{summary}</summary>
      {children}
    </details>
  )
}
