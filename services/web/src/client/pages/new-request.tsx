/** A new help request in three steps: is the child in the register, who and where, what happened; the level is proposed while ticking. */
import type { CasePage } from '@tirek/contract/answers'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { newKey, Refused } from '../api.ts'
import { answered, captionOf, type Schema } from '../fields.ts'
import { errorsOf, useFilling, type Typed } from '../form-state.ts'
import { withLevel } from '../level.ts'
import { systemNow, useHere } from '../me.tsx'
import { CriteriaTicks, Proposal } from '../parts/criteria.tsx'
import { Field } from '../parts/field.tsx'
import { FormFields, type FormState } from '../parts/form.tsx'
import { Age, Asker, Level } from '../parts/request-fields.tsx'
import { Similar } from '../parts/similar.tsx'
import { ErrorSummary, Failure, Loading } from '../parts/states.tsx'
import { WaitingNote } from '../parts/waiting.tsx'
import { useFormSchema } from '../parts/written.tsx'
import { stepOfPointer, STEPS, type Step } from '../request-steps.ts'
import { useSending } from '../sending.ts'
import { fromFinding, useFinding, type Finding } from '../finding.ts'
import { sheetWords } from '../words-of/sheets.ts'
import { workWords } from '../words-of/work.ts'
import '../work.css'
import { DraftNote } from '../parts/draft-note.tsx'

const KIND = 'help-request-registered'
const DRAFT = 'help-request'

export function NewRequestPage() {
  const { words } = useHere()
  const schema = useFormSchema(KIND)
  // CP-70: what was found by preventive work becomes a request.
  const { finding } = useSearch({ strict: false }) as { finding?: string }
  const entry = useFinding(finding)
  if (schema.isPending || entry.isLoading) return <Loading words={words} />
  if (!schema.data)
    return (
      <main id="content" className="narrow">
        <Failure alone error={schema.error} words={words} onAgain={() => void schema.refetch()} />
      </main>
    )
  return <Sheet schema={schema.data} entry={entry.data} />
}

const first = (): Typed => ({ value: { reportedAt: new Date(systemNow()).toISOString(), child: {} }, key: newKey(), step: 1 })

