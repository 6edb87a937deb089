import { Inject, Injectable } from '@nestjs/common'
import type { LinkAnswer, LinkPurpose, Receipt } from '@tirek/contract/links'
import type { Sql } from '@tirek/platform/database'
import type { Link, LinkState } from '@tirek/platform/links'
import { Trail } from '@tirek/platform/trail'
import { LettersRecord } from '../letters/record.ts'
import { confirm, isHourClosed, receiptsOf } from './receipts.ts'

type Act = (sql: Sql, link: Link<LinkPurpose>) => Promise<void>

@Injectable()
export class LinkService {
  /** What a link does, by its purpose: one that is missing does not compile. */
  readonly #acts: Readonly<Record<LinkPurpose, Act>>

  constructor(
    @Inject(LettersRecord) private readonly record: LettersRecord,
    @Inject(Trail) trail: Trail,
  ) {
    this.#acts = { receipt: (sql, link) => confirm(sql, link, trail, record.clock.now()) }
  }

  async look(token: string): Promise<LinkAnswer> {
    const found = await this.record.links.look(token)
    if (found.state === 'unknown') return found
    const isClosed = found.state === 'open' && (await isHourClosed(this.record, found.link))
    return answerOf(isClosed ? 'closed' : found.state, found.link)
  }

  async use(token: string): Promise<LinkAnswer> {
    const found = await this.record.links.look(token)
    if (found.state === 'unknown') return found
    if (found.state === 'open' && (await isHourClosed(this.record, found.link))) return answerOf('closed', found.link)
    const used = await this.record.links.use(token, found.link.purpose, this.#acts[found.link.purpose])
    return used.state === 'unknown' ? used : answerOf(used.state, used.link)
  }

  receiptsOf(caseId: string): Promise<Receipt[]> {
    return receiptsOf(this.record.db, caseId)
  }
}

const answerOf = (state: LinkState | 'done' | 'closed', { purpose, number, lang, usedAt }: Link<LinkPurpose>): LinkAnswer => ({
  state,
  purpose,
  number,
  lang,
  ...(usedAt === null ? {} : { usedAt }),
})
