/** The papers of a review as files. Same view, same bytes. */
import { docxOf } from '../docx.ts'
import { pdfOf } from '../pdf.ts'
import { reportSheet, reviewSheet } from './sheets.ts'
import type { ReviewReportView, ReviewSheetView } from './view.ts'

type Ending = 'pdf' | 'docx'
const printed = { pdf: pdfOf, docx: docxOf }

/** CP-52: the report that the case manager hands in. */
export const reportFile = (view: ReviewReportView, ending: Ending): Promise<Buffer> => printed[ending](reportSheet(view))

/** CP-55: the numbered sheet of the plan. */
export const sheetFile = (view: ReviewSheetView, ending: Ending): Promise<Buffer> => printed[ending](reviewSheet(view))
