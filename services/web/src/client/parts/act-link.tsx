/** The way to what ends a deadline: the form of its act, or the page that leads through it. */
import type { DeadlineView } from '@tirek/contract/answers'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

export function ActLink({
  id,
  deadline: { row, act },
  className,
  label,
  children,
}: {
  id: string
  deadline: Pick<DeadlineView, 'row' | 'act'>
  className: string
  label: string
  children: ReactNode
}) {
  const about = { className, 'aria-label': label, params: { id } }
  if (row === 'urgent-measures')
    return (
      <Link to="/cases/$id/hour" {...about}>
        {children}
      </Link>
    )
  // CP-54: a referral is a packet, an order and an answer, not one form.
  if (row === 'review-referral')
    return (
      <Link to="/cases/$id/referrals/new" {...about}>
        {children}
      </Link>
    )
  return (
    <Link to="/cases/$id/record/$kind" {...about} params={{ id, kind: act }}>
      {children}
    </Link>
  )
}
