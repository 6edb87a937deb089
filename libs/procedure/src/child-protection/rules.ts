/** Every rule of child protection by its id: source and short text. Ids are compared whole (CP-10 is not CP-101). */
import type { Rule } from './rules/row.ts'
import { STAGE_1 } from './rules/stage-1.ts'
import { STAGE_2 } from './rules/stage-2.ts'
import { STAGE_3 } from './rules/stage-3.ts'
import { STAGE_4 } from './rules/stage-4.ts'
import { SUPPORT } from './rules/support.ts'

export const RULES = { ...STAGE_1, ...STAGE_2, ...STAGE_3, ...SUPPORT, ...STAGE_4 } as const

export type RuleId = keyof typeof RULES

export const isRuleId = (id: string): id is RuleId => Object.hasOwn(RULES, id)

/** Throws when there is no such rule. */
export function ruleOf(id: string): Rule {
  if (!isRuleId(id)) throw new RangeError(`no rule ${id}`)
  return RULES[id]
}
