/** What differs between two versions of a form. Pure. */

type Form = Readonly<Record<string, unknown>>

const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

/** Members in one order: two forms say the same whichever was typed first. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  )
}

/** The fields that differ, as they were and as they are; of a list only the entries that the other one has not. */
export function changesBetween(before: Form, now: Form): { was: Form; is: Form } {
  const was: Record<string, unknown> = {}
  const is: Record<string, unknown> = {}
  for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const [a, b] = [before[name], now[name]]
    if (same(a, b)) continue
    if (Array.isArray(a) && Array.isArray(b)) {
      const [gone, come] = [
        a.filter((one) => !b.some((other) => same(one, other))),
        b.filter((one) => !a.some((other) => same(one, other))),
      ]
      // The same entries in another order.
      if (gone.length + come.length === 0) continue
      if (gone.length > 0) was[name] = gone
      if (come.length > 0) is[name] = come
      continue
    }
    if (a !== undefined) was[name] = a
    if (b !== undefined) is[name] = b
  }
  return { was, is }
}
