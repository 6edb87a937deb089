import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { wellnessOf } from './wellness.ts'

test('what a service tells beside its own health is a part of its own; a service that is ready stays ready', async () => {
  const answers: Record<string, [number, string]> = {
    '/meetings': [200, '{"status":"ok","parts":{"database":"ok"},"beside":{"steps":"away"}}'],
    '/referrals': [200, '{"status":"ok","parts":{},"beside":{"steps":"ok"}}'],
    '/cases': [200, '{"status":"ok","parts":{}}'],
    '/directory': [503, '{"status":"unwell","parts":{},"beside":{"steps":"ok"}}'],
    '/relay': [200, 'no JSON'],
  }
  const server = createServer(({ url }, response) => {
    const [status, body] = answers[url!]!
    response.writeHead(status).end(body)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  try {
    const urls = Object.fromEntries(Object.keys(answers).map((path) => [path.slice(1), `http://127.0.0.1:${port}${path}`]))
    expect(await wellnessOf(urls)).toEqual({
      meetings: 'ok',
      'meetings-steps': 'away',
      referrals: 'ok',
      'referrals-steps': 'ok',
      cases: 'ok',
      directory: 'away',
      relay: 'away',
    })
  } finally {
    server.close()
  }
})
