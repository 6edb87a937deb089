/** What a mail about a referral has beside its text: sender, links of its own, attachments. */
import type { ReferralMail } from '@tirek/contract/referral-mails'
import type { Sql } from '@tirek/platform/database'
import { LINK_MARK, NUMBER_MARK } from '../letters/compose.ts'
import type { LettersRecord } from '../letters/record.ts'
import { ANSWER_MARK, FILE_MARK } from '../mails/compose.ts'
import type { Parts } from '../mails/parts.ts'
import { asksForReceipt } from './compose.ts'

/** What is kept of a mail until it is settled: the code of its file is not. */
export type KeptReferralMail = Omit<ReferralMail, 'file'> & { file?: { id: string } }

export async function referralPartsOf(
  { links, settings }: Pick<LettersRecord, 'links' | 'settings'>,
  sql: Sql,
  { id, number, mail }: { id: string; number: string; mail: KeptReferralMail },
): Promise<Parts> {
  const urlOf = async (purpose: 'decision' | 'referral-receipt' | 'referral-file', subject: string) => {
    // One in bytes that went elsewhere before ends here.
    if (purpose !== 'decision') await links.revoke(sql, { subject, purpose })
    const token = await links.issue(sql, { purpose, subject, recipient: mail.referral, number, lang: mail.to.lang })
    return new URL(`/l/${token}`, settings.webUrl).href
  }
  const marks: [string, string][] = [[NUMBER_MARK, number]]
  if (mail.answers) marks.push([ANSWER_MARK, await urlOf('decision', mail.referral)])
  if (asksForReceipt(mail)) marks.push([LINK_MARK, await urlOf('referral-receipt', id)])
  if (mail.file) marks.push([FILE_MARK, await urlOf('referral-file', id)])
  return {
    fill: (text) => marks.reduce((filled, [mark, value]) => filled.replaceAll(mark, value), text),
    from: { name: mail.about.organisationName, address: settings.mailFrom },
    attachments: mail.attachments.map(({ name, type, content }) => ({ name, type, content: Buffer.from(content, 'base64') })),
  }
}
