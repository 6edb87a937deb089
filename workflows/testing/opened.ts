/** A history with what is sealed in it opened, by the way the Temporal UI goes: every payload it meets is sent to be decoded. */

/** As the UI sends and gets them: bytes in base64. */
export type JsonPayload = { metadata?: Record<string, string>; data?: string }
export type Decode = (payloads: JsonPayload[]) => Promise<JsonPayload[]>

export async function opened(value: unknown, decode: Decode): Promise<unknown> {
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every(isPayload)) return decode(value)
    return Promise.all(value.map((one) => opened(one, decode)))
  }
  if (isPayload(value)) return (await decode([value]))[0]
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(async ([name, one]) => [name, await opened(one, decode)] as const)
  return Object.fromEntries(await Promise.all(entries))
}

const isPayload = (value: unknown): value is JsonPayload =>
  typeof value === 'object' && value !== null && 'metadata' in value && 'data' in value
