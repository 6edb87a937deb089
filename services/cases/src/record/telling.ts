/** What Temporal and people are to be told of a change of a case. */
import type { RecordedAct } from '@tirek/procedure/case'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { nextStepAt } from '@tirek/procedure/next-step'
import { isDeepStrictEqual } from 'node:util'
import { peopleOf } from '../steps/people.ts'
import type { State } from './facts.ts'
import { factsChanged, hourStart, notice, type OutboxRow } from './outbox.ts'
import type { CaseRow } from './pages.ts'

/** Rows of the outbox. What makes nothing earlier may wait `coalesceMs` and be told with the next. */
export function toTell(
  before: State | undefined,
  after: State,
  kind: ActKind,
  version: number,
  now: number,
  coalesceMs: number,
  changed?: { row: CaseRow; act: RecordedAct; taken: ReadonlySet<string> },
): OutboxRow[] {
  const rows: OutboxRow[] = []
  const wasOpen = (n: number) => before?.facts.hours.some((hour) => hour.n === n && isRunning(hour)) ?? false
  for (const hour of after.facts.hours) if (isRunning(hour) && !wasOpen(hour.n)) rows.push(hourStart(hour.n, version, now))
  rows.push(factsChanged(kind, version, now, now + (isNews(before, after, changed?.taken ?? new Set()) ? 0 : coalesceMs)))
  if (before && changed) {
    // Withdrawn evidence of an hour: the supervisor hears of it at once.
    for (const hour of after.facts.hours)
      if (isRunning(hour) && before.facts.hours.some((was) => was.n === hour.n && was.closedAt !== undefined))
        rows.push(
          notice(
            {
              key: `${changed.row.id}/hour-reopened/${hour.n}/${changed.act.id}`,
              caseId: changed.row.id,
              caseNumber: changed.row.number,
              organisation: changed.row.organisation,
              programme: changed.row.programme,
              rule: 'CP-10',
              row: 'urgent-measures',
              deadlineKey: `CP-10/${hour.n}`,
              hour: hour.n,
              urgent: true,
              receivedAt: hour.receivedAt,
              sendAt: now,
              event: 'hour-reopened',
              people: peopleOf(changed.row),
              steps: [
                { key: `${changed.row.id}/hour-reopened/${changed.act.id}`, do: 'escalate', at: now, whom: ['supervisor'], repeat: 0 },
              ],
            },
            version,
            now,
          ),
        )
  }
  return rows
}

/** Does the workflow have to know now: something comes earlier, a stage changed, the case or an hour ended? */
function isNews(before: State | undefined, after: State, taken: ReadonlySet<string>): boolean {
  if (!before) return true
  if (before.facts.stage !== after.facts.stage || before.facts.ended !== after.facts.ended || before.facts.edition !== after.facts.edition)
    return true
  if (!isSame(before.facts.hours, after.facts.hours)) return true
  return (nextStepAt(after.history, taken) ?? Infinity) < (nextStepAt(before.history, taken) ?? Infinity)
}

/** What came from the record has its members in another order, and none that are undefined. */
export const isSame = (one: unknown, other: unknown): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other)))

const isRunning = (hour: { closedAt?: number; withdrawnAt?: number }) => hour.closedAt === undefined && hour.withdrawnAt === undefined
