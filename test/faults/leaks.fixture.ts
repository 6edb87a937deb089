/** Looks for what people have typed in whatever else is kept, in every shape in which it may travel there. */
import { marked, schemaOf } from '@tirek/contract/examples/marked.fixture'
import type { z } from 'zod'

/** Stands in everything that is typed by hand; its й falls apart in NFD. */
export const TYPED = 'Зыбочкйнёв'
/** The same where only Latin letters may stand: logins, addresses of mail, headers. */
export const LATIN = 'zybochkynyov'

const SHAPES = (word: string) =>
  [word, word.toUpperCase(), word.toLowerCase()].flatMap((one) => [one.normalize('NFC'), one.normalize('NFD')])
const BYTES = [...new Set([TYPED, LATIN].flatMap(SHAPES))]

/** The signs of base64 that stand for the word alone, wherever among the bytes it begins. */
const inBase64 = (word: string): string[] =>
  [0, 1, 2].map((before) => {
    const bytes = Buffer.byteLength(word)
    const whole = Buffer.concat([Buffer.alloc(before), Buffer.from(word)]).toString('base64')
    return whole.slice(Math.ceil((before * 4) / 3), Math.floor(((before + bytes) * 4) / 3))
  })
const CODED = [...new Set(BYTES.flatMap(inBase64))].flatMap((one) => [one, one.replaceAll('+', '-').replaceAll('/', '_')])
const HEX = BYTES.map((word) => Buffer.from(word).toString('hex'))
const PLAIN = [TYPED, LATIN].map((word) => word.normalize('NFC').toLowerCase())

const unescaped = (text: string) => text.replaceAll(/\\+u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
const undone = (text: string, mark: string) =>
  text.replaceAll(new RegExp(`(?:${mark}[0-9a-f]{2})+`, 'gi'), (run) => Buffer.from(run.replaceAll(mark, ''), 'hex').toString('utf8'))

/** `how: what stands around it` for each way in which something typed stands in the text. */
export function leaksIn(text: string): string[] {
  const ways: [string, string, readonly string[]][] = [
    ['plain', text, PLAIN],
    ['in an escape of JSON', /\\u[0-9a-f]{4}/i.test(text) ? unescaped(text) : '', PLAIN],
    ['in a URL', text.includes('%') ? undone(text, '%') : '', PLAIN],
    ['quoted-printable', /=[0-9A-F]{2}/.test(text) ? undone(text.replaceAll(/=\r?\n/g, ''), '=') : '', PLAIN],
  ]
  const found = ways.flatMap(([how, of, words]) => {
    const read = of.normalize('NFC').toLowerCase()
    const at = words.map((word) => read.indexOf(word)).find((place) => place >= 0)
    return at === undefined ? [] : [`${how}: …${read.slice(Math.max(0, at - 80), at + 60)}…`]
  })
  const lower = text.toLowerCase()
  const coded = CODED.find((word) => text.includes(word))
  if (coded) found.push(`base64: …${text.slice(Math.max(0, text.indexOf(coded) - 60), text.indexOf(coded) + 60)}…`)
  if (HEX.some((word) => lower.includes(word))) found.push('hexadecimal')
  return found
}

let n = 0
/** An example in which all that people write by hand is marked, with a number of its own. */
export function typedForm(form: z.ZodType, example: unknown): Record<string, unknown> {
  const { form: made } = marked(schemaOf(form), example)
  return JSON.parse(JSON.stringify(made).replaceAll(/Мх\d+хМ/g, () => `${TYPED} ${n++}`)) as Record<string, unknown>
}
