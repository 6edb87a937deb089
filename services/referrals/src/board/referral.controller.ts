import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res, StreamableFile } from '@nestjs/common'
import { ApiBody, ApiCreatedResponse, ApiHeader, ApiOkResponse } from '@nestjs/swagger'
import { REFERRAL_FORMS, REFERRAL_PREPARED } from '@tirek/contract/examples/referrals'
import { ReferralPrepared } from '@tirek/contract/forms/referral'
import {
  REFERRAL_ACT_KINDS,
  REFERRAL_ACTS,
  ReferralActRequest,
  ReferralFile,
  ReferralList,
  ReferralOffer,
  ReferralPage,
  ReferralUploadNoted,
  type ReferralActKind,
} from '@tirek/contract/referrals'
import type { Who } from '@tirek/platform/auth'
import { downloadHeaders, Uploads } from '@tirek/platform/files/uploads'
import type { UploadType } from '@tirek/platform/files/upload-check'
import { WhoIs } from '@tirek/platform/http'
import { Trailed } from '@tirek/platform/trail-keeper'
import type { Asked } from '@tirek/proceedings/changes'
import { askedBy, formOf } from '@tirek/proceedings/asked'
import type { FastifyReply } from 'fastify'
import { ReferralReplies } from '@tirek/contract/unmatched-mail'
import { z } from 'zod'
import { AnsweringService } from '../answers/answering.service.ts'
import { RepliesService } from '../answers/replies.service.ts'
import { UploadService } from '../answers/upload.service.ts'
import { DocumentService } from '../documents/document.service.ts'
import { FollowingService } from '../following/following.service.ts'
import { PacketService } from '../packet/packet.service.ts'
import { PreparingService } from '../preparing/preparing.service.ts'
import type { Answer } from '../record/kind.ts'
import { SendingService } from '../sending/sending.service.ts'
import { BoardService } from './board.service.ts'
import { OfferService } from './offer.service.ts'

const OfReferral = z.object({ id: z.uuid() })
const OfFile = z.object({ id: z.uuid(), file: z.uuid() })
const OfAct = z.object({ id: z.uuid(), act: z.enum(REFERRAL_ACT_KINDS) })
const OfCase = z.object({ caseId: z.uuid() })
const OfOffer = OfCase.extend({ meeting: z.uuid().optional() })
const EXAMPLES = Object.fromEntries(Object.entries(REFERRAL_FORMS).map(([act, form]) => [act, { value: { version: 1, form } }]))
const read = <K extends ReferralActKind>(act: K, form: unknown): z.output<(typeof REFERRAL_ACTS)[K]['form']> =>
  formOf(REFERRAL_ACTS[act].form, form) as z.output<(typeof REFERRAL_ACTS)[K]['form']>

@Controller('api/referrals')
export class ReferralController {
  constructor(
    @Inject(BoardService) private readonly board: BoardService,
    @Inject(OfferService) private readonly offers: OfferService,
    @Inject(PreparingService) private readonly preparing: PreparingService,
    @Inject(PacketService) private readonly packets: PacketService,
    @Inject(SendingService) private readonly sending: SendingService,
    @Inject(AnsweringService) private readonly answering: AnsweringService,
    @Inject(FollowingService) private readonly following: FollowingService,
    @Inject(UploadService) private readonly uploading: UploadService,
    @Inject(DocumentService) private readonly documents: DocumentService,
    @Inject(RepliesService) private readonly replying: RepliesService,
    @Inject(Uploads) private readonly files: Uploads,
  ) {}

