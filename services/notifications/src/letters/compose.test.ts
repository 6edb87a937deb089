import { Notice, NoticeEvent, type NoticeInput } from '@tirek/contract/notices'
import type { Lang } from '@tirek/contract/roles'
import { describe, expect, test } from 'vitest'
import type { BookPerson } from '../recipients/book.ts'
import type { Recipient } from '../recipients/recipients.ts'
import { composeDigest, composeOne, itemOf } from './compose.ts'
import { say } from './words.ts'

const local = (text: string) => Date.parse(`${text}:00+05:00`)
const CASE = '0190e000-0000-7000-8000-000000000001'
const HOUR: NoticeInput = {
  key: 'CP-10/0#1',
  caseId: CASE,
  caseNumber: 'П1-2026-7',
  organisation: '0190e000-0000-7000-8000-0000000000aa',
  programme: 'child-protection',
  rule: 'CP-10',
  row: 'urgent-measures',
  deadlineKey: 'CP-10/0',
  hour: 0,
  urgent: true,
  due: local('2026-11-24T15:00'),
  receivedAt: local('2026-11-24T14:00'),
  sendAt: local('2026-11-24T14:45'),
  steps: [{ key: 'CP-10/0/supervisor/supervisor/0', do: 'escalate', at: local('2026-11-24T14:45'), whom: ['supervisor'], repeat: 0 }],
  people: {},
  next: { at: local('2026-11-24T15:00'), whom: ['next-in-line'] },
}
const VISIT: NoticeInput = {
  ...HOUR,
  key: 'CP-40/x#1',
  caseNumber: 'П1-2026-3',
  rule: 'CP-40',
  row: 'contact-home',
  deadlineKey: 'CP-40/2026-11-19',
  urgent: false,
  due: local('2026-11-20T00:00'),
  dueDay: '2026-11-19',
  receivedAt: undefined,
  next: undefined,
  steps: [{ key: 'CP-40/2026-11-19/passed/supervisor/0', do: 'escalate', at: local('2026-11-20T09:00'), whom: ['supervisor'], repeat: 0 }],
}

const person = (lang: Lang, name = 'Айгүл С.'): BookPerson => ({
  id: name,
  name,
  role: 'supervisor',
  organisation: 'o',
  email: 'a@example.org',
  lang,
  digest: true,
  active: true,
  supervisor: null,
})
const recipient = (lang: Lang, notice: NoticeInput, more: Partial<Recipient> = {}): Recipient => ({
  person: person(lang),
  roles: ['supervisor'],
  steps: Notice.parse(notice).steps,
  ...more,
})

const item = (lang: Lang, notice: NoticeInput, toldAt: number, more: Partial<Recipient> = {}, others: Recipient[] = []) =>
  itemOf({ notice: Notice.parse(notice), recipient: recipient(lang, notice, more), others, toldAt, webUrl: 'http://localhost:3000' })

test.each(['ru', 'kk', 'en'] as const)('a letter of the hour in %s', (lang) => {
  const other: Recipient = { ...recipient(lang, HOUR), person: person(lang, 'Ерлан Б.'), roles: ['case-manager'] }
  const letter = composeOne(item(lang, HOUR, local('2026-11-24T14:45'), { standsFor: person(lang, 'Динара К.') }, [other]), lang)
  expect(`${letter.subject}\n\n${letter.text}`).toMatchSnapshot()
  expect(letter.html).toContain(`http://localhost:3000/cases/${CASE}`)
})

