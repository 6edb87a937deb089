/** The plan editor: each need with the measures that answer it, who and by when; what a new version changes is said before it is saved. */
import { newKey } from '../api.ts'
import { getAt, idOf, pointerOf } from '../fields.ts'
import { useHere } from '../me.tsx'
import { placesOf, withMeasure, withoutNeed, type Plan } from '../plan.ts'
import { workWords } from '../words-of/work.ts'
import { Field, Fields } from './field.tsx'
import { useForm } from './form.tsx'
import { PlanChanges } from './plan-changes.tsx'

/** Asked for each measure at once; the rest is folded. */
const MEASURE_FIRST = ['action', 'responsible', 'person', 'responsibleName', 'due']
const FOLDED = ['parents', 'specialists', 'notes', 'start', 'end']

export function PlanFields({ before }: { before: Record<string, unknown> | undefined }) {
  const { lang, words } = useHere()
  const tell = workWords(lang)
  const { schema, value, change, errors } = useForm()
  const plan = value as Plan
  const needs = plan.needs ?? []
  const loose = placesOf(plan, undefined)
  const error = (at: string) => errors.get(at) && <p className="error">{errors.get(at)}</p>
  return (
    <>
      <p className="soft">
        {tell.planVersion} {plan.planVersion ?? 1}
        {before ? ` · ${tell.planFrom} ${String(before['planVersion'])}` : ''}
      </p>
      <section className="field" id="field-needs" aria-labelledby="needs-title">
        <h2 id="needs-title">{tell.planNeeds}</h2>
        {error('/needs')}
        {error('/measures')}
        {needs.map((_, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- a need has nothing but its place
          <fieldset key={at} className="item need">
            <legend className="label">
              {tell.planNeed} {at + 1}
            </legend>
            <Field at={['needs', at, 'text']} />
            <Field at={['needs', at, 'kind']} />
            <Measures places={placesOf(plan, at + 1)} />
            <div className="row wrap">
              <button type="button" className="button quiet" onClick={() => change([], withMeasure(plan, newKey(), at + 1))}>
                + {tell.planAddMeasure} <span className="hidden">{`${tell.planNeed} ${at + 1}`}</span>
              </button>
              <button type="button" className="plain" onClick={() => change([], withoutNeed(plan, at))}>
                {tell.planRemoveNeed} {at + 1}
              </button>
            </div>
          </fieldset>
        ))}
        <div>
          <button type="button" className="button quiet" onClick={() => change(['needs', needs.length], {})}>
            + {tell.planAddNeed}
          </button>
        </div>
      </section>
      {loose.length > 0 && (
        <section className="field" aria-labelledby="loose-title">
          <h2 id="loose-title">{tell.planLoose}</h2>
          <Measures places={loose} />
        </section>
      )}
      <details>
        <summary>
          {tell.planMore} <span className="optional">({words.optional})</span>
        </summary>
        <div className="sub">
          {FOLDED.filter((name) => schema.properties?.[name]).map((name) => (
            <Field key={name} at={[name]} />
          ))}
        </div>
      </details>
      {before && <PlanChanges before={before as Plan} after={plan} title={tell.planChanges} />}
    </>
  )
}

function Measures({ places }: { places: readonly number[] }) {
  const { lang, words } = useHere()
  const tell = workWords(lang)
  const { schema, value, change } = useForm()
  const measure = schema.properties?.['measures']?.items ?? {}
  return places.map((at) => {
    const one = getAt(value, ['measures', at]) as { responsible?: string } | undefined
    const own = one?.responsible !== 'family' && one?.responsible !== 'agency'
    const shown = MEASURE_FIRST.filter((name) =>
      name === 'person' ? own && one?.responsible !== undefined : name !== 'responsibleName' || !own,
    )
    return (
      <fieldset key={at} className="sub measure" id={idOf(pointerOf(['measures', at]))}>
        <legend className="label">
          {tell.planMeasure} {at + 1}
        </legend>
        {shown.map((name) => (
          <Field key={name} at={['measures', at, name]} />
        ))}
        <details>
          <summary>
            {tell.planMeasureMore} <span className="optional">({words.optional})</span>
          </summary>
          <div className="sub">
            <Fields at={['measures', at]} schema={measure} without={['need', ...shown]} />
          </div>
        </details>
        <button type="button" className="plain" onClick={() => change(['measures'], ((value as Plan).measures ?? []).toSpliced(at, 1))}>
          {tell.planRemoveMeasure} {at + 1}
        </button>
      </fieldset>
    )
  })
}
