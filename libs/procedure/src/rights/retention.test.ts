import fc from 'fast-check'
import { expect, test } from 'vitest'
import { local, shown } from '../child-protection/case.fixture.ts'
import { documentKindOf, isDueForErasure, keptUntil, monthsKept, RETENTION, retentionOf } from './retention.ts'

const ended = (endedAt: string, end = 'closed') => ({ ended: true, end, endedAt: local(endedAt) })

test.each([
  ['2026-01-31 10:00', 1, '2026-02-28 00:00'],
  ['2028-01-31 10:00', 1, '2028-02-29 00:00'],
  ['2028-02-29 23:59:59.999', 12, '2029-02-28 00:00'],
  ['2026-11-30 00:00', 3, '2027-02-28 00:00'],
  ['2026-12-31 18:00', 180, '2041-12-31 00:00'],
])('ended %s and kept %i months: until %s', (at, months, until) => {
  expect(shown(keptUntil(local(at), months))).toBe(until)
})

test('one millisecond before the term it stays, at it and after it may go', () => {
  const retention = retentionOf(ended('2026-01-31 10:00'), 0, {})!
  expect(retention).toMatchObject({ kind: 'file', rule: 'RET-01' })
  expect(shown(retention.until)).toBe('2041-01-31 00:00')
  expect([-1, 0, 1].map((ms) => isDueForErasure(retention, retention.until + ms))).toEqual([false, true, true])
})

test('RT-31: what has not ended is never due; RT-32: what is held is not', () => {
  const far = local('2200-01-01')
  expect(retentionOf({ ended: false, endedAt: local('2026-01-31') }, 0, {})).toBeUndefined()
  expect(isDueForErasure(undefined, far)).toBe(false)
  expect(isDueForErasure(retentionOf({ ...ended('2026-01-31'), held: { ground: 'court' } }, 0, {}), far)).toBe(false)
})

test('a paper that came after the end begins the term anew', () => {
  expect(shown(retentionOf(ended('2026-01-31'), local('2026-03-15 12:00'), {})!.until)).toBe('2041-03-15 00:00')
})

test('each kind of document has its own row, source and bounds; an organisation’s term stays within them', () => {
  expect([undefined, 'closed', 'merged', 'not-confirmed', 'one-off-help'].map(documentKindOf)).toEqual([
    'file',
    'file',
    'file',
    'unconfirmed',
    'one-off',
  ])
  for (const [kind, row] of Object.entries(RETENTION)) {
    expect(row.rule).toMatch(/^RET-\d\d$/)
    expect(row.least <= row.term && row.term <= row.most).toBe(true)
    const kept = (value: number) => monthsKept(kind as keyof typeof RETENTION, { [row.setting]: value })
    expect([kept(row.least - 1), kept(row.least), kept(row.most), kept(row.most + 1)]).toEqual([row.least, row.least, row.most, row.most])
    expect(monthsKept(kind as keyof typeof RETENTION, {})).toBe(row.term)
  }
})

test('a longer term, a later end or a later entry never makes a case due earlier', () => {
  const at = fc.integer({ min: local('2020-01-01'), max: local('2060-01-01') })
  fc.assert(
    fc.property(at, at, fc.integer({ min: 12, max: 399 }), (end, entry, months) => {
      const until = (endedAt: number, last: number, kept: number) =>
        retentionOf({ ended: true, end: 'closed', endedAt }, last, { 'retention-file': kept })!.until
      const base = until(end, entry, months)
      expect(until(end + 86_400_000, entry, months)).toBeGreaterThanOrEqual(base)
      expect(until(end, entry + 86_400_000, months)).toBeGreaterThanOrEqual(base)
      expect(until(end, entry, months + 1)).toBeGreaterThan(base)
      expect(base).toBeGreaterThan(Math.max(end, entry))
    }),
    { numRuns: 300 },
  )
})
