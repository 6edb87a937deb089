/** Tables that people open in a spreadsheet, and the names of files they download. */
import { stringify } from 'csv-stringify'
import { create as contentDisposition } from 'content-disposition'
import type { Readable } from 'node:stream'
import { stringify as stringifyWhole } from 'csv-stringify/sync'
import { csvForm, harmless } from './harmless.ts'

export type Cell = string | number | boolean | null | undefined

/** Spreadsheets of Russian and Kazakh take `;` between cells, of English `,`. */
export type Separator = ';' | ','

const plain = (cell: Cell): string => {
  if (typeof cell === 'string') return harmless(cell)
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  return cell === null || cell === undefined ? '' : String(cell)
}

/** A whole table as CSV (RFC 4180, UTF-8 with its mark): for lists that fit into memory. */
export const csvOf = (columns: readonly string[], rows: readonly (readonly Cell[])[], separator: Separator = ';'): string =>
  stringifyWhole(
    [columns, ...rows].map((row) => row.map(plain)),
    csvForm(separator),
  )

/** The same row by row, as fast as the reader takes it. An error of `rows` ends the stream with it. */
export function csvStream(columns: readonly string[], rows: AsyncIterable<readonly Cell[]>, separator: Separator = ';'): Readable {
  const out = stringify(csvForm(separator))
  const write = async () => {
    const drained = () =>
      new Promise<void>((done) => {
        const go = () => {
          out.off('drain', go).off('close', go)
          done()
        }
        out.on('drain', go).on('close', go)
      })
    const put = (row: readonly Cell[]) => (out.write(row.map(plain)) ? undefined : drained())
    await put(columns)
    for await (const row of rows) {
      if (out.destroyed) return
      await put(row)
    }
    out.end()
  }
  write().catch((error: unknown) => out.destroy(error as Error))
  return out
}

const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i
const MOST_LETTERS = 100

/** A file name of letters, digits, `-`, `_`: no path, no hidden file, no sign that turns its reading round. `ending` without a dot. */
export function safeFileName(stem: string, ending: string): string {
  const letters = stem
    .normalize('NFC')
    .slice(0, 4 * MOST_LETTERS)
    .split(/[^\p{L}\p{M}\p{N}_]/u)
    .filter((part) => part !== '')
    .join('-')
  const cut = [...letters].slice(0, MOST_LETTERS).join('')
  const name = cut === '' || RESERVED.test(cut) ? `file-${cut}`.replace(/-$/, '') : cut
  return `${name}.${ending.replace(/[^a-z0-9]/gi, '').toLowerCase() || 'bin'}`
}

/** The header `content-disposition` of a download: never shown in the page. */
export const asAttachment = (stem: string, ending: string): string => contentDisposition(safeFileName(stem, ending), { type: 'attachment' })
