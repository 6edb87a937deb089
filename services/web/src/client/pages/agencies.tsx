/** The book of agencies for the administrator: out and in as a table, and which addresses may receive files (CP-32). */
import type { AgenciesImported, Agency, Contact } from '@tirek/contract/agencies'
import { AGENCY_KINDS } from '@tirek/contract/agency-codes'
import { fold } from '@tirek/contract/names'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { ask, saveFile } from '../api.ts'
import { useHere } from '../me.tsx'
import { ErrorSummary, Failure, Loading } from '../parts/states.tsx'
import { tableText } from '../table-text.ts'
import { momentText } from '../when.ts'
import { agencyWords } from '../words-of/agencies.ts'
import '../admin.css'

async function allAgencies(signal: AbortSignal): Promise<Agency[]> {
  const items: Agency[] = []
  for (let after: string | undefined; ;) {
    const page = await ask<{ items: Agency[]; after?: string }>(`/api/agencies?limit=200${after ? `&after=${after}` : ''}`, { signal })
    items.push(...page.items)
    after = page.after
    if (!after) return items.toSorted((a, b) => a.territory.localeCompare(b.territory) || a.name.localeCompare(b.name))
  }
}

/** So many at first: whoever looks for one types its name. */
const AT_FIRST = 40
/** So few are shown with their contacts at once. */
const FEW = 3

/** All that an agency may be looked for by, in the letters that search compares. */
const soughtOf = ({ name, kind, service, territory, contacts }: Agency): string =>
  fold(
    [
      name,
      service,
      territory,
      ...Object.values(AGENCY_KINDS[kind]),
      ...contacts.flatMap((one) => [one.name, one.position, one.email, one.phone]),
    ]
      .filter(Boolean)
      .join(' '),
  )

