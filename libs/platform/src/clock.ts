/** The one clock: every instant that is stored or compared with a due comes from it. Sockets, tokens and leases use the machine's. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number
}

export const machineClock: Clock = { now: () => Date.now() }

/** A clock that moves only when told: tests let months pass with it. */
export class ManualClock implements Clock {
  #now: number
  constructor(start: number) {
    this.#now = start
  }
  now(): number {
    return this.#now
  }
  set(instant: number): void {
    if (instant < this.#now) throw new RangeError('a clock does not go back')
    this.#now = instant
  }
}
