/** What a meeting may be called with: those who were asked to the last one of its kind, as far as the directory knows them still (CP-33). */
import { Inject, Injectable } from '@nestjs/common'
import type { NewInvitee } from '@tirek/contract/forms/meeting'
import type { MeetingProposal } from '@tirek/contract/meetings'
import type { Who } from '@tirek/platform/auth'
import { ProblemError } from '@tirek/platform/problem'
import { Trail } from '@tirek/platform/trail'
import { In } from 'typeorm'
import { Decisions, mayAct } from '@tirek/proceedings/decisions'
import { DirectoryViews } from '@tirek/proceedings/directory'
import { STANDS_FOR } from '../record/kind.ts'
import { load } from '../record/loaded.ts'
import { sqlOf, Store } from '@tirek/proceedings/store'
import type { InviteeEntity } from './invitee.entity.ts'
import { MeetingEntity } from './meeting.entity.ts'

@Injectable()
export class ProposalService {
  constructor(
    @Inject(Store) private readonly store: Store,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(DirectoryViews) private readonly directory: DirectoryViews,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  /** For who may call one. The last of this kind that was held, else the last that was held at all. */
  async of(caseId: string, kind: MeetingEntity['kind'], who: Who): Promise<MeetingProposal> {
    const decision = await this.decisions.mustSee(who, caseId)
    if (!mayAct(decision, STANDS_FOR.meeting)) throw new ProblemError('not-allowed')
    return this.store.asPerson(who.person, [caseId], async (tx) => {
      await this.trail.record([{ who, what: 'read-meetings', why: decision.relations[0], caseId }], sqlOf(tx))
      const [standing] = await tx.find(MeetingEntity, {
        where: { caseId, kind, state: In(['draft', 'called']) },
        order: { startsAt: 'ASC' },
        take: 1,
      })
      const held = await tx.find(MeetingEntity, { where: { caseId, state: 'held' }, order: { startsAt: 'DESC' }, take: 200 })
      const last = held.find((one) => one.kind === kind) ?? held[0]
      const invitees = last ? (await load(tx, last.id))!.invitees : []
      const known = await Promise.all(
        invitees.map((one) => this.#again(one, decision.organisation, decision.parts.includes('whereabouts'))),
      )
      const isSame = last?.kind === kind
      return {
        ...(standing && { standing: { id: standing.id, state: standing.state, startsAt: standing.startsAt } }),
        ...(last && { from: last.id }),
        agenda: isSame ? last!.agenda : [],
        ...(isSame && last?.place && { place: last.place }),
        ...(isSame && last?.video && { video: last.video }),
        ...(last?.phone && { phone: last.phone }),
        ...(isSame &&
          last?.coordinator &&
          (await this.directory.maySupervise(last.coordinator, decision.organisation)) && { coordinator: last.coordinator }),
        invitees: known.filter((one) => one !== undefined),
      }
    })
  }

  /** As the form asks for them; nobody whom the directory does not know any more. */
  async #again(one: InviteeEntity, organisation: string, seesFamily: boolean): Promise<NewInvitee | undefined> {
    const { role, needed } = one
    switch (one.who) {
      case 'family':
        return {
          who: 'family',
          name: one.name,
          ...(seesFamily && one.email && { email: one.email }),
          ...(seesFamily && one.phone && { phone: one.phone }),
          lang: one.lang,
          role,
          needed,
        }
      case 'agency':
        if (!(await this.directory.agency(one.of!, one.contact ?? undefined))) return undefined
        return { who: 'agency', agency: one.of!, ...(one.contact && { contact: one.contact }), role, needed }
      case 'person':
        return (await this.directory.person(one.of!, organisation)) ? { who: 'person', person: one.of!, role, needed } : undefined
    }
  }
}
