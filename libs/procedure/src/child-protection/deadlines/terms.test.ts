import { describe, expect, test } from 'vitest'
import { isOverdue, stepsUntil } from '../../next-step.ts'
import { endOfDay } from '../../time.ts'
import { local, settings, shown, Told } from '../case.fixture.ts'

const said = (told: Told, row: string, until: string) =>
  stepsUntil(told.the(row), local(until)).map((step) => `${shown(step.at)!.slice(0, 10)} ${step.whom.join('+')}`)

describe('CP-23: six weeks', () => {
  test('decided 16 October 2026: remind 13 and 20 November, due 27 November, escalate Monday 30 November 09:00, then weekly', () => {
    const told = new Told()
    told.registered('2026-10-15 10:00')
    told.confirmed('2026-10-16')
    expect(told.the('assessment').dueDay).toBe('2026-11-27')
    expect(said(told, 'assessment', '2026-12-15')).toEqual([
      '2026-11-13 case-manager',
      '2026-11-20 case-manager',
      '2026-11-30 supervisor',
      '2026-12-07 supervisor',
      '2026-12-14 supervisor',
    ])
  })
  test('each second around 24:00 of the due day', () => {
    for (const [at, state] of [
      ['2026-11-27 23:59:59', 'kept 2026-11-27'],
      ['2026-11-28 00:00', 'kept-late 2026-11-27'],
      ['2026-11-28 00:00:01', 'kept-late 2026-11-27'],
    ] as const) {
      const told = new Told()
      told.registered('2026-10-15 10:00')
      told.confirmed('2026-10-16')
      told.assessed(at)
      expect(told.closed('assessment')).toEqual([state])
    }
  })
  test('high risk: from CP-112', () => {
    const told = new Told()
    told.high('2026-10-14 10:00')
    told.evidenced('2026-10-14 10:30')
    told.act('child-safe', { placed: false }, '2026-10-16 09:00')
    expect(told.the('assessment').dueDay).toBe('2026-11-27')
  })
  test("the court's term takes the place of the six weeks", () => {
    const told = new Told()
    told.registered('2026-10-15 10:00')
    told.confirmed('2026-10-16')
    told.act('assessment-term-set', { termDay: '2026-11-06' }, '2026-10-20')
    expect(told.the('assessment').dueDay).toBe('2026-11-06')
    expect(told.closed('assessment')).toEqual(['lapsed 2026-11-27'])
  })
})

