import type { CasePage } from '@tirek/contract/answers'
import { dayOf } from '@tirek/procedure/time'
import { useQueryClient } from '@tanstack/react-query'
import { ask, Refused } from '../api.ts'
import { useActNames } from '../case-data.ts'
import { useHere, useNow, usePeople } from '../me.tsx'
import { momentText } from '../when.ts'

/** What others recorded in the case meanwhile, where `error` says so, and the way to `send` on top of it: with the version as it is now. */
export function CaseChanged({ id, error, send }: { id: string; error: unknown; send(version: number): void }) {
  const { lang, words } = useHere()
  const queries = useQueryClient()
  const people = usePeople()
  const names = useActNames()
  const today = dayOf(useNow(60_000))
  if (!(error instanceof Refused) || error.problem.code !== 'stale') return null
  return (
    <>
      <p>{words.changedBy}:</p>
      <ul>
        {(error.problem.changes ?? []).map((change) => (
          <li key={`${change.kind}${change.at}`}>
            {names.data?.find((act) => act.kind === change.kind)?.label[lang] ?? change.kind}, {momentText(change.at, lang, today)}
            {change.by && `, ${people.get(change.by)?.name ?? ''}`}
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="button"
        onClick={() =>
          void queries
            .fetchQuery({ queryKey: ['case', id], queryFn: () => ask<CasePage>(`/api/cases/${id}`), staleTime: 0 })
            .then((fresh) => send(fresh.summary.version))
        }
      >
        {words.sendAnyway}
      </button>
    </>
  )
}
