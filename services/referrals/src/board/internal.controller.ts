import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common'
import { ReferralNews } from '@tirek/contract/referral-mails'
import { ReferralAnswerByLink, ReferralUpload, type HeldReferral } from '@tirek/contract/referrals'
import { Uploads } from '@tirek/platform/files/uploads'
import { ProblemError } from '@tirek/platform/problem'
import { Trail } from '@tirek/platform/trail'
import { ended, eraseCase } from '@tirek/proceedings/erasing'
import type { Store } from '@tirek/proceedings/store'
import { Tell } from '@tirek/proceedings/tell'
import { WORK } from '@tirek/proceedings/tokens'
import { z } from 'zod'
import { AnsweringService } from '../answers/answering.service.ts'
import { Replies } from '../answers/replies.service.ts'
import { UploadService } from '../answers/upload.service.ts'
import { Packets } from '../packet/packets.ts'
import { ERASED } from '../record/kind.ts'
import { heldOf } from '../rights/held.ts'

const OfId = z.object({ id: z.uuid() })
const OfCase = z.strictObject({ caseId: z.uuid() })

/** For our other services. */
@Controller('internal')
export class InternalController {
  constructor(
    @Inject(AnsweringService) private readonly answering: AnsweringService,
    @Inject(WORK) private readonly work: Store,
    @Inject(Tell) private readonly workflows: Tell,
    @Inject(Packets) private readonly packets: Packets,
    @Inject(Uploads) private readonly files: Uploads,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(Trail) private readonly trail: Trail,
    @Inject(Replies) private readonly replies: Replies,
  ) {}

  /** A packet that somebody opens by the link of their mail and its code. */
  @Get('files/:id')
  file(@Param({ schema: OfId }) { id }: z.infer<typeof OfId>) {
    return this.packets.attachment(id)
  }

  /** What the page behind a link shows before it asks. */
  @Get('referrals/:id/asking')
  asking(@Param({ schema: OfId }) { id }: z.infer<typeof OfId>) {
    return this.answering.asking(id)
  }

  /** A file that is handed in before the answer that names it. */
  @Post('uploads')
  @HttpCode(200)
  upload(@Body({ schema: ReferralUpload }) upload: ReferralUpload) {
    return this.uploads.takeByLink(upload)
  }

  /** What the body answered by the link. The same key changes nothing. */
  @Post('answers')
  @HttpCode(200)
  answer(@Body({ schema: ReferralAnswerByLink }) answer: ReferralAnswerByLink) {
    return this.answering.byLink(answer)
  }

  /** What became of a mail, or that one was replied to. The same key changes nothing. */
  @Post('mail-news')
  @HttpCode(200)
  async news(@Body({ schema: ReferralNews }) news: ReferralNews) {
    return { fresh: await ('what' in news ? this.answering.replied(news) : this.answering.news(news)) }
  }

  /** RT-10: what referrals hold on a child and the family. */
  @Post('cases/held')
  @HttpCode(200)
  async held(@Body({ schema: OfCase }) { caseId }: z.infer<typeof OfCase>): Promise<{ items: HeldReferral[] }> {
    return { items: await heldOf(this.work, this.replies, caseId) }
  }

  /** A case is erased: its referrals go with it, and what runs of them ends. */
  @Post('cases/erase')
  @HttpCode(200)
  async erase(@Body({ schema: OfCase }) { caseId }: z.infer<typeof OfCase>) {
    const erased = await eraseCase({ work: this.work, files: this.files, trail: this.trail }, ERASED, caseId)
    // What they hold cannot be read any more than the rows; whoever asks comes again until they are ended.
    await this.workflows.end(caseId, erased).catch(() => {
      throw new ProblemError('unavailable')
    })
    await ended(this.work, ERASED, caseId)
    return { referrals: erased.length }
  }
}
