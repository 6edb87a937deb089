import type { Bed } from './bed.ts'
import { ms, quantile } from './figures.ts'
import { Floor } from './floor.ts'
import { closedLoop, openLoop } from './loops.ts'
import { requestOf } from './people.ts'

/** `warm`: registrations before the clock runs. `most`: so many registrations of the floor are planned for each second of as many as the clients can do. */
export type SavingSize = { warm: number; rate: number; seconds: number; rounds: number; clients: number; most: number }

/** Saving a form beside its floor, in turns: what disturbs the machine meanwhile disturbs both. */
export async function savingForms(bed: Bed, { warm, rate, seconds, rounds, clients, most }: SavingSize): Promise<void> {
  const { figures } = bed
  figures.begin('saving a form')
  const floor = await Floor.open(bed)
  let n = 0
  const save = () => bed.save(requestOf(n++))
  await floor.plan(warm)
  await closedLoop(4, Infinity, () => floor.run(), warm)
  await closedLoop(4, Infinity, save, warm)

  const took: number[] = []
  const floorTook: number[] = []
  for (let round = 0; round < rounds; round++) {
    await floor.plan(rate * seconds)
    floorTook.push(...(await openLoop(rate, seconds, () => floor.run())))
    took.push(...(await openLoop(rate, seconds, save)))
  }
  const [p50, floor50] = [quantile(took, 0.5), quantile(floorTook, 0.5)]
  figures.note(
    `a form at ${rate} a second, p50`,
    `${ms(p50)} (floor ${ms(floor50)}, ${(p50 / floor50).toFixed(2)} ×)`,
    '≤ 1.5 × floor',
    p50 <= 1.5 * floor50,
  )
  figures.note(`a form at ${rate} a second, p99`, `${ms(quantile(took, 0.99))} (floor ${ms(quantile(floorTook, 0.99))})`)

  const [all, ofFloor] = [
    { done: 0, seconds: 0 },
    { done: 0, seconds: 0 },
  ]
  const add = (to: typeof all, more: typeof all) => ((to.done += more.done), (to.seconds += more.seconds))
  for (let round = 0; round < rounds; round++) {
    await floor.plan(most * seconds)
    add(ofFloor, await closedLoop(clients, seconds, () => floor.run(), floor.left))
    add(all, await closedLoop(clients, seconds, save))
  }
  const [floorRate, reached] = [ofFloor.done / ofFloor.seconds, all.done / all.seconds]
  figures.note(
    `${clients} clients saving forms`,
    `${reached.toFixed(0)}/s (floor ${floorRate.toFixed(0)}/s, ${((100 * reached) / floorRate).toFixed(0)} %)`,
    '≥ 40 % of the floor',
    reached >= 0.4 * floorRate,
  )
  await floor.close()
}
