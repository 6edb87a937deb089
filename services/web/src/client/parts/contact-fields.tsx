/** A contact in three taps: what came of it, how it was made, save. The rest is folded; signs of cruelty are answered by the button that saves (CP-123). */
import type { ReactNode } from 'react'
import { getAt } from '../fields.ts'
import type { Typed } from '../form-state.ts'
import { useHere } from '../me.tsx'
import { workWords } from '../words-of/work.ts'
import { Field } from './field.tsx'
import { useForm } from './form.tsx'

const OUTCOMES = ['seen', 'not-seen', 'failed'] as const
type Outcome = (typeof OUTCOMES)[number]

export function ContactFields({ kind, setKind, set }: { kind: string; setKind(kind: string): void; set(more: Partial<Typed>): void }) {
  const { lang } = useHere()
  const tell = workWords(lang)
  const { schema, value, errors } = useForm()
  const childSeen = getAt(value, ['childSeen'])
  const chosen: Outcome | undefined =
    kind === 'contact-attempted' ? 'failed' : childSeen === true ? 'seen' : childSeen === false ? 'not-seen' : undefined
  const error = errors.get('/childSeen')
  const choose = (to: Outcome) => {
    if (to === 'failed') return setKind('contact-attempted')
    set({ kind: 'contact-made', value: { ...(value as object), childSeen: to === 'seen' } })
  }
  const said = { seen: tell.contactSeen, 'not-seen': tell.contactNotSeen, failed: tell.contactFailed }
  return (
    <>
      <fieldset className="field" id="field-childSeen" aria-describedby={error ? 'field-childSeen-error' : undefined}>
        <legend>{tell.contactWhat}</legend>
        {error && (
          <p className="error" id="field-childSeen-error">
            {error}
          </p>
        )}
        <div className="ticks taps">
          {OUTCOMES.map((one) => (
            <label key={one} className="tick">
              <input type="radio" name="contact-outcome" checked={chosen === one} onChange={() => choose(one)} />
              <span>{said[one]}</span>
            </label>
          ))}
        </div>
        {chosen === 'not-seen' && <p className="hint">{tell.contactNotSeenHint}</p>}
        {chosen === 'failed' && <AttemptHint />}
      </fieldset>
      {schema.properties && (
        <div className="taps">
          <Field at={['by']} required />
        </div>
      )}
    </>
  )
}

function AttemptHint() {
  const { words } = useHere()
  return <p className="hint">{words.attemptHint}</p>
}

export function MoreOfContact({ children }: { children: ReactNode }) {
  const { lang, words } = useHere()
  const tell = workWords(lang)
  return (
    <details>
      <summary>
        {tell.contactMore} <span className="optional">({words.optional})</span>
      </summary>
      <div className="sub">{children}</div>
    </details>
  )
}

/** The third tap: it saves and says whether there are signs of cruelty. */
export function ContactSave({ disabled, save }: { disabled: boolean; save(signs: boolean): void }) {
  const { lang } = useHere()
  const tell = workWords(lang)
  return (
    <fieldset className="field cruel" id="field-signsOfCruelty">
      <legend>{tell.cruelAsk}</legend>
      <div className="row wrap">
        <button type="button" className="button" disabled={disabled} onClick={() => save(false)}>
          {tell.saveNoSigns}
        </button>
        <button type="button" className="button alarm" disabled={disabled} onClick={() => save(true)}>
          {tell.saveSigns}
        </button>
      </div>
    </fieldset>
  )
}
