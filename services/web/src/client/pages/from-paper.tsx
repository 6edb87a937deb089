/** A case that was led on paper is entered as it stands: whose, at which stage, and the days from which its terms are counted. */
import type { CasePage } from '@tirek/contract/answers'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { newKey, Refused } from '../api.ts'
import { answered, captionOf, type Schema } from '../fields.ts'
import { errorsOf, useFilling, type Typed } from '../form-state.ts'
import { useHere, useNow, usePeople } from '../me.tsx'
import { askedAt, isPaperStage, leftOut, paperToSend } from '../paper-stages.ts'
import { DraftNote } from '../parts/draft-note.tsx'
import { Field } from '../parts/field.tsx'
import { FormFields, type FormState } from '../parts/form.tsx'
import { idsOf } from '../parts/ids.ts'
import { Similar } from '../parts/similar.tsx'
import { ErrorSummary, Failure, Loading } from '../parts/states.tsx'
import { WaitingNote } from '../parts/waiting.tsx'
import { useFormSchema } from '../parts/written.tsx'
import { useSending } from '../sending.ts'
import { fromPaperWords, paperTitles } from '../words-of/from-paper.ts'
import '../work.css'

const KIND = 'taken-over-from-paper'
const DRAFT = 'from-paper'

export function FromPaperPage() {
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

const first = (): Typed => ({ value: { child: {} }, key: newKey() })

function Sheet({ schema }: { schema: Schema }) {
  const { me, lang, words } = useHere()
  const old = fromPaperWords(lang)
  const people = usePeople()
  const now = useNow(60_000)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const filling = useFilling(me.person, DRAFT, first)
  const value = filling.typed.value as Record<string, unknown>
  useEffect(() => void (document.title = `${words.fromPaper} · Тірек`), [words])
  const sending = useSending<void, CasePage>({
    person: me.person,
    form: DRAFT,
    filling,
    label: words.fromPaper,
    request: () => ({
      path: '/api/cases/from-paper',
      body: { child: {}, ...(answered(paperToSend(value)) as object) },
      key: filling.typed.key,
    }),
    async onSent(made) {
      const { id } = made.summary
      queries.setQueryData(['case', id], made)
      await queries.invalidateQueries({ queryKey: ['worklist'] })
      await navigate({ to: '/cases/$id', params: { id } })
    },
  })
  if (sending.waiting)
    return (
      <main id="content" className="narrow">
        <h1>{words.fromPaper}</h1>
        <WaitingNote takeBack={sending.takeBack} />
      </main>
    )
  const errors = errorsOf(sending.error)
  const ids = idsOf({ kind: KIND, people, timeline: [], organisations: [], lang, now })
  const state: FormState = { isOfficial: true, schema, value, change: filling.change, errors, lang, words, ids }
  const similar = sending.error instanceof Refused && sending.error.problem.code === 'similar-found'
  return (
    <main id="content" className="narrow">
      <h1>{words.fromPaper}</h1>
      <p>
        {old.lead} <Link to="/new">{words.newRequest}</Link>
      </p>
      <ErrorSummary error={sending.error} words={words} lang={lang} schema={schema} />
      <DraftNote filling={filling} />
      <form
        className="sheet"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          sending.send()
        }}
      >
        <FormFields state={state}>
          <section className="card part">
            <h2>{old.who}</h2>
            <Field at={['child', 'name']} required />
            <div className="two">
              <Field at={['child', 'iin']} />
              <Field at={['child', 'phone']} />
            </div>
            <Field at={['child', 'address']} />
            <div className="two">
              <Field at={['child', 'birthDate']} />
              <Field at={['child', 'sex']} required />
            </div>
            <Similar
              child={(value['child'] as Record<string, unknown> | undefined) ?? {}}
              confirmed={value['anotherChild'] === true}
              confirm={(to) => filling.change(['anotherChild'], to || undefined)}
              asked={similar}
            />
          </section>
          <section className="card part">
            <h2>{old.stands}</h2>
            <Field at={['stage']} />
            <Field at={['level']} />
            <Field at={['manager']} />
          </section>
          <section className="card part" aria-live="polite">
            <h2>{old.whatWas}</h2>
            <WhatWas value={value} schema={schema} />
          </section>
        </FormFields>
        <div className="row wrap save">
          <button className="button" disabled={sending.isPending || !filling.ready}>
            {sending.isPending ? words.saving : old.save}
          </button>
          <span className="soft" role="status">
            {filling.kept ? words.draftKept : ''}
          </span>
        </div>
      </form>
    </main>
  )
}

/** Only what belongs to the stage that was chosen; what was typed for another one comes back with it. */
function WhatWas({ value, schema }: { value: Record<string, unknown>; schema: Schema }) {
  const { lang, words } = useHere()
  const old = fromPaperWords(lang)
  const { stage } = value
  if (!isPaperStage(stage)) return <p className="hint">{old.chooseStage}</p>
  const { now, before } = askedAt(stage)
  const left = leftOut(stage, value).map((field) => captionOf(schema.properties?.[field] ?? {}, lang, field))
  return (
    <>
      <p className="hint">{old.whatWasLead}</p>
      <Groups of={now} />
      {before.length > 0 && (
        <details>
          <summary>
            {old.before} <span className="optional">({words.optional})</span>
          </summary>
          <div className="sub">
            <Groups of={before} />
          </div>
        </details>
      )}
      {left.length > 0 && (
        <p className="note">
          {old.leftOut}: {left.join(', ')}.
        </p>
      )}
    </>
  )
}

function Groups({ of }: { of: ReturnType<typeof askedAt>['now'] }) {
  const { lang } = useHere()
  const titles = paperTitles(lang)
  return of.map(({ group, fields }) => (
    <fieldset key={group} className="field paper-group">
      <legend>{titles[group]}</legend>
      <div className={fields.length > 1 ? 'two' : undefined}>
        {fields.map((field) => (
          <Field key={field} at={[field]} required />
        ))}
      </div>
    </fieldset>
  ))
}
