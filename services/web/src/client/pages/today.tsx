/** Today: what I must do, in the order it hurts. */
import type { WorkList, WorkListItem } from '@tirek/contract/answers'
import { dayOf } from '@tirek/procedure/time'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ask } from '../api.ts'
import { useActNames } from '../case-data.ts'
import { firstList, seesMeetings, storeFirst, workListKey, workListPath, type Whose } from '../first-asked.ts'
import { useHere, useNow, usePeople } from '../me.tsx'
import { useComing } from '../meeting-data.ts'
import { ActLink } from '../parts/act-link.tsx'
import { HourCard } from '../parts/hour-card.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { WeekMeetings } from '../parts/week-meetings.tsx'
import { groupsOf, type Groups } from '../today.ts'
import { dayText, dayTitle, dueWords } from '../when.ts'

/** The work list of me or of my team, page by page. */
export function useWorkList(whose: Whose, enabled = true) {
  return useInfiniteQuery({
    enabled,
    queryKey: workListKey(whose),
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => ask<WorkList>(workListPath(whose, pageParam), { again: pageParam === '', signal }),
    getNextPageParam: (last) => last.next,
    refetchInterval: 20_000,
    placeholderData: keepPreviousData,
  })
}

export function TodayPage() {
  const { me, lang, words } = useHere()
  const leads = me.may.includes('team work list')
  const [whose, setWhose] = useState(firstList(me.may) ?? 'mine')
  const now = useNow(20_000)
  const list = useWorkList(whose)
  // What stands below the meetings of the week does not jump when they come; if they do not come soon it is more than they are.
  const { isLoading } = useComing(now, seesMeetings(me.may))
  const isLong = useAfter(LONG_MS)
  const isSettled = !isLoading || isLong
  useEffect(() => void (document.title = `${words.today} · Тірек`), [words])
  useEffect(() => storeFirst(me.may), [me.may])
  if (list.isPending) return <Loading words={words} />
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const groups = groupsOf(items, now)
  const urgent = groups.overdue.length + groups.today.length + groups.hours.length
  return (
    <main id="content">
      <div className="row between wrap">
        <div>
          <h1>{dayTitle(dayOf(now), lang)}</h1>
          <Load />
          {leads && (
            <div className="langs light" role="group" aria-label={words.today}>
              {(['mine', 'team'] as const).map((one) => (
                <button key={one} type="button" aria-pressed={one === whose} onClick={() => setWhose(one)}>
                  {words[one]}
                </button>
              ))}
            </div>
          )}
        </div>
        {me.may.includes('register a request') && (
          <Link className="button" to="/new">
            + {words.newRequest}
          </Link>
        )}
      </div>
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      {groups.hours.map((item) => (
        <HourCard
          key={item.deadline.key + item.caseId}
          caseId={item.caseId}
          number={item.number}
          manager={item.manager}
          deadline={item.deadline}
        />
      ))}
      {!list.isError && urgent === 0 && <Empty groups={groups} now={now} />}
      <Group title={words.overdue} items={groups.overdue} now={now} loud />
      <Group title={words.dueToday} items={groups.today} now={now} />
      <WeekMeetings />
      {isSettled && (
        <>
          <Group title={words.week} items={groups.week} now={now} />
          <Group title={words.later} items={groups.later} now={now} />
        </>
      )}
      {list.hasNextPage && (
        <button type="button" className="button quiet" onClick={() => void list.fetchNextPage()} disabled={list.isFetchingNextPage}>
          {words.showMore}
        </button>
      )}
    </main>
  )
}

