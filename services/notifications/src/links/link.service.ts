import { Inject, Injectable } from '@nestjs/common'
import { LongestComment, type LinkAnswer, type LinkPurpose, type LinkUse, type Receipt } from '@tirek/contract/links'
import type { Sql } from '@tirek/platform/database'
import type { Link, LinkState } from '@tirek/platform/links'
import { Trail } from '@tirek/platform/trail'
import { LettersRecord } from '../letters/record.ts'
import { answerByLink, confirmMail, meetingOf, MeetingMoved } from '../mails/answers.ts'
import { isLocked } from '../mails/file-code.ts'
import { isOnPaper, shownOf } from '../referrals/asking.ts'
import { confirm, isHourClosed, receiptsOf } from './receipts.ts'

type Act = (sql: Sql, link: Link<LinkPurpose>, said: LinkUse) => Promise<void>
type Known = Exclude<LinkAnswer, { state: 'unknown' }>

/** A file is opened with its code, an answer to a referral given with its form. */
type OwnWay = 'file' | 'referral-file' | 'decision'
export const isOfFile = (purpose: LinkPurpose): boolean => purpose === 'file' || purpose === 'referral-file'
const OF_REFERRAL: readonly LinkPurpose[] = ['referral-receipt', 'referral-file', 'decision']
const hasOwnWay = (purpose: LinkPurpose): purpose is OwnWay => isOfFile(purpose) || purpose === 'decision'

@Injectable()
export class LinkService {
  /** What a link does, by its purpose: one that is missing does not compile. */
  readonly #acts: Readonly<Record<Exclude<LinkPurpose, OwnWay>, Act>>

  constructor(
    @Inject(LettersRecord) private readonly record: LettersRecord,
    @Inject(Trail) trail: Trail,
  ) {
    const now = () => record.clock.now()
    this.#acts = {
      receipt: (sql, link) => confirm(sql, link, trail, now()),
      answer: (sql, link, said) => answerByLink(sql, link, said, trail, now()),
      'mail-receipt': (sql, link) => confirmMail(sql, link, trail, now()),
      'referral-receipt': (sql, link) => confirmMail(sql, link, trail, now()),
    }
  }

  /** `problem`: why nothing was noted though it was asked for. */
  async look(token: string, problem?: Known['problem'], left?: number): Promise<LinkAnswer> {
    const found = await this.record.links.look(token)
    if (found.state === 'unknown') return found
    const isClosed = found.state === 'open' && found.link.purpose === 'receipt' && (await isHourClosed(this.record, found.link))
    return this.#answerOf(isClosed ? 'closed' : found.state, found.link, problem, left)
  }

  async use(said: LinkUse): Promise<LinkAnswer> {
    const { token } = said
    const found = await this.record.links.look(token)
    if (found.state === 'unknown') return found
    const { purpose } = found.link
    if (found.state === 'open' && purpose === 'receipt' && (await isHourClosed(this.record, found.link)))
      return this.#answerOf('closed', found.link)
    if (hasOwnWay(purpose)) return this.look(token)
    const problem = purpose === 'answer' && found.state === 'open' ? whatIsMissing(said) : undefined
    if (problem) return this.look(token, problem)
    try {
      const used = await this.record.links.use(token, purpose, (sql, link) => this.#acts[purpose](sql, link, said))
      return used.state === 'unknown' ? used : await this.#answerOf(used.state, used.link)
    } catch (error) {
      if (error instanceof MeetingMoved) return this.look(token, 'moved')
      throw error
    }
  }

  receiptsOf(caseId: string): Promise<Receipt[]> {
    return receiptsOf(this.record.db, caseId)
  }

  async #answerOf(
    state: LinkState | 'done' | 'closed',
    link: Link<LinkPurpose>,
    problem?: Known['problem'],
    left?: number,
  ): Promise<Known> {
    const { purpose, number, lang, usedAt } = link
    const { db } = this.record
    const sql: Sql = (text, values) => db.query(text, values)
    const isClosed = isOfFile(purpose) && (await isLocked(sql, link.subject))
    const why = isClosed ? 'locked' : problem
    const meeting = purpose === 'answer' ? await meetingOf(sql, link, state === 'open' || state === 'done') : {}
    const referral = purpose === 'decision' && state === 'open' ? await shownOf(this.record, link.subject) : undefined
    if (purpose === 'decision' && state === 'open' && !referral) return { state: 'closed', purpose, number, lang }
    return {
      state,
      purpose,
      number,
      lang,
      ...(usedAt === null ? {} : { usedAt }),
      ...meeting,
      ...(referral && { referral }),
      ...(state === 'revoked' && OF_REFERRAL.includes(purpose) && (await isOnPaper(sql, link.subject)) && { instead: 'paper' as const }),
      ...(why && state === 'open' ? { problem: why } : {}),
      ...(left === undefined || isClosed ? {} : { left }),
    }
  }
}

const whatIsMissing = ({ answer, comment = '' }: LinkUse): Known['problem'] =>
  answer === undefined ? 'choose' : comment.trim().length > LongestComment ? 'comment-too-long' : undefined
