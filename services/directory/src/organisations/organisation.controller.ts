import { Body, Controller, Get, Headers, Inject, Param, Patch, Post, Query } from '@nestjs/common'
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger'
import { NewOrganisation, Organisation, OrganisationChange } from '@tirek/contract/people'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { Trailed, Untrailed } from '@tirek/platform/trail-keeper'
import type { z } from 'zod'
import { OfId, PageAsked, pageOf } from '../page.ts'
import { OrganisationService } from './organisation.service.ts'

@Controller('api/organisations')
export class OrganisationController {
  constructor(@Inject(OrganisationService) private readonly organisations: OrganisationService) {}

  @Get()
  @Untrailed('public')
  @ApiOkResponse({ standardSchema: pageOf(Organisation) } as never)
  list(@Query({ schema: PageAsked }) asked: PageAsked, @WhoIs() who: Who) {
    return this.organisations.list(asked, who)
  }

  @Post()
  @Trailed('organisation-added')
  @ApiCreatedResponse({ standardSchema: Organisation } as never)
  add(@Body({ schema: NewOrganisation }) organisation: NewOrganisation, @WhoIs() who: Who, @Headers('idempotency-key') key?: string) {
    return this.organisations.add(organisation, who, key)
  }

  @Patch(':id')
  @Trailed('organisation-changed')
  @ApiOkResponse({ standardSchema: Organisation } as never)
  change(
    @Param({ schema: OfId }) { id }: z.infer<typeof OfId>,
    @Body({ schema: OrganisationChange }) change: OrganisationChange,
    @WhoIs() who: Who,
  ) {
    return this.organisations.change(id, change, who)
  }
}
