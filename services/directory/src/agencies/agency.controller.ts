import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Put, Query, StreamableFile } from '@nestjs/common'
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger'
import { AgenciesImported, Agency, AgencyKind, AgencyTable, FilesMark, NewAgency } from '@tirek/contract/agencies'
import type { Lang } from '@tirek/contract/roles'
import type { Who } from '@tirek/platform/auth'
import { asAttachment } from '@tirek/platform/csv'
import { AskedLang, WhoIs } from '@tirek/platform/http'
import { Trailed, Untrailed } from '@tirek/platform/trail-keeper'
import { z } from 'zod'
import { OfId, PageAsked, pageOf } from '../page.ts'
import { AgencyImportService } from './agency-import.service.ts'
import { AgencyService } from './agency.service.ts'

const AgenciesAsked = PageAsked.extend({ territory: z.string().max(120).optional(), kind: AgencyKind.optional() })
const OfContact = OfId.extend({ contact: z.uuid() })

@Controller('api/agencies')
export class AgencyController {
  constructor(
    @Inject(AgencyService) private readonly agencies: AgencyService,
    @Inject(AgencyImportService) private readonly table: AgencyImportService,
  ) {}

  @Get()
  @Untrailed('offices, no people of ours')
  @ApiOkResponse({ standardSchema: pageOf(Agency) } as never)
  list(@Query({ schema: AgenciesAsked }) asked: z.infer<typeof AgenciesAsked>, @WhoIs() who: Who) {
    return this.agencies.list(asked, who)
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

  /** All agencies as a table that can be imported again. */
  @Get('export.csv')
  @Trailed('exported-agencies')
  async export(@AskedLang() lang: Lang, @WhoIs() who: Who): Promise<StreamableFile> {
    return new StreamableFile(Buffer.from(await this.table.export(lang, who)), {
      type: 'text/csv; charset=utf-8',
      disposition: asAttachment('agencies', 'csv'),
    })
  }

  /** Takes a table over, all of it or nothing; repeated it changes nothing. */
  @Post('import')
  @Trailed('agencies-imported')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: AgenciesImported } as never)
  import(@Body({ schema: AgencyTable }) table: AgencyTable, @AskedLang() lang: Lang, @WhoIs() who: Who) {
    return this.table.import(table, lang, who)
  }

  /** May files of a case be attached to letters to this address? */
  @Put(':id/contacts/:contact/files')
  @Trailed('agency-files-marked')
  @ApiOkResponse({ standardSchema: Agency } as never)
  mark(
    @Param({ schema: OfContact }) { id, contact }: z.infer<typeof OfContact>,
    @Body({ schema: FilesMark }) mark: FilesMark,
    @WhoIs() who: Who,
  ) {
    return this.agencies.mark(id, contact, mark, who)
  }
}
