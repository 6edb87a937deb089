/** A thread that prints one sheet and ends: fonts and printers take time and memory that a service at rest does not have. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Sheet } from '../sheet.ts'

const { sheet, ending } = workerData as { sheet: Sheet; ending: 'pdf' | 'docx' }
const bytes = ending === 'pdf' ? await (await import('../pdf.ts')).pdfOf(sheet) : await (await import('../docx.ts')).docxOf(sheet)
parentPort!.postMessage(new Uint8Array(bytes))
