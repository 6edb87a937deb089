/** Who read a case or acted on it, as the trail of one service has it: for the cases service, which shows those of all services together. */
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common'
import { z } from 'zod'
import type { Database, Row } from './database.ts'
import { readerOf } from './trail-table.ts'
import { ofCase } from './trail-wall.ts'

/** `before`: only rows before this instant and number, newest first. */
export const ReadingsAsked = z.strictObject({
  caseId: z.uuid(),
  before: z.strictObject({ at: z.number().int(), n: z.number().int() }).optional(),
  limit: z.number().int().min(1).max(500),
})
export type ReadingsAsked = z.infer<typeof ReadingsAsked>
export type Reading = ReturnType<typeof readerOf>
const MOST = Number.MAX_SAFE_INTEGER

export class CaseReadings {
  readonly #db: Database
  readonly #select: string

  constructor(db: Database, schema: string) {
    this.#db = db
    this.#select = `SELECT t.n, t.at, t.who, t.role, t.what, t.why, t.outcome, p.name FROM ${schema}.trail t LEFT JOIN directory.person_view p ON p.id = t.who
      WHERE t.chain = $1 AND t.case_id = $1 AND (t.at, t.n) < ($2::bigint, $3::bigint) ORDER BY t.at DESC, t.n DESC LIMIT $4`
  }

  /** Rows of a case, newest first. Whoever asks has decided who sees them. */
  async of({ caseId, before = { at: MOST, n: MOST }, limit }: ReadingsAsked): Promise<Reading[]> {
    const rows: Row[] = await this.#db.as(ofCase(caseId)).query(this.#select, [caseId, before.at, before.n, limit])
    return rows.map(readerOf)
  }
}

/** The module provides a `CaseReadings`. */
@Controller('internal')
export class CaseReadingsController {
  constructor(@Inject(CaseReadings) private readonly readings: CaseReadings) {}

  @Post('cases/readings')
  @HttpCode(200)
  async of(@Body({ schema: ReadingsAsked }) asked: ReadingsAsked): Promise<{ items: Reading[] }> {
    return { items: await this.readings.of(asked) }
  }
}
