/** A new help request: who and where, what happened, the criteria; the register is searched while typing, the level proposed while ticking. */
import type { CasePage, RegisterHit } from '@tirek/contract/answers'
import { proposeRisk } from '@tirek/procedure/child-protection/criteria'
import { dayOf } from '@tirek/procedure/time'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useEffect, useState } from 'react'
import { ask, newKey, Refused } from '../api.ts'
import { answered, captionOf, getAt, type Schema } from '../fields.ts'
import { errorsOf, useFilling, type Typed } from '../form-state.ts'
import { systemNow, useHere, useNow } from '../me.tsx'
import { CriteriaTicks, Proposal } from '../parts/criteria.tsx'
import { Field } from '../parts/field.tsx'
import { FormFields, useForm, type FormState } from '../parts/form.tsx'
import { Hits } from '../parts/hits.tsx'
import { ErrorSummary, Failure, Loading } from '../parts/states.tsx'
import { useFormSchema } from '../parts/written.tsx'

const KIND = 'help-request-registered'
/** Shorter texts match everybody. */
const SEARCHED_FROM = 3

export function NewRequestPage() {
  const { words } = useHere()
  const schema = useFormSchema(KIND)
  if (schema.isPending) return <Loading words={words} />
  if (!schema.data)
    return (
      <main id="content" className="narrow">
        <Failure alone error={schema.error} words={words} onAgain={() => void schema.refetch()} />
      </main>
    )
  return <Sheet schema={schema.data} />
}

const first = (): Typed => ({ value: { reportedAt: new Date(systemNow()).toISOString(), child: {} }, key: newKey() })

function Sheet({ schema }: { schema: Schema }) {
  const { me, lang, words } = useHere()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const filling = useFilling(me.person, 'help-request', first)
  const { typed } = filling
  const value = typed.value as Record<string, unknown>
  const codes = (value['criteria'] as string[] | undefined) ?? []
  useEffect(() => void (document.title = `${words.newRequest} · Тірек`), [words])

  const save = useMutation({
    mutationFn: () => ask<CasePage>('/api/cases', { method: 'POST', body: toSend(value, codes), key: typed.key }),
    onSuccess: async (made) => {
      filling.drop()
      queries.setQueryData(['case', made.summary.id], made)
      await queries.invalidateQueries({ queryKey: ['worklist'] })
      await navigate({ to: '/cases/$id', params: { id: made.summary.id } })
    },
  })
  const state: FormState = { schema, value, change: filling.change, errors: errorsOf(save.error), lang, words }
  const similar = save.error instanceof Refused && save.error.problem.code === 'similar-found'
  return (
    <main id="content" className="narrow">
      <h1>{words.newRequest}</h1>
      <ErrorSummary error={save.error} words={words} lang={lang} schema={schema} />
      {filling.fromDraft && (
        <p className="note">
          {words.draftFound}{' '}
          <button type="button" className="plain" onClick={filling.drop}>
            {words.draftDrop}
          </button>
        </p>
      )}
      <form
        className="sheet"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!save.isPending) save.mutate()
        }}
      >
        <FormFields state={state}>
          <fieldset className="card part">
            <legend>1. {words.partChild}</legend>
            <Field at={['child', 'name']} required />
            <Field at={['child', 'notNamed']} />
            <div className="two">
              <Field at={['child', 'birthDate']} />
              <Age />
            </div>
            <Field at={['child', 'sex']} required />
            <Field at={['child', 'address']} />
            <Field at={['child', 'whereabouts']} />
            <div className="two">
              <Field at={['child', 'iin']} />
              <Field at={['child', 'phone']} />
            </div>
            <Similar
              child={(value['child'] as Record<string, string> | undefined) ?? {}}
              confirmed={value['anotherChild'] === true}
              confirm={(to) => filling.change(['anotherChild'], to || undefined)}
              asked={similar}
            />
          </fieldset>
          <fieldset className="card part">
            <legend>2. {words.partWhat}</legend>
            <Field at={['reportedAt']} />
            <div className="two">
              <Field at={['channel']} />
              <Field at={['source']} />
            </div>
            <Asker />
            <Field at={['ground']} />
            <Field at={['kinds']} />
            <Field at={['nextActions']} />
            <Field at={['agreedWith']} />
            <details>
              <summary>
                {words.partParents} <span className="optional">({words.optional})</span>
              </summary>
              {(['mother', 'father'] as const).map((parent) => (
                <fieldset key={parent} className="sub field">
                  <legend>{words[parent]}</legend>
                  <Field at={[parent, 'name']} required />
                  <Field at={[parent, 'whereabouts']} required />
                  <Field at={[parent, 'occupation']} required />
                </fieldset>
              ))}
            </details>
          </fieldset>
          <fieldset className="card part">
            <legend>3. {words.partRisk}</legend>
            <CriteriaTicks at={['criteria']} said={captionOf(schema.properties?.['criteria'] ?? {}, lang, words.partRisk)} />
            <Level codes={codes} />
          </fieldset>
        </FormFields>
        <Proposal codes={codes} lang={lang} words={words} />
        <div className="row wrap save">
          <button className="button" disabled={save.isPending || !filling.ready}>
            {save.isPending ? words.saving : words.register}
          </button>
          <span className="soft" role="status">
            {filling.kept ? words.draftKept : ''}
          </span>
        </div>
      </form>
    </main>
  )
}

