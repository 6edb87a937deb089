/** Health and metrics of a process that serves nothing else. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Registry } from 'prom-client'

/** Each part's name and a check that throws when it is not well. One that is not there by choice says `absent`. */
export type HealthParts = Record<string, () => Promise<unknown>>
export type PartState = 'ok' | 'away' | 'absent'
export const isWell = (states: Record<string, PartState>): boolean => Object.values(states).every((state) => state !== 'away')

export type HealthServerOptions = {
  metrics: Registry
  parts: HealthParts
  port: number
  host: string
}

/** `port` 0 takes a free one. */
export async function startHealthServer({
  metrics,
  parts,
  port,
  host,
}: HealthServerOptions): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const answer = async () => {
      if (request.url === '/metrics') return response.writeHead(200, { 'content-type': metrics.contentType }).end(await metrics.metrics())
      if (request.url !== '/health') return response.writeHead(404).end()
      const states = await healthOf(parts)
      const well = isWell(states)
      return response
        .writeHead(well ? 200 : 503, { 'content-type': 'application/json' })
        .end(JSON.stringify({ status: well ? 'ok' : 'unwell', parts: states }))
    }
    answer().catch(() => response.destroy())
  })
  await new Promise<void>((ready, failed) => server.once('error', failed).listen(port, host, ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

/** Each part asked at once; one that has not answered `within` so many ms is away. */
export async function healthOf(parts: HealthParts, within = 1_500): Promise<Record<string, PartState>> {
  const asked = Object.entries(parts).map(async ([name, check]) => {
    try {
      const said = await Promise.race([check(), new Promise((_, late) => setTimeout(late, within, new Error('no answer')).unref())])
      return [name, said === 'absent' ? 'absent' : 'ok'] as const
    } catch {
      return [name, 'away'] as const
    }
  })
  return Object.fromEntries(await Promise.all(asked))
}
