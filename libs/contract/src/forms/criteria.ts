/** The risk criteria as a choice, made from the procedure's table. */
import { CRITERIA, type Code } from '@tirek/procedure/child-protection/criteria'

const NOT_RISK = new Set(['kind-of-risk', 'closure'])

/** Codes that are ticked on the criteria list (kinds of risk and closure have fields of their own). */
export const PROCEDURE_CRITERIA = (Object.keys(CRITERIA) as Code[]).filter((code) => !NOT_RISK.has(CRITERIA[code].group)) as [
  Code,
  ...Code[],
]

export const CLOSURE_CRITERIA = (Object.keys(CRITERIA) as Code[]).filter((code) => CRITERIA[code].group === 'closure') as [Code, ...Code[]]
