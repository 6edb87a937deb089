/** Unfinished forms: of one person in one case, guarded by a version, gone when the act is saved. They are no part of the case and no evidence. */
import type { DraftedKind, FormDraft, FormDraftKept, FormDrafts, FormDraftVersion } from '@tirek/contract/form-drafts'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import type { Database, Row, Sql } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import type { Trail } from '@tirek/platform/trail'
import { decide, type Decision } from '@tirek/policy/decide'
import { DAY } from '@tirek/procedure/time'
import { ACCESS, type AsPerson, type Seeing } from './as-person.ts'
import type { CaseRow } from './pages.ts'

export type DraftLimits = { /** Bytes of one. */ most: number; /** Days without a change. */ kept: number }

const COLUMNS = 'd.person, d.version, d.changed_at AS at, d.content'
const draftOf = (row: Row | undefined): FormDraft | undefined =>
  row && ({ person: row['person'], version: row['version'], at: row['at'], content: JSON.parse(row['content'] as string) } as FormDraft)

export class FormDraftShelf {
  readonly #clock: Clock
  readonly #trail: Trail
  readonly #asPerson: AsPerson
  readonly #limits: DraftLimits

  constructor(clock: Clock, trail: Trail, asPerson: AsPerson, limits: DraftLimits) {
    this.#clock = clock
    this.#trail = trail
    this.#asPerson = asPerson
    this.#limits = limits
  }

  /** The person's own, and what whoever led the case before left. Its reading is recorded, not its content. */
  async find(caseId: string, kind: DraftedKind, who: Who): Promise<FormDrafts> {
    const { decision, db, leads } = await this.#open(caseId, kind, who)
    const rows = await db.query(
      `SELECT ${COLUMNS} FROM cases.draft d WHERE d.case_id = $1 AND d.kind = $2 AND (d.person = $3 OR $4) ORDER BY d.changed_at DESC`,
      [caseId, kind, who.person, leads],
    )
    const draft = draftOf(rows.find(({ person }) => person === who.person))
    const left = draft ? undefined : draftOf(rows.find(({ person }) => person !== who.person))
    if (draft || left) await this.#trail.record([{ who, what: 'draft-read', why: decision.why({ record: kind }), caseId }])
    return { ...(draft && { draft }), ...(left && { left }) }
  }

  /** Keeps it. Throws `draft-changed` with the draft as it is where another version stands there, and `draft-too-large`. */
  async keep(caseId: string, kind: DraftedKind, { version, from, content }: FormDraftKept, who: Who): Promise<FormDraftVersion> {
    const text = JSON.stringify(content)
    if (Buffer.byteLength(text) > this.#limits.most) throw new ProblemError('draft-too-large', { params: { most: this.#limits.most } })
    const { decision, db, leads } = await this.#open(caseId, kind, who)
    const now = this.#clock.now()
    const owner = from && leads ? from : who.person
    const [kept] =
      version === 0
        ? await db.query(
            `INSERT INTO cases.draft (case_id, kind, person, version, content, made_at, changed_at) VALUES ($1, $2, $3, 1, $4, $5, $5)
             ON CONFLICT DO NOTHING RETURNING version`,
            [caseId, kind, who.person, text, now],
          )
        : await db.query(
            `UPDATE cases.draft d SET version = d.version + 1, person = $6, content = $4, changed_at = $5
              WHERE d.case_id = $1 AND d.kind = $2 AND d.person = $3 AND d.version = $7
                AND ($3 = $6 OR NOT EXISTS (SELECT 1 FROM cases.draft o WHERE o.case_id = $1 AND o.kind = $2 AND o.person = $6)) RETURNING version`,
            [caseId, kind, owner, text, now, who.person, version],
          )
    if (!kept) {
      const [other] = await db.query(`SELECT ${COLUMNS} FROM cases.draft d WHERE d.case_id = $1 AND d.kind = $2 AND d.person = $3`, [
        caseId,
        kind,
        who.person,
      ])
      const draft = draftOf(other)
      throw new ProblemError('draft-changed', { more: { ...(draft && { draft }) } })
    }
    // Not at each pause of typing: when it is begun, and when it changes hands.
    if (version === 0 || owner !== who.person)
      await this.#trail.record([{ who, what: 'draft-kept', why: decision.why({ record: kind }), caseId }])
    return { version: kept['version'], at: now }
  }

  /** Whoever wrote it takes it away. There or not, it is gone. */
  async drop(caseId: string, kind: DraftedKind, who: Who): Promise<void> {
    const { decision, db } = await this.#open(caseId, kind, who)
    await this.#trail.record([{ who, what: 'draft-dropped', why: decision.why({ record: kind }), caseId }])
    await db.query('DELETE FROM cases.draft WHERE case_id = $1 AND kind = $2 AND person = $3', [caseId, kind, who.person])
  }

  /** `leads`: who asks leads the case now, so goes on with what was left. */
  async #open(caseId: string, kind: DraftedKind, who: Who): Promise<{ decision: Decision; db: Seeing['db']; leads: boolean }> {
    const { standing, db } = await this.#asPerson.of(who)
    const [row] = (await db.query(
      `SELECT c.*, ${ACCESS} FROM cases."case" c WHERE c.id = $1`,
      [caseId],
      'case-for-draft',
    )) as unknown as CaseRow[]
    const decision = row && decide(standing, row)
    if (!decision || decision.relations.length === 0) throw new ProblemError('not-found')
    if (!decision.mayRecord(kind)) throw new ProblemError('not-allowed')
    if (row!.erased_at) throw new ProblemError('case-erased')
    return { decision, db, leads: row!.manager === who.person }
  }
}

/** Within the transaction that saves the act: its writer's draft of it is done. */
export const draftDone = (sql: Sql, caseId: string, kind: string, person: string): Promise<unknown> =>
  sql('DELETE FROM cases.draft WHERE case_id = $1 AND kind = $2 AND person = $3', [caseId, kind, person])

/** What nobody went on with; returns how many went. `work`: signed in as the role of the loops. */
export async function removeOldDrafts(work: Database, clock: Clock, { kept }: DraftLimits): Promise<number> {
  const gone = await work.query('DELETE FROM cases.draft WHERE changed_at <= $1 RETURNING case_id', [clock.now() - kept * DAY])
  return gone.length
}
