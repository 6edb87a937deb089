/** The files of a protocol: made once when a version is approved, kept, and the same bytes ever after. */
import type { MailAttachment } from '@tirek/contract/mails'
import { protocolDocx, protocolFileName, protocolPdf } from '@tirek/documents/protocol/protocol'
import type { FileStore } from '@tirek/platform/files/file-store'
import { ProblemError } from '@tirek/platform/problem'
import { randomUUID } from 'node:crypto'
import type { Changing } from '../record/kind.ts'
import { sqlOf, type Store } from '@tirek/proceedings/store'
import type { ProtocolEntity } from './protocol.entity.ts'
import type { ProtocolViews } from './view.ts'

const TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const
export type ProtocolFile = { id: string; name: string; type: MailAttachment['type']; sha256: string; size: number }
type Stored = ProtocolFile & { stored: string }

export class ProtocolFiles {
  readonly #files: FileStore
  readonly #work: Store
  readonly #views: ProtocolViews

  constructor(files: FileStore, work: Store, views: ProtocolViews) {
    this.#files = files
    this.#work = work
    this.#views = views
  }

  /** PDF and DOCX of a version that is approved in this transaction. */
  async make(change: Changing, protocol: ProtocolEntity): Promise<ProtocolFile[]> {
    const view = await this.#views.of(change, protocol)
    const bytes = { pdf: await protocolPdf(view), docx: await protocolDocx(view) }
    const made: ProtocolFile[] = []
    for (const ending of ['pdf', 'docx'] as const) {
      const id = randomUUID()
      const { id: stored, sha256, size } = await this.#files.put(bytes[ending], { type: TYPES[ending], key: id })
      const file = { id, name: protocolFileName(view, ending), type: TYPES[ending], sha256, size }
      await change.sql(
        'INSERT INTO meetings.protocol_file (id, meeting, case_id, version, stored, name, type, sha256, size) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
        [id, protocol.meeting, protocol.caseId, protocol.version, stored, file.name, file.type, sha256, size],
      )
      made.push(file)
    }
    return made
  }

  /** A file as mail takes it. */
  async attachment(id: string): Promise<MailAttachment> {
    const [file] = (await this.#work.asItself((tx) =>
      sqlOf(tx)('SELECT id, name, type, sha256, size, stored FROM meetings.protocol_file WHERE id = $1', [id]),
    )) as Stored[]
    if (!file) throw new ProblemError('not-found')
    return { name: file.name, type: file.type, sha256: file.sha256, content: (await this.#files.get(file.stored)).toString('base64') }
  }
}
