/** Recording an act: evidence of the hour, a contact, or any other, in one short form. */
import type { CaseAccess } from '@tirek/contract/access'
import type { CasePage as CaseAnswer, TimelineItem } from '@tirek/contract/answers'
import type { ReviewState } from '@tirek/contract/reviews'
import { dayOf } from '@tirek/procedure/time'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ask, newKey, Refused } from '../api.ts'
import { formsOf, useAccess, useCase, useInvitable, useTimeline } from '../case-data.ts'
import { answered, type Schema } from '../fields.ts'
import { errorsOf, useFilling, type Typed } from '../form-state.ts'
import { systemNow, useHere, useNow, usePeople } from '../me.tsx'
import { AssignFields } from '../parts/assign-fields.tsx'
import { ContactFields } from '../parts/contact-fields.tsx'
import { EvidenceFields, type OtherHour } from '../parts/evidence-fields.tsx'
import { Fields, MomentInput } from '../parts/field.tsx'
import { FormFields, type FormState } from '../parts/form.tsx'
import { HourCard } from '../parts/hour-card.tsx'
import { idsOf } from '../parts/ids.ts'
import { ReferralsInstead } from '../parts/referral-rows.tsx'
import { ReportFields } from '../parts/report-fields.tsx'
import { useReview } from '../review-data.ts'
import { useOrganisations, type Organisation } from '../parts/taking-part.tsx'
import { ErrorSummary, Failure, Loading } from '../parts/states.tsx'
import { useFormSchema } from '../parts/written.tsx'
import { momentText } from '../when.ts'
import { useActNames } from './choose-act.tsx'

const CONTACTS = new Set(['contact-made', 'contact-attempted'])
const REPORT = 'review-report-handed-in'
/** These happen by being recorded. */
const AT_ONCE = new Set(['participant-invited', 'participation-ended', 'hand-over-offered', 'hand-over-taken-back'])

export function RecordPage() {
  const { id, kind } = useParams({ strict: false }) as { id: string; kind: string }
  const { words } = useHere()
  const found = useCase(id)
  const timeline = useTimeline(id)
  const schema = useFormSchema(kind)
  const names = useActNames()
  const isReport = kind === REPORT
  const review = useReview(id, isReport)
  if (found.isPending || timeline.isPending || schema.isPending || names.isPending || (isReport && review.isPending))
    return <Loading words={words} />
  const error = found.error ?? timeline.error ?? schema.error ?? names.error
  if (error || !found.data || !schema.data)
    return (
      <main id="content" className="narrow">
        <Failure
          alone
          error={error}
          words={words}
          onAgain={() => void Promise.all([found.refetch(), timeline.refetch(), schema.refetch()])}
        />
      </main>
    )
  const label = names.data?.find((act) => act.kind === kind)?.label ?? { ru: kind, kk: kind, en: kind }
  return (
    <Sheet
      key={`${id}${kind}`}
      kind={kind}
      found={found.data}
      timeline={timeline.data?.items ?? []}
      schema={schema.data}
      label={label}
      review={review.data}
    />
  )
}

function firstOf(kind: string, timeline: readonly TimelineItem[], found: CaseAnswer, review: ReviewState | undefined): Typed {
  const search = new URLSearchParams(window.location.search)
  const openHours = found.hours.filter((hour) => hour.closedAt === undefined)
  const value: Record<string, unknown> = {}
  if (kind === 'urgent-measures-evidenced') value['hour'] = Number(search.get('hour') ?? openHours[0]?.n ?? 0)
  if (kind === 'plan-signed') {
    // A new version begins as the one that stands: what a review leaves as it was is not typed again.
    const plans = formsOf(timeline, kind)
    Object.assign(value, plans[0], { planVersion: plans.length + 1 })
  }
  if (kind === REPORT) Object.assign(value, review?.form)
  if (kind === 'request-sent') value['request'] = newKey()
  if (kind === 'referral-sent') value['referral'] = newKey()
  if (kind === 'meeting-held') value['meeting'] = newKey()
  if (kind === 'participation-ended') value['person'] = search.get('person') ?? undefined
  return { value, key: newKey(), kind }
}

