/** A contact in three taps: how it went, how it was made, was the child seen. */
import { useHere } from '../me.tsx'
import { Field } from './field.tsx'
import { useForm } from './form.tsx'

export function ContactFields({ kind, setKind }: { kind: string; setKind(kind: string): void }) {
  const { words } = useHere()
  const { schema } = useForm()
  return (
    <>
      <fieldset className="field">
        <legend>{words.contactHow}</legend>
        <div className="ticks across">
          {(['contact-made', 'contact-attempted'] as const).map((one) => (
            <label key={one} className="tick">
              <input type="radio" name="contact-kind" checked={kind === one} onChange={() => setKind(one)} />
              <span>{one === 'contact-made' ? words.contactMade : words.contactAttempted}</span>
            </label>
          ))}
        </div>
        {kind === 'contact-attempted' && <p className="hint">{words.attemptHint}</p>}
      </fieldset>
      {schema.properties && <Field at={['by']} required />}
      {kind === 'contact-made' && schema.properties?.['childSeen'] && (
        <>
          <Field at={['childSeen']} required />
          <Field at={['signsOfCruelty']} required hint={words.cruelHint} />
        </>
      )}
    </>
  )
}
