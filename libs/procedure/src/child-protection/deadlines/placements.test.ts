import { describe, expect, test } from 'vitest'
import { calendar, settings, Told } from '../case.fixture.ts'
import { RULE_ROWS } from '../rows.ts'
import { contactDeadlines } from './contacts.ts'

const due = (told: Told, row = 'contact-home') => told.the(row).dueDay

describe('CP-42, CP-43, CP-49: institutions, foster family, hospital', () => {
  test.each(['childrens-home', 'institution', 'temporary-centre'] as const)('%s: a call a month', (placement) => {
    const told = Told.planned('2026-11-30', placement)
    expect(told.rows()).not.toContain('contact-home')
    expect(told.the('contact-phone')).toMatchObject({ rule: 'CP-42', dueDay: '2026-12-30' })
    told.called('2026-12-31')
    expect(due(told, 'contact-phone')).toBe('2027-01-31')
  })
  test('foster family: home visits and calls, each its own', () => {
    const told = Told.planned('2026-11-12', 'foster-family')
    expect([due(told), due(told, 'contact-phone')]).toEqual(['2026-11-19', '2026-12-12'])
    told.called('2026-11-15')
    expect([due(told), due(told, 'contact-phone')]).toEqual(['2026-11-19', '2026-12-15'])
    told.visited('2026-11-18')
    expect([due(told), due(told, 'contact-phone')]).toEqual(['2026-11-25', '2026-12-15'])
  })
  test.each(['hospital', 'maternity-hospital'] as const)('%s: weekly, a visit or a call to the ward', (placement) => {
    const told = Told.planned('2026-11-12', placement)
    expect(told.the('contact-hospital')).toMatchObject({ rule: 'CP-49', dueDay: '2026-11-19' })
    told.act('contact-made', { by: 'ward', childSeen: false }, '2026-11-18')
    expect(due(told, 'contact-hospital')).toBe('2026-11-25')
    told.visited('2026-12-30')
    expect(due(told, 'contact-hospital')).toBe('2027-01-06')
  })
  test('every placement has a schedule', () => {
    for (const [placement, schedules] of Object.entries(RULE_ROWS.contacts)) expect(schedules.length, placement).toBeGreaterThan(0)
  })
})

describe('change of placement', () => {
  test('in the middle of a period: the old schedule lapses, the new one starts', () => {
    const told = Told.planned('2026-11-12')
    told.placed('childrens-home', '2026-11-16')
    expect(told.closed('contact-home').at(-1)).toBe('lapsed 2026-11-19')
    expect(told.rows()).not.toContain('contact-home')
    expect(due(told, 'contact-phone')).toBe('2026-12-16')
  })
  test('overdue at the change: missed', () => {
    const told = Told.planned('2026-11-12')
    told.placed('childrens-home', '2026-11-20 10:00')
    expect(told.closed('contact-home').at(-1)).toBe('missed 2026-11-19')
  })
  test('on the due day itself: lapsed', () => {
    const told = Told.planned('2026-11-12')
    told.placed('childrens-home', '2026-11-19 23:59')
    expect(told.closed('contact-home').at(-1)).toBe('lapsed 2026-11-19')
  })
  test('twice on one day: the last one counts', () => {
    const told = Told.planned('2026-11-12')
    told.placed('childrens-home', '2026-11-16 09:00')
    told.placed('guardian', '2026-11-16 15:00')
    expect(told.rows()).not.toContain('contact-phone')
    expect(due(told)).toBe('2026-11-23')
  })
  test('a contact of before the change belongs to the former placement', () => {
    const told = Told.planned('2026-11-12')
    told.placed('guardian', '2026-11-20')
    told.visited('2026-11-19', '2026-11-21')
    expect(told.closed('contact-home').at(-1)).toBe('lapsed 2026-11-26')
    expect(due(told)).toBe('2026-11-27')
  })
  test('a contact on the day of the change is one of the new placement', () => {
    const told = Told.planned('2026-11-12')
    told.placed('guardian', '2026-11-20')
    told.visited('2026-11-20 18:00')
    expect(due(told)).toBe('2026-11-27')
    expect(told.closed('contact-home').at(-1)).toBe('kept 2026-11-27')
  })
})

describe('CP-47: before the plan', () => {
  test('from the day of confirmation, and anew from the plan’s day', () => {
    const told = new Told()
    told.registered('2026-11-10 10:00')
    expect(told.rows()).toEqual(['primary-assessment'])
    told.confirmed('2026-11-12')
    expect(due(told)).toBe('2026-11-19')
    told.assessed('2026-11-16')
    told.planned('2026-11-18')
    expect(due(told)).toBe('2026-11-25')
    expect(told.closed('contact-home')).toEqual(['lapsed 2026-11-19'])
  })
  test('at high risk from the day of CP-112', () => {
    const told = new Told()
    told.high('2026-11-10 10:00')
    told.evidenced('2026-11-10 10:30')
    told.act('child-safe', { placed: false }, '2026-11-11 10:00')
    expect(due(told)).toBe('2026-11-18')
  })
  test('an organisation may turn it off', () => {
    const told = new Told()
    told.settings = { ...settings, contactsBeforePlan: false }
    told.registered('2026-11-10 10:00')
    told.confirmed('2026-11-12')
    expect(told.rows()).toEqual(['assessment'])
    told.assessed('2026-11-16')
    told.planned('2026-11-18')
    expect(due(told)).toBe('2026-11-25')
  })
})

describe('RS-01: remote contacts', () => {
  const quarantine = [{ from: '2026-11-16', to: '2026-11-20' }]
  test.each([
    ['2026-11-15', '2026-11-19'],
    ['2026-11-16 00:00', '2026-11-23'],
    ['2026-11-20 23:59', '2026-11-27'],
    ['2026-11-21 00:00', '2026-11-19'],
  ])('count by their happened day: %s', (at, next) => {
    const told = Told.planned('2026-11-12')
    told.settings = { ...settings, quarantine }
    told.act('contact-made', { by: 'remote', childSeen: true }, at)
    expect(due(told)).toBe(next)
  })
  test('when quarantine is declared, the newest facts decide', () => {
    const told = Told.planned('2026-11-12')
    told.act('contact-made', { by: 'remote', childSeen: true }, '2026-11-17')
    expect(due(told)).toBe('2026-11-19')
    told.settings = { ...settings, quarantine: [{ from: '2026-11-16' }] }
    expect(due(told)).toBe('2026-11-24')
  })
})

test('no anchor, no contacts', () => {
  expect(contactDeadlines(new Told().facts(), RULE_ROWS, calendar)).toEqual([])
})
