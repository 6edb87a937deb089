/** Fields of a help request that are asked together: the age, who asks, the level. */
import { proposeRisk } from '@tirek/procedure/child-protection/criteria'
import { captionOf, getAt } from '../fields.ts'
import { useHere } from '../me.tsx'
import { Field } from './field.tsx'
import { useForm } from './form.tsx'
import { Official } from './official.tsx'

export function Age() {
  const { value, change, lang, words, schema, errors } = useForm()
  const found = schema.properties?.['child']?.properties?.['age'] ?? {}
  const age = getAt(value, ['child', 'age']) as { n?: number; unit?: string } | undefined
  const set = (to: { n?: number | undefined; unit?: string | undefined }) =>
    change(['child', 'age'], to.n === undefined ? undefined : { n: to.n, unit: to.unit ?? 'years' })
  const error = errors.get('/child/age') ?? errors.get('/child/age/n')
  return (
    <fieldset className="field">
      <legend>
        {captionOf(found, lang)} <span className="optional">({words.optional})</span>
      </legend>
      <Official ru={found.title} said={captionOf(found, lang)} />
      <div className="row">
        <input
          id="field-child-age"
          type="number"
          inputMode="numeric"
          min="0"
          max="216"
          aria-label={captionOf(found, lang)}
          aria-invalid={error ? true : undefined}
          value={age?.n ?? ''}
          onChange={(event) => set({ n: event.target.value === '' ? undefined : Number(event.target.value), unit: age?.unit })}
        />
        <select
          aria-label={words.years}
          value={age?.unit ?? 'years'}
          onChange={(event) => set({ n: age?.n ?? 0, unit: event.target.value })}
        >
          {['years', 'months'].map((unit) => (
            <option key={unit} value={unit}>
              {found.properties?.['unit']?.labels?.[unit]?.[lang] ?? unit}
            </option>
          ))}
        </select>
      </div>
      {error && <p className="error">{error}</p>}
    </fieldset>
  )
}

/** A name, or the mark that there is none: the form is saved with one of the two. */
export function Asker() {
  const { value, words } = useForm()
  const isSilent = getAt(value, ['asker', 'notNamed']) === true
  return (
    <>
      {!(isSilent && !getAt(value, ['asker', 'name'])) && <Field at={['asker', 'name']} required />}
      <Field at={['asker', 'notNamed']} required={false} />
      <Details title={words.partAsker} names={['status', 'contact', 'relation', 'lang', 'answerBy', 'consent']} of="asker" />
    </>
  )
}

function Details({ title, of, names }: { title: string; of: string; names: readonly string[] }) {
  const { words } = useHere()
  return (
    <details>
      <summary>
        {title} <span className="optional">({words.optional})</span>
      </summary>
      <fieldset className="sub">
        <legend className="hidden">{title}</legend>
        {names.map((name) => (
          <Field key={name} at={[of, name]} required={name !== 'consent'} />
        ))}
      </fieldset>
    </details>
  )
}

export function Level({ codes }: { codes: readonly string[] }) {
  const { value, change, lang, words, schema } = useForm()
  const proposed = proposeRisk(codes).level
  const chosen = (value as Record<string, string | undefined>)['level']
  const found = schema.properties?.['level']
  const options = [
    ...(proposed ? [{ value: '', label: `${found?.labels?.[proposed]?.[lang] ?? proposed} (${words.levelAsProposed})` }] : []),
    ...(found?.enum ?? []).filter((one) => one !== proposed).map((one) => ({ value: one, label: found?.labels?.[one]?.[lang] ?? one })),
    { value: 'undecided', label: words.levelUndecided },
  ]
  const now = chosen ?? (proposed ? '' : 'undecided')
  return (
    <>
      <fieldset className="field" id="field-level">
        <legend>{words.levelChosen}</legend>
        <div className="ticks across">
          {options.map((option) => (
            <label key={option.value} className="tick">
              <input
                type="radio"
                name="level"
                checked={now === option.value}
                onChange={() => change(['level'], option.value || undefined)}
              />
              <span>{option.label}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {/* A relapse asks for neither. */}
      {schema.properties?.['levelReason'] && chosen && chosen !== proposed && chosen !== 'undecided' && (
        <Field at={['levelReason']} required />
      )}
      {schema.properties?.['oneOffHelp'] && (chosen ?? proposed) === 'low' && (
        <>
          <Field at={['oneOffHelp']} required={false} />
          {(value as Record<string, unknown>)['oneOffHelp'] === true && <Field at={['helpGiven']} required />}
        </>
      )}
    </>
  )
}
