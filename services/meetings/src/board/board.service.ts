/** What people see of meetings: who comes, who does not, who is silent, who is needed, what became of each mail. */
import { Inject, Injectable } from '@nestjs/common'
import {
  MEETING_ACT_KINDS,
  MEETING_ACTS,
  type InviteeView,
  type MeetingActKind,
  type MeetingList,
  type MeetingPage,
  type MeetingSummary,
} from '@tirek/contract/meetings'
import type { CaseDecision } from '@tirek/contract/proceedings'
import { missing, outlivesCase, standingOf } from '@tirek/procedure/meetings/facts'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import { ProblemError } from '@tirek/platform/problem'
import { Trail } from '@tirek/platform/trail'
import type { EntityManager } from 'typeorm'
import type { InviteeEntity } from '../calling/invitee.entity.ts'
import { hasBegun, MeetingEntity } from '../calling/meeting.entity.ts'
import { Decisions, mayAct } from '@tirek/proceedings/decisions'
import { STANDS_FOR } from '../record/kind.ts'
import { answerOf, factsOf, inviteeOf, load, recipientsOf, type Loaded } from '../record/loaded.ts'
import { sqlOf, Store } from '@tirek/proceedings/store'
import { CLOCK } from '@tirek/proceedings/tokens'

/** Nobody is asked to come for a case that has ended. */
const CALLS_ANEW: readonly MeetingActKind[] = ['confirmed', 'moved', 'invited']
/** Steps that ask somebody to call. */
const CALLS = ['phone', 'unreachable']

@Injectable()
export class BoardService {
  constructor(
    @Inject(Store) private readonly store: Store,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(Trail) private readonly trail: Trail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Meetings of one case, the latest first. */
  async list(caseId: string, who: Who): Promise<MeetingList> {
    const decision = await this.decisions.mustSee(who, caseId)
    return this.store.asPerson(who.person, [caseId], async (tx) => {
      const found = await tx.find(MeetingEntity, { where: { caseId }, order: { startsAt: 'DESC' }, take: 200, select: { id: true } })
      const items: MeetingSummary[] = []
      for (const { id } of found) items.push(summaryOf((await load(tx, id))!, decision))
      await this.trail.record([{ who, what: 'read-meetings', why: decision.relations[0], caseId }], sqlOf(tx))
      return { items, mayCall: mayAct(decision, STANDS_FOR.meeting) && !decision.ended }
    })
  }

  /** A file of a protocol, for who sees the meeting. */
  async file(id: string, file: string, who: Who): Promise<{ name: string; type: string; stored: string }> {
    const caseId = await this.store.caseOf(id)
    if (!caseId) throw new ProblemError('not-found')
    const decision = await this.decisions.mustSee(who, caseId)
    return this.store.asPerson(who.person, [caseId], async (tx) => {
      const [found] = await sqlOf(tx)('SELECT name, type, stored FROM meetings.protocol_file WHERE id = $1 AND meeting = $2', [file, id])
      if (!found) throw new ProblemError('not-found')
      await this.trail.record([{ who, what: 'meeting-protocol-read', why: decision.relations[0], caseId, about: file }], sqlOf(tx))
      return found as { name: string; type: string; stored: string }
    })
  }

  async page(id: string, who: Who): Promise<MeetingPage> {
    const caseId = await this.store.caseOf(id)
    if (!caseId) throw new ProblemError('not-found')
    const decision = await this.decisions.mustSee(who, caseId)
    return this.store.asPerson(who.person, [caseId], async (tx) => {
      const loaded = await load(tx, id)
      if (!loaded) throw new ProblemError('not-found')
      await this.trail.record([{ who, what: 'read-meeting', why: decision.relations[0], caseId, about: id }], sqlOf(tx))
      return pageOf(loaded, decision, tx, this.clock.now())
    })
  }
}

const optional = <T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined)) as never

export function summaryOf(loaded: Loaded, { ended }: Pick<CaseDecision, 'ended'>): MeetingSummary {
  const { meeting, invitees } = loaded
  const facts = factsOf(loaded)
  const counts = { accepted: 0, declined: 0, tentative: 0, silent: 0, bounced: 0 }
  for (const one of facts.invitees) counts[standingOf(one)]++
  const { id, caseId, caseNumber, kind, state, version, startsAt, endsAt, place, video } = meeting
  return {
    ...{ id, caseId, caseNumber, kind, state, version, startsAt, endsAt },
    ...optional({ place, video }),
    counts: invitees.length === 0 ? { ...counts } : counts,
    missing: missing(facts.invitees).length,
    ...(ended && outlivesCase(facts) && { toCancel: true as const }),
  }
}

