import { describe, expect, test } from 'vitest'
import { isOverdue, nextStepAt, nextStepOf, stepsDue, stepsUntil } from '../../next-step.ts'
import { local, shown, Told } from '../case.fixture.ts'

const said = (told: Told, until: string, n = 0) =>
  stepsUntil(
    told.open().find((deadline) => deadline.hour === n)!,
    local(until),
  ).map((step) => `${shown(step.at)!.slice(11)} ${step.whom.join('+')}`)

const stateOfHour = (told: Told, n = 0) => told.history().find((deadline) => deadline.hour === n)!.state

describe('CP-10: the hour', () => {
  test('one more person is told at 30, 45, 60, 90, 120 minutes, then all of them every hour', () => {
    const told = new Told()
    told.high('2026-11-24 14:00')
    const all = 'case-manager+supervisor+next-in-line+head+duty-list'
    expect(said(told, '2026-11-24 18:00')).toEqual([
      '14:30 case-manager',
      '14:45 supervisor',
      '15:00 next-in-line',
      '15:30 head',
      '16:00 duty-list',
      `17:00 ${all}`,
      `18:00 ${all}`,
    ])
  })

  test.each([
    ['2026-11-24 08:59:59', true],
    ['2026-11-24 09:00', false],
    ['2026-11-24 17:59:59', false],
    ['2026-11-24 18:00', true],
    ['2026-11-28 12:00', true], // Saturday
    ['2026-12-16 12:00', true], // holiday
  ])('outside working hours the person on duty is told at +0: %s', (at, outside) => {
    const told = new Told()
    told.high(at)
    expect(told.the('urgent-measures').steps.some((step) => step.whom.includes('on-duty') && step.at === local(at))).toBe(outside)
  })

  test('exactly +60:00.000 is kept; a millisecond later is late', () => {
    for (const [at, state] of [
      ['2026-11-24 14:59:59', 'kept'],
      ['2026-11-24 15:00', 'kept'],
      ['2026-11-24 15:00:00.001', 'kept-late'],
      ['2026-11-24 15:00:01', 'kept-late'],
    ] as const) {
      const told = new Told()
      told.high('2026-11-24 14:00')
      told.evidenced(at)
      expect(stateOfHour(told), at).toBe(state)
    }
  })

  test('overdue only after the sixtieth minute', () => {
    const told = new Told()
    told.high('2026-11-24 14:00')
    const hour = told.the('urgent-measures')
    expect(
      [local('2026-11-24 14:59:59'), local('2026-11-24 15:00'), local('2026-11-24 15:00:01')].map((now) => isOverdue(hour, now)),
    ).toEqual([false, false, true])
  })

  test('four facts come one by one; the last one closes', () => {
    const told = new Told()
    told.high('2026-11-24 14:00')
    told.act('urgent-measures-evidenced', { hour: 0, measuresAgreedAt: local('2026-11-24 14:10') }, '2026-11-24 14:10')
    told.act('urgent-measures-evidenced', { hour: 0, juvenileInspectionInformedAt: local('2026-11-24 14:55') }, '2026-11-24 14:55')
    expect(stateOfHour(told)).toBe('open')
    told.act('urgent-measures-evidenced', { hour: 0, lawEnforcementInformedAt: local('2026-11-24 14:20') }, '2026-11-24 15:20')
    expect(stateOfHour(told)).toBe('kept')
    expect(shown(told.facts().hours[0]!.closedAt)).toBe('2026-11-24 14:55')
  })

  test('received 14:00, set to medium 14:25: the hour runs on, her reason of 14:50 closes it, kept', () => {
    const told = new Told()
    told.high('2026-11-24 14:00')
    told.act('risk-assessed', { level: 'medium', criteria: ['H4'], receivedAt: local('2026-11-24 14:25') }, '2026-11-24 14:25')
    expect(told.facts().hours).toHaveLength(1)
    expect(told.rows()).toEqual(['primary-assessment', 'urgent-measures'])
    expect(said(told, '2026-11-24 14:49')).toEqual(['14:30 case-manager', '14:45 supervisor'])
    told.act(
      'urgent-measures-evidenced',
      { hour: 0, noGrounds: { agreedAt: local('2026-11-24 14:50'), level: 'medium' } },
      '2026-11-24 14:50',
    )
    expect(stateOfHour(told)).toBe('kept')
    expect(told.facts()).toMatchObject({ stage: 'primary-assessment', riskLevel: 'medium' })
    expect(told.rows()).toEqual(['primary-assessment'])
  })

  test('report 10:05, typed 10:52, evidence recorded 11:20, happened 11:02: late from the start, then kept', () => {
    const told = new Told()
    told.registered('2026-11-24 10:52', { reportedAt: local('2026-11-24 10:05'), criteria: ['H4'], level: 'high' })
    expect(said(told, '2026-11-24 10:52')).toEqual(['10:35 case-manager', '10:50 supervisor'])
    expect(said(told, '2026-11-24 11:19')).toEqual(['10:35 case-manager', '10:50 supervisor', '11:05 next-in-line'])
    const at = local('2026-11-24 11:02')
    told.act(
      'urgent-measures-evidenced',
      { hour: 0, measuresAgreedAt: at, lawEnforcementInformedAt: at, juvenileInspectionInformedAt: at },
      '2026-11-24 11:02',
      '2026-11-24 11:20',
    )
    expect(stateOfHour(told)).toBe('kept')
  })

  test('typed hours late: each receiver is told the latest step only', () => {
    const told = new Told()
    told.high('2026-11-24 10:00', '2026-11-24 13:30')
    expect(said(told, '2026-11-24 13:30')).toEqual(['13:00 case-manager+supervisor+next-in-line+head+duty-list'])
    expect(said(told, '2026-11-24 14:00')).toHaveLength(2)
  })

  test.each([['U2'], ['H1'], ['HS1']])('any high or urgent criterion starts it, whatever level is chosen: %s', (code) => {
    const told = new Told()
    told.registered('2026-11-24 14:00', { criteria: ['L3', code], level: 'low' })
    expect(told.rows()).toEqual(['primary-assessment', 'urgent-measures'])
  })

  test('saved by somebody who is no social worker: he is told at +30 until it is taken over', () => {
    const told = new Told()
    told.registered('2026-11-24 14:00', { criteria: ['H1'], level: undefined, takenByOther: true })
    expect(told.rows()).toEqual(['level-decision', 'take-over', 'urgent-measures'])
    const before = told.the('urgent-measures')
    expect(before.steps[0]!.whom).toEqual(['first-person'])
    told.act('taken-by-social-worker', { manager: 'm' }, '2026-11-24 14:40')
    const after = told.the('urgent-measures')
    expect(after.steps[0]!.whom).toEqual(['case-manager'])
    expect(after.steps.map((step) => step.key)).toEqual(before.steps.map((step) => step.key))
  })

  test('confirmed as high with nothing new: no second hour', () => {
    const told = new Told()
    told.registered('2026-11-24 14:00', { criteria: ['H1'], level: undefined, takenByOther: true })
    told.act('risk-assessed', { level: 'high', criteria: ['H1'], receivedAt: local('2026-11-24 14:20') }, '2026-11-24 14:20')
    expect(told.facts().hours).toHaveLength(1)
  })

  test('the same report written down again, by the same time of receiving: no second hour', () => {
    const told = new Told()
    told.high('2026-11-24 14:00')
    told.act('risk-assessed', { level: 'high', criteria: ['H4', 'H1'], receivedAt: local('2026-11-24 14:00') }, '2026-11-24 14:20')
    expect(told.facts().hours).toHaveLength(1)
  })

  test('said to be safe before a later report: that holds for the former hour only', () => {
    const told = new Told()
    told.high('2026-11-24 14:00')
    told.evidenced('2026-11-24 14:20')
    told.act('child-safe', { placed: false }, '2026-11-24 15:00')
    expect(told.facts().stage).toBe('comprehensive-assessment')
    told.act('risk-assessed', { level: 'high', criteria: ['H2'], receivedAt: local('2026-11-25 10:00') }, '2026-11-25 10:00')
    told.evidenced('2026-11-25 10:30', 1)
    expect(told.rows()).toEqual(['assessment', 'child-safe', 'contact-home'])
    told.act('child-safe', { placed: false }, '2026-11-25 12:00')
    expect(told.facts().stage).toBe('comprehensive-assessment')
    expect(told.the('assessment').dueDay).toBe('2027-01-05')
  })

  test('a second report while an hour runs is an hour of its own', () => {
    const told = new Told()
    told.high('2026-11-24 14:00')
    told.act('risk-assessed', { level: 'high', criteria: ['H4'], receivedAt: local('2026-11-24 14:30') }, '2026-11-24 14:35')
    expect(told.facts().hours.map((hour) => shown(hour.receivedAt))).toEqual(['2026-11-24 14:00', '2026-11-24 14:30'])
    told.evidenced('2026-11-24 14:40', 0)
    expect(told.rows()).toEqual(['child-safe', 'urgent-measures'])
    told.act('child-safe', { placed: false }, '2026-11-24 14:45')
    expect(told.facts().stage).toBe('urgent-measures')
    told.evidenced('2026-11-24 14:50', 1)
    // Said to be safe after the second report: that holds for both.
    expect(told.rows()).toEqual(['assessment', 'contact-home'])
  })

  test('hours keep their numbers when a backdated one is recorded later', () => {
    const told = new Told()
    told.high('2026-11-24 14:00')
    told.act('risk-assessed', { level: 'high', criteria: ['H1'], receivedAt: local('2026-11-24 16:00') }, '2026-11-24 16:00')
    told.act(
      'risk-assessed',
      { level: 'high', criteria: ['H2'], receivedAt: local('2026-11-24 15:00') },
      '2026-11-24 15:00',
      '2026-11-24 17:00',
    )
    expect(told.facts().hours.map((hour) => shown(hour.receivedAt))).toEqual(['2026-11-24 14:00', '2026-11-24 16:00', '2026-11-24 15:00'])
  })

  test('withdrawn evidence opens the hour again with its old due and tells the supervisor at once', () => {
    const told = new Told()
    told.high('2026-11-24 14:00')
    const evidence = told.evidenced('2026-11-24 14:20')
    told.withdrawn(evidence, '2026-11-24 14:33')
    const hour = told.the('urgent-measures')
    expect(shown(hour.due)).toBe('2026-11-24 15:00')
    expect(said(told, '2026-11-24 14:33')).toEqual(['14:30 case-manager', '14:33 supervisor'])
    expect(new Set(hour.steps.map((step) => step.key)).size).toBe(hour.steps.length)
  })

  test('a withdrawn withdrawal counts no more', () => {
    const told = new Told()
    told.high('2026-11-24 14:00')
    const evidence = told.evidenced('2026-11-24 14:20')
    const withdrawal = told.withdrawn(evidence, '2026-11-24 14:33')
    told.withdrawn(withdrawal, '2026-11-24 14:35')
    expect(stateOfHour(told)).toBe('kept')
  })

  test('an hour entered in error keeps its number and tells nobody', () => {
    const told = new Told()
    told.registered('2026-11-24 10:00')
    const error = told.act('risk-assessed', { level: 'high', criteria: ['H1'], receivedAt: local('2026-11-24 11:00') }, '2026-11-24 11:00')
    told.withdrawn(error, '2026-11-24 11:05')
    told.act('risk-assessed', { level: 'high', criteria: ['H2'], receivedAt: local('2026-11-24 12:00') }, '2026-11-24 12:00')
    expect(told.open().flatMap((deadline) => deadline.hour ?? [])).toEqual([1])
    expect(stateOfHour(told, 0)).toBe('lapsed')
  })
})

describe('next step', () => {
  test('walks the ladder once, and knows when to wake', () => {
    const told = new Told()
    told.high('2026-11-24 14:00')
    const taken = new Set<string>()
    const times: string[] = []
    for (let i = 0; i < 8; i++) {
      const at = nextStepAt(told.open(), taken)!
      times.push(shown(at)!.slice(11))
      for (const { steps } of stepsDue(told.open(), taken, at)) for (const step of steps) taken.add(step.key)
    }
    expect(times).toEqual(['14:30', '14:45', '15:00', '15:30', '16:00', '17:00', '18:00', '19:00'])
  })
  test('a closed deadline has none', () => {
    const told = new Told()
    told.high('2026-11-24 14:00')
    const hour = told.the('urgent-measures')
    expect(nextStepOf({ ...hour, state: 'kept' }, new Set())).toBeUndefined()
    expect(nextStepAt([], new Set())).toBeUndefined()
  })
})