export function AgenciesPage() {
  const { lang, words } = useHere()
  const agn = agencyWords(lang)
  const agencies = useQuery({ queryKey: ['agencies'], queryFn: ({ signal }) => allAgencies(signal) })
  const [text, setText] = useState('')
  const [kind, setKind] = useState('')
  const [territory, setTerritory] = useState('')
  const [most, setMost] = useState(AT_FIRST)
  const asked = useDeferredValue(fold(text))
  const sought = useMemo(() => (agencies.data ?? []).map((agency) => ({ agency, text: soughtOf(agency) })), [agencies.data])
  useEffect(() => void (document.title = `${words.agencies} · Тірек`), [words])
  useEffect(() => setMost(AT_FIRST), [asked, kind, territory])
  if (agencies.isPending) return <Loading words={words} />
  const parts = asked.split(' ')
  const found = sought
    .filter(
      (one) =>
        (!kind || one.agency.kind === kind) &&
        (!territory || one.agency.territory === territory) &&
        parts.every((part) => one.text.includes(part)),
    )
    .map(({ agency }) => agency)
  const all = agencies.data ?? []
  const kinds = [...new Set(all.map((one) => one.kind))]
    .map((code) => ({ code, label: AGENCY_KINDS[code][lang] }))
    .toSorted((a, b) => a.label.localeCompare(b.label, lang))
  const territories = [...new Set(all.map((one) => one.territory))]
  const clear = () => {
    setText('')
    setKind('')
    setTerritory('')
  }
  return (
    <main id="content" className="narrow">
      <h1>{words.agencies}</h1>
      <p>{words.agenciesLead}</p>
      {all.length > 0 && (
        <form role="search" className="card pad filters" onSubmit={(event) => event.preventDefault()}>
          <div className="field whole">
            <label htmlFor="find">{agn.find}</label>
            <input id="find" type="search" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
          </div>
          <div className="field">
            <label htmlFor="kind">{agn.kind}</label>
            <select id="kind" value={kind} onChange={(event) => setKind(event.target.value)}>
              <option value="">{agn.all}</option>
              {kinds.map(({ code, label }) => (
                <option key={code} value={code}>
                  {label}
                </option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor="territory">{agn.territory}</label>
            <select id="territory" value={territory} onChange={(event) => setTerritory(event.target.value)}>
              <option value="">{agn.all}</option>
              {territories.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </div>
        </form>
      )}
      {agencies.isError && <Failure error={agencies.error} words={words} onAgain={() => void agencies.refetch()} />}
      {agencies.isSuccess && all.length === 0 && <p className="soft">{words.agenciesNone}</p>}
      <div aria-live="polite">
        {all.length > 0 && (found.length > 0 ? <p className="soft found">{`${agn.found}: ${found.length}`}</p> : <p>{agn.nothing}</p>)}
      </div>
      {all.length > 0 && found.length === 0 && (
        <p>
          <button type="button" className="button quiet" onClick={clear}>
            {agn.clear}
          </button>
        </p>
      )}
      {[...Map.groupBy(found.slice(0, most), (one) => one.territory)].map(([name, of]) => (
        <section key={name} className="group" aria-label={name}>
          <h2>{name}</h2>
          <ul className="card folded">
            {of.map((agency) => (
              <OneAgency key={`${agency.id}${found.length <= FEW}`} agency={agency} isOpen={found.length <= FEW} />
            ))}
          </ul>
        </section>
      ))}
      {found.length > most && (
        <button type="button" className="button quiet" onClick={() => setMost(most + AT_FIRST)}>
          {agn.more}: {found.length - most}
        </button>
      )}
      <Table isOpen={all.length === 0} />
    </main>
  )
}

function Table({ isOpen }: { isOpen: boolean }) {
  const { lang, words } = useHere()
  const agn = agencyWords(lang)
  const queries = useQueryClient()
  const [isUnread, setUnread] = useState(false)
  const out = useMutation({ mutationFn: () => saveFile('/api/agencies/export.csv') })
  const into = useMutation({
    mutationFn: (csv: string) => ask<AgenciesImported>('/api/agencies/import', { method: 'POST', body: { csv } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['agencies'] }),
  })
  const choose = async (input: HTMLInputElement) => {
    const [file] = input.files ?? []
    if (!file) return
    const text = tableText(new Uint8Array(await file.arrayBuffer()))
    // The same file may be chosen again once it is corrected.
    input.value = ''
    setUnread(!text)
    into.reset()
    if (text) into.mutate(text)
  }
  const done = into.data
  return (
    <>
      <ErrorSummary error={into.error ?? out.error} words={words} lang={lang} />
      {isUnread && (
        <p className="note late" role="alert">
          {words.tableUnread}
        </p>
      )}
      {done && (
        <p className="note kept" role="status">
          {words.tableAdded}: {done.added}, {words.tableChanged}: {done.changed}, {words.tableSame}: {done.same}
          {done.unmarked > 0 && `; ${words.tableUnmarked}: ${done.unmarked}`}
        </p>
      )}
      <details className="card pad" open={isOpen}>
        <summary>{agn.table}</summary>
        <p>
          <button type="button" className="button quiet" disabled={out.isPending} onClick={() => out.mutate()}>
            {words.tableOut}
          </button>
        </p>
        <div className="field">
          <label htmlFor="table">{words.tableIn}</label>
          <input
            id="table"
            type="file"
            accept=".csv,.txt,.tsv,text/csv"
            aria-describedby="table-hint"
            disabled={into.isPending}
            onChange={(event) => void choose(event.currentTarget)}
          />
          <p className="soft" id="table-hint">
            {words.tableInHint}
          </p>
        </div>
      </details>
    </>
  )
}

function OneAgency({ agency, isOpen }: { agency: Agency; isOpen: boolean }) {
  const { lang, words } = useHere()
  const agn = agencyWords(lang)
  const kind = AGENCY_KINDS[agency.kind][lang]
  // Its territory stands above it.
  const name = agency.name.replace(`, ${agency.territory}`, '')
  const [short, long] = [name.toLowerCase(), kind.toLowerCase()]
  const { length } = agency.contacts
  const may = agency.contacts.filter((one) => one.mayReceiveFiles).length
  const said = [
    short.startsWith(long) || long.startsWith(short) ? '' : kind,
    agency.service,
    agency.powers,
    may > 0 ? `${agn.files}: ${may} ${agn.outOf} ${length}` : `${agn.contacts}: ${length}`,
  ]
  return (
    <li>
      <details open={isOpen}>
        <summary>
          <h3>{name}</h3>
          <span className="soft">{said.filter(Boolean).join(' · ')}</span>
        </summary>
        {agency.contacts.length === 0 ? (
          <p>{words.noContacts}</p>
        ) : (
          <ul className="papers">
            {agency.contacts.map((contact) => (
              <OneContact key={contact.id} agency={agency} contact={contact} />
            ))}
          </ul>
        )}
      </details>
    </li>
  )
}

const LETTERS_IN = { ru: 'inRussian', kk: 'inKazakh', en: 'inEnglish' } as const

function OneContact({ agency, contact }: { agency: Agency; contact: Contact }) {
  const { lang, words } = useHere()
  const agn = agencyWords(lang)
  const queries = useQueryClient()
  const mark = useMutation({
    mutationFn: (may: boolean) =>
      ask(`/api/agencies/${agency.id}/contacts/${contact.id}/files`, { method: 'PUT', body: { email: contact.email, may } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['agencies'] }),
  })
  const { email } = contact
  return (
    <li>
      <b>{contact.name}</b>
      {contact.position && `, ${contact.position}`}
      <br />
      <span className="soft">{[email ?? words.noAddress, contact.phone, agn[LETTERS_IN[contact.lang]]].filter(Boolean).join(' · ')}</span>
      <ErrorSummary error={mark.error} words={words} lang={lang} />
      {email && (
        <label className="tick">
          <input
            type="checkbox"
            checked={contact.mayReceiveFiles}
            disabled={mark.isPending}
            onChange={(event) => mark.mutate(event.currentTarget.checked)}
          />
          <span>
            {words.filesAllowed} <span className="hidden">{email}</span>
            {contact.markedAt !== null && (
              <small className="soft">
                {' '}
                {words.filesMarked} {momentText(contact.markedAt, lang)}
              </small>
            )}
          </span>
        </label>
      )}
    </li>
  )
}
