/** The report on the comprehensive assessment as a list of its parts, each filled by itself and kept as one goes. */
import { PART_TITLES, PARTS, partOf, stateOf, type PartId } from '../assessment-parts.ts'
import { captionOf } from '../fields.ts'
import type { Filling } from '../form-state.ts'
import { useHere } from '../me.tsx'
import { workWords } from '../words-of/work.ts'
import { Official } from './official.tsx'
import { Field } from './field.tsx'
import { useForm } from './form.tsx'
import { Rule } from './rule.tsx'

const STATES = { 'not-begun': 'partNotBegun', incomplete: 'partIncomplete', done: 'partDone' } as const
const TONES = { 'not-begun': 'plain', incomplete: 'soon', done: 'kept' } as const

const lookedOf = (filling: Filling): readonly string[] => (filling.typed['looked'] as string[] | undefined) ?? []
export const openPart = (filling: Filling): PartId | undefined => filling.typed['part'] as PartId | undefined

/** Opens a part, or with nothing the list of them. `focus`: on its heading; not where a field of it takes it. */
export function goToPart(filling: Filling, part: PartId | undefined, focus = true): void {
  const looked = lookedOf(filling)
  filling.stay({ part, ...(part && !looked.includes(part) && { looked: [...looked, part] }) })
  if (part && focus) setTimeout(() => document.getElementById('part-title')?.focus())
}

export function AssessmentFields({ filling }: { filling: Filling }) {
  const part = openPart(filling)
  return part ? <Part part={part} filling={filling} /> : <List filling={filling} />
}

function List({ filling }: { filling: Filling }) {
  const { lang } = useHere()
  const tell = workWords(lang)
  const { schema, value, errors } = useForm()
  const looked = lookedOf(filling)
  const faulty = new Set([...errors.keys()].map(partOf))
  const states = PARTS.map(({ id }) => stateOf(id, schema, value as Record<string, unknown>, looked.includes(id)))
  const done = states.filter((one) => one === 'done').length
  return (
    <>
      <p className="soft" role="status">
        {tell.partsDone}: {done} / {PARTS.length}
      </p>
      <ol className="task-list">
        {PARTS.map(({ id }, i) => (
          <li key={id}>
            <button type="button" className="plain" onClick={() => goToPart(filling, id)} aria-describedby={`part-${id}`}>
              {i + 1}. {tell[PART_TITLES[id]]}
            </button>
            <span id={`part-${id}`}>
              {faulty.has(id) && <span className="tag late">{tell.stepFaults}</span>}{' '}
              <span className={`tag ${TONES[states[i]!]}`}>{tell[STATES[states[i]!]]}</span>
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}

function Part({ part, filling }: { part: PartId; filling: Filling }) {
  const { lang } = useHere()
  const tell = workWords(lang)
  const at = PARTS.findIndex(({ id }) => id === part)
  const next = PARTS[at + 1]?.id
  return (
    <>
      <h2 id="part-title" tabIndex={-1}>
        {at + 1}. {tell[PART_TITLES[part]]}
      </h2>
      {part === 'components' ? (
        <SideBySide />
      ) : (
        PARTS[at]!.fields.map((name) => <OneField key={name} name={name} alone={PARTS[at]!.fields.length === 1} />)
      )}
      <div className="row wrap">
        {next && (
          <button type="button" className="button" onClick={() => goToPart(filling, next)}>
            {tell.nextPart}
          </button>
        )}
        <button type="button" className={`button ${next ? 'quiet' : ''}`} onClick={() => goToPart(filling, undefined)}>
          {tell.toParts}
        </button>
      </div>
    </>
  )
}

/** A group that is alone in its part needs no second frame: its heads are the fields. */
function OneField({ name, alone }: { name: string; alone: boolean }) {
  const { schema, lang } = useForm()
  const found = schema.properties?.[name]
  if (!alone || !found?.properties) return <Field at={[name]} />
  return (
    <>
      <p className="hint">
        {captionOf(found, lang)} <Official ru={found.title} said={captionOf(found, lang)} />
      </p>
      {Object.keys(found.properties).map((head) => (
        <Field key={head} at={[name, head]} />
      ))}
    </>
  )
}

/** CP-21: strong and weak sides of the three components, beside each other. */
function SideBySide() {
  const { schema, lang } = useForm()
  const found = schema.properties?.['components']
  return (
    <>
      <p className="hint">
        {captionOf(found ?? {}, lang)} (<Rule code="CP-21" />)
      </p>
      {Object.entries(found?.properties ?? {}).map(([name, component]) => (
        <fieldset key={name} className="item">
          <legend className="label">{captionOf(component, lang)}</legend>
          <Official ru={component.title} said={captionOf(component, lang)} />
          <div className="two sides">
            <Field at={['components', name, 'strengths']} required />
            <Field at={['components', name, 'weaknesses']} required />
          </div>
        </fieldset>
      ))}
    </>
  )
}
