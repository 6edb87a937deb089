import { Inject, Injectable } from '@nestjs/common'
import type { Row, Sql } from '@tirek/platform/database'
import { Trail } from '@tirek/platform/trail'
import { describe } from '@tirek/platform/ticker'
import { tellOfFailure } from '../letters/failure.ts'
import { LettersRecord } from '../letters/record.ts'
import { sha256 } from '../mail/bytes.ts'
import { withoutAddresses } from '../mail/without-addresses.ts'
import { byLink, noteAnswer } from '../mails/answers.ts'
import { domainOf } from '../mails/calendar.ts'
import { invitationsOfAgent, latestAnswer, type Answered, type Invitation } from '../mails/invitation.ts'
import { queueState } from '../mails/news.ts'
import { referralOfMail } from '../referrals/asking.ts'
import { readBounce, type Bounce } from './bounce.ts'
import { readReply, type CalendarReply } from './calendar-reply.ts'
import { judge, type Judged, type Reason } from './judge.ts'
import { MOST_READ, readMail, receiversOf, type Handed, type ReadMail } from './read-mail.ts'
import { keepUnmatched } from './unmatched.ts'

/** `known`: handed in before. `no-report`: neither a delivery report nor mail to an address of ours. `overtaken`: something newer came before it. */
export type Read = { read: 'bounced' | 'delayed' | 'known' | 'not-ours' | 'no-report' | 'answered' | 'overtaken' | Reason }

const AGENT = /^[a-z0-9-]{20,64}$/

/** Mail that came in to our own addresses. */
@Injectable()
export class InboundService {
  constructor(
    @Inject(LettersRecord) private readonly record: LettersRecord,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  /** A delivery report changes its letter, an answer its invitation, each once, however often it is handed in; nothing else changes anything. */
  async take(handed: Handed): Promise<Read> {
    const raw = handed.raw.subarray(0, MOST_READ)
    const bounce = await readBounce(raw).catch(() => undefined)
    if (bounce) return this.#takeBounce(raw, bounce)
    const { mailFrom } = this.record.settings
    const receivers = receiversOf({ raw, ...(handed.to ? { to: handed.to } : {}) }, domainOf(mailFrom))
    const agent = receivers.map((address) => address.split('@')[0]!).find((name) => AGENT.test(name))
    const isOurs = agent !== undefined || receivers.includes(mailFrom.toLowerCase())
    if (!isOurs) return { read: 'no-report' }
    const size = Math.max(handed.size ?? 0, handed.raw.length)
    const read = size > MOST_READ ? undefined : await this.#read({ ...handed, raw })
    return this.#takeMail({ hash: sha256(raw), size, agent, read, head: read?.mail ?? (await headOf(raw, handed.from)) })
  }

  /** Is mail to this address taken at all? */
  async isOurs(address: string): Promise<boolean> {
    const { settings, db } = this.record
    const [name, domain] = address.toLowerCase().split('@')
    if (address.toLowerCase() === settings.mailFrom.toLowerCase()) return true
    if (domain !== domainOf(settings.mailFrom).toLowerCase() || !AGENT.test(name!)) return false
    return (await db.query('SELECT 1 FROM notifications.invitation WHERE agent = $1 LIMIT 1', [name])).length > 0
  }

  async #read(handed: Handed): Promise<{ mail: ReadMail; reply: CalendarReply | undefined } | undefined> {
    try {
      const mail = await readMail(handed)
      const reply = mail.calendar === undefined ? undefined : await readReply(mail.calendar).catch(() => undefined)
      return { mail, reply }
    } catch (error) {
      this.record.log.info({ error: describe(error).name }, 'mail that came in could not be read')
      return undefined
    }
  }

