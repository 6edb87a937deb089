import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common'
import { ApiAcceptedResponse, ApiOkResponse } from '@nestjs/swagger'
import { ReferralReplies, UnmatchedMails } from '@tirek/contract/unmatched-mail'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { Trailed } from '@tirek/platform/trail-keeper'
import { z } from 'zod'
import { InboundService } from './inbound.service.ts'
import { MOST_READ } from './read-mail.ts'
import { UnmatchedService } from './unmatched.ts'

/** A raw message, base64; of one that is longer its beginning, with the size of the whole. */
const Inbound = z.strictObject({
  raw: z.base64().max(Math.ceil(MOST_READ / 3) * 4),
  size: z.number().int().positive().optional(),
  /** The envelope. */
  to: z.array(z.string().max(320)).max(50).optional(),
  from: z.string().max(320).optional(),
})
export const MOST_HANDED = 1_400_000

const Asked = z.object({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})

@Controller('internal/inbound')
export class InboundController {
  constructor(@Inject(InboundService) private readonly inbound: InboundService) {}

  @Post()
  @HttpCode(202)
  @ApiAcceptedResponse({ standardSchema: z.strictObject({ read: z.string() }) } as never)
  take(@Body({ schema: Inbound }) { raw, size, to, from }: z.infer<typeof Inbound>) {
    return this.inbound.take({
      raw: Buffer.from(raw, 'base64'),
      ...(size === undefined ? {} : { size }),
      ...(to ? { to } : {}),
      ...(from === undefined ? {} : { from }),
    })
  }
}

const OfMeeting = z.strictObject({ meeting: z.uuid() })

/** For the meetings service, which knows who may read it. */
@Controller('internal/unmatched')
export class UnmatchedOfMeetingController {
  constructor(@Inject(UnmatchedService) private readonly unmatched: UnmatchedService) {}

  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: UnmatchedMails } as never)
  async list(@Body({ schema: OfMeeting }) { meeting }: z.infer<typeof OfMeeting>) {
    return { items: await this.unmatched.ofMeeting(meeting) }
  }
}

const OfReferral = z.strictObject({ referral: z.uuid() })

/** For the referrals service, which knows who may read it. */
@Controller('internal/replies')
export class RepliesOfReferralController {
  constructor(@Inject(UnmatchedService) private readonly unmatched: UnmatchedService) {}

  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: ReferralReplies } as never)
  async list(@Body({ schema: OfReferral }) { referral }: z.infer<typeof OfReferral>) {
    return { items: await this.unmatched.ofReferral(referral) }
  }
}

@Controller('api/mail/unmatched')
export class UnmatchedController {
  constructor(@Inject(UnmatchedService) private readonly unmatched: UnmatchedService) {}

  @Get()
  @Trailed('read-unmatched-mail')
  @ApiOkResponse({ standardSchema: UnmatchedMails } as never)
  list(@Query({ schema: Asked }) asked: z.infer<typeof Asked>, @WhoIs() who: Who) {
    return this.unmatched.list(who, asked)
  }
}
