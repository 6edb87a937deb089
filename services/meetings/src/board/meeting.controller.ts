import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res, StreamableFile } from '@nestjs/common'
import { ApiBody, ApiCreatedResponse, ApiHeader, ApiOkResponse } from '@nestjs/swagger'
import { MEETING_CALLED, MEETING_FORMS } from '@tirek/contract/examples/meetings'
import { MeetingCalled } from '@tirek/contract/forms/meeting'
import { MEETING_KINDS } from '@tirek/contract/forms/meeting-codes'
import { oneOf } from '@tirek/contract/forms/fields'
import {
  MEETING_ACT_KINDS,
  MEETING_ACTS,
  MeetingActRequest,
  MeetingList,
  MeetingMails,
  MeetingPage,
  MeetingProposal,
  type MeetingActKind,
} from '@tirek/contract/meetings'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { NoSuchFile, type FileStore } from '@tirek/platform/files/file-store'
import { ProblemError } from '@tirek/platform/problem'
import { Trailed } from '@tirek/platform/trail-keeper'
import { create as contentDisposition } from 'content-disposition'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { MailToSettleService } from '../answers/mail-to-settle.service.ts'
import { PhoneService } from '../answers/phone.service.ts'
import { CallingService } from '../calling/calling.service.ts'
import { InviteesService } from '../calling/invitees.service.ts'
import { MovingService } from '../calling/moving.service.ts'
import { ProposalService } from '../calling/proposal.service.ts'
import { HoldingService } from '../holding/holding.service.ts'
import { ProtocolService } from '../protocol/protocol.service.ts'
import { askedBy, formOf } from '@tirek/proceedings/asked'
import type { Asked } from '@tirek/proceedings/changes'
import type { Answer } from '../record/kind.ts'
import { FILES } from '@tirek/proceedings/tokens'
import { BoardService } from './board.service.ts'
import { ComingService } from './coming.service.ts'

const MOST_INSTANT = 8.64e15
const OfMeeting = z.object({ id: z.uuid() })
const OfFile = z.object({ id: z.uuid(), file: z.uuid() })
const OfAct = z.object({ id: z.uuid(), act: z.enum(MEETING_ACT_KINDS) })
const OfCase = z.object({ caseId: z.uuid() })
const OfKind = OfCase.extend({ kind: oneOf(MEETING_KINDS).default('review') })
/** Of a case, or of a time over all cases that one sees. Instants are ms UTC. */
const Listed = z
  .object({
    caseId: z.uuid().optional(),
    from: z.coerce.number().int().min(0).max(MOST_INSTANT).optional(),
    till: z.coerce.number().int().min(0).max(MOST_INSTANT).default(MOST_INSTANT),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(50).default(30),
  })
  .superRefine(({ caseId, from }, context) => {
    if (caseId === undefined && from === undefined) context.addIssue({ code: 'custom', path: ['caseId'], message: 'required' })
  })
const EXAMPLES = Object.fromEntries(Object.entries(MEETING_FORMS).map(([act, form]) => [act, { value: { version: 1, form } }]))

@Controller('api/meetings')
export class MeetingController {
  constructor(
    @Inject(BoardService) private readonly board: BoardService,
    @Inject(ComingService) private readonly coming: ComingService,
    @Inject(CallingService) private readonly calling: CallingService,
    @Inject(MovingService) private readonly moving: MovingService,
    @Inject(InviteesService) private readonly inviting: InviteesService,
    @Inject(ProposalService) private readonly proposals: ProposalService,
    @Inject(PhoneService) private readonly phone: PhoneService,
    @Inject(MailToSettleService) private readonly mails: MailToSettleService,
    @Inject(HoldingService) private readonly holding: HoldingService,
    @Inject(ProtocolService) private readonly protocols: ProtocolService,
    @Inject(FILES) private readonly files: FileStore,
  ) {}

