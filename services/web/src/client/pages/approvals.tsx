/** What waits for my decision, each with what changed since the version before. One by one: nothing is approved in bulk. */
import type { OfferedFile } from '@tirek/contract/access'
import type { Approval, Approvals } from '@tirek/contract/team'
import { dayOf } from '@tirek/procedure/time'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useId, useState } from 'react'
import { Rule } from '../parts/rule.tsx'
import '../admin.css'
import { ask, newKey } from '../api.ts'
import { changesBetween } from '../form-changes.ts'
import { systemNow, useHere, useNow, usePeople } from '../me.tsx'
import { ErrorSummary, Failure, Loading } from '../parts/states.tsx'
import { Written } from '../parts/written.tsx'
import { dueWords, momentText } from '../when.ts'
import { adminWords } from '../words-of/admin.ts'

const FORM_OF = { closure: 'closure-asked', plan: 'plan-signed' } as const

export function ApprovalsPage() {
  const { me, lang, words } = useHere()
  const adm = adminWords(lang)
  const list = useQuery({
    queryKey: ['approvals'],
    queryFn: ({ signal }) => ask<Approvals>('/api/approvals', { again: true, signal }),
    refetchInterval: 60_000,
  })
  const offered = useQuery({
    queryKey: ['hand-overs'],
    queryFn: ({ signal }) => ask<{ items: OfferedFile[] }>('/api/hand-overs', { signal }),
    enabled: me.may.includes('answer offers'),
  })
  useEffect(() => void (document.title = `${adm.approvals} · Тірек`), [adm])
  if (list.isPending) return <Loading words={words} />
  const items = list.data?.items ?? []
  const files = offered.data?.items.length ?? 0
  const of = (kind: Approval['kind']) => items.filter((one) => one.kind === kind)
  return (
    <main id="content" className="narrow">
      <h1>{adm.approvals}</h1>
      <p>{adm.approvalsLead}</p>
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      <div aria-live="polite">{list.isSuccess && items.length + files === 0 && <p className="note kept">{adm.approvalsNone}</p>}</div>
      {files > 0 && (
        <section className="group">
          <h2>{adm.filesOffered}</h2>
          <ul className="card acts">
            <li>
              <Link to="/hand-overs">
                {adm.filesOfferedHint}: <span className="num">{files}</span>
              </Link>
            </li>
          </ul>
        </section>
      )}
      <Group title={adm.closures} items={of('closure')} />
      <Group title={adm.reviewDays} items={of('review-day')} />
      <Group title={adm.protocols} items={of('protocol')} />
      <Group title={adm.plans} lead={adm.plansLead} items={of('plan')} />
      {list.data?.more && <p className="soft">{adm.approvalsPart}</p>}
    </main>
  )
}

function Group({ title, lead, items }: { title: string; lead?: string; items: readonly Approval[] }) {
  if (items.length === 0) return null
  return (
    <section className="group">
      <h2>
        {title} <small className="num">{items.length}</small>
      </h2>
      {lead && <p className="soft">{lead}</p>}
      {items.map((one) => (
        <One key={`${one.kind}${one.caseId}${one.deadline?.key ?? ''}`} item={one} />
      ))}
    </section>
  )
}

function One({ item }: { item: Approval }) {
  const { lang, words } = useHere()
  const adm = adminWords(lang)
  const people = usePeople()
  const now = useNow(60_000)
  const due = item.deadline && dueWords(item.deadline, now, lang)
  const { caseId: id } = item
  return (
    <article className="card pad decision" aria-label={`${words.casePrefix} ${item.number}`}>
      <p className="row between wrap">
        <Link to="/cases/$id" params={{ id }}>
          <b>
            {words.casePrefix} {item.number}
          </b>
        </Link>
        {due && <span className={`tag ${due.tone}`}>{due.text}</span>}
      </p>
      <p className="soft">
        {item.manager && people.get(item.manager)?.name}
        {item.deadline && (
          <>
            {` · ${item.deadline.why[lang]} (`}
            <Rule code={item.deadline.rule} />)
          </>
        )}
      </p>
      {(item.kind === 'closure' || item.kind === 'plan') && <Versions item={item} kind={FORM_OF[item.kind]} />}
      {item.kind === 'closure' && <Decide item={item} />}
      {item.kind === 'review-day' && (
        <Link className="button" to="/cases/$id/record/$kind" params={{ id, kind: 'review-agreed' }}>
          {adm.setDay} <span className="hidden">{item.number}</span>
        </Link>
      )}
      {item.kind === 'protocol' && (
        <Link className="button quiet" to="/cases/$id/meetings" params={{ id }}>
          {adm.goThere} <span className="hidden">{item.number}</span>
        </Link>
      )}
      {item.kind === 'plan' && (
        <Link className="button quiet" to="/cases/$id/record/$kind" params={{ id, kind: 'noted' }}>
          {adm.remark} <span className="hidden">{item.number}</span>
        </Link>
      )}
    </article>
  )
}

