import type { Instant } from '@tirek/procedure/time'

let shift = 0

/** Now by the workflow's own clock: the same again when its history is replayed. */
export const now = (): Instant => Date.now() + shift

/** Only for the proof, whose test server cannot start on a day of our choice (see `testing/shifted-bundle.ts`). */
export const shiftClock = (milliseconds: number) => {
  shift = milliseconds
}
