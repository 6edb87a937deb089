/** Any form of an act as parts of a document, by its own captions. What is protected (RT-11) does not leave the house. */
import type { FormSchema } from '@tirek/contract/forms/described'
import type { Block } from '@tirek/contract/prints'
import type { Lang } from '@tirek/contract/roles'
import { dayOf, minuteOfDay } from '@tirek/procedure/time'
import { clean, dayIn } from '../text.ts'

/**
 * `nameOf`: a person of ours, or what else an id stands for, in words; undefined: an id that no reader needs. `isWhole`: a paper of the house
 * itself, with every field of the form, also what is protected and what is empty.
 */
export type Printing = { lang: Lang; nameOf(id: string): string | undefined; isWhole?: true }

export type Field = {
  title?: string
  kk?: string
  en?: string
  type?: string
  format?: string
  maxLength?: number
  properties?: Record<string, Field>
  items?: Field
  labels?: Record<string, Record<Lang, string>>
  /** Of a list of notes: what each is to. */
  propertyNames?: Field
  readOnly?: boolean
  protected?: string
}

const YES_NO = { ru: ['да', 'нет'], kk: ['иә', 'жоқ'], en: ['yes', 'no'] } as const
const DETAILS = { ru: 'Сведения', kk: 'Мәліметтер', en: 'Details' } as const
/** More columns than these get too narrow for words. */
const MOST_COLUMNS = 4
/** Of one line; a longer text gets a part of its own. */
const LINE = 300

/** The official Russian caption, and the one of the language beside it. */
export const captionOf = (field: Field | undefined, lang: Lang, name: string): string => {
  const ru = field?.title ?? name
  const own = lang === 'ru' ? undefined : field?.[lang]
  return own && own !== ru ? `${ru} / ${own}` : ru
}

type Age = { n: number; unit: string }
/** An age is one value: `месяцев: 18`. */
export const isAge = (field: Field | undefined): boolean => Object.keys(field?.properties ?? {}).join() === 'n,unit'

/** One value in words; nothing where there is nothing to read. */
export function wordsOf(field: Field | undefined, value: unknown, reading: Printing): string {
  const { lang, nameOf } = reading
  if (value === undefined || value === null || (field?.protected !== undefined && !reading.isWhole)) return ''
  if (Array.isArray(value))
    return value
      .map((one) => wordsOf(field?.items, one, reading))
      .filter((text) => text !== '')
      .join('; ')
  if (typeof value === 'boolean') return YES_NO[lang][value ? 0 : 1]
  if (isAge(field)) return `${wordsOf(field!.properties!['unit'], (value as Age).unit, reading)}: ${(value as Age).n}`
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, one]) => [
        field?.propertyNames?.labels?.[name]?.[lang] ?? captionOf(field?.properties?.[name], lang, name),
        wordsOf(field?.properties?.[name], one, reading),
      ])
      .filter(([, text]) => text !== '')
      .map(([caption, text]) => `${caption}: ${text}`)
      .join('\n')
  const text = String(value)
  const label = field?.labels?.[text]?.[lang]
  if (label) return label
  if (field?.format === 'uuid') return nameOf(text) ?? ''
  if (field?.format === 'date') return dayIn(lang, text)
  if (field?.format === 'date-time') return momentIn(lang, Date.parse(text))
  return clean(text)
}