  /** Prepares a referral of a case (CP-54); out of its turn it is refused with what comes first (CP-57). */
  @Post()
  @Trailed('referral-prepared')
  @ApiBody({ standardSchema: ReferralPrepared, examples: { prepared: { value: REFERRAL_PREPARED } } } as never)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: ReferralPage } as never)
  async prepare(
    @Body({ schema: ReferralPrepared }) form: ReferralPrepared,
    @WhoIs() who: Who,
    @Headers('idempotency-key') key: string | undefined,
  ) {
    return (await this.preparing.prepare(form, askedBy(who, key))).body
  }

  @Get()
  @Trailed('read-referrals')
  @ApiOkResponse({ standardSchema: ReferralList } as never)
  list(@Query({ schema: OfCase }) { caseId }: z.infer<typeof OfCase>, @WhoIs() who: Who) {
    return this.board.list(caseId, who)
  }

  /** What a form for a new one begins with. */
  @Get('offer')
  @Trailed('read-referral-offer')
  @ApiOkResponse({ standardSchema: ReferralOffer } as never)
  offer(@Query({ schema: OfOffer }) { caseId, meeting }: z.infer<typeof OfOffer>, @WhoIs() who: Who) {
    return this.offers.of(caseId, meeting, who)
  }

  @Get(':id')
  @Trailed('read-referral')
  @ApiOkResponse({ standardSchema: ReferralPage } as never)
  page(@Param({ schema: OfReferral }) { id }: z.infer<typeof OfReferral>, @WhoIs() who: Who) {
    return this.board.page(id, who)
  }

  /** Plain mails that came as replies to its own: what they say, as it came. */
  @Get(':id/replies')
  @Trailed('read-referral-replies')
  @ApiOkResponse({ standardSchema: ReferralReplies } as never)
  replies(@Param({ schema: OfReferral }) { id }: z.infer<typeof OfReferral>, @WhoIs() who: Who) {
    return this.replying.list(id, who)
  }

  /** The packet, the same bytes each time, a document that goes with it, or what was handed in with an answer. */
  @Get(':id/files/:file')
  @Trailed('referral-file-read')
  async file(
    @Param({ schema: OfFile }) { id, file }: z.infer<typeof OfFile>,
    @WhoIs() who: Who,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { name, type, stored, of } = await this.board.file(id, file, who)
    // The scanner may have been away when it was handed in.
    if (of !== 'packet') await this.files.settle(stored, type as UploadType)
    const bytes = await this.files.get(stored)
    void reply.headers(downloadHeaders({ name, type: type as UploadType }))
    return new StreamableFile(bytes)
  }

  /** A file that goes with an answer which a worker writes down, or into the packet: handed in before the act that names it. */
  @Post(':id/uploads')
  @HttpCode(200)
  @Trailed('referral-file-kept')
  @ApiOkResponse({ standardSchema: ReferralFile } as never)
  upload(
    @Param({ schema: OfReferral }) { id }: z.infer<typeof OfReferral>,
    @Body({ schema: ReferralUploadNoted }) upload: ReferralUploadNoted,
    @WhoIs() who: Who,
  ) {
    return this.uploading.takeFrom(who, id, upload)
  }

  /** Records an act on a referral. Its form is the schema of the act. */
  @Post(':id/:act')
  @HttpCode(200)
  @Trailed('referral-act')
  @ApiBody({ standardSchema: ReferralActRequest, examples: EXAMPLES } as never)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ standardSchema: ReferralPage } as never)
  async act(
    @Param({ schema: OfAct }) { id, act }: z.infer<typeof OfAct>,
    @Body({ schema: ReferralActRequest }) { version, form }: ReferralActRequest,
    @WhoIs() who: Who,
    @Headers('idempotency-key') key: string | undefined,
  ) {
    return (await this.#acts[act](id, version, form, askedBy(who, key))).body
  }

  readonly #acts: Record<ReferralActKind, (id: string, version: number, form: unknown, asked: Asked) => Promise<Answer>> = {
    changed: (id, version, form, asked) => this.preparing.change(id, version, read('changed', form), asked),
    'document-added': (id, version, form, asked) => this.documents.add(id, version, read('document-added', form), asked),
    'document-removed': (id, version, form, asked) => this.documents.remove(id, version, read('document-removed', form), asked),
    'packet-made': (id, version, form, asked) => {
      read('packet-made', form)
      return this.packets.make(id, version, asked)
    },
    sent: (id, version, form, asked) => this.sending.send(id, version, read('sent', form), asked),
    answered: (id, version, form, asked) => this.answering.note(id, version, read('answered', form), asked),
    'placement-confirmed': (id, version, form, asked) => this.following.placed(id, version, read('placement-confirmed', form), asked),
    'nothing-follows': (id, version, form, asked) => this.following.nothing(id, version, read('nothing-follows', form), asked),
    withdrawn: (id, version, form, asked) => this.following.withdraw(id, version, read('withdrawn', form), asked),
  }
}
