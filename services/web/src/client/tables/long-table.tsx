/**
 * A table of as many lines as there are: only those near the screen stand in the page. Lines come page by page as one reads on. On a phone each
 * line is a card; of many columns on a desk too.
 */
import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import './tables.css'

export type LineCell = { text: string; shown?: ReactNode }
export type Line = { id: string; cells: readonly LineCell[]; struck?: boolean }

/** Tables of fewer lines are laid out whole: nothing is gained by more. */
const WHOLE_UP_TO = 60
/** More columns than these are lines of cards on a screen that is not wide. */
const WIDE = 11
/** A day, a time, a number: not broken at the end of a line. */
const WHOLE = /^[\d.:+ ]{6,16}$/
/** So far beyond the screen lines stand ready: a thrown list is drawn by then. */
const BEYOND_PX = 1_200
const features = tableFeatures({})
const helper = createColumnHelper<typeof features, Line>()

/** The lines of a list that comes page by page: each page's are made once, not all of them anew with each one that comes. */
export function ofEachPage<Item>(lineOf: (item: Item) => Line): (page: { items: readonly Item[] }) => readonly Line[] {
  const known = new WeakMap<object, readonly Line[]>()
  return (page) => {
    const lines = known.get(page) ?? page.items.map(lineOf)
    known.set(page, lines)
    return lines
  }
}

type Caption = { text: string; official: string }

export type LongTableProps = {
  caption: string
  /** Each with the official Russian one. The same array as long as nothing changed: lines that stand are not drawn again then. */
  captions: readonly Caption[]
  lines: readonly Line[]
  /** All of them, where it is known. */
  count?: number | undefined
  more?: (() => void) | undefined
}

/** Of the lines that stand first in the page: where they begin, what is between two, how high one is. */
type Place = { top: number; gap: number; height: number }
const UNKNOWN: Place = { top: 0, gap: 0, height: 64 }

export function LongTable({ caption, captions, lines, count, more }: LongTableProps) {
  const body = useRef<HTMLTableSectionElement>(null)
  const [place, setPlace] = useState(UNKNOWN)
  const columns = useMemo(() => captions.map(({ text }, n) => helper.display({ id: String(n), header: text })), [captions])
  const table = useTable({ features, columns, data: lines as Line[], getRowId: idOfLine }, nothing)
  const rows = table.getRowModel().rows
  const isWhole = lines.length <= WHOLE_UP_TO
  const virtual = useWindowVirtualizer<HTMLTableRowElement>({
    count: rows.length,
    estimateSize: () => place.height,
    overscan: Math.ceil(BEYOND_PX / place.height),
    scrollMargin: place.top,
    gap: place.gap,
    // The same function while the lines are the same: with another one all ten thousand are laid out anew.
    getItemKey: useCallback((n: number) => lines[n]?.id ?? n, [lines]),
    enabled: !isWhole,
    // Lines stand ready beyond the screen: a frame need not wait for the next ones.
    useFlushSync: false,
  })
  const shown = virtual.getVirtualItems()
  const isDrawn = shown.length > 0
  const width = useWidth()
  useLayoutEffect(() => {
    if (!isDrawn || !body.current) return
    const drawn = [...body.current.querySelectorAll<HTMLTableRowElement>('tr[data-index]')]
    setPlace(placeOf(body.current, drawn))
    virtual.measure()
    drawn.forEach(virtual.measureElement)
  }, [isDrawn, width, virtual])
  const last = isWhole ? rows.length - 1 : (shown.at(-1)?.index ?? -1)
  useNearEnd(last >= rows.length - 10 ? more : undefined, rows.length)
  const before = isWhole ? 0 : (shown[0]?.start ?? place.top) - place.top
  const after = isWhole ? 0 : virtual.getTotalSize() - ((shown.at(-1)?.end ?? place.top) - place.top)
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
            <LineRow
              key={row.id}
              line={row.original}
              index={index}
              captions={captions}
              measure={isWhole ? undefined : virtual.measureElement}
            />
          )
        })}
        {after > 0 && <tr className="gap" aria-hidden="true" style={{ height: after }} />}
      </tbody>
    </table>
  )
}

const idOfLine = (line: Line): string => line.id
const nothing = () => null

/** Drawn once, however far one scrolls while it stands. */
const LineRow = memo(function LineRow({
  line,
  index,
  captions,
  measure,
}: {
  line: Line
  index: number
  captions: readonly Caption[]
  measure: ((row: HTMLTableRowElement | null) => void) | undefined
}) {
  return (
    <tr ref={measure} data-index={index} aria-rowindex={index + 2} className={line.struck ? 'withdrawn' : undefined}>
      {captions.map(({ text: caption, official }, n) => {
        const { text, shown } = line.cells[n] ?? { text: '' }
        return (
          <td key={n} data-caption={caption} className={text === '' ? 'empty-cell' : WHOLE.test(text) ? 'nowrap' : undefined}>
            {official !== caption && text !== '' && (
              <small lang="ru" className="official of-card">
                {official}
              </small>
            )}
            {shown ?? text}
          </td>
        )
      })}
    </tr>
  )
})

function placeOf(body: HTMLTableSectionElement, drawn: readonly HTMLTableRowElement[]): Place {
  const [first] = drawn
  if (!first) return UNKNOWN
  return {
    top: body.getBoundingClientRect().top + window.scrollY,
    gap: Number.parseFloat(getComputedStyle(first).marginBottom) || 0,
    height: Math.round(drawn.reduce((all, row) => all + row.offsetHeight, 0) / drawn.length),
  }
}

/** Of the window: with another one lines have other heights. Bars of a phone that come and go leave it as it is. */
function useWidth(): number {
  const [width, setWidth] = useState(() => window.innerWidth)
  useEffect(() => {
    const look = () => setWidth(window.innerWidth)
    window.addEventListener('resize', look)
    return () => window.removeEventListener('resize', look)
  }, [])
  return width
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
