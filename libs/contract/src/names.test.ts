import { expect, test } from 'vitest'
import { fold } from './names.ts'
import { phoneOf } from './phone.ts'

test.each([
  ['Әлия Қасымқызы', 'Алия Касымкызы'],
  ['Өмір Ғабиден', 'Омир Габиден'],
  ['ҰЛТУҒАН  Һәкім', 'Улутган Хаким'.replace('Улутган', 'Ултуган')],
  ['Нұрсұлтан-Бек', 'нурсултан бек'],
  ['Артём', 'Артем'],
  ['Айгүл Артём'.normalize('NFD'), 'Айгул Артем'],
])('Kazakh and Russian spellings find each other: %s, %s', (kazakh, russian) => {
  expect(fold(kazakh)).toBe(fold(russian))
})

test('folding twice changes nothing more', () => {
  const once = fold('  Еңлік,  «Гүл» ')
  expect(fold(once)).toBe(once)
  expect(once).toBe('енлик гул')
})

test('phones are E.164 with Kazakhstan by default; what cannot be read is kept as typed', () => {
  expect(phoneOf('8 701 555 01 99')).toEqual({ e164: '+77015550199', typed: '8 701 555 01 99' })
  expect(phoneOf('+7 (701) 555-01-99').e164).toBe('+77015550199')
  expect(phoneOf('нет телефона')).toEqual({ typed: 'нет телефона' })
})
