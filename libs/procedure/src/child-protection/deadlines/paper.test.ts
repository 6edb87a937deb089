import { describe, expect, test } from 'vitest'
import { isOverdue, stepsUntil } from '../../next-step.ts'
import { local, Told } from '../case.fixture.ts'

describe('taken over from paper', () => {
  const paper = {
    stage: 'implementation',
    level: 'medium',
    registeredDay: '2026-01-10',
    placement: 'with-parents',
    placementSince: '2026-01-10',
  } as const

  test('what came due before is neither asked nor told; the next is due the day after at the earliest', () => {
    const told = new Told()
    told.act('taken-over-from-paper', { ...paper, planDay: '2026-03-02', lastHomeContact: '2026-08-20' }, '2026-11-24 10:00')
    expect(told.the('contact-home').dueDay).toBe('2026-11-25')
    expect(told.the('review').dueDay).toBe('2026-11-25')
    expect(told.history().filter((deadline) => deadline.state !== 'open')).toEqual([])
    for (const deadline of told.open()) expect(stepsUntil(deadline, local('2026-11-24 10:00'))).toEqual([])
  })
  test('counted from its days where they lie ahead', () => {
    const told = new Told()
    told.act(
      'taken-over-from-paper',
      { ...paper, planDay: '2026-03-02', lastReview: '2026-09-02', lastHomeContact: '2026-11-10' },
      '2026-11-24 10:00',
    )
    expect(told.the('contact-home').dueDay).toBe('2026-12-10')
    expect(told.the('review').dueDay).toBe('2027-03-02')
    expect(told.the('review-report').dueDay).toBe('2027-02-16')
    told.visited('2026-12-01')
    expect(told.the('contact-home').dueDay).toBe('2027-01-01')
    expect(told.closed('contact-home')).toEqual(['kept 2026-12-10'])
  })
  test('in monitoring: its last look and end', () => {
    const told = new Told()
    told.act(
      'taken-over-from-paper',
      { ...paper, stage: 'monitoring', closedDay: '2026-09-30', monitoringEnd: '2026-12-30', lastLook: '2026-11-05' },
      '2026-11-24 10:00',
    )
    expect(told.the('monitoring-look').dueDay).toBe('2026-12-05')
    expect(told.facts().hours).toEqual([])
  })
  test.each(['primary-assessment', 'comprehensive-assessment', 'planning', 'implementation', 'monitoring'] as const)(
    '%s: something is open, nothing overdue',
    (stage) => {
      const told = new Told()
      told.act('taken-over-from-paper', { stage, level: 'high', registeredDay: '2026-01-31' }, '2026-11-24 10:00')
      expect(told.open().length).toBeGreaterThan(0)
      for (const deadline of told.open()) expect(isOverdue(deadline, local('2026-11-24 23:59'))).toBe(false)
      expect(told.facts().stage).toBe(stage)
    },
  )
})
