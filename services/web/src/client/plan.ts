/** The plan as it is edited, read and compared: needs by number, measures under them, their marks, what changed between two versions. Pure. */
import type { TimelineItem } from '@tirek/contract/answers'

export type PlanNeed = { kind?: string; text?: string }
export type PlanMeasure = {
  id: string
  action?: string
  from?: string
  due?: string
  responsible?: string
  person?: string
  responsibleName?: string
  need?: number
  [more: string]: unknown
}
export type Plan = { planVersion?: number; needs?: PlanNeed[]; measures?: PlanMeasure[]; [more: string]: unknown }

/** Places of the measures of a need (from 1); with nothing, of those that answer none. */
export function placesOf(plan: Plan, need: number | undefined): number[] {
  const needs = plan.needs?.length ?? 0
  return (plan.measures ?? []).flatMap((one, i) => {
    const own = one.need !== undefined && one.need >= 1 && one.need <= needs ? one.need : undefined
    return own === need ? [i] : []
  })
}

/** Without a need (its place, from 0): its measures stay and answer none; those of later needs keep theirs, whose number is one less. */
export function withoutNeed(plan: Plan, at: number): Plan {
  const n = at + 1
  return {
    ...plan,
    needs: (plan.needs ?? []).toSpliced(at, 1),
    measures: (plan.measures ?? []).map((one) => {
      if (one.need === undefined || one.need < n) return one
      if (one.need > n) return { ...one, need: one.need - 1 }
      const { need: _, ...rest } = one
      return rest
    }),
  }
}

export type Change = {
  what: 'need' | 'measure'
  how: 'added' | 'removed' | 'changed'
  text: string
  /** Of a changed one: each field that differs. */
  fields: { name: string; before: unknown; after: unknown }[]
}

const fieldsBetween = (before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): Change['fields'] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => name !== 'id' && JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => ({ name, before: before[name], after: after[name] }))

/** What another version does otherwise: needs by their words, measures by their id. A measure's need is compared by what it is, not by its number. */
export function changesBetween(before: Plan, after: Plan): Change[] {
  const reworded = rewordedIn(before.needs ?? [], after.needs ?? [])
  return [...needChanges(before.needs ?? [], after.needs ?? [], reworded), ...measureChanges(before, after, reworded)]
}

/** With an empty measure more, behind those of its need and of the needs before it: numbers of measures go up down the page. */
export function withMeasure(plan: Plan, id: string, need: number): Plan {
  const last = Array.from({ length: need }, (_, n) => placesOf(plan, n + 1)).flat()
  return { ...plan, measures: (plan.measures ?? []).toSpliced(Math.max(-1, ...last) + 1, 0, { id, need }) }
}

const textOf = (need: PlanNeed) => need.text?.trim() ?? ''
/** Of a need in other words some are the same: else it is another need. */
const MANY_LETTERS = /\p{L}{4,}/gu
const longWordsOf = (need: PlanNeed) => textOf(need).toLowerCase().match(MANY_LETTERS) ?? []

/** Needs that stand at the same place in other words: what they said before, by what they say now. */
function rewordedIn(before: readonly PlanNeed[], after: readonly PlanNeed[]): Map<string, string> {
  const [was, is] = [new Set(before.map(textOf)), new Set(after.map(textOf))]
  return new Map(
    after.flatMap((need, at): [string, string][] => {
      const old = before[at]
      if (!old || was.has(textOf(need)) || is.has(textOf(old))) return []
      const words = new Set(longWordsOf(old))
      return longWordsOf(need).some((word) => words.has(word)) ? [[textOf(need), textOf(old)]] : []
    }),
  )
}

