/** What administrators see of the running of cases: ids, rules and numbers. No case, no name: the functions of the database give out no more. */
import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common'
import { ApiOkResponse } from '@nestjs/swagger'
import { CASE_WORKFLOWS, EditionCount, Running, WORKFLOW_STATES } from '@tirek/contract/running'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { Trailed } from '@tirek/platform/trail-keeper'
import { z } from 'zod'
import { EditionCounts } from './edition-counts.ts'
import { RunningLists } from './running.ts'

const Asked = z.object({
  kind: z.enum(CASE_WORKFLOWS).optional(),
  state: z.enum(WORKFLOW_STATES).optional(),
  late: z.enum(['true']).optional(),
  rule: z
    .string()
    .regex(/^[A-Z]{2}-\d{1,3}$/)
    .optional(),
  cursor: z.string().max(600).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type RunningAsked = z.infer<typeof Asked>
const OfEdition = z.object({ id: z.string().min(1).max(60) })
const CountAsked = z.object({
  after: z.uuid().default('00000000-0000-0000-0000-000000000000'),
  limit: z.coerce.number().int().min(1).max(1_000).default(500),
})

@Controller('api')
export class RunningController {
  constructor(
    @Inject(RunningLists) private readonly running: RunningLists,
    @Inject(EditionCounts) private readonly counts: EditionCounts,
  ) {}

  /** Workflows that should run, the latest first. */
  @Get('running')
  @Trailed('read-running')
  @ApiOkResponse({ standardSchema: Running } as never)
  list(@Query({ schema: Asked }) asked: RunningAsked, @WhoIs() who: Who) {
    return this.running.of(who, asked)
  }

  /** CP-90: how many terms and cases of each organisation another edition would change; by pages of cases. */
  @Post('editions/:id/count')
  @Trailed('counted-edition')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: EditionCount } as never)
  count(
    @Param({ schema: OfEdition }) { id }: z.infer<typeof OfEdition>,
    @Query({ schema: CountAsked }) asked: z.infer<typeof CountAsked>,
    @WhoIs() who: Who,
  ) {
    return this.counts.of(who, id, asked)
  }
}
