/** Mail of referrals, for the referrals service; and the answer that a body gives by the link of one. */
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common'
import { ApiAcceptedResponse, ApiOkResponse } from '@nestjs/swagger'
import { LinkAnswer, LinkDecision } from '@tirek/contract/links'
import { ReferralMail, ReferralOnPaper } from '@tirek/contract/referral-mails'
import { z } from 'zod'
import { LinkTries } from '../links/link-tries.ts'
import { DecisionService } from './decision.service.ts'
import { ReferralMailService } from './mail.service.ts'

@Controller('internal/referral-mails')
export class ReferralMailController {
  constructor(@Inject(ReferralMailService) private readonly mails: ReferralMailService) {}

  @Post()
  @HttpCode(202)
  @ApiAcceptedResponse({ standardSchema: z.strictObject({ read: z.enum(['taken', 'known', 'overtaken']) }) } as never)
  take(@Body({ schema: ReferralMail }) mail: ReferralMail) {
    return this.mails.take(mail)
  }

  @Post('on-paper')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: z.strictObject({ fresh: z.boolean() }) } as never)
  onPaper(@Body({ schema: ReferralOnPaper }) said: ReferralOnPaper) {
    return this.mails.onPaper(said)
  }
}

/** Open to everybody who holds a token. Not reached from outside but by the link page. Tries are counted. */
@Controller('api/links/decide')
export class DecisionController {
  constructor(
    @Inject(DecisionService) private readonly decisions: DecisionService,
    @Inject(LinkTries) private readonly tries: LinkTries,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: LinkAnswer } as never)
  decide(@Body({ schema: LinkDecision }) asked: LinkDecision): Promise<LinkAnswer> {
    return this.tries.counted(
      asked.token,
      () => this.decisions.decide(asked),
      (answer) => answer,
    )
  }
}
