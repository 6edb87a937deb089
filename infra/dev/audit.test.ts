/** What the answer of `npm audit` means, and that neither a missing nor a silent registry fails or holds up the tests. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { askAudit, readAudit } from './audit.mjs'

/** npm remembers what it was told of holes: not in the cache of whoever runs this. */
const cache = mkdtempSync(join(tmpdir(), 'tirek-npm-'))
afterAll(() => rmSync(cache, { recursive: true, force: true }))
let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})
/** npm against a registry of our own. */
async function askOf(answer: ((path: string) => string | undefined) | 'silent', longestMs = 10_000) {
  server = createServer((request, response) => {
    const said = answer === 'silent' ? undefined : answer(request.url ?? '')
    if (said !== undefined) response.writeHead(200, { 'content-type': 'application/json' }).end(said)
  })
  await new Promise<void>((listening) => server!.listen(0, '127.0.0.1', listening))
  const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return askAudit({ ...process.env, npm_config_registry: registry, npm_config_cache: cache }, longestMs)
}

test('a registry that knows a hole in a package of ours: high fails and is named, moderate does not', async () => {
  const version = '10.4.0'
  // npm asks for what is known of the package, and of those that need it.
  const packumentOf = (name: string) => ({ name, 'dist-tags': { latest: version }, versions: { [version]: { name, version } } })
  const of = (severity: string, id: number) => (path: string) =>
    JSON.stringify(
      path.endsWith('/bulk')
        ? { pino: [{ id, title: 'A hole', url: 'https://advisories.example/1', severity, vulnerable_versions: '*' }] }
        : packumentOf(decodeURIComponent(path.slice(1))),
    )
  expect(await askOf(of('high', 1))).toMatchObject({
    state: 'holes',
    lines: ['npm audit: pino * is high: A hole https://advisories.example/1'],
  })
  server?.close()
  expect(await askOf(of('moderate', 2))).toMatchObject({ state: 'clean' })
})

test('a registry without this service, a silent one and none at all are not failures', async () => {
  expect(await askOf(() => 'no JSON')).toMatchObject({ state: 'not-checked' })
  server?.close()
  const began = performance.now()
  expect(await askOf('silent', 3_000)).toMatchObject({
    state: 'not-checked',
    lines: [expect.stringMatching(/^npm audit: not checked \(.+\)$/)],
  })
  expect(performance.now() - began).toBeLessThan(6_000)
  const nowhere = { ...process.env, npm_config_registry: 'http://127.0.0.1:9/' }
  expect(await askAudit(nowhere)).toMatchObject({ state: 'not-checked', lines: [expect.stringMatching(/^npm audit: not checked \(.+\)$/)] })
  expect(await askAudit({ ...process.env, PATH: '/nowhere' })).toMatchObject({ state: 'not-checked' })
})

test('answers that are none', () => {
  for (const json of ['', 'null', '{}', '[]', '{"message":"405 Method Not Allowed"}', '{"error":{"summary":"s"}}'])
    expect(readAudit(json).state, json).toBe('not-checked')
})
