/** Rights of people: what is held is given out, what is past its term is erased. */
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common'
import type { Lang } from '@tirek/contract/roles'
import type { Who } from '@tirek/platform/auth'
import { AskedLang, NeedsFreshSignIn, WhoIs } from '@tirek/platform/http'
import { Trailed } from '@tirek/platform/trail-keeper'
import { dayOf } from '@tirek/procedure/time'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { Lists } from './lists.ts'
import { Erasures } from '../rights/erasures.ts'
import { Exports } from '../rights/export.ts'
import { asHtml, asJson } from '../rights/writers.ts'

const OfCase = z.object({ id: z.uuid() })
const ExportAsked = z.object({ request: z.uuid(), format: z.enum(['json', 'html']).default('json') })
const DueAsked = z.object({ limit: z.coerce.number().int().min(1).max(200).default(100) })
export const ErasureApproved = z
  .strictObject({ cases: z.array(z.uuid()).max(50).default([]), journals: z.boolean().default(false) })
  .refine((asked) => asked.cases.length > 0 || asked.journals, { path: ['cases'], message: 'invalid' })
  .meta({ id: 'ErasureApproved' })

@Controller('api')
export class RightsController {
  constructor(
    @Inject(Lists) private readonly lists: Lists,
    @Inject(Exports) private readonly exports: Exports,
    @Inject(Erasures) private readonly erasures: Erasures,
  ) {}

  /** RT-10: all that is held, for a recorded and granted request (an act `access-asked`), as JSON or as a page to print. */
  @Get('cases/:id/export')
  @Trailed('exported')
  @NeedsFreshSignIn()
  async export(
    @Param({ schema: OfCase }) { id }: z.infer<typeof OfCase>,
    @Query({ schema: ExportAsked }) { request, format }: z.infer<typeof ExportAsked>,
    @WhoIs() who: Who,
    @AskedLang() lang: Lang,
  ): Promise<StreamableFile> {
    const row = await this.lists.exported(id, who)
    const { head, sections } = await this.exports.open(row, request, who, lang)
    const pieces = format === 'json' ? asJson(head, sections) : asHtml(head, sections)
    return new StreamableFile(Readable.from(pieces, { objectMode: false }), {
      type: format === 'json' ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
      // Number and day alone: the name of a file says nobody's name.
      disposition: `attachment; filename="${head.caseNumber.replace(/[^A-Za-z0-9-]/g, '_')}_${dayOf(head.madeAt)}.${format}"`,
    })
  }

  @Get('erasures/due')
  @Trailed('read-due-erasures')
  due(@Query({ schema: DueAsked }) { limit }: z.infer<typeof DueAsked>, @WhoIs() who: Who) {
    return this.erasures.due(who, limit)
  }

  /** RT-30: the head approves; nothing is erased without. A second time answers `case-erased`. */
  @Post('erasures')
  @HttpCode(200)
  @Trailed('erased')
  @NeedsFreshSignIn()
  approve(@Body({ schema: ErasureApproved }) asked: z.infer<typeof ErasureApproved>, @WhoIs() who: Who) {
    return this.erasures.approve(asked, who)
  }
}
