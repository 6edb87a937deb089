/** `npm run pictures [-- folder]`: every document of the examples as PDF and DOCX, and as PNG where poppler-utils and LibreOffice are installed. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { agendaPdf } from './agenda.ts'
import { agenda, DOCUMENTS } from './examples/protocols.fixture.ts'
import { packet } from './examples/packets.fixture.ts'
import { packetOf } from './packet/packet.ts'
import { REVIEW_REPORTS, REVIEW_SHEETS } from './examples/reviews.fixture.ts'
import { protocolDocx, protocolPdf } from './protocol/protocol.ts'
import { reportFile, sheetFile } from './review/papers.ts'

const folder = resolve(process.argv[2] ?? '.tirek/pictures')
mkdirSync(folder, { recursive: true })

const run = (program: string, args: string[]) => {
  const { error, status } = spawnSync(program, args, { cwd: folder, stdio: 'ignore', timeout: 120_000 })
  return !error && status === 0
}
const picture = (pdf: string, name: string) => run('pdftoppm', ['-png', '-r', '70', pdf, name])

const files: [string, Buffer][] = [['agenda.pdf', await agendaPdf(agenda)]]
for (const [name, view] of Object.entries(DOCUMENTS))
  files.push([`${name}.pdf`, await protocolPdf(view)], [`${name}.docx`, await protocolDocx(view)])
files.push(['packet.pdf', (await packetOf(await packet())).bytes])
for (const ending of ['pdf', 'docx'] as const) {
  for (const [name, view] of Object.entries(REVIEW_REPORTS)) files.push([`${name}.${ending}`, await reportFile(view, ending)])
  for (const [name, view] of Object.entries(REVIEW_SHEETS)) files.push([`${name}.${ending}`, await sheetFile(view, ending)])
}
const missing = new Set<string>()
for (const [name, bytes] of files) {
  writeFileSync(join(folder, name), bytes)
  if (name.endsWith('.docx')) {
    if (!run('soffice', ['--headless', '--convert-to', 'pdf:writer_pdf_Export', '--outdir', 'from-docx', name])) missing.add('LibreOffice')
    else if (!picture(join('from-docx', name.replace('.docx', '.pdf')), name)) missing.add('poppler-utils')
  } else if (!picture(name, name)) missing.add('poppler-utils')
}
console.log(`written to ${folder}${missing.size > 0 ? `; no pictures of some: ${[...missing].join(', ')} not installed` : ''}`)
