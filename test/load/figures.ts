/** What was measured beside what is wanted. */
export type Figure = { what: string; measured: string; wanted: string; isReached: boolean | undefined }

export class Figures {
  readonly all: Figure[] = []
  readonly #say: (line: string) => void

  constructor(say: (line: string) => void) {
    this.#say = say
  }

  /** Says what is measured now. */
  begin(what: string): void {
    this.#say(what)
  }

  /** Without `isReached` the figure is shown and wants nothing. */
  note(what: string, measured: string, wanted = '', isReached?: boolean): void {
    this.all.push({ what, measured, wanted, isReached })
    const mark = isReached === undefined ? '   ' : isReached ? ' = ' : '!! '
    this.#say(`${mark}${what.padEnd(58)} ${measured.padEnd(56)} ${wanted}`)
  }

  /** One line: how many are as wanted, and which are not. */
  get summary(): string {
    const wanted = this.all.filter(({ isReached }) => isReached !== undefined)
    const missed = wanted.filter(({ isReached }) => !isReached).map(({ what }) => what)
    const rest = missed.length > 0 ? `; not reached: ${missed.join('; ')}` : ''
    return `${wanted.length - missed.length} of ${wanted.length} figures as wanted${rest}`
  }
}

/** The value below which the part `q` of all lies; NaN of none. */
export const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} ms`
