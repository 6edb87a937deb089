/** The edges of a real application over HTTP: odd paths, methods, bodies and headers change nothing; every answer carries its headers. */
import { Body, Controller, Get, Module, Param, Post } from '@nestjs/common'
import { Registry } from 'prom-client'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { DEEPEST, isPlainPath, MOST_BYTES, MOST_VALUES, mustBeModest, SERVICE_HEADERS } from './edges.ts'
import { NeedsFreshSignIn, startApp, type RunningApp } from './http.ts'
import { createLog } from './log.ts'
import { ProblemError } from './problem.ts'
import { scratchPublicKeys } from './scratch-service-keys.ts'

@Controller('api')
class Things {
  @Get('things')
  all() {
    return { items: [] }
  }
  @Post('things')
  @NeedsFreshSignIn()
  add(@Body({ schema: z.record(z.string(), z.unknown()) }) body: object) {
    return { took: Object.keys(body).length, polluted: ({} as { polluted?: unknown }).polluted ?? null }
  }
  @Get('parts/:id')
  part(@Param('id') id: string) {
    return { length: id.length }
  }
  @Get('inside')
  inside() {
    return {}
  }
}
@Module({ controllers: [Things] })
class ThingsModule {}

let beside: () => Promise<unknown> = async () => {}
let running: RunningApp
let signedInAt: number | undefined
beforeAll(async () => {
  running = await startApp({
    name: 'notifications',
    title: 't',
    module: ThingsModule,
    log: createLog('test', 'silent'),
    metrics: new Registry(),
    doorOf: (_, path) =>
      path.endsWith('inside') ? { to: 'service', callers: ['cases'] } : { to: 'person', may: (role) => role === 'administrator' },
    verify: async (authorization) => {
      if (authorization !== 'Bearer good') throw new ProblemError('not-signed-in')
      return {
        person: '7c0f6cbd-5d1e-4c53-9c0a-0a1f4a5f9d11',
        role: 'administrator',
        organisation: '1b4e28ba-2fa1-41d2-883f-0016d3cca427',
        login: 'a',
        lang: 'en',
        ...(signedInAt === undefined ? {} : { signedInAt }),
      }
    },
    servicePublicKeys: scratchPublicKeys,
    trail: { record: async () => {} } as never,
    parts: {},
    beside: { steps: () => beside() },
    port: 0,
    host: '127.0.0.1',
  })
})
afterAll(() => running?.close())

/** A request as it is written, byte by byte: no client tidies its path. */
const raw = (text: string, patience = 5_000) =>
  new Promise<string>((done, failed) => {
    const socket = connect(Number(new URL(running.url).port), '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.setTimeout(patience, () => socket.destroy(new Error('no answer')))
    socket.on('data', (part) => (answer += part.toString()))
    socket.on('close', () => done(answer))
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? done(answer) : failed(error),
    )
  })
