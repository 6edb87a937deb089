/** The acts that give and end access to a case: what each does to the rows of `cases.access`, in the transaction of the act, and whom it tells. */
import type { NoticeInput } from '@tirek/contract/notices'
import { ROLES, type Role } from '@tirek/contract/roles'
import { ProblemError } from '@tirek/platform/problem'
import type { Row, Sql } from '@tirek/platform/database'
import { decide } from '@tirek/policy/decide'
import { answersOffer } from '@tirek/policy/policy'
import { MY } from '@tirek/policy/settings'
import { CARERS, type Access, type Standing } from '@tirek/policy/standing'
import type { RecordedAct } from '@tirek/procedure/case'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { randomUUID } from 'node:crypto'
import { peopleOf } from '../steps/people.ts'
import { ACCESS } from './as-person.ts'
import { notice, type OutboxRow } from './outbox.ts'
import type { CaseRow } from './pages.ts'

type AccessForm = { person?: string; parts?: readonly string[]; organisation?: string; act?: string; manager?: string }
type Given = Pick<Access, 'relation' | 'person' | 'organisation' | 'parts' | 'version'> & { id: string }
/** `ended`: ids of the rows that end now. */
export type AccessChange = { ended: readonly string[]; given: readonly Given[]; told: readonly OutboxRow[] }

/** Entered in error they could not be taken back: what followed from them has happened. */
const STAYS: readonly string[] = ['participation-ended', 'handed-over', 'hand-over-offered', 'hand-over-accepted', 'hand-over-declined']

/** CP-64: names the case that an offer is answered for, so that it may be written by who does not see it. `false`: nothing is offered. */
export async function nameOffered(sql: Sql, standing: Standing, caseId: string, kind: ActKind): Promise<boolean> {
  if (!answersOffer(kind)) return false
  const access = await sql(
    `SELECT * FROM cases.access WHERE case_id = $1 AND relation = 'hand-over-receiver' AND organisation = ${MY.organisation}`,
    [caseId],
  )
  const seen = { organisation: '', manager: null, first_person: '', stage: '', access: access as unknown as Access[] }
  if (!decide(standing, seen).mayRecord(kind)) return false
  await sql(`SELECT set_config('tirek.writes', $1, true)`, [caseId], 'writes')
  return true
}

/**
 * Why this person records nothing here; a case that they may not write is locked for nobody. What tells most: that the file has left, that the
 * offer was answered before, that another records this, or that there never was anything for them.
 */
export async function whyRefused(sql: Sql, standing: Standing, caseId: string, kind: ActKind): Promise<ProblemError> {
  const [found] = await sql(`SELECT c.*, ${ACCESS} FROM cases."case" c WHERE c.id = $1`, [caseId])
  const seen = found as CaseRow | undefined
  const relations = seen ? decide(standing, seen).relations : []
  const access: readonly { relation?: string }[] = seen
    ? seen.access
    : await sql(`SELECT g.relation FROM cases.access g WHERE g.case_id = $1 AND g.organisation = ${MY.organisation}`, [caseId])
  const was = (relation: Access['relation']) => access.some((one) => one.relation === relation)
  if (was('hand-over-sender') && relations.every((one) => one === 'hand-over-sender')) return new ProblemError('handed-over')
  const mayAnswer = seen !== undefined || standing.leads || standing.roles.has('supervisor')
  if (answersOffer(kind) && mayAnswer && was('hand-over-receiver')) return new ProblemError('no-offer')
  return new ProblemError(relations.length > 0 ? 'not-allowed' : 'not-found')
}

/** What the act changes; throws what speaks against it. The case is locked by now, so what is read here stays so. */
export async function accessChangeOf(sql: Sql, row: CaseRow, act: RecordedAct, form: unknown, now: number): Promise<AccessChange> {
  const { person, parts = [], organisation, act: withdrawn, manager } = form as AccessForm
  const kind = act.kind as ActKind
  if (kind === 'withdrawn') {
    const [one] = await sql('SELECT kind FROM cases.act WHERE case_id = $1 AND id = $2', [row.id, withdrawn])
    if (one && STAYS.includes(one['kind'] as string)) throw new ProblemError('cannot-be-withdrawn')
    return { ...NOTHING, ended: (await running(sql, row.id)).filter((one) => one['id'] === withdrawn).map(idOf) }
  }
  if (!CHANGES.has(kind)) return NOTHING
  const open = await running(sql, row.id)
  const offer = open.find((one) => one['relation'] === 'hand-over-receiver')
  const tell = (event: Event, about: Partial<NoticeInput>, whom: Whom[], to = event as string) =>
    notice(noticeOf(row, act, event, about, whom, to, now), row.version + 1, now)
  const toSender = (event: Event) => tell(event, {}, ['case-manager', 'supervisor'], 'sender')

  switch (kind) {
    case 'participant-invited': {
      const relation = await relationOf(sql, person!, row.organisation)
      if (relation === 'placement' && (parts.length !== 1 || parts[0] !== 'placement')) throw new ProblemError('placement-only')
      // Invited again: the new parts stand, the earlier ones end.
      const earlier = open.filter((one) => isInvitation(one) && one['person'] === person).map(idOf)
      const given: Given = {
        id: act.id,
        relation,
        person: person!,
        organisation: null,
        parts: relation === 'placement' ? [] : parts,
        version: null,
      }
      return {
        ended: earlier,
        given: [given],
        told: [tell('participant-invited', { people: { ...peopleOf(row), invited: person! } }, ['invited'])],
      }
    }
    case 'participation-ended': {
      const ended = open.filter((one) => isInvitation(one) && one['person'] === person).map(idOf)
      if (ended.length === 0) throw new ProblemError('no-such-participant')
      return { ...NOTHING, ended }
    }
    case 'handed-over':
      if (organisation !== row.organisation) throw new ProblemError('offer-first')
      return { ...NOTHING, ended: open.map(idOf) }
    case 'hand-over-offered': {
      if (offer) throw new ProblemError('offered-already')
      const [known] = await sql('SELECT 1 FROM directory.organisation_view WHERE id = $1 AND id <> $2', [organisation, row.organisation])
      if (!known) throw new ProblemError('no-such-organisation')
      return {
        ended: [],
        given: [{ id: act.id, relation: 'hand-over-receiver', person: null, organisation: organisation!, parts: [], version: null }],
        told: [tell('hand-over-offered', { organisation: organisation!, people: {} }, ['next-in-line', 'head'])],
      }
    }
    case 'hand-over-taken-back':
      if (!offer) throw new ProblemError('no-offer')
      return {
        ...NOTHING,
        ended: [idOf(offer)],
        told: [tell('hand-over-taken-back', { organisation: offer['organisation'] as string, people: {} }, ['next-in-line', 'head'])],
      }
    case 'hand-over-declined':
      if (!offer) throw new ProblemError('no-offer')
      return { ...NOTHING, ended: [idOf(offer)], told: [toSender('hand-over-declined')] }
    default: {
      if (!offer) throw new ProblemError('no-offer')
      const to = offer['organisation'] as string
      return {
        ended: open.map(idOf),
        // CP-64: those who led it before read on in what they wrote, up to here.
        given: [
          { id: randomUUID(), relation: 'hand-over-sender', person: null, organisation: row.organisation, parts: [], version: row.version },
        ],
        told: [
          toSender('hand-over-accepted'),
          tell('hand-over-received', { organisation: to, people: { caseManager: manager! } }, ['case-manager', 'supervisor'], 'receiver'),
        ],
      }
    }
  }
}

