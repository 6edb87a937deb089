import { describe, expect, test } from 'vitest'
import { stepsUntil } from '../../next-step.ts'
import { calendar, local, shown, Told } from '../case.fixture.ts'
import { RULE_ROWS } from '../rows.ts'
import { reviewDeadlines } from './review.ts'

const said = (told: Told, row: string, until: string) =>
  stepsUntil(told.the(row), local(until)).map((step) => `${shown(step.at)!.slice(0, 10)} ${step.whom.join('+')}`)

describe('CP-50, CP-52: reviews', () => {
  test('plan of 12 November 2026: invite 14 April, report due 28 April, review due 12 May 2027', () => {
    const told = Told.planned('2026-11-12')
    expect(told.the('review').dueDay).toBe('2027-05-12')
    expect(told.the('review-report').dueDay).toBe('2027-04-28')
    expect(said(told, 'review', '2027-05-25')).toEqual([
      '2027-04-14 case-manager',
      '2027-04-28 case-manager',
      '2027-05-13 supervisor',
      '2027-05-20 supervisor',
    ])
    // 25 April is a Sunday.
    expect(said(told, 'review-report', '2027-05-25')).toEqual(['2027-04-23 case-manager', '2027-04-29 supervisor'])
  })
  test('agreed on 1 December for 10 December: the report reminder goes at once, the invitation does not', () => {
    const told = Told.planned('2026-11-12')
    told.act('review-agreed', { day: '2026-12-10' }, '2026-12-01 15:00')
    const review = told.the('review')
    expect(review.dueDay).toBe('2026-12-10')
    expect(review.steps.filter((step) => step.at <= local('2026-12-01 15:00')).map((step) => shown(step.at))).toEqual(['2026-11-26 09:00'])
    expect(told.closed('review')).toEqual(['lapsed 2027-05-12'])
  })
  test('a day later than six months is not agreed: the norm stands', () => {
    const told = Told.planned('2026-11-12')
    told.act('review-agreed', { day: '2027-06-10' }, '2026-12-01')
    expect(told.the('review').dueDay).toBe('2027-05-12')
  })
  test('six months from 31 August: 28 February', () => {
    expect(Told.planned('2027-08-31').the('review').dueDay).toBe('2028-02-29')
    expect(Told.planned('2026-12-31').the('review').dueDay).toBe('2027-06-30')
  })
  test('held: closed, its protocol is due, the next counts from it', () => {
    const told = Told.planned('2026-11-12')
    told.act('review-report-handed-in', {}, '2027-04-20')
    const held = told.act('review-held', { decision: 'continue' }, '2027-05-11')
    expect(told.closed('review')).toEqual(['kept 2027-05-12'])
    expect(told.closed('review-report')).toEqual(['kept 2027-04-28'])
    expect(told.the('review').dueDay).toBe('2027-11-11')
    expect(told.the('protocol').dueDay).toBe('2027-05-14')
    told.act('protocol-approved', { meeting: held }, '2027-05-14 18:00')
    expect(told.closed('protocol')).toEqual(['kept 2027-05-14'])
  })
  test('the meeting agrees an earlier next day', () => {
    const told = Told.planned('2026-11-12')
    told.act('review-held', { decision: 'continue', nextDay: '2027-04-01' }, '2027-02-01')
    expect(told.the('review').dueDay).toBe('2027-04-01')
    expect(told.closed('review')).toEqual(['kept 2027-05-12'])
    expect(told.closed('review-report')).toEqual(['lapsed 2027-04-28'])
  })
  describe('the reminder of 28 April that the report is due', () => {
    const INVITE = '2027-04-14 case-manager'
    const REPORT = '2027-04-28 case-manager'
    const PASSED = '2027-05-13 supervisor'
    test.each([
      ['weeks before', '2027-03-01'],
      ['the millisecond before', '2027-04-28 08:59:59.999'],
      ['the same millisecond', '2027-04-28 09:00'],
      ['the millisecond after, nobody told yet', '2027-04-28 09:00:00.001'],
    ])('handed in %s: spared; the invitation and what is told when it passed stay', (_, handedIn) => {
      const told = Told.planned('2026-11-12')
      expect(said(told, 'review', '2027-05-13')).toEqual([INVITE, REPORT, PASSED])
      told.act('review-report-handed-in', {}, handedIn)
      expect(said(told, 'review', '2027-05-13')).toEqual([INVITE, PASSED])
      expect(told.the('review').dueDay).toBe('2027-05-12')
    })
    test('withdrawn: it is back, at its old instant and key', () => {
      const told = Told.planned('2026-11-12')
      const before = told.the('review').steps
      const report = told.act('review-report-handed-in', {}, '2027-03-01')
      expect(told.the('review').steps).toHaveLength(before.length - 1)
      told.withdrawn(report, '2027-03-02')
      expect(told.the('review').steps).toEqual(before)
      // Another one takes its place.
      told.act('review-report-handed-in', {}, '2027-03-03')
      expect(said(told, 'review', '2027-05-13')).toEqual([INVITE, PASSED])
    })
    test('a report belongs to the review it was handed in for: the next one asks again', () => {
      const told = Told.planned('2026-11-12')
      told.act('review-report-handed-in', {}, '2027-04-20')
      told.act('review-held', { decision: 'continue' }, '2027-05-11')
      expect(said(told, 'review', '2027-11-12')).toEqual(['2027-10-14 case-manager', '2027-10-28 case-manager', '2027-11-12 supervisor'])
    })
    test('another day of the same review asks for no second report, and brings back no step that was passed over', () => {
      const told = Told.planned('2026-11-12')
      told.act('review-agreed', { day: '2026-12-10' }, '2026-12-01 15:00')
      told.act('review-report-handed-in', {}, '2026-12-02')
      expect(said(told, 'review', '2026-12-11')).toEqual(['2026-12-11 supervisor'])
    })
    test('facts of before this was told hold a report and spare nothing: a running case replays what it did', () => {
      const told = Told.planned('2026-11-12')
      told.act('review-report-handed-in', {}, '2027-04-20')
      const facts = told.facts()
      const former = { ...facts, reviews: facts.reviews.map(({ spared: _, ...review }) => review) }
      const [review] = reviewDeadlines(former, RULE_ROWS, calendar)
      expect(review!.steps.map((step) => shown(step.at)!.slice(0, 10))).toEqual(['2027-04-14', '2027-04-28', '2027-05-13'])
    })
  })
  test('an hour in stage 3: back in its stage, the review in 14 days unless the supervisor sets another day', () => {
    const told = Told.planned('2026-11-12')
    told.act('risk-assessed', { level: 'high', criteria: ['H4'], receivedAt: local('2026-12-01 10:00') }, '2026-12-01 10:00')
    expect(told.facts().stage).toBe('urgent-measures')
    told.evidenced('2026-12-01 10:40')
    expect(told.rows()).toContain('child-safe')
    told.act('child-safe', { placed: false }, '2026-12-01 12:00')
    expect(told.facts().stage).toBe('implementation')
    expect(told.the('review-day').dueDay).toBe('2026-12-15')
    expect(told.rows()).not.toContain('assessment')
    told.act('review-agreed', { day: '2026-12-22' }, '2026-12-02')
    expect(told.the('review').dueDay).toBe('2026-12-22')
    expect(told.rows()).not.toContain('review-day')
  })
  test('an hour moves no nearer day back', () => {
    const told = Told.planned('2026-11-12')
    told.act('review-agreed', { day: '2026-12-05' }, '2026-11-20')
    told.act('risk-assessed', { level: 'high', criteria: ['H4'], receivedAt: local('2026-12-01 10:00') }, '2026-12-01 10:00')
    told.evidenced('2026-12-01 10:40')
    told.act('child-safe', { placed: false }, '2026-12-01 12:00')
    expect(told.the('review').dueDay).toBe('2026-12-05')
    expect(told.rows()).not.toContain('review-day')
  })
})
