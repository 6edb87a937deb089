/** What the form of an act begins with, and what of it is sent. */
import type { CaseAccess } from '@tirek/contract/access'
import type { CasePage as CaseAnswer, TimelineItem } from '@tirek/contract/answers'
import type { Lang } from '@tirek/contract/roles'
import type { ReviewState } from '@tirek/contract/reviews'
import { CONSENT_TEXTS } from '@tirek/procedure/rights/consent'
import { newKey } from './api.ts'
import { formsOf } from './case-data.ts'
import { answered } from './fields.ts'
import type { Typed } from './form-state.ts'
import { groundOf, lookBehind, lookToSend } from './forms/after-closure.ts'
import { withLevel } from './level.ts'
import { systemNow } from './me.tsx'
import { versionsOf } from './plan.ts'
import type { Organisation } from './parts/taking-part.tsx'

export const REPORT = 'review-report-handed-in'
export const PLAN = 'plan-signed'

export function firstOf(
  kind: string,
  timeline: readonly TimelineItem[],
  found: CaseAnswer,
  review: ReviewState | undefined,
  hour: number | undefined,
  lang: Lang,
): Typed {
  const search = new URLSearchParams(window.location.search)
  const openHours = found.hours.filter(({ closedAt }) => closedAt === undefined)
  const value: Record<string, unknown> = {}
  if (kind === 'urgent-measures-evidenced') value['hour'] = hour ?? Number(search.get('hour') ?? openHours[0]?.n ?? 0)
  if (kind === PLAN) {
    // A new version begins as the one that stands: what a review leaves as it was is not typed again.
    const plans = formsOf(timeline, kind)
    Object.assign(value, plans[0], { planVersion: plans.length + 1 })
  }
  if (kind === REPORT) Object.assign(value, review?.form)
  if (kind === 'request-sent') value['request'] = newKey()
  if (kind === 'referral-sent') value['referral'] = newKey()
  if (kind === 'meeting-held') value['meeting'] = newKey()
  if (kind === 'measure-marked') value['measure'] = search.get('measure') ?? undefined
  if (kind === 'participation-ended') value['person'] = search.get('person') ?? undefined
  if (kind === 'plan-signed-by-family') value['planVersion'] = versionsOf(timeline)[0]?.plan.planVersion
  // The words that are read to the family now are the newest.
  if (kind === 'consent-given' || kind === 'consent-refused') value['text'] = CONSENT_TEXTS.at(-1)?.id
  if (kind === 'noted') value['what'] = search.get('what') ?? undefined
  if (kind === 'closure-asked') value['end'] = 'closed'
  if (kind === 'handed-over') value['organisation'] = found.summary.organisation
  if (kind === 'relapse') {
    const look = lookBehind(timeline)
    value['reportedAt'] = new Date(look?.at ?? systemNow()).toISOString()
    if (look) value['ground'] = groundOf(look, lang)
  }
  return { value, key: newKey(), kind }
}

export const namedOf = ({ person, name }: CaseAccess['participants'][number]) => ({ id: person, name: name ?? person })

/** Inside the organisation a file is handed over at once; to another one it is offered. */
export const organisationsFor = (kind: string, all: readonly Organisation[], own: string) =>
  all.filter(({ id }) => (id === own) === (kind === 'handed-over'))

/** The form without what was not answered. An attempt has no more than how and what. */
export function formToSend(kind: string, value: unknown): unknown {
  const form = (answered(value) ?? {}) as Record<string, unknown>
  if (kind === 'contact-attempted') return answered({ by: form['by'], note: form['note'] }) ?? {}
  if (kind === 'contact-made') delete form['note']
  if (kind === 'relapse') return withLevel(form)
  if (kind === 'plan-signed-by-family')
    return form['signed'] === true ? without(form, 'reason') : without(form, 'how', 'signature', 'confirmed')
  if (kind === 'handed-over') delete form['overNormReason']
  if (kind === 'monitoring-look') return lookToSend(form)
  return form
}

const without = (form: Record<string, unknown>, ...names: string[]) =>
  Object.fromEntries(Object.entries(form).filter(([name]) => !names.includes(name)))
