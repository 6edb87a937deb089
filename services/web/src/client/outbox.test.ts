import { expect, test } from 'vitest'
import type { Problem } from './api.ts'
import { Drafts, type Shelf } from './draft.ts'
import { Outbox, type Sent, type Waiting } from './outbox.ts'

class Offline extends Error {}
class Refusal extends Error {
  readonly problem: Problem
  constructor(status: number) {
    super('refused')
    this.problem = { title: 'refused', status, code: 'bad-input', next: '' }
  }
}
const isOffline = (error: unknown) => error instanceof Offline
const problemOf = (error: unknown) => (error instanceof Refusal ? error.problem : undefined)

function made() {
  const all = new Map<string, string>()
  const place: Shelf = {
    get length() {
      return all.size
    },
    key: (i) => [...all.keys()][i] ?? null,
    getItem: (name) => all.get(name) ?? null,
    setItem: (name, text) => void all.set(name, text),
    removeItem: (name) => void all.delete(name),
  }
  const key = crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const drafts = new Drafts(place, { key: () => key, forget: async () => {} })
  return { all, drafts, outbox: new Outbox(drafts) }
}
const waiting = (key: string, since: number): Waiting => ({
  key,
  form: `form-${key}`,
  path: '/api/cases',
  body: { name: 'Серик' },
  label: 'Новое обращение',
  at: '/new',
  since,
})

test('what waits is sealed, goes in order under its own key when there is a connection, and its draft with it', async () => {
  const { all, drafts, outbox } = made()
  await drafts.keep('p1', 'form-b', {})
  await outbox.put('p1', waiting('b', 2))
  await outbox.put('p1', waiting('a', 1))
  expect([...all.values()].join()).not.toContain('Серик')
  const told: (Sent | undefined)[] = []
  outbox.watch((sent) => void told.push(sent))
  let isAway = true
  const arrived: string[] = []
  const send = async ({ key }: Waiting) => {
    if (isAway) throw new Offline()
    arrived.push(key)
    return key
  }
  await outbox.sendAll('p1', send, isOffline, problemOf)
  expect((await outbox.list('p1')).map(({ key }) => key)).toEqual(['a', 'b'])
  isAway = false
  await outbox.sendAll('p1', send, isOffline, problemOf)
  await outbox.sendAll('p1', send, isOffline, problemOf)
  expect(arrived).toEqual(['a', 'b'])
  expect(told.map((sent) => sent?.answer)).toEqual(['a', 'b'])
  expect(all.size).toBe(0)
})

test('an answer that was lost on the way: the same key goes again, and a second sender meanwhile sends nothing', async () => {
  const { outbox } = made()
  await outbox.put('p1', waiting('a', 1))
  const arrived: string[] = []
  let isLost = true
  const send = async ({ key }: Waiting) => {
    arrived.push(key)
    await Promise.resolve()
    if (isLost) throw new Offline()
  }
  await Promise.all([outbox.sendAll('p1', send, isOffline, problemOf), outbox.sendAll('p1', send, isOffline, problemOf)])
  expect(arrived).toEqual(['a'])
  isLost = false
  await outbox.sendAll('p1', send, isOffline, problemOf)
  expect(arrived).toEqual(['a', 'a'])
})

test('a refusal is kept for a person to look at and is not sent again; no session and a server that is not well wait on', async () => {
  const { outbox } = made()
  await outbox.put('p1', waiting('a', 1))
  for (const status of [401, 429, 500, 503]) {
    await outbox.sendAll('p1', () => Promise.reject(new Refusal(status)), isOffline, problemOf)
    expect((await outbox.list('p1'))[0]!.refused, String(status)).toBeUndefined()
  }
  await outbox.sendAll('p1', () => Promise.reject(new Refusal(409)), isOffline, problemOf)
  expect((await outbox.list('p1'))[0]!.refused?.status).toBe(409)
  let sent = 0
  await outbox.sendAll('p1', async () => void sent++, isOffline, problemOf)
  expect(sent).toBe(0)
  outbox.takeBack('p1', 'a')
  expect(await outbox.list('p1')).toEqual([])
})

test('nobody sends what another person wrote on the same device', async () => {
  const { outbox } = made()
  await outbox.put('p1', waiting('a', 1))
  let sent = 0
  await outbox.sendAll('p2', async () => void sent++, isOffline, problemOf)
  expect(sent).toBe(0)
})
