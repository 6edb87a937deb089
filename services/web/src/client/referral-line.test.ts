import type { ReferralPage } from '@tirek/contract/referrals'
import { REFERRAL_ANSWERS } from '@tirek/contract/forms/referral-codes'
import { expect, test } from 'vitest'
import { didNotArrive, FIELDS_OF_ANSWER, lineOf, waitsFor } from './referral-line.ts'

const id = (n: number) => `0198f0a0-0000-7000-8000-${String(n).padStart(12, '0')}`
const sending = (
  n: number,
  at: number,
  ...states: ('accepted' | 'bounced' | 'failed' | 'confirmed')[]
): ReferralPage['sendings'][number] => ({
  n,
  way: 'mail',
  at,
  by: id(1),
  packet: 1,
  mails: states.map((state) => ({ kind: 'referral-sent', state, at, copies: 1 })),
})
const answer = (n: number, at: number, what: keyof typeof REFERRAL_ANSWERS): ReferralPage['answers'][number] => ({
  n,
  by: 'link',
  at,
  recordedAt: at,
  content: { answer: what, name: 'секретарь', files: [] },
  files: [],
})
const page = (more: Partial<ReferralPage>): ReferralPage => ({
  id: id(9),
  caseId: id(8),
  caseNumber: 'ZHQ-2026-1',
  body: 'commission',
  question: 'removal',
  state: 'sent',
  version: 3,
  since: 0,
  preparedAt: 10,
  isOverdue: false,
  specialNeeds: false,
  letter: 'просим',
  enclosures: [],
  documents: [],
  demands: [],
  sendings: [],
  answers: [],
  placement: 'none',
  steps: [],
  changes: [{ version: 1, what: 'prepared', by: id(1), at: 10 }],
  allowedActs: [],
  answersOffered: [],
  ...more,
})
const packet: ReferralPage['packet'] = {
  version: 1,
  madeAt: 11,
  isStale: false,
  file: { id: id(5), name: 'a.pdf', type: 'application/pdf', sha256: 'a'.repeat(64), size: 1 },
  enclosures: [],
}

test('the line tells each thing once, in the order it happened', () => {
  const line = lineOf(
    page({
      sendings: [sending(1, 20, 'bounced'), sending(2, 40, 'confirmed')],
      steps: [{ row: 'not-delivered', at: 30 }],
      receivedAt: 50,
      answers: [answer(1, 60, 'postponed')],
      // As the service tells them: the latest first.
      changes: [
        { version: 4, what: 'withdrawn', by: id(2), at: 70 },
        { version: 3, what: 'sent', by: id(1), at: 20 },
        { version: 2, what: 'packet-made', by: id(1), at: 15 },
        { version: 1, what: 'prepared', by: id(3), at: 10 },
      ],
    }),
  )
  expect(line[0]).toMatchObject({ what: 'prepared', by: id(3) })
  expect(line.map((one) => one.key)).toEqual(['prepared', 'act-2', 'sent-1', 'not-delivered-30', 'sent-2', 'received', 'answer-1', 'act-4'])
  // An answer says too that it has arrived: a receipt of its own is one by the link.
  expect(lineOf(page({ receivedAt: 50, answers: [answer(1, 50, 'received')] })).map(({ what }) => what)).toEqual(['prepared', 'answered'])
})

test.each([
  [{ state: 'prepared' }, 'us', 'packet'],
  [{ state: 'prepared', packet: { ...packet, isStale: true } }, 'us', 'packet'],
  [{ state: 'prepared', packet }, 'us', 'sending'],
  [{ state: 'sent', sendings: [sending(1, 20, 'accepted')] }, 'body', 'receipt'],
  [{ state: 'sent', sendings: [sending(1, 20, 'bounced')] }, 'us', 'another-way'],
  [{ state: 'sent', sendings: [sending(1, 20, 'bounced'), { ...sending(2, 30), way: 'paper' }] }, 'body', 'receipt'],
  [{ state: 'received' }, 'body', 'answer'],
  [{ state: 'postponed' }, 'body', 'answer'],
  [{ state: 'more-asked-for' }, 'us', 'more'],
  [{ state: 'recommended' }, 'us', 'go-on'],
  [{ state: 'recommended', next: id(7) }, 'nobody', 'nothing'],
  [{ state: 'returned', changes: [{ version: 4, what: 'nothing-follows', by: id(1), at: 9 }] }, 'nobody', 'nothing'],
  [{ state: 'decided', placement: 'waiting' }, 'us', 'placement'],
  [{ state: 'decided', placement: 'recorded' }, 'nobody', 'nothing'],
  // The body wrote the last word itself: somebody of ours has to say that they saw it.
  [{ state: 'decided', answers: [answer(1, 9, 'decided')] }, 'us', 'seen'],
  [{ state: 'decided', answers: [{ ...answer(1, 9, 'decided'), by: 'person' }] }, 'nobody', 'nothing'],
  [
    {
      state: 'decided',
      answers: [answer(1, 9, 'decided')],
      changes: [{ version: 4, what: 'nothing-follows', by: id(1), at: 10 }],
    },
    'nobody',
    'nothing',
  ],
  [{ state: 'withdrawn' }, 'nobody', 'nothing'],
] as [Partial<ReferralPage>, string, string][])('%j waits for %s: %s', (more, whose, what) => {
  expect(waitsFor(page(more))).toEqual({ whose, what })
})

test('a mail that may have arrived has not failed; every answer has its fields', () => {
  expect(didNotArrive(sending(1, 1, 'bounced', 'accepted'))).toBe(false)
  expect(didNotArrive({ ...sending(1, 1), way: 'paper' })).toBe(false)
  expect(didNotArrive(undefined)).toBe(false)
  expect(Object.keys(FIELDS_OF_ANSWER).toSorted()).toEqual(Object.keys(REFERRAL_ANSWERS).toSorted())
})
