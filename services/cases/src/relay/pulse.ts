/** How fast something happens, by the machine's clock: it is about load, not about a due. */
export class Pulse {
  readonly #beats: Float64Array
  #next = 0

  /** `many`: this many in a second are fast. */
  constructor(many: number) {
    this.#beats = new Float64Array(many).fill(Number.NEGATIVE_INFINITY)
  }

  beat(): void {
    this.#beats[this.#next] = performance.now()
    this.#next = (this.#next + 1) % this.#beats.length
  }

  isFast(): boolean {
    return performance.now() - this.#beats[this.#next]! < 1_000
  }
}
