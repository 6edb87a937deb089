import { Controller, Get, Inject, Param, Res, StreamableFile } from '@nestjs/common'
import { ApiOkResponse } from '@nestjs/swagger'
import { PAPER_ENDINGS, ReviewState } from '@tirek/contract/reviews'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { Trailed } from '@tirek/platform/trail-keeper'
import { create as contentDisposition } from 'content-disposition'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { Reviews } from './reviews.ts'

const OfCase = z.object({ id: z.uuid() })
const OfPaper = z.object({ id: z.uuid(), act: z.uuid(), ending: z.enum(PAPER_ENDINGS) })
const TYPES = { pdf: 'application/pdf', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' }

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

  /** The report for a review, or the numbered sheet of the plan (CP-55), as a file. */
  @Get('papers/:act/:ending')
  @Trailed('review-paper-read')
  async paper(
    @Param({ schema: OfPaper }) { id, act, ending }: z.infer<typeof OfPaper>,
    @WhoIs() who: Who,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { name, bytes } = await this.reviews.paper(id, act, ending, who)
    void reply.headers({ 'content-type': TYPES[ending], 'content-disposition': contentDisposition(name) })
    return new StreamableFile(bytes)
  }
}
