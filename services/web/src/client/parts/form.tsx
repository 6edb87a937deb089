/** The form that its fields stand in: what is written, what is wrong with it, and in which language it is read. */
import type { Lang } from '@tirek/contract/roles'
import { createContext, useContext, type ReactNode } from 'react'
import type { Path, Schema } from '../fields.ts'
import type { Words } from '../words.ts'

export type FormState = {
  schema: Schema
  value: unknown
  change(path: Path, to: unknown): void
  errors: ReadonlyMap<string, string>
  lang: Lang
  words: Words
  /** A form of the procedure: official captions stand beside those of the page's language. */
  isOfficial?: true
  /** Inputs of their own for fields that are ids: of people, acts, measures. */
  ids?: (path: Path, schema: Schema) => { value: string; label: string }[] | 'made' | undefined
}

const FormContext = createContext<FormState | undefined>(undefined)
export const FormFields = ({ state, children }: { state: FormState; children: ReactNode }) => (
  <FormContext value={state}>{children}</FormContext>
)
export function useForm(): FormState {
  const state = useContext(FormContext)
  if (!state) throw new Error('a field stands in no form')
  return state
}
