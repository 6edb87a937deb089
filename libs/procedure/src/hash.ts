/** FNV-1a over 64 bits of the canonical JSON of a value: enough to notice a changed number; not for secrets. */
export function hashOf(value: unknown): string {
  let hash = 0xcbf29ce484222325n
  for (const char of canonical(value)) {
    hash ^= BigInt(char.codePointAt(0)!)
    hash = (hash * 0x100000001b3n) & 0xffffffffffffffffn
  }
  return hash.toString(16).padStart(16, '0')
}

/** JSON with sorted keys, so that the order in which a row is written does not matter. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`)
    .join(',')}}`
}
