import { Body, Controller, Get, Headers, Inject, Param, Post, Put, Query } from '@nestjs/common'
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger'
import { Agency, AgencyKind, NewAgency } from '@tirek/contract/people'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { Trailed, Untrailed } from '@tirek/platform/trail-keeper'
import { z } from 'zod'
import { OfId, PageAsked, pageOf } from '../page.ts'
import { AgencyService } from './agency.service.ts'

const AgenciesAsked = PageAsked.extend({ territory: z.string().max(120).optional(), kind: AgencyKind.optional() })

@Controller('api/agencies')
export class AgencyController {
  constructor(@Inject(AgencyService) private readonly agencies: AgencyService) {}

  @Get()
  @Untrailed('offices, no people of ours')
  @ApiOkResponse({ standardSchema: pageOf(Agency) } as never)
  list(@Query({ schema: AgenciesAsked }) asked: z.infer<typeof AgenciesAsked>) {
    return this.agencies.list(asked)
  }

  @Post()
  @Trailed('agency-added')
  @ApiCreatedResponse({ standardSchema: Agency } as never)
  add(@Body({ schema: NewAgency }) agency: NewAgency, @WhoIs() who: Who, @Headers('idempotency-key') key?: string) {
    return this.agencies.add(agency, who, key)
  }

  @Put(':id')
  @Trailed('agency-changed')
  @ApiOkResponse({ standardSchema: Agency } as never)
  replace(@Param({ schema: OfId }) { id }: z.infer<typeof OfId>, @Body({ schema: NewAgency }) agency: NewAgency, @WhoIs() who: Who) {
    return this.agencies.replace(id, agency, who)
  }
}
