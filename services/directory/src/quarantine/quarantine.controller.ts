import { Body, Controller, Get, Headers, Inject, Param, Patch, Post, Query } from '@nestjs/common'
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger'
import { NewQuarantine, Quarantine, QuarantineEnd } from '@tirek/contract/people'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { Trailed, Untrailed } from '@tirek/platform/trail-keeper'
import type { z } from 'zod'
import { OfId, PageAsked, pageOf } from '../page.ts'
import { QuarantineService } from './quarantine.service.ts'

@Controller('api/quarantine')
export class QuarantineController {
  constructor(@Inject(QuarantineService) private readonly quarantines: QuarantineService) {}

  @Get()
  @Untrailed('public')
  @ApiOkResponse({ standardSchema: pageOf(Quarantine) } as never)
  list(@Query({ schema: PageAsked }) asked: PageAsked, @WhoIs() who: Who) {
    return this.quarantines.list(asked, who)
  }

  @Post()
  @Trailed('quarantine-declared')
  @ApiCreatedResponse({ standardSchema: Quarantine } as never)
  declare(@Body({ schema: NewQuarantine }) mode: NewQuarantine, @WhoIs() who: Who, @Headers('idempotency-key') key?: string) {
    return this.quarantines.declare(mode, who, key)
  }

  @Patch(':id')
  @Trailed('quarantine-ended')
  @ApiOkResponse({ standardSchema: Quarantine } as never)
  end(@Param({ schema: OfId }) { id }: z.infer<typeof OfId>, @Body({ schema: QuarantineEnd }) { toDay }: QuarantineEnd, @WhoIs() who: Who) {
    return this.quarantines.end(id, toDay, who)
  }
}
