import { Body, Controller, Delete, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common'
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger'
import { DayField } from '@tirek/contract/forms/fields'
import { Duty, NewDuty } from '@tirek/contract/people'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { Trailed } from '@tirek/platform/trail-keeper'
import { z } from 'zod'
import { OfId, PageAsked, pageOf } from '../page.ts'
import { DutyService } from './duty.service.ts'

const DutyAsked = PageAsked.extend({ day: DayField.optional() })

@Controller('api/duty')
export class DutyController {
  constructor(@Inject(DutyService) private readonly duties: DutyService) {}

  @Get()
  @Trailed('read-duty')
  @ApiOkResponse({ standardSchema: pageOf(Duty) } as never)
  list(@Query({ schema: DutyAsked }) asked: z.infer<typeof DutyAsked>, @WhoIs() who: Who) {
    return this.duties.list(asked, who)
  }

  @Post()
  @Trailed('duty-added')
  @ApiCreatedResponse({ standardSchema: Duty } as never)
  add(@Body({ schema: NewDuty }) duty: NewDuty, @WhoIs() who: Who, @Headers('idempotency-key') key?: string) {
    return this.duties.add(duty, who, key)
  }

  @Delete(':id')
  @Trailed('duty-removed')
  @HttpCode(204)
  remove(@Param({ schema: OfId }) { id }: z.infer<typeof OfId>, @WhoIs() who: Who) {
    return this.duties.remove(id, who)
  }
}
