/** One entry that was made by hand: what it says, struck out where it is in error, written anew, and what was found turned into a help request. */
import { captionsOf, isJournal, journalOf, JOURNALS, rowOf, type JournalItem, type JournalName } from '@tirek/contract/journals'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ask } from '../api.ts'
import type { Schema } from '../fields.ts'
import { useHere, usePeople } from '../me.tsx'
import { Official } from '../parts/official.tsx'
import { SmallForm } from '../parts/small-form.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { sheetWords } from '../words-of/sheets.ts'
import { LostPage } from './lost.tsx'
import { joined } from '../rule-codes.ts'

export const entryPath = (name: JournalName, id: string): string => `/api/journals/${name}/entries/${id}`

/** An entry is read once for each look at it: each is a reading of its own. */
export const useEntry = (name: JournalName, id: string | undefined) =>
  useQuery({
    queryKey: ['journal-entry', name, id],
    queryFn: ({ signal }) => ask<JournalItem>(entryPath(name, id!), { signal }),
    enabled: id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

/** Whoever may write in this journal. */
export const writesIn = (name: JournalName, { may, role }: { may: readonly string[]; role: string }): boolean => {
  const { byHand, writers } = journalOf(name)
  return byHand && may.includes('write journals') && (!writers || (writers as readonly string[]).includes(role))
}

export function JournalEntryPage() {
  const { name, entry } = useParams({ strict: false }) as { name: string; entry: string }
  return isJournal(name) && JOURNALS[name].byHand ? <Entry key={entry} name={name} id={entry} /> : <LostPage />
}

function Entry({ name, id }: { name: JournalName; id: string }) {
  const { me, lang, words } = useHere()
  const sht = sheetWords(lang)
  const people = usePeople()
  const queries = useQueryClient()
  const found = useEntry(name, id)
  const { title, rule } = JOURNALS[name]
  const item = found.data
  const heading = `${sht.entry} № ${item?.n ?? ''}`
  useEffect(() => void (document.title = `${heading} · ${title[lang]} · Тірек`), [heading, title, lang])
  if (found.isPending) return <Loading words={words} />
  if (!item)
    return (
      <main id="content" className="narrow">
        <Failure alone error={found.error} words={words} onAgain={() => void found.refetch()} />
      </main>
    )
  const cells = rowOf(name, item, lang, (person) => people.get(person)?.name ?? words.somebody)
  const kind = item.entry['found']
  const isFinding = name === 'prevention' && !item.withdrawn && kind !== undefined && kind !== 'nothing'
  return (
    <main id="content" className="narrow">
      <p className="no-print">
        <Link to="/journals/$name" params={{ name }}>
          ← {title[lang]}
        </Link>
      </p>
      <h1>
        {heading} <small>{joined(rule)}</small>
      </h1>
      {item.withdrawn && (
        <div className="note late" role="status">
          <b>{sht.struckOut}</b>
          {item.why && <p>{item.why}</p>}
          {writesIn(name, me) && (
            <p>
              <Link className="button quiet" to="/journals/$name/new" params={{ name }} search={{ again: id } as never}>
                {sht.writeAnew}
              </Link>
            </p>
          )}
        </div>
      )}
      <dl className={`written card pad ${item.withdrawn ? 'struck' : ''}`}>
        {captionsWith(name).map((caption, n) =>
          n === 0 || cells[n] === '' ? null : <Said key={caption.ru} caption={caption} text={cells[n]!} />,
        )}
      </dl>
      {isFinding && me.may.includes('register a request') && (
        <section className="card pad" aria-labelledby="as-request">
          <h2 id="as-request">{sht.asRequest}</h2>
          <p>{sht.asRequestLead}</p>
          <Link className="button" to="/new" search={{ finding: id } as never}>
            {sht.asRequest}
          </Link>
        </section>
      )}
      {item.mayWithdraw && <Strike name={name} id={id} done={() => queries.invalidateQueries({ queryKey: ['journal', name] })} />}
    </main>
  )
}

/** Captions of the whole line in every language, number first. */
const captionsWith = (name: JournalName) => {
  const all = { ru: captionsOf(name, 'ru'), kk: captionsOf(name, 'kk'), en: captionsOf(name, 'en') }
  return all.ru.map((ru, n) => ({ ru, kk: all.kk[n]!, en: all.en[n]! }))
}

function Said({ caption, text }: { caption: Record<'ru' | 'kk' | 'en', string>; text: string }) {
  const { lang } = useHere()
  return (
    <div style={{ display: 'contents' }}>
      <dt>
        {caption[lang]} <Official ru={caption.ru} said={caption[lang]} />
      </dt>
      <dd>{text}</dd>
    </div>
  )
}

function Strike({ name, id, done }: { name: JournalName; id: string; done(): unknown }) {
  const { lang, words } = useHere()
  const sht = sheetWords(lang)
  const queries = useQueryClient()
  const schema = useQuery({
    queryKey: ['forms', 'journals', 'withdrawn'],
    queryFn: ({ signal }) => ask<Schema>('/api/forms/journals/withdrawn', { signal }),
    staleTime: 300_000,
  })
  return (
    <details className="card pad no-print">
      <summary>{sht.strike}</summary>
      <p>{sht.strikeLead}</p>
      {schema.isError && <Failure error={schema.error} words={words} onAgain={() => void schema.refetch()} />}
      {schema.data && (
        <SmallForm
          name={`journal/${name}/${id}`}
          schema={schema.data}
          button={sht.strike}
          send={async (answers) => {
            const struck = await ask<JournalItem>(`${entryPath(name, id)}/withdraw`, { method: 'POST', body: answers })
            queries.setQueryData(['journal-entry', name, id], struck)
          }}
          done={done}
        />
      )}
    </details>
  )
}
