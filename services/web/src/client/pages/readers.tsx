/** Who read this case, and whom it was refused: files are confidential (CP-19). */
import { CASE_TRAILS, type CaseReader, type CaseReaders } from '@tirek/contract/trail'
import { dayOf } from '@tirek/procedure/time'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ask } from '../api.ts'
import { useCase } from '../case-data.ts'
import { useHere, useNow } from '../me.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { momentText } from '../when.ts'

export function ReadersPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { lang, words } = useHere()
  const today = dayOf(useNow(60_000))
  const number = useCase(id).data?.summary.number
  const list = useInfiniteQuery({
    queryKey: ['case', id, 'readers'],
    queryFn: ({ pageParam, signal }) =>
      ask<CaseReaders>(`/api/cases/${id}/readers?limit=100${pageParam ? `&before=${pageParam}` : ''}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.before,
  })
  useEffect(() => void (document.title = `${words.readers} · ${number ?? ''} · Тірек`), [words, number])
  if (list.isPending) return <Loading words={words} />
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const away = [...new Set(list.data?.pages.flatMap((page) => page.away))]
  return (
    <main id="content">
      <p>
        <Link to="/cases/$id" params={{ id }}>
          ← {words.casePrefix} {number ?? ''}
        </Link>
      </p>
      <h1>{words.readers}</h1>
      <p className="soft">{words.readersHint}</p>
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      {away.length > 0 && (
        <p className="note soon" role="status">
          {words.readersAway}: {away.map((of) => CASE_TRAILS[of][lang]).join(', ')}
        </p>
      )}
      <ul className="card tasks gap">
        {together(items).map(({ first, last, times }) => (
          <li key={`${first.of}/${first.n}`} className="task">
            <span className="title">
              {first.name ?? words.somebody}: {first.whatText[lang]}
            </span>
            {first.outcome === 'refused' && <span className="tag late">{words.wasRefused}</span>}
            <span className="why">
              <span className="num">{momentText(first.at, lang, today)}</span>
              {times > 1 && ` · ${words.sameSince} ${momentText(last.at, lang, today)} (${times})`} · {first.whyText[lang]}
            </span>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <button type="button" className="button quiet" onClick={() => void list.fetchNextPage()}>
          {words.showMore}
        </button>
      )}
    </main>
  )
}

/** A page that looks again by itself leaves many equal rows: shown as one, from when to when. */
export function together(items: readonly CaseReader[]): { first: CaseReader; last: CaseReader; times: number }[] {
  const groups: { first: CaseReader; last: CaseReader; times: number }[] = []
  const open = new Map<string, { first: CaseReader; last: CaseReader; times: number }>()
  for (const item of items) {
    const key = `${item.who} ${item.what} ${item.outcome}`
    const group = open.get(key)
    if (item.what.startsWith('read') && group && group.last.at - item.at < 3_600_000) {
      group.last = item
      group.times++
      continue
    }
    const fresh = { first: item, last: item, times: 1 }
    open.set(key, fresh)
    groups.push(fresh)
  }
  return groups
}
