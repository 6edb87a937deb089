/** The book of agencies as a table: read line by line with what is wrong in which cell, and written. Pure. */
import { AGENCY_COLUMNS, AgencyLine, type Agency, type AgencyKind } from '@tirek/contract/agencies'
import { AGENCY_KINDS } from '@tirek/contract/agency-codes'
import { ERROR_WORDS, type ErrorCode } from '@tirek/contract/error-words'
import { captionOf, fieldErrorsOf, type FieldError } from '@tirek/contract/errors'
import { phoneOf } from '@tirek/contract/phone'
import { fill } from '@tirek/contract/problems'
import type { Lang } from '@tirek/contract/roles'
import type { Cell } from '@tirek/platform/csv'
import { unguarded } from '@tirek/platform/harmless'
import { CsvError, parse } from 'csv-parse/sync'

type Column = keyof AgencyLine
export type ReadLine = AgencyLine & { line: number }

export const MOST_LINES = 5_000
const MOST_ERRORS = 50
const SEPARATORS = [';', ',', '\t'] as const
const LINE: Record<Lang, string> = { ru: 'Строка {n}', kk: '{n}-жол', en: 'Line {n}' }
const YES = ['да', 'иә', 'yes', 'true', '1', '+']
const NO = ['', 'нет', 'жоқ', 'no', 'false', '0', '-']
const LANGS: Record<string, Lang> = {
  ru: 'ru',
  kk: 'kk',
  en: 'en',
  рус: 'ru',
  русский: 'ru',
  қаз: 'kk',
  қазақша: 'kk',
  каз: 'kk',
  eng: 'en',
  english: 'en',
}

const captionsOf = (column: Column): Record<Lang, string> => {
  const said = (lang: Lang) => captionOf(AgencyLine.shape[column], lang) ?? column
  return { ru: said('ru'), kk: said('kk'), en: said('en') }
}
export const CAPTIONS = Object.fromEntries(AGENCY_COLUMNS.map((column) => [column, captionsOf(column)])) as Record<
  Column,
  Record<Lang, string>
>

const same = (text: string) => text.normalize('NFC').trim().toLowerCase()
const COLUMN_OF = new Map(
  AGENCY_COLUMNS.flatMap((column) => [column, ...Object.values(CAPTIONS[column])].map((name) => [same(name), column] as const)),
)
const KIND_OF = new Map(
  (Object.keys(AGENCY_KINDS) as AgencyKind[]).flatMap((kind) =>
    [kind, ...Object.values(AGENCY_KINDS[kind])].map((name) => [same(name), kind] as const),
  ),
)

/** What is wrong with a cell, as the pages show it. */
export function cellError(line: number, column: Column | undefined, code: ErrorCode, lang: Lang, n: string | number = ''): FieldError {
  return {
    pointer: `/${line}${column ? `/${column}` : ''}`,
    code,
    message: fill(ERROR_WORDS[code][lang], { n }),
    caption: [fill(LINE[lang], { n: line }), ...(column ? [CAPTIONS[column][lang]] : [])].join(', '),
  }
}

/** The lines of a table, or everything that is wrong with it. A line is counted as an editor counts. */
export function readAgencies(text: string, lang: Lang): { lines: ReadLine[]; errors: FieldError[] } {
  const delimiter = separatorOf(text)
  let records: { record: string[]; info: { lines: number } }[]
  try {
    records = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 100_000,
    }) as never
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { lines: [], errors: [cellError(Number(error['lines'] ?? 1), undefined, 'quote-open', lang)] }
  }
  const [head, ...rows] = records.filter(({ record }) => record.some((cell) => cell.trim() !== ''))
  if (!head || rows.length === 0) return { lines: [], errors: [cellError(1, undefined, 'table-empty', lang)] }
  if (rows.length > MOST_LINES) return { lines: [], errors: [cellError(MOST_LINES + 2, undefined, 'lines-too-many', lang, MOST_LINES)] }
  const { columns, errors } = columnsOf(head.record.map(unguarded), head.info.lines, lang)
  if (errors.length > 0) return { lines: [], errors }
  const lines: ReadLine[] = []
  for (const { record, info } of rows) {
    if (errors.length >= MOST_ERRORS) break
    const line = info.lines - record.join('').split('\n').length + 1
    if (record.slice(columns.length).some((cell) => cell.trim() !== '')) errors.push(cellError(line, undefined, 'cells-too-many', lang))
    const cells = Object.fromEntries(columns.map((column, at) => [column, unguarded(record[at] ?? '').trim()]))
    const read = AgencyLine.safeParse(meant(cells))
    if (read.success) lines.push({ ...read.data, line })
    else
      for (const { pointer, code, message } of fieldErrorsOf(read.error.issues as never[], lang)) {
        const column = pointer.slice(1) as Column
        errors.push({ ...cellError(line, column, 'invalid', lang), code, message })
      }
    const { contact, email, phone, position } = cells
    if (!contact && (email || phone || position)) errors.push(cellError(line, 'contact', 'contact-unnamed', lang))
  }
  errors.push(...contradictions(lines, lang))
  return { lines: errors.length > 0 ? [] : lines, errors: errors.slice(0, MOST_ERRORS) }
}

