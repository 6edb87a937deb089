import { Controller, Get, Inject, Param, Query, Res, StreamableFile } from '@nestjs/common'
import { JOURNALS } from '@tirek/contract/journals'
import { isFamilySheet } from '@tirek/contract/papers'
import { PAPER_ENDINGS } from '@tirek/contract/reviews'
import { Lang } from '@tirek/contract/roles'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { Trailed, Untrailed } from '@tirek/platform/trail-keeper'
import { create as contentDisposition } from 'content-disposition'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { Papers, type PaperFile } from './papers.ts'

const ending = z.enum(PAPER_ENDINGS)
const OfAct = z.object({ id: z.uuid(), act: z.uuid(), ending })
const OfSheet = z.object({ id: z.uuid(), sheet: z.string().max(60), ending })
const OfBlank = z.object({ blank: z.string().max(60), ending })
const OfEdition = z.object({ id: z.string().max(60), sheet: z.string().max(60), ending })
const OfJournal = z.object({ name: z.enum(Object.keys(JOURNALS) as [keyof typeof JOURNALS]), ending })
const InLang = z.object({ lang: Lang.optional() })
/** `asOf`: the day of a drawing. `names`: people are called by their names on it. */
const OfDrawing = InLang.extend({ asOf: z.iso.date().optional(), names: z.enum(['true']).optional() })
const Filtered = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  text: z.string().max(300).optional(),
  kind: z.string().max(40).optional(),
})
const TYPES = { pdf: 'application/pdf', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' }

/** Papers are made when somebody asks for them: forms filled and blank, sheets of a case, journals. */
@Controller('api')
export class PapersController {
  constructor(@Inject(Papers) private readonly papers: Papers) {}

  /** The form of one act as its paper, by the right to read that form. */
  @Get('cases/:id/papers/:act/:ending')
  @Trailed('paper-read')
  async act(@Param({ schema: OfAct }) of: z.infer<typeof OfAct>, @WhoIs() who: Who, @Res({ passthrough: true }) reply: FastifyReply) {
    return sent(await this.papers.act(of.id, of.act, of.ending, who), of.ending, reply)
  }

  /** A sheet of the whole case: how to reach us, the plan with its reviews, the contacts, the contents of the file, its handing over, an urgent notice; genogram and ecomap. */
  @Get('cases/:id/sheets/:sheet/:ending')
  @Trailed('sheet-read')
  async sheet(
    @Param({ schema: OfSheet }) of: z.infer<typeof OfSheet>,
    @Query({ schema: OfDrawing }) { lang, asOf, names }: z.infer<typeof OfDrawing>,
    @WhoIs() who: Who,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    // A drawing is no text to edit.
    if (isFamilySheet(of.sheet) && of.ending === 'pdf')
      return sent(await this.papers.family(of.id, of.sheet, who, { lang, asOf, names: names === 'true' }), of.ending, reply)
    return sent(await this.papers.sheet(of.id, of.sheet, of.ending, who, lang), of.ending, reply)
  }

  /** An empty form to fill by hand. */
  @Get('blanks/:blank/:ending')
  @Untrailed('a form with nothing in it')
  async blank(
    @Param({ schema: OfBlank }) of: z.infer<typeof OfBlank>,
    @Query({ schema: InLang }) { lang }: z.infer<typeof InLang>,
    @WhoIs() who: Who,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return sent(await this.papers.blank(of.blank, of.ending, who, lang ?? who.lang), of.ending, reply)
  }

  /** The journal as its book: of these days, and of entries that say this. */
  @Get('journals/:name/print/:ending')
  @Trailed('read-journal')
  async journal(
    @Param({ schema: OfJournal }) of: z.infer<typeof OfJournal>,
    @Query({ schema: Filtered }) filter: z.infer<typeof Filtered>,
    @WhoIs() who: Who,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return sent(await this.papers.journal(of.name, of.ending, who, filter), of.ending, reply)
  }

  /** CP-90, CP-91: the change sheet and the acquaintance sheet of an edition. */
  @Get('editions/:id/sheets/:sheet/:ending')
  @Trailed('read-acquaintance')
  async edition(
    @Param({ schema: OfEdition }) of: z.infer<typeof OfEdition>,
    @WhoIs() who: Who,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return sent(await this.papers.edition(of.id, of.sheet, of.ending, who), of.ending, reply)
  }
}

function sent({ name, bytes }: PaperFile, ending: keyof typeof TYPES, reply: FastifyReply): StreamableFile {
  void reply.headers({ 'content-type': TYPES[ending], 'content-disposition': contentDisposition(name) })
  return new StreamableFile(bytes)
}
