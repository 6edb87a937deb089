/** The journals of an organisation (CP-70...CP-73, CP-80, CP-81, CP-90, CP-91, CP-118): read by pages, written and struck out by hand, given out whole as tables. */
import { JournalEntryForms } from '@tirek/contract/forms/journals'
import { journalOf, type JournalItem, type JournalName } from '@tirek/contract/journals'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import { ProblemError } from '@tirek/platform/problem'
import type { Trail } from '@tirek/platform/trail'
import { createHash, randomUUID } from 'node:crypto'
import type { AsPerson } from '../record/as-person.ts'
import { NEXT_IN_JOURNAL } from '../record/statements.ts'
import { entryOf, isByHand, linesOf, mustBeKind, type JournalAsked, type JournalLines } from './journal-rows.ts'

/** So many lines of an export are read at a time. */
const AT_ONCE = 1_000

export class Journals {
  readonly #clock: Clock
  readonly #trail: Trail
  readonly #asPerson: AsPerson

  constructor(clock: Clock, trail: Trail, asPerson: AsPerson) {
    this.#trail = trail
    this.#clock = clock
    this.#asPerson = asPerson
  }

  /** Lines of a journal. Those of a case are shown to who may open its file; of those kept by hand medical staff see their own. */
  async page(name: JournalName, who: Who, { limit, ...asked }: JournalAsked & { limit: number }): Promise<JournalLines> {
    const lines = await linesOf(await this.#asPerson.of(who), who.organisation, name, limit, asked)
    const what = `read-journal-${name}`
    const cases = new Set(lines.items.flatMap(({ caseId }) => caseId ?? []))
    await this.#trail.record([{ who, what }, ...[...cases].map((caseId) => ({ who, what, why: 'journal-of-organisation', caseId }))])
    return lines
  }

  /** The same lines, all of them, as they are asked for. Each case is recorded, once, before a line of it is handed over. */
  async *whole(name: JournalName, who: Who, asked: Omit<JournalAsked, 'cursor'>): AsyncGenerator<JournalItem> {
    mustBeKind(name, asked.kind)
    const recorded = new Set<string>()
    const what = `exported-journal-${name}`
    for (let cursor: string | undefined; ;) {
      // oxlint-disable-next-line no-await-in-loop -- each page says where the next one begins
      const { items, next } = await linesOf(await this.#asPerson.of(who), who.organisation, name, AT_ONCE, { ...asked, cursor })
      const fresh = [...new Set(items.flatMap(({ caseId }) => caseId ?? []))].filter((caseId) => !recorded.has(caseId))
      for (const caseId of fresh) recorded.add(caseId)
      // oxlint-disable-next-line no-await-in-loop
      if (fresh.length > 0) await this.#trail.record(fresh.map((caseId) => ({ who, what, why: 'journal-of-organisation', caseId })))
      yield* items
      if (next === undefined) return
      cursor = next
    }
  }

  /** One entry by hand. Throws `not-found`, also where the person may not see it. */
  async entry(name: JournalName, id: string, who: Who): Promise<JournalItem> {
    const item = isByHand(name) ? await entryOf(await this.#asPerson.of(who), who.organisation, name, id) : undefined
    if (!item) throw new ProblemError('not-found')
    await this.#trail.record([{ who, what: `read-journal-${name}`, about: id }])
    return item
  }

  /** Strikes out an entry by hand, by who wrote it or supervises them; a second time changes nothing. Throws `not-found`, `not-allowed`. */
  async withdraw(name: JournalName, id: string, reason: string, who: Who): Promise<JournalItem> {
    const seeing = await this.#asPerson.of(who)
    const seen = async () => (isByHand(name) ? await entryOf(seeing, who.organisation, name, id) : undefined)
    const item = await seen()
    if (!item) throw new ProblemError('not-found')
    if (item.withdrawn) return item
    if (!item.mayWithdraw) throw new ProblemError('not-allowed')
    const now = this.#clock.now()
    await seeing.db.transaction(async (sql) => {
      const struck = await sql(
        'UPDATE cases.journal SET withdrawn_at = $2, withdrawn_by = $3, withdrawn_why = $4 WHERE id = $1 AND withdrawn_at IS NULL RETURNING id',
        [id, now, who.person, reason],
      )
      if (struck.length > 0) await this.#trail.record([{ who, what: 'journal-withdrawn', about: id, at: now }], sql)
    })
    return (await seen())!
  }

  /** A row by hand, once per key. The journals of unconfirmed requests and of requests are kept by acts. */
  async write(name: JournalName, body: unknown, who: Who, { key }: { key: string }): Promise<{ id: string; n: number }> {
    if (!isByHand(name)) throw new ProblemError('not-found')
    const { writers } = journalOf(name)
    if (writers && !writers.includes(who.role)) throw new ProblemError('not-allowed')
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
