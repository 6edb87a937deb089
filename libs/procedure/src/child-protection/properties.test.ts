import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextStepAt, stepsUntil } from '../next-step.ts'
import { DAY } from '../time.ts'
import type { ActKind, ChildProtectionAct, ChildProtectionFacts, Placement } from './acts.ts'
import { calendar, local, settings } from './case.fixture.ts'
import { contactDeadlines } from './deadlines/contacts.ts'
import { deadlinesOf, historyOf } from './deadlines/history.ts'
import { factsOf } from './fold/fold.ts'
import { groundsOf } from './grounds.ts'
import { refusalOf } from './refusals.ts'
import { EDITIONS } from './editions.ts'
import type { Rules } from './rows.ts'

const RULES = EDITIONS.at(-1)!.rules
const RUNS = { seed: 20261124, numRuns: 400 }
const START = local('2026-10-01 08:00')
const context = { edition: '2026-2', calendar: 'kz-2026-1', version: 1, settings }
const factsFrom = (acts: readonly ChildProtectionAct[]) => factsOf(acts, context)

const PLACEMENTS = Object.keys(RULES.contacts) as Placement[]

/** Anything that people may record, at any moment; what the procedure refuses is left out. */
const moves: { [K in ActKind]?: (n: number, at: number) => ChildProtectionFacts[K] } = {
  'taken-by-social-worker': () => ({ manager: 'm' }),
  'risk-assessed': (n, at) => ({
    level: (['high', 'medium', 'low'] as const)[n % 3]!,
    criteria: n % 3 === 0 ? ['H4'] : ['M1', 'M6'],
    ...(n % 2 ? { receivedAt: at } : {}),
  }),
  'urgent-measures-evidenced': (n, at) =>
    n % 4 === 0
      ? { hour: n % 2, noGrounds: { agreedAt: at, level: 'medium' } }
      : { hour: n % 3, measuresAgreedAt: at, lawEnforcementInformedAt: at, ...(n % 5 ? { juvenileInspectionInformedAt: at } : {}) },
  'child-safe': (n) => ({ placed: n % 2 === 0 }),
  'placement-recorded': (n) => ({ placement: PLACEMENTS[n % PLACEMENTS.length]! }),
  'primary-assessment-done': (n) =>
    n % 3 ? { outcome: 'confirmed', level: (['medium', 'low', 'high'] as const)[n % 3]! } : { outcome: 'not-confirmed' },
  'assessment-decided': () => ({}),
  'assessment-finished': (n) => ({ confirmed: 'yes', level: (['medium', 'low', 'high'] as const)[n % 3]! }),
  'plan-signed': (n) => ({
    planVersion: n,
    measures: n % 2 ? [{ id: `m${n % 3}`, due: `2027-0${1 + (n % 9)}-15`, responsible: 'family' as const }] : [],
  }),
  'plan-signed-by-family': () => ({ signed: true }),
  'measure-marked': (n) => ({ measure: `m${n % 3}`, mark: 'done' }),
  'contact-made': (n) => ({
    by: (['home-visit', 'phone', 'ward', 'remote'] as const)[n % 4]!,
    childSeen: n % 5 !== 0,
    signsOfCruelty: n % 7 === 0,
  }),
  'contact-attempted': (n) => ({ by: n % 2 ? 'home-visit' : 'phone' }),
  'next-contact-set': () => ({ day: '2027-06-01' }),
  'review-agreed': (n) => ({ day: `2027-0${1 + (n % 9)}-10` }),
  'review-report-handed-in': () => ({}),
  'review-held': (n) => ({
    decision: (['continue', 'close', 'separate', 'extend-stay'] as const)[n % 4]!,
    ...(n % 3 ? {} : { nextDay: '2027-08-01' }),
  }),
  'referral-sent': (n) => ({ referral: `r${n % 3}`, to: (['pmpk', 'commission', 'guardianship-body'] as const)[n % 3]! }),
  'referral-answered': (n) => ({ referral: `r${n % 3}`, answer: (['decided', 'returned', 'postponed'] as const)[n % 3]! }),
  'closure-asked': (n) => ({
    end: (['closed', 'adopted', 'family-refused', 'child-died'] as const)[n % 4]!,
    criteria: ['C1'],
    ...(n % 3 ? {} : { monitoringMonths: 4 as const }),
  }),
  'closure-decided': (n) => ({ approved: n % 3 !== 0 }),
  'monitoring-look': (n) => ({ copes: true, problemsBack: false, worse: false, last: n % 2 === 0 }),
  relapse: (n, at) => ({
    reportedAt: at,
    criteria: n % 2 ? ['H1'] : ['M1', 'M6'],
    ...(n % 3 ? { level: n % 2 ? ('high' as const) : ('medium' as const) } : {}),
  }),
  'merged-into': () => ({ otherCase: 'other' }),
  noted: () => ({ what: 'visitor' }),
  'family-drawn': () => ({}),
}
const KINDS = Object.keys(moves) as (keyof typeof moves)[]

