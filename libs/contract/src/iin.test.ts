import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkDigit, iinWarnings } from './iin.ts'

/** Twelve digits of a birth day, century and sex digit, and serial number; `undefined` where no check digit exists. */
const made = (yymmdd: string, centuryAndSex: number, serial: number) => {
  const first = `${yymmdd}${centuryAndSex}${String(serial).padStart(4, '0')}`
  const last = checkDigit([...first].map(Number))
  return last === undefined ? undefined : `${first}${last}`
}

test('a number with its right check digit, day and sex has no warning; another check digit is noticed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 9 }), (serial, day, off) => {
      const iin = made(`2405${String(day).padStart(2, '0')}`, 5, serial)
      fc.pre(iin !== undefined)
      const birthDate = `2024-05-${String(day).padStart(2, '0')}`
      expect(iinWarnings(iin!, { birthDate, sex: 'male' })).toEqual([])
      const bent = `${iin!.slice(0, 11)}${(Number(iin![11]) + off) % 10}`
      expect(iinWarnings(bent, { birthDate, sex: 'male' })).toEqual(['iin-check-digit'])
    }),
    { seed: 7 },
  )
})

test('what does not fit the child is told and blocks nothing', () => {
  const iin = made('240505', 5, 1)!
  expect(iinWarnings(iin, { birthDate: '2024-05-06' })).toEqual(['iin-birth-date'])
  expect(iinWarnings(iin, { sex: 'female' })).toEqual(['iin-sex'])
  expect(iinWarnings('12345')).toEqual(['iin-form'])
  expect(iinWarnings(made('241399', 5, 1) ?? '241399500011')).toContain('iin-form')
})
