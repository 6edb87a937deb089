/** What several searches of the register found, as one list. */
import type { RegisterHit } from '@tirek/contract/answers'

/** A case with everything that matched. */
export type JoinedHit = RegisterHit & { whys: RegisterHit['why'][] }

/** Each case once: most matches first, then the likest. */
export function joinedHits(lists: readonly (readonly RegisterHit[])[]): JoinedHit[] {
  const found = new Map<string, JoinedHit>()
  for (const hit of lists.flat()) {
    const known = found.get(hit.number)
    if (!known) found.set(hit.number, { ...hit, whys: [hit.why] })
    else {
      if (!known.whys.includes(hit.why)) known.whys.push(hit.why)
      known.likeness = Math.max(known.likeness, hit.likeness)
    }
  }
  return [...found.values()].toSorted((a, b) => b.whys.length - a.whys.length || b.likeness - a.likeness)
}
