import { expect, test } from 'vitest'
import { REFERRAL_FORMS, REFERRAL_PREPARED } from './examples/referrals.ts'
import { ReferralAnswerForm, ReferralPrepared, ReferralSending } from './forms/referral.ts'
import { REFERRAL_ACT_KINDS, REFERRAL_ACTS } from './referrals.ts'

test('every act has an example that its form takes', () => {
  for (const act of REFERRAL_ACT_KINDS) expect(REFERRAL_ACTS[act].form.safeParse(REFERRAL_FORMS[act]).error, act).toBeUndefined()
  expect(ReferralPrepared.parse(REFERRAL_PREPARED).enclosures).toEqual(['assessment', 'plan', 'protocol'])
})

test('CP-54: what each answer must say', () => {
  const missing = (answer: string, more: object = {}) =>
    ReferralAnswerForm.safeParse({ answer, name: 'Г. Сериков', ...more }).error?.issues.map(({ path }) => path.join('/')) ?? []
  expect(missing('received')).toEqual([])
  expect(missing('recommended')).toEqual([])
  expect(missing('postponed')).toEqual(['newDay'])
  expect(missing('more-asked-for')).toEqual(['text'])
  expect(missing('returned')).toEqual(['reasons'])
  expect(missing('decided')).toEqual(['decision', 'documentNumber', 'documentDay'])
  const decided = { documentNumber: '12', documentDay: '2027-01-20' }
  expect(missing('decided', { ...decided, decision: 'granted' })).toEqual([])
  expect(missing('decided', { ...decided, decision: 'refused' })).toEqual(['reasons'])
})

test('CP-54: on paper with number and date', () => {
  expect(ReferralSending.safeParse({ way: 'mail' }).success).toBe(true)
  expect(ReferralSending.safeParse({ way: 'paper' }).error?.issues.map(({ path }) => path[0])).toEqual(['number', 'day'])
  expect(ReferralSending.safeParse({ way: 'paper', number: '15/2', day: '2026-12-01' }).success).toBe(true)
})
