/** The cases behind a number: of one stage, risk or territory, that the person may see; how many there are besides only where the number was told. */
import type { CaseSummary } from '@tirek/contract/answers'
import type { Figures as Answer } from '@tirek/contract/figures'
import { paperDay, RISKS } from '@tirek/contract/journals'
import { STAGE_NAMES } from '@tirek/contract/stages'
import { dayOf } from '@tirek/procedure/time'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ask } from '../api.ts'
import { useHere, usePeople } from '../me.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { LongTable } from '../tables/long-table.tsx'
import { figureWords } from '../words-of/figures.ts'
import { manageWords } from '../words-of/manage.ts'
import { figuresPath, type FiguresSearch } from './figures.tsx'

type Search = FiguresSearch & { by?: string; key?: string; column?: string }
const ROWS = { stage: 'stages', risk: 'risks', territory: 'territories' } as const
const isBy = (by: string | undefined): by is keyof typeof ROWS => by !== undefined && Object.hasOwn(ROWS, by)

export function FigureCasesPage() {
  const search = useSearch({ strict: false }) as Search
  const isNamed = isBy(search.by) && search.key !== undefined
  return <Cases by={isNamed ? (search.by as keyof typeof ROWS) : 'risk'} of={isNamed ? String(search.key) : 'high'} search={search} />
}

function Cases({ by, of, search }: { by: keyof typeof ROWS; of: string; search: Search }) {
  const { lang, words } = useHere()
  const fig = figureWords(lang)
  const people = usePeople()
  const column = search.column === 'opened' ? 'opened' : 'open'
  const figures = useQuery({
    queryKey: ['figures', search.from, search.to, search.whose],
    queryFn: ({ signal }) => ask<Answer>(figuresPath(search, false), { signal }),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  })
  const asked = Object.entries({
    [by]: of,
    ...(column === 'open' ? { ended: 'false' } : { from: search.from, to: search.to }),
    limit: '100',
  }).filter((pair): pair is [string, string] => pair[1] !== undefined)
  const list = useInfiniteQuery({
    queryKey: ['figure-cases', asked],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      ask<{ items: CaseSummary[]; next?: string }>(
        `/api/cases?${new URLSearchParams([...asked, ...(pageParam ? [['cursor', pageParam] as [string, string]] : [])])}`,
        { signal },
      ),
    getNextPageParam: (last) => last.next,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  })
  const name = (by === 'stage' ? STAGE_NAMES[of]?.[lang] : by === 'risk' ? RISKS[of]?.[lang] : of) ?? of
  useEffect(() => void (document.title = `${name} · ${manageWords(lang).figures} · Тірек`), [name, lang])
  if (list.isPending) return <Loading words={words} />
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const told = figures.data
  const counted = told && !told.rounded ? told[ROWS[by]].find(({ key }) => key === of)?.[column] : undefined
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  const { from, to, whose } = search
  return (
    <main id="content">
      <p className="no-print">
        <Link to="/figures" search={{ from, to, whose } as never}>
          ← {fig.back}
        </Link>
      </p>
      <h1>
        {name} <small>{column === 'open' ? fig.openNow : fig.openedThen}</small>
      </h1>
      {column === 'opened' && from !== undefined && to !== undefined && (
        <p>
          {fig.period}: {paperDay(from)}–{paperDay(to)}
        </p>
      )}
      <p className="soft">{fig.drilledMine}</p>
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      <p aria-live="polite" className="soft">
        {items.length === 0 ? fig.nothing : `${hasNextPage ? fig.loadedSome : fig.loadedAll}: ${items.length}`}
        {typeof counted === 'number' && ` ${fig.ofThem} ${counted}`}
      </p>
      {items.length > 0 && (
        <LongTable
          caption={`${fig.drilled}: ${name}`}
          captions={[fig.caseNumber, fig.stage, fig.risk, fig.openedOn, fig.ledBy].map((text) => ({ text, official: text }))}
          count={hasNextPage ? (counted ?? undefined) : items.length}
          more={hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined}
          lines={items.map((one) => ({
            id: one.id,
            cells: [
              {
                text: one.number,
                shown: (
                  <Link to="/cases/$id" params={{ id: one.id }}>
                    {one.number}
                  </Link>
                ),
              },
              { text: STAGE_NAMES[one.stage]?.[lang] ?? one.stage },
              { text: one.risk === undefined ? '' : (RISKS[one.risk]?.[lang] ?? one.risk) },
              { text: paperDay(dayOf(one.openedAt)) },
              { text: one.manager === undefined ? '' : (people.get(one.manager)?.name ?? words.somebody) },
            ],
          }))}
        />
      )}
      {hasNextPage && (
        <button type="button" className="button quiet no-print" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? words.loading : fig.loadMore}
        </button>
      )}
    </main>
  )
}
