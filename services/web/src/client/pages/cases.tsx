/** My cases with their nearest term, and a search of the register. */
import type { CaseSummary, RegisterHit, WorkListItem } from '@tirek/contract/answers'
import { dayOf } from '@tirek/procedure/time'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ask } from '../api.ts'
import { useHere, useNow } from '../me.tsx'
import { Hits } from '../parts/hits.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { RiskTag } from '../parts/tags.tsx'
import { dayText, dueWords } from '../when.ts'
import { STAGES } from '../words.ts'
import { useWorkList } from './today.tsx'

export function CasesPage() {
  const { me, lang, words } = useHere()
  const now = useNow(60_000)
  const leads = me.may.includes('team work list')
  const works = me.may.includes('own work list')
  const list = useWorkList(leads ? 'team' : 'mine', works)
  // What one takes part in has no term of one's own: the list of cases names it. A team's cases all stand in its work list.
  const all = useInfiniteQuery({
    queryKey: ['cases'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      ask<{ items: CaseSummary[]; next?: string }>(
        `/api/cases?ended=false&limit=100${pageParam && `&cursor=${encodeURIComponent(pageParam)}`}`,
        {
          signal,
        },
      ),
    getNextPageParam: (last) => last.next,
    enabled: !leads,
  })
  const [asked, setAsked] = useState('')
  const found = useQuery({
    queryKey: ['register', asked],
    queryFn: ({ signal }) => ask<{ items: RegisterHit[] }>(`/api/register?query=${encodeURIComponent(asked)}`, { signal }),
    enabled: asked.length > 1,
  })
  useEffect(() => void (document.title = `${words.cases} · Тірек`), [words])
  if ((works && list.isPending) || (!leads && all.isPending)) return <Loading words={words} />
  // The list is ordered by due, so the first of a case is its nearest.
  const nearest = new Map<string, WorkListItem>()
  for (const item of list.data?.pages.flatMap((page) => page.items) ?? []) if (!nearest.has(item.caseId)) nearest.set(item.caseId, item)
  const others = (all.data?.pages.flatMap((page) => page.items) ?? []).filter(({ id }) => !nearest.has(id))
  const failed = list.error ?? all.error
  return (
    <main id="content">
      <div className="row between wrap">
        <h1>{words.cases}</h1>
        {me.may.includes('enter from paper') && <Link to="/from-paper">{words.fromPaper}</Link>}
      </div>
      {me.may.includes('search the register') && (
        <form
          role="search"
          className="search"
          onSubmit={(event) => {
            event.preventDefault()
            setAsked(String(new FormData(event.currentTarget).get('query') ?? '').trim())
          }}
        >
          <label htmlFor="query">{words.searchBox}</label>
          <div className="row">
            <input id="query" name="query" type="search" autoComplete="off" />
            <button className="button">{words.search}</button>
          </div>
        </form>
      )}
      {found.isError && <Failure error={found.error} words={words} />}
      <div aria-live="polite">
        {found.data && (found.data.items.length > 0 ? <Hits hits={found.data.items} today={dayOf(now)} /> : <p>{words.searchNone}</p>)}
      </div>
      {(nearest.size > 0 || !works) && <p className="soft">{works ? words.casesHint : words.yourCases}</p>}
      {failed && (
        <Failure error={failed} words={words} onAgain={() => void Promise.all([works && list.refetch(), !leads && all.refetch()])} />
      )}
      {nearest.size === 0 && others.length === 0 && !failed && <p>{words.casesNone}</p>}
      {nearest.size > 0 && (
        <ul className="card tasks">
          {[...nearest.values()].map((item) => {
            const due = dueWords(item.deadline, now, lang)
            return (
              <li key={item.caseId} className="task">
                <Link className="title" to="/cases/$id" params={{ id: item.caseId }}>
                  {words.casePrefix} {item.number}
                </Link>
                <span className={`tag ${due.tone}`}>{due.text}</span>
                <RiskTag risk={item.risk} words={words} />
                <span className="why">
                  {STAGES[item.stage]?.[lang] ?? item.stage} · {item.deadline.what[lang]}
                </span>
              </li>
            )
          })}
        </ul>
      )}
      {list.hasNextPage && (
        <button type="button" className="button quiet" onClick={() => void list.fetchNextPage()}>
          {words.showMore}
        </button>
      )}
      {others.length > 0 && (
        <section className="group">
          {works && <h2>{words.otherCases}</h2>}
          <ul className="card tasks">
            {others.map((one) => (
              <li key={one.id} className="task">
                <Link className="title" to="/cases/$id" params={{ id: one.id }}>
                  {words.casePrefix} {one.number}
                </Link>
                {one.risk && <RiskTag risk={one.risk} words={words} />}
                <span className="why">
                  {STAGES[one.stage]?.[lang] ?? one.stage} · {words.since} {dayText(dayOf(one.openedAt), lang, dayOf(now))}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {all.hasNextPage && (
        <button type="button" className="button quiet" onClick={() => void all.fetchNextPage()}>
          {words.showMore}
        </button>
      )}
    </main>
  )
}
