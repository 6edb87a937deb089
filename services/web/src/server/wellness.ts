/** How every part of the system is, asked at its own health. */
import { healthOf, type PartState } from '@tirek/platform/health-server'
import { z } from 'zod'

/** What a service tells beside its own health: work that it takes for others, without which it is ready all the same. */
const Told = z.object({ beside: z.record(z.string().regex(/^[a-z-]{1,30}$/), z.enum(['ok', 'away', 'absent'])).default({}) })

/** `urls`: health addresses by part. What a part tells beside its own is named `part-name`; of a part that is away nothing more is known. */
export async function wellnessOf(urls: Readonly<Record<string, string>>): Promise<Record<string, PartState>> {
  const beside: Record<string, PartState> = {}
  const parts = await healthOf(
    Object.fromEntries(
      Object.entries(urls).map(([part, url]) => [
        part,
        async () => {
          const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(1_500) })
          if (!answer.ok) throw new Error(`${part} is not well`)
          const told = Told.parse(await answer.json())
          for (const [name, state] of Object.entries(told.beside)) beside[`${part}-${name}`] = state
        },
      ]),
    ),
  )
  return { ...parts, ...beside }
}
