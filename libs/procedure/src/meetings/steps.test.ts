import { expect, test } from 'vitest'
import { calendarOf, CURRENT_CALENDAR } from '../calendar.ts'
import { answerThatCounts, isOver, type Invitee, type MeetingFacts } from './facts.ts'
import { MEETING_RULES } from './rows.ts'
import { meetingStepsOf, openMeetingSteps, stepsThatHelp, type MeetingStep } from './steps.ts'

const calendar = calendarOf(CURRENT_CALENDAR)
const at = (text: string) => Date.parse(`${text}+05:00`)
const ID = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
const invitee = (n: number, more: Partial<Invitee> = {}): Invitee => ({
  id: ID(n),
  needed: false,
  askedAt: at('2026-11-16T10:00:00'),
  reach: 'mail',
  ...more,
})
/** Thursday, 26 November 2026. */
const meeting = (more: Partial<MeetingFacts> = {}): MeetingFacts => ({
  version: 1,
  kind: 'interagency',
  state: 'called',
  calendar: CURRENT_CALENDAR,
  since: at('2026-11-16T10:00:00'),
  startsAt: at('2026-11-26T15:00:00'),
  endsAt: at('2026-11-26T16:30:00'),
  sequence: 0,
  invitees: [invitee(1)],
  ...more,
})
const stepsOf = (facts: MeetingFacts) => meetingStepsOf(facts, MEETING_RULES, calendar)
const short = ({ row, at: instant }: MeetingStep) => `${new Date(instant + 5 * 3_600_000).toISOString().slice(0, 16)} ${row}`
const asking = (facts: MeetingFacts) =>
  stepsOf(facts)
    .filter(({ row }) => !row.startsWith('held'))
    .map(short)

test('CP-31: who is silent is reminded three days and one day before, then becomes a phone task', () => {
  expect(asking(meeting())).toEqual(['2026-11-23T09:00 remind-3-days', '2026-11-25T09:00 remind-1-day', '2026-11-25T14:00 phone'])
  expect(stepsOf(meeting())[0]).toEqual({
    key: `remind-3-days/0/${ID(1)}`,
    row: 'remind-3-days',
    at: at('2026-11-23T09:00:00'),
    do: 'mail',
    whom: 'invitee',
    invitee: ID(1),
  })
})

test('reminders fall on working days: a meeting on Monday is reminded of on Friday, once', () => {
  const monday = { startsAt: at('2026-11-30T10:00:00'), endsAt: at('2026-11-30T11:00:00') }
  expect(asking(meeting(monday))).toEqual(['2026-11-27T09:00 remind-1-day', '2026-11-27T14:00 phone'])
  // After a day off: Independence Day is 16 December 2026, a Wednesday.
  const thursday = { startsAt: at('2026-12-17T10:00:00'), endsAt: at('2026-12-17T11:00:00') }
  expect(asking(meeting(thursday))).toEqual(['2026-12-14T09:00 remind-3-days', '2026-12-15T09:00 remind-1-day', '2026-12-15T14:00 phone'])
})

test('an invitation that comes after the time of a reminder brings none: a second before it does, at it and after it not', () => {
  const rows = (askedAt: number) => asking(meeting({ since: askedAt, invitees: [invitee(1, { askedAt })] })).map((one) => one.split(' ')[1])
  const reminder = at('2026-11-23T09:00:00')
  expect(rows(reminder - 1_000)).toEqual(['remind-3-days', 'remind-1-day', 'phone'])
  expect(rows(reminder)).toEqual(['remind-1-day', 'phone'])
  expect(rows(reminder + 1_000)).toEqual(['remind-1-day', 'phone'])
})

test('asked after the hour of the phone call: two hours later, if that is before the meeting', () => {
  const late = (text: string) => asking(meeting({ since: at(text), invitees: [invitee(1, { askedAt: at(text) })] }))
  expect(late('2026-11-25T17:00:00')).toEqual(['2026-11-25T19:00 phone'])
  expect(late('2026-11-26T12:59:59')).toEqual(['2026-11-26T14:59 phone'])
  expect(late('2026-11-26T13:00:00')).toEqual([])
})

test('whoever has answered is not reminded; a tentative answer is an answer', () => {
  for (const answer of ['accepted', 'declined', 'tentative'] as const)
    expect(asking(meeting({ invitees: [invitee(1, { answer: { answer, at: at('2026-11-17T09:00:00') } })] }))).toEqual([])
})

test('no address, or a mail that came back: a phone task at once, and no reminder', () => {
  expect(asking(meeting({ invitees: [invitee(1, { reach: 'phone' })] }))).toEqual(['2026-11-16T10:00 unreachable'])
  expect(asking(meeting({ invitees: [invitee(1, { bouncedAt: at('2026-11-16T10:05:00') })] }))).toEqual(['2026-11-16T10:05 unreachable'])
})

test('a needed one who declines is told of at once, one who is not needed is not', () => {
  const declined = { answer: { answer: 'declined' as const, at: at('2026-11-18T12:00:00') } }
  expect(asking(meeting({ invitees: [invitee(1, { needed: true, ...declined }), invitee(2, declined)] }))).toEqual([
    '2026-11-18T12:00 needed-declined',
    '2026-11-24T09:00 quorum',
  ])
})

