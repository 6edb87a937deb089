import { describe, expect, test } from 'vitest'
import { ACT_KINDS, type ActKind } from './acts.ts'
import { local, Told } from './case.fixture.ts'
import { ALLOWED } from './allowed.ts'
import { allowedActs, closureBars } from './refusals.ts'

const registration = {
  reportedAt: local('2026-11-24 10:00'),
  criteria: ['M1', 'M6'],
  level: 'medium',
  takenByOther: false,
  oneOffHelp: false,
} as const
const medium = () => {
  const told = new Told()
  told.registered('2026-11-24 10:00')
  return told
}
const high = () => {
  const told = new Told()
  told.high('2026-11-24 10:00')
  return told
}

describe('registration', () => {
  test('is allowed, and only it or a take-over from paper opens a case', () => {
    expect(new Told().refusal('help-request-registered', registration, '2026-11-24 10:05')).toBeUndefined()
    expect(new Told().refusal('noted', { what: 'visitor' }, '2026-11-24 10:05')).toMatchObject({ code: 'no-case-yet', rule: 'CP-01' })
    expect(medium().refusal('help-request-registered', registration, '2026-11-25')).toMatchObject({ code: 'not-in-this-stage' })
  })
  test('CP-07: at least one criterion', () => {
    expect(new Told().refusal('help-request-registered', { ...registration, criteria: [] }, '2026-11-24 10:05')).toEqual({
      code: 'no-criterion',
      rule: 'CP-07',
    })
    expect(new Told().refusal('help-request-registered', { ...registration, criteria: ['K1'] }, '2026-11-24 10:05')).toMatchObject({
      rule: 'CP-07',
    })
    expect(medium().refusal('risk-assessed', { level: 'low', criteria: [] }, '2026-11-25')).toMatchObject({ rule: 'CP-07' })
  })
  test('nothing happened in the future, to the millisecond', () => {
    expect(medium().refusal('noted', { what: 'visitor' }, '2026-11-25 10:00', '2026-11-25 10:00')).toBeUndefined()
    expect(medium().refusal('noted', { what: 'visitor' }, '2026-11-25 10:00:00.001', '2026-11-25 10:00')).toMatchObject({
      code: 'happened-in-the-future',
    })
    expect(
      new Told().refusal('help-request-registered', { ...registration, reportedAt: local('2026-11-24 10:06') }, '2026-11-24 10:05'),
    ).toMatchObject({ code: 'happened-in-the-future' })
  })
  test('nothing happened before the first report', () => {
    expect(medium().refusal('noted', { what: 'visitor' }, '2026-11-24 10:00', '2026-11-25')).toBeUndefined()
    expect(medium().refusal('noted', { what: 'visitor' }, '2026-11-24 09:59:59', '2026-11-25')).toMatchObject({
      code: 'before-the-first-report',
    })
  })
  test('CP-105: help that ends at once is for low risk only', () => {
    const low = { ...registration, criteria: ['L3'], level: 'low', oneOffHelp: true } as const
    expect(new Told().refusal('help-request-registered', low, '2026-11-24 10:05')).toBeUndefined()
    expect(new Told().refusal('help-request-registered', { ...low, criteria: ['L3', 'H1'] }, '2026-11-24 10:05')).toMatchObject({
      rule: 'CP-105',
    })
    expect(new Told().refusal('help-request-registered', { ...low, level: 'medium' }, '2026-11-24 10:05')).toMatchObject({ rule: 'CP-105' })
  })
})

