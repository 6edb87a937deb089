/** The form of an act on a case: filled, kept as a draft, sent; what changed meanwhile is said. */
import type { CasePage as CaseAnswer, TimelineItem } from '@tirek/contract/answers'
import type { ReviewState } from '@tirek/contract/reviews'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState, type ComponentProps, type ReactNode } from 'react'
import { firstOf, formToSend, namedOf, organisationsFor, PLAN, REPORT } from '../act-values.ts'
import { formsOf, useAccess, useInvitable } from '../case-data.ts'
import type { Schema } from '../fields.ts'
import { errorsOf, useFilling } from '../form-state.ts'
import { systemNow, useHere, useNow, usePeople } from '../me.tsx'
import { useSending } from '../sending.ts'
import { workWords } from '../words-of/work.ts'
import { partOf } from '../assessment-parts.ts'
import { AfterClosure } from '../forms/after-asking.tsx'
import { FACES, HAND_OVERS, saveLabelOf } from '../forms/faces.ts'
import { SharedDraftNotes, SharedDraftState, useSharedDraft } from '../forms/shared-draft.tsx'
import { PlanFields } from './plan-fields.tsx'
import { AssessmentFields, goToPart, openPart } from './assessment-fields.tsx'
import { ContactFields, ContactSave, MoreOfContact } from './contact-fields.tsx'
import { EvidenceFields, type OtherHour } from './evidence-fields.tsx'
import { Fields } from './field.tsx'
import { FormFields, type FormState } from './form.tsx'
import { Happened } from './happened.tsx'
import { idsOf } from './ids.ts'
import { ErrorSummary } from './states.tsx'
import { useOrganisations } from './taking-part.tsx'
import { WaitingNote } from './waiting.tsx'
import { useFormSchema } from './written.tsx'
import { DraftNote } from './draft-note.tsx'
import { CaseChanged } from './case-changed.tsx'

/** Whoever records a contact on a slow line waits for no words of the board, and for no report. */
const AssignFields = lazy(() => import('./assign-fields.tsx').then((part) => ({ default: part.AssignFields })))
const ReportFields = lazy(() => import('./report-fields.tsx').then((part) => ({ default: part.ReportFields })))

export const CONTACTS = new Set(['contact-made', 'contact-attempted'])
/** These happen by being recorded. */
const AT_ONCE = new Set(['participant-invited', 'participation-ended', 'hand-over-taken-back'])

export type Label = { ru: string; kk: string; en: string }

