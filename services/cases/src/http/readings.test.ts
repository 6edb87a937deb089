/** Pages over the trails of several services: together they are the whole, each row once, in one order, however instants fall together. */
import { CASE_TRAILS, type CaseTrail } from '@tirek/contract/trail'
import type { CaseReadings, Reading } from '@tirek/platform/case-readings'
import type { ServiceCaller } from '@tirek/platform/service-tokens'
import { ROUTES } from '@tirek/policy/work'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beforeOf, Readings, textOf, type Before } from './readings.ts'

const TRAILS = Object.keys(CASE_TRAILS) as CaseTrail[]
const words = { ru: '', kk: '', en: '' }
const row = (at: number, n: number): Reading => ({
  ...{ n, at, who: '', name: null, role: 'medic', what: 'read', whatText: words, whyText: words, outcome: 'done' },
})

/** Readings over rows in memory, each service answering as the statement of `CaseReadings` does. */
function over(rows: Record<CaseTrail, Reading[]>): Readings {
  const of = (name: CaseTrail, { before, limit }: { before?: { at: number; n: number } | undefined; limit: number }) =>
    rows[name]
      .filter((one) => !before || one.at < before.at || (one.at === before.at && one.n < before.n))
      .toSorted((one, other) => other.at - one.at || other.n - one.n)
      .slice(0, limit)
  const own = { of: (asked: never) => Promise.resolve(of('cases', asked)) }
  const caller = { call: (to: CaseTrail, _: string, asked: never) => Promise.resolve({ items: of(to, asked) }) }
  return new Readings(
    own as unknown as CaseReadings,
    { meetings: 'http://meetings', notifications: 'http://notifications', referrals: 'http://referrals' },
    caller as unknown as ServiceCaller,
  )
}

test('pages of any size together are the whole', async () => {
  // A chain counts up, its instants may stand still or step back.
  const chain = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 12 }).map((ats) => ats.map((at, n) => row(at, n + 1)))
  await fc.assert(
    fc.asyncProperty(
      chain,
      chain,
      chain,
      chain,
      fc.integer({ min: 1, max: 5 }),
      async (cases, meetings, notifications, referrals, limit) => {
        const readings = over({ cases, meetings, notifications, referrals })
        const seen: string[] = []
        let last = Infinity
        for (let before: Before | undefined; ;) {
          const page = await readings.page('x', before, limit)
          for (const { of, at, n } of page.items) {
            seen.push(`${of}/${n}`)
            expect(at).toBeLessThanOrEqual(last)
            last = at
          }
          if (!page.before) break
          expect(page.items).toHaveLength(limit)
          before = beforeOf(textOf(page.before))
          expect(before).toEqual(page.before)
        }
        const whole = Object.entries({ cases, meetings, notifications, referrals }).flatMap(([of, rows]) =>
          rows.map(({ n }) => `${of}/${n}`),
        )
        expect(seen.toSorted()).toEqual(whole.toSorted())
      },
    ),
    { numRuns: 200 },
  )
})

test('every service with a trail of cases tells who read them, to the cases service alone', () => {
  const routes: Record<string, Record<string, { work: string; callers?: readonly string[] }>> = ROUTES
  // The directory's rows are of people.
  const withTrail = Object.keys(routes).filter(
    (name) => name !== 'directory' && Object.keys(routes[name]!).some((one) => one.endsWith('trail')),
  )
  expect(TRAILS.toSorted()).toEqual(withTrail.toSorted())
  for (const name of TRAILS.filter((one) => one !== 'cases'))
    expect(routes[name]!['POST /internal/cases/readings']?.callers, name).toEqual(['cases'])
})
