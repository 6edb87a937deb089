/** CP-64: files that are offered to the own organisation: accept with somebody to lead it, or decline with a reason. */
import type { OfferedFile } from '@tirek/contract/access'
import { dayOf } from '@tirek/procedure/time'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ask, newKey } from '../api.ts'
import { systemNow, useHere, useNow, usePeople } from '../me.tsx'
import { useOrganisations } from '../parts/taking-part.tsx'
import { ErrorSummary, Failure, Loading } from '../parts/states.tsx'
import { RiskTag } from '../parts/tags.tsx'
import { momentText } from '../when.ts'
import { STAGES } from '../words.ts'

export function HandOversPage() {
  const { words } = useHere()
  const list = useQuery({
    queryKey: ['hand-overs'],
    queryFn: ({ signal }) => ask<{ items: OfferedFile[] }>('/api/hand-overs', { signal }),
  })
  useEffect(() => void (document.title = `${words.handOvers} · Тірек`), [words])
  if (list.isPending) return <Loading words={words} />
  return (
    <main id="content" className="narrow">
      <h1>{words.handOvers}</h1>
      <p className="soft">{words.handOversHint}</p>
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <p>{words.handOversNone}</p>}
      {(list.data?.items ?? []).map((file) => (
        <Offer key={file.caseId} file={file} />
      ))}
    </main>
  )
}

const LEADS = new Set(['social-worker', 'supervisor'])

function Offer({ file }: { file: OfferedFile }) {
  const { me, lang, words } = useHere()
  const people = usePeople()
  const organisations = useOrganisations()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const today = dayOf(useNow(60_000))
  const [key] = useState(newKey)
  const [manager, setManager] = useState('')
  const [reason, setReason] = useState('')
  const answer = useMutation({
    mutationFn: (kind: 'hand-over-accepted' | 'hand-over-declined') =>
      ask(`/api/cases/${file.caseId}/acts/${kind}`, {
        method: 'POST',
        key: `${key}-${kind}-${manager}`,
        // The file is not seen yet, so there is no version that one saw.
        body: {
          happenedAt: new Date(systemNow()).toISOString(),
          version: 1,
          form: kind === 'hand-over-accepted' ? { manager } : { reason },
        },
      }),
    onSuccess: async (_, kind) => {
      await queries.invalidateQueries()
      if (kind === 'hand-over-accepted') await navigate({ to: '/cases/$id', params: { id: file.caseId } })
    },
  })
  const colleagues = [...people.values()].filter((person) => LEADS.has(person.role) && person.organisation === me.organisation)
  const ids = { manager: `manager-${file.caseId}`, reason: `reason-${file.caseId}` }
  return (
    <section className="card pad" aria-label={`${words.casePrefix} ${file.number}`}>
      <h2>
        {words.casePrefix} {file.number}
      </h2>
      <p>
        {organisations.data?.items.find((one) => one.id === file.organisation)?.name[lang] ?? '…'} ·{' '}
        <span className="num">{momentText(file.offeredAt, lang, today)}</span>
        <br />
        {STAGES[file.stage]?.[lang] ?? file.stage} · <RiskTag risk={file.risk} words={words} /> · {words.openDeadlines}:{' '}
        {file.openDeadlines}
      </p>
      <ErrorSummary error={answer.error} words={words} lang={lang} />
      <div className="field">
        <label htmlFor={ids.manager}>{words.whoWillLead}</label>
        <select id={ids.manager} value={manager} onChange={(event) => setManager(event.target.value)}>
          <option value="">{words.choose}</option>
          {colleagues.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
        </select>
      </div>
      <p>
        <button
          type="button"
          className="button"
          disabled={manager === '' || answer.isPending}
          onClick={() => answer.mutate('hand-over-accepted')}
        >
          {words.acceptFile}
        </button>
      </p>
      <details>
        <summary>{words.declineFile}</summary>
        <div className="field">
          <label htmlFor={ids.reason}>{words.whyDeclined}</label>
          <textarea id={ids.reason} rows={3} value={reason} onChange={(event) => setReason(event.target.value)} />
        </div>
        <button
          type="button"
          className="button quiet"
          disabled={reason.trim() === '' || answer.isPending}
          onClick={() => answer.mutate('hand-over-declined')}
        >
          {words.declineFile}
        </button>
      </details>
    </section>
  )
}
