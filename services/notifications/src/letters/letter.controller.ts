import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common'
import { ApiOkResponse } from '@nestjs/swagger'
import { LetterState, LetterView, MyNotice } from '@tirek/contract/letters'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { Trailed, Untrailed } from '@tirek/platform/trail-keeper'
import { z } from 'zod'
import { LetterService } from './letter.service.ts'

const PageAsked = z.object({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})
const LettersAsked = PageAsked.extend({ state: LetterState.optional() })
const NoticesAsked = PageAsked.extend({ unread: z.stringbool().optional() })
const OfId = z.object({ id: z.uuid() })
const page = <S extends z.ZodType>(item: S) => z.strictObject({ items: z.array(item), before: z.number().int().optional() })

@Controller('api/notices')
export class MyNoticeController {
  constructor(@Inject(LetterService) private readonly letters: LetterService) {}

  @Get()
  @Untrailed('only what the person was told')
  @ApiOkResponse({ standardSchema: page(MyNotice).extend({ unread: z.number().int() }) } as never)
  list(@Query({ schema: NoticesAsked }) asked: z.infer<typeof NoticesAsked>, @WhoIs() who: Who) {
    return this.letters.ofPerson(who, asked)
  }

  @Post(':id/read')
  @Trailed('notice-read')
  @HttpCode(204)
  read(@Param({ schema: OfId }) { id }: z.infer<typeof OfId>, @WhoIs() who: Who) {
    return this.letters.markRead(id, who)
  }
}

@Controller('api/letters')
export class LetterController {
  constructor(@Inject(LetterService) private readonly letters: LetterService) {}

  @Get()
  @Trailed('read-letters')
  @ApiOkResponse({ standardSchema: page(LetterView) } as never)
  list(@Query({ schema: LettersAsked }) asked: z.infer<typeof LettersAsked>, @WhoIs() who: Who) {
    return this.letters.list(who, asked)
  }

  /** Sends a letter that was held after a restore, or one that failed, once more. */
  @Post(':id/send')
  @Trailed('letter-sent-again')
  @HttpCode(204)
  sendAgain(@Param({ schema: OfId }) { id }: z.infer<typeof OfId>, @WhoIs() who: Who) {
    return this.letters.sendAgain(id, who)
  }
}