/** Cells as the schema takes them: empty ones absent, kinds and languages by any of their names, phones as people type them. */
function meant(cells: Record<string, string>): Record<string, unknown> {
  const { kind = '', lang = '', phone = '', files = '', ...rest } = cells
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([, cell]) => cell !== '')),
    kind: kind === '' ? undefined : (KIND_OF.get(same(kind)) ?? kind),
    ...(lang !== '' ? { lang: LANGS[same(lang)] ?? lang } : {}),
    ...(phone !== '' ? { phone: phoneOf(phone).e164 ?? phone } : {}),
    files: YES.includes(same(files)) ? true : NO.includes(same(files)) ? false : files,
  }
}

/** The separator that makes the most known columns of the first line. */
function separatorOf(text: string): (typeof SEPARATORS)[number] {
  const [first = ''] = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)
  const known = (separator: string) => first.split(separator).filter((name) => COLUMN_OF.has(same(name.replaceAll('"', '')))).length
  return SEPARATORS.toSorted((a, b) => known(b) - known(a))[0]!
}

function columnsOf(names: readonly string[], line: number, lang: Lang): { columns: Column[]; errors: FieldError[] } {
  const errors: FieldError[] = []
  const columns: Column[] = []
  const used = names.slice(0, names.findLastIndex((name) => name.trim() !== '') + 1)
  for (const name of used) {
    const column = COLUMN_OF.get(same(name))
    if (!column) errors.push(cellError(line, undefined, 'column-unknown', lang, name.slice(0, 60)))
    else if (columns.includes(column)) errors.push(cellError(line, column, 'twice', lang))
    else columns.push(column)
  }
  for (const column of ['kind', 'territory', 'name'] as const)
    if (!columns.includes(column)) errors.push(cellError(line, column, 'column-missing', lang))
  return { columns, errors }
}

/** By what an agency is found again. */
export const agencyKey = ({ kind, territory, name }: Pick<Agency, 'kind' | 'territory' | 'name'>): string =>
  [kind, same(territory), same(name)].join('\n')

/** Lines that do not go together: one agency told in two ways, one address given to two people of it. */
function contradictions(lines: readonly ReadLine[], lang: Lang): FieldError[] {
  const errors: FieldError[] = []
  const first = new Map<string, ReadLine>()
  const addresses = new Map<string, ReadLine>()
  for (const line of lines) {
    const key = agencyKey(line)
    const before = first.get(key)
    if (!before) first.set(key, line)
    else
      for (const column of ['service', 'powers'] as const)
        if ((line[column] ?? '') !== (before[column] ?? '')) errors.push(cellError(line.line, column, 'unlike-line', lang, before.line))
    if (!line.email) continue
    const address = `${key}\n${line.email.toLowerCase()}`
    if (addresses.has(address)) errors.push(cellError(line.line, 'email', 'twice', lang))
    addresses.set(address, line)
  }
  return errors
}

/** The first line and the others: an agency with no contact has one line too. */
export function agencyCells(agencies: readonly Agency[], lang: Lang): { columns: string[]; rows: Cell[][] } {
  const yes = { ru: 'да', kk: 'иә', en: 'yes' }[lang]
  return {
    columns: AGENCY_COLUMNS.map((column) => CAPTIONS[column][lang]),
    rows: agencies.flatMap((agency) =>
      (agency.contacts.length > 0 ? agency.contacts : [undefined]).map((one) => {
        const cells: Record<Column, Cell> = {
          kind: AGENCY_KINDS[agency.kind][lang],
          territory: agency.territory,
          name: agency.name,
          service: agency.service,
          powers: agency.powers,
          contact: one?.name,
          position: one?.position,
          email: one?.email,
          phone: one?.phone,
          lang: one?.lang,
          files: one?.mayReceiveFiles ? yes : '',
        }
        return AGENCY_COLUMNS.map((column) => cells[column])
      }),
    ),
  }
}
