/** Closure (CP-60, CP-66): what stands against it, each criterion beside what the system knows, what goes on until the supervisor decides. */
import { CLOSURE_CRITERIA } from '@tirek/contract/forms/criteria'
import { CONTACT_BY, RISK_LEVELS } from '@tirek/contract/forms/codes'
import { CRITERIA, REQUIRED_FOR_CLOSURE } from '@tirek/procedure/child-protection/criteria'
import { dayOf } from '@tirek/procedure/time'
import { Link } from '@tanstack/react-router'
import { idOf, pointerOf } from '../fields.ts'
import { useHere } from '../me.tsx'
import { Field } from '../parts/field.tsx'
import { useForm } from '../parts/form.tsx'
import { Happened } from '../parts/happened.tsx'
import { dayText } from '../when.ts'
import { formWords } from '../words-of/forms.ts'
import { knownOf, sheetGivenAt, type Criterion, type Known } from './closing.ts'
import { OpenTerms, type FaceProps } from './face.tsx'
import { Rule } from '../parts/rule.tsx'
import './forms.css'

type Closure = { end?: string; criteria?: Criterion[] }

export function ClosureFields({ found, timeline, filling, now }: FaceProps) {
  const { lang } = useHere()
  const frm = formWords(lang)
  const { value, errors } = useForm()
  const { end = 'closed', criteria = [] } = value as Closure
  const isClosed = end === 'closed'
  const { id } = found.summary
  return (
    <>
      <Bars found={found} isClosed={isClosed} />
      <Field at={['end']} />
      {end === 'family-refused' && found.summary.risk === 'high' && <p className="note late">{frm.refusedHint}</p>}
      {end === 'moved-away' && <p className="note">{frm.movedHint}</p>}
      {isClosed && <Criteria known={knownOf(found, timeline)} chosen={criteria} now={now} />}
      <Field at={['notes']} />
      <Field at={['document']} {...(!isClosed && { hint: frm.documentHint })} />
      {isClosed && (
        <>
          <Field at={['monitoringMonths']} hint={frm.monitoringHint} />
          <Sheet id={id} at={sheetGivenAt(timeline)} now={now} />
        </>
      )}
      <Happened typed={filling.typed} set={filling.set} errors={errors} now={now} />
      <OpenTerms deadlines={found.deadlines} now={now} title={frm.openTitle} without={['review-closure', 'closure-approval']}>
        {found.deadlines.length > 0 && <p className="soft">{frm.openUntil}</p>}
      </OpenTerms>
    </>
  )
}

