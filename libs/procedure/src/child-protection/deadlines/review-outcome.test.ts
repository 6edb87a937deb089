import { describe, expect, test } from 'vitest'
import { stepsUntil } from '../../next-step.ts'
import { endOfDay } from '../../time.ts'
import { calendar, local, shown, Told } from '../case.fixture.ts'
import { EDITIONS } from '../editions.ts'
import { deadlinesOf, historyOf } from './history.ts'
import { RULE_ROWS } from '../rows.ts'

const OUTCOMES = ['review-plan', 'review-plan-signature', 'review-referral', 'review-closure']
/** Plan of 12 November 2026, report in time, review held on Tuesday 11 May 2027. */
function reviewed(decision: 'continue' | 'extend-stay' | 'separate' | 'close') {
  const told = Told.planned('2026-11-12')
  told.rules = EDITIONS.at(-1)!.rules
  told.act('review-report-handed-in', {}, '2027-04-20')
  const review = told.act('review-held', { decision }, '2027-05-11 15:00')
  return { told, review }
}
const outcomes = (told: Told) => told.rows().filter((row) => OUTCOMES.includes(row))
const said = (told: Told, row: string, until: string) =>
  stepsUntil(told.the(row), local(until)).map((step) => `${shown(step.at)} ${step.whom.join('+')}`)

