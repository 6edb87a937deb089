import { Controller, Get, Inject, Param } from '@nestjs/common'
import { ApiOkResponse } from '@nestjs/swagger'
import { ReviewState } from '@tirek/contract/reviews'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { Trailed } from '@tirek/platform/trail-keeper'
import { z } from 'zod'
import { Reviews } from './reviews.ts'

const OfCase = z.object({ id: z.uuid() })

@Controller('api/cases/:id')
export class ReviewController {
  constructor(@Inject(Reviews) private readonly reviews: Reviews) {}

  /** The review that comes (CP-50), the report filled from the record (CP-52), those that were held and what they decided (CP-53). */
  @Get('review')
  @Trailed('read-review')
  @ApiOkResponse({ standardSchema: ReviewState } as never)
  state(@Param({ schema: OfCase }) { id }: z.infer<typeof OfCase>, @WhoIs() who: Who) {
    return this.reviews.state(id, who)
  }
}
