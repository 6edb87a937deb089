/** One journal: filtered by days, kind and words, read on page by page, printed like the book it stands for, given out as a table. */
import {
  captionsOf,
  isJournal,
  JOURNAL_NAMES,
  journalOf,
  JOURNALS,
  kindsOf,
  rowOf,
  type JournalItem,
  type JournalName,
} from '@tirek/contract/journals'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { ask, saveFile } from '../api.ts'
import { useHere, usePeople } from '../me.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { LongTable, ofEachPage, type Line } from '../tables/long-table.tsx'
import { figureWords } from '../words-of/figures.ts'
import { manageWords } from '../words-of/manage.ts'
import { paperWords } from '../words-of/papers.ts'
import { writesIn } from './journal-entry.tsx'
import { LostPage } from './lost.tsx'
import { joined } from '../rule-codes.ts'

type Page = { items: JournalItem[]; next?: string }
/** What stands in the address. What is searched for may be a name, and does not. */
type Asked = { from?: string; to?: string; kind?: string }
const A_PAGE = 100

const queryOf = (asked: Asked, text: string, more: Record<string, string> = {}): string =>
  new URLSearchParams(Object.entries({ ...asked, text, ...more }).filter((pair): pair is [string, string] => Boolean(pair[1]))).toString()

export function JournalPage() {
  const { name } = useParams({ strict: false }) as { name: string }
  return isJournal(name) ? <Journal key={name} name={name} /> : <LostPage />
}

