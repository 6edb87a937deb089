/** What a mail to somebody without an account has beside its text: sender, links of its own, calendar, attachments. */
import type { Mail } from '@tirek/contract/mails'
import type { Row, Sql } from '@tirek/platform/database'
import { LINK_MARK, NUMBER_MARK } from '../letters/compose.ts'
import type { LettersRecord } from '../letters/record.ts'
import type { ToCompose } from '../mail/bytes.ts'
import { agentAddress, calendarText } from './calendar.ts'
import { ANSWER_MARK, FILE_MARK } from './compose.ts'
import { referralPartsOf, type KeptReferralMail } from '../referrals/parts.ts'

/** What is kept of a mail until it is settled: the code of its file is not. */
export type KeptMail = Omit<Mail, 'file'> & { file?: { id: string } }

export type Parts = Pick<ToCompose, 'from' | 'replyTo' | 'calendar' | 'attachments'> & { fill(text: string): string }

/** Throws when it cannot be made any more, e.g. when the last moment for answers has passed. */
export async function partsOf({ links, settings }: LettersRecord, sql: Sql, letter: Row): Promise<Parts> {
  const id = letter['id'] as string
  const [row] = await sql(
    `SELECT m.content, i.agent FROM notifications.mail m LEFT JOIN notifications.invitation i ON i.meeting = m.meeting AND i.invitee = m.invitee WHERE m.letter = $1`,
    [id],
    'parts-of-mail',
  )
  const mail = row?.['content'] as KeptMail | KeptReferralMail | null | undefined
  if (mail && 'referral' in mail) return referralPartsOf({ links, settings }, sql, { id, number: String(letter['seq']), mail })
  if (!mail) throw new Error('nothing is kept of this mail')
  const number = String(letter['seq'])
  const urlOf = async (purpose: 'answer' | 'mail-receipt' | 'file', subject: string, until?: number) => {
    const token = await links.issue(sql, {
      purpose,
      subject,
      recipient: mail.invitee,
      number,
      lang: mail.to.lang,
      ...(until === undefined ? {} : { until }),
    })
    return new URL(`/l/${token}`, settings.webUrl).href
  }
  const marks: [string, string][] = [[NUMBER_MARK, number]]
  if (mail.answerUntil !== undefined) marks.push([ANSWER_MARK, await urlOf('answer', mail.meeting, mail.answerUntil)])
  if (mail.receipt) marks.push([LINK_MARK, await urlOf('mail-receipt', id)])
  if (mail.file) marks.push([FILE_MARK, await urlOf('file', id)])
  const agent = mail.calendar?.agent ?? (row?.['agent'] as string | null | undefined)
  const { mailFrom } = settings
  return {
    fill: (text) => marks.reduce((filled, [mark, value]) => filled.replaceAll(mark, value), text),
    from: { name: mail.about.organisationName, address: mailFrom },
    ...(agent ? { replyTo: agentAddress({ agent }, mailFrom) } : {}),
    ...(mail.calendar
      ? {
          calendar: {
            method: mail.calendar.method,
            text: calendarText({ ...mail, calendar: mail.calendar }, { mailFrom, stamp: letter['queued_at'] }),
          },
        }
      : {}),
    attachments: mail.attachments.map(({ name, type, content }) => ({ name, type, content: Buffer.from(content, 'base64') })),
  }
}
