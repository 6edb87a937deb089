/** The team: what nobody leads, who carries how much against the norm, whose terms have passed, what comes in four weeks (CP-18, CP-64). */
import type { Absence } from '@tirek/contract/people'
import type { Approvals, Load, TeamBoard } from '@tirek/contract/team'
import { dayOf, type Day } from '@tirek/procedure/time'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Rule } from '../parts/rule.tsx'
import '../admin.css'
import { ask } from '../api.ts'
import { useAll } from '../manage-data.ts'
import { useHere, useNow, usePeople } from '../me.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { groupsOf } from '../today.ts'
import { dayText, dueWords, shortDay } from '../when.ts'
import { adminWords } from '../words-of/admin.ts'
import { manageWords } from '../words-of/manage.ts'
import { useWorkList } from './today.tsx'

type Worker = TeamBoard['workers'][number]
const SHOWN = 10

export function TeamPage() {
  const { lang, words } = useHere()
  const say = manageWords(lang)
  const adm = adminWords(lang)
  const board = useQuery({
    queryKey: ['team'],
    queryFn: ({ signal }) => ask<TeamBoard>('/api/team', { again: true, signal }),
    refetchInterval: 60_000,
  })
  const waiting = useQuery({
    queryKey: ['approvals'],
    queryFn: ({ signal }) => ask<Approvals>('/api/approvals', { again: true, signal }),
    refetchInterval: 60_000,
  })
  useEffect(() => void (document.title = `${say.team} · Тірек`), [say])
  if (board.isPending) return <Loading words={words} />
  if (!board.data)
    return (
      <main id="content">
        <Failure alone error={board.error} words={words} onAgain={() => void board.refetch()} />
      </main>
    )
  const { workers, unowned } = board.data
  const rows = workers.toSorted((a, b) => b.overdue - a.overdue || b.active - a.active)
  return (
    <main id="content">
      <h1>{say.team}</h1>
      <p>{adm.boardLead}</p>
      {board.isError && <Failure error={board.error} words={words} onAgain={() => void board.refetch()} />}
      <Unowned unowned={unowned} />
      <p>
        <Link to="/approvals">
          {adm.approvals}
          {waiting.data && <span className="num">: {waiting.data.items.length}</span>}
        </Link>
      </p>
      {rows.length === 0 ? (
        <p className="soft">{adm.noWorkers}</p>
      ) : (
        <>
          <Loads board={board.data} rows={rows} />
          <Forecast ends={board.data.ends} rows={rows} />
        </>
      )}
      <Overdue />
    </main>
  )
}

function Unowned({ unowned }: { unowned: TeamBoard['unowned'] }) {
  const { lang } = useHere()
  const adm = adminWords(lang)
  const today = dayOf(useNow(60_000))
  if (unowned.count === 0)
    return (
      <p className="note kept" role="status">
        ✓ <b className="num">{adm.unownedNone}</b>
      </p>
    )
  return (
    <section className="note late unowned" role="alert">
      <h2>
        ⚠ {adm.unownedSome}: <span className="num">{unowned.count}</span>
      </h2>
      <p>{adm.unownedWhat}</p>
      <ul>
        {unowned.items.map((one) => (
          <li key={one.number}>
            {one.caseId ? (
              <Link to="/cases/$id" params={{ id: one.caseId }}>
                {one.number}
              </Link>
            ) : (
              <b>{one.number}</b>
            )}
            <span>
              {one.why === 'nobody' ? adm.nobodyLeads : adm.ownerGone}, {adm.since} {dayText(dayOf(one.openedAt), lang, today)}
            </span>
            {one.caseId ? (
              <Link to="/cases/$id/record/$kind" params={{ id: one.caseId, kind: 'assigned' }}>
                {adm.assignIt} <span className="hidden">{one.number}</span>
              </Link>
            ) : (
              <span className="soft">{adm.askHead}</span>
            )}
          </li>
        ))}
      </ul>
      {unowned.count > unowned.items.length && (
        <p className="num">
          {adm.andMore} {unowned.count - unowned.items.length}
        </p>
      )}
    </section>
  )
}

