import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common'
import { Notice } from '@tirek/contract/notices'
import { z } from 'zod'
import { NoticeService } from './notice.service.ts'
import { RightsService } from './rights.service.ts'

const OfCase = z.strictObject({ caseId: z.uuid() })

@Controller('internal')
export class InternalController {
  constructor(
    @Inject(NoticeService) private readonly notices: NoticeService,
    @Inject(RightsService) private readonly rights: RightsService,
  ) {}

  @Post('notices')
  @HttpCode(202)
  take(@Body({ schema: Notice }) notice: Notice) {
    return this.notices.take(notice)
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
