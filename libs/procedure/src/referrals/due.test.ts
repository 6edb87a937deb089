import { expect, test } from 'vitest'
import { calendarOf, CURRENT_CALENDAR } from '../calendar.ts'
import { Told } from '../child-protection/case.fixture.ts'
import { answerDueDay } from './due.ts'

test('CP-54, CP-57: the same day as the deadline of the case, with the settings of the organisation', () => {
  const calendar = calendarOf(CURRENT_CALENDAR)
  const sentAt = Date.parse('2026-12-10T12:00:00+05:00')
  expect(answerDueDay('pmpk', sentAt, {}, calendar)).toBe('2027-01-09')
  expect(answerDueDay('commission', sentAt, {}, calendar)).toBe('2026-12-25')
  expect(answerDueDay('guardianship-body', sentAt, { 'referral-guardianship-body': 5 }, calendar)).toBe('2026-12-18')
  const told = Told.planned('2026-11-12')
  told.act('referral-sent', { referral: 'r', to: 'commission' }, '2026-12-10')
  expect(told.the('referral').dueDay).toBe(answerDueDay('commission', sentAt, {}, calendar))
})
