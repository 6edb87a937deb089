import { Inject, Injectable } from '@nestjs/common'
import { ReferralAnswerForm } from '@tirek/contract/forms/referral'
import { answerOf, isLastAnswer } from '@tirek/contract/referral-answers'
import { ReferralAnswerTaken, ReferralFile, type ReferralAnswerByLinkInput, type ReferralUpload } from '@tirek/contract/referrals'
import { fieldErrorsOf } from '@tirek/contract/errors'
import type { HandedIn, LinkAnswer, LinkDecision, LinkReferral } from '@tirek/contract/links'
import type { Sql } from '@tirek/platform/database'
import type { Link } from '@tirek/platform/links'
import { ProblemError } from '@tirek/platform/problem'
import { ServiceRefusal } from '@tirek/platform/service-tokens'
import { describe } from '@tirek/platform/ticker'
import { Trail } from '@tirek/platform/trail'
import { createHash } from 'node:crypto'
import { LettersRecord } from '../letters/record.ts'
import { LinkService } from '../links/link.service.ts'
import { byLink } from '../mails/answers.ts'
import { askingFor, noteAnswered, shownOf } from './asking.ts'
import { queueMail } from './mail.service.ts'

type Known = Exclude<LinkAnswer, { state: 'unknown' }>
type Issue = NonNullable<Known['issues']>[number]

/** The body cannot answer so: nothing is noted, and the link is as before. */
class NotTaken extends Error {
  readonly issues: Issue[]
  constructor(issues: Issue[]) {
    super('the referrals service did not take the answer')
    this.issues = issues
  }
}
/** The referral came to its end meanwhile. */
class IsOver extends Error {}

const LONGEST_CALL = 20_000

