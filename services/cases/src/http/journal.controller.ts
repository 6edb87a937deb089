/** Journals that are no acts of a case, acquaintance with an edition, what a new edition would make late. */
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common'
import { JournalEntryForms } from '@tirek/contract/forms/journals'
import { calendarOf, CURRENT_CALENDAR } from '@tirek/procedure/calendar'
import { preview, programmeOf, rulesOf } from '@tirek/procedure/programmes'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import { Database } from '@tirek/platform/database'
import { Roles, WhoIs } from '@tirek/platform/http'
import { ProblemError } from '@tirek/platform/problem'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { KnownFacts } from '../record/facts.ts'
import { CLOCK } from './tokens.ts'

const OfJournal = z.object({ name: z.enum(['visitors', 'unconfirmed', 'prevention', 'groups', 'requests']) })
const Asked = z.object({ after: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(200).default(50) })
const OfEdition = z.object({ id: z.string().min(1).max(60) })
const Previewed = z.strictObject({ edition: z.string().min(1).max(60) })

@Controller('api')
@Roles('social-worker', 'psychologist', 'medic', 'supervisor', 'head')
export class JournalController {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Rows of a journal by their running number; sent and received requests are read from the acts of the cases. */
  @Get('journals/:name')
  async read(@Param({ schema: OfJournal }) { name }: z.infer<typeof OfJournal>, @Query({ schema: Asked }) { after, limit }: z.infer<typeof Asked>, @WhoIs() who: Who) {
    const rows =
      name === 'requests'
        ? await this.db.query(
            `SELECT row_number() OVER (ORDER BY a.happened_at, a.id) AS n, a.happened_at AS at, a.by, a.case_id, jsonb_build_object('kind', a.kind, 'form', a.form) AS entry FROM cases.act a JOIN cases."case" c ON c.id = a.case_id
              WHERE c.organisation = $1 AND a.kind IN ('request-sent', 'request-received', 'request-answered') ORDER BY n OFFSET $2 LIMIT $3`,
            [who.organisation, after, limit + 1],
          )
        : await this.db.query(`SELECT n, at, by, case_id, entry FROM cases.journal WHERE organisation = $1 AND name = $2 AND n > $3 ORDER BY n LIMIT $4`, [who.organisation, name, after, limit + 1])
    const items = rows.slice(0, limit).map((row) => ({ n: Number(row['n']), at: row['at'], by: row['by'], ...(row['case_id'] ? { caseId: row['case_id'] } : {}), entry: row['entry'] }))
    return { items, ...(rows.length > limit ? { next: items.at(-1)!.n } : {}) }
  }

  /** A visitor with one-off help (CP-80), preventive work (CP-70...CP-72), a club or group (CP-73). */
  @Post('journals/:name')
  async write(@Param({ schema: OfJournal }) { name }: z.infer<typeof OfJournal>, @Body() body: unknown, @WhoIs() who: Who) {
    if (name === 'unconfirmed' || name === 'requests') throw new ProblemError('not-found')
    const read = JournalEntryForms[name].safeParse(body)
    if (!read.success) throw new ProblemError('bad-input', { issues: read.error.issues })
    const { happenedAt, ...entry } = read.data as { happenedAt: string }
    const at = Date.parse(happenedAt)
    if (at > this.clock.now()) throw new ProblemError('happened-in-future')
    return this.db.transaction(async (sql) => {
      await sql('SELECT pg_advisory_xact_lock(hashtext($1))', [`journal/${who.organisation}/${name}`])
      const [row] = await sql(
        `INSERT INTO cases.journal (id, organisation, name, n, at, by, entry) SELECT $1, $2, $3, coalesce(max(n), 0) + 1, $4, $5, $6 FROM cases.journal WHERE organisation = $2 AND name = $3 RETURNING id, n`,
        [randomUUID(), who.organisation, name, at, who.person, JSON.stringify(entry)],
      )
      return { id: row!['id'], n: row!['n'] }
    })
  }

  @Get('editions')
  editions() {
    return { items: programmeOf('child-protection').editions.map(({ id, from, hash }) => ({ id, from, hash, programme: 'child-protection' })) }
  }

  /** CP-91: who has read an edition, and who is expected to and has not. */
  @Get('editions/:id/acquaintance')
  async acquainted(@Param({ schema: OfEdition }) { id }: z.infer<typeof OfEdition>, @WhoIs() who: Who) {
    mustBeEdition(id)
    const read = await this.db.query(`SELECT person, position, at FROM cases.acquaintance WHERE programme = 'child-protection' AND edition = $1 AND organisation = $2 ORDER BY at`, [id, who.organisation])
    const unread = await this.db.query(
      `SELECT id AS person FROM directory.person_view p WHERE p.organisation = $2 AND p.active AND p.role IN ('social-worker', 'psychologist', 'medic', 'supervisor', 'head')
        AND NOT EXISTS (SELECT 1 FROM cases.acquaintance a WHERE a.person = p.id AND a.programme = 'child-protection' AND a.edition = $1) ORDER BY p.name`,
      [id, who.organisation],
    )
    return { read, unread: unread.map((row) => row['person']) }
  }

  /** The person confirms having read the edition. */
  @Post('editions/:id/acquaintance')
  async acquaint(@Param({ schema: OfEdition }) { id }: z.infer<typeof OfEdition>, @WhoIs() who: Who) {
    mustBeEdition(id)
    await this.db.query(`INSERT INTO cases.acquaintance (programme, edition, person, organisation, position, at) VALUES ('child-protection', $1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`, [id, who.person, who.organisation, who.role, this.clock.now()])
    return this.acquainted({ id }, who)
  }

  /** What would change, and become late, for the organisation's open cases under another edition. */
  @Post('editions/preview')
  @Roles('supervisor', 'head')
  async preview(@Body({ schema: Previewed }) { edition }: z.infer<typeof Previewed>, @WhoIs() who: Who) {
    mustBeEdition(edition)
    const rows = (await this.db.query(`SELECT id, facts FROM cases."case" WHERE organisation = $1 AND NOT ended LIMIT 2000`, [who.organisation])) as unknown as { id: string; facts: KnownFacts }[]
    const items = rows.flatMap(({ id, facts }) => preview('child-protection', rulesOf('child-protection', facts.edition), edition, [{ id, facts }], calendarOf(CURRENT_CALENDAR), this.clock.now()))
    return { cases: rows.length, items }
  }
}

function mustBeEdition(id: string): void {
  if (!programmeOf('child-protection').editions.some((edition) => edition.id === id)) throw new ProblemError('not-found')
}
