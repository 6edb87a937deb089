/** Files that a body hands in by the link of its mail, or a worker for it, before the answer that names them; and what a worker hands in for the packet. */
import { Inject, Injectable } from '@nestjs/common'
import type { ReferralFile, ReferralUpload, ReferralUploadNoted } from '@tirek/contract/referrals'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import { Uploads } from '@tirek/platform/files/uploads'
import { ProblemError } from '@tirek/platform/problem'
import { Trail } from '@tirek/platform/trail'
import { isAwaited } from '@tirek/procedure/referrals/facts'
import { Decisions, mayAct } from '@tirek/proceedings/decisions'
import { Store } from '@tirek/proceedings/store'
import { CLOCK, WORK } from '@tirek/proceedings/tokens'
import type { EntityManager } from 'typeorm'
import { mustHavePages } from '../documents/pages.ts'
import { STANDS_FOR } from '../record/kind.ts'
import { FileEntity } from '../record/parts.entities.ts'
import { ReferralEntity } from '../record/referral.entity.ts'
import { mustAllow } from '../record/state.ts'

/** So many are kept of one referral: more is no answer any more. Whoever holds a link leaves room for what a worker hands in. */
const KEPT = {
  link: { of: 'answer', most: 30 },
  person: { of: 'answer', most: 50 },
  packet: { of: 'document', most: 50 },
} as const
type For = keyof typeof KEPT

@Injectable()
export class UploadService {
  constructor(
    @Inject(WORK) private readonly work: Store,
    @Inject(Store) private readonly store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Uploads) private readonly uploads: Uploads,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  /** For who may write down what the body answered, or may refer. */
  async takeFrom(who: Who, referral: string, { for: wanted, ...upload }: ReferralUploadNoted): Promise<ReferralFile> {
    const caseId = await this.store.caseOf(referral)
    if (!caseId) throw new ProblemError('not-found')
    const decision = await this.decisions.mustSee(who, caseId)
    if (!mayAct(decision, wanted === 'packet' ? STANDS_FOR.referral : STANDS_FOR.answer)) throw new ProblemError('not-allowed')
    const { file } = await this.#take({ ...upload, referral }, wanted === 'packet' ? 'packet' : 'person')
    await this.trail.record([{ who, what: 'referral-file-kept', why: decision.relations[0], caseId, about: referral }])
    return file
  }

  /** By the link of a mail. */
  async takeByLink(upload: ReferralUpload): Promise<ReferralFile> {
    const { file, of } = await this.#take(upload, 'link')
    const who = { person: of.id, role: 'system', organisation: of.organisation } as const
    await this.trail.record([{ who, what: 'referral-file-kept', why: 'one-time-link', caseId: of.caseId, about: of.id }])
    return file
  }

  /** Judged by its content; sent again it is the same file. */
  async #take({ referral, key, name, claimed, content }: ReferralUpload, to: For): Promise<{ file: ReferralFile; of: ReferralEntity }> {
    await this.work.asItself((tx) => this.#known(tx, referral, key, to))
    const bytes = Buffer.from(content, 'base64')
    const kept = await this.uploads.take(bytes, { name, claimed, key })
    if (to === 'packet')
      await mustHavePages(bytes, kept.type).catch(async (refusal: unknown) => {
        await this.uploads.remove(kept.id)
        throw refusal
      })
    return this.work.asItself(async (tx) => {
      const { of, known } = await this.#known(tx, referral, key, to)
      const { id: stored, sha256, size, type } = kept
      const file = { id: key, name: kept.name, type, sha256, size }
      if (!known) await tx.insert(FileEntity, { ...file, referral, caseId: of.caseId, of: KEPT[to].of, stored, madeAt: this.clock.now() })
      return { file, of }
    })
  }

  /** Throws where nothing is awaited of the body any more, or its packet can take nothing more. */
  async #known(tx: EntityManager, referral: string, key: string, to: For): Promise<{ of: ReferralEntity; known: boolean }> {
    const found = await tx.findOne(ReferralEntity, { where: { id: referral }, lock: { mode: 'pessimistic_write' } })
    if (!found || (to !== 'packet' && !isAwaited(found.state))) throw new ProblemError('not-found')
    if (to === 'packet') mustAllow(found, 'document-added')
    const { of, most } = KEPT[to]
    const kept = await tx.find(FileEntity, { where: { referral, of }, select: { id: true } })
    const known = kept.some(({ id }) => id === key)
    if (!known && kept.length >= most) throw new ProblemError('file-too-many')
    return { of: found, known }
  }
}
