/** A packet is made (CP-54): printed first, which takes seconds, then kept in the act. Nothing is locked meanwhile. */
import { Inject, Injectable } from '@nestjs/common'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import { ProblemError } from '@tirek/platform/problem'
import { dayOf } from '@tirek/procedure/time'
import { Changes, type Asked } from '@tirek/proceedings/changes'
import { Decisions, mayAct } from '@tirek/proceedings/decisions'
import { sqlOf, Store } from '@tirek/proceedings/store'
import { CLOCK } from '@tirek/proceedings/tokens'
import type { EntityManager } from 'typeorm'
import { STANDS_FOR, type Answer, type ReferralChanges } from '../record/kind.ts'
import { load, type Loaded } from '../record/loaded.ts'
import { ReferralEntity } from '../record/referral.entity.ts'
import { mustAllow } from '../record/state.ts'
import { Packets, type Printed } from './packets.ts'

@Injectable()
export class PacketService {
  constructor(
    @Inject(Changes) private readonly changes: ReferralChanges,
    @Inject(Packets) private readonly packets: Packets,
    @Inject(Store) private readonly store: Store,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async make(id: string, version: number, asked: Asked): Promise<Answer> {
    const printed = await this.#print(id, version, asked.who)
    try {
      return await this.changes.on(id, { what: 'packet-made', stands: STANDS_FOR.referral, version, form: {} }, asked, async (change) => {
        mustAllow(change.loaded.referral, 'packet-made')
        if (!printed) throw new ProblemError('stale', { more: { version, changes: [] } })
        await this.packets.keep(change, printed)
      })
    } finally {
      if (printed) await this.packets.unlessKept(printed)
    }
  }

  /** Nothing where it is another version by now: the act says which, or answers as before. */
  async #print(id: string, version: number, who: Who): Promise<Printed | undefined> {
    const caseId = await this.store.caseOf(id)
    if (!caseId) throw new ProblemError('not-found')
    const decision = await this.decisions.mustSee(who, caseId)
    if (!mayAct(decision, STANDS_FOR.referral)) throw new ProblemError('not-allowed')
    const now = this.clock.now()
    const loaded = await this.store.asWriter(who.person, [caseId], async (tx): Promise<Loaded | undefined> => {
      const found = await load(tx, id, true)
      if (found?.referral.version !== version) return undefined
      mustAllow(found.referral, 'packet-made')
      found.referral.organisation = decision.organisation
      await number(tx, found.referral, now)
      return found
    })
    return loaded && this.packets.print({ loaded, decision, who, now })
  }
}

/** `15/2026`, by organisation and year, without a gap: a packet that could not be made leaves its number with the referral. */
async function number(tx: EntityManager, referral: ReferralEntity, now: number): Promise<void> {
  if (referral.outgoing !== null) return
  const year = Number(dayOf(now).slice(0, 4))
  const [row] = await sqlOf(tx)(
    `INSERT INTO referrals.counter (organisation, year, last) VALUES ($1, $2, 1)
     ON CONFLICT (organisation, year) DO UPDATE SET last = referrals.counter.last + 1 RETURNING last`,
    [referral.organisation, year],
  )
  referral.outgoing = `${Number(row!['last'])}/${year}`
  await tx.update(ReferralEntity, { id: referral.id }, { outgoing: referral.outgoing })
}
