import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common'
import type { Database } from '@tirek/platform/database'
import { programmeOf, rulesOf } from '@tirek/procedure/programmes'
import { z } from 'zod'
import { Contexts } from '../record/contexts.ts'
import type { KnownFacts } from '../record/facts.ts'
import { noteForRefold } from '../record/refolder.ts'
import { WORK } from './tokens.ts'

const AskedOpen = z.strictObject({
  keys: z.array(z.string().max(400)).max(5_000),
  /** Steps that are about to be told (`<case>/<step key>`). */
  steps: z.array(z.string().max(440)).max(20_000).default([]),
})
/** Rows of which evidence takes one step and leaves the others (CP-50: the report is there before the review). */
const SPARING = ['review']
const Changed = z.strictObject({
  kind: z.enum(['settings', 'calendar', 'quarantine']),
  organisation: z.uuid().optional(),
  territory: z.string().max(200).optional(),
  calendar: z.string().max(60).optional(),
})

/** For our other services. */
@Controller('internal')
export class InternalController {
  constructor(
    @Inject(WORK) private readonly db: Database,
    @Inject(Contexts) private readonly contexts: Contexts,
  ) {}

  /**
   * Which of these deadlines (`<case>/<deadline key>`) still wait for evidence, and which of these steps evidence has spared though their
   * deadline waits on: asked before a digest goes out.
   */
  @Post('steps/open')
  @HttpCode(200)
  async stillOpen(@Body({ schema: AskedOpen }) { keys, steps }: z.infer<typeof AskedOpen>) {
    const asked = keys.filter((key) => z.uuid().safeParse(key.slice(0, 36)).success && !key.includes('\0'))
    const rows = await this.db.query(
      `SELECT d.case_id || '/' || d.key AS open, d."row" FROM unnest($1::uuid[], $2::text[]) AS a(case_id, key) JOIN cases.deadline d ON d.case_id = a.case_id AND d.key = a.key WHERE d.state = 'open'`,
      [asked.map((key) => key.slice(0, 36)), asked.map((key) => key.slice(37))],
      'still-open',
    )
    const sparing = rows.filter((row) => SPARING.includes(row['row'])).map((row) => row['open'] as string)
    return { open: rows.map((row) => row['open'] as string), spared: await this.#spared(sparing, steps) }
  }

  async #spared(open: readonly string[], steps: readonly string[]): Promise<string[]> {
    const asked = open
      .map((key) => ({ key, steps: steps.filter((step) => step.startsWith(`${key}/`)) }))
      .filter((one) => one.steps.length > 0)
    if (asked.length === 0) return []
    const cases = await this.db.query('SELECT id, facts FROM cases."case" WHERE id = ANY($1)', [asked.map(({ key }) => key.slice(0, 36))])
    const facts = new Map(cases.map((row) => [row['id'] as string, row['facts'] as KnownFacts]))
    const spared: string[] = []
    for (const { key, steps: told } of asked) {
      const known = facts.get(key.slice(0, 36))!
      const deadlines = programmeOf(known.programme).deadlinesOf(
        known,
        rulesOf(known.programme, known.edition),
        await this.contexts.calendar(known.calendar),
      )
      const deadline = deadlines.find((one) => one.key === key.slice(37))
      // Repeats are never spared: they are told for as long as the deadline is open.
      const stand = new Set(deadline?.steps.map((step) => step.key))
      const repeats = deadline?.repeats?.key
      spared.push(...told.filter((step) => !stand.has(step.slice(37)) && !(repeats && step.slice(37).startsWith(`${repeats}/`))))
    }
    return spared
  }

  /** The directory says that what facts are made with has changed: facts of the open cases are made again. */
  @Post('contexts/changed')
  @HttpCode(200)
  async contextsChanged(@Body({ schema: Changed }) changed: z.infer<typeof Changed>) {
    this.contexts.forget()
    return { cases: await noteForRefold(this.db, changed) }
  }
}