test('two working days before, whoever called it is warned that needed ones are missing', () => {
  const needed = (more: Partial<Invitee>) => asking(meeting({ invitees: [invitee(1, { needed: true, ...more })] }))
  expect(needed({})).toContain('2026-11-24T09:00 quorum')
  expect(needed({ answer: { answer: 'tentative', at: at('2026-11-17T09:00:00') } })).toEqual(['2026-11-24T09:00 quorum'])
  expect(needed({ answer: { answer: 'accepted', at: at('2026-11-17T09:00:00') } })).toEqual([])
})

test('after the end it is asked whether it was held; from the next working day on the supervisor is told', () => {
  const after = stepsOf(meeting({ endsAt: at('2026-11-27T16:30:00') })).filter(({ row }) => row.startsWith('held'))
  expect(after.map(short).slice(0, 3)).toEqual(['2026-11-27T16:30 held-asked', '2026-11-30T09:00 held-late', '2026-12-01T09:00 held-late'])
  expect(after.map(({ whom }) => whom).slice(0, 2)).toEqual(['case-manager', 'supervisor'])
  // Five mornings, then weekly: nobody stops asking.
  expect(after.map(short).slice(5, 8)).toEqual(['2026-12-04T09:00 held-late', '2026-12-11T09:00 held-late', '2026-12-18T09:00 held-late'])
  expect(new Set(after.map(({ key }) => key)).size).toBe(after.length)
  expect(stepsOf(meeting({ state: 'held', heldAt: at('2026-11-27T16:30:00') }))).toEqual([])
})

test('a draft waits for whoever is to call it, then for the supervisor', () => {
  const steps = stepsOf(meeting({ state: 'draft', startsAt: at('2027-05-20T10:00:00'), endsAt: at('2027-05-20T11:00:00') }))
  expect(steps.map(short)).toEqual(['2026-11-16T10:00 confirm-next', '2027-05-13T09:00 confirm-late'])
})

test('CP-32: a protocol that did not arrive, or has no address to go to, is told of; it is over when everybody has it', () => {
  const since = at('2026-11-30T10:00:00')
  const recipient = (n: number, state: 'waiting' | 'delivered' | 'failed', reach: 'mail' | 'phone' = 'mail') => ({
    id: ID(n),
    state,
    reach,
    since,
  })
  const held = (recipients: ReturnType<typeof recipient>[]) =>
    meeting({ state: 'held', protocol: { approvedAt: since, version: 1, recipients } })
  const open = held([recipient(1, 'waiting'), recipient(2, 'failed'), recipient(3, 'waiting', 'phone'), recipient(4, 'delivered')])
  expect(stepsOf(open).map(({ key }) => key)).toEqual([`protocol-failed/v1/${ID(2)}`, `protocol-failed/v1/${ID(3)}`])
  expect(isOver(open)).toBe(false)
  const all = held([recipient(1, 'delivered'), recipient(3, 'delivered', 'phone')])
  expect([isOver(all), stepsOf(all)]).toEqual([true, []])
})

test('cancelled: nothing is awaited', () =>
  expect([stepsOf(meeting({ state: 'cancelled' })), isOver(meeting({ state: 'cancelled' }))]).toEqual([[], true]))

test('moved: everybody is asked anew under other keys, and answers to the date before count no more', () => {
  const moved = meeting({ sequence: 1, since: at('2026-11-20T10:00:00'), invitees: [invitee(1, { askedAt: at('2026-11-20T10:00:00') })] })
  const taken = new Set(stepsOf(meeting()).map(({ key }) => key))
  expect(openMeetingSteps(meeting(), MEETING_RULES, calendar, taken)).toEqual([])
  expect(openMeetingSteps(moved, MEETING_RULES, calendar, taken).length).toBeGreaterThan(0)
  const given = { key: 'a', answer: 'accepted' as const, at: at('2026-11-17T09:00:00'), recordedAt: at('2026-11-17T09:00:00') }
  const asked = { sequence: 1, askedAt: at('2026-11-20T10:00:00') }
  expect(answerThatCounts([given, { ...given, key: 'b', sequence: 0, at: at('2026-11-21T09:00:00') }], asked)).toBeUndefined()
  expect(answerThatCounts([given, { ...given, key: 'c', at: asked.askedAt - 1 }], asked)).toBeUndefined()
  expect(answerThatCounts([{ ...given, key: 'c', at: asked.askedAt }], asked)?.key).toBe('c')
})

test('held up by a fault: of two reminders the last one goes; from the start of the meeting on none does, a second before it does', () => {
  const facts = meeting()
  const helping = (now: number) =>
    stepsThatHelp(
      stepsOf(facts).filter((one) => one.at <= now),
      facts,
      MEETING_RULES,
      now,
    ).map(({ row }) => row)
  expect(helping(at('2026-11-25T13:00:00'))).toEqual(['remind-1-day'])
  expect(helping(facts.startsAt - 1_000)).toEqual(['remind-1-day', 'phone'])
  expect(helping(facts.startsAt)).toEqual([])
  expect(helping(facts.endsAt)).toEqual(['held-asked'])
})
