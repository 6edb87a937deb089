import { calendarOf, CURRENT_CALENDAR } from '@tirek/procedure/calendar'
import { expect, test } from 'vitest'
import { reviewCall } from './review-data.ts'

const calendar = calendarOf(CURRENT_CALENDAR)
const otherwise = [{ who: 'agency' as const }]
const known = { calendar, agenda: ['План', 'Решение'], today: '2027-04-14' }
const proposal = {
  agenda: ['Вопрос прошлого раза'],
  place: 'Кабинет 214',
  coordinator: 'c',
  invitees: [{ who: 'family' as const, name: 'Роза', lang: 'kk' as const, role: 'бабушка', needed: false }],
}

test('the day is that of the review; a day off gives way to the working day before', () => {
  expect(reviewCall({ ...known, due: '2027-05-12' }, otherwise)).toMatchObject({
    kind: 'review',
    startsAt: '2027-05-12T10:00:00+05:00',
    endsAt: '2027-05-12T11:30:00+05:00',
  })
  // Monday the 10th is a holiday after a weekend, Friday the 7th one too.
  expect(reviewCall({ ...known, due: '2027-05-10' }, otherwise)['startsAt']).toBe('2027-05-06T10:00:00+05:00')
})

test('a day that is past, or today, is not proposed, nor one that is not known', () => {
  expect(reviewCall({ ...known, due: '2027-04-14' }, otherwise)).not.toHaveProperty('startsAt')
  expect(reviewCall({ ...known, due: '2027-04-15' }, otherwise)).toHaveProperty('startsAt')
  expect(reviewCall(known, otherwise)).not.toHaveProperty('startsAt')
})

test('people, place, agenda and coordinator are those of the last time; without one, whom the plan asks for', () => {
  expect(reviewCall({ ...known, proposal }, otherwise)).toMatchObject({ ...proposal })
  const first = reviewCall({ ...known, proposal: { agenda: [], invitees: [] } }, otherwise)
  expect(first).toEqual({ kind: 'review', agenda: ['План', 'Решение'], invitees: otherwise })
})
