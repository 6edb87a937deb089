/** One field of a form, drawn from its schema: caption, hint, input, error, all tied together. */
import { dayOf } from '@tirek/procedure/time'
import { useId, type ReactNode } from 'react'
import { newKey } from '../api.ts'
import { captionOf, getAt, idOf, isRequired, kindOf, pointerOf, setAt, type Path, type Schema } from '../fields.ts'
import { fromLocalInput, localInput } from '../when.ts'
import type { Words } from '../words.ts'
import { CriteriaTicks } from './criteria.tsx'
import { DayInWords } from './day-in-words.tsx'
import { useForm } from './form.tsx'
import { Official } from './official.tsx'

const RADIOS_UP_TO = 5

/** The field at a path; `caption` replaces the official one where the page says it better. */
export function Field({
  at,
  schema,
  required,
  caption,
  hint,
  autoComplete = 'off',
}: {
  at: Path
  schema?: Schema
  required?: boolean
  caption?: string
  hint?: string
  autoComplete?: string
}) {
  const state = useForm()
  const { value, change, errors, lang, words } = state
  const pointer = pointerOf(at)
  const found = schema ?? schemaOf(state.schema, at)
  const needed = required ?? isRequired(parentOf(state.schema, at), String(at.at(-1)))
  const said = caption ?? captionOf(found, lang, String(at.at(-1)))
  const now = getAt(value, at)
  const error = errors.get(pointer)
  const id = idOf(pointer)
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  const set = (to: unknown) => change(at, to)
  const about = { id, 'aria-describedby': described, 'aria-invalid': error ? (true as const) : undefined, autoComplete }
  const official = state.isOfficial ? found.title : undefined
  const frame = { id, said, official, needed: needed || found.default !== undefined, hint, error, words }
  const kind = kindOf(found)
  const choices = state.ids?.(at, found)

  if (choices === 'made') return null
  if (choices) return <Frame {...frame}>{<Select about={about} words={words} value={now} set={set} options={choices} />}</Frame>
  switch (kind) {
    case 'group':
      return <Group at={at} schema={found} said={said} official={official} needed={needed} />
    case 'list':
      return <List at={at} schema={found} said={said} official={official} />
    case 'yes-no':
      return needed ? (
        <Choice
          {...frame}
          name={id}
          value={now === undefined ? undefined : String(now)}
          set={(to) => set(to === 'true')}
          options={[
            { value: 'true', label: words.yes },
            { value: 'false', label: words.no },
          ]}
          described={described}
        />
      ) : (
        <div className="field">
          <label className="tick" htmlFor={id}>
            <input {...about} type="checkbox" checked={now === true} onChange={(event) => set(event.target.checked || undefined)} />
            <span>{said}</span>
          </label>
          <Official ru={official} said={said} />
          <Below {...frame} />
        </div>
      )
    case 'choice': {
      const options = (found.enum ?? []).map((one) => ({ value: one, label: found.labels?.[one]?.[lang] ?? one }))
      if (options.length <= RADIOS_UP_TO)
        return (
          <Choice
            {...frame}
            name={id}
            value={now as string | undefined}
            set={(to) => set(to || undefined)}
            options={options}
            described={described}
          />
        )
      return <Frame {...frame}>{<Select about={about} words={words} value={now ?? found.default} set={set} options={options} />}</Frame>
    }
    case 'numbers': {
      const options = (found.anyOf ?? []).map((one) => ({ value: String(one.const), label: String(one.const) }))
      return (
        <Choice
          {...frame}
          name={id}
          value={now === undefined ? undefined : String(now)}
          set={(to) => set(to ? Number(to) : undefined)}
          options={options}
          described={described}
          across
        />
      )
    }
    case 'choices':
      if (found.items?.enum?.includes('H1')) return <CriteriaTicks at={at} said={said} />
      return (
        <fieldset className="field" id={id} aria-describedby={described}>
          <Legend {...frame} />
          <Official ru={official} said={said} />
          <div className="ticks">
            {(found.items?.enum ?? []).map((one) => {
              const chosen = (now as string[] | undefined) ?? []
              return (
                <label key={one} className="tick">
                  <input
                    type="checkbox"
                    checked={chosen.includes(one)}
                    onChange={(event) => set(event.target.checked ? [...chosen, one] : chosen.filter((other) => other !== one))}
                  />
                  <span>{found.items?.labels?.[one]?.[lang] ?? one}</span>
                </label>
              )
            })}
          </div>
          <Below {...frame} />
        </fieldset>
      )
    case 'lines':
      return (
        <Frame {...frame} hint={hint ?? words.oneEach}>
          <textarea
            {...about}
            aria-describedby={[`${id}-hint`, described].filter(Boolean).join(' ')}
            rows={2}
            value={((now as string[] | undefined) ?? []).join('\n')}
            onChange={(event) => set(event.target.value.split('\n'))}
          />
        </Frame>
      )
    case 'words':
      return (
        <Frame {...frame}>
          <textarea {...about} rows={3} value={(now as string | undefined) ?? ''} onChange={(event) => set(event.target.value)} />
        </Frame>
      )
    case 'moment':
      return (
        <Frame {...frame}>
          <MomentInput about={about} value={now as string | undefined} set={set} />
        </Frame>
      )
    case 'number':
      return (
        <Frame {...frame}>
          <input
            {...about}
            type="number"
            inputMode="numeric"
            min={found.minimum}
            max={found.maximum}
            value={(now as number | undefined) ?? ''}
            onChange={(event) => set(event.target.value === '' ? undefined : Number(event.target.value))}
          />
        </Frame>
      )
    default:
      return (
        <Frame {...frame}>
          <input
            {...about}
            type={kind === 'day' ? 'date' : 'text'}
            value={(now as string | undefined) ?? ''}
            onChange={(event) => set(event.target.value)}
          />
          {kind === 'day' && <DayInWords day={(now as string | undefined) ?? ''} />}
        </Frame>
      )
  }
}