describe('CP-53: what a review decided is open until it is done', () => {
  test.each([
    ['continue', 'review-plan', 'CP-55'],
    ['extend-stay', 'review-referral', 'CP-54'],
    ['separate', 'review-referral', 'CP-54'],
    ['close', 'review-closure', 'CP-60'],
  ] as const)('%s: %s, five working days from 11 May is 18 May 2027', (decision, row, rule) => {
    const { told } = reviewed(decision)
    expect(outcomes(told)).toEqual([row])
    expect(told.the(row)).toMatchObject({ rule, dueDay: '2027-05-18', waitsFor: 'case-manager' })
    expect(said(told, row, '2027-06-02')).toEqual([
      '2027-05-17 09:00 case-manager',
      '2027-05-19 09:00 supervisor',
      '2027-05-26 09:00 supervisor',
      '2027-06-02 09:00 supervisor',
    ])
  })
  test('separate: an examination alone puts it to nobody; put to a commission it is done; taken back it is to be done again', () => {
    const { told } = reviewed('separate')
    told.act('referral-sent', { referral: 'r1', to: 'pmpk', examination: true }, '2027-05-12')
    expect(outcomes(told)).toEqual(['review-referral'])
    told.act('referral-sent', { referral: 'r2', to: 'commission' }, '2027-05-13')
    expect(outcomes(told)).toEqual([])
    told.act('referral-answered', { referral: 'r1', answer: 'withdrawn' }, '2027-05-14')
    expect(outcomes(told)).toEqual([])
    told.act('referral-answered', { referral: 'r2', answer: 'withdrawn' }, '2027-05-17')
    expect(outcomes(told)).toEqual(['review-referral'])
    expect(told.the('review-referral')).toMatchObject({ dueDay: '2027-05-24' })
    told.act('referral-sent', { referral: 'r3', to: 'commission' }, '2027-05-18')
    told.act('referral-answered', { referral: 'r3', answer: 'returned' }, '2027-05-20')
    expect(outcomes(told)).toEqual([])
  })
  test('continue: the new version is kept at the last moment and late after it; the family signs it anew in seven days', () => {
    for (const [at, state] of [
      ['2027-05-18 23:59:59.999', 'kept 2027-05-18'],
      ['2027-05-19 00:00', 'kept-late 2027-05-18'],
    ] as const) {
      const { told } = reviewed('continue')
      told.planned(at, 2)
      expect(told.closed('review-plan')).toEqual([state])
      expect(outcomes(told)).toEqual(['review-plan-signature'])
    }
    const { told } = reviewed('continue')
    told.planned('2027-05-13', 2)
    expect(told.the('review-plan-signature')).toMatchObject({ rule: 'CP-27', dueDay: '2027-05-20' })
    expect(said(told, 'review-plan-signature', '2027-05-28')).toEqual(['2027-05-21 09:00 case-manager', '2027-05-28 09:00 case-manager'])
    told.act('plan-signed-by-family', { signed: true }, '2027-05-20 18:00')
    expect(told.closed('review-plan-signature')).toEqual(['kept 2027-05-20'])
    expect(outcomes(told)).toEqual([])
    // The plan's day is not moved, nor the review counted from the meeting.
    expect(told.facts().planDay).toBe('2026-11-12')
    expect(told.the('review').dueDay).toBe('2027-11-11')
  })
  test('a version between reviews asks for no second signature', () => {
    const told = Told.planned('2026-11-12')
    told.rules = EDITIONS.at(-1)!.rules
    told.act('plan-signed-by-family', { signed: true }, '2026-11-13')
    told.planned('2026-12-01', 2)
    expect(outcomes(told)).toEqual([])
  })
  test('a plan signed before the review is no answer to it, though it was typed later', () => {
    const { told } = reviewed('continue')
    told.act('plan-signed', { planVersion: 2, measures: [] }, '2027-05-11 14:59', '2027-05-12')
    expect(outcomes(told)).toEqual(['review-plan'])
  })
  test.each(['pmpk', 'commission', 'guardianship-body'] as const)(
    'separate: a referral to %s is the first step, its answer another term',
    (to) => {
      const { told } = reviewed('separate')
      told.act('referral-sent', { referral: 'r1', to }, '2027-05-18 18:00')
      expect(told.closed('review-referral')).toEqual(['kept 2027-05-18'])
      expect(told.rows()).toContain('referral')
    },
  )
  test('close: asked is kept; sent back it is to be done still, five working days from that', () => {
    const { told } = reviewed('close')
    told.act('closure-asked', { end: 'closed', criteria: ['C1'] }, '2027-05-12')
    expect(outcomes(told)).toEqual([])
    told.act('closure-decided', { approved: false }, '2027-05-13')
    expect(told.the('review-closure').dueDay).toBe('2027-05-20')
    told.act('closure-asked', { end: 'closed', criteria: ['C1'] }, '2027-05-14')
    told.act('closure-decided', { approved: true }, '2027-05-17')
    expect(told.closed('review-closure')).toEqual(['kept 2027-05-18', 'kept 2027-05-20'])
    expect(outcomes(told)).toEqual([])
  })
  test('another end sent back opens nothing that no review decided', () => {
    const { told } = reviewed('continue')
    told.act('closure-asked', { end: 'moved-away', criteria: [] }, '2027-05-12')
    told.act('closure-decided', { approved: false }, '2027-05-13')
    expect(outcomes(told)).toEqual(['review-plan'])
  })
  test('the next review decides anew: what was not done is lapsed before its day and missed after it', () => {
    for (const [at, state] of [
      ['2027-05-18 12:00', 'lapsed 2027-05-18'],
      ['2027-05-19 12:00', 'missed 2027-05-18'],
    ] as const) {
      const { told } = reviewed('separate')
      told.act('review-held', { decision: 'continue' }, at)
      expect(told.closed('review-referral')).toEqual([state])
      expect(outcomes(told)).toEqual(['review-plan'])
    }
  })
  test('a review entered in error takes along what it decided; entered anew it is there again', () => {
    const { told, review } = reviewed('close')
    told.withdrawn(review, '2027-05-12')
    expect(outcomes(told)).toEqual([])
    told.act('review-held', { decision: 'separate' }, '2027-05-11 15:00', '2027-05-12 13:00')
    expect(outcomes(told)).toEqual(['review-referral'])
    expect(told.the('review-referral').dueDay).toBe('2027-05-18')
  })
  test('the organisation sets another length', () => {
    const { told } = reviewed('separate')
    told.settings = { ...told.settings, terms: { 'review-outcome': 10 } }
    expect(told.the('review-referral').dueDay).toBe('2027-05-25')
  })
  test('edition 2026-1 has no such rows: facts are the same, its deadlines those of before', () => {
    const { told } = reviewed('separate')
    const before = historyOf(told.facts(), RULE_ROWS, calendar)
    const after = historyOf(told.facts(), told.rules, calendar)
    expect(after.length).toBe(before.length + 1)
    expect(after.filter(({ row }) => !OUTCOMES.includes(row))).toEqual(before)
    // Moved to the new edition the case is asked at once.
    expect(deadlinesOf(told.facts(), told.rules, calendar).find(({ row }) => row === 'review-referral')!.due).toBe(endOfDay('2027-05-18'))
  })
})
