/** What the family agrees to, and whether erasure is held: beside the stages, nothing here moves a term. */
import type { ActOf } from '../acts.ts'
import type { Draft } from './draft.ts'

export function consentGiven(draft: Draft, act: ActOf<'consent-given'>) {
  const { text, until } = act.fact
  for (const purpose of act.fact.for) draft.consents[purpose] = { state: 'given', at: act.happenedAt, text, ...(until && { until }) }
}

export function consentRefused(draft: Draft, act: ActOf<'consent-refused'>) {
  for (const purpose of act.fact.for) draft.consents[purpose] = { state: 'refused', at: act.happenedAt, text: act.fact.text }
}

export function consentWithdrawn(draft: Draft, act: ActOf<'consent-withdrawn'>) {
  for (const purpose of act.fact.for) draft.consents[purpose] = { state: 'withdrawn', at: act.happenedAt }
}

export function erasureHeld(draft: Draft, act: ActOf<'erasure-held'>) {
  if (act.fact.held) draft.held = { ground: act.fact.ground, at: act.happenedAt }
  else delete draft.held
}