describe('the other terms', () => {
  test('CP-116: medium 3 working days, low 10, reminder one working day before', () => {
    const medium = new Told()
    medium.registered('2026-12-14 10:00')
    expect(medium.the('primary-assessment').dueDay).toBe('2026-12-18')
    expect(said(medium, 'primary-assessment', '2026-12-30')).toEqual(['2026-12-17 case-manager', '2026-12-21 supervisor'])
    const low = new Told()
    low.registered('2026-12-10 10:00', { criteria: ['L3'], level: 'low' })
    expect(low.the('primary-assessment').dueDay).toBe('2026-12-25')
    low.settings = { ...settings, terms: { 'primary-assessment-low': 5 } }
    expect(low.the('primary-assessment').dueDay).toBe('2026-12-18')
  })
  test('a level confirmed later counts from the registration, a level raised later from the new facts', () => {
    const told = new Told()
    told.registered('2026-12-10 10:00', { level: undefined })
    expect(told.rows()).toEqual(['level-decision'])
    told.act('risk-assessed', { level: 'low', criteria: ['L3'] }, '2026-12-11')
    expect(told.the('primary-assessment').dueDay).toBe('2026-12-25')
    told.act('risk-assessed', { level: 'medium', criteria: ['M1', 'M6'], receivedAt: local('2026-12-14') }, '2026-12-14')
    expect(told.the('primary-assessment').dueDay).toBe('2026-12-18')
    expect(told.closed('primary-assessment')).toEqual(['lapsed 2026-12-25'])
  })
  test('CP-103: one working day after, then each working day: the first person and the supervisor', () => {
    const told = new Told()
    told.registered('2026-11-26 10:00', { takenByOther: true })
    expect(said(told, 'take-over', '2026-12-01')).toEqual([
      '2026-11-27 first-person+supervisor',
      '2026-11-30 first-person+supervisor',
      '2026-12-01 first-person+supervisor',
    ])
    told.act('taken-by-social-worker', { manager: 'm' }, '2026-11-27')
    expect(told.rows()).toEqual(['primary-assessment'])
  })
  test('CP-112: one day after the hour; passed: the supervisor, then daily, once a morning', () => {
    const told = new Told()
    told.high('2026-11-26 10:00')
    told.evidenced('2026-11-26 10:40')
    expect(told.the('child-safe').dueDay).toBe('2026-11-27')
    expect(said(told, 'child-safe', '2026-12-02 12:00')).toEqual([
      '2026-11-30 supervisor',
      '2026-12-01 supervisor',
      '2026-12-02 supervisor',
    ])
  })
  test('CP-15: asks every 2 working days until the form of care is recorded', () => {
    const told = new Told()
    told.high('2026-11-26 10:00')
    told.evidenced('2026-11-26 10:40')
    told.act('child-safe', { placed: true }, '2026-11-26 15:00')
    expect(told.the('form-of-care').due).toBeUndefined()
    expect(said(told, 'form-of-care', '2026-12-03')).toEqual(['2026-11-30 case-manager', '2026-12-02 case-manager'])
    expect(told.rows()).not.toContain('contact-home')
    told.placed('childrens-home', '2026-12-02')
    expect(told.the('contact-phone').dueDay).toBe('2027-01-02')
    expect(told.rows()).not.toContain('form-of-care')
  })
  test('CP-112 recorded before the last agency was told counts', () => {
    const told = new Told()
    told.high('2026-11-26 10:00')
    told.act('child-safe', { placed: false }, '2026-11-26 10:30')
    told.evidenced('2026-11-26 10:50')
    expect(told.facts().stage).toBe('comprehensive-assessment')
    expect(told.closed('child-safe')).toEqual(['kept 2026-11-27'])
  })
  test('CP-126: 14 days after the report, or as the organisation set it', () => {
    const told = new Told()
    told.registered('2026-11-10 10:00')
    told.confirmed('2026-11-11')
    told.assessed('2026-11-16')
    expect(told.the('plan').dueDay).toBe('2026-11-30')
    expect(said(told, 'plan', '2026-12-20')).toEqual(['2026-11-27 case-manager', '2026-12-01 supervisor'])
    told.settings = { ...settings, terms: { plan: 10 } }
    expect(told.the('plan').dueDay).toBe('2026-11-26')
  })
  test('CP-27: 7 days after the plan’s day; a new version moves nothing', () => {
    const told = Told.planned('2026-11-12')
    told.planned('2026-11-16', 2)
    expect(told.the('family-signature').dueDay).toBe('2026-11-19')
    expect(said(told, 'family-signature', '2026-11-28')).toEqual(['2026-11-20 case-manager', '2026-11-27 case-manager'])
    expect(told.the('review').dueDay).toBe('2027-05-12')
    told.act('plan-signed-by-family', { signed: false }, '2026-11-18')
    expect(told.closed('family-signature')).toEqual(['kept 2026-11-19'])
  })
  test('CP-127: a measure’s own day; a new day is a new period; a mark closes it', () => {
    const told = Told.planned('2026-11-12')
    told.planned('2026-11-13', 2, [{ id: 'a', due: '2026-12-10', responsible: 'family' }])
    expect(said(told, 'measure', '2026-12-20')).toEqual(['2026-12-07 responsible', '2026-12-11 case-manager', '2026-12-18 case-manager'])
    told.planned('2026-11-20', 3, [{ id: 'a', due: '2026-12-24', responsible: 'worker' }])
    expect(told.closed('measure')).toEqual(['lapsed 2026-12-10'])
    told.act('measure-marked', { measure: 'a', mark: 'done' }, '2026-12-24 20:00')
    expect(told.closed('measure')).toEqual(['lapsed 2026-12-10', 'kept 2026-12-24'])
    told.planned('2026-12-25', 4, [{ id: 'a', due: '2026-12-24', responsible: 'worker' }])
    expect(told.rows()).not.toContain('measure')
  })
  test('CP-127: the deadline says whose the measure is; given to somebody else, the term runs on under its key', () => {
    const told = Told.planned('2026-11-12')
    told.planned('2026-11-13', 2, [{ id: 'a', due: '2026-12-10', responsible: 'family' }])
    const before = told.the('measure')
    expect(before).toMatchObject({ responsible: { kind: 'family' }, waitsFor: 'responsible' })
    told.planned('2026-11-20', 3, [{ id: 'a', due: '2026-12-10', responsible: 'specialist', person: 'nurse' }])
    const after = told.the('measure')
    expect(after).toMatchObject({ responsible: { kind: 'specialist', person: 'nurse' }, waitsFor: 'responsible', key: before.key })
    expect(after.steps).toEqual(before.steps)
    told.planned('2026-11-21', 4, [{ id: 'a', due: '2026-12-10', responsible: 'worker' }])
    expect(told.the('measure').responsible).toEqual({ kind: 'worker' })
    expect(told.the('measure').waitsFor).toBe('case-manager')
    told.planned('2026-11-22', 5, [{ id: 'a', due: '2026-12-10', responsible: 'worker', person: 'psychologist' }])
    expect(told.the('measure').waitsFor).toBe('responsible')
  })
  test('CP-127: three days before at 09:00 the responsible, from 24:00 of the day the manager', () => {
    const told = Told.planned('2026-11-12')
    told.planned('2026-11-13', 2, [{ id: 'a', due: '2026-12-10', responsible: 'specialist', person: 'nurse' }])
    const upTo = (at: string) => stepsUntil(told.the('measure'), local(at)).map((step) => step.whom.join('+'))
    expect(upTo('2026-12-07 08:59:59.999')).toEqual([])
    expect(upTo('2026-12-07 09:00')).toEqual(['responsible'])
    expect(upTo('2026-12-11 08:59:59.999')).toEqual(['responsible'])
    expect(upTo('2026-12-11 09:00')).toEqual(['responsible', 'case-manager'])
  })
  test('CP-32: 3 working days, due day 09:00, passed: the supervisor', () => {
    const told = Told.planned('2026-11-12')
    told.act('meeting-held', { meeting: 'm1' }, '2026-12-14')
    expect(told.the('protocol').dueDay).toBe('2026-12-18')
    expect(said(told, 'protocol', '2026-12-30')).toEqual(['2026-12-18 case-manager', '2026-12-21 supervisor'])
  })
  test('CP-54, CP-57: PMPK 30 days; commission and guardianship body 10 working days; postponed waits on', () => {
    const told = Told.planned('2026-11-12')
    told.act('referral-sent', { referral: 'r1', to: 'pmpk' }, '2026-12-10')
    expect(told.the('referral')).toMatchObject({ rule: 'CP-57', dueDay: '2027-01-09' })
    told.act('referral-answered', { referral: 'r1', answer: 'decided' }, '2026-12-20')
    told.act('referral-sent', { referral: 'r2', to: 'commission' }, '2026-12-10')
    expect(told.the('referral')).toMatchObject({ rule: 'CP-54', dueDay: '2026-12-25' })
    told.act('referral-answered', { referral: 'r2', answer: 'postponed', newDay: '2027-01-20' }, '2026-12-24')
    expect(told.the('referral').dueDay).toBe('2027-01-20')
    told.act('referral-answered', { referral: 'r2', answer: 'decided' }, '2027-01-19')
    expect(told.rows()).not.toContain('referral')
  })
  test('CP-118: the day the request names, else 10 working days', () => {
    const told = Told.planned('2026-11-12')
    told.act('request-sent', { request: 'q1', answerBy: '2026-12-05' }, '2026-12-01')
    told.act('request-sent', { request: 'q2' }, '2026-12-10')
    expect(
      told
        .open()
        .filter((deadline) => deadline.row === 'request-answer')
        .map((deadline) => deadline.dueDay),
    ).toEqual(['2026-12-05', '2026-12-25'])
    told.act('request-answered', { request: 'q1' }, '2026-12-04')
    expect(said(told, 'request-answer', '2027-01-30')).toEqual(['2026-12-28 case-manager'])
  })
  test('CP-60, CP-66: approval in 2 working days, passed: the head', () => {
    const told = new Told()
    told.registered('2026-11-10 10:00')
    told.act('primary-assessment-done', { outcome: 'not-confirmed' }, '2026-11-12')
    expect(told.the('closure-approval')).toMatchObject({ rule: 'CP-66', dueDay: '2026-11-16', waitsFor: 'supervisor' })
    expect(said(told, 'closure-approval', '2026-12-01')).toEqual(['2026-11-17 head'])
    told.act('closure-decided', { approved: false }, '2026-11-13')
    expect(told.the('primary-assessment').dueDay).toBe('2026-11-18')
    told.act('primary-assessment-done', { outcome: 'not-confirmed' }, '2026-11-14')
    told.act('closure-decided', { approved: true }, '2026-11-16')
    expect(told.facts()).toMatchObject({ ended: true, riskLevel: 'none', end: 'not-confirmed' })
    expect(told.open()).toEqual([])
  })
  test('CP-123: signs of cruelty at a contact ask for a decision on the level', () => {
    const told = Told.planned('2026-11-12')
    told.act('contact-made', { by: 'home-visit', childSeen: true, signsOfCruelty: true }, '2026-11-17')
    expect(told.the('level-decision').dueDay).toBe('2026-11-18')
    told.act('risk-assessed', { level: 'medium', criteria: ['M1', 'M6'] }, '2026-11-17 15:00')
    expect(told.rows()).not.toContain('level-decision')
  })
  test('day level: overdue from 24:00 on', () => {
    const told = new Told()
    told.registered('2026-12-14 10:00')
    const midnight = endOfDay('2026-12-18')
    expect([midnight - 1000, midnight, midnight + 1000].map((now) => isOverdue(told.the('primary-assessment'), now))).toEqual([
      false,
      true,
      true,
    ])
  })
})
