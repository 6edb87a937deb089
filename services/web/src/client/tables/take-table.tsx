/** A small table taken away as a file: CSV in which no cell is a formula, or a workbook. Their writers are loaded when one is wanted. */
import type { Lang } from '@tirek/contract/roles'
import { useMutation } from '@tanstack/react-query'
import { figureWords } from '../words-of/figures.ts'
import { useHere } from '../me.tsx'
import { Failure } from '../parts/states.tsx'

export type FileCell = string | number
type Table = { name: string; captions: readonly string[]; rows: readonly (readonly FileCell[])[] }

async function take({ name, captions, rows }: Table, ending: 'csv' | 'xlsx', lang: Lang): Promise<void> {
  if (ending === 'csv') {
    const { saveTable } = await import('../save-table.ts')
    saveTable(
      `${name}.csv`,
      captions,
      rows.map((row) => row.map(String)),
      lang === 'en' ? ',' : ';',
    )
    return
  }
  const { default: writeXlsxFile } = await import('write-excel-file/browser')
  const cells = rows.map((row) => row.map((value) => ({ value, type: typeof value === 'number' ? Number : String })))
  const head = captions.map((value) => ({ value, type: String, fontWeight: 'bold' as const }))
  await writeXlsxFile([head, ...cells] as never, { columns: captions.map(() => ({ width: 24 })), stickyRowsCount: 1 } as never).toFile(
    `${name}.xlsx`,
  )
}

export function TakeTable({ table, title }: { table: Table; title: string }) {
  const { lang, words } = useHere()
  const fig = figureWords(lang)
  const taking = useMutation({ mutationFn: (ending: 'csv' | 'xlsx') => take(table, ending, lang) })
  return (
    <>
      <p className="row wrap no-print take-table">
        {(['csv', 'xlsx'] as const).map((ending) => (
          <button key={ending} type="button" className="plain" onClick={() => taking.mutate(ending)}>
            {fig[ending]} <span className="hidden">{title}</span>
          </button>
        ))}
      </p>
      {taking.isError && <Failure error={taking.error} words={words} />}
    </>
  )
}
