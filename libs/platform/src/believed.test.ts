/** Tokens that were found good are remembered, and never longer than they are good. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { verifierOf, type Who } from './auth.ts'
import { readConfig } from './config.ts'
import { startScratchIssuer, type ScratchIssuer } from './scratch-issuer.ts'

const who: Who = { person: randomUUID(), role: 'social-worker', organisation: randomUUID(), login: 'aigul', lang: 'ru' }
const HOUR = 3_600_000
/** The issuer's clock may be so far ahead. */
const TOLERANCE = 5_000

let issuer: ScratchIssuer
/** A directory that knows these people. */
const people = new Map([[who.person, who]])
const verifier = () =>
  verifierOf(readConfig({ ISSUER_URL: issuer.url }, ['ISSUER_URL']), async (_, id) => {
    const known = people.get(id)
    return known && { ...known, active: true, signedOutAt: null, endedSessions: [] }
  })
beforeAll(async () => {
  issuer = await startScratchIssuer()
})
afterAll(() => issuer.stop())
afterEach(() => {
  vi.useRealTimers()
})

const start = Date.parse('2026-11-24T10:00:00Z')
function at(instant: number) {
  vi.useFakeTimers({ toFake: ['Date'], now: instant })
}

test('a remembered token ends in the millisecond in which it would end unremembered', async () => {
  at(start)
  const token = `Bearer ${await issuer.tokenFor(who)}`
  const end = start + HOUR + TOLERANCE
  for (const isRemembered of [true, false]) {
    const verify = verifier()
    if (isRemembered) {
      at(end - 20_000)
      expect(await verify(token)).toEqual(who)
    }
    at(end - 1)
    expect(await verify(token)).toEqual(who)
    at(end)
    await expect(verify(token)).rejects.toMatchObject({ code: 'not-signed-in' })
  }
})

test('a token that differs by one letter of its signature is refused, whoever was let in before', async () => {
  at(start)
  const verify = verifier()
  const token = await issuer.tokenFor(who)
  expect(await verify(`Bearer ${token}`)).toEqual(who)
  const middle = token.length - 40
  const bent = token.slice(0, middle) + (token[middle] === 'A' ? 'B' : 'A') + token.slice(middle + 1)
  await expect(verify(`Bearer ${bent}`)).rejects.toMatchObject({ code: 'not-signed-in' })
  await expect(verify(undefined)).rejects.toMatchObject({ code: 'not-signed-in' })
})

test('many people by turns: everybody is let in as themselves', async () => {
  const verify = verifier()
  const others = Array.from({ length: 20 }, (_, n) => ({ ...who, person: randomUUID(), login: `person-${n}` }))
  for (const one of others) people.set(one.person, one)
  const tokens = await Promise.all(others.map((one) => issuer.tokenFor(one)))
  for (let round = 0; round < 3; round++)
    for (const [n, token] of tokens.entries()) expect(await verify(`Bearer ${token}`)).toEqual(others[n])
})