/** What a body's secretary answers by the link of a mail (CP-54). */
@Injectable()
export class DecisionService {
  constructor(
    @Inject(LettersRecord) private readonly record: LettersRecord,
    @Inject(LinkService) private readonly links: LinkService,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  /** Throws `unavailable` while the referrals service is away: nothing is noted then. */
  async decide(asked: LinkDecision): Promise<LinkAnswer> {
    const { token } = asked
    const found = await this.record.links.look(token)
    if (found.state !== 'open' || found.link.purpose !== 'decision') return this.links.look(token)
    const shown = await shownOf(this.record, found.link.subject)
    if (!shown) return this.links.look(token)
    return this.#decide(asked, found.link.subject, shown).catch(async (error: unknown) => {
      if (!(error instanceof IsOver)) throw error
      const { purpose, number, lang } = found.link
      return { state: 'closed' as const, purpose, number, lang }
    })
  }

  async #decide(asked: LinkDecision, referral: string, shown: LinkReferral): Promise<LinkAnswer> {
    const { token } = asked
    // First of all: a file that was taken is not lost with an answer that was not.
    const { handedIn, issues } = await this.#handIn(asked, referral)
    const read = answerRead(asked.form, handedIn, shown)
    if ('issues' in read || issues.length > 0) return this.#notWhole(token, [...issues, ...('issues' in read ? read.issues : [])], handedIn)
    try {
      let isHeld = false
      const used = await this.record.links.use(token, 'decision', async (sql, link) => {
        isHeld = await this.#answer(sql, link as Link<'decision'>, token, read)
      })
      // Answered before, by a press whose answer was lost on its way: what was chosen then stands.
      if (used.state !== 'done' || isHeld) return this.links.look(token)
      return { ...((await this.links.look(token)) as Known), state: 'done', goesOn: !isLastAnswer(read.answer) }
    } catch (error) {
      if (error instanceof NotTaken) return this.#notWhole(token, error.issues, handedIn)
      throw error
    } finally {
      this.record.wakeSenders()
    }
  }

  async #notWhole(token: string, issues: Issue[], handedIn: HandedIn[]): Promise<LinkAnswer> {
    const known = await this.links.look(token, 'not-whole')
    return known.state === 'open' ? { ...known, issues, handedIn } : known
  }

  async #handIn({ token, handedIn, file }: LinkDecision, referral: string): Promise<{ handedIn: HandedIn[]; issues: Issue[] }> {
    if (!file) return { handedIn, issues: [] }
    const key = uuidOf(`${token}\n${createHash('sha256').update(file.content).digest('hex')}\n${file.name}`)
    const upload: ReferralUpload = {
      referral,
      key,
      name: file.name || 'file',
      content: file.content,
      ...(file.claimed ? { claimed: file.claimed } : {}),
    }
    try {
      const { id, name, size } = ReferralFile.parse(await this.#call('/internal/uploads', upload))
      return { handedIn: [...handedIn.filter((one) => one.id !== id), { id, name, size }], issues: [] }
    } catch (error) {
      if (error instanceof ServiceRefusal && error.status === 404) throw new IsOver()
      const code = codeOf(error)
      if (!code?.startsWith('file-')) throw this.#away(error)
      return { handedIn, issues: [{ field: 'file', code }] }
    }
  }

  /**
   * In the transaction that notes the use: of two at once the second waits, and is told that it was answered. `true`: something else had been answered
   * by this link, and that stands.
   */
  async #answer(sql: Sql, link: Link<'decision'>, token: string, form: ReferralAnswerForm): Promise<boolean> {
    const { subject: referral } = link
    const { clock, links } = this.record
    const now = clock.now()
    const asking = await askingFor(sql, referral, true)
    if (!asking || asking.isOver) throw new IsOver()
    const said: ReferralAnswerByLinkInput = {
      key: `link/${createHash('sha256').update(token).digest('hex')}`,
      referral,
      sending: asking.sending,
      at: now,
      form,
    }
    const { taken, held } = await this.#give(said)
    if (!taken && !held) throw new IsOver()
    const { answer, newDay } = held ?? form
    const isLast = isLastAnswer(answer)
    await noteAnswered(sql, referral, isLast)
    // The others that went out: the next mail brings the next one.
    await links.revoke(sql, { subject: referral, purpose: 'decision' })
    const { caseId, organisation } = asking
    await this.trail.record(
      [{ ...byLink({ invitee: referral, organisation }), what: 'referral-answered-by-link', caseId, about: referral, at: now }],
      sql,
    )
    await queueMail(
      sql,
      this.record,
      {
        key: `referral/${referral}/answered/${asking.answered + 1}`,
        kind: 'referral-answered',
        referral,
        caseId,
        organisation,
        sending: asking.sending,
        to: asking.to,
        about: { ...asking.about, ...(newDay ? { dueDay: newDay } : {}) },
        answers: !isLast,
        attachments: [],
        sendAt: now,
      },
      answer,
    )
    return held !== undefined
  }

  async #give(said: ReferralAnswerByLinkInput): Promise<ReferralAnswerTaken> {
    try {
      return ReferralAnswerTaken.parse(await this.#call('/internal/answers', said))
    } catch (error) {
      if (!(error instanceof ServiceRefusal) || error.status !== 400) throw this.#away(error)
      const errors = (error.said as { errors?: { pointer: string; code: string }[] } | undefined)?.errors ?? []
      throw new NotTaken(errors.map(({ pointer, code }) => ({ field: pointer.replace(/^\/form\//, ''), code })))
    }
  }

  #call(path: string, body: unknown): Promise<unknown> {
    const { settings } = this.record
    if (!settings.referralsUrl) throw new ProblemError('unavailable')
    return settings.caller.call('referrals', new URL(path, settings.referralsUrl).href, body, LONGEST_CALL)
  }

  #away(error: unknown): ProblemError {
    this.record.log.warn({ error: describe(error) }, 'the referrals service did not take what was answered by a link')
    return new ProblemError('unavailable')
  }
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof ServiceRefusal ? (error.said as { code?: string } | undefined)?.code : undefined

/** Only what belongs to the answer that was chosen: what was typed for another one says nothing. */
function answerRead(
  form: Record<string, string>,
  handedIn: readonly HandedIn[],
  { offered }: LinkReferral,
): ReferralAnswerForm | { issues: Issue[] } {
  const read = ReferralAnswerForm.safeParse({ ...answerOf(form), files: handedIn.map(({ id }) => id) })
  if (!read.success)
    return {
      issues: fieldErrorsOf(read.error.issues as never[], 'ru').map(({ pointer, code }) => ({ field: pointer.split('/')[1] ?? '', code })),
    }
  return offered.includes(read.data.answer) ? read.data : { issues: [{ field: 'answer', code: 'choice' }] }
}

/** The same words, the same id: sent again, a file is kept once. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}
