import { expect, test } from 'vitest'
import { ACCESS_RULES, ACCESS_TERMS, glassUntil, offerEscalationAgainAt, offerEscalationAt, offerReminderAt, reviewDue } from './terms.ts'

const at = (moment: string) => Date.parse(`${moment}+05:00`)

test('an opening lasts an hour and is reviewed within a day', () => {
  const opened = at('2026-11-24T23:30:00')
  expect(glassUntil(opened)).toBe(at('2026-11-25T00:30:00'))
  expect(reviewDue(opened)).toBe(at('2026-11-25T23:30:00'))
})

test('an offer is told again at nine, two and four days after its day', () => {
  for (const offered of ['2026-11-24T00:00:00', '2026-11-24T23:59:59.999']) {
    expect(offerReminderAt(at(offered))).toBe(at('2026-11-26T09:00:00'))
    expect(offerEscalationAt(at(offered))).toBe(at('2026-11-28T09:00:00'))
  }
  for (const told of ['2026-11-28T09:00:00', '2026-11-28T23:59:59.999'])
    expect(offerEscalationAgainAt(at(told))).toBe(at('2026-12-01T09:00:00'))
  expect(offerReminderAt(at('2026-11-25T00:00:00'))).toBe(at('2026-11-27T09:00:00'))
})

test('every term names its rule, and every rule its words', () => {
  for (const { rule, source } of Object.values(ACCESS_TERMS)) {
    expect(ACCESS_RULES[rule]).toBeDefined()
    expect(source).toBe('practice')
  }
  for (const { text } of Object.values(ACCESS_RULES)) for (const words of Object.values(text)) expect(words.length).toBeGreaterThan(20)
})
