/** A table as a workbook of one sheet. Its writer is loaded when somebody wants one. */
/** A text, which no spreadsheet takes for a formula whatever it begins with; a number; a local day (`2026-11-26`). */
export type XlsxCell = { text: string } | { number: number } | { day: string }

/** The longest text of a cell: more a spreadsheet refuses to open. */
const MOST_TEXT = 32_767
/** Characters that XML cannot hold. */
const UNWRITABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

const textCell = (text: string) => ({ value: text.replaceAll(UNWRITABLE, '\uFFFD').slice(0, MOST_TEXT), type: String, wrap: true })

function cellOf(cell: XlsxCell) {
  if ('number' in cell) return { value: cell.number, type: Number }
  if ('text' in cell) return cell.text === '' ? null : textCell(cell.text)
  return { value: new Date(`${cell.day}T00:00:00Z`), type: Date, format: 'dd.mm.yyyy' }
}

/** `sheet`: its name. Captions stand in bold and stay in sight. */
export async function xlsxOf(sheet: string, captions: readonly string[], rows: readonly (readonly XlsxCell[])[]): Promise<Buffer> {
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  const head = captions.map((caption) => ({ ...textCell(caption), fontWeight: 'bold' as const }))
  return writeXlsxFile(
    [head, ...rows.map((row) => row.map(cellOf))] as never,
    {
      // Thirty-one characters and none of these signs: more is no name of a sheet.
      sheet: sheet.replaceAll(/[\\/*?:[\]]/g, ' ').slice(0, 31),
      columns: captions.map((caption) => ({ width: Math.max(12, Math.min(40, caption.length + 4)) })),
      stickyRowsCount: 1,
    } as never,
  ).toBuffer()
}
