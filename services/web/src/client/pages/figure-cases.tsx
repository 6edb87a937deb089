/** The cases behind a number: of one stage, risk or territory, with a term or an hour of such an end, that the person may see; how many there are besides only where the number was told. */
import type { CaseSummary } from '@tirek/contract/answers'
import type { Figures as Answer } from '@tirek/contract/figures'
import { HOURS_BEHIND, TERMS_BEHIND } from '@tirek/contract/figures-behind'
import { RISKS } from '@tirek/contract/journals'
import { paperDay } from '@tirek/contract/paper-day'
import type { Lang } from '@tirek/contract/roles'
import { STAGE_NAMES } from '@tirek/contract/stages'
import { dayOf } from '@tirek/procedure/time'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { ask } from '../api.ts'
import { useHere, usePeople } from '../me.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { LongTable, ofEachPage, type Line } from '../tables/long-table.tsx'
import type { Words } from '../words.ts'
import { figureWords } from '../words-of/figures.ts'
import { manageWords } from '../words-of/manage.ts'
import { figuresPath, type FiguresSearch } from './figures.tsx'

type Search = FiguresSearch & { by?: string; key?: string; column?: string }
const ROWS = { stage: 'stages', risk: 'risks', territory: 'territories' } as const
type By = keyof typeof ROWS | 'term' | 'hour'
const isBy = (by: string | undefined): by is By => by !== undefined && (Object.hasOwn(ROWS, by) || by === 'term' || by === 'hour')
const columnOf = (by: By, column: string | undefined): string => {
  const known: readonly string[] = by === 'term' ? TERMS_BEHIND : by === 'hour' ? HOURS_BEHIND : ['open', 'opened']
  return column !== undefined && known.includes(column) ? column : known[0]!
}

export function FigureCasesPage() {
  const search = useSearch({ strict: false }) as Search
  const isNamed = isBy(search.by) && search.key !== undefined
  const by = isNamed ? (search.by as By) : 'risk'
  return <Cases by={by} of={isNamed ? String(search.key) : 'high'} column={columnOf(by, search.column)} search={search} />
}

/** What the list is asked for. */
function askedFor(by: By, of: string, column: string, { from, to }: Search): [string, string][] {
  const days = { from, to }
  const asked =
    by === 'term'
      ? { row: of, term: column, ...days }
      : by === 'hour'
        ? { hour: column, ...days }
        : { [by]: of, ...(column === 'open' ? { ended: 'false' } : days) }
  return Object.entries({ ...asked, limit: '100' }).filter((pair): pair is [string, string] => pair[1] !== undefined)
}

/** The number that was told, where it was told exactly. */
function countedBy(told: Answer | undefined, by: By, of: string, column: string): number | undefined {
  if (!told || told.rounded) return undefined
  const row: object | undefined =
    by === 'term' ? told.rules.find((one) => one.row === of) : by === 'hour' ? told.hour : told[ROWS[by]].find(({ key }) => key === of)
  const n = (row as Record<string, unknown> | undefined)?.[column]
  return typeof n === 'number' ? n : undefined
}

function Cases({ by, of, column, search }: { by: By; of: string; column: string; search: Search }) {
  const { lang, words } = useHere()
  const fig = figureWords(lang)
  const people = usePeople()
  const figures = useQuery({
    queryKey: ['figures', search.from, search.to, search.whose],
    queryFn: ({ signal }) => ask<Answer>(figuresPath(search, false), { signal }),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  })
  const asked = askedFor(by, of, column, search)
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
  const told = figures.data
  const columns: Readonly<Record<string, string>> = {
    open: fig.openNow,
    opened: fig.openedThen,
    ...{ kept: fig.kept, keptLate: fig.keptLate, missed: fig.missed, late: fig.lateNow, running: fig.running, lapsed: fig.lapsed },
    ...{
      begun: fig.begun,
      answered: fig.answered,
      within: fig.within.replace('{n}', String(told?.hour.limitMinutes ?? 60)),
      slower: fig.slower,
    },
  }
  const names: Record<By, string | undefined> = {
    stage: STAGE_NAMES[of]?.[lang],
    risk: RISKS[of]?.[lang],
    territory: of,
    term: told?.rules.find((one) => one.row === of)?.what[lang],
    hour: fig.hour,
  }
  const name = names[by] ?? of
  useEffect(() => void (document.title = `${name} · ${manageWords(lang).figures} · Тірек`), [name, lang])
  const captions = useMemo(
    () => [fig.caseNumber, fig.stage, fig.risk, fig.openedOn, fig.ledBy].map((text) => ({ text, official: text })),
    [fig],
  )
  const linesOf = useMemo(() => ofEachPage((one: CaseSummary) => lineOf(one, lang, words, people)), [lang, words, people])
  const pages = list.data?.pages
  const lines = useMemo(() => pages?.flatMap(linesOf) ?? [], [pages, linesOf])
  if (list.isPending) return <Loading words={words} />
  const counted = countedBy(told, by, of, column)
  const isOfCases = by !== 'term' && by !== 'hour'
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
        {name} <small>{columns[column]}</small>
      </h1>
      {column !== 'open' && from !== undefined && to !== undefined && (
        <p>
          {fig.period}: {paperDay(from)}–{paperDay(to)}
        </p>
      )}
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      <div className="soft">
        <p aria-live="polite">
          {lines.length === 0 ? fig.nothing : `${hasNextPage ? fig.loadedSome : fig.loadedAll}: ${lines.length}`}
          {isOfCases && counted !== undefined && ` ${fig.ofThem} ${counted}`}. {fig.drilledMine}
        </p>
        {/* One case may have several of them. */}
        {!isOfCases && counted !== undefined && (
          <p>
            {by === 'term' ? fig.termsBehind : fig.hoursBehind}: {counted}
          </p>
        )}
      </div>
      {lines.length > 0 && (
        <LongTable
          caption={`${fig.drilled}: ${name}`}
          captions={captions}
          count={hasNextPage ? (isOfCases ? counted : undefined) : lines.length}
          more={hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined}
          lines={lines}
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

function lineOf(one: CaseSummary, lang: Lang, words: Words, people: ReturnType<typeof usePeople>): Line {
  const number = (
    <Link to="/cases/$id" params={{ id: one.id }}>
      {one.number}
    </Link>
  )
  const cells = [
    { text: one.number, shown: number },
    { text: STAGE_NAMES[one.stage]?.[lang] ?? one.stage },
    { text: one.risk === undefined ? '' : (RISKS[one.risk]?.[lang] ?? one.risk) },
    { text: paperDay(dayOf(one.openedAt)) },
    { text: one.manager === undefined ? '' : (people.get(one.manager)?.name ?? words.somebody) },
  ]
  return { id: one.id, cells }
}
