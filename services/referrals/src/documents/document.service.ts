/** Documents that go with a referral besides what the system holds (CP-54): added and taken out while its packet can still be made. */
import { Inject, Injectable } from '@nestjs/common'
import type { ReferralDocumentAdded, ReferralDocumentRemoved } from '@tirek/contract/forms/referral'
import { MOST_PACKET } from '@tirek/documents/packet/packet'
import type { Who } from '@tirek/platform/auth'
import { Uploads } from '@tirek/platform/files/uploads'
import { ProblemError } from '@tirek/platform/problem'
import { Changes, type Asked } from '@tirek/proceedings/changes'
import { Decisions, mayAct } from '@tirek/proceedings/decisions'
import { sqlOf, Store } from '@tirek/proceedings/store'
import { In, type EntityManager } from 'typeorm'
import { STANDS_FOR, type Answer, type ReferralChanges } from '../record/kind.ts'
import { FileEntity } from '../record/parts.entities.ts'
import { badField, edited, mustAllow } from '../record/state.ts'
import { bytesOf, mustHavePages } from './pages.ts'

@Injectable()
export class DocumentService {
  constructor(
    @Inject(Changes) private readonly changes: ReferralChanges,
    @Inject(Store) private readonly store: Store,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(Uploads) private readonly uploads: Uploads,
  ) {}

  async add(id: string, version: number, form: ReferralDocumentAdded, asked: Asked): Promise<Answer> {
    await this.#look(id, form.file, asked.who)
    return this.changes.on(id, { what: 'document-added', stands: STANDS_FOR.referral, version, form }, asked, async (change) => {
      const { tx, loaded } = change
      const { referral } = loaded
      mustAllow(referral, 'document-added')
      const file = await documentOf(tx, referral.caseId, form.file)
      if (!file) throw badField(['form', 'file'], 'not-of-case')
      const before = referral.documents.map((one) => one.file)
      if (before.includes(form.file)) throw badField(['form', 'file'], 'added-already')
      const others = await tx.find(FileEntity, { where: { id: In(before) } })
      if ([file, ...others].reduce((sum, { size }) => sum + size, 0) > MOST_PACKET) throw new ProblemError('packet-too-large')
      referral.documents.push(form)
      edited(change)
    })
  }

  /** The file itself goes with the others that nothing names, unless a packet that went out holds it. */
  remove(id: string, version: number, form: ReferralDocumentRemoved, asked: Asked): Promise<Answer> {
    return this.changes.on(id, { what: 'document-removed', stands: STANDS_FOR.referral, version, form }, asked, async (change) => {
      const { referral } = change.loaded
      mustAllow(referral, 'document-removed')
      const left = referral.documents.filter(({ file }) => file !== form.file)
      if (left.length === referral.documents.length) throw badField(['form', 'file'], 'not-of-case')
      referral.documents = left
      edited(change)
    })
  }

  /** What was handed in with an answer need not be anything that has pages. It is read while nothing is locked. */
  async #look(id: string, file: string, who: Who): Promise<void> {
    const caseId = await this.store.caseOf(id)
    if (!caseId) throw new ProblemError('not-found')
    if (!mayAct(await this.decisions.mustSee(who, caseId), STANDS_FOR.referral)) throw new ProblemError('not-allowed')
    const found = await this.store.asPerson(who.person, [caseId], (tx) => documentOf(tx, caseId, file))
    if (found?.of === 'answer') await mustHavePages(await bytesOf(this.uploads, found), found.type)
  }
}

/** A file of the case that may become a document: handed in for a packet, or named by an answer to one of its referrals. */
async function documentOf(tx: EntityManager, caseId: string, id: string): Promise<FileEntity | null> {
  const file = await tx.findOne(FileEntity, { where: { id, caseId } })
  if (file?.of !== 'answer') return file?.of === 'document' ? file : null
  const [named] = await sqlOf(tx)(`SELECT 1 FROM referrals.answer WHERE referral = $1 AND content->'files' ? $2`, [file.referral, id])
  return named ? file : null
}
