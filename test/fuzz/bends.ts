/** What is done to a right body: to its members, and to its text on the way. */
import fc from 'fast-check'
import { HOLES, oddText, oddValue, TIMES } from './values.ts'

type Json = unknown

/** One thing done to a right body. `at`: which member, counted through. */
export type Bend = {
  at: number
  how: 'drop' | 'set' | 'time' | 'id' | 'number' | 'wrap' | 'add' | 'many' | 'key'
  value: Json
  name: string
}
export const bend: fc.Arbitrary<Bend> = fc.record({
  at: fc.nat(60),
  how: fc.constantFrom<Bend['how']>('drop', 'set', 'set', 'set', 'time', 'id', 'number', 'wrap', 'add', 'many', 'key'),
  value: oddValue,
  name: fc.oneof(
    fc.constantFrom('__proto__', 'constructor', 'toString', '', 'organisation', 'role', 'id', 'version', 'by', 'colour', '\0'),
    oddText,
  ),
})

type Spot = { of: Record<string | number, Json>; key: string | number }
function spotsOf(root: Json): Spot[] {
  const spots: Spot[] = []
  const walk = (node: Json): void => {
    if (node === null || typeof node !== 'object') return
    for (const key of Array.isArray(node) ? node.keys() : Object.keys(node)) {
      spots.push({ of: node as Record<string | number, Json>, key })
      walk((node as Record<string | number, Json>)[key])
    }
  }
  walk(root)
  return spots
}

/** An own member whatever its name: `__proto__` too. */
const put = (of: object, key: string | number, value: Json): void =>
  void Object.defineProperty(of, key, { value, enumerable: true, writable: true, configurable: true })

export function bent(right: Json, bends: readonly Bend[]): Json {
  const root = { body: structuredClone(right) }
  // Made anew each time: what is put in may be bent itself, and must not hold itself.
  for (const { at, how, value: given, name } of bends) {
    const value = structuredClone(given)
    const spots = spotsOf(root)
    if (spots.length === 0) break
    const { of, key } = spots[at % spots.length]!
    const old = of[key]
    if (how === 'drop') {
      if (Array.isArray(of)) of.splice(Number(key), 1)
      else delete of[key]
    } else if (how === 'set') put(of, key, value)
    else if (how === 'time') put(of, key, TIMES[at % TIMES.length])
    else if (how === 'id') put(of, key, HOLES[at % HOLES.length])
    else if (how === 'number') put(of, key, typeof value === 'number' ? value : -at)
    else if (how === 'wrap') put(of, key, at % 2 ? [old] : { value: old })
    else if (how === 'many')
      put(
        of,
        key,
        Array.from({ length: at * 10 }, () => (Array.isArray(old) ? old[0] : old) ?? null),
      )
    else if (Array.isArray(old)) old.push(value)
    else if (old !== null && typeof old === 'object') put(old, name, value)
    else put(of, Array.isArray(of) ? of.length : how === 'key' ? `${key} ` : name, value)
  }
  return root.body
}

/** What happens to the text on its way. */
export type Torn = 'none' | 'cut' | 'twice' | 'deep' | 'wide' | 'bom' | 'bytes' | 'comma' | 'full' | 'over' | 'other'
export const torn = (text: string, how: Torn, n: number): { body: string; bytes?: boolean } => {
  if (how === 'cut') return { body: text.slice(0, n % (text.length + 1)) }
  if (how === 'twice') return { body: n % 2 ? text + text : text.replace('{', '{"version":1,"version":2,"form":null,') }
  if (how === 'deep') return { body: `{"form":${'['.repeat(n)}${']'.repeat(n)}}` }
  if (how === 'wide') return { body: `{"criteria":[${'1,'.repeat(n * 40)}1]}` }
  if (how === 'bom') return { body: `\ufeff${text}` }
  if (how === 'bytes') return { body: text.replaceAll(/[^\x20-\x7e]/g, '\xff').replace('@mark@', '\xc3\x28'), bytes: true }
  if (how === 'comma') return { body: text.replace(/}$/, ',}') }
  if (how === 'full') return { body: text + ' '.repeat(Math.max(0, 1_048_576 - Buffer.byteLength(text) - 200)) }
  if (how === 'over') return { body: text + ' '.repeat(1_048_577) }
  if (how === 'other') return { body: ['', 'null', '[]', '"x"', '1', 'x=1&y=2', '{}', '{"":0}', '\0'][n % 9]! }
  return { body: text }
}