const start = fc.record({
  criteria: fc.constantFrom(['H4'], ['M1', 'M6'], ['L3'], ['L3', 'U1']),
  level: fc.constantFrom('high' as const, 'medium' as const, 'low' as const, undefined),
  takenByOther: fc.boolean(),
  oneOffHelp: fc.boolean(),
})
const move = fc.record({
  kind: fc.constantFrom(...KINDS),
  n: fc.nat(1000),
  hoursLater: fc.integer({ min: 1, max: 24 * 40 }),
  typedLate: fc.constantFrom(0, 0, 0, 3, 24 * 9),
  withdraw: fc.integer({ min: 0, max: 12 }),
})

/** Plays moves as the service does: one after another, leaving out what is refused. */
function play(
  first: { criteria: readonly string[]; level?: 'high' | 'medium' | 'low'; takenByOther: boolean; oneOffHelp: boolean },
  wanted: { kind: ActKind; n: number; hoursLater: number; typedLate: number; withdraw: number }[],
) {
  const acts: ChildProtectionAct[] = []
  const save = (act: ChildProtectionAct) => {
    const refused = refusalOf(act, acts.length ? factsFrom(acts) : undefined, RULES, calendar)
    if (!refused) acts.push(act)
  }
  const registered = {
    id: 'a0',
    kind: 'help-request-registered',
    happenedAt: START,
    recordedAt: START,
    by: 'p',
    fact: { reportedAt: START, ...first },
  }
  save(registered as ChildProtectionAct)
  let now = START
  wanted.forEach(({ kind, n, hoursLater, typedLate, withdraw }, i) => {
    now += hoursLater * 3_600_000
    const happenedAt = now - typedLate * 3_600_000
    const victim = withdraw === 12 && acts.length > 1 ? acts[1 + (n % (acts.length - 1))] : undefined
    const fact = victim ? { act: victim.id } : moves[kind]!(n, happenedAt)
    save({
      id: `a${String(i + 1).padStart(3, '0')}`,
      kind: victim ? 'withdrawn' : kind,
      happenedAt: victim ? now : happenedAt,
      recordedAt: now,
      by: 'p',
      fact,
    } as ChildProtectionAct)
  })
  return acts
}

/** A way through the stages that the procedure allows, so that what follows it starts anywhere. */
const WAY = (
  [
    ['urgent-measures-evidenced', 3],
    ['child-safe', 1],
    ['risk-assessed', 1],
    ['primary-assessment-done', 1],
    ['assessment-finished', 1],
    ['plan-signed', 1],
    ['contact-made', 4],
    ['review-held', 1],
    ['closure-asked', 0],
    ['closure-decided', 1],
    ['monitoring-look', 1],
  ] as const
).map(([kind, n]) => ({ kind, n, hoursLater: 5, typedLate: 0, withdraw: 0 }))

const record = fc
  .tuple(start, fc.integer({ min: 0, max: WAY.length }), fc.array(move, { maxLength: 30 }))
  .map(([first, depth, wanted]) => play(first, [...WAY.slice(0, depth), ...wanted]))

test('a case not ended always has an open deadline', () => {
  const reached = new Set<string>()
  fc.assert(
    fc.property(record, (acts) => {
      fc.pre(acts.length > 0)
      for (let n = 1; n <= acts.length; n++) {
        const facts = factsFrom(acts.slice(0, n))
        reached.add(facts.stage)
        const open = deadlinesOf(facts, RULES, calendar)
        if (!facts.ended)
          expect(open.length, `${facts.stage}/${facts.baseStage} after ${acts.slice(0, n).map((act) => act.kind)}`).toBeGreaterThan(0)
        else expect(open).toEqual([])
      }
    }),
    RUNS,
  )
  // The property would be empty if the moves stopped at the door.
  expect([...reached].sort()).toEqual([
    'comprehensive-assessment',
    'ended',
    'implementation',
    'monitoring',
    'planning',
    'primary-assessment',
    'registered',
    'urgent-measures',
  ])
})

test('an hour without evidence is open, in whatever state the case is, unless it ended with the child’s death', () => {
  fc.assert(
    fc.property(record, (acts) => {
      fc.pre(acts.length > 0)
      const facts = factsFrom(acts)
      const open = deadlinesOf(facts, RULES, calendar).flatMap((deadline) => deadline.hour ?? [])
      const running = facts.hours.filter((hour) => hour.closedAt === undefined && hour.withdrawnAt === undefined).map((hour) => hour.n)
      expect(open.sort()).toEqual(facts.end === 'child-died' ? [] : running)
    }),
    RUNS,
  )
})

