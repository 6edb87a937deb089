/** What people see of a case, made from its facts: no query of its own. */
import type { ChildProtectionCase } from '@tirek/procedure/child-protection/facts'
import { allowedActs, closureBars } from '@tirek/procedure/child-protection/refusals'
import type { CasePage, CaseSummary, DeadlineView, Warning } from '@tirek/contract/answers'
import type { Deadline } from '@tirek/procedure/deadline'
import { isLate, isOverdue, nextStepOf } from '@tirek/procedure/next-step'
import { programmeOf, rulesOf } from '@tirek/procedure/programmes'
import { consentsOf, consentWarnings } from './consents.ts'
import type { MonitoringNow } from '@tirek/procedure/child-protection/deadlines/monitoring'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import type { Decision } from '@tirek/policy/decide'
import type { Part } from '@tirek/policy/parts'
import type { Action } from '@tirek/policy/policy'
import type { Access } from '@tirek/policy/standing'
import type { KnownFacts } from './facts.ts'

export type CaseRow = {
  id: string
  number: string
  organisation: string
  territory: string
  programme: 'child-protection'
  edition: string
  version: number
  facts: KnownFacts
  stage: string
  risk: string
  ended: boolean
  end: string | null
  manager: string | null
  first_person: string
  file_opened: boolean
  opened_at: number
  sex: string
  birth_date: string | null
  age: { n: number; unit: string } | null
  access: readonly Access[]
  /** RT-30 */
  erased_at?: number | null
  erased_rule?: string | null
}

/** What of a case is listed for somebody: the parts that the decision shows, and nothing else is sent. */
export const summaryOf = (row: CaseRow, decision: Decision): CaseSummary => ({
  id: row.id,
  number: row.number,
  organisation: row.organisation,
  programme: row.programme,
  edition: row.edition,
  stage: row.stage,
  ...(decision.sees('risk') ? { risk: row.risk } : {}),
  ended: row.ended,
  ...(row.manager && decision.sees('summary') ? { manager: row.manager } : {}),
  openedAt: row.opened_at,
  version: row.version,
  fileOpened: row.file_opened,
  ...(row.facts.placement && decision.seesNow('placement') ? { placement: row.facts.placement } : {}),
  ...(decision.sees('child')
    ? { child: { sex: row.sex, ...(row.birth_date ? { birthDate: row.birth_date } : {}), ...(row.age ? { age: row.age } : {}) } }
    : {}),
})

/** One deadline as people read it. `taken`: key → when it was taken. */
export function viewOf(deadline: Deadline, now: number, edition: string, taken: ReadonlyMap<string, number> = new Map()): DeadlineView {
  const programme = programmeOf('child-protection')
  const { what, why, verb, act } = programme.rowText(deadline.row)
  const norm = programme.listedNorm(deadline, rulesOf('child-protection', edition))
  const next = nextStepOf(deadline, new Set(taken.keys()))
  // Its own steps and the one that comes next; repeats that were taken stand in the timeline.
  const steps = deadline.state === 'open' ? [...deadline.steps, ...(next ? [next] : [])] : []
  const once = new Map(steps.map((step) => [step.key, step]))
  return {
    key: deadline.key,
    rule: deadline.rule,
    row: deadline.row,
    what,
    why,
    verb,
    ...(norm ? { norm } : {}),
    act,
    state: deadline.state,
    overdue: isOverdue(deadline, now),
    from: deadline.from,
    ...(deadline.due === undefined ? {} : { due: deadline.due }),
    ...(deadline.dueDay === undefined ? {} : { dueDay: deadline.dueDay }),
    ...(deadline.hour === undefined ? {} : { hour: deadline.hour }),
    waitsFor: deadline.waitsFor,
    ...(deadline.tryAgainBy === undefined ? {} : { tryAgainBy: deadline.tryAgainBy }),
    ...(deadline.closedAt === undefined ? {} : { closedAt: deadline.closedAt }),
    steps: [...once.values()]
      .sort((a, b) => a.at - b.at)
      .map(({ key, at, do: what, whom }) => ({
        key,
        at,
        do: what,
        whom: [...whom],
        ...(taken.has(key) ? { takenAt: taken.get(key)! } : {}),
      })),
  }
}

/** The same from a row of the record, for lists: no facts are read for it, so no steps are shown. */
export function listedViewOf(
  row: {
    key: string
    rule: string
    row: string
    edition: string
    from_at: number
    due: number | null
    due_day: string | null
    hour: number | null
    try_again_by: string | null
    waits_for: string
    next_step_at: number | null
  },
  now: number,
): DeadlineView {
  const programme = programmeOf('child-protection')
  const { what, why, verb, act } = programme.rowText(row.row)
  const norm = programme.listedNorm(row, rulesOf('child-protection', row.edition))
  const timed = { ...(row.due === null ? {} : { due: row.due }), ...(row.due_day === null ? {} : { dueDay: row.due_day }) }
  return {
    key: row.key,
    rule: row.rule,
    row: row.row,
    what,
    why,
    verb,
    ...(norm ? { norm } : {}),
    act,
    state: 'open',
    overdue: isLate(timed, now),
    from: row.from_at,
    ...timed,
    ...(row.hour === null ? {} : { hour: row.hour }),
    waitsFor: row.waits_for,
    ...(row.try_again_by === null ? {} : { tryAgainBy: row.try_again_by }),
    steps: [],
  }
}

