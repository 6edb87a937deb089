/** The journals of an organisation: numbered, kept by hand or by acts of cases (CP-70...CP-73, CP-80, CP-81, CP-118). */
import { JournalEntryForms } from '@tirek/contract/forms/journals'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import { ProblemError } from '@tirek/platform/problem'
import type { Trail } from '@tirek/platform/trail'
import { createHash, randomUUID } from 'node:crypto'
import { relationsThat } from '@tirek/policy/policy'
import { anyOf } from '@tirek/policy/relations'
import { MY } from '@tirek/policy/settings'
import type { Standing } from '@tirek/policy/standing'
import type { AsPerson } from '../record/as-person.ts'
import { NEXT_IN_JOURNAL } from '../record/statements.ts'
import { casesOf, limitOf, nameOf } from './found-by-index.ts'

export const JOURNALS = ['visitors', 'unconfirmed', 'prevention', 'groups', 'requests'] as const
export type JournalName = (typeof JOURNALS)[number]
export type JournalItem = { n: number; at: number; by: string; caseId?: string; withdrawn: boolean; entry: Record<string, unknown> }

const isByHand = (name: JournalName): name is keyof typeof JournalEntryForms => name in JournalEntryForms

/** An entry shows what the case's file holds. A value and no EXISTS: the case of each row is looked up, not all of them first. */
const FILED = relationsThat('read-file')
const OF_CASE = `(SELECT true FROM cases."case" c WHERE c.id = j.case_id AND (${anyOf(FILED)}))`

/** Of more people's cases a page is found sooner in the journal's own order. */
const LARGE_TEAM = 15

/** Rows of a page: by hand, and of cases; these of each case that the person has to do with, or, of most of an organisation, in turn. */
function entriesFor(standing: Standing, byHand: boolean, limit: number): string {
  const page = (where: string) =>
    `SELECT j.* FROM cases.journal j WHERE j.organisation = $1 AND j.name = $2 AND j.n > $3 AND ${where} ORDER BY j.n LIMIT ${limit}`
  const ofCases =
    standing.team.length > LARGE_TEAM
      ? page(`j.case_id IS NOT NULL AND ${OF_CASE}`)
      : `SELECT l.* FROM (${casesOf(standing, FILED)}) c CROSS JOIN LATERAL (${page('j.case_id = c.id')}) l`
  const own = standing.role === 'medic' ? ` AND j.by = ${MY.person}` : ''
  return [...(byHand ? [page(`j.case_id IS NULL${own}`)] : []), ofCases].map((branch) => `(${branch})`).join(' UNION ALL ')
}

export class Journals {
  readonly #clock: Clock
  readonly #trail: Trail
  readonly #asPerson: AsPerson

  constructor(clock: Clock, trail: Trail, asPerson: AsPerson) {
    this.#trail = trail
    this.#clock = clock
    this.#asPerson = asPerson
  }

  /** Rows after a running number. Those of a case are shown to who may open its file; of those kept by hand medical staff see their own. */
  async page(
    name: JournalName,
    who: Who,
    { after, limit }: { after: number; limit: number },
  ): Promise<{ items: JournalItem[]; next?: number }> {
    const { standing, db } = await this.#asPerson.of(who)
    const text = `SELECT j.n, j.at, j.by, j.case_id, j.entry, j.act IS NOT NULL AND coalesce((SELECT true FROM cases.act w WHERE w.case_id = j.case_id AND w.kind = 'withdrawn' AND w.fact->>'act' = j.act::text LIMIT 1), false) AS withdrawn
         FROM (SELECT j.* FROM (${entriesFor(standing, isByHand(name), limitOf(limit))}) j ORDER BY j.n LIMIT ${limitOf(limit)}) j ORDER BY j.n`
    const rows = await db.query(text, [who.organisation, name, after], nameOf('journal', text))
    const told = rows.slice(0, limit)
    const cases = new Set(told.flatMap((row) => (row['case_id'] ? [row['case_id'] as string] : [])))
    const what = `read-journal-${name}`
    await this.#trail.record([{ who, what }, ...[...cases].map((caseId) => ({ who, what, why: 'journal-of-organisation', caseId }))])
    const items = told.map((row) => ({
      n: row['n'],
      at: row['at'],
      by: row['by'],
      ...(row['case_id'] ? { caseId: row['case_id'] } : {}),
      withdrawn: row['withdrawn'],
      entry: row['entry'],
    }))
    return { items, ...(rows.length > limit ? { next: items.at(-1)!.n } : {}) }
  }

  /** A row by hand, once per key. The journals of unconfirmed requests and of requests are kept by acts. */
  async write(name: JournalName, body: unknown, who: Who, { key }: { key: string }): Promise<{ id: string; n: number }> {
    if (!isByHand(name)) throw new ProblemError('not-found')
    const read = JournalEntryForms[name].safeParse(body)
    if (!read.success) throw new ProblemError('bad-input', { issues: read.error.issues, read: { schema: JournalEntryForms[name] } })
    const { happenedAt, ...entry } = read.data
    const now = this.#clock.now()
    const at = Date.parse(happenedAt)
    if (at > now)
      throw new ProblemError('happened-in-future', {
        issues: [{ code: 'custom', message: 'in-future', path: ['happenedAt'] }],
        read: { schema: JournalEntryForms[name] },
      })
    const hash = createHash('sha256')
      .update(JSON.stringify([name, read.data]))
      .digest('base64')
    const { db } = await this.#asPerson.of(who)
    return db.transaction(async (sql) => {
      // The counter's row is locked first: of two sends of one key the second finds the answer of the first.
      const [counted] = await sql(NEXT_IN_JOURNAL, [who.organisation, name])
      const [stored] = await sql('SELECT hash, answer FROM cases.idempotency WHERE person = $1 AND key = $2', [who.person, key])
      if (stored && stored['hash'] !== hash) throw new ProblemError('key-reused')
      if (stored) {
        await sql('UPDATE cases.journal_counter SET last = last - 1 WHERE organisation = $1 AND name = $2', [who.organisation, name])
        return stored['answer'] as { id: string; n: number }
      }
      const answer = { id: randomUUID(), n: counted!['last'] as number }
      await sql('INSERT INTO cases.journal (id, organisation, name, n, at, by, entry) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
        answer.id,
        who.organisation,
        name,
        answer.n,
        at,
        who.person,
        JSON.stringify(entry),
      ])
      await this.#trail.record([{ who, what: `journal-${name}`, about: answer.id, at: now }], sql)
      await sql('INSERT INTO cases.idempotency (person, key, hash, status, answer, made_at) VALUES ($1, $2, $3, 201, $4, $5)', [
        who.person,
        key,
        hash,
        JSON.stringify(answer),
        now,
      ])
      return answer
    })
  }
}
