/** RT-30: what is past its term, for the head to approve. Nothing is erased without. */
import { dayOf } from '@tirek/procedure/time'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ask, newKey } from '../api.ts'
import { useHere } from '../me.tsx'
import { ErrorSummary, Failure, Loading } from '../parts/states.tsx'
import { dayText } from '../when.ts'
import { ENDS_SHORT } from '../words.ts'
import { Rule } from '../parts/rule.tsx'

type Due = {
  cases: { caseId: string; number: string; end: string | null; rule: string; from: number; until: number; held: boolean }[]
  more: boolean
  journals: { entries: number; until: number; rule: string }
}

export function ErasuresPage() {
  const { lang, words } = useHere()
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [journals, setJournals] = useState(false)
  const [sure, setSure] = useState(false)
  const due = useQuery({ queryKey: ['erasures'], queryFn: ({ signal }) => ask<Due>('/api/erasures/due', { signal }), retry: false })
  const approve = useMutation({
    mutationFn: () => ask('/api/erasures', { method: 'POST', body: { cases: [...chosen], journals }, key: newKey() }),
    onSettled: () => {
      setSure(false)
      setChosen(new Set())
      setJournals(false)
      return queries.invalidateQueries()
    },
  })
  useEffect(() => void (document.title = `${words.erasures} · Тірек`), [words])
  if (due.isPending) return <Loading words={words} />
  const { cases = [], more = false, journals: entries } = due.data ?? {}
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  const year = (at: number) => `${dayText(dayOf(at), lang)} ${dayOf(at).slice(0, 4)}`
  const isChosen = chosen.size > 0 || journals
  return (
    <main id="content" className="narrow">
      <h1>{words.erasures}</h1>
      {(cases.length > 0 || (entries?.entries ?? 0) > 0) && <p>{words.erasuresLead}</p>}
      {due.isError && <Failure error={due.error} words={words} onAgain={() => void due.refetch()} />}
      <ErrorSummary error={approve.error} words={words} lang={lang} schema={{}} />
      {approve.isSuccess && (
        <p className="note" role="status">
          {words.erasuresDone}
        </p>
      )}
      {due.isSuccess && cases.length === 0 && entries?.entries === 0 && <p className="soft">{words.erasuresNone}</p>}
      {(cases.length > 0 || (entries?.entries ?? 0) > 0) && (
        <ul className="card pad papers">
          {cases.map((one) => (
            <li key={one.caseId}>
              <label className="tick">
                <input
                  type="checkbox"
                  checked={chosen.has(one.caseId)}
                  disabled={one.held || (chosen.size >= 50 && !chosen.has(one.caseId))}
                  onChange={() => toggle(one.caseId)}
                />
                <span>
                  <b>{one.number}</b> {one.end && <span>{ENDS_SHORT[one.end]?.[lang] ?? one.end}</span>}{' '}
                  {one.held && <span className="tag soon">{words.erasureHeld}</span>}
                </span>
              </label>
              <small>
                <Rule code={one.rule} /> · {words.keptFrom} {year(one.from)}, {words.keptUntil} {year(one.until)} ·{' '}
                <Link to="/cases/$id" params={{ id: one.caseId }}>
                  {words.toCase}
                </Link>
              </small>
            </li>
          ))}
          {entries && entries.entries > 0 && (
            <li>
              <label className="tick">
                <input type="checkbox" checked={journals} onChange={() => setJournals(!journals)} />
                <b>
                  {words.journalEntries}: {entries.entries}
                </b>
              </label>
              <small>
                <Rule code={entries.rule} /> · {words.olderThan} {year(entries.until)}
              </small>
            </li>
          )}
        </ul>
      )}
      {more && <p className="soft">{words.erasuresMore}</p>}
      {isChosen && (
        <div className="row wrap save">
          {!sure && (
            <button type="button" className="button" onClick={() => setSure(true)}>
              {words.erase}
            </button>
          )}
          {sure && (
            <>
              <p role="alert">{words.eraseSure}</p>
              <button type="button" className="button" disabled={approve.isPending} onClick={() => approve.mutate()}>
                {words.eraseForGood}
              </button>
              <button type="button" className="button quiet" onClick={() => setSure(false)}>
                {words.cancel}
              </button>
            </>
          )}
        </div>
      )}
    </main>
  )
}
