/** The team: who carries how much against the norm, whose terms have passed, what comes in four weeks, what nobody leads (CP-18). */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ask } from '../api.ts'
import { useHere, useNow, usePeople } from '../me.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { teamLoad } from '../team-load.ts'
import { shortDay } from '../when.ts'
import { manageWords } from '../words-of/manage.ts'
import { useWorkList } from './today.tsx'

type Caseload = { least: number; most: number; items: { person: string; active: number }[] }

export function TeamPage() {
  const { lang, words } = useHere()
  const say = manageWords(lang)
  const people = usePeople()
  const now = useNow(60_000)
  const list = useWorkList('team')
  const load = useQuery({ queryKey: ['caseload'], queryFn: ({ signal }) => ask<Caseload>('/api/caseload', { again: true, signal }) })
  useEffect(() => void (document.title = `${say.team} · Тірек`), [say])
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  // A sum needs all of it.
  useEffect(() => void (hasNextPage && !isFetchingNextPage && fetchNextPage()), [hasNextPage, isFetchingNextPage, fetchNextPage])
  if (list.isPending || load.isPending) return <Loading words={words} />
  const failed = list.error ?? load.error
  const { least = 0, most = 0, items = [] } = load.data ?? {}
  const { ends, workers, unowned } = teamLoad(
    list.data?.pages.flatMap((page) => page.items) ?? [],
    new Map(items.map(({ person, active }) => [person, active])),
    now,
  )
  const rows = [...workers].toSorted(([, a], [, b]) => b.overdue - a.overdue || b.active - a.active)
  return (
    <main id="content">
      <h1>{say.team}</h1>
      <p>{say.teamLead}</p>
      {failed && <Failure error={failed} words={words} onAgain={() => void Promise.all([list.refetch(), load.refetch()])} />}
      <p className={`note ${unowned.length > 0 ? 'late' : 'kept'}`}>
        {say.unowned}: <b className="num">{unowned.length}</b>
        {unowned.slice(0, 5).map((one) => (
          <span key={one.caseId + one.deadline.key}>
            {' · '}
            <Link to="/cases/$id" params={{ id: one.caseId }}>
              {words.caseWord} {one.number}
            </Link>
          </span>
        ))}
      </p>
      {rows.length > 0 && (
        <table className="journal load">
          <caption className="hidden">{say.team}</caption>
          <thead>
            <tr>
              <th scope="col">{say.worker}</th>
              <th scope="col">
                {words.activeCases} ({words.norm} {least}–{most})
              </th>
              <th scope="col">{words.overdue}</th>
              {ends.map((end) => (
                <th key={end} scope="col">
                  {say.weekTo} {shortDay(end, lang)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([person, one]) => (
              <tr key={person}>
                <th scope="row">{people.get(person)?.name ?? words.somebody}</th>
                <td data-caption={words.activeCases} className="num">
                  {one.active} {one.active > most && <span className="tag late">{say.aboveNorm}</span>}
                  {one.active < least && <span className="tag plain">{say.belowNorm}</span>}
                </td>
                <td data-caption={words.overdue} className="num">
                  {one.overdue > 0 ? <span className="tag late">{one.overdue}</span> : 0}
                </td>
                {one.weeks.map((n, week) => (
                  <td key={ends[week]} data-caption={`${say.weekTo} ${shortDay(ends[week]!, lang)}`} className="num">
                    {n}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </main>
  )
}
