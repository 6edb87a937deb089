/** Plays all scenarios in one world with one clock, and compares what was delivered and how deadlines ended with what was written by hand. */
import { ruleOf } from '@tirek/procedure/child-protection/rules'
import { openClinic, type Clinic, type StaffName } from '../world/clinic.ts'
import { iso, local, shown } from '../world/local.ts'
import type { World } from '../world/world.ts'
import { OF_LAST_REVIEW, type Fault, type Happening, type Scenario } from './scenario.ts'

export type Row = {
  what: 'letter' | 'deadline'
  rule: string
  source: string
  expected: string
  actual: string
  deliveredTo: string
  isRight: boolean
}
export type Played = {
  scenario: Scenario
  rows: Row[]
  line: { at: number; what: 'act' | 'letter' | 'due'; label: string; tone: string }[]
}

type Running = { scenario: Scenario; clinic: Clinic; caseId?: string; number?: string; version?: number }

/** Lets all scenarios happen on one line of time, up to `until`. */
export async function play(world: World, scenarios: readonly Scenario[], until: number): Promise<Played[]> {
  const running: Running[] = []
  for (const [n, scenario] of scenarios.entries())
    running.push({ scenario, clinic: await openClinic(world, prefixOf(n), `Территория ${n + 1}`) })
  const all = running
    .flatMap((one) => one.scenario.happenings.map((happening) => ({ one, happening })))
    .sort((a, b) => local(a.happening.at) - local(b.happening.at))
  for (const { one, happening } of all) {
    await world.letPassUntil(local(happening.at))
    await happen(world, one, happening)
    await world.quiet()
  }
  await world.letPassUntil(until)
  const played: Played[] = []
  for (const one of running) played.push(await compare(world, one))
  return played
}

const prefixOf = (n: number) => `CASE${n + 1}`

async function happen(world: World, one: Running, happening: Happening): Promise<void> {
  if ('fault' in happening) return fault(world, happening.fault)
  const who = one.clinic.staff[happening.who]
  if ('open' in happening) {
    const page = await world.ok(
      'cases',
      'POST',
      happening.open === 'from-paper' ? '/api/cases/from-paper' : '/api/cases',
      who,
      happening.form,
    )
    one.caseId = page.summary.id
    one.number = page.summary.number
    one.version = page.summary.version
    return
  }
  const happenedAt = iso(happening.happened ? local(happening.happened) : world.clock.now())
  const page = await world.ok('cases', 'POST', `/api/cases/${one.caseId}/acts/${happening.act}`, who, {
    happenedAt,
    version: one.version,
    form: await named(world, one, happening.form),
  })
  one.version = page.summary.version
}

/** Puts the id of the last review where a form names it. */
async function named(world: World, one: Running, form: object): Promise<object> {
  if (!('meeting' in form) || form.meeting !== OF_LAST_REVIEW) return form
  const { items } = await world.ok<{ items: { id: string; kind: string }[] }>(
    'cases',
    'GET',
    `/api/cases/${one.caseId}/timeline`,
    one.clinic.staff.supervisor,
  )
  return { ...form, meeting: items.find(({ kind }) => kind === 'review-held')?.id }
}

async function fault(world: World, what: Fault): Promise<void> {
  switch (what) {
    case 'temporal-away':
      return world.cutTemporal()
    case 'temporal-back':
      return world.restoreTemporal()
    case 'mail-away':
      world.post.isAway = true
      return
    case 'mail-back':
      world.post.isAway = false
      return
    case 'notifications-stop':
      return world.stopNotifications()
    case 'notifications-start':
      return world.startNotifications()
  }
}

/** Each item of a letter names its case and its rule. */
const ITEM = /Case (\S+)\. [^\n]*\n[\s\S]*?Rule: (CP-\d+)\./g

type Delivered = { at: string; instant: number; to: StaffName; address: string; rule: string }

