/** The record as a list: what was withdrawn, and the order in which things happened. */
import type { RecordedAct } from '../../case.ts'
import type { Instant } from '../../time.ts'
import { ACT_KINDS } from '../acts.ts'

type Act = RecordedAct<string, unknown>

/** Of acts of one millisecond: the one that made the earlier version of the facts; an id says nothing but is always the same. */
export const cameFirst = (a: Act, b: Act): number => (a.version ?? 0) - (b.version ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** Withdrawn act → the withdrawal that holds. A withdrawal may itself be withdrawn, by a later one. */
export function withdrawals(acts: readonly Act[]): ReadonlyMap<string, { id: string; recordedAt: Instant }> {
  const gone = new Map<string, { id: string; recordedAt: Instant }>()
  const latestFirst = acts.filter((act) => act.kind === 'withdrawn').sort((a, b) => b.recordedAt - a.recordedAt || cameFirst(b, a))
  for (const act of latestFirst) {
    if (gone.has(act.id)) continue
    gone.set((act.fact as { act: string }).act, { id: act.id, recordedAt: act.recordedAt })
  }
  return gone
}

/** The acts that count. */
export function effective<A extends Act>(acts: readonly A[]): A[] {
  const gone = withdrawals(acts)
  return acts.filter((act) => act.kind !== 'withdrawn' && !gone.has(act.id))
}

const place = new Map<string, number>(ACT_KINDS.map((kind, i) => [kind, i]))
const opens = (act: Act) => (act.kind === 'help-request-registered' || act.kind === 'taken-over-from-paper' ? 0 : 1)
const placeOf = (act: Act) => place.get(act.kind) ?? ACT_KINDS.length

/** What makes a case comes first, whatever its times; then by happened, recorded, the procedure's own order, version. */
const inOrder = (a: Act, b: Act) =>
  opens(a) - opens(b) || a.happenedAt - b.happenedAt || a.recordedAt - b.recordedAt || placeOf(a) - placeOf(b) || cameFirst(a, b)

export const byHappening = <A extends Act>(acts: readonly A[]): A[] => [...acts].sort(inOrder)
