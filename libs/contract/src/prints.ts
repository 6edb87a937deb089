/** What a document is printed from, as one service hands it to another: tables and texts without looks, already in words of one language. */
import { z } from 'zod'
import { KINDS } from './acts.ts'
import { Uuid } from './forms/fields.ts'
import { AskedBy } from './proceedings.ts'
import { Lang } from './roles.ts'

const Text = z.string()
const Column = z.strictObject({ title: Text, /** Part of the width; all together make 1. */ width: z.number().positive().max(1) })
export type Column = z.infer<typeof Column>
const Rows = z.array(z.array(Text).readonly()).readonly()
/** `caption`: over all columns, where the heading does not say it. */
const Tabled = { caption: Text.optional(), columns: z.array(Column).readonly(), rows: Rows, pen: z.number().int().nonnegative() }

/** One part of a document, printed as a table. */
export const Block = z.discriminatedUnion('kind', [
  /** Caption left, text right. Without a text there is room for the pen: `pen` lines, else one. `caption`: over all of them. */
  z.strictObject({
    kind: z.literal('facts'),
    caption: Text.optional(),
    rows: z.array(z.strictObject({ caption: Text, text: Text, pen: z.number().int().positive().optional() })).readonly(),
  }),
  /** A caption with paragraphs below; `pen` empty lines where there are none. */
  z.strictObject({
    kind: z.literal('texts'),
    caption: Text,
    texts: z.array(Text).readonly(),
    isNumbered: z.literal(true).optional(),
    pen: z.number().int().nonnegative(),
  }),
  /** `pen` empty rows where there are none. */
  z.strictObject({ kind: z.literal('table'), ...Tabled }),
  /** One line each to sign on, and `pen` lines for those who are not named. */
  z.strictObject({ kind: z.literal('signatures'), ...Tabled }),
  /** A small picture, e.g. a signature: PNG as base64, its pixels, and what is said below it. */
  z.strictObject({
    kind: z.literal('picture'),
    caption: Text,
    png: z.base64().max(700_000),
    width: z.number().int().positive(),
    height: z.number().int().positive(),
    note: Text,
  }),
  /** Stands apart from the form: what a correction changed. */
  z.strictObject({ kind: z.literal('notice'), texts: z.array(Text).readonly() }),
])
export type Block = z.infer<typeof Block>

/** Asked of the cases service for a packet: acts of one case as documents, by the rights of this person. */
export const PrintsAsked = z
  .strictObject({
    who: AskedBy,
    caseId: Uuid,
    lang: Lang,
    /** Absent: the newest report of the comprehensive assessment and the newest plan. */
    acts: z.array(Uuid).min(1).max(30).optional(),
  })
  .meta({ id: 'PrintsAsked' })
export type PrintsAsked = z.infer<typeof PrintsAsked>

export const Print = z
  .strictObject({
    act: Uuid,
    kind: z.enum(KINDS),
    /** Of the document; no person's name. */
    title: Text,
    /** `YYYY-MM-DD`, when it was done. */
    day: z.iso.date(),
    /** When it was recorded, ms UTC: the time that a file of it carries. */
    recordedAt: z.number().int(),
    blocks: z.array(Block),
  })
  .meta({ id: 'Print' })
export type Print = z.infer<typeof Print>

export const Prints = z
  .strictObject({
    /** Who the child is, for the cover letter. */
    child: z.strictObject({ name: Text, birthDay: z.iso.date().optional(), fileNumber: Text }),
    items: z.array(Print),
  })
  .meta({ id: 'Prints' })
export type Prints = z.infer<typeof Prints>
