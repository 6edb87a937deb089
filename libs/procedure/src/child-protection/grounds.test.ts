import { expect, test } from 'vitest'
import { calendar, local, Told } from './case.fixture.ts'
import { EDITIONS } from './editions.ts'
import { groundsOf, listedNorm } from './grounds.ts'
import { LABELS } from './labels.ts'
import { everyWords, lengthWords, normWords, withinWords } from './norm-words.ts'
import { CONTACT_SCHEDULE } from './contact-rows.ts'
import { RULES } from './rules.ts'
import { RULE_ROWS } from './rows.ts'
import { sourceWords } from './source-words.ts'

/** A case with a plan: the child lives with the parents. */
function planned(): Told {
  const told = new Told()
  told.act(
    'help-request-registered',
    { reportedAt: local('2026-10-01 10:00'), criteria: ['M1', 'M6'], level: 'medium', takenByOther: false, oneOffHelp: false } as never,
    '2026-10-01 10:00',
  )
  told.act('primary-assessment-done', { outcome: 'confirmed', level: 'medium' }, '2026-10-02')
  told.act('assessment-finished', { confirmed: 'yes', level: 'medium' }, '2026-10-20')
  told.act('plan-signed', { planVersion: 1, measures: [] }, '2026-11-02 15:00')
  return told
}
const groundsIn = (told: Told, row: string) => groundsOf(told.the(row), told.facts(), told.rules, calendar)
const codes = (told: Told, row: string) => groundsIn(told, row).facts.map(({ code }) => code)

test('a contact: where the child lives, the plan it is counted from, until when often, the last contact, attempts since', () => {
  const told = planned()
  expect(codes(told, 'contact-home')).toEqual(['since-plan', 'lives', 'often-until', 'no-contact-yet'])
  told.act('contact-made', { by: 'home-visit', childSeen: true, signsOfCruelty: false }, '2026-11-05 11:00')
  told.act('contact-attempted', { by: 'home-visit' }, '2026-11-09 11:00')
  const { norm, facts, source, text } = groundsIn(told, 'contact-home')
  expect(norm?.ru).toBe('раз в неделю в первый месяц, затем раз в месяц')
  expect(facts.map(({ code, at, day, value }) => [code, at ?? day ?? value])).toEqual([
    ['since-plan', local('2026-11-02 15:00')],
    ['lives', { of: 'placement', code: 'with-parents' }],
    ['often-until', '2026-12-02'],
    ['last-contact', local('2026-11-05 11:00')],
    ['attempt', local('2026-11-09 11:00')],
  ])
  expect(source.ru).toBe('этап 3')
  expect(text.ru.length).toBeGreaterThan(10)
})

test('a contact that saw nobody is told as an attempt, a call does not count as a visit', () => {
  const told = planned()
  told.act('contact-made', { by: 'home-visit', childSeen: false, signsOfCruelty: false }, '2026-11-05')
  told.act('contact-made', { by: 'phone', childSeen: true, signsOfCruelty: false }, '2026-11-06')
  expect(codes(told, 'contact-home')).toEqual(['since-plan', 'lives', 'often-until', 'no-contact-yet', 'attempt'])
})

test('the hour: when it was received, what is proved and what is not', () => {
  const told = new Told()
  told.act(
    'help-request-registered',
    { reportedAt: local('2026-11-12 10:00'), criteria: ['H4'], level: 'high', takenByOther: false, oneOffHelp: false } as never,
    '2026-11-12 10:00',
    '2026-11-12 10:20',
  )
  told.act('urgent-measures-evidenced', { hour: 0, lawEnforcementInformedAt: local('2026-11-12 10:30') } as never, '2026-11-12 10:30')
  expect(groundsIn(told, 'urgent-measures').facts.map(({ code, at }) => [code, at])).toEqual([
    ['report-received', local('2026-11-12 10:00')],
    ['recorded', local('2026-11-12 10:20')],
    ['level', undefined],
    ['measures-agreed', undefined],
    ['law-enforcement', local('2026-11-12 10:30')],
    ['juvenile-inspection', undefined],
  ])
})

test('an own term of the organisation is said beside the one of the procedure', () => {
  const told = planned()
  told.settings = { ...told.settings, terms: { 'family-signature': 10 } }
  const { norm, facts } = groundsIn(told, 'family-signature')
  expect(norm?.en).toBe('term: 10 days')
  expect(facts.find(({ code }) => code === 'own-term')?.value).toEqual({ said: { ru: '7 дней', kk: '7 күн', en: '7 days' } })
})

test('lists say the norm only where nobody changes it', () => {
  expect(listedNorm({ row: 'contact-home', rule: 'CP-40' }, RULE_ROWS)?.en).toBe('once a week in the first month, then once a month')
  expect(listedNorm({ row: 'contact-hospital', rule: 'CP-49' }, RULE_ROWS)).toBeUndefined()
  expect(listedNorm({ row: 'plan', rule: 'CP-126' }, RULE_ROWS)).toBeUndefined()
  expect(listedNorm({ row: 'assessment', rule: 'CP-23' }, RULE_ROWS)?.ru).toBe('срок: 6 недель')
  for (const { rules } of EDITIONS)
    for (const row of Object.keys(LABELS)) expect(() => listedNorm({ row, rule: 'CP-40' }, rules)).not.toThrow()
})

test('lengths and norms in words', () => {
  expect([1, 2, 5, 11, 21, 22].map((n) => lengthWords({ workingDays: n }).ru)).toEqual([
    '1 рабочий день',
    '2 рабочих дня',
    '5 рабочих дней',
    '11 рабочих дней',
    '21 рабочий день',
    '22 рабочих дня',
  ])
  expect([1, 2].map((n) => lengthWords({ months: n }).en)).toEqual(['1 month', '2 months'])
  expect(everyWords({ days: 7 })).toEqual({ ru: 'раз в 7 дней', kk: '7 күн сайын', en: 'every 7 days' })
  expect(withinWords({ days: -14 }).ru).toBe('не позже чем за 14 дней до него')
  expect(normWords(CONTACT_SCHEDULE['extended-family'][0]!.norm).kk).toBe('алғашқы 3 ай ішінде айына бір рет, содан кейін қажетіне қарай')
})

test('each source is said in each language, without words of another', () => {
  expect(sourceWords('stage 3; Appendix 4; term: practice').ru).toBe('этап 3, Приложение 4; подробности приняты в системе')
  expect(sourceWords('practice').en).toBe('not in the procedure, set in this system')
  const rows = [
    ...Object.values(RULE_ROWS.terms).map((one) => one!.source),
    ...Object.values(RULE_ROWS.contacts).flatMap((all) => all.map((one) => one.source)),
    RULE_ROWS.hour.source,
  ]
  for (const source of [...rows, ...Object.values(RULES).map((one) => one.source)]) {
    const { ru, kk, en } = sourceWords(source)
    expect.soft(ru.replace(/STD-\d+/, ''), source).not.toMatch(/[A-Za-z]/)
    expect.soft(kk.replace(/STD-\d+/, ''), source).not.toMatch(/[A-Za-z]/)
    expect.soft(en, source).not.toMatch(/[А-Яа-я]/)
  }
})
