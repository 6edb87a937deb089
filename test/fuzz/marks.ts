/** Marks by which data of one organisation is known wherever it turns up, and the look for them in an answer. */
import type { Role } from '@tirek/contract/roles'

/** `none`: belongs to no organisation, or to none that is hidden. */
export type Side = 'a' | 'b' | 'none'

/** Begins the numbers of an organisation's cases. */
export const PREFIXES = { a: 'QZA', b: 'QZB' } as const
const MARK = /qzx(p?)([abn])([0-9a-z]+)xzq/gi
const NUMBER = /QZ([AB])-\d{4}-\d+/g
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi
const BASE64 = /[A-Za-z0-9_-]{24,}={0,2}/g

/** Roles that see no content of any case, and say who works where for all organisations. */
const EVERYWHERE: readonly (Role | undefined)[] = ['administrator', 'auditor']

export type Reader = { name: string; side: Side; role?: Role | undefined }

export class Marks {
  #last = 0
  /** Mark → the cases whose forms hold it. */
  readonly #cases = new Map<string, Set<string>>()
  readonly #sideOfCase = new Map<string, Exclude<Side, 'none'>>()
  /** Offered: the other organisation knows that it is there. */
  readonly #offered = new Set<string>()
  /** Handed over: both organisations know what is in it. */
  readonly #shared = new Set<string>()
  readonly #numbers = new Map<string, string>()
  /** `<side> <id or number>`. */
  readonly #written = new Set<string>()

  /** A new mark: letters and digits of ASCII, so that no escaping, folding or cutting of words changes it. */
  make(side: Side, of: 'content' | 'person' = 'content'): string {
    return `qzx${of === 'person' ? 'p' : ''}${side === 'none' ? 'n' : side}${(++this.#last).toString(36)}xzq`
  }

  /** A case of this side. `number` as its page says it. */
  note(id: string, side: Exclude<Side, 'none'>, number?: string): void {
    if (!this.#sideOfCase.has(id)) this.#sideOfCase.set(id, side)
    if (number) this.#numbers.set(number, id)
  }

  /** A form with this mark went to these cases. */
  sentTo(mark: string, cases: readonly string[]): void {
    if (cases.length === 0) return
    const known = this.#cases.get(mark) ?? new Set()
    for (const id of cases) known.add(id)
    this.#cases.set(mark, known)
  }

  /** Ids and numbers that somebody wrote into a form are that side's own words from then on. */
  wrote(side: Side, text: string): void {
    for (const [id] of text.matchAll(UUID)) if (this.#sideOfCase.has(id.toLowerCase())) this.#written.add(`${side} ${id.toLowerCase()}`)
    for (const [number] of text.matchAll(NUMBER)) this.#written.add(`${side} ${number.toLowerCase()}`)
  }

  offered(id: string): void {
    this.#offered.add(id)
  }

  handedOver(id: string): void {
    this.#offered.add(id)
    this.#shared.add(id)
  }

  /** What the reader must not have got; `sent` is what they said themselves. Empty: nothing. */
  leaks(text: string, reader: Reader, sent: string): string[] {
    const found = new Set<string>()
    // Our own services know all.
    if (reader.name === 'service') return []
    // A cursor that somebody sent is theirs in whatever it is wrapped.
    const asked = [sent, ...decoded(sent)].join('\n').toLowerCase()
    const isOwnWord = (word: string) => asked.includes(word.toLowerCase()) || this.#written.has(`${reader.side} ${word.toLowerCase()}`)
    for (const readable of [text, ...decoded(text)]) {
      for (const [mark, person, side] of readable.matchAll(MARK)) {
        const low = mark.toLowerCase()
        if (side!.toLowerCase() === 'n' || asked.includes(low)) continue
        if (person ? !this.#maySeePerson(side!, reader) : !this.#maySeeContent(low, side!, reader)) found.add(low)
      }
      if (EVERYWHERE.includes(reader.role)) continue
      for (const [number, letter] of readable.matchAll(NUMBER)) {
        const id = this.#numbers.get(number)
        if (letter!.toLowerCase() !== reader.side && !(id && this.#offered.has(id)) && !isOwnWord(number)) found.add(number)
      }
      for (const [id] of readable.matchAll(UUID)) {
        const side = this.#sideOfCase.get(id.toLowerCase())
        if (side && side !== reader.side && !this.#offered.has(id.toLowerCase()) && !isOwnWord(id)) found.add(id)
      }
    }
    return [...found]
  }

  #maySeePerson(side: string, { side: own, role }: Reader): boolean {
    return EVERYWHERE.includes(role) || side.toLowerCase() === own
  }

  #maySeeContent(mark: string, side: string, { side: own, role }: Reader): boolean {
    if (EVERYWHERE.includes(role)) return false
    if (side.toLowerCase() === own) return true
    return [...(this.#cases.get(mark) ?? [])].some((id) => this.#shared.has(id))
  }

  /** The first mark in a line that is nobody's to read, as a log is. */
  static inLog(line: string): string | undefined {
    return line.match(MARK)?.[0]
  }
}

/** Cursors and the like, opened. */
function decoded(text: string): string[] {
  return (text.match(BASE64) ?? []).slice(0, 50).flatMap((one) => {
    const read = Buffer.from(one, 'base64url').toString('utf8')
    return /^[\x20-\x7e]*$/.test(read) ? [read] : []
  })
}
