/** RT-01...RT-04: what the child's representative said, as a case page shows it. */
import type { CasePage, Warning } from '@tirek/contract/answers'
import type { ChildProtectionCase } from '@tirek/procedure/child-protection/facts'
import { dayOf } from '@tirek/procedure/time'

type Facts = Pick<ChildProtectionCase, 'consents' | 'stage'>

/** A consent holds up to and with its last day. */
export const consentsOf = ({ consents = {} }: Facts, now: number): CasePage['consents'] =>
  Object.entries(consents).map(([purpose, { state, at, text, until }]) => ({
    purpose,
    state: state === 'given' && until !== undefined && until < dayOf(now) ? ('expired' as const) : state,
    at,
    ...(text === undefined ? {} : { text }),
    ...(until === undefined ? {} : { until }),
  }))

/** Stages in which a family is supported by a plan, or one is made. */
const SUPPORTED: readonly string[] = ['planning', 'implementation']

/** RT-04: nothing recorded is a warning, never a block; a standing refusal is shown wherever the case stands. */
export function consentWarnings(facts: Facts, now: number): Warning[] {
  const said = consentsOf(facts, now)
  const support = said.find((one) => one.purpose === 'support')
  return [
    ...(SUPPORTED.includes(facts.stage) && (support === undefined || support.state === 'expired') ? (['consent-none'] as const) : []),
    ...(said.some((one) => one.state === 'refused' || one.state === 'withdrawn') ? (['consent-refused'] as const) : []),
  ]
}
