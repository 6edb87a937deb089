/** Why a deadline is due, as people who see the case read it. */
import type { DeadlineGrounds } from '@tirek/contract/answers'
import { ADDRESSEES, CONTACT_BY, PLACEMENTS, REVIEW_DECISIONS, RISK_LEVELS } from '@tirek/contract/forms/codes'
import { REFERRAL_BODIES } from '@tirek/contract/forms/referral-codes'
import type { Decision } from '@tirek/policy/decide'
import type { Deadline } from '@tirek/procedure/deadline'
import type { Ground, Grounds, Text } from '@tirek/procedure/programme'

const VALUES: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  placement: PLACEMENTS,
  'contact-by': CONTACT_BY,
  level: RISK_LEVELS,
  addressee: { ...ADDRESSEES, ...REFERRAL_BODIES },
  decision: REVIEW_DECISIONS,
}

const OF_HOURS = new Set(['measures-agreed', 'law-enforcement', 'juvenile-inspection', 'evidence-withdrawn'])

/** What of the case a fact tells: whoever does not see that is told the deadline without it. */
const isSeen = ({ code, value }: Ground, decision: Decision): boolean => {
  if (OF_HOURS.has(code)) return decision.sees('hours')
  if (code === 'as-parents') return decision.seesNow('placement')
  if (value === undefined || !('of' in value)) return true
  if (value.of === 'placement') return decision.seesNow('placement')
  if (value.of === 'level') return decision.sees('risk')
  if (value.of === 'contact-by') return decision.acts.kinds.includes('contact-made')
  return true
}

/** `began`: the label of the act that the term is counted from, where the person sees it. */
export const groundsView = (deadline: Deadline, grounds: Grounds, decision: Decision, began: Text | undefined): DeadlineGrounds => ({
  key: deadline.key,
  rule: deadline.rule,
  text: grounds.text,
  source: grounds.source,
  ...(grounds.norm ? { norm: grounds.norm } : {}),
  facts: grounds.facts
    .filter((fact) => isSeen(fact, decision))
    .map((fact) => {
      const value = fact.code === 'counted-from' ? began : valueOf(fact)
      return {
        what: fact.what,
        ...(fact.at === undefined ? {} : { at: fact.at }),
        ...(fact.day === undefined ? {} : { day: fact.day }),
        ...(fact.missing ? { missing: true as const } : {}),
        ...(value ? { value } : {}),
      }
    }),
})

function valueOf({ value }: Ground): Text | undefined {
  if (value === undefined) return undefined
  return 'said' in value ? value.said : (VALUES[value.of]?.[value.code] ?? { ru: value.code, kk: value.code, en: value.code })
}
