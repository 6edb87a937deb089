/** CP-34: the measures that a meeting decided go into the plan as changes. They are put into the form of its next version, which its people then sign. */
import type { TimelineItem } from '@tirek/contract/answers'
import type { MeetingPage } from '@tirek/contract/meetings'
import { ask, newKey } from './api.ts'
import { formsOf } from './case-data.ts'
import type { Typed } from './form-state.ts'
import { drafts } from './me.tsx'

type Plan = {
  planVersion?: number
  needs?: unknown[]
  measures?: { id: string; action: string; due: string; responsible?: string; responsibleName?: string }[]
}
/** Whose a measure is in the plan, by who is responsible for it in the protocol. */
const WHOSE = { agency: 'agency', person: 'worker', family: 'family' } as const

/** The next version of the plan with the measures of a protocol, each once. `before`: what is typed already, else the plan that stands. */
export function planWith(before: Plan, version: number, { invitees, protocol }: Pick<MeetingPage, 'invitees' | 'protocol'>): Plan {
  const { needs = [], measures = [] } = protocol?.content ?? {}
  const known = before.measures ?? []
  const whose = (id: string | undefined, inWords: string | undefined) => {
    const one = invitees.find((invitee) => invitee.id === id)
    return one ? { responsible: WHOSE[one.who], responsibleName: one.name } : { ...(inWords && { responsibleName: inWords }) }
  }
  const fresh = measures
    .filter((one) => !known.some((other) => other.action === one.action && other.due === one.due))
    .map(({ action, due, invitee, responsible }) => ({ id: newKey(), action, due, ...whose(invitee, responsible) }))
  return {
    ...before,
    planVersion: version,
    needs: (before.needs?.length ?? 0) > 0 ? before.needs! : needs.map((text) => ({ text })),
    measures: [...known, ...fresh],
  }
}

/** Puts them into the draft of the plan on this device. */
export async function intoPlan(person: string, page: MeetingPage): Promise<void> {
  const name = `${page.caseId}/plan-signed`
  const { items } = await ask<{ items: TimelineItem[] }>(`/api/cases/${page.caseId}/timeline?limit=200`)
  const plans = formsOf(items, 'plan-signed')
  const typed = await drafts.find<Typed>(person, name)
  const value = planWith((typed?.value ?? plans[0] ?? {}) as Plan, plans.length + 1, page)
  await drafts.keep(person, name, { value, key: newKey(), kind: 'plan-signed' } satisfies Typed)
}
