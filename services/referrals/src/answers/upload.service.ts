/** Files that a body hands in by the link of its mail, or a worker for it, before the answer that names them. */
import { Inject, Injectable } from '@nestjs/common'
import type { ReferralFile, ReferralUpload } from '@tirek/contract/referrals'
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
import { STANDS_FOR } from '../record/kind.ts'
import { FileEntity } from '../record/parts.entities.ts'
import { ReferralEntity } from '../record/referral.entity.ts'

/** So many are kept of one referral: more is no answer any more. Whoever holds a link leaves room for what a worker hands in. */
const MOST_KEPT = { link: 30, person: 50 } as const
type By = keyof typeof MOST_KEPT

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

  /** For who may write down what the body answered. */
  async takeFrom(who: Who, upload: ReferralUpload): Promise<ReferralFile> {
    const caseId = await this.store.caseOf(upload.referral)
    if (!caseId) throw new ProblemError('not-found')
    const decision = await this.decisions.mustSee(who, caseId)
    if (!mayAct(decision, STANDS_FOR.answer)) throw new ProblemError('not-allowed')
    const { file } = await this.#take(upload, 'person')
    await this.trail.record([{ who, what: 'referral-file-kept', why: decision.relations[0], caseId, about: upload.referral }])
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
  async #take({ referral, key, name, claimed, content }: ReferralUpload, by: By): Promise<{ file: ReferralFile; of: ReferralEntity }> {
    await this.work.asItself((tx) => this.#known(tx, referral, key, by))
    const kept = await this.uploads.take(Buffer.from(content, 'base64'), { name, claimed, key })
    return this.work.asItself(async (tx) => {
      const { of, known } = await this.#known(tx, referral, key, by)
      const { id: stored, sha256, size, type } = kept
      const file = { id: key, name: kept.name, type, sha256, size }
      if (!known) await tx.insert(FileEntity, { ...file, referral, caseId: of.caseId, of: 'answer', stored, madeAt: this.clock.now() })
      return { file, of }
    })
  }

  /** Throws where nothing is awaited of the body any more. */
  async #known(tx: EntityManager, referral: string, key: string, by: By): Promise<{ of: ReferralEntity; known: boolean }> {
    const of = await tx.findOne(ReferralEntity, { where: { id: referral }, lock: { mode: 'pessimistic_write' } })
    if (!of || !isAwaited(of.state)) throw new ProblemError('not-found')
    const kept = await tx.find(FileEntity, { where: { referral, of: 'answer' }, select: { id: true } })
    const known = kept.some(({ id }) => id === key)
    if (!known && kept.length >= MOST_KEPT[by]) throw new ProblemError('file-too-many')
    return { of, known }
  }
}
