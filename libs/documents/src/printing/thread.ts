/** A thread that prints sheets one after another: fonts and printers take time and memory that a service at rest does not have. */
import { parentPort } from 'node:worker_threads'
import type { Asked } from './printer.ts'

// What goes wrong ends the thread: whoever asked is told, and nothing half done is used again.
parentPort!.on('message', async ({ sheet, ending }: Asked) => {
  const bytes = ending === 'pdf' ? await (await import('../pdf.ts')).pdfOf(sheet) : await (await import('../docx.ts')).docxOf(sheet)
  parentPort!.postMessage(new Uint8Array(bytes))
})
