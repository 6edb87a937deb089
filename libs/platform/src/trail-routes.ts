/** The auditor's routes of a service's trail: every service keeps its own chains, and shows them alike. */
import { Controller, Get, Inject, Query, StreamableFile, type Type } from '@nestjs/common'
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger'
import { ROLES, type Lang, type Role } from '@tirek/contract/roles'
import { TrailAsked, TrailPage, type TrailItem } from '@tirek/contract/trail'
import { z } from 'zod'
import type { Who } from './auth.ts'
import { asAttachment, csvStream, type Cell } from './csv.ts'
import { AskedLang, NeedsFreshSignIn, WhoIs } from './http.ts'
import { Trailed } from './trail-keeper.ts'
import { TrailTable } from './trail-table.ts'

const PageAsked = TrailAsked.extend({ cursor: z.string().max(40).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) })

/** A controller at `path`; the module provides a `TrailTable`. `name`: of the file that is exported. */
export function trailRoutes(path: string, name: string): Type {
  @Controller(path)
  class TrailRoutes {
    constructor(@Inject(TrailTable) private readonly table: TrailTable) {}

    /** The trail for auditors: no content of any case. */
    @Get()
    @Trailed('read-trail')
    @ApiOkResponse({ standardSchema: TrailPage } as never)
    page(@Query({ schema: PageAsked }) asked: z.infer<typeof PageAsked>, @WhoIs() who: Who) {
      return this.table.page(who, asked)
    }

    /** The same as a table: CSV with `;` between cells, as spreadsheets of Russian and Kazakh read it; no cell is a formula. */
    @Get('export.csv')
    @Trailed('exported-trail')
    @NeedsFreshSignIn()
    @ApiProduces('text/csv')
    async export(@Query({ schema: TrailAsked }) asked: TrailAsked, @WhoIs() who: Who, @AskedLang() lang: Lang): Promise<StreamableFile> {
      const items = await this.table.export(who, asked)
      const rows = (async function* () {
        for await (const item of items) yield cellsOf(item, lang)
      })()
      return new StreamableFile(csvStream(COLUMNS[lang], rows), {
        type: 'text/csv; charset=utf-8',
        disposition: asAttachment(name, 'csv'),
      })
    }
  }
  return TrailRoutes
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
