/** A signature stands on one page with at least the end of what it is for. */
import type { Block } from '@tirek/contract/prints'
import type { Content } from 'pdfmake'

/** Where the layout had come to before a block (its place among them), where that one or the one before is signed. */
export type Ends = Map<
  number,
  { page: number; /** Nothing stands above, and it is not the first page. */ isTop: boolean; /** Of the whole. */ pages: number }
>

/** Points between two blocks: above the second one, so that room for it never takes a page of its own. */
const APART: [number, number, number, number] = [0, 6, 0, 0]

/** Apart from what stands above, where it does not begin a page. */
export const spaced = ([first, ...others]: readonly Content[]): Content[] =>
  typeof first === 'object' && !('pageBreak' in first) ? [{ stack: [first], margin: APART }, ...others] : [first!, ...others]

/** Draws nothing and takes no room: of what stands in a table the printer does not tell the page. */
const end = (headlineLevel: number): Content => ({
  canvas: [{ type: 'line', x1: 0, y1: 0, x2: 0, y2: 0, lineWidth: 0.1, lineColor: 'white' }],
  margin: APART,
  headlineLevel,
})

/** What is drawn of a block, apart from the one before; where one of the two is signed, the place between them is told. */
export const withEnds = (signed: readonly boolean[], n: number, drawn: readonly Content[]): Content[] =>
  n === 0 ? [...drawn] : signed[n - 1] || signed[n] ? [end(n), ...drawn] : spaced(drawn)

/** `signed`: blocks to sign that stand on one page. Those above them that have to go to that page, where nothing else stands above. */
export const loneAmong = (blocks: readonly Block[], signed: readonly boolean[], ends: Ends): number[] =>
  blocks.flatMap((_, n) => {
    const before = ends.get(n)
    if (!signed[n] || !before) return []
    const page = ends.get(n + 1)?.page ?? before.pages
    if (page === before.page && !before.isTop) return []
    // Of several signatures after one another the first has to have it above.
    let above = n - 1
    while (above >= 0 && (signed[above] || blocks[above]!.kind === 'picture')) above--
    return above < 0 ? [] : [above]
  })
