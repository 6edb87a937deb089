import { describe, expect, test } from 'vitest'
import { stepsUntil } from '../../next-step.ts'
import { local, shown, Told } from '../case.fixture.ts'

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
