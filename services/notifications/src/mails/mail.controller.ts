/** For the meetings service: mail to people without an account. */
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common'
import { ApiAcceptedResponse, ApiOkResponse } from '@nestjs/swagger'
import { Mail, MailRevoke } from '@tirek/contract/mails'
import { z } from 'zod'
import { MailService } from './mail.service.ts'

/** Bytes of a mail with its attachments in base64: what most mail servers take. */
export const MOST_MAIL = 15_000_000

@Controller('internal/mails')
export class MailController {
  constructor(@Inject(MailService) private readonly mails: MailService) {}

  @Post()
  @HttpCode(202)
  @ApiAcceptedResponse({ standardSchema: z.strictObject({ read: z.enum(['taken', 'known']) }) } as never)
  take(@Body({ schema: Mail }) mail: Mail) {
    return this.mails.take(mail)
  }

  @Post('revoke')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: z.strictObject({ links: z.number().int() }) } as never)
  revoke(@Body({ schema: MailRevoke }) asked: MailRevoke) {
    return this.mails.revoke(asked)
  }
}