  /** Calls a meeting of a case (CP-30): invitations go out to everybody. */
  @Post()
  @Trailed('meeting-called')
  @ApiBody({ standardSchema: MeetingCalled, examples: { called: { value: MEETING_CALLED } } } as never)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: MeetingPage } as never)
  async call(@Body({ schema: MeetingCalled }) form: MeetingCalled, @WhoIs() who: Who, @Headers('idempotency-key') key: string | undefined) {
    return (await this.calling.call(form, askedBy(who, key))).body
  }

  /** Meetings of a case, the latest first; or of a time over all cases that one sees, the earliest first, page by page. */
  @Get()
  @Trailed('read-meetings')
  @ApiOkResponse({ standardSchema: MeetingList } as never)
  list(@Query({ schema: Listed }) { caseId, from, ...asked }: z.infer<typeof Listed>, @WhoIs() who: Who) {
    return caseId === undefined ? this.coming.list({ from: from!, ...asked }, who) : this.board.list(caseId, who)
  }

  /** Whom a meeting of a kind may be called with: the people of the last one. */
  @Get('proposal')
  @Trailed('read-meetings')
  @ApiOkResponse({ standardSchema: MeetingProposal } as never)
  proposal(@Query({ schema: OfKind }) { caseId, kind }: z.infer<typeof OfKind>, @WhoIs() who: Who) {
    return this.proposals.of(caseId, kind, who)
  }

  /** The board of one meeting: who comes, who does not, who is silent; its protocol. */
  @Get(':id')
  @Trailed('read-meeting')
  @ApiOkResponse({ standardSchema: MeetingPage } as never)
  page(@Param({ schema: OfMeeting }) { id }: z.infer<typeof OfMeeting>, @WhoIs() who: Who) {
    return this.board.page(id, who)
  }

  /** Mail to the meeting that nobody could match: what it says, for who may settle it. */
  @Get(':id/mail')
  @Trailed('read-unmatched-mail')
  @ApiOkResponse({ standardSchema: MeetingMails } as never)
  mail(@Param({ schema: OfMeeting }) { id }: z.infer<typeof OfMeeting>, @WhoIs() who: Who) {
    return this.mails.list(id, who)
  }

  /** A file of its protocol: the same bytes each time. */
  @Get(':id/files/:file')
  @Trailed('meeting-protocol-read')
  async file(
    @Param({ schema: OfFile }) { id, file }: z.infer<typeof OfFile>,
    @WhoIs() who: Who,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { name, type, stored } = await this.board.file(id, file, who)
    const bytes = await this.files.get(stored).catch((error: unknown) => {
      throw error instanceof NoSuchFile ? new ProblemError('not-found') : error
    })
    void reply.headers({ 'content-type': type, 'content-disposition': contentDisposition(name) })
    return new StreamableFile(bytes)
  }

  /** Records an act on a meeting. Its form is the schema of the act. */
  @Post(':id/:act')
  @HttpCode(200)
  @Trailed('meeting-act')
  @ApiBody({ standardSchema: MeetingActRequest, examples: EXAMPLES } as never)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ standardSchema: MeetingPage } as never)
  async act(
    @Param({ schema: OfAct }) { id, act }: z.infer<typeof OfAct>,
    @Body({ schema: MeetingActRequest }) { version, form }: MeetingActRequest,
    @WhoIs() who: Who,
    @Headers('idempotency-key') key: string | undefined,
  ) {
    return (await this.#acts[act](id, version, form, askedBy(who, key))).body
  }

  readonly #acts: Record<MeetingActKind, (id: string, version: number, form: unknown, asked: Asked) => Promise<Answer>> = {
    confirmed: (id, version, form, asked) => this.calling.confirm(id, version, read('confirmed', form), asked),
    moved: (id, version, form, asked) => this.moving.move(id, version, read('moved', form), asked),
    cancelled: (id, version, form, asked) => this.moving.cancel(id, version, read('cancelled', form), asked),
    invited: (id, version, form, asked) => this.inviting.invite(id, version, read('invited', form), asked),
    uninvited: (id, version, form, asked) => this.inviting.uninvite(id, version, read('uninvited', form), asked),
    answered: (id, _, form, asked) => this.phone.answer(id, read('answered', form), asked),
    'mail-answered': (id, _, form, asked) => this.mails.answered(id, read('mail-answered', form), asked),
    'mail-set-aside': (id, _, form, asked) => this.mails.setAside(id, read('mail-set-aside', form), asked),
    'not-held': (id, version, form, asked) => this.holding.notHeld(id, version, read('not-held', form), asked),
    held: (id, version, form, asked) => this.holding.held(id, version, read('held', form), asked),
    'protocol-written': (id, version, form, asked) => this.protocols.write(id, version, read('protocol-written', form), asked),
    'protocol-approved': (id, version, form, asked) => {
      read('protocol-approved', form)
      return this.protocols.approve(id, version, asked)
    },
    'protocol-corrected': (id, version, form, asked) => this.protocols.correct(id, version, read('protocol-corrected', form), asked),
    'protocol-handed': (id, _, form, asked) => this.protocols.handed(id, read('protocol-handed', form), asked),
  }
}

const read = <K extends MeetingActKind>(act: K, form: unknown): z.output<(typeof MEETING_ACTS)[K]['form']> =>
  formOf(MEETING_ACTS[act].form, form) as z.output<(typeof MEETING_ACTS)[K]['form']>