/** A moment as people type it: local day and time; kept as an instant with its zone. */
export function MomentInput({
  about,
  value,
  set,
}: {
  about: Record<string, unknown>
  value: string | undefined
  set(to: string | undefined): void
}) {
  const at = value === undefined ? Number.NaN : Date.parse(value)
  return (
    <>
      <input
        {...about}
        type="datetime-local"
        value={Number.isNaN(at) ? '' : localInput(at)}
        onChange={(event) => {
          const instant = fromLocalInput(event.target.value)
          set(instant === undefined ? undefined : new Date(instant).toISOString())
        }}
      />
      {!Number.isNaN(at) && <DayInWords day={dayOf(at)} />}
    </>
  )
}

type FrameOf = {
  id: string
  said: string
  official: string | undefined
  needed: boolean
  hint?: string | undefined
  error?: string | undefined
  words: Words
}

const Below = ({ id, hint, error }: FrameOf) => (
  <>
    {hint && (
      <p className="hint" id={`${id}-hint`}>
        {hint}
      </p>
    )}
    {error && (
      <p className="error" id={`${id}-error`}>
        {error}
      </p>
    )}
  </>
)

const Optional = ({ needed, words }: FrameOf) => (needed ? null : <span className="optional"> ({words.optional})</span>)

function Frame({ children, ...frame }: FrameOf & { children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={frame.id}>
        {frame.said}
        <Optional {...frame} />
      </label>
      <Official ru={frame.official} said={frame.said} />
      <Below {...frame} />
      {children}
    </div>
  )
}

const Legend = (frame: FrameOf) => (
  <legend>
    {frame.said}
    <Optional {...frame} />
  </legend>
)