/** What the page offers only to those who may ask for it. */
const MAY = {
  mayReadName: 'read-name',
  mayReadFile: 'read-file',
  mayReadDeadlines: 'read-deadlines',
  mayReadReaders: 'read-readers',
  mayReadAccess: 'read-access',
  mayExport: 'export',
} as const satisfies Partial<Record<keyof CasePage, Action>>
type May = keyof typeof MAY | 'mayReadRights'
/** Of an erased case these are left. */
const LEFT: ReadonlySet<May> = new Set(['mayReadDeadlines', 'mayReadReaders'])

function mayOf(decision: Decision, erased: boolean): Partial<Record<May, true>> {
  const may = (Object.keys(MAY) as (keyof typeof MAY)[]).filter((flag) => decision.may(MAY[flag])) as May[]
  if (decision.seesNow('rights')) may.push('mayReadRights')
  return Object.fromEntries(may.filter((flag) => !erased || LEFT.has(flag)).map((flag) => [flag, true]))
}

/** `next`: what may be recorded from now on, where the act itself changed the relation. */
export function pageOf(
  row: CaseRow,
  history: readonly Deadline[],
  now: number,
  decision: Decision,
  options: {
    warnings?: Warning[]
    taken?: ReadonlyMap<string, number>
    earlierUnconfirmed?: number
    next?: Decision
    monitoring?: MonitoringNow | undefined
  } = {},
): CasePage {
  const facts = row.facts as unknown as ChildProtectionCase
  const open = history.filter((deadline) => deadline.state === 'open').sort((a, b) => (a.due ?? a.from) - (b.due ?? b.from))
  return {
    summary: summaryOf(row, decision),
    deadlines: decision.sees('deadlines') ? open.map((deadline) => viewOf(deadline, now, row.edition, options.taken)) : [],
    allowedActs: row.erased_at ? [] : allowedActs(facts).filter((options.next ?? decision).mayRecord),
    hours: row.facts.hours
      .filter((hour) => hour.withdrawnAt === undefined && decision.sees('hours'))
      .map(
        ({ n, receivedAt, closedAt, measuresAgreedAt, lawEnforcementInformedAt, juvenileInspectionInformedAt }) =>
          JSON.parse(
            JSON.stringify({ n, receivedAt, closedAt, measuresAgreedAt, lawEnforcementInformedAt, juvenileInspectionInformedAt }),
          ) as CasePage['hours'][number],
      ),
    warnings: [...(options.warnings ?? []), ...(decision.seesNow('rights') ? consentWarnings(facts, now) : [])],
    earlierUnconfirmed: decision.sees('request') ? (options.earlierUnconfirmed ?? 0) : 0,
    consents: decision.seesNow('rights') ? consentsOf(facts, now) : [],
    ...(options.monitoring && decision.seesNow('reviews') ? { monitoring: options.monitoring } : {}),
    closureBars: decision.seesNow('closure') ? closureBars(facts) : [],
    ...(facts.held && decision.seesNow('rights') ? { heldSince: facts.held.at } : {}),
    ...(row.erased_at ? { erased: { at: row.erased_at, rule: row.erased_rule! } } : {}),
    ...mayOf(decision, Boolean(row.erased_at)),
  }
}

/** An answer that was kept, given again: nothing in it that the person sees no more. Without a decision they have nothing to do with the case. */
export function asStillSeen(page: CasePage, decision: Decision | undefined): CasePage {
  const sees = (part: Part) => decision?.sees(part) ?? false
  const { risk, placement, child, ...summary } = page.summary
  const { heldSince, monitoring, ...rest } = page
  const may: Partial<Record<May, true>> = decision ? mayOf(decision, page.erased !== undefined) : {}
  const was = [...Object.keys(MAY), 'mayReadRights'] as May[]
  return {
    ...(Object.fromEntries(Object.entries(rest).filter(([key]) => !was.includes(key as May) || may[key as May])) as typeof rest),
    summary: {
      ...summary,
      ...(risk !== undefined && sees('risk') ? { risk } : {}),
      ...(placement !== undefined && sees('placement') ? { placement } : {}),
      ...(child !== undefined && sees('child') ? { child } : {}),
    },
    deadlines: sees('deadlines') ? page.deadlines : [],
    hours: sees('hours') ? page.hours : [],
    allowedActs: page.allowedActs.filter((kind) => decision?.mayRecord(kind as ActKind)),
    warnings: decision ? page.warnings : [],
    earlierUnconfirmed: sees('request') ? page.earlierUnconfirmed : 0,
    consents: sees('rights') ? page.consents : [],
    closureBars: sees('closure') ? page.closureBars : [],
    ...(monitoring !== undefined && sees('reviews') ? { monitoring } : {}),
    ...(heldSince !== undefined && sees('rights') ? { heldSince } : {}),
  }
}
