/** Who has access to a case, whom one may invite, and the files offered to an organisation. */
import type { CaseAccess, Invitable, OfferedFile } from '@tirek/contract/access'
import type { Who } from '@tirek/platform/auth'
import type { Trail } from '@tirek/platform/trail'
import type { Action } from '@tirek/policy/policy'
import { ACCESS, mustMay, type AsPerson, type Seeing } from '../record/as-person.ts'
import { INVITED } from '../record/access-acts.ts'
import type { CaseRow } from '../record/pages.ts'

export class AccessPages {
  readonly #trail: Trail
  readonly #asPerson: AsPerson

  constructor(trail: Trail, asPerson: AsPerson) {
    this.#trail = trail
    this.#asPerson = asPerson
  }

  async access(caseId: string, who: Who): Promise<CaseAccess> {
    const { db, standing } = await this.#open(caseId, who, 'read-access')
    const rows = await db.query(
      `SELECT g.id, g.relation, g.person, g.organisation, g.parts, g.from_at, g.until_at, p.name, p.role FROM cases.access g LEFT JOIN directory.person_view p ON p.id = g.person
        WHERE g.case_id = $1 AND g.relation <> 'hand-over-sender' AND g.from_at <= $2 AND (g.until_at IS NULL OR g.until_at > $2) ORDER BY g.from_at, g.id`,
      [caseId, standing.now],
      'case-access',
    )
    const offer = rows.find((row) => row['relation'] === 'hand-over-receiver')
    return {
      participants: rows
        .filter((row) => row['relation'] === 'participant' || row['relation'] === 'placement')
        .map((row) => ({
          act: row['id'],
          person: row['person'],
          name: row['name'],
          role: row['role'],
          relation: row['relation'],
          parts: row['relation'] === 'placement' ? ['placement'] : row['parts'],
          from: row['from_at'],
        })),
      openings: rows
        .filter((row) => row['relation'] === 'break-glass')
        .map((row) => ({ person: row['person'], name: row['name'], from: row['from_at'], until: row['until_at'] })),
      ...(offer ? { offer: { organisation: offer['organisation'], at: offer['from_at'] } } : {}),
    }
  }

  /** Who works with cases here, and the workers of children's homes everywhere. */
  async invitable(caseId: string, who: Who): Promise<Invitable[]> {
    const { db, row } = await this.#open(caseId, who, 'read-access')
    return (await db.query(
      `SELECT id, name, role, organisation FROM directory.person_view WHERE active AND organisation IS NOT NULL AND ((organisation = $1 AND role = ANY($2)) OR role = 'childrens-home-worker') ORDER BY role, name LIMIT 2000`,
      [row.organisation, INVITED],
      'invitable',
    )) as unknown as Invitable[]
  }

  /** CP-64: for supervisors and leaders; for others there are none. */
  async offers(who: Who): Promise<OfferedFile[]> {
    const { db, standing } = await this.#asPerson.of(who)
    const mayAnswer = standing.roles.has('supervisor') || standing.leads
    const rows = mayAnswer ? await db.query('SELECT * FROM cases.offered_files() ORDER BY offered_at, case_id', [], 'offered-files') : []
    await this.#trail.record([
      { who, what: 'read-hand-overs' },
      ...rows.map((row) => ({ who, what: 'read-hand-overs', why: 'hand-over-receiver', caseId: row['case_id'] as string })),
    ])
    return rows.map((row) => ({
      caseId: row['case_id'],
      number: row['number'],
      organisation: row['organisation'],
      offeredAt: row['offered_at'],
      stage: row['stage'],
      risk: row['risk'],
      openDeadlines: Number(row['open_deadlines']),
    }))
  }

  async #open(caseId: string, who: Who, action: Action): Promise<Seeing & { row: CaseRow }> {
    const seeing = await this.#asPerson.of(who)
    const [row] = await seeing.db.query(`SELECT c.*, ${ACCESS} FROM cases."case" c WHERE c.id = $1`, [caseId], 'case-for-access')
    const decision = mustMay(seeing.standing, row as CaseRow | undefined, action)
    await this.#trail.record([{ who, what: action, why: decision.why(action), caseId }])
    return { ...seeing, row: row as unknown as CaseRow }
  }
}
