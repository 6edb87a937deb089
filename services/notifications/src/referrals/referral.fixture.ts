/** A referral, its mails and its links, for tests. */
import type { ReferralMailInput } from '@tirek/contract/referral-mails'
import { CASE, clock, mail, notifications, post } from '../world.fixture.ts'
import { tokensIn } from '../mails/meeting.fixture.ts'

export const REFERRAL = '0190e000-0000-7000-8000-0000000000e1'
export const ADDRESS = 'secretary@commission.example'
let n = 0

export function referralMail(
  more: Partial<Omit<ReferralMailInput, 'about'>> & { about?: Partial<ReferralMailInput['about']> } = {},
): ReferralMailInput {
  const { about, ...rest } = more
  return {
    key: `referral/${REFERRAL}/mail/${n++}`,
    kind: 'referral-sent',
    referral: REFERRAL,
    caseId: CASE,
    organisation: '0190e000-0000-7000-8000-0000000000b1',
    sending: 1,
    to: { name: 'Участник Секретарь', address: ADDRESS, lang: 'ru' },
    answers: rest.kind !== 'referral-withdrawn',
    sendAt: clock.now(),
    ...rest,
    about: {
      caseNumber: 'П1-2026-7',
      organisationName: 'Поликлиника № 3',
      agencyName: 'Комиссия города Тараз',
      body: 'commission',
      question: 'removal',
      dueDay: '2026-12-09',
      ...about,
    },
  }
}

export const askReferral = (body: ReferralMailInput): Promise<{ read: string }> => post('/internal/referral-mails', body, 202, 'referrals')
export async function sendReferral(...mails: ReferralMailInput[]): Promise<void> {
  for (const one of mails) await askReferral(one)
  await notifications.tick()
}
export const mailsToBody = () => mail.to(ADDRESS)
/** Tokens of the newest mail: in `referral-sent` the receipt stands before the answer; of a file before both. */
export const tokensOfMail = (at = -1) => tokensIn(mailsToBody().at(at)?.mail.text)
export const answerToken = (at = -1) => tokensOfMail(at).at(-1)!

export async function decide(body: Record<string, unknown>): Promise<any> {
  const answer = await fetch(`${notifications.url}/api/links/decide`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, ...((await answer.json()) as object) }
}
export const WHO = { name: 'Ыбыраев Қанат', position: 'секретарь' }
