/** A form that is no act of a case: drawn from a schema, kept as a draft, its refusal said on top. */
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { newKey } from '../api.ts'
import { answered, type Schema } from '../fields.ts'
import { errorsOf, useFilling } from '../form-state.ts'
import { useHere } from '../me.tsx'
import { Fields } from './field.tsx'
import { FormFields, type FormState } from './form.tsx'
import { ErrorSummary } from './states.tsx'
import { DraftNote } from './draft-note.tsx'

type Value = Record<string, unknown>

/**
 * `name`: of its draft. `send` gets what was answered and the key of this sending; after it `done` is called and the form is as at first.
 * Children stand under the fields.
 */
export function SmallForm({
  name,
  title,
  schema: whole,
  isOfficial,
  shape = (of) => of,
  first = {},
  ids,
  button,
  send,
  done,
  children,
}: {
  name: string
  title?: string
  schema: Schema
  /** A form of the procedure: official captions stand beside those of the page's language. */
  isOfficial?: true
  /** The schema as what is answered so far makes it: a field that is not in it is neither shown nor sent. */
  shape?(schema: Schema, value: Value): Schema
  first?: Value
  ids?: (path: readonly (string | number)[], value: Value) => { value: string; label: string }[] | undefined
  button?: string
  send(answers: Value, key: string): Promise<unknown>
  done?(): unknown
  children?: ReactNode
}) {
  const { me, lang, words } = useHere()
  const filling = useFilling(me.person, name, () => ({ value: first, key: newKey() }))
  const value = filling.typed.value as Value
  const schema = shape(whole, value)
  const save = useMutation({
    mutationFn: () => send((answered(sentOf(schema, value)) ?? {}) as Value, filling.typed.key),
    onSuccess: async () => {
      filling.drop()
      await done?.()
    },
  })
  const state: FormState = {
    schema,
    ...(isOfficial && { isOfficial }),
    value,
    change: filling.change,
    errors: errorsOf(save.error),
    lang,
    words,
    ids: (path) => ids?.(path, value),
  }
  return (
    <form
      className="sheet"
      noValidate
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault()
        if (!save.isPending) save.mutate()
      }}
    >
      <ErrorSummary error={save.error} words={words} lang={lang} schema={schema} />
      <DraftNote filling={filling} />
      <FormFields state={state}>
        <div className="card part">
          {title && <h2>{title}</h2>}
          <Fields at={[]} schema={schema} />
          {children}
        </div>
      </FormFields>
      <p className="row wrap save">
        <button className="button" disabled={save.isPending || !filling.ready}>
          {save.isPending ? words.saving : (button ?? words.save)}
        </button>
        <span className="soft" role="status">
          {filling.kept ? words.draftKept : save.isSuccess ? words.saved : ''}
        </span>
      </p>
    </form>
  )
}

const sentOf = ({ properties }: Schema, value: Value): Value =>
  properties ? Object.fromEntries(Object.entries(value).filter(([name]) => Object.hasOwn(properties, name))) : value
