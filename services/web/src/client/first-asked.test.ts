import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ageOf, ask, askAhead, Refused, SESSION, takeKnown } from './api.ts'
import { askFirst, storeFirst, workListPath } from './first-asked.ts'

let asked: { path: string; lang: string | undefined }[] = []
let answers: Record<string, [status: number, content: unknown]>
const shelf = new Map<string, string>()

beforeEach(() => {
  vi.useFakeTimers()
  asked = []
  answers = {}
  shelf.clear()
  vi.stubGlobal('navigator', { languages: ['ru-RU'] })
  vi.stubGlobal('window', {
    localStorage: { getItem: (name: string) => shelf.get(name) ?? null, setItem: (name: string, text: string) => shelf.set(name, text) },
    dispatchEvent: () => true,
  })
  vi.stubGlobal('fetch', async (path: string, { headers = {} }: { headers?: Record<string, string> } = {}) => {
    asked.push({ path, lang: headers['accept-language'] })
    const [status, content] = answers[path] ?? [200, { path, n: asked.length }]
    return new Response(JSON.stringify(content), { status })
  })
})
afterEach(async () => {
  // What one test asked ahead is none of the next one's.
  await vi.advanceTimersByTimeAsync(10_000)
  vi.unstubAllGlobals()
  vi.useRealTimers()
})
const paths = () => asked.map(({ path }) => path)

test('what was asked ahead is answered once, then it is asked anew', async () => {
  const ahead = await askAhead<{ n: number }>('/api/first')
  expect(await ask('/api/first')).toBe(ahead)
  expect(await ask('/api/first')).toMatchObject({ n: 2 })
})

test('whoever asks while it is under way waits for it', async () => {
  const [ahead, taken] = await Promise.all([askAhead('/api/first'), ask('/api/first')])
  expect(taken).toBe(ahead)
  expect(paths()).toEqual(['/api/first'])
})

test('what has come is there at once; what is under way is not', async () => {
  const ahead = askAhead<{ n: number }>('/api/first')
  expect(takeKnown('/api/first')).toBeUndefined()
  const content = await ahead
  expect(takeKnown('/api/first')).toBe(content)
  expect(takeKnown('/api/first')).toBeUndefined()
})

test('only what is read: something sent to the same address goes there', async () => {
  await askAhead('/api/first')
  await ask('/api/first', { method: 'POST', body: {} })
  expect(paths()).toEqual(['/api/first', '/api/first'])
})

test.each([
  [9_999, 1],
  [10_000, 2],
])('asked ahead %i ms ago: asked %i times', async (ms, times) => {
  await askAhead('/api/first')
  await vi.advanceTimersByTimeAsync(ms)
  await ask('/api/first')
  expect(paths()).toHaveLength(times)
})

test('what was refused ahead is shown to nobody: whoever takes it asks anew, and is told what is answered then', async () => {
  answers['/api/first'] = [403, { title: 'no', status: 403, code: 'not-allowed', next: '' }]
  await askAhead('/api/first').catch(() => undefined)
  answers = {}
  expect(await ask('/api/first')).toMatchObject({ n: 2 })
  expect(await ask('/api/first')).toMatchObject({ n: 3 })
})

test('what is refused to who is here is told, and asked no third time', async () => {
  answers['/api/first'] = [403, { title: 'no', status: 403, code: 'not-allowed', next: '' }]
  void askAhead('/api/first').catch(() => undefined)
  await expect(ask('/api/first')).rejects.toBeInstanceOf(Refused)
  expect(paths()).toEqual(['/api/first', '/api/first'])
})

test('how old an answer is that was asked for ahead; any other is as new as it comes', async () => {
  const ahead = await askAhead('/api/first')
  await vi.advanceTimersByTimeAsync(700)
  expect(ageOf(ahead)).toBe(700)
  expect(ageOf(await ask<object>('/api/other'))).toBe(0)
})

const NOW = Date.UTC(2026, 10, 26, 12, 34)
const MEETINGS = `/api/meetings?from=${Date.UTC(2026, 10, 26, 11)}&till=${Date.UTC(2026, 11, 3, 12)}&limit=50`
const WORKER = { may: ['own work list', 'work with a case'], lang: 'kk', now: NOW }
const HEAD = { ...WORKER, may: ['own work list', 'team work list'] }

test.each([
  ['a worker', '/', WORKER, [SESSION, '/api/worklist?limit=100', MEETINGS]],
  ['who leads a team', '/', HEAD, [SESSION, '/api/worklist/team?limit=100']],
  ['who has no list of the day', '/', { ...WORKER, may: ['read the trail'] }, [SESSION]],
  ['a worker on another page', '/cases', WORKER, [SESSION]],
])('%s at %s', async (_, at, me, expected) => {
  answers[SESSION] = [200, me]
  await askFirst(at)
  expect(paths()).toEqual(expected)
})

test('where a list was shown before it is asked for at once, and once', async () => {
  vi.setSystemTime(NOW)
  answers[SESSION] = [200, WORKER]
  storeFirst(WORKER.may as never)
  const all = askFirst('/')
  const atOnce = paths()
  await all
  expect(atOnce).toEqual([SESSION, '/api/worklist?limit=100', MEETINGS])
  expect(paths()).toEqual(atOnce)
})

test('another person, another hour on the device: what is theirs is asked for when it is known', async () => {
  vi.setSystemTime(NOW - 3_600_000)
  answers[SESSION] = [200, { ...HEAD, may: [...HEAD.may, 'work with a case'] }]
  storeFirst(WORKER.may as never)
  await askFirst('/')
  expect(paths().slice(3)).toEqual(['/api/worklist/team?limit=100', MEETINGS])
})

test.each(['{', '7', '{"whose":"all","meets":1}'])('what the device keeps may be anything: %s', async (kept) => {
  shelf.set('tirek-first', kept)
  answers[SESSION] = [401, { status: 401, code: 'not-signed-in' }]
  await askFirst('/')
  expect(paths()).toEqual([SESSION])
})

test('the list is asked for in the language of the person, the session in that of the device', async () => {
  answers[SESSION] = [200, WORKER]
  await askFirst('/')
  expect(asked.map(({ lang }) => lang)).toEqual(['ru', 'kk', 'kk'])
})

test.each([
  ['nobody is signed in', [401, { status: 401, code: 'not-signed-in' }]],
  ['the server is not well', [503, { status: 503, code: 'unavailable' }]],
] as const)('%s: nothing more is asked, and the page is told', async (_, [status, problem]) => {
  answers[SESSION] = [status, problem]
  await askFirst('/')
  expect(paths()).toEqual([SESSION])
  await expect(ask(SESSION)).rejects.toMatchObject({ problem: { status } })
})

test('pages of the list that are read on', () => {
  expect(workListPath('team', 'a b')).toBe('/api/worklist/team?limit=100&cursor=a%20b')
})
