/** The protocol as files. Same view, same bytes: their SHA-256 may be kept. */
import { fileNameOf } from '../file-name.ts'
import { pdfOf } from '../pdf.ts'
import { protocolSheet } from './sheet.ts'
import type { ProtocolView } from './view.ts'
import { WORDS } from './words.ts'

/** A4, embedded fonts, final. */
export const protocolPdf = (view: ProtocolView): Promise<Buffer> => pdfOf(protocolSheet(view))

/** The same to be edited and signed on paper. */
export const protocolDocx = async (view: ProtocolView): Promise<Buffer> => (await import('../docx.ts')).docxOf(protocolSheet(view))

/** `Протокол_№42_2026-11-25.pdf`; a correction ends with `_v2`. */
export const protocolFileName = ({ lang, number, day, version }: ProtocolView, ending: 'pdf' | 'docx'): string =>
  fileNameOf([WORDS.protocol[lang], `№${number}`, day, ...(version > 1 ? [`v${version}`] : [])], ending)
