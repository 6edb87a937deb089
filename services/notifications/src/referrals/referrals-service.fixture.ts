/** The referrals service as this one sees it: its own door, and only what the contract knows. Files are judged by the real check. */
import type { MailAttachment } from '@tirek/contract/mails'
import { ReferralNews, type ReferralMailNews, type ReferralReplyNews } from '@tirek/contract/referral-mails'
import { ReferralAnswerByLink, ReferralUpload, type ReferralAsking, type ReferralFile } from '@tirek/contract/referrals'
import { checkUpload } from '@tirek/platform/files/upload-check'
import { problemOf } from '@tirek/platform/problem'
import { scratchPublicKeys } from '@tirek/platform/scratch-service-keys'
import { ServiceDoor } from '@tirek/platform/service-tokens'
import { answersOf } from '@tirek/procedure/referrals/order'
import { createHash } from 'node:crypto'

const first = (): Omit<ReferralAsking, 'referral'> => ({
  caseNumber: 'П1-2026-7',
  body: 'commission',
  question: 'removal',
  state: 'sent',
  dueDay: '2026-12-09',
  answersOffered: [...answersOf('commission', 'removal')],
})
export const referrals = {
  isAway: false,
  /** It takes the next answer, and is away before it says so. */
  losesAnswer: false,
  /** Awaited as long as it is only asked about. */
  endsAtAnswer: false,
  asking: first(),
  /** Field of the form → code, when it refuses. */
  refuses: undefined as Record<string, string> | undefined,
  news: [] as ReferralMailNews[],
  replies: [] as ReferralReplyNews[],
  answers: [] as ReferralAnswerByLink[],
  uploads: new Map<string, ReferralFile & { content: string }>(),
  files: new Map<string, MailAttachment>(),
}
export function newReferrals(): void {
  Object.assign(referrals, {
    isAway: false,
    losesAnswer: false,
    endsAtAnswer: false,
    asking: first(),
    refuses: undefined,
    news: [],
    replies: [],
    answers: [],
  })
  referrals.uploads.clear()
  referrals.files.clear()
}

type Asked = { method: string; path: string; text: string; authorization: string }
export async function asReferrals(asked: Asked): Promise<{ status: number; body?: unknown }> {
  await new ServiceDoor('referrals', scratchPublicKeys).check(asked.authorization.replace(/^Bearer /, ''), {
    ...asked,
    body: asked.text || undefined,
  })
  if (referrals.isAway) return { status: 503 }
  const [, what, id] = /^\/internal\/(files|referrals|mail-news|uploads|answers)(?:\/([0-9a-f-]{36}))?/.exec(asked.path) ?? []
  switch (what) {
    case 'files':
      return referrals.files.has(id!) ? { status: 200, body: referrals.files.get(id!) } : { status: 404 }
    case 'referrals':
      return { status: 200, body: { ...referrals.asking, referral: id } }
    case 'mail-news':
      told(ReferralNews.parse(JSON.parse(asked.text)))
      return { status: 204 }
    case 'uploads':
      return upload(ReferralUpload.parse(JSON.parse(asked.text)))
    case 'answers':
      return answer(ReferralAnswerByLink.parse(JSON.parse(asked.text)))
    default:
      return { status: 404 }
  }
}

function told(news: ReferralNews): void {
  if ('what' in news) referrals.replies.push(news)
  else referrals.news.push(news)
}

async function upload({ key, name, claimed, content }: ReferralUpload): Promise<{ status: number; body: unknown }> {
  if (referrals.endsAtAnswer) return { status: 404, body: { code: 'not-found' } }
  const bytes = Buffer.from(content, 'base64')
  try {
    const checked = await checkUpload(bytes, { name, claimed })
    const file = { id: key, ...checked, sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length }
    referrals.uploads.set(key, { ...file, content })
    return { status: 200, body: file }
  } catch (error) {
    const problem = problemOf(error, 'ru', 'test')
    return { status: problem.status, body: problem }
  }
}

function answer(said: ReferralAnswerByLink): { status: number; body: unknown } {
  if (referrals.refuses) {
    const errors = Object.entries(referrals.refuses).map(([field, code]) => ({ pointer: `/form/${field}`, code, message: '' }))
    return { status: 400, body: { code: 'bad-input', errors } }
  }
  const known = referrals.answers.find(({ key }) => key === said.key)
  if (known && JSON.stringify(known.form) !== JSON.stringify(said.form)) {
    const { answer: held, newDay } = known.form
    return { status: 200, body: { taken: false, state: referrals.asking.state, held: { answer: held, ...(newDay && { newDay }) } } }
  }
  const isOver = referrals.endsAtAnswer || ['decided', 'recommended', 'returned', 'withdrawn'].includes(referrals.asking.state)
  if (!known && isOver) return { status: 200, body: { taken: false, state: referrals.asking.state } }
  if (!known) referrals.answers.push(said)
  referrals.asking.state = said.form.answer
  if (referrals.losesAnswer) {
    referrals.losesAnswer = false
    return { status: 503, body: undefined }
  }
  return { status: 200, body: { taken: true, state: said.form.answer } }
}
