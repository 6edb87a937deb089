/** Is everything well? Each part of the system, and what waits while it is away. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ask, Refused } from '../api.ts'
import { useHere, useNow } from '../me.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { timeText } from '../when.ts'
import { manageWords, PARTS } from '../words-of/manage.ts'

type Health = { status: string; parts?: Record<string, 'ok' | 'away' | 'absent'> }

/** Not being well is told with the status of a refusal; it is an answer all the same. */
const health = (signal: AbortSignal) =>
  ask<Health>('/api/health', { again: true, signal }).catch((error: unknown) => {
    if (error instanceof Refused && error.problem['parts']) return error.problem as unknown as Health
    throw error
  })

export function SystemPage() {
  const { lang, words } = useHere()
  const say = manageWords(lang)
  useNow(15_000)
  const found = useQuery({ queryKey: ['health'], queryFn: ({ signal }) => health(signal), refetchInterval: 15_000, staleTime: 0 })
  useEffect(() => void (document.title = `${say.system} · Тірек`), [say])
  if (found.isPending) return <Loading words={words} />
  const parts = Object.entries(found.data?.parts ?? {}).toSorted(([, a], [, b]) => Number(a === 'ok') - Number(b === 'ok'))
  const away = parts.filter(([, state]) => state === 'away')
  return (
    <main id="content" className="narrow">
      <h1>{say.system}</h1>
      {found.isError && <Failure error={found.error} words={words} onAgain={() => void found.refetch()} />}
      <div role="status">
        {found.isSuccess && (
          <p className={`note ${away.length > 0 ? 'late' : 'kept'}`}>
            <b>{away.length > 0 ? `${say.systemUnwell}: ${away.length}` : say.systemWell}</b>
            <br />
            <span className="soft">
              {say.lookedAt} {timeText(found.dataUpdatedAt)}
            </span>
          </p>
        )}
      </div>
      <ul className="card tasks">
        {parts.map(([name, state]) => (
          <li key={name} className="task">
            <span className="title">{PARTS[name]?.name[lang] ?? name}</span>
            <span className={`tag ${{ ok: 'kept', away: 'late', absent: 'plain' }[state]}`}>
              {{ ok: say.partWell, away: say.partAway, absent: say.partAbsent }[state]}
            </span>
            <span className="why">{PARTS[name]?.waits[lang]}</span>
          </li>
        ))}
      </ul>
      <p>
        <Link to="/letters">{say.letters}</Link>
      </p>
    </main>
  )
}
