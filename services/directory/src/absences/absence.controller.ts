import { Body, Controller, Delete, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common'
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger'
import { Absence, NewAbsence } from '@tirek/contract/people'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { Trailed } from '@tirek/platform/trail-keeper'
import type { z } from 'zod'
import { OfId, PageAsked, pageOf } from '../page.ts'
import { AbsenceService } from './absence.service.ts'

@Controller('api/absences')
export class AbsenceController {
  constructor(@Inject(AbsenceService) private readonly absences: AbsenceService) {}

  @Get()
  @Trailed('read-absences')
  @ApiOkResponse({ standardSchema: pageOf(Absence) } as never)
  list(@Query({ schema: PageAsked }) asked: PageAsked, @WhoIs() who: Who) {
    return this.absences.list(asked, who)
  }

  @Post()
  @Trailed('absence-added')
  @ApiCreatedResponse({ standardSchema: Absence } as never)
  add(@Body({ schema: NewAbsence }) absence: NewAbsence, @WhoIs() who: Who, @Headers('idempotency-key') key?: string) {
    return this.absences.add(absence, who, key)
  }

  @Delete(':id')
  @Trailed('absence-removed')
  @HttpCode(204)
  remove(@Param({ schema: OfId }) { id }: z.infer<typeof OfId>, @WhoIs() who: Who) {
    return this.absences.remove(id, who)
  }
}
