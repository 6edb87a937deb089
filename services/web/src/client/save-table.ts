/** A table of texts as CSV for a spreadsheet, saved on the device. Its writer is heavy, so it is loaded when a table is wanted. */
import { csvForm, harmless } from '@tirek/platform/harmless'
import { stringify } from 'csv-stringify/browser/esm/sync'

export function saveTable(name: string, captions: readonly string[], rows: readonly (readonly string[])[], separator: ';' | ','): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(
    new Blob(
      [
        stringify(
          [captions, ...rows].map((row) => row.map(harmless)),
          csvForm(separator),
        ),
      ],
      { type: 'text/csv;charset=utf-8' },
    ),
  )
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
