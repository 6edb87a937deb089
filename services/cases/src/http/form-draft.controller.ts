import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put } from '@nestjs/common'
import { ApiBody, ApiOkResponse } from '@nestjs/swagger'
import { DraftedKind, FormDraftKept, FormDrafts, FormDraftVersion } from '@tirek/contract/form-drafts'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { Trailed, Untrailed } from '@tirek/platform/trail-keeper'
import { z } from 'zod'
import { FormDraftShelf } from '../record/form-drafts.ts'

const Of = z.object({ id: z.uuid(), kind: DraftedKind })
type Of = z.infer<typeof Of>

@Controller('api/cases/:id/drafts/:kind')
export class FormDraftController {
  constructor(@Inject(FormDraftShelf) private readonly shelf: FormDraftShelf) {}

  @Get()
  @Trailed('draft-read')
  @ApiOkResponse({ standardSchema: FormDrafts } as never)
  find(@Param({ schema: Of }) { id, kind }: Of, @WhoIs() who: Who) {
    return this.shelf.find(id, kind, who)
  }

  @Put()
  @Untrailed('it tells a version; that a draft was begun or changed hands is recorded with it')
  @ApiBody({ standardSchema: FormDraftKept } as never)
  @ApiOkResponse({ standardSchema: FormDraftVersion } as never)
  keep(@Param({ schema: Of }) { id, kind }: Of, @Body({ schema: FormDraftKept }) kept: FormDraftKept, @WhoIs() who: Who) {
    return this.shelf.keep(id, kind, kept, who)
  }

  @Delete()
  @HttpCode(204)
  @Trailed('draft-dropped')
  async drop(@Param({ schema: Of }) { id, kind }: Of, @WhoIs() who: Who): Promise<void> {
    await this.shelf.drop(id, kind, who)
  }
}
