import { expect, test } from 'vitest'
import { ABSOLUTE_MS, IDLE_MS, isOver, isOwnPage, needsToken, safePath, Sealer, type Session } from './session.ts'

const me = { person: 'p', role: 'medic', organisation: 'o', login: 'l', lang: 'ru', name: 'n' } as const
const session: Session = { id: 'i', token: 't', me, startedAt: 0, seenAt: 0, tokenEnd: ABSOLUTE_MS * 2 }

test('a sealed session opens only with its key, for its use, and whole', async () => {
  const sealer = new Sealer('x'.repeat(40))
  const sealed = await sealer.seal('session', session, 60)
  expect(sealed).not.toContain('"token"')
  expect(await sealer.open('session', sealed)).toEqual(session)
  expect(await sealer.open('leaving', sealed)).toBeUndefined()
  expect(await new Sealer('y'.repeat(40)).open('session', sealed)).toBeUndefined()
  expect(await sealer.open('session', `${sealed.slice(0, -2)}AA`)).toBeUndefined()
  expect(await sealer.open('session', undefined)).toBeUndefined()
})

test('it ends when nobody does anything, and after ten hours whatever happens', () => {
  expect(isOver(session, IDLE_MS)).toBe(false)
  expect(isOver(session, IDLE_MS + 1)).toBe(true)
  expect(isOver({ ...session, seenAt: ABSOLUTE_MS }, ABSOLUTE_MS)).toBe(false)
  expect(isOver({ ...session, seenAt: ABSOLUTE_MS }, ABSOLUTE_MS + 1)).toBe(true)
  expect(isOver({ ...session, tokenEnd: 5 }, 5)).toBe(true)
  expect(isOver({ ...session, tokenEnd: 5, refresh: 'r' }, 5)).toBe(false)
  expect(needsToken({ ...session, tokenEnd: 200_000, refresh: 'r' }, 100_000)).toBe(true)
})

test.each([
  ['/cases/1?x=2', '/cases/1?x=2'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/auth/sign-in', '/'],
  ['/api/cases', '/'],
  ['javascript:alert(1)', '/'],
  [undefined, '/'],
])('after sign-in %s leads to %s', (to, path) => {
  expect(safePath(to)).toBe(path)
})

test.each([
  [{ 'sec-fetch-site': 'same-origin', host: 'tirek' }, true],
  [{ 'sec-fetch-site': 'cross-site', origin: 'http://tirek', host: 'tirek' }, false],
  [{ 'sec-fetch-site': 'same-site', host: 'tirek' }, false],
  [{ origin: 'http://tirek:3000', host: 'tirek:3000' }, true],
  [{ origin: 'http://evil.example', host: 'tirek:3000' }, false],
  [{ origin: 'null', host: 'tirek:3000' }, false],
  [{ host: 'tirek:3000' }, false],
])('a change asked by %j: ours is %s', (headers, own) => {
  expect(isOwnPage(headers)).toBe(own)
})
