/** A look after closure (CP-62, CP-65): which of how many, last time beside it, one tap when all is well, a clear way when it is not. */
import { dayOf } from '@tirek/procedure/time'
import { idOf } from '../fields.ts'
import { useHere } from '../me.tsx'
import { Field } from '../parts/field.tsx'
import { useForm } from '../parts/form.tsx'
import { dayText } from '../when.ts'
import { formWords } from '../words-of/forms.ts'
import { isWell, looksOf, speaksOfRelapse, type Look } from './after-closure.ts'
import { WhenFolded, type FaceProps } from './face.tsx'
import './forms.css'

type Value = Partial<Pick<Look, 'copes' | 'problemsBack' | 'worse'>> & { last?: boolean }
const WELL = { copes: true, problemsBack: false, worse: false }
const QUESTIONS = ['copes', 'problemsBack', 'worse'] as const

export function LookFields({ found, timeline, filling, now }: FaceProps) {
  const { lang } = useHere()
  const frm = formWords(lang)
  const { value, errors } = useForm()
  const looked = value as Value
  const isLast = found.monitoring?.isLast ?? false
  // Which way was tapped: questions that are answered well, one after the other, are no “all is well” until they all are.
  const way = (filling.typed['way'] as 'well' | 'signs' | undefined) ?? (looked.copes === undefined ? undefined : 'signs')
  const choose = (to: 'well' | 'signs') => {
    const { copes: _, problemsBack: __, worse: ___, ...rest } = looked
    filling.set({ way: to, value: { ...rest, last: looked.last ?? isLast, ...(to === 'well' && WELL) } })
  }
  const error = errors.get('/copes')
  const proposes = speaksOfRelapse({ problemsBack: looked.problemsBack === true, worse: looked.worse === true })
  return (
    <>
      <Where found={found} now={now} />
      <Before looks={looksOf(timeline, found.monitoring?.from)} now={now} />
      <fieldset className="field" id={way === 'signs' ? undefined : idOf('/copes')} aria-describedby={error ? 'look-error' : undefined}>
        <legend>{frm.lookAsk}</legend>
        {error && (
          <p className="error" id="look-error">
            {error}
          </p>
        )}
        <div className="ticks taps">
          {(['well', 'signs'] as const).map((one) => (
            <label key={one} className="tick">
              <input type="radio" name="look-way" checked={way === one} onChange={() => choose(one)} />
              <span>{one === 'well' ? frm.lookAllWell : frm.lookSigns}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {way === 'signs' && (
        <div className="sub">
          {QUESTIONS.map((name) => (
            <Field key={name} at={[name]} required />
          ))}
          <p className="hint">{frm.lookDanger}</p>
        </div>
      )}
      {proposes && <p className="note late">{frm.lookProposes}</p>}
      {isLast && !proposes && <Conclusion last={looked.last ?? true} filling={filling} />}
      <WhenFolded filling={filling} now={now} />
    </>
  )
}

function Where({ found: { monitoring }, now }: Pick<FaceProps, 'found' | 'now'>) {
  const { lang } = useHere()
  const frm = formWords(lang)
  if (!monitoring) return <p className="note">{frm.lookNone}</p>
  const { nth, of, until } = monitoring
  return (
    <div>
      <p className="where">
        <b>
          {frm.lookOf} {nth} {frm.knownOf} {of}
        </b>
        , {frm.lookUntil} <time dateTime={until}>{dayText(until, lang, dayOf(now))}</time>
      </p>
      <progress max={of} value={nth - 1} aria-label={`${frm.lookOf} ${nth} ${frm.knownOf} ${of}`} />
    </div>
  )
}

function Before({ looks, now }: { looks: readonly Look[]; now: number }) {
  const { lang } = useHere()
  const frm = formWords(lang)
  const [last, ...earlier] = looks
  if (!last) return <p className="soft">{frm.lookFirst}</p>
  const said = (look: Look) =>
    isWell(look)
      ? frm.lookWell
      : [!look.copes && frm.lookNotCopes, look.problemsBack && frm.lookBack, look.worse && frm.lookWorse].filter(Boolean).join(', ')
  const line = (look: Look) => (
    <>
      <time dateTime={dayOf(look.at)}>{dayText(dayOf(look.at), lang, dayOf(now))}</time>:{' '}
      <span className={isWell(look) ? undefined : 'alert'}>{said(look)}</span>
      {look.conclusion && `. ${look.conclusion}`}
    </>
  )
  return (
    <div className={`note ${isWell(last) ? 'kept' : 'soon'}`}>
      <p>
        <b>{frm.lookBefore}</b>, {line(last)}
      </p>
      {earlier.length > 0 && (
        <details>
          <summary>
            {frm.lookEarlier}: {earlier.length}
          </summary>
          <ul>
            {earlier.map((look) => (
              <li key={look.id}>{line(look)}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

function Conclusion({ last, filling }: { last: boolean; filling: FaceProps['filling'] }) {
  const { lang } = useHere()
  const frm = formWords(lang)
  return (
    <fieldset className="field" id={idOf('/last')}>
      <legend>{frm.lookLast}</legend>
      {last && <Field at={['conclusion']} required />}
      <label className="tick">
        <input type="checkbox" checked={!last} onChange={(event) => filling.change(['last'], !event.target.checked)} />
        <span>{frm.lookNotLast}</span>
      </label>
    </fieldset>
  )
}
