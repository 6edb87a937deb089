/** Places along a row: as near as can be to where each would like to stand, in their order, never closer than allowed. */
import type { Rows } from './rows.ts'

/** Least squares under order and distance (pool adjacent violators). `apart[i]`: least distance from the one before. */
export function spread(wanted: readonly number[], apart: readonly number[], weights: readonly number[] = wanted.map(() => 1)): number[] {
  const before: number[] = []
  let sum = 0
  for (const [i, one] of apart.entries()) {
    if (i > 0) sum += one
    before.push(sum)
  }
  const pools: { mean: number; weight: number; n: number }[] = []
  for (const [i, want] of wanted.entries()) {
    let pool = { mean: want - before[i]!, weight: weights[i]!, n: 1 }
    for (let last = pools.at(-1); last !== undefined && last.mean >= pool.mean; last = pools.at(-1)) {
      pools.pop()
      const weight = last.weight + pool.weight
      pool = { mean: (last.mean * last.weight + pool.mean * pool.weight) / weight, weight, n: last.n + pool.n }
    }
    pools.push(pool)
  }
  let i = 0
  return pools.flatMap(({ mean, n }) => Array.from({ length: n }, () => mean + before[i++]!))
}

const ROUNDS = 24

/** Where the middle of each member stands. `apart`: least distance of two on a row; `between`: so much more between two families. */
export function placesOf({ rows, unions, unionOf }: Rows, apart: number, between: number): ReadonlyMap<string, number> {
  const x = new Map<string, number>()
  const rowOf = new Map(rows.flatMap((ids, row) => ids.map((id, i) => [id, { row, i }] as const)))
  const beside = (a: string, b: string) => rowOf.get(a)!.row === rowOf.get(b)!.row && Math.abs(rowOf.get(a)!.i - rowOf.get(b)!.i) === 1
  const isFamily = (a: string, b: string) =>
    (unionOf.get(a) !== undefined && unionOf.get(a) === unionOf.get(b)) ||
    !unionOf.has(a) ||
    !unionOf.has(b) ||
    unions.some(({ parents }) => parents.includes(a) && parents.includes(b))
  const distances = rows.map((ids) => ids.map((id, i) => apart + (i > 0 && !isFamily(ids[i - 1]!, id) ? between : 0)))
  for (const ids of rows) for (const [i, id] of ids.entries()) x.set(id, i * apart)
  const middle = (ids: readonly string[]) => (Math.min(...ids.map((id) => x.get(id)!)) + Math.max(...ids.map((id) => x.get(id)!))) / 2
  /** How far from their common middle each would stand, if they and whoever is between them stood close. */
  const fromMiddle = (ids: readonly string[]) => {
    const at = ids.map((id) => rowOf.get(id)!.i)
    const centre = (Math.min(...at) + Math.max(...at)) / 2
    return ids.map((id, i) => [id, (at[i]! - centre) * apart] as const)
  }

  const settle = (row: number, wishes: ReadonlyMap<string, number[]>) => {
    const ids = rows[row]!
    const wanted = ids.map((id) => {
      const own = wishes.get(id)
      return own ? own.reduce((sum, one) => sum + one, 0) / own.length : x.get(id)!
    })
    // Whoever wishes nothing goes along.
    const weights = ids.map((id) => (wishes.has(id) ? 1 : 0.05))
    for (const [i, place] of spread(wanted, distances[row]!, weights).entries()) x.set(ids[i]!, place)
  }
  const shifted = (down: boolean) => {
    const wishes = new Map<string, number[]>()
    for (const { parents, children } of unions) {
      const centre = middle(down ? parents : children)
      for (const [id, by] of fromMiddle(down ? children : parents)) wishes.set(id, [...(wishes.get(id) ?? []), centre + by])
    }
    // A partner without a wish of their own stays close.
    for (const ids of rows)
      for (const [i, id] of ids.entries()) {
        if (wishes.has(id)) continue
        const near = [ids[i - 1], ids[i + 1]].find((one) => one !== undefined && wishes.has(one) && beside(id, one))
        if (near) wishes.set(id, [wishes.get(near)![0]! + (ids.indexOf(near) < i ? apart : -apart)])
      }
    return wishes
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (let row = 1; row < rows.length; row++) settle(row, shifted(true))
    for (let row = rows.length - 2; row >= 0; row--) settle(row, shifted(false))
  }
  return x
}
