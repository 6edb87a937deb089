import type { Running } from '@tirek/contract/running'
import type { Who } from '@tirek/platform/auth'
import type { Row } from '@tirek/platform/database'
import type { Trail } from '@tirek/platform/trail'
import { caseWorkflowId, urgentWorkflowId } from '@tirek/workflows/messages'
import { cursorFrom, cursorOf } from '../http/lists.ts'
import type { AsPerson } from '../record/as-person.ts'
import type { RunningAsked } from './running.controller.ts'

/** After every instant. */
const NEVER = Number.MAX_SAFE_INTEGER
/** Acts wait for each other for up to a minute before they are told: a version that new is not behind. */
const TOLD_WITHIN_MS = 120_000

export class RunningLists {
  readonly #trail: Trail
  readonly #asPerson: AsPerson

  constructor(trail: Trail, asPerson: AsPerson) {
    this.#trail = trail
    this.#asPerson = asPerson
  }

  /** The latest first, then those that wait for nothing yet. */
  async of(who: Who, asked: RunningAsked): Promise<Running> {
    const { standing, db } = await this.#asPerson.of(who)
    const from = cursorOf(asked.cursor, 3) ?? [-1, '00000000-0000-0000-0000-000000000000', '']
    const [at, caseId, hour] = from as [number, string, string]
    const rows = await db.query(
      `WITH r AS MATERIALIZED (
         SELECT r.*, coalesce(r.late_since, ${NEVER}) AS place, coalesce(r.hour::text, '') AS nth, CASE WHEN r.hour IS NULL THEN 'case' ELSE 'hour' END AS kind,
                CASE WHEN r.known IS NULL AND r.changed_at < $1::bigint - ${TOLD_WITHIN_MS} THEN 'missing'
                     WHEN r.known < r.version AND r.changed_at < $1::bigint - ${TOLD_WITHIN_MS} THEN 'behind' ELSE 'in-step' END AS state
           FROM cases.running_cases($1) r),
       c AS (SELECT count(*) AS "all", count(*) FILTER (WHERE late > 0) AS late, count(*) FILTER (WHERE state = 'behind') AS behind, count(*) FILTER (WHERE state = 'missing') AS missing FROM r),
       p AS (SELECT r.* FROM r
              WHERE ($2::text IS NULL OR kind = $2) AND ($3::text IS NULL OR state = $3) AND ($4::boolean IS NULL OR late > 0) AND ($5::text IS NULL OR $5 = ANY(rules))
                AND (place, case_id, nth) > ($6::bigint, $7::uuid, $8::text) ORDER BY place, case_id, nth LIMIT $9)
       SELECT c."all", c.late AS all_late, c.behind, c.missing, p.* FROM c LEFT JOIN p ON true ORDER BY p.place, p.case_id, p.nth`,
      [
        standing.now,
        asked.kind ?? null,
        asked.state ?? null,
        asked.late ? true : null,
        asked.rule ?? null,
        at,
        caseId,
        hour,
        asked.limit + 1,
      ],
      'running',
    )
    await this.#trail.record([{ who, what: 'read-running' }])
    const found = rows.filter((row) => row['case_id'] !== null)
    const items = found.slice(0, asked.limit)
    const last = items.at(-1)
    const counts = rows[0]!
    return {
      items: items.map(itemOf),
      ...(found.length > asked.limit && last ? { next: cursorFrom(Number(last['place']), last['case_id'], last['nth']) } : {}),
      counts: {
        all: Number(counts['all']),
        late: Number(counts['all_late']),
        behind: Number(counts['behind']),
        missing: Number(counts['missing']),
      },
    }
  }
}

const itemOf = (row: Row): Running['items'][number] => ({
  workflow: row['hour'] === null ? caseWorkflowId(row['case_id']) : urgentWorkflowId(row['case_id'], row['hour']),
  kind: row['kind'],
  number: row['number'],
  organisation: row['organisation'],
  state: row['state'],
  rules: row['rules'],
  openDeadlines: Number(row['open_deadlines']),
  late: Number(row['late']),
  ...(row['late_since'] === null ? {} : { lateSince: Number(row['late_since']) }),
})
