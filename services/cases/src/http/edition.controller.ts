/** Editions of the procedure: what they changed (CP-90), who has read them (CP-91), and what another one would make late. */
import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common'
import { preview, programmeOf, rulesOf } from '@tirek/procedure/programmes'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import { WhoIs } from '@tirek/platform/http'
import { ProblemError } from '@tirek/platform/problem'
import { Trail } from '@tirek/platform/trail'
import { Trailed, Untrailed } from '@tirek/platform/trail-keeper'
import { z } from 'zod'
import { CARERS } from '@tirek/policy/standing'
import { anyOf } from '@tirek/policy/relations'
import { AsPerson, type Seeing } from '../record/as-person.ts'
import { Contexts } from '../record/contexts.ts'
import type { KnownFacts } from '../record/facts.ts'
import { CLOCK } from './tokens.ts'

const OfEdition = z.object({ id: z.string().min(1).max(60) })
const Asked = z.object({
  after: z.uuid().default('00000000-0000-0000-0000-000000000000'),
  limit: z.coerce.number().int().min(1).max(1_000).default(500),
})

/** `at`: ms UTC of the change. */
export type ChangeOfEdition = { id: string; at: number; section: string; what?: string; changedBy: string }

@Controller('api/editions')
export class EditionController {
  constructor(
    @Inject(AsPerson) private readonly asPerson: AsPerson,
    @Inject(Contexts) private readonly contexts: Contexts,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  @Get()
  @Untrailed('the texts of the procedure')
  editions() {
    return {
      items: programmeOf('child-protection').editions.map(({ id, from, hash }) => ({ id, from, hash, programme: 'child-protection' })),
    }
  }

  /** CP-90, CP-91: what was changed in an edition, who of the organisation has read it, and who is expected to and has not. */
  @Get(':id/acquaintance')
  @Trailed('read-acquaintance')
  async acquainted(@Param({ schema: OfEdition }) { id }: z.infer<typeof OfEdition>, @WhoIs() who: Who) {
    mustBeEdition(id)
    const { db } = await this.asPerson.of(who)
    const read = await db.query(
      `SELECT person, position, at FROM cases.acquaintance WHERE programme = 'child-protection' AND edition = $1 AND organisation = $2 ORDER BY at, person`,
      [id, who.organisation],
    )
    const unread = await db.query(
      `SELECT p.id AS person FROM directory.person_view p WHERE p.organisation = $2 AND p.active AND p.role = ANY($3)
        AND NOT EXISTS (SELECT 1 FROM cases.acquaintance a WHERE a.person = p.id AND a.programme = 'child-protection' AND a.edition = $1) ORDER BY p.name, p.id`,
      [id, who.organisation, CARERS],
    )
    return { read, unread: unread.map((row) => row['person'] as string), changes: await changesOf(db, who.organisation, id) }
  }

  /** The person confirms having read the edition: a second time changes nothing. */
  @Post(':id/acquaintance')
  @Trailed('read-acquaintance')
  @HttpCode(200)
  async acquaint(@Param({ schema: OfEdition }) { id }: z.infer<typeof OfEdition>, @WhoIs() who: Who) {
    mustBeEdition(id)
    const { db } = await this.asPerson.of(who)
    await db.transaction(async (sql) => {
      const read = await sql(
        `INSERT INTO cases.acquaintance (programme, edition, person, organisation, position, at) VALUES ('child-protection', $1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING person`,
        [id, who.person, who.organisation, who.role, this.clock.now()],
      )
      if (read.length > 0) await this.trail.record([{ who, what: 'acquainted-with-edition' }], sql)
    })
    return this.acquainted({ id }, who)
  }

  /** What would change, and become late, for the open cases of the team, or of the organisation, under another edition; by pages of cases. */
  @Post(':id/preview')
  @Trailed('previewed-edition')
  @HttpCode(200)
  async preview(
    @Param({ schema: OfEdition }) { id: edition }: z.infer<typeof OfEdition>,
    @Query({ schema: Asked }) { after, limit }: z.infer<typeof Asked>,
    @WhoIs() who: Who,
  ) {
    mustBeEdition(edition)
    const { db } = await this.asPerson.of(who)
    const rows = (await db.query(
      `SELECT c.id, c.facts FROM cases."case" c WHERE (${anyOf(['team-supervisor', 'organisation-lead'])}) AND NOT c.ended AND c.id > $1 ORDER BY c.id LIMIT $2`,
      [after, limit + 1],
    )) as unknown as { id: string; facts: KnownFacts }[]
    const looked = rows.slice(0, limit)
    const now = this.clock.now()
    const items = []
    for (const { id, facts } of looked)
      items.push(
        ...preview(
          'child-protection',
          rulesOf('child-protection', facts.edition),
          edition,
          [{ id, facts }],
          await this.contexts.calendar(facts.calendar),
          now,
        ),
      )
    return { cases: looked.length, items, ...(rows.length > limit ? { next: looked.at(-1)!.id } : {}) }
  }
}

/** Rows of the sheet of changes that stand, in their order. */
export async function changesOf(db: Seeing['db'], organisation: string, edition: string): Promise<ChangeOfEdition[]> {
  const rows = await db.query(
    `SELECT j.id, j.n, j.at, j.entry FROM cases.journal j WHERE j.organisation = $1 AND j.name = 'changes' AND j.case_id IS NULL AND j.withdrawn_at IS NULL
        AND j.entry->>'edition' = $2 ORDER BY j.at, j.n`,
    [organisation, edition],
    'changes-of-edition',
  )
  return rows.map(({ id, at, entry }) => ({
    id,
    at,
    section: entry.section,
    changedBy: entry.changedBy,
    ...(entry.what && { what: entry.what }),
  }))
}

function mustBeEdition(id: string): void {
  if (!programmeOf('child-protection').editions.some((edition) => edition.id === id)) throw new ProblemError('not-found')
}
