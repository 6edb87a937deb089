import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common'
import { Database } from '@tirek/platform/database'
import { Open } from '@tirek/platform/http'
import { z } from 'zod'
import { Contexts } from '../record/contexts.ts'
import { Refolder } from '../record/refolder.ts'

const AskedOpen = z.strictObject({ keys: z.array(z.string().max(400)).max(5_000) })
const Changed = z.strictObject({
  kind: z.enum(['settings', 'calendar', 'quarantine']),
  organisation: z.uuid().optional(),
  territory: z.string().max(200).optional(),
  calendar: z.string().max(60).optional(),
})

/** For our other services. */
@Controller('internal')
@Open('service')
export class InternalController {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Contexts) private readonly contexts: Contexts,
    @Inject(Refolder) private readonly refolder: Refolder,
  ) {}

  /** Which of these deadlines (`<case>/<deadline key>`) still wait for evidence: asked before a digest goes out. */
  @Post('steps/open')
  @HttpCode(200)
  async stillOpen(@Body({ schema: AskedOpen }) { keys }: z.infer<typeof AskedOpen>) {
    const asked = keys.filter((key) => z.uuid().safeParse(key.slice(0, 36)).success && !key.includes('\0'))
    const rows = await this.db.query(
      `SELECT d.case_id || '/' || d.key AS open FROM unnest($1::uuid[], $2::text[]) AS a(case_id, key) JOIN cases.deadline d ON d.case_id = a.case_id AND d.key = a.key WHERE d.state = 'open'`,
      [asked.map((key) => key.slice(0, 36)), asked.map((key) => key.slice(37))],
      'still-open',
    )
    return { open: rows.map((row) => row['open'] as string) }
  }

  /** The directory says that what facts are made with has changed: facts of the open cases are made again. */
  @Post('contexts/changed')
  @HttpCode(200)
  async contextsChanged(@Body({ schema: Changed }) changed: z.infer<typeof Changed>) {
    this.contexts.forget()
    return { cases: await this.refolder.note(changed) }
  }
}
