/**
 * `npm run pictures [-- folder [beginning of a name]]`: every document of the examples as PDF and DOCX, and as PNG where poppler-utils and LibreOffice
 * are installed. Forms and journals as PDF alone: their DOCX is made by the same printer as that of a protocol.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { agendaPdf } from './agenda.ts'
import { agenda, DOCUMENTS } from './examples/protocols.fixture.ts'
import { packet } from './examples/packets.fixture.ts'
import { formSheets } from './examples/forms.fixture.ts'
import { packetOf } from './packet/packet.ts'
import { pdfOf } from './pdf.ts'
import { REVIEW_REPORTS, REVIEW_SHEETS } from './examples/reviews.fixture.ts'
import { protocolDocx, protocolPdf } from './protocol/protocol.ts'
import { reportFile, sheetFile } from './review/papers.ts'

const folder = resolve(process.argv[2] ?? '.tirek/pictures')
const wanted = process.argv[3] ?? ''
mkdirSync(folder, { recursive: true })

const run = (program: string, args: string[]) => {
  const { error, status } = spawnSync(program, args, { cwd: folder, stdio: 'ignore', timeout: 120_000 })
  return !error && status === 0
}
const picture = (pdf: string, name: string) => run('pdftoppm', ['-png', '-r', '70', pdf, name])

const papers: Record<string, () => Promise<Buffer>> = {
  'agenda.pdf': () => agendaPdf(agenda),
  'packet.pdf': async () => (await packetOf(await packet())).bytes,
}
for (const [name, view] of Object.entries(DOCUMENTS)) {
  papers[`${name}.pdf`] = () => protocolPdf(view)
  papers[`${name}.docx`] = () => protocolDocx(view)
}
for (const ending of ['pdf', 'docx'] as const) {
  for (const [name, view] of Object.entries(REVIEW_REPORTS)) papers[`${name}.${ending}`] = () => reportFile(view, ending)
  for (const [name, view] of Object.entries(REVIEW_SHEETS)) papers[`${name}.${ending}`] = () => sheetFile(view, ending)
}
for (const [name, sheet] of Object.entries(formSheets())) papers[`${name}.pdf`] = () => pdfOf(sheet)
const missing = new Set<string>()
for (const [name, made] of Object.entries(papers)) {
  if (!name.startsWith(wanted)) continue
  // oxlint-disable-next-line no-await-in-loop -- one after the other: a picture takes all the machine has
  writeFileSync(join(folder, name), await made())
  if (name.endsWith('.docx')) {
    if (!run('soffice', ['--headless', '--convert-to', 'pdf:writer_pdf_Export', '--outdir', 'from-docx', name])) missing.add('LibreOffice')
    else if (!picture(join('from-docx', name.replace('.docx', '.pdf')), name)) missing.add('poppler-utils')
  } else if (!picture(name, name)) missing.add('poppler-utils')
}
console.log(`written to ${folder}${missing.size > 0 ? `; no pictures of some: ${[...missing].join(', ')} not installed` : ''}`)
