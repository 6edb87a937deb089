/** What happened? Every act that may be recorded on this case now, those a term waits for first. */
import type { Role } from '@tirek/contract/roles'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ask } from '../api.ts'
import { useCase } from '../case-data.ts'
import { useHere } from '../me.tsx'
import { Failure, Loading } from '../parts/states.tsx'

type ActName = { kind: string; label: { ru: string; kk: string; en: string }; roles: Role[] }

/** Names of all acts. */
export const useActNames = () =>
  useQuery({ queryKey: ['forms'], queryFn: ({ signal }) => ask<ActName[]>('/api/forms', { signal }), staleTime: Number.POSITIVE_INFINITY })

export function ChooseActPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { lang, words } = useHere()
  const found = useCase(id)
  const names = useActNames()
  useEffect(() => void (document.title = `${words.record} · Тірек`), [words])
  if (found.isPending || names.isPending) return <Loading words={words} />
  const error = found.error ?? names.error
  const allowed = new Set<string>(found.data?.allowedActs ?? [])
  // Both kinds of contact are one page.
  if (allowed.has('contact-made')) allowed.delete('contact-attempted')
  const awaited = new Set((found.data?.deadlines ?? []).filter((deadline) => deadline.state === 'open').map((deadline) => deadline.act))
  const acts = (names.data ?? [])
    .filter((act) => allowed.has(act.kind))
    .toSorted((a, b) => Number(awaited.has(b.kind)) - Number(awaited.has(a.kind)))
  return (
    <main id="content" className="narrow">
      <p>
        <Link to="/cases/$id" params={{ id }}>
          ← {words.casePrefix} {found.data?.summary.number}
        </Link>
      </p>
      <h1>{words.chooseAct}</h1>
      {error && <Failure error={error} words={words} />}
      {acts.length === 0 && !error && <p>{words.actsNone}</p>}
      {acts.length > 0 && (
        <ul className="card acts">
          {acts.map((act) => (
            <li key={act.kind}>
              {act.kind === 'family-drawn' ? (
                <Link to="/cases/$id/family" params={{ id }}>
                  {act.label[lang]}
                </Link>
              ) : (
                <Link to="/cases/$id/record/$kind" params={{ id, kind: act.kind }}>
                  {act.label[lang]} {awaited.has(act.kind) && <span className="tag soon">{words.waits}</span>}
                </Link>
              )}
            </li>
          ))}
        </ul>
      )}
    </main>
  )
}
