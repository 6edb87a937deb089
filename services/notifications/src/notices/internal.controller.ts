import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common'
import { Notice } from '@tirek/contract/notices'
import { z } from 'zod'
import { InboundService } from '../inbound/inbound.service.ts'
import { NoticeService } from './notice.service.ts'
import { RightsService } from './rights.service.ts'

const OfCase = z.strictObject({ caseId: z.uuid() })
/** A raw message, base64. */
const Inbound = z.strictObject({ raw: z.base64().max(1_000_000) })

@Controller('internal')
export class InternalController {
  constructor(
    @Inject(NoticeService) private readonly notices: NoticeService,
    @Inject(InboundService) private readonly inbound: InboundService,
    @Inject(RightsService) private readonly rights: RightsService,
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

  /** RT-10: what was told of a case, when and to whom. */
  @Post('cases/letters')
  @HttpCode(200)
  lettersOfCase(@Body({ schema: OfCase }) { caseId }: z.infer<typeof OfCase>) {
    return this.rights.lettersOf(caseId)
  }

  /** RT-30: a second time changes nothing. */
  @Post('cases/erase')
  @HttpCode(200)
  eraseCase(@Body({ schema: OfCase }) { caseId }: z.infer<typeof OfCase>) {
    return this.rights.erase(caseId)
  }
}