function deliveredTo(world: World, { clinic, number }: Running): Delivered[] {
  const domain = `@${clinic.staff.worker.login.split('.')[1]}.test`
  return world.post.letters
    .filter(({ to }) => to.endsWith(domain))
    .flatMap((letter) =>
      [...letter.text.matchAll(ITEM)]
        .filter(([, named]) => named === number)
        .map(([, , rule]) => ({
          at: shown(letter.at),
          instant: letter.at,
          to: letter.to.split('@')[0] as StaffName,
          address: letter.to,
          rule: rule!,
        })),
    )
    .sort((a, b) => a.instant - b.instant || (a.rule + a.to < b.rule + b.to ? -1 : 1))
}

async function compare(world: World, one: Running): Promise<Played> {
  const { scenario, clinic, caseId } = one
  const delivered = deliveredTo(world, one)
  const rows: Row[] = []
  const open = [...delivered]
  for (const [at, to, rule] of scenario.letters) {
    const found = open.findIndex((letter) => letter.at === at && letter.to === to && letter.rule === rule)
    const [letter] = found < 0 ? [] : open.splice(found, 1)
    rows.push({
      what: 'letter',
      rule,
      source: ruleOf(rule).source,
      expected: `${at} ${to}`,
      actual: letter ? `${letter.at} ${letter.to}` : 'not delivered',
      deliveredTo: letter?.address ?? '-',
      isRight: letter !== undefined,
    })
  }
  for (const letter of open)
    rows.push({
      what: 'letter',
      rule: letter.rule,
      source: ruleOf(letter.rule).source,
      expected: 'nothing',
      actual: `${letter.at} ${letter.to}`,
      deliveredTo: letter.address,
      isRight: false,
    })

  const { items } = await world.ok<{ items: { rule: string; due?: number; dueDay?: string; state: string; closedAt?: number }[] }>(
    'cases',
    'GET',
    `/api/cases/${caseId}/deadlines`,
    clinic.staff.supervisor,
  )
  const left = items.map((deadline) => ({
    rule: deadline.rule,
    due: deadline.dueDay ?? (deadline.due === undefined ? '-' : shown(deadline.due)),
    state: deadline.state,
  }))
  for (const [rule, due, state] of scenario.deadlines) {
    const found = left.findIndex((deadline) => deadline.rule === rule && deadline.due === due)
    const [deadline] = found < 0 ? [] : left.splice(found, 1)
    rows.push({
      what: 'deadline',
      rule,
      source: ruleOf(rule).source,
      expected: `due ${due} ${state}`,
      actual: deadline ? `due ${deadline.due} ${deadline.state}` : 'no such deadline',
      deliveredTo: '',
      isRight: deadline?.state === state,
    })
  }
  for (const deadline of left)
    rows.push({
      what: 'deadline',
      rule: deadline.rule,
      source: ruleOf(deadline.rule).source,
      expected: 'nothing',
      actual: `due ${deadline.due} ${deadline.state}`,
      deliveredTo: '',
      isRight: false,
    })
  return { scenario, rows, line: lineOf(scenario, delivered, items) }
}

function lineOf(
  scenario: Scenario,
  delivered: readonly Delivered[],
  deadlines: readonly { rule: string; due?: number; dueDay?: string; state: string }[],
): Played['line'] {
  return [
    ...scenario.happenings.map((happening) => ({
      at: local(happening.at),
      what: 'act' as const,
      label: 'act' in happening ? happening.act : 'open' in happening ? happening.open : happening.fault,
      tone: 'fault' in happening ? 'fault' : 'act',
    })),
    ...delivered.map((letter) => ({ at: letter.instant, what: 'letter' as const, label: `${letter.rule} → ${letter.to}`, tone: 'letter' })),
    ...deadlines.flatMap((deadline) =>
      deadline.due === undefined
        ? []
        : [{ at: deadline.due, what: 'due' as const, label: `${deadline.rule} ${deadline.state}`, tone: deadline.state }],
    ),
  ].sort((a, b) => a.at - b.at)
}