describe('the hour', () => {
  test('CP-112: no assessment before the child is safe', () => {
    const told = high()
    expect(told.refusal('assessment-finished', { confirmed: 'yes', level: 'high' }, '2026-11-24 11:00')).toEqual({
      code: 'child-not-safe-yet',
      rule: 'CP-112',
    })
    told.evidenced('2026-11-24 10:30')
    expect(told.refusal('assessment-decided', {}, '2026-11-24 11:00')).toMatchObject({ rule: 'CP-112' })
    told.act('child-safe', { placed: false }, '2026-11-24 12:00')
    expect(told.refusal('assessment-finished', { confirmed: 'yes', level: 'high' }, '2026-11-24 13:00')).toBeUndefined()
  })
  test('evidence names an hour that runs, says something, and did not happen in the future', () => {
    expect(
      high().refusal('urgent-measures-evidenced', { hour: 1, measuresAgreedAt: local('2026-11-24 10:10') }, '2026-11-24 10:10'),
    ).toMatchObject({ code: 'no-such-hour' })
    expect(high().refusal('urgent-measures-evidenced', { hour: 0 }, '2026-11-24 10:10')).toMatchObject({
      code: 'no-evidence',
      rule: 'CP-11',
    })
    expect(
      high().refusal('urgent-measures-evidenced', { hour: 0, measuresAgreedAt: local('2026-11-24 10:11') }, '2026-11-24 10:10'),
    ).toMatchObject({ code: 'happened-in-the-future', rule: 'CP-11' })
    expect(
      high().refusal('urgent-measures-evidenced', { hour: 0, measuresAgreedAt: local('2026-11-24 10:10') }, '2026-11-24 10:10'),
    ).toBeUndefined()
    expect(medium().refusal('child-safe', { placed: false }, '2026-11-24 11:00')).toMatchObject({ rule: 'CP-112' })
  })
  test('a case whose hour runs is neither closed nor merged away', () => {
    expect(high().refusal('merged-into', { otherCase: 'x' }, '2026-11-24 10:10')).toMatchObject({ code: 'hour-open' })
    expect(high().refusal('closure-asked', { end: 'adopted', criteria: [] }, '2026-11-24 10:10')).toMatchObject({ code: 'hour-open' })
    expect(high().refusal('closure-asked', { end: 'child-died', criteria: [] }, '2026-11-24 10:10')).toBeUndefined()
  })
})

describe('closure', () => {
  const decided = () => {
    const told = Told.planned('2026-11-12')
    told.act('review-held', { decision: 'close' }, '2026-11-20')
    return told
  }
  test('CP-60: C1 is required, and the review decides', () => {
    expect(decided().refusal('closure-asked', { end: 'closed', criteria: ['C2', 'C3'] }, '2026-11-21')).toEqual({
      code: 'risk-not-reduced',
      rule: 'CP-60',
    })
    expect(Told.planned('2026-11-12').refusal('closure-asked', { end: 'closed', criteria: ['C1'] }, '2026-11-21')).toMatchObject({
      code: 'review-did-not-close',
    })
    expect(decided().refusal('closure-asked', { end: 'closed', criteria: ['C1'] }, '2026-11-21')).toBeUndefined()
    expect(medium().refusal('closure-asked', { end: 'closed', criteria: ['C1'] }, '2026-11-25')).toMatchObject({ rule: 'CP-60' })
  })
  test('what stands against closure is said before it is asked for, and is what refuses it', () => {
    expect(closureBars(decided().facts())).toEqual([])
    expect(closureBars(Told.planned('2026-11-12').facts())).toEqual(['review-did-not-close'])
    expect(closureBars(medium().facts())).toEqual(['not-in-this-stage', 'review-did-not-close'])
    expect(closureBars(high().facts())).toEqual(['hour-open', 'not-in-this-stage', 'review-did-not-close'])
    const told = decided()
    told.act('closure-asked', { end: 'closed', criteria: ['C1'], monitoringMonths: 3 }, '2026-11-21')
    expect(closureBars(told.facts())).toEqual(['closure-asked-already'])
    for (const [one, day] of [
      [Told.planned('2026-11-12'), '2026-11-21'],
      [medium(), '2026-11-25'],
      [high(), '2026-11-24 10:10'],
      [told, '2026-11-21'],
    ] as const)
      expect(one.refusal('closure-asked', { end: 'closed', criteria: ['C1'] }, day)?.code).toBe(closureBars(one.facts())[0])
  })
  test('CP-66: the family may not refuse while risk is high', () => {
    const told = Told.planned('2026-11-12')
    expect(told.refusal('closure-asked', { end: 'family-refused', criteria: [] }, '2026-11-20')).toBeUndefined()
    told.act('risk-assessed', { level: 'high', criteria: ['H4'], receivedAt: local('2026-11-20 10:00') }, '2026-11-20 10:00')
    told.evidenced('2026-11-20 10:30')
    expect(told.refusal('closure-asked', { end: 'family-refused', criteria: [] }, '2026-11-21')).toEqual({
      code: 'refusal-at-high-risk',
      rule: 'CP-66',
    })
  })
  test('decided only when asked, asked only once', () => {
    const told = decided()
    expect(told.refusal('closure-decided', { approved: true }, '2026-11-21')).toMatchObject({ code: 'closure-not-asked' })
    told.act('closure-asked', { end: 'closed', criteria: ['C1'], monitoringMonths: 3 }, '2026-11-21')
    expect(told.refusal('closure-asked', { end: 'closed', criteria: ['C1'] }, '2026-11-21')).toMatchObject({
      code: 'closure-asked-already',
    })
    expect(told.refusal('closure-decided', { approved: true }, '2026-11-22')).toBeUndefined()
  })
  test('CP-62: no conclusion months before the end', () => {
    const told = decided()
    told.act('closure-asked', { end: 'closed', criteria: ['C1'], monitoringMonths: 3 }, '2026-11-21')
    told.act('closure-decided', { approved: true }, '2026-11-22')
    const look = { copes: true, problemsBack: false, worse: false, last: true }
    expect(told.refusal('monitoring-look', look, '2026-12-20')).toEqual({
      code: 'monitoring-not-over',
      rule: 'CP-62',
      params: { until: '2027-02-22' },
    })
    told.act('monitoring-look', { ...look, last: false }, '2027-01-22')
    expect(told.refusal('monitoring-look', look, '2027-02-20')).toBeUndefined()
  })
  test('an ended case takes a relapse and corrections, nothing else', () => {
    const told = medium()
    told.act('primary-assessment-done', { outcome: 'not-confirmed' }, '2026-11-25')
    told.act('closure-decided', { approved: true }, '2026-11-26')
    expect(told.refusal('contact-made', { by: 'phone', childSeen: false }, '2026-11-27')).toEqual({ code: 'case-ended', rule: 'CP-63' })
    expect(
      told.refusal('relapse', { reportedAt: local('2026-11-27'), criteria: ['M1', 'M6'], level: 'medium' }, '2026-11-27'),
    ).toBeUndefined()
    expect(told.refusal('withdrawn', { act: told.acts[2]!.id }, '2026-11-27')).toBeUndefined()
  })
  test('withdrawn evidence of an ended case: its hour runs again and can be closed', () => {
    const told = high()
    const evidence = told.evidenced('2026-11-24 10:30')
    told.act('child-safe', { placed: false }, '2026-11-24 11:00')
    told.act('closure-asked', { end: 'adopted', criteria: [] }, '2026-11-25')
    told.act('closure-decided', { approved: true }, '2026-11-26')
    expect(told.facts().ended).toBe(true)
    told.withdrawn(evidence, '2026-11-27')
    expect(told.facts()).toMatchObject({ ended: false, stage: 'urgent-measures' })
    expect(told.rows()).toContain('urgent-measures')
    const at = local('2026-11-24 10:40')
    const again = { hour: 0, measuresAgreedAt: at, lawEnforcementInformedAt: at, juvenileInspectionInformedAt: at }
    expect(told.refusal('urgent-measures-evidenced', again, '2026-11-24 10:40', '2026-11-27 12:00')).toBeUndefined()
    told.act('urgent-measures-evidenced', again, '2026-11-24 10:40', '2026-11-27 12:00')
    expect(told.facts().ended).toBe(true)
  })
})

