import { Inject, Injectable } from '@nestjs/common'
import type { Mail, MailRevoke } from '@tirek/contract/mails'
import type { Sql } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import { createHash } from 'node:crypto'
import { insertLetter } from '../letters/insert.ts'
import { LettersRecord } from '../letters/record.ts'
import { composeMail } from './compose.ts'
import { keepCode } from './file-code.ts'
import { noteInvitation } from './invitation.ts'
import { queueState } from './news.ts'

/** Throws `bad-input` when the bytes of an attachment are not those of its hash. */
export function mustBeTheirBytes(attachments: Mail['attachments']): void {
  for (const [n, { content, sha256 }] of attachments.entries())
    if (createHash('sha256').update(Buffer.from(content, 'base64')).digest('hex') !== sha256)
      throw new ProblemError('bad-input', { issues: [{ path: ['attachments', n, 'sha256'], code: 'custom', message: 'not its bytes' }] })
}

/** A mail of before a restore lies in the outbox of its service too, and comes only now: it was asked for when its act was done. */
export const askedAtOf = ({ sendAt }: Pick<Mail, 'sendAt'>, now: number): number => Math.min(sendAt, now)

/** Takes what the meetings service asks to send to people without an account: each mail once, by its key. */
@Injectable()
export class MailService {
  constructor(@Inject(LettersRecord) private readonly record: LettersRecord) {}

  /** `known`: it was taken before, and nothing has changed. Throws `bad-input` when the bytes of an attachment are not those of its hash. */
  async take(mail: Mail): Promise<{ read: 'taken' | 'known' }> {
    mustBeTheirBytes(mail.attachments)
    const { db, clock, links, settings } = this.record
    const now = clock.now()
    const taken = await db.transaction(async (sql) => {
      const { to, organisation, invitee, file, ...rest } = mail
      const at = Math.max(now, mail.sendAt)
      const letter = await insertLetter(sql, this.record, {
        key: `mail/${mail.key}`,
        person: { id: invitee, name: to.name, lang: to.lang, email: to.address },
        organisation,
        composed: composeMail(mail),
        urgent: false,
        kind: 'mail',
        askedAt: askedAtOf(mail, now),
        now: at,
      })
      if (!letter) return false
      const kept = { ...rest, to, organisation, invitee, ...(file ? { file: { id: file.id } } : {}) }
      await sql(
        'INSERT INTO notifications.mail (letter, key, kind, meeting, case_id, invitee, content) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [letter['id'], mail.key, mail.kind, mail.meeting, mail.caseId, invitee, JSON.stringify(kept)],
      )
      if (file) await keepCode(sql, letter['id'], file, settings.sealSecret)
      const ofAnswer = { subject: mail.meeting, purpose: 'answer', recipient: invitee } as const
      await links.hold(sql, ofAnswer)
      const changed = await noteInvitation(sql, mail)
      // Links of former mails go on, and end when the meeting begins now.
      if (changed && mail.answerUntil !== undefined) await links.endAt(sql, ofAnswer, mail.answerUntil)
      if (changed && (changed.state === 'cancelled' || changed.state === 'taken-back')) await links.revoke(sql, ofAnswer)
      // A newer version of a protocol: the link to the former one opens it no more.
      if (mail.kind === 'protocol-corrected') await this.#revokeMails(sql, mail, ['file'], letter['id'])
      await queueState(sql, { id: letter['id'], kind: 'mail', attempts: 0 }, { state: letter['state'], at: now, doubts: 0, now })
      return true
    })
    if (taken) this.record.wakeSenders()
    return { read: taken ? 'taken' : 'known' }
  }

  /** Takes links back: of one who is not asked any more, or of all. */
  async revoke({ meeting, invitee }: MailRevoke): Promise<{ links: number }> {
    const { db, links } = this.record
    return db.transaction(async (sql) => {
      const answers = await links.revoke(sql, { subject: meeting, purpose: 'answer', ...(invitee ? { recipient: invitee } : {}) })
      await sql(
        `UPDATE notifications.invitation SET state = 'taken-back' WHERE meeting = $1 AND ($2::uuid IS NULL OR invitee = $2) AND state = 'open'`,
        [meeting, invitee ?? null],
      )
      return { links: answers + (await this.#revokeMails(sql, { meeting, invitee }, ['mail-receipt', 'file'])) }
    })
  }

  async #revokeMails(
    sql: Sql,
    { meeting, invitee }: { meeting: string; invitee?: string | undefined },
    purposes: readonly ('mail-receipt' | 'file')[],
    but?: string,
  ): Promise<number> {
    const mails = await sql('SELECT letter FROM notifications.mail WHERE meeting = $1 AND ($2::uuid IS NULL OR invitee = $2)', [
      meeting,
      invitee ?? null,
    ])
    let revoked = 0
    for (const { letter } of mails)
      if (letter !== but) for (const purpose of purposes) revoked += await this.record.links.revoke(sql, { subject: letter, purpose })
    return revoked
  }
}
