/** What a review decided (CP-53): the report's proposal beside it, where each decision leads, only the questions that it raises. */
import { REVIEW_DECISIONS } from '@tirek/contract/forms/codes'
import { CRITERIA, type Code } from '@tirek/procedure/child-protection/criteria'
import { addMonths, dayOf } from '@tirek/procedure/time'
import { Link } from '@tanstack/react-router'
import { formsOf } from '../case-data.ts'
import { captionOf, idOf } from '../fields.ts'
import { systemNow, useHere } from '../me.tsx'
import { Field } from '../parts/field.tsx'
import { useForm } from '../parts/form.tsx'
import { Happened } from '../parts/happened.tsx'
import { dayText } from '../when.ts'
import { formWords } from '../words-of/forms.ts'
import type { FaceProps } from './face.tsx'
import { Rule } from '../parts/rule.tsx'
import { joined } from '../rule-codes.ts'
import './forms.css'

type Decision = keyof typeof REVIEW_DECISIONS
const LEADS_TO = {
  continue: 'leadsContinue',
  'extend-stay': 'leadsReferral',
  separate: 'leadsReferral',
  close: 'leadsClose',
} as const satisfies Record<Decision, string>
const OUT_OF_FAMILY: readonly (Decision | undefined)[] = ['extend-stay', 'separate']
/** CP-50. */
const LONGEST_MONTHS = 6

export function ReviewHeldFields({ found, timeline, review, filling, now }: FaceProps) {
  const { lang } = useHere()
  const frm = formWords(lang)
  const { value, change, errors, schema } = useForm()
  const { decision, nextDay } = value as { decision?: Decision; nextDay?: string }
  const at = Date.parse(String(filling.typed['happenedAt'] ?? new Date(systemNow()).toISOString()))
  const heldOn = dayOf(Number.isNaN(at) ? now : at)
  const latest = addMonths(heldOn, LONGEST_MONTHS)
  const isEarly = (review?.due !== undefined && heldOn < review.due) || (nextDay !== undefined && nextDay !== '' && nextDay < latest)
  const error = errors.get('/decision')
  const choose = (to: Decision) =>
    // What only another decision asks for goes with it.
    change([], {
      ...(value as object),
      decision: to,
      ...(to === 'close' && { nextDay: undefined, earlierReason: undefined }),
      ...(!OUT_OF_FAMILY.includes(to) && { outOfFamilyReason: undefined }),
    })
  return (
    <>
      <p className="hint">
        {frm.heldByMeeting}{' '}
        <Link to="/cases/$id/meetings" params={{ id: found.summary.id }}>
          {frm.heldMeetings}
        </Link>
      </p>
      <Proposed timeline={timeline} review={review} />
      <Happened typed={filling.typed} set={filling.set} errors={errors} now={now} />
      <fieldset className="field" id={idOf('/decision')} aria-describedby={error ? 'decision-error' : undefined}>
        <legend>
          {captionOf(schema.properties?.['decision'] ?? {}, lang)} (<Rule code="CP-53" />)
        </legend>
        {error && (
          <p className="error" id="decision-error">
            {error}
          </p>
        )}
        <div className="ticks taps">
          {(Object.keys(REVIEW_DECISIONS) as Decision[]).map((one) => (
            <label key={one} className="tick">
              <input type="radio" name="decision" checked={decision === one} onChange={() => choose(one)} />
              <span>
                {REVIEW_DECISIONS[one][lang]}
                <br />
                <small className="soft">
                  {frm.leadsTo}: {frm[LEADS_TO[one]]}
                </small>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {OUT_OF_FAMILY.includes(decision) && <Field at={['outOfFamilyReason']} />}
      <Field at={['reason']} />
      {decision !== 'close' && <Field at={['nextDay']} hint={joined(`${frm.heldLatest}: ${dayText(latest, lang, dayOf(now))} (CP-50)`)} />}
      {decision !== 'close' && isEarly && <Field at={['earlierReason']} />}
      <Field at={['coordinator']} />
      <details>
        <summary>{frm.heldMore}</summary>
        <div className="sub">
          <Field at={['present']} />
          <Field at={['opinions']} />
          <Field at={['meeting']} />
        </div>
      </details>
    </>
  )
}

function Proposed({ timeline, review }: Pick<FaceProps, 'timeline' | 'review'>) {
  const { lang } = useHere()
  const frm = formWords(lang)
  // Of a review that is over the report says nothing of this one.
  const handedIn = review ? review.report !== undefined : true
  const [report] = handedIn ? formsOf(timeline, 'review-report-handed-in') : []
  if (!report) return <p className="note soon">{frm.heldNoReport}</p>
  const proposal = report['proposal'] as Decision | undefined
  const criteria = (report['closureCriteria'] ?? []) as Code[]
  return (
    <section className="note">
      <h2>{frm.heldProposed}</h2>
      {proposal && (
        <p>
          <b>{REVIEW_DECISIONS[proposal][lang]}</b>
          {typeof report['proposalReason'] === 'string' && `. ${report['proposalReason']}`}
        </p>
      )}
      <p>{String(report['report'])}</p>
      {criteria.length > 0 && (
        <p className="soft">
          {frm.heldCriteria}: {criteria.map((one) => CRITERIA[one].text[lang]).join('; ')}
        </p>
      )}
    </section>
  )
}
