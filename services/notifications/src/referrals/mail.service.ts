import { Inject, Injectable } from '@nestjs/common'
import type { ReferralMail, ReferralOnPaper } from '@tirek/contract/referral-mails'
import type { Sql } from '@tirek/platform/database'
import { insertLetter } from '../letters/insert.ts'
import { LettersRecord } from '../letters/record.ts'
import { keepCode } from '../mails/file-code.ts'
import { askedAtOf, mustBeTheirBytes } from '../mails/mail.service.ts'
import { queueState } from '../mails/news.ts'
import { noteAsking } from './asking.ts'
import { composeReferralMail, type ToWrite } from './compose.ts'

/** A mail of a newer sending came before it. */
class Overtaken extends Error {}

type Taken = 'taken' | 'known' | 'overtaken'

/** Takes what the referrals service asks to send to a body without an account: each mail once, by its key. */
@Injectable()
export class ReferralMailService {
  constructor(@Inject(LettersRecord) private readonly record: LettersRecord) {}

  /**
   * `known`: it was taken before. `overtaken`: a newer sending was asked for before it came. Neither changes anything. Throws `bad-input` when the
   * bytes of an attachment are not those of its hash.
   */
  async take(mail: ReferralMail): Promise<{ read: Taken }> {
    mustBeTheirBytes(mail.attachments)
    const read = await this.record.db
      .transaction((sql) => this.#take(sql, mail))
      .catch((error: unknown) => {
        if (error instanceof Overtaken) return 'overtaken' as const
        throw error
      })
    if (read === 'taken') this.record.wakeSenders()
    return { read }
  }

  async #take(sql: Sql, mail: ReferralMail): Promise<Exclude<Taken, 'overtaken'>> {
    const { links } = this.record
    // Before what the act of a link locks.
    await links.hold(sql, { subject: mail.referral, purpose: 'decision', recipient: mail.referral })
    const letter = await queueMail(sql, this.record, mail)
    if (letter === undefined) return 'known'
    const noted = await noteAsking(sql, mail, mail.kind)
    if (!noted) throw new Overtaken()
    // The sending of before may lie in the mailbox of a stranger: nothing that it holds acts any more.
    if (mail.kind === 'referral-withdrawn' || (noted.before !== null && noted.before < mail.sending)) {
      await links.revoke(sql, { subject: mail.referral, purpose: 'decision' })
      await this.#revokeMails(sql, mail.referral, letter)
    }
    return 'taken'
  }

  /** The latest sending went on paper. Returns whether that was new; a later mail of an earlier sending goes out no more. */
  onPaper(said: ReferralOnPaper): Promise<{ fresh: boolean }> {
    return this.record.db.transaction(async (sql) => {
      const { links } = this.record
      await links.hold(sql, { subject: said.referral, purpose: 'decision', recipient: said.referral })
      const noted = await noteAsking(sql, said, 'on-paper')
      if (!noted) return { fresh: false }
      await links.revoke(sql, { subject: said.referral, purpose: 'decision' })
      await this.#revokeMails(sql, said.referral)
      return { fresh: noted.before !== said.sending }
    })
  }

  /** `but`: of the letter that goes out now. */
  async #revokeMails(sql: Sql, referral: string, but?: string): Promise<void> {
    const letters = await sql('SELECT letter FROM notifications.mail WHERE referral = $1 AND letter IS DISTINCT FROM $2', [
      referral,
      but ?? null,
    ])
    for (const { letter } of letters)
      for (const purpose of ['referral-receipt', 'referral-file'] as const)
        await this.record.links.revoke(sql, { subject: letter, purpose })
  }
}

/** Queues a mail once, by its key; returns its letter. */
export async function queueMail(
  sql: Sql,
  record: LettersRecord,
  mail: ReferralMail,
  given?: ToWrite['given'],
): Promise<string | undefined> {
  const now = record.clock.now()
  const { to, organisation, referral, file, ...rest } = mail
  const letter = await insertLetter(sql, record, {
    key: `mail/${mail.key}`,
    person: { id: referral, name: to.name, lang: to.lang, email: to.address },
    organisation,
    composed: composeReferralMail({ ...mail, ...(given && { given }) }),
    urgent: false,
    kind: 'mail',
    askedAt: askedAtOf(mail, now),
    now: Math.max(now, mail.sendAt),
  })
  if (!letter) return undefined
  const kept = { ...rest, to, organisation, referral, ...(file ? { file: { id: file.id } } : {}) }
  await sql(
    'INSERT INTO notifications.mail (letter, key, kind, referral, sending, case_id, invitee, content) VALUES ($1, $2, $3, $4, $5, $6, $4, $7)',
    [letter['id'], mail.key, mail.kind, referral, mail.sending, mail.caseId, JSON.stringify(kept)],
  )
  if (file) await keepCode(sql, letter['id'], file, record.settings.sealSecret)
  await queueState(sql, { id: letter['id'], kind: 'mail', attempts: 0 }, { state: letter['state'], at: now, doubts: 0, now })
  return letter['id'] as string
}
