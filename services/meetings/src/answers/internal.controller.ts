import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common'
import { MailNewsTold } from '@tirek/contract/mails'
import type { MeetingDecided } from '@tirek/contract/referrals'
import { ProblemError } from '@tirek/platform/problem'
import { Trail } from '@tirek/platform/trail'
import { z } from 'zod'
import { ended, eraseCase } from '@tirek/proceedings/erasing'
import { decidedBy } from '../holding/decided.ts'
import { ERASED } from '../record/erased.ts'
import type { Store } from '@tirek/proceedings/store'
import { ProtocolFiles } from '../protocol/files.ts'
import { FILES, WORK } from '@tirek/proceedings/tokens'
import type { FileStore } from '@tirek/platform/files/file-store'
import { Tell } from '@tirek/proceedings/tell'
import { NewsService } from './news.service.ts'

const OfFile = z.object({ id: z.uuid() })
const OfMeeting = z.strictObject({ meeting: z.uuid(), caseId: z.uuid() })
const Erased = z.strictObject({ caseId: z.uuid() })

/** For our other services. */
@Controller('internal')
export class InternalController {
  constructor(
    @Inject(NewsService) private readonly news: NewsService,
    @Inject(WORK) private readonly work: Store,
    @Inject(Tell) private readonly workflows: Tell,
    @Inject(ProtocolFiles) private readonly protocols: ProtocolFiles,
    @Inject(FILES) private readonly files: FileStore,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  /** A file that somebody opens by the link of their mail and its code. */
  @Get('files/:id')
  file(@Param({ schema: OfFile }) { id }: z.infer<typeof OfFile>) {
    return this.protocols.attachment(id)
  }

  /** For the referral that follows. */
  @Post('meetings/decided')
  @HttpCode(200)
  async decided(@Body({ schema: OfMeeting }) { meeting, caseId }: z.infer<typeof OfMeeting>): Promise<MeetingDecided> {
    const decided = await decidedBy(this.work, meeting, caseId)
    if (!decided) throw new ProblemError('not-found')
    return decided
  }

  /** A case is erased: its meetings go with it, and what runs of them ends. */
  @Post('cases/erase')
  @HttpCode(200)
  async erase(@Body({ schema: Erased }) { caseId }: z.infer<typeof Erased>) {
    const erased = await eraseCase({ work: this.work, files: this.files, trail: this.trail }, ERASED, caseId)
    // What they hold cannot be read any more than the rows; whoever asks comes again until they are ended.
    await this.workflows.end(caseId, erased).catch(() => {
      throw new ProblemError('unavailable')
    })
    await ended(this.work, ERASED, caseId)
    return { meetings: erased.length }
  }

  /** What became of mails, answers to them, or mail that nobody could match. The same key changes nothing. `fresh`: how many were new. */
  @Post('mail-news')
  @HttpCode(200)
  async take(@Body({ schema: MailNewsTold }) told: MailNewsTold) {
    let fresh = 0
    // Each by itself: of a call that fails half-way what was taken stays taken.
    for (const news of 'items' in told ? told.items : [told]) if (await this.news.take(news)) fresh++
    return { fresh }
  }
}