const momentIn = (lang: Lang, at: number) => {
  const minute = minuteOfDay(at)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${dayIn(lang, dayOf(at))}, ${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

/** Parts in the order of the form. `numberOf`: what stands before a caption of the first level, as the paper has it. */
export function formBlocks(
  schema: FormSchema,
  form: Readonly<Record<string, unknown>>,
  reading: Printing,
  numberOf: (name: string) => string | undefined = () => undefined,
): Block[] {
  const blocks: Block[] = []
  let facts: { caption: string; text: string }[] = []
  const flush = () => {
    if (facts.length > 0) blocks.push({ kind: 'facts', rows: facts })
    facts = []
  }
  for (const [name, field] of Object.entries((schema as Field).properties ?? {})) {
    const value = form[name]
    if (value === undefined || value === null || field.protected !== undefined) continue
    const number = numberOf(name)
    const caption = `${number === undefined ? '' : `${number}. `}${captionOf(field, reading.lang, name)}`
    const block = blockOf(field, value, caption, number, reading)
    if (block === undefined) {
      const text = wordsOf(field, value, reading)
      if (text !== '') facts.push({ caption, text })
      continue
    }
    flush()
    if (block !== 'empty') blocks.push(block)
  }
  flush()
  return blocks
}

/** `undefined`: one line, which stands with other lines. */
function blockOf(
  field: Field,
  value: unknown,
  caption: string,
  number: string | undefined,
  reading: Printing,
): Block | 'empty' | undefined {
  if (Array.isArray(value) && value.some((one) => typeof one === 'object'))
    return value.length === 0 ? 'empty' : tableOf(field.items, value as Record<string, unknown>[], caption, reading)
  if (Array.isArray(value) || typeof value === 'boolean' || typeof value === 'number') return undefined
  if (typeof value === 'object') {
    const inside = Object.entries(field.properties ?? {})
    const texts = inside.flatMap(([name, one], n) => {
      const text = wordsOf(one, (value as Record<string, unknown>)[name], reading)
      // Lists of codes beside the heads of the paper have no number there.
      const isHead = number !== undefined && one.type !== 'array'
      return text === '' ? [] : [`${isHead ? `${number}.${n + 1}. ` : ''}${captionOf(one, reading.lang, name)}: ${text}`]
    })
    return texts.length === 0 ? 'empty' : { kind: 'texts', caption, texts, pen: 0 }
  }
  const isLong = field.labels === undefined && field.format === undefined && (field.maxLength ?? 0) > LINE
  return isLong ? { kind: 'texts', caption, texts: [wordsOf(field, value, reading)], pen: 0 } : undefined
}

/** Rows with the columns that any of them fills; of too many all but the first stand in one. */
function tableOf(field: Field | undefined, rows: readonly Record<string, unknown>[], caption: string, reading: Printing): Block {
  const { lang } = reading
  const used = Object.entries(field?.properties ?? {}).filter(([name, one]) => rows.some((row) => wordsOf(one, row[name], reading) !== ''))
  const cell = (row: Record<string, unknown>, [name, one]: [string, Field]) => wordsOf(one, row[name], reading)
  const title = ([name, one]: [string, Field]) => captionOf(one, lang, name)
  const number = { title: '№', width: 0.06 }
  const numbered = (cells: (row: Record<string, unknown>) => string[]) => rows.map((row, n) => [String(n + 1), ...cells(row)])
  if (used.length <= MOST_COLUMNS) {
    const weights = used.map(([, one]) => (one.labels || one.format ? 1 : (one.maxLength ?? 0) > LINE ? 2 : 1.4))
    const all = weights.reduce((sum, weight) => sum + weight, 0)
    return {
      kind: 'table',
      caption,
      columns: [number, ...used.map((one, n) => ({ title: title(one), width: (0.94 * weights[n]!) / all }))],
      rows: numbered((row) => used.map((one) => cell(row, one))),
      pen: 0,
    }
  }
  const [first, ...others] = used
  return {
    kind: 'table',
    caption,
    columns: [number, { title: title(first!), width: 0.3 }, { title: DETAILS[lang], width: 0.64 }],
    rows: numbered((row) => [
      cell(row, first!),
      others
        .map((one) => ({ caption: title(one), text: cell(row, one) }))
        .filter(({ text }) => text !== '')
        .map((one) => `${one.caption}: ${one.text}`)
        .join('\n'),
    ]),
    pen: 0,
  }
}