describe('the table of stages', () => {
  test.each([
    ['plan-signed', 'CP-126', { planVersion: 1, measures: [] }],
    ['review-held', 'CP-50', { decision: 'continue' }],
    ['relapse', 'CP-63', { reportedAt: local('2026-11-25'), criteria: ['M1'] }],
    ['monitoring-look', 'CP-62', { copes: true, problemsBack: false, worse: false, last: false }],
  ] as const)('%s is refused in primary assessment, naming %s', (kind, rule, fact) => {
    expect(medium().refusal(kind as ActKind, fact as never, '2026-11-25')).toMatchObject({ code: 'not-in-this-stage', rule })
  })
  test('what the table allows are kinds of acts, and every kind but the openings is allowed somewhere', () => {
    const allowed = new Set(Object.values(ALLOWED).flat())
    const opening = ['help-request-registered', 'taken-over-from-paper']
    expect(ACT_KINDS.filter((kind) => !allowed.has(kind as never)).sort()).toEqual(opening)
    expect(allowedActs(medium().facts())).toContain('primary-assessment-done')
  })
  test.each([
    ['measure-marked', 'CP-127', { measure: 'none', mark: 'done' }],
    ['protocol-approved', 'CP-32', { meeting: 'none' }],
    ['referral-answered', 'CP-54', { referral: 'none', answer: 'decided' }],
    ['request-answered', 'CP-118', { request: 'none' }],
    ['assessment-finished', 'CP-23', { confirmed: 'yes', level: 'low' }],
    ['taken-by-social-worker', 'CP-103', { manager: 'm' }],
  ] as const)('%s of something that is not there names %s', (kind, rule, fact) => {
    expect(Told.planned('2026-11-12').refusal(kind as ActKind, fact as never, '2026-11-20')).toMatchObject({ rule })
  })
})
