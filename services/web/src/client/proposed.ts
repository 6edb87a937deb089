/** Who is proposed for a meeting, by the needs of the plan and the territory. Ticked by itself is the only one of its kind: of several somebody chooses. */
import { kindsProposed, type AgencyKindProposed, type PlanNeeds } from '@tirek/procedure/meetings/proposed'

type Agency = { id: string; name: string; kind: string; territory: string }
export type Proposed = { id: string; name: string; kind: AgencyKindProposed; isOnly: boolean }

/** In the order of the plan's needs. */
export const proposedOf = (plan: PlanNeeds, territory: string, agencies: readonly Agency[]): Proposed[] =>
  kindsProposed(plan).flatMap((kind) => {
    const of = agencies.filter((one) => one.kind === kind && one.territory === territory)
    return of.map(({ id, name }) => ({ id, name, kind, isOnly: of.length === 1 }))
  })