  async #takeMail(of: {
    hash: string
    size: number
    agent: string | undefined
    read: { mail: ReadMail; reply: CalendarReply | undefined } | undefined
    head: ReadMail
  }): Promise<Read> {
    const { db, clock } = this.record
    const now = clock.now()
    return db.transaction(async (sql) => {
      const invited = of.agent === undefined ? [] : await invitationsOfAgent(sql, of.agent)
      // Who presses "reply" writes to the address that all our mail comes from.
      const referral = invited.length > 0 ? undefined : await referralOfMail(sql, of.head.references ?? [])
      const isReply = referral && !of.head.isAutomatic
      const judged: Judged = isReply ? { kind: 'unmatched', reason: 'of-referral' } : await this.#judge(sql, of, invited, now)
      const read = judged.kind === 'unmatched' ? judged.reason : judged.kind === 'answer' ? 'answered' : 'overtaken'
      const fresh = await sql(
        'INSERT INTO notifications.received (message_hash, at, read) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1',
        [of.hash, now, read],
      )
      if (fresh.length === 0) return { read: 'known' as const }
      if (judged.kind === 'answer') {
        const { invitation, before, answer, at, comment } = judged
        await noteAnswer(sql, invitation, before, { answer, comment, by: 'calendar', at, now })
        const { who } = byLink(invitation)
        await this.trail.record([{ who, why: 'calendar-reply', what: 'meeting-answered', caseId: invitation.caseId, at: now }], sql)
      } else if (judged.kind === 'unmatched')
        await keepUnmatched(sql, {
          reason: judged.reason,
          at: now,
          size: of.size,
          head: of.head,
          reply: of.read?.reply,
          invitation: invited[0],
          referral,
        })
      return { read }
    })
  }

  async #judge(
    sql: Sql,
    { size, read }: { size: number; read: { mail: ReadMail; reply: CalendarReply | undefined } | undefined },
    invited: readonly Invitation[],
    now: number,
  ): Promise<Judged> {
    if (size > MOST_READ) return { kind: 'unmatched', reason: 'too-big' }
    if (!read) return { kind: 'unmatched', reason: invited.length > 0 ? 'unreadable' : 'no-meeting' }
    const found = invited.find(({ address }) => address.toLowerCase() === read.reply?.attendee)
    const latest: Answered | undefined = found && (await latestAnswer(sql, found))
    return judge({ ...read, invited, now }, () => latest)
  }

  async #takeBounce(raw: Buffer, bounce: Bounce): Promise<Read> {
    const { db, clock } = this.record
    return db.transaction(async (sql) => {
      const [letter] = await sql(
        'SELECT * FROM notifications.letter WHERE id = $1::uuid OR message_id = $2 ORDER BY (id = $1::uuid) DESC NULLS LAST LIMIT 1 FOR UPDATE',
        [bounce.letter ?? null, bounce.messageId ?? null],
      )
      const fresh = await sql(
        'INSERT INTO notifications.bounce (message_hash, letter, status, action, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING 1',
        [sha256(raw), letter?.['id'] ?? null, bounce.status, bounce.action, clock.now()],
      )
      if (!letter) return { read: 'not-ours' as const }
      if (fresh.length === 0) return { read: 'known' as const }
      if (bounce.action !== 'failed' || !bounce.status.startsWith('5')) return { read: 'delayed' as const }
      // A report of an earlier sending stops nothing: the letter is to be sent once more, or was said to have failed already.
      if (!mayComeBack(letter)) return { read: 'overtaken' as const }
      const answer = withoutAddresses(`${bounce.status} ${bounce.diagnostic ?? ''}`.trim())
      await sql(`UPDATE notifications.letter SET state = 'bounced', try_at = NULL, answer = $2, settled_at = $3 WHERE id = $1`, [
        letter['id'],
        answer,
        clock.now(),
      ])
      await this.#tellOfBounce(sql, letter, answer)
      return { read: 'bounced' as const }
    })
  }

  async #tellOfBounce(sql: Sql, letter: Row, answer: string): Promise<void> {
    const now = this.record.clock.now()
    if (letter['kind'] !== 'mail') return tellOfFailure(sql, this.record, letter, 'failed', answer)
    await queueState(sql, letter as never, { state: 'bounced', at: now, doubts: letter['doubts'], now })
  }
}

/** Is the latest sending of the letter with a mail server, or was it perhaps? Its report may be here before the letter is settled. */
const mayComeBack = (letter: Row): boolean =>
  ['accepted', 'doubtful', 'held'].includes(letter['state']) || (letter['state'] === 'sending' && letter['handed_over'])

/** Of a mail that is too long or cannot be read: what its header says of whom and what. */
async function headOf(raw: Buffer, from: string | undefined): Promise<ReadMail> {
  const end = raw.indexOf('\r\n\r\n')
  const head = raw.subarray(0, end > 0 && end < 64_000 ? end : 16_000)
  return readMail({ raw: Buffer.concat([head, Buffer.from('\r\n\r\n')]) }).catch(() => ({
    isAutomatic: false,
    ...(from ? { from: from.toLowerCase().slice(0, 254) } : {}),
  }))
}