function Choice({
  name,
  value,
  set,
  options,
  across,
  described,
  ...frame
}: FrameOf & {
  name: string
  value: string | undefined
  set(to: string): void
  options: { value: string; label: string }[]
  across?: boolean
  described: string | undefined
}) {
  const group = useId()
  return (
    <fieldset className="field" id={frame.id} aria-describedby={described}>
      <Legend {...frame} />
      <Official ru={frame.official} said={frame.said} />
      <Below {...frame} />
      <div className={`ticks ${(across ?? options.every(({ label }) => label.length < 14)) ? 'across' : ''}`}>
        {options.map((option) => (
          <label key={option.value} className="tick">
            <input
              type="radio"
              name={`${name}${group}`}
              value={option.value}
              checked={value === option.value}
              onChange={() => set(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function Select({
  about,
  words,
  value,
  set,
  options,
}: {
  about: Record<string, unknown>
  words: Words
  value: unknown
  set(to: string | undefined): void
  options: { value: string; label: string }[]
}) {
  return (
    <select {...about} value={(value as string | undefined) ?? ''} onChange={(event) => set(event.target.value || undefined)}>
      <option value="">{words.choose}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}

type GroupOf = { at: Path; schema: Schema; said: string; official: string | undefined }

function Group({ at, schema, said, official, needed }: GroupOf & { needed: boolean }) {
  const { words } = useForm()
  const fields = <Fields at={at} schema={schema} />
  const id = idOf(pointerOf(at))
  if (needed)
    return (
      <fieldset className="field" id={id}>
        <legend>{said}</legend>
        <Official ru={official} said={said} />
        <div className="sub">{fields}</div>
      </fieldset>
    )
  return (
    <details id={id}>
      <summary>
        {said} <span className="optional">({words.optional})</span>
      </summary>
      <fieldset className="sub">
        <legend className="hidden">{said}</legend>
        <Official ru={official} said={said} />
        {fields}
      </fieldset>
    </details>
  )
}

function List({ at, schema, said, official }: GroupOf) {
  const { value, change, words, errors } = useForm()
  const items = (getAt(value, at) as unknown[] | undefined) ?? []
  const item = schema.items ?? {}
  const id = idOf(pointerOf(at))
  const error = errors.get(pointerOf(at))
  const add = () => change([...at, items.length], item.properties?.['id'] ? { id: newKey() } : {})
  return (
    <fieldset className="field" id={id}>
      <legend>{said}</legend>
      <Official ru={official} said={said} />
      {error && <p className="error">{error}</p>}
      {items.map((_, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- an item has nothing but its place
        <fieldset className="item" key={i}>
          <legend className="hidden">{`${said} ${i + 1}`}</legend>
          <Fields at={[...at, i]} schema={item} />
          <button type="button" className="plain" onClick={() => change(at, items.toSpliced(i, 1))}>
            {words.remove} <span className="hidden">{`${said} ${i + 1}`}</span>
          </button>
        </fieldset>
      ))}
      <div>
        <button type="button" className="button quiet" onClick={add}>
          + {words.add} <span className="hidden">{said}</span>
        </button>
      </div>
    </fieldset>
  )
}

/** All fields of a group in the order of the paper form. */
export function Fields({ at, schema, without = [] }: { at: Path; schema: Schema; without?: readonly string[] }) {
  return Object.entries(schema.properties ?? {})
    .filter(([name, one]) => !without.includes(name) && !one.readOnly && !(name === 'id' && at.length > 0))
    .map(([name, one]) => <Field key={name} at={[...at, name]} schema={one} required={isRequired(schema, name)} />)
}

const schemaOf = (schema: Schema, at: Path): Schema =>
  at.reduce<Schema>((found, part) => (typeof part === 'number' ? found.items : found.properties?.[part]) ?? {}, schema)
const parentOf = (schema: Schema, at: Path): Schema => schemaOf(schema, at.slice(0, -1))

/** State helpers for a form's component. */
export const changed = setAt