/** The proposed level is taken unless another was chosen; `undecided` leaves it to later. */
function toSend(value: Record<string, unknown>, codes: readonly string[]): unknown {
  const form = { ...(answered(value) as Record<string, unknown>) }
  const chosen = form['level']
  const proposed = proposeRisk(codes).level
  if (chosen === undefined && proposed) form['level'] = proposed
  if (chosen === 'undecided') delete form['level']
  return { ...form, child: form['child'] ?? {} }
}

function Age() {
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
function Asker() {
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

function Level({ codes }: { codes: readonly string[] }) {
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
      {chosen && chosen !== proposed && chosen !== 'undecided' && <Field at={['levelReason']} required />}
      {(chosen ?? proposed) === 'low' && (
        <>
          <Field at={['oneOffHelp']} required={false} />
          {(value as Record<string, unknown>)['oneOffHelp'] === true && <Field at={['helpGiven']} required />}
        </>
      )}
    </>
  )
}

/** CP-02: who is in the register already. */
function Similar({
  child,
  confirmed,
  confirm,
  asked,
}: {
  child: Record<string, string>
  confirmed: boolean
  confirm(to: boolean): void
  asked: boolean
}) {
  const { words } = useHere()
  const now = useNow(60_000)
  const query = useSettled(
    [child['iin'], child['name'], child['phone'], child['address']]
      .map((text) => text?.trim() ?? '')
      .find((text) => text.length >= SEARCHED_FROM) ?? '',
  )
  const found = useQuery({
    queryKey: ['register', query],
    queryFn: ({ signal }) => ask<{ items: RegisterHit[] }>(`/api/register?query=${encodeURIComponent(query)}`, { signal }),
    enabled: query !== '',
    retry: false,
  })
  const hits = found.data?.items ?? []
  return (
    <section className="field" aria-live="polite">
      <h2 className="small">{words.searchTitle}</h2>
      {query === '' && <p className="hint">{words.searchWaiting}</p>}
      {found.isError && <Failure error={found.error} words={words} onAgain={() => void found.refetch()} />}
      {query !== '' && found.isSuccess && hits.length === 0 && <p className="hint">{words.searchNone}</p>}
      {hits.length > 0 && <Hits hits={hits.slice(0, 5)} today={dayOf(now)} />}
      {(hits.length > 0 || asked || confirmed) && (
        <label className="tick">
          <input id="field-anotherChild" type="checkbox" checked={confirmed} onChange={(event) => confirm(event.target.checked)} />
          <span>{words.anotherChild} (CP-02)</span>
        </label>
      )}
    </section>
  )
}

const SETTLED_AFTER_MS = 350

/** The text once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLED_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text])
  return useDeferredValue(settled)
}
