/** A document as both printers take it: PDF and DOCX say the same, since they are made of the same sheet. */
import type { Block, Column } from '@tirek/contract/prints'
import type { Lang } from '@tirek/contract/roles'

/** A drawing as SVG text that draws nothing but paths and texts of ours. */
export type Drawn = { svg: string; /** px of the screen, as which it is drawn at the largest. */ width: number; height: number }

export type Sheet = {
  lang: Lang
  /** In the properties of the file and at the foot of each page: no person's name. */
  title: string
  /** Who issues it; empty on a blank form. */
  issuer: string
  /** Which appendix of which order the form is, as paper has it above the heading. */
  appendix?: string
  heading: readonly string[]
  /** Under the heading, the tables after them; in a PDF alone. */
  drawings?: readonly Drawn[]
  blocks: readonly Block[]
  /** When its content was final, ms UTC: the only time that gets into the file. */
  createdAt: number
  /** A journal: its table is wider than a page is. */
  isLandscape?: true
  /** For people who are not used to forms: larger letters. */
  isLarge?: true
}

/** A block as the one table that both printers print it as. */
export type Printed = {
  caption?: string
  columns: readonly Column[]
  rows: readonly (readonly string[])[]
  /** Empty rows after them. */
  pen?: number
  /** Of a row that is filled by hand: for how many lines there is room. */
  rowPens?: readonly number[]
  hasHead?: boolean
  isFirstBold?: boolean
  isToSign?: boolean
  /** RRGGBB. */
  fill?: string
}

/** Rows that stand on one page with the signature below them. */
export const ROWS_WITH_SIGNATURE = 2
/** Lines to write on by hand that stand on one page: fewer than these. */
export const MOST_PENS_KEPT = 10
/** Signed in a few lines, which stand on one page. A long list of people goes over pages, and begins under what it is for. */
export const isSigned = (block: Block | undefined): boolean =>
  block?.kind === 'signatures' && Math.max(block.rows.length, block.pen) < MOST_PENS_KEPT

export type Picture = Extract<Block, { kind: 'picture' }>
/** As wide as it may stand on a sheet, points. */
export const PICTURE_WIDTH = 200

export function printedOf(block: Exclude<Block, Picture>): Printed {
  switch (block.kind) {
    case 'facts':
      return {
        columns: [
          { title: '', width: 0.36 },
          { title: '', width: 0.64 },
        ],
        ...(block.caption !== undefined && { caption: block.caption }),
        rows: block.rows.map(({ caption, text }) => [caption, text]),
        rowPens: block.rows.map(({ pen = 1 }) => pen),
        isFirstBold: true,
      }
    case 'texts':
      return {
        caption: block.caption,
        columns: [{ title: '', width: 1 }],
        rows: block.texts.map((text, at) => [block.isNumbered ? `${at + 1}. ${text}` : text]),
        pen: block.texts.length === 0 ? block.pen : 0,
      }
    case 'table':
      return { ...block, hasHead: true, pen: block.rows.length === 0 ? block.pen : 0 }
    case 'signatures':
      return { ...block, hasHead: true, isToSign: true }
    case 'notice':
      return { columns: [{ title: '', width: 1 }], rows: [[block.texts.join('\n')]], fill: 'f2f2f2' }
  }
}
