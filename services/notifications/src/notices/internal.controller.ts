import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common'
import { Notice } from '@tirek/contract/notices'
import { z } from 'zod'
import { InboundService } from '../inbound/inbound.service.ts'
import { NoticeService } from './notice.service.ts'

/** A raw message, base64. */
const Inbound = z.strictObject({ raw: z.base64().max(1_000_000) })

@Controller('internal')
export class InternalController {
  constructor(
    @Inject(NoticeService) private readonly notices: NoticeService,
    @Inject(InboundService) private readonly inbound: InboundService,
  ) {}

  @Post('notices')
  @HttpCode(202)
  take(@Body({ schema: Notice }) notice: Notice) {
    return this.notices.take(notice)
  }

  @Post('inbound')
  @HttpCode(202)
  takeMail(@Body({ schema: Inbound }) { raw }: z.infer<typeof Inbound>) {
    return this.inbound.take(Buffer.from(raw, 'base64'))
  }
}
