/** Which acts there are, for the pages. Their forms: libs/contract. */
import { ACTS, KINDS } from '@tirek/contract/acts'
import type { ActKind } from '@tirek/procedure/child-protection/acts'

/** Every act with its name and who may record it. */
export const actList = () => KINDS.map((kind) => ({ kind, label: ACTS[kind].label, roles: ACTS[kind].roles }))

export const isKind = (kind: string): kind is ActKind => Object.hasOwn(ACTS, kind)
