/** A whole form as it lies on paper: every field in its order; what is empty is room for the pen, so that one print is the record and the blank form. */
import type { FormSchema } from '@tirek/contract/forms/described'
import type { Block } from '@tirek/contract/prints'
import { captionOf, isAge, wordsOf, type Field, type Printing } from '../prints/form-blocks.ts'
import { choicesOf, ticked } from './choices.ts'

type Reading = Printing & { pen: typeof PEN }
type Values = Readonly<Record<string, unknown>>
type Row = Extract<Block, { kind: 'facts' }>['rows'][number]

/** Of one line; a longer text has a part of its own. */
const LINE = 300
/** Wider tables get too narrow for words: each row of theirs is a card. */
const MOST_COLUMNS = 5
const PEN = { text: 4, table: 3, cards: 2, list: 3 }
/** What was left out of a form that is filled. */
const PEN_LEFT_OUT = { text: 1, table: 1, cards: 1, list: 1 }

const isEmpty = (value: unknown) => value === undefined || value === null || (Array.isArray(value) && value.length === 0)
/** Where a drawing was moved to by hand, and that an hour is the first one: of the screen, not of paper. */
const isOfScreen = (name: string, value: unknown) => name === 'moved' || (name === 'hour' && !value)
/** An id that nobody reads, or what the record writes itself. */
const isUnread = (name: string, field: Field, value: unknown) =>
  (field.format === 'uuid' && field.title === undefined) || (field.readOnly === true && isEmpty(value)) || isOfScreen(name, value)
const isLong = (field: Field) => field.labels === undefined && field.format === undefined && (field.maxLength ?? 0) > LINE
const isGroup = (field: Field) => field.properties !== undefined && !isAge(field)
const isTable = (field: Field) => field.type === 'array' && field.items?.properties !== undefined

/** Parts in the order of the form. `numberOf`: what stands before a caption of the first level, as the paper has it. */
export function wholeBlocks(
  schema: FormSchema,
  form: Values,
  printing: Printing,
  numberOf: (name: string) => string | undefined = () => undefined,
): Block[] {
  const reading: Reading = { ...printing, pen: Object.keys(form).length === 0 ? PEN : PEN_LEFT_OUT }
  const blocks: Block[] = []
  let rows: Row[] = []
  const flush = () => {
    if (rows.length > 0) blocks.push({ kind: 'facts', rows })
    rows = []
  }
  for (const [name, field] of Object.entries((schema as Field).properties ?? {})) {
    const value = form[name]
    if (isUnread(name, field, value)) continue
    const number = numberOf(name)
    const caption = `${number === undefined ? '' : `${number}. `}${captionOf(field, reading.lang, name)}`
    // Written under an earlier form, where this part was one text.
    const isText = typeof value === 'string' && (isGroup(field) || isTable(field))
    if (!isText && !isGroup(field) && !isTable(field) && !isLong(field) && field.items?.labels === undefined && !field.propertyNames) {
      rows.push(rowOf(field, value, caption, reading))
      continue
    }
    flush()
    blocks.push(...(isText ? [textBlock(field, value, caption, reading)] : partOf(field, value, caption, number, reading)))
  }
  flush()
  return blocks
}

function partOf(field: Field, value: unknown, caption: string, number: string | undefined, reading: Reading): Block[] {
  if (isTable(field)) return tableOf(field.items!, (value ?? []) as Values[], caption, reading)
  if (isGroup(field)) {
    const rows = rowsOf(field, (value ?? {}) as Values, reading, '', number)
    return [{ kind: 'facts', caption, rows }]
  }
  return [textBlock(field, value, caption, reading)]
}

/** A long text, a list of choices, or notes to choices. */
function textBlock(field: Field, value: unknown, caption: string, reading: Reading): Block {
  const texts = field.items?.labels
    ? ticked(field.items, value, reading.lang)
    : [wordsOf(field, value, reading)].filter((text) => text !== '')
  return { kind: 'texts', caption, texts, pen: reading.pen.text }
}

/** Captions and texts of a group; a group within it says whose they are. */
function rowsOf(field: Field, value: Values, reading: Reading, of: string, number?: string): Row[] {
  let n = 0
  return Object.entries(field.properties ?? {}).flatMap(([name, one]) => {
    const inner = value[name]
    if (isUnread(name, one, inner)) return []
    // Lists of codes beside the heads of the paper have no number there.
    const isHead = number !== undefined && one.type !== 'array'
    if (isHead) n++
    const own = captionOf(one, reading.lang, name)
    if (isGroup(one)) return rowsOf(one, (inner ?? {}) as Values, reading, `${own}: `)
    return [rowOf(one, inner, `${isHead ? `${number}.${n} ` : ''}${of}${own}`, reading)]
  })
}

function rowOf(field: Field, value: unknown, caption: string, reading: Reading): Row {
  const text = isEmpty(value) ? choicesOf(field, reading.lang) : wordsOf(field, value, reading)
  return { caption, text, ...(text === '' && (isLong(field) || field.type === 'array') && { pen: reading.pen.list }) }
}

function tableOf(item: Field, rows: readonly Values[], caption: string, reading: Reading): Block[] {
  const fields = Object.entries(item.properties!).filter(([name, one]) => one.title !== undefined && !isOfScreen(name, undefined))
  if (fields.length > MOST_COLUMNS) {
    // Of several cards, those that are filled say what is known and no more: a family of eight is three pages and not six.
    const shown = (row: Values): Field =>
      rows.length < 2 ? item : { ...item, properties: Object.fromEntries(fields.filter(([name]) => !isEmpty(row[name]))) }
    const cards = rows.length > 0 ? rows : Array.from({ length: reading.pen.cards }, () => ({}))
    return cards.map((row, n): Block => ({ kind: 'facts', caption: `${caption}, № ${n + 1}`, rows: rowsOf(shown(row), row, reading, '') }))
  }
  const weights = fields.map(([, one]) => (one.labels || one.format ? 1 : isLong(one) ? 2 : 1.4))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return [
    {
      kind: 'table',
      caption,
      columns: [
        { title: '№', width: 0.06 },
        ...fields.map(([name, one], n) => ({ title: captionOf(one, reading.lang, name), width: (0.94 * weights[n]!) / all })),
      ],
      rows: rows.map((row, n) => [String(n + 1), ...fields.map(([name, one]) => wordsOf(one, row[name], reading))]),
      pen: reading.pen.table,
    },
  ]
}
