/** Hand-over (CP-64): to whom, why, and everything that goes over with its open terms, so that nothing is left without an owner. */
import { lazy, Suspense } from 'react'
import { isAct, useAccess } from '../case-data.ts'
import { idOf } from '../fields.ts'
import { useHere, usePeople } from '../me.tsx'
import { Field } from '../parts/field.tsx'
import { useForm } from '../parts/form.tsx'
import { useOrganisations } from '../parts/taking-part.tsx'
import { marksOf, versionsOf } from '../plan.ts'
import { formWords } from '../words-of/forms.ts'
import { OpenTerms, WhenFolded, type FaceProps } from './face.tsx'
import './forms.css'

/** Whom it may go to, with what each carries: only for who hands over within the house. */
const AssignFields = lazy(() => import('../parts/assign-fields.tsx').then((part) => ({ default: part.AssignFields })))

const WAYS = { 'handed-over': ['handInside', 'handInsideHint'], 'hand-over-offered': ['handOutside', 'handOutsideHint'] } as const
type Way = keyof typeof WAYS

export function HandOverFields({ found, timeline, filling, now }: FaceProps) {
  const { me, lang, words } = useHere()
  const frm = formWords(lang)
  const people = usePeople()
  const { value, errors } = useForm()
  const { id, manager, organisation } = found.summary
  const may = new Set<string>(found.allowedActs)
  const kind = filling.typed['kind'] as Way
  const access = useAccess(id, found.mayReadAccess === true)
  const organisations = useOrganisations(kind === 'hand-over-offered')
  const offered = access.data?.offer
  const choose = (to: Way) => {
    const { reason } = value as { reason?: string }
    filling.set({ kind: to, value: { reason, ...(to === 'handed-over' && { organisation }) } })
  }
  const ways = (Object.keys(WAYS) as Way[]).filter((way) => way === kind || may.has(way))
  const name = manager === me.person ? words.you : manager && people.get(manager)?.name
  return (
    <>
      <p>
        {frm.handNow}: <b>{name ?? frm.handNobody}</b>
      </p>
      <fieldset className="field">
        <legend>{frm.handTo}</legend>
        <div className="ticks taps">
          {ways.map((way) => (
            <label key={way} className="tick">
              <input type="radio" name="hand-over" checked={kind === way} onChange={() => choose(way)} />
              <span>
                {frm[WAYS[way][0]]}
                <br />
                <small className="soft">{frm[WAYS[way][1]]}</small>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {kind === 'handed-over' ? (
        <Suspense fallback={<p className="soft">{words.loading}</p>}>
          <AssignFields except={manager} isAbovePermitted />
        </Suspense>
      ) : offered ? (
        <p className="note soon" id={idOf('/organisation')}>
          {frm.handOffered}: {organisations.data?.items.find((one) => one.id === offered.organisation)?.name[lang] ?? '…'}.
        </p>
      ) : (
        <Field at={['organisation']} required />
      )}
      <Field at={['reason']} required />
      {kind === 'hand-over-offered' && <p className="hint">{frm.handSees}</p>}
      <GoesOver found={found} timeline={timeline} participants={access.data?.participants.map((one) => one.name ?? words.somebody)} />
      <OpenTerms deadlines={found.deadlines} now={now} title={frm.handTerms}>
        {found.deadlines.some((one) => one.overdue) && <p className="note soon">{frm.handLate}</p>}
      </OpenTerms>
      {kind === 'handed-over' && <WhenFolded filling={filling} now={now} />}
      {errors.has('/organisation') && kind === 'handed-over' && <p className="error">{errors.get('/organisation')}</p>}
    </>
  )
}

function GoesOver({
  found,
  timeline,
  participants = [],
}: Pick<FaceProps, 'found' | 'timeline'> & { participants?: readonly string[] | undefined }) {
  const { lang, words } = useHere()
  const frm = formWords(lang)
  const acts = timeline.filter(isAct)
  const plan = versionsOf(timeline)[0]?.plan
  const marks = marksOf(timeline)
  const measures = plan?.measures ?? []
  const done = measures.filter(({ id }) => marks.get(id)?.mark === 'done').length
  return (
    <section className="field">
      <h2>{frm.handOver}</h2>
      <ul className="known">
        {found.mayReadFile && (
          <li>
            {frm.handFile}: {acts.length}
            {timeline.length >= 200 && ` ${frm.handMore}`}
          </li>
        )}
        {plan && (
          <li>
            {frm.handPlan} {plan.planVersion}: {frm.handDone} {done} {frm.knownOf} {measures.length}
          </li>
        )}
        {participants.length > 0 && (
          <li>
            {words.takingPart}: {participants.join(', ')}
          </li>
        )}
        {found.hours.some((hour) => hour.closedAt === undefined) && <li className="alert">{frm.barHour}</li>}
      </ul>
    </section>
  )
}
