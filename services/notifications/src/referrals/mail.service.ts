import { Inject, Injectable } from '@nestjs/common'
import type { ReferralMail } from '@tirek/contract/referral-mails'
import type { Sql } from '@tirek/platform/database'
import { insertLetter } from '../letters/insert.ts'
import { LettersRecord } from '../letters/record.ts'
import { keepCode } from '../mails/file-code.ts'
import { mustBeTheirBytes } from '../mails/mail.service.ts'
import { queueState } from '../mails/news.ts'
import { noteAsking } from './asking.ts'
import { composeReferralMail, type ToWrite } from './compose.ts'

/** Takes what the referrals service asks to send to a body without an account: each mail once, by its key. */
@Injectable()
export class ReferralMailService {
  constructor(@Inject(LettersRecord) private readonly record: LettersRecord) {}

  /** `known`: it was taken before, and nothing has changed. Throws `bad-input` when the bytes of an attachment are not those of its hash. */
  async take(mail: ReferralMail): Promise<{ read: 'taken' | 'known' }> {
    mustBeTheirBytes(mail.attachments)
    const taken = await this.record.db.transaction(async (sql) => {
      const { links } = this.record
      // Before what the act of a link locks.
      await links.hold(sql, { subject: mail.referral, purpose: 'decision', recipient: mail.referral })
      const letter = await queueMail(sql, this.record, mail)
      if (letter === undefined) return false
      await noteAsking(sql, mail)
      // What is newer stands: the links of before open no earlier packet.
      if (mail.kind === 'referral-sent') await this.#revoke(sql, mail.referral, ['referral-file'], letter)
      if (mail.kind === 'referral-withdrawn') {
        await links.revoke(sql, { subject: mail.referral, purpose: 'decision' })
        await this.#revoke(sql, mail.referral, ['referral-receipt', 'referral-file'], letter)
      }
      return true
    })
    if (taken) this.record.wakeSenders()
    return { read: taken ? 'taken' : 'known' }
  }

  async #revoke(sql: Sql, referral: string, purposes: readonly ('referral-receipt' | 'referral-file')[], but: string): Promise<void> {
    const letters = await sql('SELECT letter FROM notifications.mail WHERE referral = $1 AND letter <> $2', [referral, but])
    for (const { letter } of letters) for (const purpose of purposes) await this.record.links.revoke(sql, { subject: letter, purpose })
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
    askedAt: now,
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
