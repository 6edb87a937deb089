import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChildProtectionAct, Placement } from '../acts.ts'
import { local, Told } from '../case.fixture.ts'

const RUNS = { seed: 20261124, numRuns: 400 }

// Contacts of one schedule, at random times of six months, made and attempted.
const contact = fc.record({ made: fc.boolean(), minutesOn: fc.integer({ min: 0, max: 180 * 24 * 60 }), typedLate: fc.nat(20 * 24 * 60) })
const contacts = fc.array(contact, { maxLength: 12 })
const placement = fc.constantFrom<Placement>('with-parents', 'guardian', 'extended-family', 'relative-guardian', 'foster-family')
const ANCHOR = local('2026-11-12 12:00')

function schedule(where: Placement, list: { made: boolean; minutesOn: number; typedLate: number }[]) {
  const told = Told.planned('2026-11-12', where)
  list.forEach(({ made, minutesOn, typedLate }, i) => {
    const happenedAt = ANCHOR + minutesOn * 60_000
    const fact = made ? { by: 'home-visit', childSeen: true } : { by: 'home-visit' }
    told.acts.push({
      id: `c${i}`,
      kind: made ? 'contact-made' : 'contact-attempted',
      happenedAt,
      recordedAt: happenedAt + typedLate * 60_000,
      by: 'p',
      fact,
    } as ChildProtectionAct)
  })
  return told
}
const openHome = (told: Told) => told.open().find((deadline) => deadline.row === 'contact-home')

test('a contact made never makes its schedule’s due earlier, and may end it', () => {
  fc.assert(
    fc.property(placement, contacts, contact, (where, list, more) => {
      const before = openHome(schedule(where, list))
      const after = openHome(schedule(where, [...list, { ...more, made: true }]))
      if (before && after) expect(after.due).toBeGreaterThanOrEqual(before.due!)
      // Nothing more was asked for (CP-41 after three months): a contact asks for nothing new.
      if (!before) expect(after).toBeUndefined()
    }),
    { ...RUNS, numRuns: 2000 },
  )
})

test('an attempt never makes it later', () => {
  fc.assert(
    fc.property(placement, contacts, contact, (where, list, more) => {
      const before = openHome(schedule(where, list))
      const after = openHome(schedule(where, [...list, { ...more, made: false }]))
      expect(after === undefined).toBe(before === undefined)
      if (before && after) expect(after.due).toBeLessThanOrEqual(before.due!)
    }),
    { ...RUNS, numRuns: 2000 },
  )
})

test('a contact older than the last changes nothing', () => {
  fc.assert(
    fc.property(placement, contacts, contact, (where, list, more) => {
      const last = Math.max(-1, ...list.filter((one) => one.made).map((one) => one.minutesOn))
      fc.pre(more.minutesOn < last)
      expect(openHome(schedule(where, [...list, { ...more, made: true }]))).toEqual(openHome(schedule(where, list)))
    }),
    { ...RUNS, numRuns: 1000 },
  )
})

test('a closed period opens again only by a withdrawal', () => {
  fc.assert(
    fc.property(placement, contacts, contact, (where, list, more) => {
      const before = schedule(where, list)
      const closed = before.history().filter((deadline) => deadline.row === 'contact-home' && deadline.state !== 'open')
      const after = schedule(where, [...list, more])
      const open = new Set(after.open().map((deadline) => deadline.key))
      for (const deadline of closed) expect(open.has(deadline.key)).toBe(false)

      const visit = before.acts.findLast((act) => act.kind === 'contact-made')
      if (!visit) return
      before.acts.push({
        id: 'w',
        kind: 'withdrawn',
        happenedAt: visit.recordedAt,
        recordedAt: visit.recordedAt,
        by: 'p',
        fact: { act: visit.id },
      })
      const without = schedule(where, list)
      without.acts.splice(
        without.acts.findLastIndex((act) => act.kind === 'contact-made'),
        1,
      )
      expect(before.open()).toEqual(without.open())
    }),
    { ...RUNS, numRuns: 500 },
  )
})
