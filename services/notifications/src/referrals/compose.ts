/** What a mail about a referral says: pure, from what is asked. It stands alone: who asks what, until when, how to answer. */
import { REFERRAL_ANSWERS, REFERRAL_QUESTIONS } from '@tirek/contract/forms/referral-codes'
import { fill } from '@tirek/contract/problems'
import type { ReferralMail } from '@tirek/contract/referral-mails'
import { LINK_MARK, NUMBER_MARK, type Composed } from '../letters/compose.ts'
import { dayText } from '../letters/when.ts'
import { ANSWER_MARK, FILE_MARK, written, type Part } from '../mails/compose.ts'
import { MORE_SENT, REFERRAL_WORDS, say } from './words.ts'

/** Without the bytes of attachments: names and hashes are enough. `given`: what was answered by a link. */
export type ToWrite = Pick<ReferralMail, 'kind' | 'caseId' | 'to' | 'about' | 'answers'> & {
  file?: { sha256?: string | undefined } | undefined
  attachments: readonly { name: string; sha256: string }[]
  given?: keyof typeof REFERRAL_ANSWERS
}

/** Does the mail hold a link by which its receipt is confirmed? */
export const asksForReceipt = ({ kind }: Pick<ReferralMail, 'kind'>): boolean => kind === 'referral-sent'

export function composeReferralMail(mail: ToWrite): Composed {
  const { about, to, kind } = mail
  const { lang } = to
  const words = kind === 'referral-sent' && about.isMore ? MORE_SENT : REFERRAL_WORDS[kind]
  const subject = `${words.title[lang]}: ${say('case', lang)} ${about.caseNumber}, ${about.organisationName}`
  const intro = fill(words.intro[lang], {
    organisation: about.organisationName,
    question: REFERRAL_QUESTIONS[about.question][lang],
    case: about.caseNumber,
  })
  return written(mail, { subject, rule: 'CP-54', parts: [{ text: intro }, { text: factsOf(mail).join('\n') }, ...waysOf(mail)] })
}

function factsOf({ about, to: { lang }, answers, given }: ToWrite): string[] {
  return [
    `${say('to', lang)}: ${about.agencyName}`,
    ...(given ? [`${say('given', lang)}: ${REFERRAL_ANSWERS[given][lang]}`] : []),
    ...(answers && about.dueDay ? [`${say('due', lang)}: ${dayText(about.dueDay)}`] : []),
  ]
}

/** What the reader can do, and what stands below. */
function waysOf(mail: ToWrite): Part[] {
  const { to, answers, file, attachments, kind } = mail
  const { lang } = to
  return [
    ...attachments.map(({ name, sha256 }) => ({ text: `${say('attached', lang)}: ${name}\n${say('hash', lang)}: ${sha256}` })),
    ...(file ? [{ text: say('file', lang), href: FILE_MARK, grave: true }, { text: say('code', lang) }] : []),
    ...(file?.sha256 ? [{ text: `${say('hash', lang)}: ${file.sha256}` }] : []),
    ...(asksForReceipt(mail) ? [{ text: say('receipt', lang), href: LINK_MARK }] : []),
    ...(answers
      ? [
          { text: say(kind === 'referral-answered' ? 'next' : 'answer', lang), href: ANSWER_MARK, grave: !file },
          { text: say('once', lang) },
        ]
      : []),
    { text: say('number', lang, { n: NUMBER_MARK }) },
    { text: say('robot', lang) },
  ]
}