function Versions({ item: { now: is, before, returned }, kind }: { item: Approval; kind: string }) {
  const { lang, words } = useHere()
  const adm = adminWords(lang)
  const people = usePeople()
  const today = dayOf(useNow(60_000))
  if (!is) return null
  const nameOf = (person: string) => people.get(person)?.name ?? words.somebody
  const changes = before && changesBetween(before.form, is.form)
  const changed = changes && Object.keys(changes.was).length + Object.keys(changes.is).length > 0
  return (
    <>
      <p>
        {adm.askedBy}: {nameOf(is.by)}, <span className="num">{momentText(is.at, lang, today)}</span>
      </p>
      {returned && (
        <div className="note soon">
          <p>
            <b>{adm.returnedBefore}</b>: {nameOf(returned.by)}, <span className="num">{momentText(returned.at, lang, today)}</span>
          </p>
          {returned.reason && <p>{returned.reason}</p>}
        </div>
      )}
      {changes && (
        <>
          <h3>{adm.changedSince}</h3>
          {!changed && <p className="soft">{adm.nothingChanged}</p>}
          {changed && (
            <div className="versions">
              <div>
                <h4>{adm.was}</h4>
                <Written kind={kind} form={{ ...changes.was }} />
              </div>
              <div>
                <h4>{adm.is}</h4>
                <Written kind={kind} form={{ ...changes.is }} />
              </div>
            </div>
          )}
        </>
      )}
      {changes ? (
        <details>
          <summary>{adm.wholeForm}</summary>
          <Written kind={kind} form={is.form} />
        </details>
      ) : (
        <Written kind={kind} form={is.form} />
      )}
    </>
  )
}

/** CP-60, CP-66. */
function Decide({ item }: { item: Approval }) {
  const { lang, words } = useHere()
  const adm = adminWords(lang)
  const queries = useQueryClient()
  const id = useId()
  const [sure, setSure] = useState(false)
  const [reason, setReason] = useState('')
  const [key] = useState(newKey)
  const decide = useMutation({
    mutationFn: (form: { approved: boolean; reason?: string }) =>
      ask(`/api/cases/${item.caseId}/acts/closure-decided`, {
        method: 'POST',
        // Another answer, or another version, is another request.
        key: `${key}-${form.approved}-${item.version}`,
        body: { happenedAt: new Date(systemNow()).toISOString(), version: item.version, form },
      }),
    onSuccess: () => queries.invalidateQueries(),
    // Somebody was faster: what is shown is read again, what was typed stays.
    onError: () => queries.invalidateQueries({ queryKey: ['approvals'] }),
  })
  return (
    <>
      <ErrorSummary error={decide.error} words={words} lang={lang} />
      {sure ? (
        <p className="row wrap" role="group" aria-label={adm.approveSure}>
          {adm.approveSure}
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the button that was pressed is gone */}
          <button type="button" className="button" autoFocus disabled={decide.isPending} onClick={() => decide.mutate({ approved: true })}>
            {adm.approveYes}
          </button>
          <button type="button" className="plain" onClick={() => setSure(false)}>
            {words.cancel}
          </button>
        </p>
      ) : (
        <p>
          <button type="button" className="button" onClick={() => setSure(true)}>
            {adm.approve} <span className="hidden">{item.number}</span>
          </button>
        </p>
      )}
      <details>
        <summary>{adm.giveBack}</summary>
        <div className="field">
          <label htmlFor={id}>{adm.whyBack}</label>
          <textarea id={id} rows={3} value={reason} onChange={(event) => setReason(event.target.value)} />
        </div>
        <button
          type="button"
          className="button quiet"
          disabled={reason.trim() === '' || decide.isPending}
          onClick={() => decide.mutate({ approved: false, reason: reason.trim() })}
        >
          {adm.giveBack}
        </button>
      </details>
    </>
  )
}
