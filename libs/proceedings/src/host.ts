import type { Clock } from '@tirek/platform/clock'

/** Where the pages are, and what time it is. */
export class Host {
  readonly name: string
  readonly url: string
  readonly #clock: Clock

  constructor(webUrl: string, clock: Clock) {
    this.url = webUrl.replace(/\/$/, '')
    this.name = new URL(webUrl).hostname
    this.#clock = clock
  }

  now = (): number => this.#clock.now()
}
