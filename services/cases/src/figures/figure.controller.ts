import { Controller, Get, Inject, Query } from '@nestjs/common'
import { ApiOkResponse } from '@nestjs/swagger'
import { Figures as Answer } from '@tirek/contract/figures'
import { DayField } from '@tirek/contract/forms/fields'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { Trailed } from '@tirek/platform/trail-keeper'
import { WHOSE } from '@tirek/policy/figures'
import { z } from 'zod'
import { Figures } from './figures.ts'

const Period = z.object({ from: DayField.optional(), to: DayField.optional() })
const Own = Period.extend({ whose: z.enum(WHOSE).optional() })
const Compared = Period.extend({ organisation: z.uuid().optional(), territory: z.string().min(1).max(100).optional() })

@Controller('api/figures')
export class FigureController {
  constructor(@Inject(Figures) private readonly figures: Figures) {}

  /** Cases, terms and hours of one's own cases, of the team, or of the organisation. */
  @Get()
  @Trailed('read-figures')
  @ApiOkResponse({ standardSchema: Answer } as never)
  own(@Query({ schema: Own }) asked: z.infer<typeof Own>, @WhoIs() who: Who): Promise<Answer> {
    return this.figures.own(who, asked)
  }

  /** The same of all organisations, of one, or of those of a territory, without small numbers. */
  @Get('everywhere')
  @Trailed('compared-figures')
  @ApiOkResponse({ standardSchema: Answer } as never)
  everywhere(@Query({ schema: Compared }) asked: z.infer<typeof Compared>, @WhoIs() who: Who): Promise<Answer> {
    return this.figures.everywhere(who, asked)
  }
}