function Journal({ name }: { name: JournalName }) {
  const { me, lang, words } = useHere()
  const say = manageWords(lang)
  const fig = figureWords(lang)
  const pap = paperWords(lang)
  const people = usePeople()
  const navigate = useNavigate()
  const { from = '', to = '', kind = '' } = useSearch({ strict: false }) as Asked
  const [text, setText] = useState('')
  const asked = { from, to, kind }
  const isAsked = from + to + kind + text !== ''
  const list = useInfiniteQuery({
    queryKey: ['journal', name, asked, text],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      ask<Page>(`/api/journals/${name}?${queryOf(asked, text, { order: 'newest', limit: String(A_PAGE), cursor: pageParam })}`, { signal }),
    getNextPageParam: (last) => last.next,
    // Each look is a reading of its own: none is made because a window was looked at again.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  })
  const take = useMutation({
    mutationFn: (ending: 'csv' | 'xlsx') => saveFile(`/api/journals/${name}/table/${ending}?${queryOf(asked, text)}`),
  })
  const paper = useMutation({ mutationFn: () => saveFile(`/api/journals/${name}/print/pdf?${queryOf(asked, text)}`) })
  const { title, byHand, rule } = journalOf(name)
  useEffect(() => void (document.title = `${title[lang]} · Тірек`), [title, lang])
  const captions = useMemo(() => {
    const official = captionsOf(name, 'ru')
    return captionsOf(name, lang).map((caption, n) => ({ text: caption, official: official[n]! }))
  }, [name, lang])
  const linesOf = useMemo(() => {
    const nameOf = (person: string) => people.get(person)?.name ?? ''
    return ofEachPage((item: JournalItem) => lineOf(rowOf(name, item, lang, nameOf), item, byHand ? name : undefined, say.toCase))
  }, [name, lang, people, byHand, say])
  const pages = list.data?.pages
  const lines = useMemo(() => pages?.flatMap(linesOf) ?? [], [pages, linesOf])
  if (list.isPending && text === '' && from + to + kind === '') return <Loading words={words} />
  const kinds = kindsOf(name)
  const kindCaption = journalOf(name).columns.find(({ key }) => key === kinds?.key)?.caption[lang]
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  return (
    <main id="content" className="broad">
      <h1>
        {title[lang]} <small>{joined(rule)}</small>
      </h1>
      {lang !== 'ru' && (
        <p lang="ru" className="official-title soft">
          {title.ru}
        </p>
      )}
      <details className="no-print journal-nav" key={name}>
        <summary>{fig.otherJournals}</summary>
        <nav aria-label={say.journals}>
          <ul>
            {JOURNAL_NAMES.map((one) => (
              <li key={one}>
                <Link to="/journals/$name" params={{ name: one }} aria-current={one === name ? 'page' : undefined}>
                  {JOURNALS[one].title[lang]}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </details>
      {writesIn(name, me) && (
        <p className="no-print">
          <Link className="button" to="/journals/$name/new" params={{ name }}>
            {say.journalAdd}
          </Link>
        </p>
      )}
      <form
        key={from + to + kind}
        role="search"
        className="card pad filters no-print"
        onSubmit={(event) => {
          event.preventDefault()
          const form = new FormData(event.currentTarget)
          const given = (field: string) => String(form.get(field) ?? '') || undefined
          setText(String(form.get('text') ?? '').trim())
          void navigate({ to: '.', search: { from: given('from'), to: given('to'), kind: given('kind') } as never, replace: true })
        }}
      >
        <div className="field whole">
          <label htmlFor="find">{say.journalFind}</label>
          <input id="find" name="text" type="search" autoComplete="off" maxLength={200} defaultValue={text} />
        </div>
        <div className="field">
          <label htmlFor="from">{say.journalFrom}</label>
          <input id="from" name="from" type="date" defaultValue={from} />
        </div>
        <div className="field">
          <label htmlFor="to">{say.journalTo}</label>
          <input id="to" name="to" type="date" defaultValue={to} />
        </div>
        {kinds && (
          <div className="field">
            <label htmlFor="kind">{kindCaption ?? fig.kind}</label>
            <select id="kind" name="kind" defaultValue={kind}>
              <option value="">{fig.anyKind}</option>
              {Object.entries(kinds.labels).map(([code, label]) => (
                <option key={code} value={code}>
                  {label[lang]}
                </option>
              ))}
            </select>
          </div>
        )}
        <div className="row wrap">
          <button className="button quiet">{fig.filter}</button>
          {isAsked && (
            <button
              type="reset"
              className="button quiet"
              onClick={() => {
                setText('')
                void navigate({ to: '.', search: {} as never, replace: true })
              }}
            >
              {fig.clear}
            </button>
          )}
        </div>
      </form>
      <div className="row wrap no-print journal-take">
        {(lines.length > 0 ? (['csv', 'xlsx'] as const) : []).map((ending) => (
          <button key={ending} type="button" className="button quiet" disabled={take.isPending} onClick={() => take.mutate(ending)}>
            {take.isPending && take.variables === ending ? fig.preparing : fig[ending]}
          </button>
        ))}
        <button type="button" className="button quiet" disabled={paper.isPending} onClick={() => paper.mutate()}>
          {paper.isPending ? fig.preparing : pap.journalPdf}
        </button>
      </div>
      {take.isError && <Failure error={take.error} words={words} />}
      {paper.isError && <Failure error={paper.error} words={words} />}
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      <p aria-live="polite" className="soft no-print">
        {list.isSuccess &&
          (lines.length === 0
            ? isAsked
              ? say.journalNone
              : fig.noEntries
            : `${hasNextPage ? fig.loadedSome : fig.loadedAll}: ${lines.length}`)}
      </p>
      {lines.length > 0 && (
        <LongTable
          caption={title[lang]}
          captions={captions}
          lines={lines}
          count={hasNextPage ? undefined : lines.length}
          more={hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined}
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

/** The number leads to the case, or to the entry of a journal kept by hand. */
function lineOf(cells: readonly string[], item: JournalItem, byHand: JournalName | undefined, toCase: string): Line {
  const number = (text: string) =>
    item.caseId ? (
      <Link to="/cases/$id" params={{ id: item.caseId }} aria-label={`${text}, ${toCase}`}>
        {text}
      </Link>
    ) : byHand ? (
      <Link className="entry-number" to="/journals/$name/$entry" params={{ name: byHand, entry: item.id }}>
        {text}
      </Link>
    ) : undefined
  return {
    id: item.id,
    struck: item.withdrawn,
    cells: cells.map((text, n) => (n === 0 ? { text, shown: number(text) } : { text })),
  }
}