function Sheet({
  kind: opened,
  found,
  timeline,
  schema: openedSchema,
  label,
  review,
}: {
  kind: string
  found: CaseAnswer
  timeline: readonly TimelineItem[]
  schema: Schema
  label: { ru: string; kk: string; en: string }
  review: ReviewState | undefined
}) {
  const { me, lang, words } = useHere()
  const people = usePeople()
  const now = useNow(30_000)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { id, number, version } = found.summary
  const isContact = CONTACTS.has(opened)
  const isEvidence = opened === 'urgent-measures-evidenced'
  const draftName = `${id}/${isContact ? 'contact' : opened}`
  const filling = useFilling(me.person, draftName, () => firstOf(opened, timeline, found, review))
  const { typed } = filling
  const kind = String(typed['kind'] ?? opened)
  const names = useActNames()
  const otherSchema = useFormSchema(kind)
  const schema = kind === opened ? openedSchema : (otherSchema.data ?? {})
  const organisations = useOrganisations(opened === 'handed-over' || opened === 'hand-over-offered')
  const invitable = useInvitable(id, opened === 'participant-invited')
  const access = useAccess(id, opened === 'participation-ended')
  // Who leads the case and who asks have it already.
  const concerned =
    opened === 'participant-invited'
      ? invitable.data?.items.filter((one) => one.id !== found.summary.manager && one.id !== me.person)
      : access.data?.participants.map(namedOf)
  const [others, setOthers] = useState<readonly OtherHour[]>([])
  useEffect(() => void (document.title = `${label[lang]} · ${number} · Тірек`), [label, lang, number])

  const save = useMutation({
    mutationFn: async (seen: number) => {
      const happenedAt = typeof typed['happenedAt'] === 'string' ? typed['happenedAt'] : new Date(systemNow()).toISOString()
      const body = { happenedAt, version: seen, ...(others.length > 0 && { alsoFor: others }), form: formToSend(kind, typed.value) }
      // Another version is another request: only a lost answer is asked for again under the same key.
      return ask<unknown>(`/api/cases/${id}/acts/${kind}`, { method: 'POST', body, key: `${typed.key}-${seen}` })
    },
    onSuccess: async () => {
      filling.drop()
      await Promise.all([queries.invalidateQueries({ queryKey: ['case', id] }), queries.invalidateQueries({ queryKey: ['worklist'] })])
      await navigate({ to: '/cases/$id', params: { id } })
    },
  })

  const state: FormState = {
    schema,
    value: typed.value,
    change: filling.change,
    errors: errorsOf(save.error),
    lang,
    words,
    ids: idsOf({
      kind,
      people,
      timeline,
      lang,
      organisations: organisationsFor(opened, organisations.data?.items ?? [], found.summary.organisation),
      concerned,
      now,
    }),
  }
  const stale = save.error instanceof Refused && save.error.problem.code === 'stale' ? save.error.problem : undefined
  const hour = isEvidence
    ? found.deadlines.find((deadline) => deadline.state === 'open' && deadline.hour === (typed.value as { hour?: number }).hour)
    : undefined

  return (
    <main id="content" className="narrow">
      <p>
        <Link to="/cases/$id" params={{ id }}>
          ← {words.casePrefix} {number}
        </Link>
      </p>
      <h1>{isContact ? words.contact : label[lang]}</h1>
      {(opened === 'referral-sent' || opened === 'referral-answered') && <ReferralsInstead caseId={id} />}
      {hour && <HourCard caseId={id} number={number} manager={found.summary.manager} deadline={hour} onForm />}
      <ErrorSummary error={save.error} words={words} lang={lang} schema={schema}>
        {stale && (
          <>
            <p>{words.changedBy}:</p>
            <ul>
              {(stale.changes ?? []).map((change) => (
                <li key={`${change.kind}${change.at}`}>
                  {names.data?.find((act) => act.kind === change.kind)?.label[lang] ?? change.kind},{' '}
                  {momentText(change.at, lang, dayOf(now))}
                  {change.by && `, ${people.get(change.by)?.name ?? ''}`}
                </li>
              ))}
            </ul>
            <button
              type="button"
              className="button"
              onClick={() =>
                void queries
                  .fetchQuery({ queryKey: ['case', id], queryFn: () => ask<CaseAnswer>(`/api/cases/${id}`), staleTime: 0 })
                  .then((fresh) => save.mutate(fresh.summary.version))
              }
            >
              {words.sendAnyway}
            </button>
          </>
        )}
      </ErrorSummary>
      {filling.fromDraft && (
        <p className="note">
          {words.draftFound}{' '}
          <button type="button" className="plain" onClick={filling.drop}>
            {words.draftDrop}
          </button>
        </p>
      )}
      <form
        className="sheet"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!save.isPending) save.mutate(version)
        }}
      >
        <FormFields state={state}>
          <div className="card part">
            {isContact && <ContactFields kind={kind} setKind={(to) => filling.set({ kind: to })} />}
            {!AT_ONCE.has(kind) && (
              <div className="field">
                <label htmlFor="happened-at">{words.whenHappened}</label>
                <p className="hint" id="happened-at-hint">
                  {words.whenHint}
                </p>
                <MomentInput
                  about={{
                    id: 'happened-at',
                    'aria-describedby': 'happened-at-hint',
                    'aria-invalid': state.errors.has('/happenedAt') || undefined,
                  }}
                  value={(typed['happenedAt'] as string | undefined) ?? new Date(now).toISOString()}
                  set={(to) => filling.set({ happenedAt: to })}
                />
                {state.errors.get('/happenedAt') && <p className="error">{state.errors.get('/happenedAt')}</p>}
              </div>
            )}
            {opened === 'assigned' ? (
              <AssignFields />
            ) : opened === REPORT ? (
              <ReportFields plan={review?.plan?.measures ?? []} />
            ) : isEvidence ? (
              <EvidenceFields found={found} others={others} setOthers={setOthers} now={now} />
            ) : (
              <Fields at={[]} schema={schema} without={isContact ? ['by', 'childSeen', 'signsOfCruelty'] : []} />
            )}
          </div>
        </FormFields>
        <div className="row wrap save">
          <button className="button" disabled={save.isPending || !filling.ready}>
            {save.isPending ? words.saving : words.save}
          </button>
          <Link className="button quiet" to="/cases/$id" params={{ id }}>
            {words.cancel}
          </Link>
          <span className="soft" role="status">
            {filling.kept ? words.draftKept : ''}
          </span>
        </div>
      </form>
    </main>
  )
}

const namedOf = ({ person, name }: CaseAccess['participants'][number]) => ({ id: person, name: name ?? person })

/** Inside the organisation a file is handed over at once; to another one it is offered. */
const organisationsFor = (kind: string, all: readonly Organisation[], own: string) =>
  all.filter(({ id }) => (id === own) === (kind === 'handed-over'))

/** The form without what was not answered. An attempt has no more than how and what. */
function formToSend(kind: string, value: unknown): unknown {
  const form = (answered(value) ?? {}) as Record<string, unknown>
  if (kind === 'contact-attempted') return answered({ by: form['by'], note: form['note'] }) ?? {}
  if (kind === 'contact-made') delete form['note']
  return form
}
