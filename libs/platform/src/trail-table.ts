/** A service's trail read by auditors: filtered, by pages, and as a table. Every reading of it is one more row. */
import { whatText, whyText, type TrailAsked, type TrailItem, type TrailPage } from '@tirek/contract/trail'
import { z } from 'zod'
import type { Who } from './auth.ts'
import type { Database, Queries, Row } from './database.ts'
import { ProblemError } from './problem.ts'
import { AS_AUDITOR } from './trail-wall.ts'
import type { Trail } from './trail.ts'

/** More rows than this are not exported at once. */
export const MOST_ROWS = 50_000
const BATCH = 2_000

/** How the service knows cases by their numbers: `numberOf`, an SQL expression of `t.case_id`; `caseNumbered`, a query of `id` by $1. */
export type CaseNumbers = { numberOf: string; caseNumbered: string }

export class TrailTable {
  readonly #db: Queries
  readonly #trail: Trail
  readonly #numbers: CaseNumbers | undefined

  /** Without `numbers` no row of this service speaks of a case. */
  constructor(db: Database, trail: Trail, numbers?: CaseNumbers) {
    this.#db = db.as(AS_AUDITOR)
    this.#trail = trail
    this.#numbers = numbers
  }

  /** All rows that the filters leave, newest first. */
  async page(who: Who, asked: TrailAsked & { cursor?: string | undefined; limit: number }): Promise<TrailPage> {
    await this.#trail.record([{ who, what: 'read-trail' }])
    const rows = await this.#rows(await this.#filtersOf(asked), cursorOf(asked.cursor), asked.limit + 1)
    const items = rows.slice(0, asked.limit).map(itemOf)
    const last = items.at(-1)
    return { items, ...(rows.length > asked.limit && last ? { next: `${last.at}.${last.seq}` } : {}) }
  }

  /** The same for a table; throws when there are too many. The export stands in the trail before its first row goes out. */
  async export(who: Who, asked: TrailAsked): Promise<AsyncIterable<TrailItem>> {
    const filters = await this.#filtersOf(asked)
    const [count] = await this.#db.query(
      `SELECT count(*) AS n FROM (SELECT 1 FROM ${this.#trail.schema}.trail t WHERE ${filters.where} LIMIT ${MOST_ROWS + 1}) counted`,
      filters.values,
    )
    if (count!['n'] > MOST_ROWS) throw new ProblemError('too-many-rows', { params: { most: MOST_ROWS } })
    await this.#trail.record([{ who, what: 'exported-trail' }])
    const rows = (after: Cursor | undefined) => this.#rows(filters, after, BATCH)
    return (async function* () {
      for (let after: Cursor | undefined; ;) {
        const batch = await rows(after)
        yield* batch.map(itemOf)
        const last = batch.at(-1)
        if (!last || batch.length < BATCH) return
        after = [last['at'] as number, last['seq'] as number]
      }
    })()
  }

  #rows({ where, values }: Filters, after: Cursor | undefined, limit: number): Promise<Row[]> {
    const all = [...values, ...(after ?? [])]
    // A limit that is a value is planned as if it were a tenth of all rows.
    const n = values.length
    return this.#db.query(
      `SELECT t.*, encode(t.hash, 'hex') AS hash, p.name, p.login, ${this.#numbers?.numberOf ?? 'NULL'} AS number FROM (
         SELECT * FROM ${this.#trail.schema}.trail t WHERE ${where}${after ? ` AND (t.at, t.seq) < ($${n + 1}::bigint, $${n + 2}::bigint)` : ''} ORDER BY t.at DESC, t.seq DESC LIMIT ${limit}) t
         LEFT JOIN directory.person_view p ON p.id = t.who ORDER BY t.at DESC, t.seq DESC`,
      all,
    )
  }

  /** Only the filters that were given stand in the statement: each has its index. */
  async #filtersOf(asked: TrailAsked): Promise<Filters> {
    const values: unknown[] = []
    const parts = ['true']
    const add = (part: (n: number) => string, value: unknown) => void parts.push(part(values.push(value)))
    if (asked.case) add((n) => `t.chain = $${n} AND t.case_id = $${n}`, await this.#idOf(asked.case, this.#numbers?.caseNumbered))
    if (asked.person) add((n) => `t.who = $${n}`, await this.#idOf(asked.person, 'SELECT id FROM directory.person_view WHERE login = $1'))
    if (asked.what) add((n) => `t.what = $${n}`, asked.what)
    if (asked.outcome) add((n) => `t.outcome = $${n}`, asked.outcome)
    if (asked.from) add((n) => `t.at >= $${n}`, Date.parse(asked.from))
    if (asked.to) add((n) => `t.at < $${n}`, Date.parse(asked.to))
    return { where: parts.join(' AND '), values }
  }

  /** An id, or the id of what is called so; null finds nothing. */
  async #idOf(named: string, byName: string | undefined): Promise<string | null> {
    if (z.uuid().safeParse(named).success) return named
    const [found] = byName ? await this.#db.query(byName, [named]) : []
    return (found?.['id'] as string | undefined) ?? null
  }
}

type Cursor = readonly [at: number, seq: number]
type Filters = { where: string; values: unknown[] }

function cursorOf(cursor: string | undefined): Cursor | undefined {
  if (cursor === undefined) return undefined
  const found = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor)
  if (!found) throw new ProblemError('bad-input', { issues: [{ code: 'custom', path: ['cursor'], message: 'invalid' }] })
  return [Number(found[1]), Number(found[2])]
}

/** A row as everybody who may see it reads it. */
export const readerOf = (row: Row) => ({
  n: row['n'] as number,
  at: row['at'] as number,
  who: row['who'] as string,
  name: (row['name'] as string | null) ?? null,
  role: row['role'] as string,
  what: row['what'] as string,
  whatText: whatText(row['what'] as string),
  whyText: whyText(row['why'] as string | null),
  outcome: row['outcome'] as 'done' | 'refused',
})

const itemOf = (row: Row): TrailItem => ({
  ...readerOf(row),
  seq: row['seq'] as number,
  login: (row['login'] as string | null) ?? null,
  why: row['why'] as string | null,
  caseId: row['case_id'] as string | null,
  caseNumber: (row['number'] as string | null) ?? null,
  about: row['about'] as string | null,
  request: row['request'] as string | null,
  from: row['from_where'] as string | null,
  hash: row['hash'] as string,
})
