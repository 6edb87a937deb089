/** A document as both printers take it: PDF and DOCX say the same, since they are made of the same sheet. */
import type { Lang } from '@tirek/contract/roles'

export type Column = { title: string; /** Part of the width; all together make 1. */ width: number }

export type Block =
  /** Caption left, text right. Without a text there is room for the pen. */
  | { kind: 'facts'; rows: readonly { caption: string; text: string }[] }
  /** A caption with paragraphs below; `pen` empty lines where there are none. */
  | { kind: 'texts'; caption: string; texts: readonly string[]; isNumbered?: true; pen: number }
  /** `pen` empty rows where there are none. */
  | { kind: 'table'; caption: string; columns: readonly Column[]; rows: readonly (readonly string[])[]; pen: number }
  /** One line each to sign on, and `pen` lines for those who are not named. */
  | { kind: 'signatures'; caption: string; columns: readonly Column[]; rows: readonly (readonly string[])[]; pen: number }
  /** Stands apart from the form: what a correction changed. */
  | { kind: 'notice'; texts: readonly string[] }

export type Sheet = {
  lang: Lang
  /** In the properties of the file and at the foot of each page: no person's name. */
  title: string
  /** Who issues it. */
  issuer: string
  heading: readonly string[]
  blocks: readonly Block[]
  /** When its content was final, ms UTC: the only time that gets into the file. */
  createdAt: number
}
