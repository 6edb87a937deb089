/** The level that a form with criteria sends: the proposed one unless another was chosen; `undecided` leaves it to later. Pure. */
import { proposeRisk } from '@tirek/procedure/child-protection/criteria'

export function withLevel(form: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { level: chosen, ...rest } = form
  const level = chosen ?? proposeRisk((form['criteria'] as string[] | undefined) ?? []).level
  return level === undefined || level === 'undecided' ? rest : { ...rest, level }
}
