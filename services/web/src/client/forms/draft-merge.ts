/** Two devices, one report: what each wrote since they last agreed. Compared by the parts of the form; only where both wrote is anybody asked. Pure. */
import { PARTS, type PartId } from '../assessment-parts.ts'

export type Value = Readonly<Record<string, unknown>>
export type Merged = {
  value: Value
  /** Parts that came from there. */
  taken: PartId[]
  /** Parts that both changed: mine stand in `value`. */
  both: PartId[]
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** `base`: what both began from. Fields of no part count to the last one. */
export function merged(base: Value, mine: Value, theirs: Value): Merged {
  const value: Record<string, unknown> = { ...mine }
  const taken = new Set<PartId>()
  const both = new Set<PartId>()
  for (const { id, fields } of partsOf([base, mine, theirs])) {
    const differs = (one: Value, other: Value) => fields.some((name) => !same(one[name], other[name]))
    if (!differs(theirs, base) || !differs(theirs, mine)) continue
    if (differs(mine, base)) both.add(id)
    else {
      taken.add(id)
      for (const name of fields) set(value, name, theirs[name])
    }
  }
  return { value, taken: [...taken], both: [...both] }
}

/** Mine, with those parts as they are there. */
export function withParts(mine: Value, theirs: Value, parts: readonly PartId[]): Value {
  const value: Record<string, unknown> = { ...mine }
  for (const { id, fields } of partsOf([mine, theirs])) if (parts.includes(id)) for (const name of fields) set(value, name, theirs[name])
  return value
}

function set(value: Record<string, unknown>, name: string, to: unknown): void {
  if (to === undefined) delete value[name]
  else value[name] = to
}

function partsOf(values: readonly Value[]): { id: PartId; fields: readonly string[] }[] {
  const known = new Set(PARTS.flatMap(({ fields }) => fields))
  const others = [...new Set(values.flatMap((one) => Object.keys(one)))].filter((name) => !known.has(name))
  return PARTS.map(({ id, fields }, i) => ({ id, fields: i === PARTS.length - 1 ? [...fields, ...others] : fields }))
}