const LONG_MS = 2_000
/** Whether so long has passed since the page was opened. */
function useAfter(ms: number): boolean {
  const [isAfter, setAfter] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setAfter(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return isAfter
}

/** CP-18: how many cases I carry, against the norm. */
function Load() {
  const { me, words } = useHere()
  const counts = me.may.includes('see the caseload') && me.may.includes('register a request')
  const load = useQuery({
    queryKey: ['caseload'],
    queryFn: ({ signal }) =>
      ask<{ least: number; most: number; items: { person: string; active: number }[] }>('/api/caseload', { again: true, signal }),
    enabled: counts,
    staleTime: 60_000,
    retry: false,
  })
  const mine = load.data?.items.find((one) => one.person === me.person)
  if (!counts) return null
  // Its line is there before its numbers: nothing moves when they come.
  return (
    <small className="num">
      {load.data && mine ? `${words.activeCases}: ${mine.active} · ${words.norm} ${load.data.least}–${load.data.most}` : '\u00a0'}
    </small>
  )
}

function Empty({ groups, now }: { groups: Groups; now: number }) {
  const { me, lang, words } = useHere()
  const next = groups.week[0] ?? groups.later[0]
  const acts = useActNames()
  const mayRecord = next !== undefined && (acts.data?.find((act) => act.kind === next.deadline.act)?.roles.includes(me.role) ?? true)
  return (
    <section className="card pad empty">
      <h2>{words.emptyTitle}</h2>
      {next ? (
        <>
          <p className="soft">
            {words.emptyNext}: {dueWords(next.deadline, now, lang).text}, {next.deadline.what[lang]},{' '}
            <Link className="nowrap" to="/cases/$id" params={{ id: next.caseId }}>
              {words.caseWord} {next.number}
            </Link>
          </p>
          {mayRecord && (
            <ActLink
              id={next.caseId}
              deadline={next.deadline}
              className="button quiet"
              label={`${next.deadline.verb[lang]}: ${words.caseWord} ${next.number}`}
            >
              {next.deadline.verb[lang]}
            </ActLink>
          )}
        </>
      ) : (
        <p className="soft">{words.emptyNone}</p>
      )}
    </section>
  )
}

function Group({ title, items, now, loud = false }: { title: string; items: WorkListItem[]; now: number; loud?: boolean }) {
  if (items.length === 0) return null
  return (
    <section className="group">
      <h2>
        {title} <small className="num">{items.length}</small>
      </h2>
      <ul className="card tasks">
        {items.map((item) => (
          <Task key={item.caseId + item.deadline.key} item={item} now={now} loud={loud} />
        ))}
      </ul>
    </section>
  )
}

function Task({ item, now, loud }: { item: WorkListItem; now: number; loud: boolean }) {
  const { me, lang, words } = useHere()
  const people = usePeople()
  const { deadline, caseId, number, manager } = item
  const due = dueWords(deadline, now, lang)
  const other = manager && manager !== me.person ? people.get(manager)?.name : undefined
  const label = `${deadline.verb[lang]}: ${words.caseWord} ${number}`
  // A head sees the team's terms and decides; the rest of the acts is for others.
  const acts = useActNames()
  const mayRecord = acts.data?.find((act) => act.kind === deadline.act)?.roles.includes(me.role) ?? true
  return (
    <li className="task">
      <Link className="title" to="/cases/$id" params={{ id: caseId }}>
        {deadline.what[lang]}:{' '}
        <span className="nowrap">
          {words.caseWord} {number}
        </span>
      </Link>
      <span className={`tag ${due.tone}`}>{due.text}</span>
      {mayRecord && (
        <ActLink id={caseId} deadline={deadline} className={`button ${loud ? '' : 'quiet'}`} label={label}>
          {deadline.verb[lang]}
        </ActLink>
      )}
      <span className="why">
        <b className="num nowrap">{deadline.rule}</b>: {deadline.why[lang]}
        {deadline.norm && deadline.row.startsWith('contact-') && `, ${deadline.norm[lang]}`}.
        {deadline.tryAgainBy && ` ${words.tryBy} ${dayText(deadline.tryAgainBy, lang)}.`}
        {other && ` ${other}.`}
      </span>
    </li>
  )
}
