import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common'
import type { Database } from '@tirek/platform/database'
import { z } from 'zod'
import { Contexts } from '../record/contexts.ts'
import { noteForRefold } from '../record/refolder.ts'
import { OpenSteps } from '../steps/open-steps.ts'
import { WORK } from './tokens.ts'

const AskedOpen = z.strictObject({
  keys: z.array(z.string().max(400)).max(5_000),
  /** Steps that are about to be told (`<case>/<step key>`). */
  steps: z.array(z.string().max(440)).max(20_000).default([]),
})
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
   * deadline waits on: asked before a digest goes out. Steps that are not told after all count as not taken from here on.
   */
  @Post('steps/open')
  @HttpCode(200)
  stillOpen(@Body({ schema: AskedOpen }) asked: z.infer<typeof AskedOpen>) {
    return new OpenSteps(this.db, (version) => this.contexts.calendar(version)).ask(asked)
  }

  /** The directory says that what facts are made with has changed: facts of the open cases are made again. */
  @Post('contexts/changed')
  @HttpCode(200)
  async contextsChanged(@Body({ schema: Changed }) changed: z.infer<typeof Changed>) {
    this.contexts.forget()
    return { cases: await noteForRefold(this.db, changed) }
  }
}