export async function pageOf(loaded: Loaded, decision: CaseDecision, tx: EntityManager, now: number): Promise<MeetingPage> {
  const { meeting, protocol } = loaded
  const sql = sqlOf(tx)
  const unmatched = await sql('SELECT reason, at, settled_as FROM meetings.unmatched WHERE meeting = $1 ORDER BY at DESC LIMIT 100', [
    meeting.id,
  ])
  const changes = await sql(
    'SELECT version, what, by, at, fields FROM meetings.change WHERE meeting = $1 ORDER BY version DESC LIMIT 100',
    [meeting.id],
  )
  const steps = await sql('SELECT key FROM meetings.step WHERE meeting = $1 AND "row" = ANY($2) AND spared IS NULL', [meeting.id, CALLS])
  const isMailOpen = unmatched.some((row) => row['settled_as'] === null)
  const [next] = await sql('SELECT id FROM meetings.meeting WHERE previous = $1 LIMIT 1', [meeting.id])
  const files = protocol
    ? await sql('SELECT id, name, type, sha256, size FROM meetings.protocol_file WHERE meeting = $1 AND version = $2 ORDER BY type', [
        meeting.id,
        protocol.version,
      ])
    : []
  const toCall = new Set(steps.map((row) => (row['key'] as string).split('/').at(-1)!))
  return {
    ...summaryOf(loaded, decision),
    agenda: meeting.agenda,
    ...(meeting.agreedBy && meeting.agreedDay && { agreement: { supervisor: meeting.agreedBy, day: meeting.agreedDay } }),
    calledBy: meeting.calledBy,
    ...optional({
      coordinator: meeting.coordinator,
      phone: meeting.phone,
      calledAt: meeting.calledAt,
      heldAt: meeting.heldAt,
      reason: meeting.reason,
      previous: meeting.previous,
      next: next?.['id'] as string | undefined,
    }),
    invitees: loaded.invitees.map((one) => inviteeView(loaded, one, toCall, decision)),
    unmatched: unmatched.map(({ reason, at, settled_as: settled }) => ({
      reason,
      at: Number(at),
      ...(settled && { settled }),
    })) as MeetingPage['unmatched'],
    ...(protocol && {
      protocol: {
        version: protocol.version,
        state: protocol.state,
        content: protocol.content,
        files: files as NonNullable<MeetingPage['protocol']>['files'],
        ...optional({
          number: protocol.number,
          approvedAt: protocol.approvedAt,
          approvedBy: protocol.approvedBy,
          changed: protocol.changed,
        }),
      },
    }),
    changes: changes.map(({ version, what, by, at, fields }) => ({ version, what, by, at: Number(at), fields })),
    allowedActs: MEETING_ACT_KINDS.filter((act) => isPossible(act, loaded, decision, now) && (isMailOpen || !act.startsWith('mail-'))),
  }
}

function isPossible(act: MeetingActKind, { meeting, protocol }: Loaded, decision: CaseDecision, now: number): boolean {
  if (!MEETING_ACTS[act].in.some((state) => state === meeting.state)) return false
  if (decision.ended && CALLS_ANEW.includes(act)) return false
  if (!mayAct(decision, STANDS_FOR[act.startsWith('protocol') ? 'protocol' : 'meeting'])) return false
  if (act === 'held' && !hasBegun(meeting, now)) return false
  const isApproved = protocol?.state === 'approved'
  if (act === 'protocol-corrected' || act === 'protocol-handed') return isApproved
  return !act.startsWith('protocol') || !isApproved
}

function inviteeView(loaded: Loaded, one: InviteeEntity, toCall: ReadonlySet<string>, decision: CaseDecision): InviteeView {
  // Where a family is reached, and what it said, tells where a child is.
  const seesFamily = one.who !== 'family' || decision.parts.includes('whereabouts')
  const { protocol, meeting, mails } = loaded
  const invitee = inviteeOf(loaded, one)
  const answer = answerOf(loaded, one)
  const standing = standingOf(invitee)
  const recipient = protocol?.approvedAt ? recipientsOf(loaded, protocol).find(({ id }) => id === one.id) : undefined
  return {
    id: one.id,
    who: one.who,
    name: one.name,
    ...optional({
      organisation: one.organisationName,
      phone: seesFamily ? one.phone : null,
      protocol: recipient?.state,
      code: codeOf(loaded, one, mayAct(decision, STANDS_FOR.protocol)),
    }),
    role: one.role,
    needed: one.needed,
    reach: invitee.reach,
    standing,
    ...(answer && { answer: { by: answer.by, at: answer.at, ...(answer.comment !== null && seesFamily && { comment: answer.comment }) } }),
    callThem: meeting.state === 'called' && (standing === 'silent' || standing === 'bounced') && toCall.has(one.id),
    mails: mails.filter(({ invitee: to }) => to === one.id).map(({ kind, state, at, copies }) => ({ kind, state, at, copies })),
  }
}

/** Until the file has been opened, or was handed over. */
function codeOf({ protocol, mails }: Loaded, { id }: InviteeEntity, mayTell: boolean): string | undefined {
  const recipient = protocol?.recipients.find(({ invitee }) => invitee === id)
  if (!mayTell || !recipient?.code || recipient.handed) return undefined
  const mail = mails.find((one) => one.invitee === id && one.protocolVersion === protocol?.version)
  return mail?.state === 'opened' || mail?.state === 'confirmed' ? undefined : recipient.code
}