function Sheet({ schema, entry }: { schema: Schema; entry: Finding | undefined }) {
  const { me, lang, words } = useHere()
  const tell = workWords(lang)
  const sht = sheetWords(lang)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const draft = entry ? `${DRAFT}/${entry.id}` : DRAFT
  const filling = useFilling(me.person, draft, () => (entry ? { ...first(), value: fromFinding(entry, me, lang, systemNow()) } : first()))
  const { typed } = filling
  const value = typed.value as Record<string, unknown>
  const child = (value['child'] as Record<string, unknown> | undefined) ?? {}
  const codes = (value['criteria'] as string[] | undefined) ?? []
  const step = (typed['step'] as Step | undefined) ?? 1
  useEffect(() => void (document.title = `${words.newRequest} · Тірек`), [words])

  const sending = useSending<void, CasePage>({
    person: me.person,
    form: draft,
    filling,
    label: words.newRequest,
    request: () => ({ path: '/api/cases', body: toSend(value), key: typed.key }),
    async onSent(made) {
      const { id } = made.summary
      queries.setQueryData(['case', id], made)
      await queries.invalidateQueries({ queryKey: ['worklist'] })
      // High risk: the hour runs from now on, so its page is the next one.
      if (made.hours.some((hour) => hour.closedAt === undefined)) await navigate({ to: '/cases/$id/hour', params: { id } })
      else await navigate({ to: '/cases/$id', params: { id } })
    },
  })
  const errors = errorsOf(sending.error)
  const faulty = new Set([...errors.keys()].map(stepOfPointer))
  const state: FormState = { isOfficial: true, schema, value, change: filling.change, errors, lang, words }
  const similar = sending.error instanceof Refused && sending.error.problem.code === 'similar-found'
  const heading = useRef<HTMLHeadingElement>(null)
  const [moved, setMoved] = useState(0)
  useEffect(() => {
    if (moved > 0) heading.current?.focus()
  }, [moved])
  const goTo = (to: Step) => {
    filling.stay({ step: to })
    setMoved((n) => n + 1)
  }
  const titles = { 1: tell.stepSearch, 2: tell.stepWho, 3: tell.stepWhat }
  if (sending.waiting)
    return (
      <main id="content" className="narrow">
        <h1>{words.newRequest}</h1>
        <WaitingNote takeBack={sending.takeBack} />
      </main>
    )
  return (
    <main id="content" className="narrow">
      <h1>{words.newRequest}</h1>
      {step === 1 && me.may.includes('enter from paper') && (
        <p>
          {tell.onPaper} <Link to="/from-paper">{words.fromPaper}</Link>
        </p>
      )}
      <ErrorSummary
        error={sending.error}
        words={words}
        lang={lang}
        schema={schema}
        reveal={(pointer) => filling.stay({ step: stepOfPointer(pointer) })}
      />
      {entry && <p className="note">{sht.fromFinding}</p>}
      <DraftNote filling={filling} />
      <ol className="steps" aria-label={tell.stepsOf}>
        {STEPS.map((one) => (
          <li key={one} className={one < step ? 'done' : one === step ? 'now' : ''} aria-current={one === step ? 'step' : undefined}>
            <button type="button" className="plain" onClick={() => goTo(one)} disabled={one === step}>
              {one}. {titles[one]}
              {faulty.has(one) && <span className="error"> · {tell.stepFaults}</span>}
            </button>
          </li>
        ))}
      </ol>
      <form
        className="sheet"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (step < 3) goTo((step + 1) as Step)
          else sending.send()
        }}
      >
        <FormFields state={state}>
          <section className="card part" hidden={step !== 1}>
            <h2 tabIndex={-1} ref={step === 1 ? heading : undefined}>
              {titles[1]}
            </h2>
            <p className="hint">{tell.searchLead}</p>
            <Field at={['child', 'name']} required />
            <Field at={['child', 'notNamed']} />
            <div className="two">
              <Field at={['child', 'iin']} />
              <Field at={['child', 'phone']} />
            </div>
            <Field at={['child', 'address']} />
            <Similar
              child={child}
              confirmed={value['anotherChild'] === true}
              confirm={(to) => filling.change(['anotherChild'], to || undefined)}
              asked={similar}
            />
          </section>
          <section className="card part" hidden={step !== 2}>
            <h2 tabIndex={-1} ref={step === 2 ? heading : undefined}>
              {titles[2]}
            </h2>
            <Field at={['child', 'sex']} required />
            <div className="two">
              <Field at={['child', 'birthDate']} />
              <Age />
            </div>
            <Field at={['child', 'whereabouts']} />
            <div className="two">
              <Field at={['channel']} />
              <Field at={['source']} />
            </div>
            <Asker />
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
          </section>
          <section className="card part" hidden={step !== 3}>
            <h2 tabIndex={-1} ref={step === 3 ? heading : undefined}>
              {titles[3]}
            </h2>
            <Field at={['reportedAt']} />
            <Field at={['ground']} />
            <CriteriaTicks at={['criteria']} said={captionOf(schema.properties?.['criteria'] ?? {}, lang, words.partRisk)} />
            <Level codes={codes} />
            <details>
              <summary>
                {tell.moreOfRequest} <span className="optional">({words.optional})</span>
              </summary>
              <div className="sub">
                <Field at={['kinds']} />
                <Field at={['nextActions']} />
                <Field at={['agreedWith']} />
              </div>
            </details>
          </section>
        </FormFields>
        {step === 3 && <Proposal codes={codes} lang={lang} words={words} />}
        <div className="row wrap save">
          {step > 1 && (
            <button type="button" className="button quiet" onClick={() => goTo((step - 1) as Step)}>
              {tell.back}
            </button>
          )}
          <button className="button" disabled={sending.isPending || !filling.ready}>
            {step === 1 ? tell.newChild : step === 2 ? tell.goOn : sending.isPending ? words.saving : words.register}
          </button>
          <span className="soft" role="status">
            {filling.kept ? words.draftKept : ''}
          </span>
        </div>
      </form>
    </main>
  )
}

function toSend(value: Record<string, unknown>): unknown {
  const form = withLevel(answered(value) as Record<string, unknown>)
  return { ...form, child: form['child'] ?? {} }
}
