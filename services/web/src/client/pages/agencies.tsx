/** The book of agencies for the administrator: out and in as a table, and which addresses may receive files (CP-32). */
import type { AgenciesImported, Agency, Contact } from '@tirek/contract/agencies'
import { AGENCY_KINDS } from '@tirek/contract/agency-codes'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Fragment, useEffect, useState } from 'react'
import { ask, saveFile } from '../api.ts'
import { useHere } from '../me.tsx'
import { ErrorSummary, Failure, Loading } from '../parts/states.tsx'
import { tableText } from '../table-text.ts'
import { momentText } from '../when.ts'

async function allAgencies(signal: AbortSignal): Promise<Agency[]> {
  const items: Agency[] = []
  for (let after: string | undefined; ;) {
    const page = await ask<{ items: Agency[]; after?: string }>(`/api/agencies?limit=200${after ? `&after=${after}` : ''}`, { signal })
    items.push(...page.items)
    after = page.after
    if (!after) return items.toSorted((a, b) => a.territory.localeCompare(b.territory) || a.name.localeCompare(b.name))
  }
}

export function AgenciesPage() {
  const { words } = useHere()
  const agencies = useQuery({ queryKey: ['agencies'], queryFn: ({ signal }) => allAgencies(signal) })
  useEffect(() => void (document.title = `${words.agencies} · Тірек`), [words])
  if (agencies.isPending) return <Loading words={words} />
  const territories = Map.groupBy(agencies.data ?? [], ({ territory }) => territory)
  return (
    <main id="content" className="narrow">
      <h1>{words.agencies}</h1>
      <p>{words.agenciesLead}</p>
      <Table />
      {agencies.isError && <Failure error={agencies.error} words={words} onAgain={() => void agencies.refetch()} />}
      {agencies.isSuccess && territories.size === 0 && <p className="soft">{words.agenciesNone}</p>}
      {[...territories].map(([territory, of]) => (
        <Fragment key={territory}>
          <h2>{territory}</h2>
          {of.map((agency) => (
            <OneAgency key={agency.id} agency={agency} />
          ))}
        </Fragment>
      ))}
    </main>
  )
}

function Table() {
  const { lang, words } = useHere()
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
      <div className="card pad">
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
      </div>
    </>
  )
}

function OneAgency({ agency }: { agency: Agency }) {
  const { lang, words } = useHere()
  return (
    <article className="card pad" aria-label={agency.name}>
      <h3>{agency.name}</h3>
      <p className="soft">{[AGENCY_KINDS[agency.kind][lang], agency.service, agency.powers].filter(Boolean).join(' · ')}</p>
      {agency.contacts.length === 0 ? (
        <p>{words.noContacts}</p>
      ) : (
        <ul className="papers">
          {agency.contacts.map((contact) => (
            <OneContact key={contact.id} agency={agency} contact={contact} />
          ))}
        </ul>
      )}
    </article>
  )
}

function OneContact({ agency, contact }: { agency: Agency; contact: Contact }) {
  const { lang, words } = useHere()
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
      <span className="soft">{[email ?? words.noAddress, contact.phone, contact.lang].filter(Boolean).join(' · ')}</span>
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
