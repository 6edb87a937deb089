import { Body, Controller, Get, Headers, Inject, Param, Post, Query, Res } from '@nestjs/common'
import { ApiBody, ApiCreatedResponse, ApiHeader, ApiOkResponse } from '@nestjs/swagger'
import { ActRequest, definitionOf, Kind } from '@tirek/contract/acts'
import { CasePage, DeadlineGrounds, WorkList } from '@tirek/contract/answers'
import { Receipts } from '@tirek/contract/links'
import { DayField } from '@tirek/contract/forms/fields'
import { HelpRequest } from '@tirek/contract/forms/help-request'
import { TakenOverFromPaper } from '@tirek/contract/forms/support'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { ProblemError } from '@tirek/platform/problem'
import { Trailed } from '@tirek/platform/trail-keeper'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { Record as CaseRecord, type SaveAct } from '../record/record.ts'
import { BehindAsked } from '../figures/behind-figures.ts'
import { ACT_EXAMPLES, FROM_PAPER, HELP_REQUESTS } from './examples.ts'
import { keyOf } from './keys.ts'
import { Lists } from './lists.ts'
import { Register } from './register.ts'

const OfCase = z.object({ id: z.uuid() })
const Limit = z.coerce.number().int().min(1).max(200).default(50)
const Asked = z.object({ cursor: z.string().max(600).optional(), limit: Limit })
const CasesAsked = Asked.extend({
  stage: z.string().max(40).optional(),
  risk: z.string().max(20).optional(),
  ended: z.enum(['true', 'false']).optional(),
  territory: z.string().max(100).optional(),
  /** Of registration; with a term or an hour, of these. */
  from: DayField.optional(),
  to: DayField.optional(),
  ...BehindAsked,
})
const Searched = z.object({ query: z.string().trim().min(2).max(300) })
const OfDeadline = z.object({ deadline: z.string().trim().min(1).max(400) })
const OfAct = z.object({ id: z.uuid(), kind: Kind })

@Controller('api')
export class CaseController {
  constructor(
    @Inject(CaseRecord) private readonly record: CaseRecord,
    @Inject(Lists) private readonly lists: Lists,
    @Inject(Register) private readonly register: Register,
  ) {}

