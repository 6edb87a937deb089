/** One journal: found by words and days, printed like the book it stands for, given out as a table. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useDeferredValue, useEffect, useState } from 'react'
import { ask, saveFile } from '../api.ts'
import { cellsOf, entriesThat, isJournal, JOURNALS, paperDay, type JournalItem, type JournalName } from '@tirek/contract/journals'
import { useHere, usePeople } from '../me.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { dayOf } from '@tirek/procedure/time'
import { manageWords } from '../words-of/manage.ts'
import { paperWords } from '../words-of/papers.ts'
import { LostPage } from './lost.tsx'

/** A book of some years; a longer one is asked for by its days on paper. */
const MOST = 4_000
const A_PAGE = 200

async function entriesOf(name: JournalName, signal: AbortSignal): Promise<{ items: JournalItem[]; isWhole: boolean }> {
  const items: JournalItem[] = []
  for (let after = 0; ;) {
    // oxlint-disable-next-line no-await-in-loop -- each page says where the next one begins
    const page = await ask<{ items: JournalItem[]; next?: number }>(`/api/journals/${name}?limit=${A_PAGE}&after=${after}`, { signal })
    items.push(...page.items)
    if (page.next === undefined || items.length >= MOST) return { items, isWhole: page.next === undefined }
    after = page.next
  }
}

export function JournalPage() {
  const { name } = useParams({ strict: false }) as { name: string }
  return isJournal(name) ? <Journal key={name} name={name} /> : <LostPage />
}

function Journal({ name }: { name: JournalName }) {
  const { me, lang, words } = useHere()
  const say = manageWords(lang)
  const pap = paperWords(lang)
  const people = usePeople()
  const [asked, setAsked] = useState({ text: '', from: '', to: '' })
  const wanted = useDeferredValue(asked)
  const list = useQuery({ queryKey: ['journal', name], queryFn: ({ signal }) => entriesOf(name, signal) })
  const { title, columns, byHand, rule } = JOURNALS[name]
  useEffect(() => void (document.title = `${title[lang]} · Тірек`), [title, lang])
  const print = useMutation({
    mutationFn: () => {
      const filter = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''))
      return saveFile(`/api/journals/${name}/print/pdf?${filter}`)
    },
  })
  if (list.isPending) return <Loading words={words} />
  const found = entriesThat(name, list.data?.items ?? [], wanted, lang)
  const captions = [say.entryNumber, say.entryAt, ...columns.map(({ caption }) => caption[lang]), say.entryBy]
  const rowOf = (item: JournalItem) => [
    String(item.n),
    paperDay(dayOf(item.at)),
    ...cellsOf(name, item, lang),
    `${people.get(item.by)?.name ?? ''}${item.withdrawn ? ` (${say.entryWithdrawn})` : ''}`,
  ]
  const give = async () => {
    // The writer of tables is asked for when somebody wants one.
    const { saveTable } = await import('../save-table.ts')
    saveTable(`${name}.csv`, captions, found.map(rowOf), lang === 'en' ? ',' : ';')
  }
  const set = (more: Partial<typeof asked>) => setAsked({ ...asked, ...more })
  return (
    <main id="content">
      <h1>
        {title[lang]} <small>{rule}</small>
      </h1>
      <nav aria-label={say.journals} className="row wrap no-print">
        {(Object.keys(JOURNALS) as JournalName[]).map((one) => (
          <Link key={one} to="/journals/$name" params={{ name: one }} aria-current={one === name ? 'page' : undefined}>
            {JOURNALS[one].title[lang]}
          </Link>
        ))}
      </nav>
      <form role="search" className="card pad filters no-print" onSubmit={(event) => event.preventDefault()}>
        <div className="field">
          <label htmlFor="find">{say.journalFind}</label>
          <input id="find" type="search" autoComplete="off" value={asked.text} onChange={(event) => set({ text: event.target.value })} />
        </div>
        <div className="field">
          <label htmlFor="from">{say.journalFrom}</label>
          <input id="from" type="date" value={asked.from} onChange={(event) => set({ from: event.target.value })} />
        </div>
        <div className="field">
          <label htmlFor="to">{say.journalTo}</label>
          <input id="to" type="date" value={asked.to} onChange={(event) => set({ to: event.target.value })} />
        </div>
        <div className="row wrap">
          {byHand && me.may.includes('write journals') && (
            <Link className="button" to="/journals/$name/new" params={{ name }}>
              {say.journalAdd}
            </Link>
          )}
          <button type="button" className="button quiet" disabled={found.length === 0} onClick={() => void give()}>
            {say.journalCsv}
          </button>
          <button type="button" className="button quiet" disabled={found.length === 0} onClick={() => window.print()}>
            {say.journalPrint}
          </button>
          <button type="button" className="button quiet" disabled={print.isPending} onClick={() => print.mutate()}>
            {pap.journalPdf}
          </button>
        </div>
      </form>
      {print.isError && <Failure error={print.error} words={words} />}
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      {list.data?.isWhole === false && <p className="note soon">{say.journalPart}</p>}
      <p aria-live="polite" className="soft">
        {list.isSuccess && (found.length === 0 ? say.journalNone : `${say.journalShown}: ${found.length}`)}
      </p>
      {found.length > 0 && (
        <table className="journal">
          <thead>
            <tr>
              {captions.map((caption) => (
                <th key={caption} scope="col">
                  {caption}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.map((item) => (
              <tr key={item.n} className={item.withdrawn ? 'withdrawn' : ''}>
                {rowOf(item).map((cell, n) => (
                  <td key={captions[n]} data-caption={captions[n]} className={cell === '' ? 'empty-cell' : undefined}>
                    {n === 0 && item.caseId ? (
                      <Link to="/cases/$id" params={{ id: item.caseId }} aria-label={`${cell}, ${say.toCase}`}>
                        {cell}
                      </Link>
                    ) : (
                      cell
                    )}
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
