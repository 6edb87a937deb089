import { until } from '../world/running.ts'
import type { Bed } from './bed.ts'
import { ms, quantile } from './figures.ts'
import { openLoop } from './loops.ts'
import { requestOf } from './people.ts'

export type RelaySize = { hours: number; acts: number }

/** From the form to the workflow of its hour, behind whatever waits already. */
export async function startOfAnHour(bed: Bed, { hours }: RelaySize): Promise<void> {
  bed.figures.begin('start of an hour')
  const waiting = await bed.count('SELECT count(*) FROM cases.outbox')
  const took: number[] = []
  for (let n = 0; n < hours; n++) {
    const began = performance.now()
    const id = await bed.save(requestOf(n, 'high'))
    await acknowledged(bed, 'the hour runs', 'SELECT count(*) FROM cases.workflow_ack WHERE case_id = $1 AND hour = 0', id)
    took.push(performance.now() - began)
  }
  bed.figures.note(`start of an hour, ${waiting} rows before it, p99`, ms(quantile(took, 0.99)), '≤ 1 s', quantile(took, 0.99) <= 1_000)
}

/** From the answer to a form to its workflow's confirmation, at an even five a second. */
export async function relayLag(bed: Bed, { acts }: RelaySize): Promise<void> {
  bed.figures.begin('relay at five acts a second')
  await caughtUp(bed)
  const lags: number[] = []
  const took = await openLoop(5, acts / 5, async (n) => {
    const id = await bed.save(requestOf(n))
    const began = performance.now()
    await acknowledged(bed, 'told', 'SELECT count(*) FROM cases.workflow_ack WHERE case_id = $1', id)
    lags.push(performance.now() - began)
  })
  lags.push(...took.filter((one) => one === Infinity))
  bed.figures.note('relay lag at five acts a second, p99', ms(quantile(lags, 0.99)), '≤ 1 s', quantile(lags, 0.99) <= 1_000)
}

/** Resolves when the relay has told all that is due. What may wait a minute for the next act, as some of the demo data does, is not. */
export const caughtUp = (bed: Bed): Promise<true> =>
  until(
    'the relay has caught up',
    async () =>
      (await bed.count('SELECT count(*) FROM cases.outbox WHERE attempts > 0 OR not_before <= $1', [Date.now()])) === 0 ? true : undefined,
    900,
  )

const acknowledged = (bed: Bed, what: string, sql: string, id: string) =>
  until(what, async () => ((await bed.count(sql, [id])) > 0 ? true : undefined))
