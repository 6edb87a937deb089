/** What holds of every meeting, whatever is answered, in whichever order, and however often it is moved. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarOf, CURRENT_CALENDAR } from '../calendar.ts'
import { DAY, HOUR } from '../time.ts'
import { answerThatCounts, type GivenAnswer, type Invitee, type MeetingFacts } from './facts.ts'
import { MEETING_RULES } from './rows.ts'
import { meetingStepsOf } from './steps.ts'

const calendar = calendarOf(CURRENT_CALENDAR)
const FIRST = Date.parse('2026-01-05T09:00:00+05:00')
const instant = fc.integer({ min: FIRST, max: FIRST + 300 * DAY })
const answer = fc.constantFrom('accepted', 'declined', 'tentative')

const invitee: fc.Arbitrary<Invitee> = fc
  .record({
    id: fc.uuid(),
    needed: fc.boolean(),
    reach: fc.constantFrom('mail', 'phone'),
    bounced: fc.boolean(),
    answer: fc.option(answer),
  })
  .map(({ bounced, answer: given, ...one }) => ({
    ...one,
    askedAt: FIRST,
    ...(bounced && { bouncedAt: FIRST + HOUR }),
    ...(given && { answer: { answer: given, at: FIRST + 2 * HOUR } }),
  }))
const meeting: fc.Arbitrary<MeetingFacts> = fc
  .record({
    since: instant,
    ahead: fc.integer({ min: HOUR, max: 60 * DAY }),
    long: fc.integer({ min: HOUR / 2, max: 8 * HOUR }),
    sequence: fc.nat(5),
    invitees: fc.array(invitee, { maxLength: 6 }),
  })
  .map(({ since, ahead, long, sequence, invitees }) => ({
    version: 1,
    kind: 'interagency' as const,
    state: 'called' as const,
    calendar: CURRENT_CALENDAR,
    since,
    startsAt: since + ahead,
    endsAt: since + ahead + long,
    sequence,
    invitees: invitees.map((one) => ({
      ...one,
      askedAt: since,
      ...(one.bouncedAt && { bouncedAt: since + HOUR }),
      ...(one.answer && { answer: { ...one.answer, at: since + HOUR } }),
    })),
  }))
const stepsOf = (facts: MeetingFacts) => meetingStepsOf(facts, MEETING_RULES, calendar)
const mails = (facts: MeetingFacts) => stepsOf(facts).filter((one) => one.do === 'mail')

test('an answer never makes a reminder come, and ends those of who gave it', () =>
  fc.assert(
    fc.property(meeting, answer, fc.nat(5), (facts, given, n) => {
      const one = facts.invitees[n % Math.max(1, facts.invitees.length)]
      if (!one) return
      const answered = {
        ...facts,
        invitees: facts.invitees.map((other) =>
          other === one ? { ...other, answer: { answer: given, at: facts.since + 2 * HOUR } } : other,
        ),
      }
      const before = new Set(mails(facts).map(({ key }) => key))
      for (const step of mails(answered)) expect(before).toContain(step.key)
      expect(mails(answered).filter((step) => step.invitee === one.id)).toEqual([])
    }),
  ))

test('nobody is reminded after the meeting has begun, or before they were asked, and no step is there twice', () =>
  fc.assert(
    fc.property(meeting, (facts) => {
      const all = stepsOf(facts)
      for (const step of mails(facts)) {
        expect(step.at).toBeLessThan(facts.startsAt)
        expect(step.at).toBeGreaterThan(facts.since)
      }
      expect(new Set(all.map(({ key }) => key)).size).toBe(all.length)
      expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted((a, b) => a - b))
    }),
  ))

const given: fc.Arbitrary<GivenAnswer> = fc.record(
  {
    key: fc.uuid(),
    answer,
    at: fc.integer({ min: FIRST, max: FIRST + 5 }),
    recordedAt: fc.integer({ min: FIRST, max: FIRST + 5 }),
    sequence: fc.nat(2),
  },
  { requiredKeys: ['key', 'answer', 'at', 'recordedAt'] },
)

test('the order of answers changes nothing, nor do repeats: the latest given to this date counts', () =>
  fc.assert(
    fc.property(
      fc.uniqueArray(given, { selector: ({ key }) => key }),
      fc.nat(2),
      fc.integer({ min: 0, max: 5 }),
      fc.infiniteStream(fc.nat(100)),
      (answers, sequence, since, chance) => {
        const asked = { sequence, askedAt: FIRST + since }
        const counts = answerThatCounts(answers, asked)
        const shuffled = [...answers, ...answers]
          .map((one) => ({ one, by: chance.next().value as number }))
          .toSorted((a, b) => a.by - b.by)
          .map(({ one }) => one)
        expect(answerThatCounts(shuffled, asked)).toEqual(counts)
        const toThis = answers.filter((one) => (one.sequence === undefined ? one.at >= asked.askedAt : one.sequence === sequence))
        expect(counts?.at).toEqual(toThis.length === 0 ? undefined : Math.max(...toThis.map(({ at }) => at)))
      },
    ),
  ))

test('moving asks everybody anew: no step of before is taken for one of after', () =>
  fc.assert(
    fc.property(meeting, fc.integer({ min: 1, max: 30 }), (facts, later) => {
      const moved = { ...facts, sequence: facts.sequence + 1, startsAt: facts.startsAt + later * DAY, endsAt: facts.endsAt + later * DAY }
      const before = new Set(stepsOf(facts).map(({ key }) => key))
      for (const { key } of stepsOf(moved)) expect(before).not.toContain(key)
    }),
  ))