const statusOf = (answer: string) => Number(answer.slice(9, 12))
const asked = (method: string, path: string, more = '') => raw(`${method} ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n${more}\r\n`)
const POSTED = { method: 'POST', headers: { 'content-type': 'application/json', authorization: 'Bearer good' } }
const AS_GOOD = { headers: { authorization: 'Bearer good' } }
const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${running.url}/api/things`, { ...POSTED, headers: { ...POSTED.headers, ...headers }, body })

const ODD = [
  '/api//things',
  '//api/things',
  '/api/things/',
  '/API/things',
  '/api/Things',
  '/api/./things',
  '/api/x/../things',
  '/api/%74hings',
  '/%61pi/things',
  '/api%2fthings',
  '/api/things%2f',
  '/api/things%00',
  '/api/things;x=1',
  '/api\\things',
  '/api/things%3f',
  '/api/things%23',
  '/api/things.',
  '/api/inside/',
  '/api/%2e%2e/api/things',
  '/api/things%20',
  '/api/inside%00',
  '/api/th\u00efngs',
]
test.each(ODD)('%s is no other spelling of a path, with and without a sign-in', async (path) => {
  for (const more of ['', 'authorization: Bearer good\r\n']) expect([400, 404]).toContain(statusOf(await asked('GET', path, more)))
})
test('the plain one asks who it is', async () => {
  expect(statusOf(await asked('GET', '/api/things'))).toBe(401)
  expect(statusOf(await asked('GET', '/api/things?a=%2e%2e', 'authorization: Bearer good\r\n'))).toBe(200)
  expect(statusOf(await asked('GET', '/api/inside', 'authorization: Bearer good\r\n'))).toBe(401)
  expect(['/', '/a/b-c_d.e~f:g', '//', '/a/', '/a/..', '/a/.', '/a%20', ''].map(isPlainPath)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
    false,
  ])
})

test.each(['TRACE', 'OPTIONS', 'PROPFIND', 'LOCK', 'PURGE', 'get', 'FOO', 'PUT', 'DELETE'])('method %s changes nothing', async (method) => {
  expect([400, 404]).toContain(statusOf(await asked(method, '/api/things', 'authorization: Bearer good\r\n')))
})

test('every answer of every route carries its headers, refusals and unknown paths too; another origin gets no permission', async () => {
  const routes = ['/api/things', '/api/inside', '/health', '/metrics', '/openapi.json', '/nothing', '/api//things']
  for (const path of routes)
    for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS']) {
      const answer = await fetch(running.url + path, { method, headers: { origin: 'https://evil.example' } })
      for (const [name, value] of Object.entries(SERVICE_HEADERS)) expect(answer.headers.get(name), `${method} ${path} ${name}`).toBe(value)
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
      expect(answer.headers.get('x-powered-by') ?? answer.headers.get('server')).toBeNull()
    }
})

test('bodies: at the limit and over it, by length and in chunks', async () => {
  signedInAt = Date.now()
  const body = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`
  expect((await post(body(MOST_BYTES))).status).toBe(201)
  expect((await post(body(MOST_BYTES + 1))).status).toBe(413)
  const chunk = 'x'.repeat(65_536)
  const chunks = `${chunk.length.toString(16)}\r\n${chunk}\r\n`.repeat(17)
  const chunked = await raw(
    `POST /api/things HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\nauthorization: Bearer good\r\n\r\n${chunks}0\r\n\r\n`,
  )
  expect(statusOf(chunked)).toBe(413)
})

test('JSON: as deep and as long as allowed, one more is refused; nothing reaches a prototype', async () => {
  signedInAt = Date.now()
  const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
  expect((await post(deep(DEEPEST))).status).toBe(201)
  expect((await post(deep(DEEPEST + 1))).status).toBe(400)
  expect((await post(`{"a":${'['.repeat(500_000)}`)).status).toBe(400)
  const long = (values: number) => `{"a":[${'0,'.repeat(values)}0]}`
  expect((await post(long(MOST_VALUES))).status).toBe(201)
  expect((await post(long(MOST_VALUES + 1))).status).toBe(400)
  for (const bad of [
    '{"__proto__":{"polluted":1}}',
    '{"a":{"__proto__":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"\\u005f_proto__":1}',
    '',
    '{',
    'null x',
    '{"a":1}}',
  ])
    expect((await post(bad)).status, bad).toBe(400)
  expect(() => mustBeModest(`{"a":"${'[{,'.repeat(30_000)}\\""}`)).not.toThrow()
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
})

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=a', 'application/xml'])(
  '%s is not taken',
  async (type) => {
    signedInAt = Date.now()
    expect((await post('a=1', { 'content-type': type })).status).toBe(415)
  },
)

test('headers beyond 16 KiB or two lengths of one body are refused', async () => {
  expect(statusOf(await asked('GET', '/api/things', `x: ${'y'.repeat(17_000)}\r\n`))).toBe(431)
  const smuggled = await raw(
    'POST /api/things HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /api/inside HTTP/1.1\r\n\r\n',
  )
  expect(statusOf(smuggled)).toBe(400)
})