function needChanges(before: readonly PlanNeed[], after: readonly PlanNeed[], reworded: ReadonlyMap<string, string>): Change[] {
  const was = new Map(before.map((need) => [textOf(need), need]))
  const is = new Map(after.map((need) => [textOf(need), need]))
  const olds = new Set(reworded.values())
  const added = after.filter((need) => !was.has(textOf(need)) && !reworded.has(textOf(need)))
  const removed = before.filter((need) => !is.has(textOf(need)) && !olds.has(textOf(need)))
  return [
    ...removed.map((need): Change => ({ what: 'need', how: 'removed', text: textOf(need), fields: [] })),
    ...added.map((need): Change => ({ what: 'need', how: 'added', text: textOf(need), fields: [] })),
    ...after.flatMap((need, at): Change[] => {
      const old = was.get(reworded.get(textOf(need)) ?? textOf(need))
      const fields = old ? fieldsBetween(old, need) : []
      const text = reworded.has(textOf(need)) ? `№ ${at + 1}` : textOf(need)
      return fields.length > 0 ? [{ what: 'need', how: 'changed', text, fields }] : []
    }),
  ]
}

function measureChanges(before: Plan, after: Plan, reworded: ReadonlyMap<string, string>): Change[] {
  /** The words of its need stand in for its number. */
  const said = (plan: Plan, { need, ...measure }: PlanMeasure) => {
    const own = need === undefined ? undefined : plan.needs?.[need - 1]?.text
    const text = plan === after && own !== undefined ? (reworded.get(own.trim()) ?? own) : own
    return { ...measure, ...(text !== undefined && { need: text }) }
  }
  const was = new Map((before.measures ?? []).map((one) => [one.id, one]))
  const is = new Map((after.measures ?? []).map((one) => [one.id, one]))
  return [
    ...(before.measures ?? []).flatMap((one): Change[] =>
      is.has(one.id) ? [] : [{ what: 'measure', how: 'removed', text: one.action ?? '', fields: [] }],
    ),
    ...(after.measures ?? []).flatMap((one): Change[] => {
      const old = was.get(one.id)
      if (!old) return [{ what: 'measure', how: 'added', text: one.action ?? '', fields: [] }]
      const fields = fieldsBetween(said(before, old), said(after, one))
      return fields.length > 0 ? [{ what: 'measure', how: 'changed', text: one.action ?? '', fields }] : []
    }),
  ]
}

export type Version = { act: string; at: number; plan: Plan }

/** Signed versions, the newest first. */
export const versionsOf = (timeline: readonly TimelineItem[]): Version[] =>
  timeline
    .flatMap((item): Version[] =>
      item.kind === 'plan-signed' && item.by !== undefined && !item.withdrawn && item.form
        ? [{ act: item.id, at: item.happenedAt, plan: item.form as Plan }]
        : [],
    )
    .toSorted((a, b) => (b.plan.planVersion ?? 0) - (a.plan.planVersion ?? 0) || b.at - a.at)

export type MarkOfMeasure = { mark: string; at: number; note?: string }

/** The last mark of each measure, by its id. */
export function marksOf(timeline: readonly TimelineItem[]): Map<string, MarkOfMeasure> {
  const marks = new Map<string, MarkOfMeasure>()
  const marked = timeline.filter((item) => item.kind === 'measure-marked' && item.by !== undefined && !item.withdrawn && item.form)
  for (const item of marked.toSorted((a, b) => a.happenedAt - b.happenedAt)) {
    const { measure, mark, note } = item.form as { measure: string; mark: string; note?: string }
    marks.set(measure, { mark, at: item.happenedAt, ...(note && { note }) })
  }
  return marks
}

export type FamilySaid = {
  act: string
  at: number
  signed: boolean
  by?: string
  how?: string
  signature?: string
  reason?: string
  comments?: string
}

/** What the family said to each version, by its number: as the form names it, else the newest version of before. The last word counts. */
export function familySaid(timeline: readonly TimelineItem[]): Map<number, FamilySaid> {
  const versions = versionsOf(timeline)
  const said = new Map<number, FamilySaid>()
  const all = timeline.filter((item) => item.kind === 'plan-signed-by-family' && item.by !== undefined && !item.withdrawn && item.form)
  for (const { id, happenedAt, form } of all.toSorted((a, b) => a.happenedAt - b.happenedAt)) {
    const { planVersion, ...rest } = form as unknown as Omit<FamilySaid, 'act' | 'at'> & { planVersion?: number }
    const version = planVersion ?? versions.find(({ at }) => at <= happenedAt)?.plan.planVersion
    if (version !== undefined) said.set(version, { ...rest, act: id, at: happenedAt })
  }
  return said
}