/** A case that ends needs nobody who was invited to it: their access ends with it. Opened again, it asks them anew. */
export async function endedWithCase(sql: Sql, caseId: string, change: AccessChange): Promise<AccessChange> {
  const invited = (await running(sql, caseId)).filter(isInvitation).map(idOf)
  const given = change.given.filter(({ relation }) => relation !== 'participant' && relation !== 'placement')
  return { ...change, given, ended: [...new Set([...change.ended, ...invited])] }
}

/** Written after the case itself: `organisation` is the one that leads it now. */
export async function writeAccess(sql: Sql, row: CaseRow, change: AccessChange, givenBy: string, now: number): Promise<void> {
  if (change.ended.length > 0)
    await sql('UPDATE cases.access SET until_at = greatest(from_at, $2) WHERE id = ANY($1) AND (until_at IS NULL OR until_at > $2)', [
      change.ended,
      now,
    ])
  for (const one of change.given)
    await sql(
      `INSERT INTO cases.access (id, case_id, relation, person, organisation, parts, from_at, version, given_by, of_organisation) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [one.id, row.id, one.relation, one.person, one.organisation, one.parts, now, one.version, givenBy, row.organisation],
    )
}

const NOTHING: AccessChange = { ended: [], given: [], told: [] }
const CHANGES: ReadonlySet<ActKind> = new Set<ActKind>([
  'participant-invited',
  'participation-ended',
  'handed-over',
  'hand-over-offered',
  'hand-over-accepted',
  'hand-over-declined',
  'hand-over-taken-back',
])

const idOf = (row: Row) => row['id'] as string
const isInvitation = (row: Row) => row['relation'] === 'participant' || row['relation'] === 'placement'

/** Rows that give access now. A file that was handed over before stays readable for who led it then. */
const running = (sql: Sql, caseId: string) =>
  sql(
    `SELECT id, relation, person, organisation FROM cases.access WHERE case_id = $1 AND relation <> 'hand-over-sender' AND (until_at IS NULL OR until_at > ${MY.now})`,
    [caseId],
  )

/** Who works with cases takes part in those of their organisation; a children's home worker, of whichever home, sees where the child lives. */
async function relationOf(sql: Sql, person: string, organisation: string): Promise<'participant' | 'placement'> {
  const [found] = await sql('SELECT role, organisation FROM directory.person_view WHERE id = $1 AND active', [person])
  if (found?.['role'] === ('childrens-home-worker' satisfies Role)) return 'placement'
  if (found && found['organisation'] === organisation && INVITED.includes(found['role'] as Role)) return 'participant'
  throw new ProblemError('cannot-be-invited')
}
/** A head decides, and reads no file. */
export const INVITED: readonly Role[] = CARERS.filter((role) => role !== 'head' && role in ROLES)

type Event = NonNullable<NoticeInput['event']>
type Whom = NoticeInput['steps'][number]['whom'][number]

function noticeOf(
  row: CaseRow,
  act: RecordedAct,
  event: Event,
  about: Partial<NoticeInput>,
  whom: Whom[],
  to: string,
  now: number,
): NoticeInput {
  const key = `${row.id}/${event}/${act.id}/${to}`
  return {
    key,
    caseId: row.id,
    caseNumber: row.number,
    organisation: row.organisation,
    programme: row.programme,
    rule: event === 'participant-invited' ? 'CP-19' : 'CP-64',
    row: event,
    deadlineKey: `${event}/${act.id}`,
    urgent: false,
    sendAt: now,
    event,
    people: peopleOf(row),
    steps: [{ key, do: 'remind', at: now, whom, repeat: 0 }],
    ...about,
  }
}
