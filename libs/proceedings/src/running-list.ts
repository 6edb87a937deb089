/** What an administrator sees of running proceedings: ids, numbers of cases and times. Nothing of what one is about. */
import { Controller, Get, Inject, Query, type Type } from '@nestjs/common'
import { ApiOkResponse } from '@nestjs/swagger'
import { Running, WORKFLOW_STATES } from '@tirek/contract/running'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import type { Row } from '@tirek/platform/database'
import { WhoIs } from '@tirek/platform/http'
import { ProblemError } from '@tirek/platform/problem'
import { Trail } from '@tirek/platform/trail'
import { Trailed } from '@tirek/platform/trail-keeper'
import { z } from 'zod'
import type { Place } from './kind.ts'
import { sqlOf, Store } from './store.ts'
import { CLOCK } from './tokens.ts'

const MINUTE = 60_000
/** What was to be told for longer than this is behind; a step that waits longer than this is late. */
const TOLD_WITHIN_MS = 2 * MINUTE
const FIRST = '00000000-0000-0000-0000-000000000000'
const NEVER = Number.MAX_SAFE_INTEGER

const Asked = z.object({
  state: z.enum(WORKFLOW_STATES).optional(),
  late: z.enum(['true']).optional(),
  cursor: z.string().max(60).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
type Asked = z.infer<typeof Asked>

export type RunningOf = Place & {
  /** The rule by which it is there. */
  rule: string
  workflowId(caseId: string, id: string): string
}

/** A controller at `path`; the module provides Store, Trail and CLOCK. */
export function runningRoutes(path: string, place: RunningOf): Type {
  @Controller(path)
  class RunningRoutes {
    constructor(
      @Inject(Store) private readonly store: Store,
      @Inject(Trail) private readonly trail: Trail,
      @Inject(CLOCK) private readonly clock: Clock,
    ) {}

    /** Workflows that should run, the latest first. */
    @Get('running')
    @Trailed('read-running')
    @ApiOkResponse({ standardSchema: Running } as never)
    async list(@Query({ schema: Asked }) asked: Asked, @WhoIs() who: Who): Promise<Running> {
      const now = this.clock.now()
      const after = placeOf(asked.cursor)
      const rows = await this.store.asPerson(who.person, [], (tx) =>
        sqlOf(tx)(
          `WITH r AS MATERIALIZED (
             SELECT r.*, CASE WHEN r.next_step_at < $1 THEN r.next_step_at END AS late_since, coalesce(r.next_step_at, ${NEVER}) AS place,
                    CASE WHEN r.told_since >= $1 OR (r.known IS NOT NULL AND r.known >= r.version) THEN 'in-step'
                         WHEN r.known IS NULL THEN 'missing' ELSE 'behind' END AS state FROM ${place.schema}.running() r),
           c AS (SELECT count(*) AS "all", count(late_since) AS late, count(*) FILTER (WHERE state = 'behind') AS behind, count(*) FILTER (WHERE state = 'missing') AS missing FROM r),
           p AS (SELECT r.* FROM r WHERE ($2::text IS NULL OR state = $2) AND ($3::boolean IS NULL OR late_since IS NOT NULL) AND (place, id) > ($4::bigint, $5::uuid)
                  ORDER BY place, id LIMIT $6)
           SELECT c."all", c.late AS all_late, c.behind, c.missing, p.* FROM c LEFT JOIN p ON true ORDER BY p.place, p.id`,
          [now - TOLD_WITHIN_MS, asked.state ?? null, asked.late ? true : null, after.at, after.id, asked.limit + 1],
        ),
      )
      await this.trail.record([{ who, what: 'read-running' }])
      const found = rows.filter((row) => row['id'] !== null)
      const items = found.slice(0, asked.limit)
      const [counts, last] = [rows[0]!, items.at(-1)]
      return {
        items: items.map((row) => itemOf(row, place)),
        ...(found.length > asked.limit && last ? { next: `${last['place']}.${last['id']}` } : {}),
        counts: {
          all: Number(counts['all']),
          late: Number(counts['all_late']),
          behind: Number(counts['behind']),
          missing: Number(counts['missing']),
        },
      }
    }
  }
  return RunningRoutes
}

const itemOf = (row: Row, { of, rule, workflowId }: RunningOf): Running['items'][number] => ({
  workflow: workflowId(row['case_id'], row['id']),
  kind: of,
  number: row['number'],
  organisation: row['organisation'],
  state: row['state'],
  rules: [rule],
  openDeadlines: row['next_step_at'] === null ? 0 : 1,
  late: row['late_since'] === null ? 0 : 1,
  ...(row['late_since'] === null ? {} : { lateSince: Number(row['late_since']) }),
})

function placeOf(cursor: string | undefined): { at: number; id: string } {
  if (cursor === undefined) return { at: -1, id: FIRST }
  const [, at, id] = /^(\d{1,16})\.([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined)
    throw new ProblemError('bad-input', { issues: [{ code: 'custom', path: ['cursor'], message: 'invalid' }] })
  return { at: Number(at), id }
}
