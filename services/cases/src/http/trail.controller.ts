import { Controller, Get, Inject, Param, Query, StreamableFile } from '@nestjs/common'
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger'
import { CaseReaders, TrailAsked, TrailPage, type TrailItem } from '@tirek/contract/trail'
import { ROLES, type Lang, type Role } from '@tirek/contract/roles'
import type { Who } from '@tirek/platform/auth'
import { asAttachment, csvStream, type Cell } from '@tirek/platform/csv'
import { AskedLang, WhoIs } from '@tirek/platform/http'
import { Trailed } from '@tirek/platform/trail-keeper'
import { z } from 'zod'
import { TrailPages } from './trail-pages.ts'

const OfCase = z.object({ id: z.uuid() })
const ReadersAsked = z.object({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
const PageAsked = TrailAsked.extend({ cursor: z.string().max(40).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) })

@Controller('api')
export class TrailController {
  constructor(@Inject(TrailPages) private readonly pages: TrailPages) {}

  /** Who read or acted on this case, when and why; also whom it was refused. */
  @Get('cases/:id/readers')
  @Trailed('read-readers')
  @ApiOkResponse({ standardSchema: CaseReaders } as never)
  readers(
    @Param({ schema: OfCase }) { id }: z.infer<typeof OfCase>,
    @Query({ schema: ReadersAsked }) asked: z.infer<typeof ReadersAsked>,
    @WhoIs() who: Who,
  ) {
    return this.pages.readers(id, who, asked)
  }

  /** The trail for auditors: no content of any case. */
  @Get('trail')
  @Trailed('read-trail')
  @ApiOkResponse({ standardSchema: TrailPage } as never)
  page(@Query({ schema: PageAsked }) asked: z.infer<typeof PageAsked>, @WhoIs() who: Who) {
    return this.pages.page(who, asked)
  }

  /** The same as a table: CSV with `;` between cells, as spreadsheets of Russian and Kazakh read it; no cell is a formula. */
  @Get('trail/export.csv')
  @Trailed('exported-trail')
  @ApiProduces('text/csv')
  async export(@Query({ schema: TrailAsked }) asked: TrailAsked, @WhoIs() who: Who, @AskedLang() lang: Lang): Promise<StreamableFile> {
    const items = await this.pages.export(who, asked)
    const rows = (async function* () {
      for await (const item of items) yield cellsOf(item, lang)
    })()
    return new StreamableFile(csvStream(COLUMNS[lang], rows), {
      type: 'text/csv; charset=utf-8',
      disposition: asAttachment('trail', 'csv'),
    })
  }
}

const COLUMNS: Record<Lang, string[]> = {
  ru: [
    'время (UTC)',
    'кто',
    'логин',
    'роль',
    'действие',
    'код действия',
    'итог',
    'основание',
    'случай',
    'id случая',
    'адрес',
    'запрос',
    'объект',
    'строка цепи',
    'хеш',
  ],
  kk: [
    'уақыты (UTC)',
    'кім',
    'логин',
    'рөлі',
    'әрекет',
    'әрекет коды',
    'нәтиже',
    'негіздеме',
    'іс',
    'іс id',
    'мекенжай',
    'сұрау',
    'нысан',
    'тізбек жолы',
    'хеш',
  ],
  en: [
    'time (UTC)',
    'who',
    'login',
    'role',
    'what',
    'code',
    'outcome',
    'why',
    'case',
    'case id',
    'from where',
    'request',
    'about',
    'row of chain',
    'hash',
  ],
}

const cellsOf = (item: TrailItem, lang: Lang): Cell[] => [
  new Date(item.at).toISOString(),
  item.name ?? item.who,
  item.login,
  Object.hasOwn(ROLES, item.role) ? ROLES[item.role as Role][lang] : item.role,
  item.whatText[lang],
  item.what,
  item.outcome,
  item.whyText[lang],
  item.caseNumber,
  item.caseId,
  item.from,
  item.request,
  item.about,
  item.n,
  item.hash,
]
