/** No letter about a case of one organisation reaches or names somebody of another: any notice, any directory of two organisations. */
import fc from 'fast-check'
import type { Role } from '@tirek/contract/roles'
import { itemOf } from '../letters/compose.ts'
import { expect, test } from 'vitest'
import type { Book, BookPerson } from './book.ts'
import { namedIn, recipientsOf, type ToldRole } from './recipients.ts'

const OURS = '0190e000-0000-7000-8000-00000000000a'
const OTHERS = '0190e000-0000-7000-8000-00000000000b'
const IDS = Array.from({ length: 8 }, (_, n) => `0190e000-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`)
const ROLES = [
  'case-manager',
  'first-person',
  'supervisor',
  'next-in-line',
  'head',
  'duty-list',
  'on-duty',
  'responsible',
  'invited',
] as const
const NOW = Date.parse('2026-11-24T12:00:00+05:00')

const someone = fc.constantFrom(...IDS)
const nobodyOr = fc.option(someone, { freq: 4 })
const aPerson = fc.record({
  role: fc.constantFrom<Role>('social-worker', 'social-worker', 'supervisor', 'head', 'childrens-home-worker', 'administrator'),
  organisation: fc.constantFrom(OURS, OTHERS, OTHERS, null),
  active: fc.boolean(),
  supervisor: nobodyOr,
})
const aBook = fc
  .record({
    people: fc.array(aPerson, { minLength: IDS.length, maxLength: IDS.length }),
    away: fc.dictionary(someone, nobodyOr, { maxKeys: 5 }),
    leads: fc.tuple(nobodyOr, nobodyOr),
    duty: fc.array(someone, { maxLength: 4 }),
  })
  .map(({ people, away, leads: [head, nextInLine], duty }): Book => ({
    people: new Map(
      people.map((one, n): [string, BookPerson] => {
        const id = IDS[n]!
        return [id, { ...one, id, name: `Имя-${n}-`, email: `${n}@example.org`, lang: 'ru', digest: true }]
      }),
    ),
    organisations: new Map([OURS, OTHERS].map((id) => [id, { id, head, nextInLine }])),
    away: new Map(Object.entries(away)),
    duty: new Map([[OURS, duty]]),
  }))
const aNotice = fc
  .record({
    whom: fc.array(fc.subarray<ToldRole>([...ROLES], { minLength: 1 }), { minLength: 1, maxLength: 3 }),
    people: fc.record({ caseManager: someone, firstPerson: someone, responsible: someone, invited: someone }, { requiredKeys: [] }),
  })
  .map(({ whom, people }) => ({
    key: 'k',
    caseId: OURS,
    caseNumber: 'ALM-2026-0001',
    organisation: OURS,
    programme: 'child-protection',
    rule: 'CP-10',
    row: 'urgent-measures',
    deadlineKey: 'CP-10/0',
    hour: 0,
    urgent: true,
    sendAt: NOW,
    lateFromStart: false,
    cameDueWhileAway: false,
    people,
    steps: whom.map((roles, n) => ({ key: `s${n}`, do: 'escalate' as const, at: NOW, whom: roles, repeat: 0 })),
  }))

test('any notice, any directory', () => {
  fc.assert(
    fc.property(aNotice, aBook, fc.array(someone), (notice, book, before) => {
      const recipients = recipientsOf(notice, book)
      const isKnown = (person: BookPerson) =>
        person.organisation === OURS ||
        // Where nobody works, who keeps the whole directory is told; an invited person works wherever they do.
        person.role === 'administrator' ||
        recipients.some((one) => one.person === person && one.roles.includes('invited') && person.id === notice.people.invited)
      for (const { person } of recipients) expect(isKnown(person)).toBe(true)
      const earlier = namedIn(
        before.map((person) => ({ person, name: book.people.get(person)!.name, roles: ['supervisor' as const], at: NOW })),
        notice,
        book,
      )
      for (const recipient of recipients) {
        const others = recipients.filter((other) => other !== recipient)
        const item = itemOf({ notice, recipient, others, earlier, confirmed: earlier, toldAt: NOW, webUrl: 'http://localhost' })
        const text = JSON.stringify(item)
        for (const person of book.people.values()) if (!isKnown(person)) expect(text).not.toContain(person.name)
      }
    }),
    { numRuns: 3_000, seed: 77 },
  )
})