test('the order of the list does not matter', () => {
  fc.assert(
    fc.property(record, fc.infiniteStream(fc.nat()), (acts, random) => {
      fc.pre(acts.length > 0)
      const shuffled = acts
        .map((act) => ({ act, by: random.next().value as number }))
        .sort((a, b) => a.by - b.by)
        .map(({ act }) => act)
      expect(factsFrom(shuffled)).toEqual(factsFrom(acts))
    }),
    RUNS,
  )
})

test('of acts of one millisecond the version says which came first, whatever their ids', () => {
  const moves = fc.array(move, { maxLength: 30 }).map((all) => all.map((one) => ({ ...one, hoursLater: 0, typedLate: 0 })))
  fc.assert(
    fc.property(start, moves, fc.infiniteStream(fc.nat()), (first, wanted, random) => {
      const acts = play(first, wanted).map((act, n) => ({ ...act, version: n + 1 }))
      fc.pre(acts.length > 1)
      const called = new Map(acts.map(({ id }) => [id, `b${String(random.next().value).padStart(12, '0')}-${id}`]))
      const otherwise = JSON.parse(JSON.stringify(acts).replaceAll(/"a\d+"/g, (id) => `"${called.get(id.slice(1, -1))}"`)) as typeof acts
      const facts = JSON.stringify(factsFrom(otherwise.toSorted((a, b) => (a.id < b.id ? -1 : 1)))).replaceAll(/"b\d{12}-(a\d+)"/g, '"$1"')
      expect(JSON.parse(facts)).toEqual(JSON.parse(JSON.stringify(factsFrom(acts))))
    }),
    RUNS,
  )
})

test('keys of deadlines and steps are unique, and the same however often they are computed', () => {
  fc.assert(
    fc.property(record, (acts) => {
      fc.pre(acts.length > 0)
      const history = historyOf(factsFrom(acts), RULES, calendar)
      expect(new Set(history.map((deadline) => deadline.key)).size).toBe(history.length)
      for (const deadline of history.filter((one) => one.state === 'open')) {
        const steps = stepsUntil(deadline, deadline.bornAt + 90 * DAY)
        expect(new Set(steps.map((step) => step.key)).size).toBe(steps.length)
        for (const step of steps) expect(step.key.startsWith(`${deadline.key}/`)).toBe(true)
      }
    }),
    RUNS,
  )
})

test('every deadline that is or was can say why it is due; a contact names the beginning it is counted from', () => {
  fc.assert(
    fc.property(record, (acts) => {
      fc.pre(acts.length > 0)
      const facts = factsFrom(acts)
      for (const deadline of historyOf(facts, RULES, calendar)) {
        const { text, source, facts: told } = groundsOf(deadline, facts, RULES, calendar)
        expect(text.kk && source && told.length > 0).toBeTruthy()
        if (deadline.row.startsWith('contact-')) expect(told[0]!.code).toMatch(/^since-(before-plan|plan|placement)$/)
      }
    }),
    { ...RUNS, numRuns: 100 },
  )
})

test('facts and rules go through JSON and decide the same', () => {
  const rules = JSON.parse(JSON.stringify(RULES)) as Rules
  expect(rules).toEqual(RULES)
  fc.assert(
    fc.property(record, (acts) => {
      fc.pre(acts.length > 0)
      const facts = factsFrom(acts)
      const sent = JSON.parse(JSON.stringify(facts)) as typeof facts
      expect(historyOf(sent, rules, JSON.parse(JSON.stringify(calendar)))).toEqual(historyOf(facts, RULES, calendar))
    }),
    RUNS,
  )
})

test('facts hold nothing of who recorded an act', () => {
  fc.assert(
    fc.property(record, (acts) => {
      expect(JSON.stringify(factsFrom(acts.map((act) => ({ ...act, by: 'somebody' }))))).not.toContain('somebody')
    }),
    { ...RUNS, numRuns: 50 },
  )
})

test('at most one open deadline per schedule', () => {
  fc.assert(
    fc.property(record, (acts) => {
      fc.pre(acts.length > 0)
      const rows = contactDeadlines(factsFrom(acts), RULES, calendar)
        .filter((deadline) => deadline.state === 'open')
        .map((deadline) => deadline.row)
      expect(new Set(rows).size).toBe(rows.length)
    }),
    RUNS,
  )
})

test('whatever is open has a next step, and taking steps always moves on', () => {
  fc.assert(
    fc.property(record, (acts) => {
      fc.pre(acts.length > 0)
      const open = deadlinesOf(factsFrom(acts), RULES, calendar)
      const taken = new Set<string>()
      for (let i = 0; i < 5 && nextStepAt(open, taken) !== undefined; i++) {
        const at = nextStepAt(open, taken)!
        for (const deadline of open) for (const step of stepsUntil(deadline, at)) taken.add(step.key)
        const next = nextStepAt(open, taken)
        if (next !== undefined) expect(next).toBeGreaterThan(at)
      }
    }),
    { ...RUNS, numRuns: 100 },
  )
})
