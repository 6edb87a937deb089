/** What is not taken back easily: asked once more in words, on the spot. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useHere } from '../me.tsx'
import { ErrorSummary } from './states.tsx'

/** `what`: said to those who listen. `sure`: the question; `yes`: its answer. */
export function AskedOnceMore({
  label,
  what,
  sure,
  yes,
  act,
}: {
  label: string
  what: string
  sure: string
  yes: string
  act(): Promise<unknown>
}) {
  const { lang, words } = useHere()
  const [asking, setAsking] = useState(false)
  const doing = useMutation({ mutationFn: act })
  if (!asking)
    return (
      <button type="button" className="plain" onClick={() => setAsking(true)}>
        {label} <span className="hidden">{what}</span>
      </button>
    )
  return (
    <div>
      <ErrorSummary error={doing.error} words={words} lang={lang} />
      <p className="row wrap" role="group" aria-label={sure}>
        {sure}
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the button that was pressed is gone */}
        <button type="button" className="button quiet" autoFocus disabled={doing.isPending} onClick={() => doing.mutate()}>
          {yes}
        </button>
        <button type="button" className="plain" onClick={() => setAsking(false)}>
          {words.cancel}
        </button>
      </p>
    </div>
  )
}
