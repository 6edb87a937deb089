import { describe, expect, test } from 'vitest'
import { stepsUntil } from '../../next-step.ts'
import { calendar, local, shown, Told } from '../case.fixture.ts'
import { monitoringNow } from './monitoring.ts'

const said = (told: Told, row: string, until: string) =>
  stepsUntil(told.the(row), local(until)).map((step) => `${shown(step.at)!.slice(0, 10)} ${step.whom.join('+')}`)

describe('CP-62: monitoring', () => {
  const closed = (day: string, months?: 3 | 4 | 5 | 6) => {
    const told = Told.planned('2026-02-02')
    told.act('review-held', { decision: 'close' }, day)
    told.act('closure-asked', { end: 'closed', criteria: ['C1', 'C2'], ...(months && { monitoringMonths: months }) }, day)
    told.act('closure-decided', { approved: true }, day)
    return told
  }
  const look = (told: Told, day: string, last = false) =>
    told.act('monitoring-look', { copes: true, problemsBack: false, worse: false, last }, day)

  test('closed 31 August 2026 for 3 months, looks on 15 September, 15 October, 15 November: the last is due 30 November', () => {
    const told = closed('2026-08-31', 3)
    expect(told.facts().stage).toBe('monitoring')
    expect(told.the('monitoring-look').dueDay).toBe('2026-09-30')
    look(told, '2026-09-15')
    expect(told.the('monitoring-look').dueDay).toBe('2026-10-15')
    look(told, '2026-10-15')
    look(told, '2026-11-15')
    expect(told.the('monitoring-look').dueDay).toBe('2026-11-30')
    expect(said(told, 'monitoring-look', '2026-12-20')).toEqual(['2026-11-27 case-manager', '2026-12-01 supervisor'])
    look(told, '2026-11-30', true)
    expect(told.facts()).toMatchObject({ ended: true, riskLevel: 'none', end: 'closed' })
    expect(told.open()).toEqual([])
  })
  test('which look comes, of how many; the conclusion from the last month on, or from the end day', () => {
    const told = closed('2026-08-31', 3)
    const now = (day: string) => monitoringNow(told.facts(), told.rules, calendar, day)
    expect(now('2026-09-01')).toEqual({ from: local('2026-08-31'), until: '2026-11-30', nth: 1, of: 3, isLast: false })
    expect([now('2026-11-29')?.isLast, now('2026-11-30')?.isLast]).toEqual([false, true])
    look(told, '2026-09-15')
    look(told, '2026-10-15')
    // Earlier looks leave a rest: one more is needed to reach the end.
    expect(now('2026-10-20')).toMatchObject({ nth: 3, of: 4, isLast: false })
    look(told, '2026-10-29')
    expect(now('2026-10-29')).toMatchObject({ nth: 4, of: 5, isLast: false })
    look(told, '2026-10-30')
    expect(now('2026-11-01')).toMatchObject({ nth: 5, of: 5, isLast: true })
    look(told, '2026-11-30', true)
    expect(now('2026-12-01')).toBeUndefined()
  })
  test('three months when none were chosen; six at most', () => {
    const end = (months?: 3 | 6) => {
      const told = closed('2026-08-31', months)
      for (const day of ['2026-09-30', '2026-10-30', '2026-11-29', '2026-12-28', '2027-01-27']) look(told, day)
      return told.the('monitoring-look').dueDay
    }
    expect(end(6)).toBe('2027-02-27')
    expect(end()).toBe('2027-01-27')
  })
  test('past the end without a conclusion, the conclusion is asked for', () => {
    const told = closed('2026-08-31', 3)
    look(told, '2026-12-04')
    expect(told.the('monitoring-look').dueDay).toBe('2026-12-04')
  })
  test('closure ends the other terms', () => {
    const told = closed('2026-08-31', 3)
    expect(told.rows()).toEqual(['monitoring-look', 'protocol'])
  })
  test('CP-63: a relapse goes through all stages again and keeps its history', () => {
    const told = closed('2026-08-31', 3)
    told.act('relapse', { reportedAt: local('2026-10-01 10:00'), criteria: ['H4'], level: 'high' }, '2026-10-01 10:00')
    expect(told.facts()).toMatchObject({ stage: 'urgent-measures', episode: 2, ended: false })
    expect(told.closed('monitoring-look')).toEqual(['missed 2026-09-30'])
    told.evidenced('2026-10-01 10:30')
    told.act('child-safe', { placed: false }, '2026-10-01 12:00')
    told.assessed('2026-10-20')
    told.planned('2026-10-25')
    expect(told.the('review').dueDay).toBe('2027-04-25')
    expect(told.the('contact-home').dueDay).toBe('2026-11-01')
  })
  test('risk raised to high in monitoring is a relapse', () => {
    const told = closed('2026-08-31', 3)
    told.act('risk-assessed', { level: 'high', criteria: ['H4'], receivedAt: local('2026-10-01 10:00') }, '2026-10-01 10:00')
    expect(told.facts()).toMatchObject({ stage: 'urgent-measures', episode: 2 })
  })
})
