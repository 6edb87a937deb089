import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common'
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger'
import { CalendarVersion, NewCalendar } from '@tirek/contract/people'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { Trailed, Untrailed } from '@tirek/platform/trail-keeper'
import { z } from 'zod'
import { CalendarService } from './calendar.service.ts'

/** By year: what nobody could confirm, in each language. */
const Unconfirmed = z.record(z.string(), z.array(z.strictObject({ ru: z.string(), kk: z.string(), en: z.string() })))

@Controller('api/calendar')
export class CalendarController {
  constructor(@Inject(CalendarService) private readonly calendars: CalendarService) {}

  @Get()
  @Untrailed('public')
  @ApiOkResponse({ standardSchema: z.strictObject({ items: z.array(CalendarVersion), unconfirmed: Unconfirmed }) } as never)
  list(@WhoIs() who: Who) {
    return this.calendars.list(who)
  }

  /** A corrected calendar is a new version; it holds from now on. */
  @Post()
  @Trailed('calendar-added')
  @HttpCode(201)
  @ApiCreatedResponse({ standardSchema: CalendarVersion } as never)
  add(@Body({ schema: NewCalendar }) calendar: NewCalendar, @WhoIs() who: Who) {
    return this.calendars.add(calendar, who)
  }
}