/** Said before anything is typed: a form that is refused at its end costs an evening. */
function Bars({ found, isClosed }: { found: FaceProps['found']; isClosed: boolean }) {
  const { lang } = useHere()
  const frm = formWords(lang)
  const { id } = found.summary
  const params = { id }
  const bars = found.closureBars.filter((bar) => isClosed || bar === 'hour-open' || bar === 'closure-asked-already')
  if (bars.length === 0) return isClosed ? <p className="note kept">{frm.barsNone}</p> : null
  const may = new Set<string>(found.allowedActs)
  return (
    <section className="note late">
      <h2>{frm.barsTitle}</h2>
      <ul>
        {bars.map((bar) => (
          <li key={bar}>
            {bar === 'hour-open' && (
              <>
                {frm.barHour}{' '}
                <Link to="/cases/$id/hour" params={params}>
                  {frm.barHourDo}
                </Link>
              </>
            )}
            {bar === 'closure-asked-already' && frm.barAsked}
            {bar === 'not-in-this-stage' && frm.barStage}
            {bar === 'review-did-not-close' && (
              <>
                {frm.barReview}{' '}
                {may.has('review-held') && (
                  <Link to="/cases/$id/meetings/call" params={params} search={{ kind: 'review' } as never}>
                    {frm.barReviewDo}
                  </Link>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Criteria({ known, chosen, now }: { known: Record<Criterion, Known[]>; chosen: readonly Criterion[]; now: number }) {
  const { lang } = useHere()
  const frm = formWords(lang)
  const { change, errors } = useForm()
  const at = ['criteria']
  const id = idOf(pointerOf(at))
  const error = errors.get(pointerOf(at))
  const missing = CLOSURE_CRITERIA.filter((one) => !chosen.includes(one))
  const textOf = (code: Criterion) => CRITERIA[code].text[lang]
  return (
    <fieldset className="field" id={id} aria-describedby={`${id}-hint${error ? ` ${id}-error` : ''}`}>
      <legend>
        {frm.criteriaTitle} (<Rule code="CP-60" />)
      </legend>
      <p className="hint" id={`${id}-hint`}>
        {frm.criteriaLead}
      </p>
      {error && (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <ul className="beside">
        {CLOSURE_CRITERIA.map((code) => (
          <li key={code}>
            <label className="tick">
              <input
                type="checkbox"
                checked={chosen.includes(code)}
                aria-describedby={`known-${code}`}
                onChange={(event) =>
                  change(
                    at,
                    CLOSURE_CRITERIA.filter((one) => (one === code ? event.target.checked : chosen.includes(one))),
                  )
                }
              />
              <span>
                {textOf(code)} {code === REQUIRED_FOR_CLOSURE && <span className="optional">({frm.mustBeMet})</span>}
              </span>
            </label>
            <ul className="known" id={`known-${code}`}>
              {known[code].map((one) => (
                <li key={one.what}>
                  <Fact known={one} now={now} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <div aria-live="polite">
        {missing.length === 0 ? (
          <p className="note kept">{frm.allMet}</p>
        ) : (
          <div className="note soon">
            <p>
              <b>{frm.notMetTitle}</b>: {/* Before the first tick the list above says it. */}
              {chosen.length === 0 ? `${missing.length} / ${CLOSURE_CRITERIA.length}` : missing.map(textOf).join('; ')}.
            </p>
            <p>{missing.includes(REQUIRED_FOR_CLOSURE as Criterion) ? frm.notMetFirst : frm.notMetRest}</p>
          </div>
        )}
      </div>
    </fieldset>
  )
}

function Fact({ known, now }: { known: Known; now: number }) {
  const { lang } = useHere()
  const frm = formWords(lang)
  const day = (at: number) => dayText(dayOf(at), lang, dayOf(now))
  switch (known.what) {
    case 'level':
      return (
        <>
          {frm.knownLevel}: <b>{RISK_LEVELS[known.level as keyof typeof RISK_LEVELS]?.[lang] ?? '—'}</b>
          {known.since !== undefined && `, ${frm.knownSince} ${day(known.since)}`}
        </>
      )
    case 'cruelty':
      return (
        <span className="alert">
          {frm.knownCruelty}, {day(known.at)} (<Rule code="CP-123" />)
        </span>
      )
    case 'contact':
      return (
        <>
          {frm.knownContact}: {day(known.at)}, {CONTACT_BY[known.by as keyof typeof CONTACT_BY]?.[lang]},{' '}
          {known.seen ? frm.knownSeen : <span className="alert">{frm.knownNotSeen}</span>}
        </>
      )
    case 'no-contact':
      return <span className="alert">{frm.knownNoContact}</span>
    case 'attempts':
      return (
        <span className="alert">
          {frm.knownAttempts}: {known.n}
        </span>
      )
    case 'measures':
      return (
        <>
          {frm.knownMeasures}: {frm.knownDone} {known.done} {frm.knownOf} {known.all}
          {known.open.length > 0 && `. ${frm.knownOpen}: ${known.open.join('; ')}`}
        </>
      )
    case 'no-measures':
      return <>{frm.knownNoMeasures}</>
    case 'reported':
      return (
        <>
          {known.met ? frm.reportedMet : frm.reportedNotMet}, {day(known.at)}
        </>
      )
  }
}

/** CP-61: the family knows how to reach us when things change. */
function Sheet({ id, at, now }: { id: string; at: number | undefined; now: number }) {
  const { lang } = useHere()
  const frm = formWords(lang)
  return (
    <p className={`note ${at === undefined ? 'soon' : 'kept'}`}>
      {at === undefined ? (
        <>
          {frm.sheetMissing}.{' '}
          <Link to="/cases/$id/record/$kind" params={{ id, kind: 'noted' }} search={{ what: 'sheet-given' } as never}>
            {frm.sheetRecord}
          </Link>
        </>
      ) : (
        `${frm.sheetGiven}, ${dayText(dayOf(at), lang, dayOf(now))}.`
      )}
    </p>
  )
}
