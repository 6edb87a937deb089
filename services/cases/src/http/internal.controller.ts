import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common'
import { Database } from '@tirek/platform/database'
import { Open } from '@tirek/platform/http'
import { z } from 'zod'
import { Contexts } from '../record/contexts.ts'
import { Record as CaseRecord } from '../record/record.ts'

const AskedOpen = z.strictObject({ keys: z.array(z.string().max(400)).max(5_000) })
const Changed = z.strictObject({ kind: z.enum(['settings', 'calendar', 'quarantine']), organisation: z.uuid().optional(), territory: z.string().max(200).optional(), calendar: z.string().max(60).optional() })

/** For our other services. */
@Controller('internal')
@Open('service')
export class InternalController {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Contexts) private readonly contexts: Contexts,
    @Inject(CaseRecord) private readonly record: CaseRecord,
  ) {}

  /** Which of these deadlines (`<case>/<deadline key>`) still wait for evidence: asked before a digest goes out. */
  @Post('steps/open')
  @HttpCode(200)
  async stillOpen(@Body({ schema: AskedOpen }) { keys }: z.infer<typeof AskedOpen>) {
    const rows = await this.db.query(`SELECT case_id || '/' || key AS k FROM cases.deadline WHERE state = 'open' AND case_id::text || '/' || key = ANY($1) AND case_id = ANY($2)`, [keys, [...new Set(keys.map((key) => key.slice(0, 36)).filter((id) => z.uuid().safeParse(id).success))]])
    return { open: rows.map((row) => row['k'] as string) }
  }

  /** The directory says that what facts are made with has changed: facts of the open cases are made again. */
  @Post('contexts/changed')
  @HttpCode(200)
  async contextsChanged(@Body({ schema: Changed }) changed: z.infer<typeof Changed>) {
    this.contexts.forget()
    const rows = await this.db.query(`SELECT id FROM cases."case" WHERE NOT ended AND ($1::uuid IS NULL OR organisation = $1) AND ($2::text IS NULL OR territory = $2)`, [changed.organisation ?? null, changed.territory ?? null])
    for (const row of rows) await this.record.refold(row['id'] as string)
    return { cases: rows.length }
  }
}
