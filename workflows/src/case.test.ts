import { minuteOfDay, dayOf } from '@tirek/procedure/time'
import { afterEach, expect, test } from 'vitest'
import { days, hours, minutes } from '../testing/words.ts'
import { World, type CaseFile } from '../testing/world.ts'
import { leadOf } from './known-case.ts'

let world: World
afterEach(() => world.close())

/** Thursday, the plan's day of the worked example of CP-40; 12:00 in Almaty. */
const PLAN = Date.parse('2026-11-12T12:00:00+05:00')
const at = (local: string) => Date.parse(`${local}:00+05:00`)

/** A case at home from the plan's day on: a home visit every week, later every month (CP-40). */
async function planned(): Promise<CaseFile> {
  world = await World.open(PLAN)
  const child = world.newCase()
  await child.saved('taken-over-from-paper', {
    stage: 'implementation',
    level: 'medium',
    registeredDay: '2026-10-01',
    assessmentDecidedDay: '2026-10-05',
    assessmentFinishedDay: '2026-11-06',
    placement: 'with-parents',
    placementSince: '2026-01-01',
    planDay: '2026-11-12',
  })
  return child
}

const visits = (child: CaseFile) => child.steps.filter(({ row }) => row === 'contact-home')
const notices = (child: CaseFile) => visits(child).map(({ at, do: what, whom }) => `${dayOf(at)} ${what} ${whom}`)

test('CP-40: a visit due on 19 November and not made is told on the 20th, and again every week', async () => {
  const child = await planned()
  await child.tell('taken-over-from-paper')
  await world.until(at('2026-12-08T12:00'))
  expect(notices(child)).toEqual([
    '2026-11-20 escalate supervisor',
    expect.stringMatching(/^2026-11-27/),
    expect.stringMatching(/^2026-12-04/),
  ])
})

test('day-level steps are taken between 06:00 and 08:45, each case at a minute of its own', async () => {
  const child = await planned()
  await child.tell('taken-over-from-paper')
  await world.until(at('2026-11-20T10:00'))
  const [step] = visits(child)
  expect(dayOf(step!.takenAt)).toBe('2026-11-20')
  expect(minuteOfDay(step!.takenAt)).toBeGreaterThanOrEqual(6 * 60)
  expect(minuteOfDay(step!.takenAt)).toBeLessThan(8 * 60 + 45)

  const leads = Array.from({ length: 500 }, (_, n) => leadOf(`case-${n}`))
  expect(Math.max(...leads)).toBeLessThanOrEqual(hours(3))
  expect(Math.min(...leads)).toBeGreaterThan(minutes(15))
  const perQuarter = Array.from({ length: 11 }, (_, n) => leads.filter((lead) => Math.floor((hours(3) - lead) / minutes(15)) === n).length)
  expect(Math.min(...perQuarter)).toBeGreaterThan(20)
})

test('a message makes the workflow sleep to another day; one that was lost is healed by the record', async () => {
  const child = await planned()
  await child.tell('taken-over-from-paper')
  await world.until(at('2026-11-17T15:00'))
  await child.act('contact-made', { by: 'home-visit', childSeen: true })
  await world.until(at('2026-11-23T15:00'))
  expect(visits(child)).toEqual([])
  // Seen on the 24th, but nobody told the workflow: it asks on the 25th, is spared, and knows the new day.
  await world.until(at('2026-11-24T15:00'))
  await child.saved('contact-made', { by: 'home-visit', childSeen: true })
  const asked = world.record.asked.length
  await world.until(at('2026-11-25T12:00'))
  expect(world.record.asked.length).toBeGreaterThan(asked)
  expect(visits(child)).toEqual([])
  await world.until(at('2026-12-02T12:00'))
  expect(notices(child)).toEqual(['2026-12-02 escalate supervisor'])
})

test('facts that make the next step earlier wake the workflow', async () => {
  const child = await planned()
  await child.tell('taken-over-from-paper')
  await world.until(at('2026-11-13T12:00'))
  await child.act('review-agreed', { day: '2026-11-16' })
  await world.until(at('2026-11-18T12:00'))
  const reviews = child.steps.filter(({ rule }) => rule === 'CP-50')
  expect(reviews.at(-1)).toMatchObject({ whom: 'supervisor' })
  expect(dayOf(reviews.at(-1)!.at)).toBe('2026-11-17')
})

test('the same message twice, and an old one late: nothing changes', async () => {
  const child = await planned()
  const old = child.facts
  expect(await child.tell('taken-over-from-paper', 'first')).toBe(1)
  await child.saved('contact-made', { by: 'home-visit', childSeen: true }, PLAN)
  expect(await child.tell('contact-made', 'second')).toBe(2)
  expect(await child.tell('contact-made', 'second')).toBe(2)
  expect(await child.tell('taken-over-from-paper', 'late', old)).toBe(2)
})

