import type { Bed } from './bed.ts'
import { ms, quantile } from './figures.ts'

const WARM = 200

/** One person's list, read again and again, in a full register. */
export async function workList(bed: Bed, { reads }: { reads: number }): Promise<void> {
  bed.figures.begin('work list')
  const cases = await bed.count('SELECT count(*) FROM cases."case"')
  const took: number[] = []
  for (let n = 0; n < WARM + reads; n++) {
    const began = performance.now()
    await bed.read('/api/worklist?limit=20')
    if (n >= WARM) took.push(performance.now() - began)
  }
  const [p50, p99] = [quantile(took, 0.5), quantile(took, 0.99)]
  bed.figures.note(`work list of a person among ${cases} cases, p99`, `${ms(p99)} (p50 ${ms(p50)})`, '≤ 10 ms', p99 <= 10)
}