const EVENTS = NoticeEvent.options.filter((event) => !['hour-reopened', 'letter-failed', 'workflow-repaired'].includes(event))
const news = (event: (typeof EVENTS)[number]): NoticeInput => ({
  ...VISIT,
  rule: 'CP-64',
  row: event,
  event,
  urgent: event === 'glass-broken',
  due: undefined,
  dueDay: undefined,
  steps: [{ key: event, do: 'remind', at: local('2026-11-24T09:00'), whom: ['supervisor'], repeat: 0 }],
})
describe.each(['ru', 'kk', 'en'] as const)('news that are no term, in %s', (lang) => {
  test.each(EVENTS)('%s', (event) => {
    const told = composeOne(item(lang, news(event), local('2026-11-24T09:00')), lang)
    expect(`${told.subject}\n\n${told.text}`).toMatchSnapshot()
    // Not the code of a rule where words belong, nor a term where there is none.
    expect(told.items[0]!.why).not.toMatch(/^[A-Z]{2}-\d/)
    expect(told.text).not.toContain(say('evidence', lang))
    // Only the case's number: never who it is about or who told.
    expect(told.subject).not.toContain('Айгүл')
  })
  test('a morning of them', () => {
    const toldAt = local('2026-11-24T09:00')
    const items = [item(lang, news('hand-over-offered'), toldAt), item(lang, news('participant-invited'), toldAt)]
    const told = composeDigest(items, toldAt, lang, 'http://localhost:3000')
    expect(told.subject).toBe(say('digestNews', lang, { day: '24.11.2026', n: 2 }))
    expect(composeDigest([...items, item(lang, VISIT, toldAt)], toldAt, lang, 'http://x').text).toContain(say('evidence', lang))
  })
})

test.each(['ru', 'kk', 'en'] as const)('a morning of several things in %s, what is late first', (lang) => {
  const toldAt = local('2026-11-20T09:00')
  const soon: NoticeInput = {
    ...VISIT,
    key: 'k2',
    caseNumber: 'П1-2026-9',
    rule: 'CP-116',
    row: 'primary-assessment',
    dueDay: '2026-11-23',
    due: local('2026-11-24T00:00'),
  }
  const letter = composeDigest([item(lang, soon, toldAt), item(lang, VISIT, toldAt)], toldAt, lang, 'http://localhost:3000')
  expect(`${letter.subject}\n\n${letter.text}`).toMatchSnapshot()
  expect(letter.items.map(({ caseNumber }) => caseNumber)).toEqual(['П1-2026-3', 'П1-2026-9'])
})

test('typed late: the letter says that it was late from the start and names every step passed', () => {
  const steps: NoticeInput['steps'] = [
    { key: 'a', do: 'remind', at: local('2026-11-24T10:35'), whom: ['case-manager'], repeat: 0 },
    { key: 'b', do: 'escalate', at: local('2026-11-24T10:50'), whom: ['supervisor'], repeat: 0 },
  ]
  const { text } = composeOne(
    item(
      'en',
      { ...HOUR, receivedAt: local('2026-11-24T10:05'), due: local('2026-11-24T11:05'), lateFromStart: true, steps },
      local('2026-11-24T10:52'),
    ),
    'en',
  )
  expect(text).toContain('late from the start')
  expect(text).toContain('10:35 reminder; 10:50 told to a senior')
  expect(text).toContain('Due: 11:05 (13 min left)')
})

test('after an outage: came due, told', () => {
  const steps: NoticeInput['steps'] = [{ key: 'a', do: 'escalate', at: local('2026-11-25T02:10'), whom: ['supervisor'], repeat: 0 }]
  const night = { ...HOUR, receivedAt: local('2026-11-25T01:25'), due: local('2026-11-25T02:25'), cameDueWhileAway: true, steps }
  expect(composeOne(item('en', night, local('2026-11-25T07:32')), 'en').text).toContain('Came due 02:10, told 07:32: the system was away.')
  expect(composeOne(item('ru', night, local('2026-11-25T07:32')), 'ru').text).toContain('Наступило 02:10, сообщаем 07:32')
})

test('exactly at the due the hour is not late yet; a day-level term is from 24:00 on', () => {
  expect(item('en', HOUR, local('2026-11-24T15:00')).late).toBe(false)
  expect(item('en', HOUR, local('2026-11-24T15:00') + 1).late).toBe(true)
  expect(item('en', VISIT, local('2026-11-20T00:00') - 1).late).toBe(false)
  expect(item('en', VISIT, local('2026-11-20T00:00')).late).toBe(true)
})

test('names of colleagues never become markup', () => {
  const letter = composeOne(item('en', HOUR, local('2026-11-24T14:45'), { standsFor: person('en', '<script>alert(1)</script>') }), 'en')
  expect(letter.html).not.toContain('<script>')
})

