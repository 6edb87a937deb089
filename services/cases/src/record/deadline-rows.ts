/** Deadlines of a case as rows: what changed between two states of its facts. */
import type { Deadline } from '@tirek/procedure/deadline'
import { nextStepOf } from '@tirek/procedure/next-step'

export type DeadlineRow = {
  key: string
  rule: string
  row: string
  state: string
  run_by: string
  hour: number | null
  from_at: number
  due: number | null
  due_day: string | null
  try_again_by: string | null
  waits_for: string
  closed_at: number | null
  next_step_at: number | null
  sort_at: number
}

/** One row; `taken` are the keys of the case's steps that were taken. */
export function rowOf(deadline: Deadline, taken: ReadonlySet<string>): DeadlineRow {
  const next = nextStepOf(deadline, taken)?.at ?? null
  return {
    key: deadline.key,
    rule: deadline.rule,
    row: deadline.row,
    state: deadline.state,
    run_by: deadline.runBy,
    hour: deadline.hour ?? null,
    from_at: deadline.from,
    due: deadline.due ?? null,
    due_day: deadline.dueDay ?? null,
    try_again_by: deadline.tryAgainBy ?? null,
    waits_for: deadline.waitsFor,
    closed_at: deadline.closedAt ?? null,
    next_step_at: next,
    // No term of its own: it stands in the work list where its next reminder does.
    sort_at: deadline.due ?? next ?? deadline.from,
  }
}

/** Rows that are new or differ, and keys that are no more (the act that made them was withdrawn). */
export function changesBetween(
  before: readonly Deadline[],
  after: readonly Deadline[],
  taken: ReadonlySet<string>,
): { write: DeadlineRow[]; remove: string[] } {
  const was = new Map(before.map((deadline) => [deadline.key, JSON.stringify(rowOf(deadline, taken))]))
  const write: DeadlineRow[] = []
  for (const deadline of after) {
    const row = rowOf(deadline, taken)
    const old = was.get(deadline.key)
    if (old === undefined || old !== JSON.stringify(row)) write.push(row)
    was.delete(deadline.key)
  }
  return { write, remove: [...was.keys()] }
}
