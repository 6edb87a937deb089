import { expect, test } from 'vitest'
import { answersOf, nextBody, outOfOrder, type Asked } from './order.ts'

const asked = (more: Partial<Asked> = {}): Asked => ({
  body: 'commission',
  question: 'removal',
  isDecided: true,
  specialNeeds: false,
  hasNoCommission: false,
  earlier: [],
  ...more,
})
const recommended = (body: 'pmpk' | 'commission') => ({ body, state: 'recommended' as const })

test('CP-57: a meeting decides first, whoever is turned to', () => {
  for (const body of ['pmpk', 'commission', 'guardianship-body'] as const)
    for (const question of ['removal', 'longer-stay', 'form-of-care'] as const)
      expect(outOfOrder(asked({ body, question, isDecided: false }))).toEqual({ first: 'review', mayOverride: false })
  expect(outOfOrder(asked({ body: 'pmpk', question: 'examination', isDecided: false }))).toBeUndefined()
})

test('CP-57: PMPK before the commission for a child with special needs; with a reason without it', () => {
  expect(outOfOrder(asked())).toBeUndefined()
  expect(outOfOrder(asked({ specialNeeds: true }))).toEqual({ first: 'pmpk', mayOverride: true })
  expect(outOfOrder(asked({ specialNeeds: true, body: 'pmpk' }))).toBeUndefined()
  expect(outOfOrder(asked({ specialNeeds: true, earlier: [recommended('pmpk')] }))).toBeUndefined()
  for (const state of ['prepared', 'sent', 'received', 'more-asked-for', 'postponed', 'returned', 'withdrawn'] as const)
    expect(outOfOrder(asked({ specialNeeds: true, earlier: [{ body: 'pmpk', state }] })), state).toEqual({
      first: 'pmpk',
      mayOverride: true,
    })
})

test('CP-54: the guardianship body decides considering the recommendation; without it only where there is no commission', () => {
  const body = 'guardianship-body' as const
  expect(outOfOrder(asked({ body }))).toEqual({ first: 'commission', mayOverride: false })
  expect(outOfOrder(asked({ body, hasNoCommission: true }))).toEqual({ first: 'commission', mayOverride: true })
  expect(outOfOrder(asked({ body, earlier: [recommended('commission')] }))).toBeUndefined()
  expect(outOfOrder(asked({ body, specialNeeds: true, earlier: [recommended('commission')] }))).toEqual({
    first: 'pmpk',
    mayOverride: true,
  })
  expect(outOfOrder(asked({ body, earlier: [{ body: 'commission', state: 'returned' }] }))).toEqual({
    first: 'commission',
    mayOverride: false,
  })
})

test('who comes after whom, and what each can answer', () => {
  expect(nextBody({ body: 'pmpk', question: 'removal' })).toBe('commission')
  expect(nextBody({ body: 'commission', question: 'removal' })).toBe('guardianship-body')
  expect(nextBody({ body: 'guardianship-body', question: 'removal' })).toBeUndefined()
  expect(nextBody({ body: 'pmpk', question: 'examination' })).toBeUndefined()
  expect(answersOf('guardianship-body', 'removal')).toContain('decided')
  expect(answersOf('guardianship-body', 'removal')).not.toContain('recommended')
  expect(answersOf('commission', 'removal')).not.toContain('decided')
  expect(answersOf('commission', 'longer-stay')).toEqual(expect.arrayContaining(['recommended', 'decided']))
  expect(answersOf('pmpk', 'longer-stay')).not.toContain('decided')
})