  /** Registers a help request (CP-01) and so opens a case. */
  @Post('cases')
  @Trailed('help-request-registered')
  @ApiBody({ standardSchema: HelpRequest, examples: HELP_REQUESTS } as never)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: CasePage } as never)
  async open(
    @Body({ schema: HelpRequest }) form: HelpRequest,
    @WhoIs() who: Who,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const answer = await this.record.open('help-request-registered', form, { who, key: keyOf(key) }, this.#opening())
    void reply.status(answer.status)
    return answer.body
  }

  /** Enters a case that was begun on paper. */
  @Post('cases/from-paper')
  @Trailed('taken-over-from-paper')
  @ApiBody({ standardSchema: TakenOverFromPaper, examples: FROM_PAPER } as never)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: CasePage } as never)
  async takeOver(
    @Body({ schema: TakenOverFromPaper }) form: z.infer<typeof TakenOverFromPaper>,
    @WhoIs() who: Who,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const answer = await this.record.open('taken-over-from-paper', form, { who, key: keyOf(key) }, this.#opening())
    void reply.status(answer.status)
    return answer.body
  }

  #opening = () => ({
    similar: (child: Parameters<Register['similar']>[0], who: Who) => this.register.similar(child, who),
    mayShow: this.register.mayShow,
  })

  /** Records an act. Its form is the schema of its kind. */
  @Post('cases/:id/acts/:kind')
  @Trailed('act')
  @ApiBody({ standardSchema: ActRequest, examples: ACT_EXAMPLES } as never)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ standardSchema: CasePage } as never)
  async act(
    @Param({ schema: OfAct }) { id, kind }: z.infer<typeof OfAct>,
    @Body({ schema: ActRequest }) asked: ActRequest,
    @WhoIs() who: Who,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const form = checked(kind, asked.form)
    const save: SaveAct = { kind, happenedAt: Date.parse(asked.happenedAt), version: asked.version, form }
    const person = { who, key: keyOf(key) }
    const others = [...new Map(asked.alsoFor.filter((one) => one.caseId !== id).map((one) => [one.caseId, one])).values()].map(
      ({ caseId, hour }) => ({
        caseId,
        save: { ...save, form: hour === undefined ? form : { ...(form as object), hour } },
      }),
    )
    const answer =
      others.length === 0
        ? await this.record.act(id, save, person)
        : await this.record.actOnSeveral([{ caseId: id, save }, ...others], person)
    void reply.status(answer.status)
    return answer.body
  }

  @Get('register')
  @Trailed('searched')
  async search(@Query({ schema: Searched }) { query }: z.infer<typeof Searched>, @WhoIs() who: Who) {
    return { items: await this.register.search(query, who) }
  }

  @Get('cases')
  @Trailed('read-cases')
  cases(@Query({ schema: CasesAsked }) { ended, ...asked }: z.infer<typeof CasesAsked>, @WhoIs() who: Who) {
    return this.lists.cases(who, { ...asked, ended: ended === undefined ? undefined : ended === 'true' })
  }

  @Get('cases/:id')
  @Trailed('read')
  @ApiOkResponse({ standardSchema: CasePage } as never)
  page(@Param({ schema: OfCase }) { id }: z.infer<typeof OfCase>, @WhoIs() who: Who) {
    return this.lists.page(id, who)
  }

  @Get('cases/:id/child')
  @Trailed('read-name')
  child(@Param({ schema: OfCase }) { id }: z.infer<typeof OfCase>, @WhoIs() who: Who) {
    return this.lists.child(id, who)
  }

  @Get('cases/:id/timeline')
  @Trailed('read-timeline')
  timeline(
    @Param({ schema: OfCase }) { id }: z.infer<typeof OfCase>,
    @Query({ schema: Asked }) asked: z.infer<typeof Asked>,
    @WhoIs() who: Who,
  ) {
    return this.lists.timeline(id, who, asked)
  }

  @Get('cases/:id/deadlines')
  @Trailed('read-deadlines')
  deadlines(@Param({ schema: OfCase }) { id }: z.infer<typeof OfCase>, @WhoIs() who: Who) {
    return this.lists.deadlines(id, who)
  }

  @Get('cases/:id/grounds')
  @Trailed('read-deadlines')
  @ApiOkResponse({ standardSchema: DeadlineGrounds } as never)
  grounds(
    @Param({ schema: OfCase }) { id }: z.infer<typeof OfCase>,
    @Query({ schema: OfDeadline }) { deadline }: z.infer<typeof OfDeadline>,
    @WhoIs() who: Who,
  ) {
    return this.lists.grounds(id, deadline, who)
  }

  @Get('cases/:id/receipts')
  @Trailed('read-receipts')
  @ApiOkResponse({ standardSchema: Receipts } as never)
  receipts(@Param({ schema: OfCase }) { id }: z.infer<typeof OfCase>, @WhoIs() who: Who) {
    return this.lists.receipts(id, who)
  }

  @Get('cases/:id/file')
  @Trailed('read-file')
  file(@Param({ schema: OfCase }) { id }: z.infer<typeof OfCase>, @WhoIs() who: Who) {
    return this.lists.file(id, who)
  }

  @Get('worklist')
  @Trailed('read-work-list-mine')
  @ApiOkResponse({ standardSchema: WorkList } as never)
  workList(@Query({ schema: Asked }) asked: z.infer<typeof Asked>, @WhoIs() who: Who) {
    return this.lists.workList(who, 'mine', asked)
  }

  @Get('worklist/team')
  @Trailed('read-work-list-team')
  @ApiOkResponse({ standardSchema: WorkList } as never)
  teamList(@Query({ schema: Asked }) asked: z.infer<typeof Asked>, @WhoIs() who: Who) {
    return this.lists.workList(who, 'team', asked)
  }

  @Get('caseload')
  @Trailed('read-caseload')
  caseload(@WhoIs() who: Who) {
    return this.lists.caseload(who)
  }
}

/** The form of an act by the schema of its kind; pointers name the field below `/form`. */
export function checked(kind: ActKind, form: unknown): unknown {
  if (kind === 'help-request-registered' || kind === 'taken-over-from-paper') throw new ProblemError('not-found')
  const read = definitionOf(kind).form.safeParse(form)
  if (!read.success)
    throw new ProblemError('bad-input', {
      issues: read.error.issues.map((issue) => ({ ...issue, path: ['form', ...issue.path] })),
      read: { schema: definitionOf(kind).form, at: ['form'] },
    })
  return read.data
}
