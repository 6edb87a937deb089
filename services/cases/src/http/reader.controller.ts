import { Controller, Get, Inject, Param, Query } from '@nestjs/common'
import { ApiOkResponse } from '@nestjs/swagger'
import { CaseReaders } from '@tirek/contract/trail'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { Trailed } from '@tirek/platform/trail-keeper'
import { z } from 'zod'
import { Readers } from './readers.ts'

const OfCase = z.object({ id: z.uuid() })
const ReadersAsked = z.object({
  before: z.string().max(60).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

@Controller('api')
export class ReaderController {
  constructor(@Inject(Readers) private readonly all: Readers) {}

  /** Who read or acted on this case, when and why; also whom it was refused. */
  @Get('cases/:id/readers')
  @Trailed('read-readers')
  @ApiOkResponse({ standardSchema: CaseReaders } as never)
  readers(
    @Param({ schema: OfCase }) { id }: z.infer<typeof OfCase>,
    @Query({ schema: ReadersAsked }) asked: z.infer<typeof ReadersAsked>,
    @WhoIs() who: Who,
  ) {
    return this.all.readers(id, who, asked)
  }
}
