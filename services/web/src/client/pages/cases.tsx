/** My cases with their nearest term, and a search of the register. */
import type { RegisterHit, WorkListItem } from '@tirek/contract/answers'
import { dayOf } from '@tirek/procedure/time'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ask } from '../api.ts'
import { useHere, useNow } from '../me.tsx'
import { Hits } from '../parts/hits.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { RiskTag } from '../parts/tags.tsx'
import { dueWords } from '../when.ts'
import { STAGES } from '../words.ts'
import { useWorkList } from './today.tsx'

export function CasesPage() {
  const { me, lang, words } = useHere()
  const now = useNow(60_000)
  const list = useWorkList(me.role === 'supervisor' || me.role === 'head' ? 'team' : 'mine')
  const [asked, setAsked] = useState('')
  const found = useQuery({
    queryKey: ['register', asked],
    queryFn: ({ signal }) => ask<{ items: RegisterHit[] }>(`/api/register?query=${encodeURIComponent(asked)}`, { signal }),
    enabled: asked.length > 1,
  })
  useEffect(() => void (document.title = `${words.cases} · Тірек`), [words])
  if (list.isPending) return <Loading words={words} />
  // The list is ordered by due, so the first of a case is its nearest.
  const nearest = new Map<string, WorkListItem>()
  for (const item of list.data?.pages.flatMap((page) => page.items) ?? []) if (!nearest.has(item.caseId)) nearest.set(item.caseId, item)
  return (
    <main id="content">
      <h1>{words.cases}</h1>
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
      {found.isError && <Failure error={found.error} words={words} />}
      <div aria-live="polite">
        {found.data && (found.data.items.length > 0 ? <Hits hits={found.data.items} today={dayOf(now)} /> : <p>{words.searchNone}</p>)}
      </div>
      <p className="soft">{words.casesHint}</p>
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      {nearest.size === 0 && !list.isError && <p>{words.casesNone}</p>}
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
    </main>
  )
}