test('who knows already is named with the time, and a row of a later release is told by its rule', () => {
  const earlier = [
    { person: 'm', name: 'Ерлан Б.', roles: ['case-manager' as const], at: local('2026-11-24T14:30') },
    { person: 'Айгүл С.', name: 'Айгүл С.', roles: ['supervisor' as const], at: local('2026-11-24T14:31') },
  ]
  const toldAt = local('2026-11-24T14:45')
  const notice = Notice.parse({ ...HOUR, row: 'not-known-yet' })
  const told = itemOf({ notice, recipient: recipient('en', HOUR), others: [], earlier, toldAt, webUrl: 'http://localhost:3000' })
  expect(told.lines).toContain('Told before: 14:30 Ерлан Б. (case manager)')
  expect(told).toMatchObject({ what: 'Deadline of the procedure', why: 'CP-10', verb: 'Open the case' })
})

test('a sixth birthday is told by its own words', () => {
  const notice = Notice.parse({
    ...VISIT,
    row: 'turned-six',
    rule: 'CP-101',
    event: 'turned-six',
    steps: [],
    due: undefined,
    dueDay: undefined,
  })
  const told = itemOf({
    notice,
    recipient: recipient('ru', VISIT),
    others: [],
    toldAt: local('2026-11-24T09:00'),
    webUrl: 'http://localhost:3000',
  })
  expect(composeOne(told, 'ru').subject).toBe('П1-2026-3: Ребенку исполнилось шесть лет: решите, как продолжать')
})

const measure = (more: Partial<NoticeInput>, step: 'remind' | 'overdue' = 'remind'): NoticeInput => ({
  ...VISIT,
  rule: 'CP-127',
  row: 'measure',
  deadlineKey: 'CP-127/a.2026-12-10',
  dueDay: '2026-12-10',
  due: local('2026-12-11T00:00'),
  steps: [{ key: 'a', do: step, at: local('2026-12-07T09:00'), whom: ['responsible'], repeat: 0 }],
  ...more,
})
const linesFor = (lang: Lang, notice: NoticeInput) =>
  itemOf({
    notice: Notice.parse(notice),
    recipient: recipient(lang, notice),
    others: [],
    toldAt: local('2026-12-07T09:00'),
    webUrl: 'http://x',
  }).lines

test('CP-127: whoever is told of a measure of the family or an institution reads whose it is', () => {
  expect(linesFor('ru', measure({ measureOf: 'family' }))[0]).toBe(
    'Меру выполняет семья: писем от нас там не получают. Напомните о сроке сами.',
  )
  expect(linesFor('kk', measure({ measureOf: 'agency' }))[0]).toContain('ведомство немесе мекеме')
  expect(linesFor('en', measure({ measureOf: 'specialist' }, 'overdue'))[0]).toBe(
    'The measure is up to a specialist: find out whether it was done and mark it.',
  )
  for (const notice of [measure({ measureOf: 'worker' }), measure({})])
    expect(linesFor('en', notice).join(' ')).not.toContain('The measure is up to')
})

describe('CP-50: the letters of a review', () => {
  const review = (...steps: string[]): NoticeInput => ({
    ...VISIT,
    key: 'CP-50/x#1',
    rule: 'CP-50',
    row: 'review',
    deadlineKey: 'CP-50/x',
    due: local('2027-05-13T00:00'),
    dueDay: '2027-05-12',
    steps: steps.map((step) => ({
      key: `CP-50/x/${step}/case-manager/0`,
      do: 'remind',
      at: local('2027-04-14T09:00'),
      whom: ['case-manager'],
      repeat: 0,
    })),
  })
  test.each(['ru', 'kk', 'en'] as const)('four weeks before, in %s: opens the form by which it is called', (lang) => {
    const told = item(lang, review('invite'), local('2027-04-14T09:00'))
    expect(told.link).toBe(`http://localhost:3000/cases/${CASE}/meetings/call?kind=review`)
    expect(told.verb).toBe(say('callReview', lang))
  })
  test.each([['report'], ['passed'], ['again'], ['invite', 'report']])('%s %s: opens the case', (...steps) => {
    const told = item('ru', review(...steps.filter((one) => one !== undefined)), local('2027-05-13T09:00'))
    expect(told.link).toBe(`http://localhost:3000/cases/${CASE}`)
  })
})