/** `children`: stand above the form, under what is wrong with it. */
export function ActSheet({
  kind: opened,
  found,
  timeline,
  schema: openedSchema,
  label,
  review,
  hour,
  notNow,
  children,
}: {
  kind: string
  found: CaseAnswer
  timeline: readonly TimelineItem[]
  schema: Schema
  label: Label
  review?: ReviewState | undefined
  /** Which hour the evidence is of, where the page knows. */
  hour?: number | undefined
  /** It could only be refused: says why, in place of the form; above it where something was typed already. */
  notNow?: ((hasDraft: boolean) => ReactNode) | undefined
  children?: ReactNode
}) {
  const { me, lang, words } = useHere()
  const tell = workWords(lang)
  const people = usePeople()
  const now = useNow(30_000)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { id, number, version } = found.summary
  const isContact = CONTACTS.has(opened)
  const isEvidence = opened === 'urgent-measures-evidenced'
  const isAssessment = opened === 'assessment-finished'
  const Face = FACES[opened]
  const draftName = `${id}/${isContact ? 'contact' : HAND_OVERS.has(opened) ? 'hand-over' : opened}`
  const filling = useFilling(me.person, draftName, () => firstOf(opened, timeline, found, review, hour, lang))
  const { typed } = filling
  const kind = String(typed['kind'] ?? opened)
  const otherSchema = useFormSchema(kind)
  const schema = kind === opened ? openedSchema : (otherSchema.data ?? {})
  const organisations = useOrganisations(HAND_OVERS.has(opened))
  const invitable = useInvitable(id, opened === 'participant-invited')
  const access = useAccess(id, opened === 'participation-ended' || (HAND_OVERS.has(opened) && found.mayReadAccess === true))
  // Who leads the case and who asks have it already.
  const concerned =
    opened === 'participant-invited'
      ? invitable.data?.items.filter((one) => one.id !== found.summary.manager && one.id !== me.person)
      : access.data?.participants.map(namedOf)
  const [others, setOthers] = useState<readonly OtherHour[]>([])
  const [after, setAfter] = useState<ComponentProps<typeof AfterClosure>>()
  useEffect(() => void (document.title = `${label[lang]} · ${number} · Тірек`), [label, lang, number])

  const sending = useSending<{ version: number; signs?: boolean }, CaseAnswer>({
    person: me.person,
    form: draftName,
    filling,
    label: `${label[lang]}, ${words.caseWord} ${number}`,
    request({ version: seen, signs: told }) {
      const happenedAt = typeof typed['happenedAt'] === 'string' ? typed['happenedAt'] : new Date(systemNow()).toISOString()
      const form = formToSend(kind, told === undefined ? typed.value : { ...(typed.value as object), signsOfCruelty: told })
      const body = { happenedAt, version: seen, ...(others.length > 0 && { alsoFor: others }), form }
      // Another version, or another answer, is another request: only a lost answer is asked for again under the same key.
      const answer = told === undefined ? '' : told ? '-signs' : '-none'
      return { path: `/api/cases/${id}/acts/${kind}`, body, key: `${typed.key}-${seen}${answer}` }
    },
    async onSent(now) {
      await Promise.all([queries.invalidateQueries({ queryKey: ['case', id] }), queries.invalidateQueries({ queryKey: ['worklist'] })])
      // CP-123: signs propose a higher level, so the next thing is to look at it.
      const isGraver = isContact && now.warnings.includes('signs-of-cruelty') && now.allowedActs.includes('risk-assessed')
      // CP-65: the same of a look that found the family worse off.
      const isRelapse = kind === 'monitoring-look' && now.warnings.includes('monitoring-worse') && now.allowedActs.includes('relapse')
      const isUrgent = kind === 'relapse' && now.hours.some((one) => one.closedAt === undefined)
      if (isGraver) await navigate({ to: '/cases/$id/record/$kind', params: { id, kind: 'risk-assessed' } })
      else if (isRelapse) await navigate({ to: '/cases/$id/record/$kind', params: { id, kind: 'relapse' } })
      else if (isUrgent) await navigate({ to: '/cases/$id/hour', params: { id } })
      else if (kind === 'closure-asked') setAfter({ found: now, months: (typed.value as { monitoringMonths?: number }).monitoringMonths })
      else await navigate({ to: '/cases/$id', params: { id } })
    },
  })
  const shared = useSharedDraft(isAssessment ? `/api/cases/${id}/drafts/${opened}` : undefined, filling, sending.isPending)
  // Whether there are signs of cruelty is answered by the button that saves.
  const [signs, setSigns] = useState<boolean>()
  const send = (seen: number) => sending.send({ version: seen, ...(signs !== undefined && { signs }) })

  const state: FormState = {
    isOfficial: true,
    schema,
    value: typed.value,
    change: filling.change,
    errors: errorsOf(sending.error),
    lang,
    words,
    ids: idsOf({
      kind,
      people,
      timeline,
      lang,
      organisations: organisationsFor(kind, organisations.data?.items ?? [], found.summary.organisation),
      concerned,
      now,
    }),
  }
  const inPart = isAssessment && openPart(filling) !== undefined
  const nothingToSign = opened === 'plan-signed-by-family' && (typed.value as { planVersion?: number }).planVersion === undefined
  // The form says so itself: there is nothing to send.
  const isOffered = kind === 'hand-over-offered' && access.data?.offer !== undefined
  const signed = formsOf(timeline, PLAN)
  const asksSigns = kind === 'contact-made'
  const { error } = sending
  // Of what others record meanwhile the refusal tells: no form goes away from under who fills it.
  const [wasBarred] = useState(notNow !== undefined)
  const barred = wasBarred ? notNow : undefined
  if (after) return <AfterClosure {...after} />
  if (sending.waiting)
    return (
      <>
        {children}
        <WaitingNote takeBack={sending.takeBack} />
      </>
    )
  if (barred && !filling.touched)
    return (
      <>
        {children}
        {filling.ready && barred(false)}
      </>
    )
  return (
    <>
      {barred?.(true)}
      <ErrorSummary
        error={error}
        words={words}
        lang={lang}
        schema={schema}
        {...(isAssessment && { reveal: (at: string) => goToPart(filling, partOf(at), false) })}
      >
        <CaseChanged id={id} error={error} send={send} />
      </ErrorSummary>
      {children}
      <DraftNote filling={isAssessment ? { ...filling, drop: shared.drop } : filling} />
      {isAssessment && <SharedDraftNotes shared={shared} />}
      <form
        className="sheet"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!asksSigns) send(version)
        }}
      >
        <FormFields state={state}>
          <div className="card part">
            {isContact && <ContactFields kind={kind} setKind={(to) => filling.set({ kind: to })} set={filling.set} />}
            {!Face && !AT_ONCE.has(kind) && !isContact && !inPart && (
              <Happened typed={typed} set={filling.set} errors={state.errors} now={now} />
            )}
            {Face ? (
              <Suspense fallback={<p className="soft">{words.loading}</p>}>
                <Face found={found} timeline={timeline} review={review} filling={filling} now={now} />
              </Suspense>
            ) : opened === 'assigned' ? (
              <Suspense fallback={<p className="soft">{words.loading}</p>}>
                <AssignFields />
              </Suspense>
            ) : opened === PLAN ? (
              <PlanFields before={signed[0]} />
            ) : isAssessment ? (
              <AssessmentFields filling={filling} />
            ) : opened === REPORT ? (
              <Suspense fallback={<p className="soft">{words.loading}</p>}>
                <ReportFields plan={review?.plan?.measures ?? []} />
              </Suspense>
            ) : isEvidence ? (
              <EvidenceFields found={found} others={others} setOthers={setOthers} now={now} />
            ) : isContact ? (
              <MoreOfContact>
                <Happened typed={typed} set={filling.set} errors={state.errors} now={now} />
                <Fields at={[]} schema={schema} without={['by', 'childSeen', 'signsOfCruelty']} />
              </MoreOfContact>
            ) : (
              <Fields at={[]} schema={schema} />
            )}
          </div>
        </FormFields>
        <div className="row wrap save">
          {asksSigns ? (
            <ContactSave
              disabled={sending.isPending || !filling.ready}
              save={(to) => {
                setSigns(to)
                sending.send({ version, signs: to })
              }}
            />
          ) : inPart || nothingToSign || isOffered ? null : (
            <button className="button" disabled={sending.isPending || !filling.ready}>
              {sending.isPending ? words.saving : isAssessment ? tell.finishReport : (saveLabelOf(kind, typed.value, lang) ?? words.save)}
            </button>
          )}
          <Link className="button quiet" to="/cases/$id" params={{ id }}>
            {words.cancel}
          </Link>
          <span className="soft" role="status">
            {isAssessment ? <SharedDraftState shared={shared} kept={filling.kept} /> : filling.kept ? words.draftKept : ''}
          </span>
        </div>
      </form>
    </>
  )
}
