/** What the record knows beside each criterion of closure (CP-60). It ticks nothing: the worker says what is met. Pure. */
import type { CasePage, TimelineItem } from '@tirek/contract/answers'
import { CLOSURE_CRITERIA } from '@tirek/contract/forms/criteria'
import type { Instant } from '@tirek/procedure/time'
import { isAct } from '../case-data.ts'
import { marksOf, versionsOf, type Plan } from '../plan.ts'

export type Criterion = (typeof CLOSURE_CRITERIA)[number]
export type Known =
  | { what: 'level'; level: string; since?: Instant }
  | { what: 'cruelty'; at: Instant }
  | { what: 'contact'; at: Instant; by: string; seen: boolean }
  | { what: 'no-contact' }
  | { what: 'attempts'; n: number }
  | { what: 'measures'; done: number; all: number; open: readonly string[] }
  | { what: 'no-measures' }
  | { what: 'reported'; met: boolean; at: Instant }

/** The measures that speak of a criterion: by the kind of need they answer, or by the kind of help they are. */
const OF_NEED: Partial<Record<Criterion, string>> = { C3: 'development', C4: 'parents', C6: 'family' }
const OF_HELP: Partial<Record<Criterion, readonly string[]>> = { C5: ['benefits', 'employment', 'documents'] }

/** `timeline`: newest first. */
export function knownOf(found: Pick<CasePage, 'summary'>, timeline: readonly TimelineItem[]): Record<Criterion, Known[]> {
  const acts = timeline.filter((item) => isAct(item) && !item.withdrawn && item.form)
  const plan = versionsOf(timeline)[0]?.plan
  const marks = marksOf(timeline)
  const report = acts.find(({ kind }) => kind === 'review-report-handed-in')
  const reported = (criterion: Criterion): Known[] =>
    report
      ? [
          {
            what: 'reported',
            met: ((report.form!['closureCriteria'] ?? []) as string[]).includes(criterion),
            at: report.happenedAt,
          },
        ]
      : []
  const known: Partial<Record<Criterion, Known[]>> = { C1: riskOf(found, acts), C2: contactsOf(acts) }
  const measures = (criterion: Criterion): Known[] => {
    const [need, help] = [OF_NEED[criterion], OF_HELP[criterion]]
    if (!plan || (!need && !help)) return []
    return [measuresOf(plan, marks, (one) => (need ? kindOfNeed(plan, one.need) === need : help!.includes(String(one['help']))))]
  }
  return Object.fromEntries(
    CLOSURE_CRITERIA.map((one) => [one, [...(known[one] ?? []), ...measures(one), ...reported(one)]]),
  ) as unknown as Record<Criterion, Known[]>
}

const kindOfNeed = (plan: Plan, need: number | undefined) => (need === undefined ? undefined : plan.needs?.[need - 1]?.kind)

function measuresOf(
  plan: Plan,
  marks: ReturnType<typeof marksOf>,
  belongs: (measure: NonNullable<Plan['measures']>[number]) => boolean,
): Known {
  const own = (plan.measures ?? []).filter(belongs)
  if (own.length === 0) return { what: 'no-measures' }
  const open = own.filter(({ id }) => marks.get(id)?.mark !== 'done')
  return { what: 'measures', all: own.length, done: own.length - open.length, open: open.map(({ action }) => action ?? '') }
}

/** Where a level may have been said last. */
const SAY_LEVEL = new Set(['risk-assessed', 'assessment-finished', 'primary-assessment-done', 'help-request-registered', 'relapse'])

function riskOf({ summary }: Pick<CasePage, 'summary'>, acts: readonly TimelineItem[]): Known[] {
  const said = acts.find(({ kind, form }) => SAY_LEVEL.has(kind) && form!['level'] !== undefined)
  const cruel = lastContactOf(acts)
  return [
    ...(summary.risk ? [{ what: 'level' as const, level: summary.risk, ...(said && { since: said.happenedAt }) }] : []),
    ...(cruel?.form!['signsOfCruelty'] === true ? [{ what: 'cruelty' as const, at: cruel.happenedAt }] : []),
  ]
}

const lastContactOf = (acts: readonly TimelineItem[]) => acts.find(({ kind }) => kind === 'contact-made')

function contactsOf(acts: readonly TimelineItem[]): Known[] {
  const last = lastContactOf(acts)
  const attempts = acts.filter(
    ({ kind, happenedAt }) => kind === 'contact-attempted' && happenedAt > (last?.happenedAt ?? -Infinity),
  ).length
  return [
    last
      ? { what: 'contact', at: last.happenedAt, by: String(last.form!['by']), seen: last.form!['childSeen'] === true }
      : { what: 'no-contact' },
    ...(attempts > 0 ? [{ what: 'attempts' as const, n: attempts }] : []),
  ]
}

/** CP-61: when the family was given the sheet that says how to reach us. */
export const sheetGivenAt = (timeline: readonly TimelineItem[]): Instant | undefined =>
  timeline.find((item) => item.kind === 'noted' && isAct(item) && !item.withdrawn && item.form?.['what'] === 'sheet-given')?.happenedAt