function Loads({ board: { least, most }, rows }: { board: TeamBoard; rows: readonly Worker[] }) {
  const { lang, words } = useHere()
  const say = manageWords(lang)
  const adm = adminWords(lang)
  const people = usePeople()
  const today = dayOf(useNow(60_000))
  const absences = useAll<Absence>('/api/absences')
  const awayOf = (person: string) => absences.data?.find((one) => one.person === person && one.fromDay <= today && today <= one.toDay)
  return (
    <section className="group" aria-labelledby="loads">
      <h2 id="loads">{adm.load}</h2>
      <table className="journal load">
        <thead>
          <tr>
            <th scope="col">{say.worker}</th>
            <th scope="col">
              {words.activeCases} ({words.norm} {least}–{most})
            </th>
            <th scope="col">{words.overdue}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ person, active, overdue }) => {
            const away = awayOf(person)
            const deputy = away?.deputy ? (people.get(away.deputy)?.name ?? words.somebody) : undefined
            return (
              <tr key={person}>
                <th scope="row">
                  {people.get(person)?.name ?? words.somebody}
                  {away && (
                    <small className="soft">
                      {' '}
                      {adm.away} {dayText(away.toDay, lang, today)},{' '}
                      {deputy ? `${adm.standsIn} ${deputy}` : <span className="tag soon">{adm.noDeputy}</span>}
                    </small>
                  )}
                </th>
                <td data-caption={words.activeCases} className="num">
                  {active} {active > most && <span className="tag late">{say.aboveNorm}</span>}
                  {active < least && <span className="tag plain">{say.belowNorm}</span>}
                  <span className={`norm-bar${active > most ? ' above' : ''}`} aria-hidden="true">
                    <i style={{ width: `${Math.min(100, Math.round((100 * active) / Math.max(1, most)))}%` }} />
                  </span>
                </td>
                <td data-caption={words.overdue} className="num">
                  {overdue > 0 ? <span className="tag late">{overdue}</span> : 0}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

const KINDS = ['contacts', 'reviews', 'assessments', 'others'] as const satisfies readonly (keyof Load)[]
const sumOf = (load: Load): number => KINDS.reduce((sum, kind) => sum + load[kind], 0)

/** Numbers first; the colour only helps to find the fullest weeks. */
function Forecast({ ends, rows }: { ends: readonly Day[]; rows: readonly Worker[] }) {
  const { lang, words } = useHere()
  const say = manageWords(lang)
  const adm = adminWords(lang)
  const people = usePeople()
  const fullest = Math.max(1, ...rows.flatMap(({ weeks }) => weeks.map(sumOf)))
  const level = (sum: number) => (sum >= 0.8 * fullest ? 2 : sum >= 0.4 * fullest ? 1 : 0)
  return (
    <section className="group" aria-labelledby="coming">
      <h2 id="coming">{adm.coming}</h2>
      <p className="soft">{adm.comingLead}</p>
      <table className="journal forecast">
        <thead>
          <tr>
            <th scope="col">{say.worker}</th>
            {ends.map((end) => (
              <th key={end} scope="col">
                {say.weekTo} {shortDay(end, lang)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ person, weeks }) => (
            <tr key={person}>
              <th scope="row">{people.get(person)?.name ?? words.somebody}</th>
              {weeks.map((load, week) => {
                const sum = sumOf(load)
                return (
                  <td key={ends[week]} data-caption={`${say.weekTo} ${shortDay(ends[week]!, lang)}`} className={`num level-${level(sum)}`}>
                    <b>{sum}</b>
                    {sum > 0 && (
                      <small>
                        {KINDS.filter((kind) => load[kind] > 0)
                          .map((kind) => `${adm[kind]} ${load[kind]}`)
                          .join(' · ')}
                      </small>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Overdue() {
  const { lang, words } = useHere()
  const adm = adminWords(lang)
  const people = usePeople()
  const now = useNow(60_000)
  const list = useWorkList('team')
  const overdue = groupsOf(list.data?.pages.flatMap((page) => page.items) ?? [], now).overdue
  if (!list.data) return null
  return (
    <section className="group" aria-labelledby="overdue-of">
      <h2 id="overdue-of">{adm.overdueOf}</h2>
      {overdue.length === 0 && <p className="soft">{adm.overdueNone}</p>}
      {overdue.length > 0 && (
        <ul className="card tasks">
          {overdue.slice(0, SHOWN).map(({ caseId, number, manager, deadline }) => (
            <li key={caseId + deadline.key} className="task">
              <Link className="title" to="/cases/$id" params={{ id: caseId }}>
                {deadline.what[lang]}:{' '}
                <span className="nowrap">
                  {words.caseWord} {number}
                </span>
              </Link>
              <span className="tag late">{dueWords(deadline, now, lang).text}</span>
              <span className="why">
                {manager ? (people.get(manager)?.name ?? words.somebody) : adm.nobodyLeads} · <Rule code={deadline.rule} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {overdue.length > SHOWN && <p className="soft">{adm.overdueRest}</p>}
    </section>
  )
}