test('a message without a version, or of another programme, is refused and leaves no trace', async () => {
  const child = await planned()
  await child.tell('taken-over-from-paper')
  await expect(child.tell('contact-made', 'a', {} as never, 0)).rejects.toThrow()
  await expect(child.tell('contact-made', 'b', { ...child.facts, programme: 'another' as never }, 0)).rejects.toThrow()
  const { events } = await child.workflow().fetchHistory()
  expect(events!.filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes)).toHaveLength(1)
})

test('asked too early by the record: it comes back then and does not spin', async () => {
  const child = await planned()
  await child.tell('taken-over-from-paper')
  world.record.clockSlowBy = hours(2)
  await world.until(at('2026-11-20T12:00'))
  expect(notices(child)).toEqual(['2026-11-20 escalate supervisor'])
  expect(world.record.asked.filter(({ deadlineKey }) => deadlineKey.startsWith('CP-40')).length).toBeLessThan(40)
})

test('a case that has ended completes its workflow; a withdrawn end starts it anew', async () => {
  const child = await planned()
  await child.tell('taken-over-from-paper')
  const act = await child.saved('merged-into', { otherCase: 'another' })
  await child.tell('merged-into')
  await world.until(PLAN + hours(1))
  expect(await child.isOver(child.workflow())).toBe(true)
  await child.saved('withdrawn', { act })
  await child.tell('withdrawn')
  await world.until(at('2026-11-20T12:00'))
  expect(await child.isOver(child.workflow())).toBe(false)
  expect(notices(child)).toEqual(['2026-11-20 escalate supervisor'])
})

test('18 months of contacts, a third never told to the workflow: nothing is waited for, short histories, no step for a visit made in time', async () => {
  const child = await planned()
  await child.tell('taken-over-from-paper')
  for (let week = 1; week <= 78; week++) {
    await world.until(PLAN + days(7 * week - 1))
    const contact = { by: 'home-visit', childSeen: true } as const
    if (week % 3 === 0) await child.saved('contact-made', contact)
    else await child.act('contact-made', contact)
  }
  expect(notices(child)).toEqual([])
  const { historyLength } = await child.workflow().describe()
  expect(historyLength).toBeLessThan(260)
}, 180_000)

test('a change of stage begins a new run: messages that meet it are not lost, steps taken are not taken again', async () => {
  world = await World.open(PLAN)
  const child = world.newCase()
  const registered = { reportedAt: PLAN, criteria: ['M1'], level: 'medium', takenByOther: false, oneOffHelp: false } as const
  await child.act('help-request-registered', registered, PLAN)
  await world.until(at('2026-11-17T12:00'))
  const before = child.steps.length
  expect(before).toBeGreaterThan(0)
  const run = (await child.workflow().describe()).runId
  await child.saved('primary-assessment-done', { outcome: 'confirmed', level: 'medium' })
  const told = [child.tell('primary-assessment-done')]
  for (let n = 0; n < 6; n++) {
    await child.saved('noted', { what: 'plan-note' })
    told.push(child.tell('noted'))
  }
  await Promise.all(told)
  const { version } = child.facts
  expect(await child.tell('noted')).toBe(version)
  await world.until(at('2026-12-16T12:00'))
  const after = await child.workflow().describe()
  expect(after.runId).not.toBe(run)
  expect(after.searchAttributes).toMatchObject({ CaseStage: ['comprehensive-assessment'] })
  const keys = child.steps.map(({ rule, row, do: what, whom, repeat, at }) => [rule, row, what, whom, repeat, at].join(' '))
  expect(new Set(keys).size).toBe(keys.length)
  expect(child.steps.slice(before).map(({ rule }) => rule)).toContain('CP-23')
})

test('the details show the open deadlines and link the case, and nothing else of it', async () => {
  const child = await planned()
  await child.tell('taken-over-from-paper')
  await world.until(at('2026-11-20T12:00'))
  const details = await child.details(child.workflow())
  expect(details).toContain(`[${child.about.number}](${child.about.link})`)
  expect(details).toMatch(/\| CP-40 \| contact-home \| 2026-11-19 \*\*overdue\*\* \| case-manager \|/)
  const { searchAttributes } = await child.workflow().describe()
  expect(searchAttributes).toMatchObject({
    CaseStage: ['implementation'],
    RiskLevel: ['medium'],
    Overdue: [true],
    Emergency: [false],
    CaseManager: [child.about.manager],
  })
})
