/** What a form that opens a case says of the child and of who leads it. */
import { definitionOf } from '@tirek/contract/acts'
import type { Warning } from '@tirek/contract/answers'
import type { HelpRequest } from '@tirek/contract/forms/help-request'
import { iinWarnings } from '@tirek/contract/iin'
import { fold } from '@tirek/contract/names'
import { phoneOf } from '@tirek/contract/phone'
import { ProblemError } from '@tirek/platform/problem'
import type { Who } from '@tirek/platform/auth'
import type { RecordedAct } from '@tirek/procedure/case'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { dayOf, monthsBetween, startOfDay, type Instant } from '@tirek/procedure/time'
import { randomUUID } from 'node:crypto'
import type { KnownFacts } from './facts.ts'
import type { CaseRow } from './pages.ts'

/** CP-08, CP-106: at high and medium from the start, at low when the assessment confirmed it; never closed again by a change. */
export const isFileOpened = (facts: KnownFacts, before: boolean): boolean =>
  before ||
  facts.riskLevel === 'high' ||
  facts.riskLevel === 'medium' ||
  !['registered', 'primary-assessment', 'ended'].includes(facts.stage)

export type OpeningChild = {
  name?: string | undefined
  iin?: string | undefined
  phone?: string | undefined
  address?: string | undefined
  birthDate?: string | undefined
}
export type OpeningForm = {
  child: HelpRequest['child']
  anotherChild?: boolean
  familyOf?: string
  manager?: string
  registeredDay?: string
}

export function childOf(form: OpeningForm, organisation: string) {
  const { child } = form
  const phone = child.phone ? phoneOf(child.phone) : undefined
  const warnings: Warning[] = [
    ...(child.iin ? iinWarnings(child.iin, { ...(child.birthDate ? { birthDate: child.birthDate } : {}), sex: child.sex }) : []),
    ...(phone && !phone.e164 ? (['phone-unreadable'] as const) : []),
  ]
  const address = child.address ?? child.whereabouts
  const id = randomUUID()
  return {
    warnings,
    searched: { name: child.name, iin: child.iin, phone: phone?.e164, address, birthDate: child.birthDate },
    row: {
      id,
      organisation,
      family: form.familyOf ?? id,
      name: child.name ?? null,
      name_folded: child.name ? fold(child.name) : null,
      iin: child.iin ?? null,
      phone: phone?.e164 ?? phone?.typed ?? null,
      address: address ?? null,
      address_folded: address ? fold(address) : null,
      birth_date: child.birthDate ?? null,
      age: child.age ?? null,
      sex: child.sex,
    },
  }
}

export function openedAt(kind: ActKind, fact: unknown, now: number): number {
  if (kind === 'help-request-registered') return (fact as { reportedAt: number }).reportedAt
  return Math.min(now, startOfDay((fact as { registeredDay: string }).registeredDay))
}

/** CP-64: a social worker who writes it down leads the case until somebody else is named. */
export const managerOf = (kind: ActKind, form: OpeningForm, who: Who): string | undefined =>
  (kind === 'taken-over-from-paper' ? form.manager : undefined) ?? (who.role === 'social-worker' ? who.person : undefined)

/** CP-101: past the sixth birthday. */
export function isOlder(birthDate: string | null, age: { n: number; unit: string } | null, today: string): boolean {
  if (birthDate) return monthsBetween(birthDate, today) >= 72
  return age ? (age.unit === 'years' ? age.n >= 6 : age.n >= 72) : false
}

export function warningsOf(act: RecordedAct, row: CaseRow, today: string): Warning[] {
  const fact = act.fact as { signsOfCruelty?: boolean; placement?: string; worse?: boolean; problemsBack?: boolean }
  const warnings: Warning[] = []
  if (fact.signsOfCruelty) warnings.push('signs-of-cruelty')
  if (fact.placement === 'foster-family' && row.birth_date && monthsBetween(row.birth_date, today) >= 48)
    warnings.push('foster-family-over-three')
  if (fact.worse || fact.problemsBack) warnings.push('monitoring-worse')
  return warnings
}

/** A slip of the pen in the birth date would make the child as old as nobody is, and is never found again. */
export function mustBeBorn(birthDate: string | undefined, now: Instant, kind: ActKind): void {
  if (birthDate === undefined || birthDate <= dayOf(now)) return
  throw new ProblemError('bad-input', {
    issues: [{ code: 'custom', message: 'in-future', path: ['child', 'birthDate'] }],
    read: { schema: definitionOf(kind).form },
  })
}
