import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common'
import { ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger'
import { BreakGlass, BrokenGlass, CaseAccess, GlassBroken, GlassReview, Invitable, OfferedFile } from '@tirek/contract/access'
import type { Who } from '@tirek/platform/auth'
import { NeedsFreshSignIn, WhoIs } from '@tirek/platform/http'
import { Trailed } from '@tirek/platform/trail-keeper'
import { z } from 'zod'
import { Glass } from '../record/break-glass.ts'
import { AccessPages } from './access-pages.ts'

const OfId = z.object({ id: z.uuid() })
const GlassAsked = z.object({ reviewed: z.enum(['true', 'false']).default('false') })
const itemsOf = <S extends z.ZodType>(item: S, id: string) => z.strictObject({ items: z.array(item) }).meta({ id })

@Controller('api')
export class AccessController {
  constructor(
    @Inject(AccessPages) private readonly pages: AccessPages,
    @Inject(Glass) private readonly glass: Glass,
  ) {}

  /** Who takes part in the case, who opened it in danger, and to whom it is offered. */
  @Get('cases/:id/access')
  @Trailed('read-access')
  @ApiOkResponse({ standardSchema: CaseAccess } as never)
  access(@Param({ schema: OfId }) { id }: z.infer<typeof OfId>, @WhoIs() who: Who) {
    return this.pages.access(id, who)
  }

  /** Whom one may invite to the case. */
  @Get('cases/:id/invitable')
  @Trailed('read-access')
  @ApiOkResponse({ standardSchema: itemsOf(Invitable, 'Invitables') } as never)
  async invitable(@Param({ schema: OfId }) { id }: z.infer<typeof OfId>, @WhoIs() who: Who) {
    return { items: await this.pages.invitable(id, who) }
  }

  /** CP-64: files offered to the own organisation: stage, risk and how many deadlines are open. */
  @Get('hand-overs')
  @Trailed('read-hand-overs')
  @ApiOkResponse({ standardSchema: itemsOf(OfferedFile, 'OfferedFiles') } as never)
  async offers(@WhoIs() who: Who) {
    return { items: await this.pages.offers(who) }
  }

  /** AC-01: opens a case of somebody else in danger to life, for an hour. */
  @Post('break-glass')
  @HttpCode(200)
  @NeedsFreshSignIn()
  @Trailed('broke-glass')
  @ApiOkResponse({ standardSchema: GlassBroken } as never)
  break(@Body({ schema: BreakGlass }) asked: BreakGlass, @WhoIs() who: Who) {
    return this.glass.break(asked, who)
  }

  /** AC-02: openings that wait for a review; `reviewed=true`: those that have had it. */
  @Get('break-glass')
  @Trailed('read-broken-glass')
  @ApiOkResponse({ standardSchema: itemsOf(BrokenGlass, 'BrokenGlasses') } as never)
  async broken(@Query({ schema: GlassAsked }) { reviewed }: z.infer<typeof GlassAsked>, @WhoIs() who: Who) {
    return { items: await this.glass.list(who, reviewed === 'true') }
  }

  @Post('break-glass/:id/review')
  @HttpCode(204)
  @Trailed('reviewed-broken-glass')
  @ApiNoContentResponse()
  async review(
    @Param({ schema: OfId }) { id }: z.infer<typeof OfId>,
    @Body({ schema: GlassReview }) review: GlassReview,
    @WhoIs() who: Who,
  ) {
    await this.glass.review(id, review, who)
  }
}
