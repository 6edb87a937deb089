/**
 * A table of as many lines as there are: only those near the screen stand in the page. Lines come page by page as one reads on. On a phone each
 * line is a card; of many columns on a desk too.
 */
import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import './tables.css'

export type LineCell = { text: string; shown?: ReactNode }
export type Line = { id: string; cells: readonly LineCell[]; struck?: boolean }

/** Tables of fewer lines are laid out whole: nothing is gained by more. */
const WHOLE_UP_TO = 60
/** More columns than these are lines of cards on a screen that is not wide. */
const WIDE = 11
/** A day, a time, a number: not broken at the end of a line. */
const WHOLE = /^[\d.:+ ]{6,16}$/
const features = tableFeatures({})
const helper = createColumnHelper<typeof features, Line>()

export type LongTableProps = {
  caption: string
  /** Each with the official Russian one. */
  captions: readonly { text: string; official: string }[]
  lines: readonly Line[]
  /** All of them, where it is known. */
  count?: number | undefined
  more?: (() => void) | undefined
}

export function LongTable({ caption, captions, lines, count, more }: LongTableProps) {
  const body = useRef<HTMLTableSectionElement>(null)
  const [top, setTop] = useState(0)
  const columns = captions.map(({ text }, n) => helper.display({ id: String(n), header: text }))
  const table = useTable({ features, columns, data: lines as Line[], getRowId: (line) => line.id }, () => null)
  const rows = table.getRowModel().rows
  const isWhole = lines.length <= WHOLE_UP_TO
  useLayoutEffect(() => setTop((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY), [])
  const virtual = useWindowVirtualizer<HTMLTableRowElement>({
    count: rows.length,
    estimateSize: () => 64,
    overscan: 12,
    scrollMargin: top,
    getItemKey: (n) => rows[n]?.id ?? n,
    enabled: !isWhole,
  })
  const shown = virtual.getVirtualItems()
  const last = isWhole ? rows.length - 1 : (shown.at(-1)?.index ?? -1)
  useNearEnd(last >= rows.length - 10 ? more : undefined, rows.length)
  const before = isWhole ? 0 : (shown[0]?.start ?? top) - top
  const after = isWhole ? 0 : virtual.getTotalSize() - ((shown.at(-1)?.end ?? top) - top)
  return (
    <table className={`journal long ${captions.length > WIDE ? 'wide' : ''}`} aria-rowcount={(count ?? (more ? -2 : rows.length)) + 1}>
      <caption className="hidden">{caption}</caption>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id} aria-rowindex={1}>
            {group.headers.map((header, n) => (
              <th key={header.id} scope="col">
                {captions[n]!.text}
                {captions[n]!.official !== captions[n]!.text && (
                  <small lang="ru" className="official">
                    {captions[n]!.official}
                  </small>
                )}
              </th>
            ))}
          </tr>
        ))}
      </thead>
      <tbody ref={body}>
        {before > 0 && <tr className="gap" aria-hidden="true" style={{ height: before }} />}
        {(isWhole ? rows.map((_, index) => ({ index })) : shown).map(({ index }) => {
          const row = rows[index]
          if (!row) return null
          return (
            <tr
              key={row.id}
              data-index={index}
              ref={isWhole ? undefined : virtual.measureElement}
              aria-rowindex={index + 2}
              className={row.original.struck ? 'withdrawn' : undefined}
            >
              {row.getAllCells().map((cell, n) => {
                const { text, shown: drawn } = row.original.cells[n] ?? { text: '' }
                const { text: caption, official } = captions[n]!
                return (
                  <td key={cell.id} data-caption={caption} className={text === '' ? 'empty-cell' : WHOLE.test(text) ? 'nowrap' : undefined}>
                    {official !== caption && text !== '' && (
                      <small lang="ru" className="official of-card">
                        {official}
                      </small>
                    )}
                    {drawn ?? text}
                  </td>
                )
              })}
            </tr>
          )
        })}
        {after > 0 && <tr className="gap" aria-hidden="true" style={{ height: after }} />}
      </tbody>
    </table>
  )
}

/** Asks for the next page once for each length of the list. */
function useNearEnd(more: (() => void) | undefined, length: number): void {
  const asked = useRef(-1)
  useEffect(() => {
    if (!more || asked.current === length) return
    asked.current = length
    more()
  }, [more, length])
}