test('a request that never ends is ended', async () => {
  const began = performance.now()
  const answer = await raw('POST /api/things HTTP/1.1\r\nhost: a\r\ncontent-le', 30_000)
  expect(statusOf(answer)).toBe(408)
  expect(performance.now() - began).toBeLessThan(20_000)
})

test('what never comes to a route is a problem too: a part of the path too long, an expectation, headers that cannot be read', async () => {
  const problemIn = (answer: string) => {
    expect(answer.toLowerCase()).toContain('content-type: application/problem+json')
    return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as { status: number; code: string; title: string; next: string }
  }
  // A route with a part of its own: `/api/parts/:id`.
  for (const [length, status] of [
    [200, 200],
    [201, 404],
  ] as const)
    expect((await fetch(`${running.url}/api/parts/${'a'.repeat(length)}`, AS_GOOD)).status, `${length}`).toBe(status)
  const long = await asked('GET', `/api/parts/${'a'.repeat(201)}`, 'accept-language: en\r\n')
  expect(problemIn(long)).toMatchObject({ status: 404, code: 'not-found', title: 'Not found' })
  expect(long.toLowerCase()).toContain('x-content-type-options: nosniff')

  expect(statusOf(await asked('GET', '/api/things', 'expect: x\r\nauthorization: Bearer good\r\n'))).toBe(200)

  expect(problemIn(await asked('GET', '/api/things', `x: ${'y'.repeat(17_000)}\r\n`))).toMatchObject({ status: 431, code: 'too-large' })
  expect(problemIn(await asked('GET', '/api/things', 'no header at all\r\n'))).toMatchObject({ status: 400, code: 'bad-json' })
})

test('an act that wants a fresh sign-in: at ten minutes taken, a second later sent to sign in again', async () => {
  const now = Date.now()
  vi.useFakeTimers({ toFake: ['Date'], now })
  try {
    for (const [ago, status] of [
      [600_000, 201],
      [601_000, 403],
      [undefined, 403],
    ] as const) {
      signedInAt = ago === undefined ? undefined : now - ago
      const answer = await post('{"a":1}', { 'accept-language': 'kk' })
      expect(answer.status).toBe(status)
      if (status === 403)
        expect(await answer.json()).toMatchObject({ code: 'sign-in-again', title: 'Бұл әрекет үшін жүйеге қайта кіріңіз' })
    }
  } finally {
    vi.useRealTimers()
  }
})

test('bad tokens are told to wait after sixty in a minute; a good one passes all the while', async () => {
  const bad = () => fetch(`${running.url}/api/things`, { headers: { authorization: 'Bearer bad' } })
  const statuses: number[] = []
  for (let i = 0; i < 70; i++) statuses.push((await bad()).status)
  expect(statuses.at(-1)).toBe(429)
  expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(60)
  expect(Number((await bad()).headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await fetch(`${running.url}/api/things`, { headers: { authorization: 'Bearer good' } })).status).toBe(200)
  expect((await fetch(`${running.url}/api/things`)).status).toBe(401)
})

test('what a service can do without is told with its health, and neither makes it unready nor keeps whoever asks', async () => {
  const health = async () => {
    const answer = await fetch(`${running.url}/health`, { signal: AbortSignal.timeout(1_400) })
    return [answer.status, await answer.json()]
  }
  expect(await health()).toEqual([200, { status: 'ok', parts: {}, beside: { steps: 'ok' } }])
  beside = () => Promise.reject(new Error('dead'))
  expect(await health()).toEqual([200, { status: 'ok', parts: {}, beside: { steps: 'away' } }])
  beside = () => new Promise(() => {})
  expect(await health()).toEqual([200, { status: 'ok', parts: {}, beside: { steps: 'away' } }])
})
