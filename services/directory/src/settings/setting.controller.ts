import { Body, Controller, Get, Inject, Put, Query } from '@nestjs/common'
import { ApiOkResponse } from '@nestjs/swagger'
import { Setting, SettingChange } from '@tirek/contract/people'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { Trailed, Untrailed } from '@tirek/platform/trail-keeper'
import { z } from 'zod'
import { SettingService } from './setting.service.ts'

const SettingsAsked = z.object({ organisation: z.uuid().optional() })
const Settings = z.strictObject({ items: z.array(Setting) })

@Controller('api/settings')
export class SettingController {
  constructor(@Inject(SettingService) private readonly settings: SettingService) {}

  @Get()
  @Untrailed('terms, nothing of a person')
  @ApiOkResponse({ standardSchema: Settings } as never)
  list(@Query({ schema: SettingsAsked }) { organisation }: z.infer<typeof SettingsAsked>, @WhoIs() who: Who) {
    return this.settings.list(who.role === 'administrator' ? (organisation ?? who.organisation) : who.organisation, who)
  }

  @Put()
  @Trailed('setting-changed')
  @ApiOkResponse({ standardSchema: Settings } as never)
  set(@Body({ schema: SettingChange }) change: SettingChange, @WhoIs() who: Who) {
    return this.settings.set(change, who)
  }
}
