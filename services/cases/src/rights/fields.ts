/** A form as the person it is about may have it: caption by caption, codes in words, what is protected left out and named. */
import type { FormSchema } from '@tirek/contract/forms/described'
import type { Lang } from '@tirek/contract/roles'
import { minuteOf } from './when.ts'

/** One answer of a form. `name`: its path, for programs. */
export type ExportField = { name: string; caption: string; value: unknown; text: string }
export type Told = { fields: ExportField[]; leftOut: string[] }

export type Reader = { lang: Lang; about: 'child' | 'reporter'; nameOf(person: string): string | undefined }

type Schema = FormSchema & {
  title?: string
  kk?: string
  en?: string
  type?: string
  format?: string
  properties?: Record<string, Schema>
  items?: Schema
  additionalProperties?: Schema | boolean
  labels?: Record<string, { ru: string; kk: string; en: string }>
  protected?: 'reporter' | 'shelter'
}

const YES_NO = { ru: ['да', 'нет'], kk: ['иә', 'жоқ'], en: ['yes', 'no'] } as const

const captionOf = (schema: Schema | undefined, lang: Lang, fallback: string) =>
  (lang === 'ru' ? schema?.title : schema?.[lang]) ?? schema?.title ?? fallback

/** What of a form goes out. RT-11: to the family all but what is protected; to who reported their own part alone. */
export function toldOf(schema: FormSchema, form: unknown, reader: Reader): Told {
  const told: Told = { fields: [], leftOut: [] }
  walk(schema as Schema, form, [], [], reader.about === 'child', reader, told)
  return told
}

function walk(
  schema: Schema | undefined,
  value: unknown,
  path: readonly string[],
  captions: readonly string[],
  open: boolean,
  reader: Reader,
  told: Told,
): void {
  if (value === undefined || value === null) return
  const caption = captions.join(': ')
  if (schema?.protected !== undefined) {
    if (reader.about === 'child') {
      if (!told.leftOut.includes(caption)) told.leftOut.push(caption)
      return
    }
    open = schema.protected === 'reporter'
  }
  if (Array.isArray(value) && value.some((one) => typeof one === 'object')) {
    for (const [n, one] of value.entries()) walk(schema?.items, one, [...path, String(n)], [...captions, String(n + 1)], open, reader, told)
    return
  }
  if (typeof value === 'object' && !Array.isArray(value)) {
    const of = (name: string) =>
      schema?.properties?.[name] ?? (typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined)
    for (const [name, one] of Object.entries(value))
      walk(of(name), one, [...path, name], [...captions, captionOf(of(name), reader.lang, name)], open, reader, told)
    return
  }
  if (open) told.fields.push({ name: path.join('.'), caption, value, text: textOf(schema, value, reader) })
}

function textOf(schema: Schema | undefined, value: unknown, { lang, nameOf }: Reader): string {
  if (Array.isArray(value)) return value.map((one) => textOf(schema?.items, one, { lang, nameOf, about: 'child' })).join('; ')
  if (typeof value === 'boolean') return YES_NO[lang][value ? 0 : 1]
  const text = String(value)
  const label = schema?.labels?.[text]?.[lang]
  if (label) return label
  if (schema?.format === 'date-time') return minuteOf(Date.parse(text))
  if (schema?.format === 'uuid') return nameOf(text) ?? text
  return text
}
