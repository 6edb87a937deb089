/** One-time links on a real Postgres, with purposes of a test: one that works once, one that works until its instant. */
import fc from 'fast-check'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ManualClock } from './clock.ts'
import { Database, migrate } from './database.ts'
import { createLinks, LinkRevoked, Links, stateOf, type NewLink } from './links.ts'
import { startScratchPostgres, type ScratchPostgres } from './scratch-postgres.ts'

const PURPOSES = { receipt: { works: 'once', longest: 1_000 }, answer: { works: 'until', longest: 5_000 } } as const
type P = keyof typeof PURPOSES
const START = Date.parse('2026-11-27T13:50:00Z')
const SOMEBODY = '0190e000-0000-7000-8000-00000000000a'
const OTHER = '0190e000-0000-7000-8000-00000000000b'

let postgres: ScratchPostgres
let db: Database
let clock: ManualClock
let links: Links<P>

beforeAll(async () => {
  postgres = await startScratchPostgres()
  await migrate(
    postgres.adminUrl,
    'post',
    [{ name: 'tirek_post', password: 'tirek_post' }],
    [
      {
        name: '0001',
        sql: `${createLinks('tirek_post')} CREATE TABLE done (subject text NOT NULL); GRANT USAGE ON SCHEMA post TO tirek_post; GRANT SELECT, INSERT ON done TO tirek_post;`,
      },
    ],
  )
  db = await Database.open(postgres.urlOf('tirek_post'), 'post', 20)
})
afterAll(async () => {
  await db?.close()
  await postgres?.stop()
})

const fresh = () => {
  clock = new ManualClock(START)
  links = new Links(db, 'post', clock, PURPOSES)
}
const issue = (more: Partial<NewLink<P>> = {}) =>
  db.transaction((sql) => links.issue(sql, { purpose: 'receipt', recipient: SOMEBODY, subject: 's', number: '7', lang: 'ru', ...more }))
const act = (subject: string) => async (sql: (text: string, values?: readonly unknown[]) => Promise<unknown>) =>
  void (await sql('INSERT INTO post.done VALUES ($1)', [subject]))
const doneOf = async (subject: string) =>
  Number((await db.query('SELECT count(*) AS n FROM post.done WHERE subject = $1', [subject]))[0]!['n'])
let n = 0
const subject = () => `subject-${n++}`

describe('a link', () => {
  test('what is kept of it does not hold the token, in no column', async () => {
    fresh()
    const of = subject()
    const token = await issue({ subject: of })
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const [row] = await db.query('SELECT *, l::text AS whole FROM post.link l WHERE subject = $1', [of])
    expect(row!['hash']).toHaveLength(32)
    for (const kept of [token, Buffer.from(token).toString('hex'), Buffer.from(token, 'base64url').toString('hex')])
      expect(row!['whole']).not.toContain(kept)
  })

  test('its role can neither delete links nor make two of one hash', async () => {
    await expect(db.query('DELETE FROM post.link')).rejects.toMatchObject({ code: '42501' })
  })

  test.each([
    [999, 'open', 'done'],
    [1_000, 'late', 'late'],
    [1_001, 'late', 'late'],
  ])('of a thousand milliseconds is after %i ms %s, and its use %s', async (after, looked, used) => {
    fresh()
    const of = subject()
    const token = await issue({ subject: of })
    clock.set(START + after)
    expect((await links.look(token)).state).toBe(looked)
    expect((await links.use(token, 'receipt', act(of))).state).toBe(used)
    expect(await doneOf(of)).toBe(used === 'done' ? 1 : 0)
  })

  test('ends with its own instant when that is earlier, and never after the longest of its purpose', async () => {
    fresh()
    const early = await issue({ until: START + 10 })
    const long = await issue({ until: START + 10_000_000 })
    clock.set(START + 10)
    expect((await links.look(early)).state).toBe('late')
    expect((await links.look(long)).state).toBe('open')
    clock.set(START + 1_000)
    expect((await links.look(long)).state).toBe('late')
  })

  test.each([START, START - 1, Number.NaN])('that would be late from the start is not made: %s', async (until) => {
    fresh()
    await expect(issue({ until })).rejects.toThrow('late from the start')
  })

  test('looked at ten times does nothing; used by twenty at once acts once, the others are told when', async () => {
    fresh()
    const of = subject()
    const token = await issue({ subject: of })
    for (let i = 0; i < 10; i++) expect(await links.look(token)).toMatchObject({ state: 'open', link: { usedAt: null } })
    const used = await Promise.all(Array.from({ length: 20 }, () => links.use(token, 'receipt', act(of))))
    expect(used.map(({ state }) => state).sort()).toEqual(['done', ...Array.from({ length: 19 }, () => 'used')])
    for (const one of used) expect(one).toMatchObject({ link: { usedAt: START } })
    expect(await doneOf(of)).toBe(1)
  })

  test('whose act fails is not used', async () => {
    fresh()
    const of = subject()
    const token = await issue({ subject: of })
    const fails = links.use(token, 'receipt', async (sql) => {
      await act(of)(sql)
      throw new Error('away')
    })
    await expect(fails).rejects.toThrow('away')
    const revoked = await links.use(token, 'receipt', async (sql) => {
      await act(of)(sql)
      throw new LinkRevoked()
    })
    expect(revoked.state).toBe('revoked')
    expect(await doneOf(of)).toBe(0)
    expect((await links.use(token, 'receipt', act(of))).state).toBe('done')
  })

  test('of one purpose is unknown to another; of a purpose of a later release to all', async () => {
    fresh()
    const token = await issue()
    expect(await links.use(token, 'answer', act('x'))).toEqual({ state: 'unknown' })
    const earlier = new Links(db, 'post', clock, { answer: PURPOSES.answer })
    expect(await earlier.look(token)).toEqual({ state: 'unknown' })
    expect((await links.look(token)).state).toBe('open')
  })

  test('is revoked with its subject: of one recipient, of one purpose, or of all; what was done stays done', async () => {
    fresh()
    const of = subject()
    const mine = await issue({ subject: of })
    const theirs = await issue({ subject: of, recipient: OTHER })
    const answer = await issue({ subject: of, purpose: 'answer', recipient: OTHER })
    const elsewhere = await issue({ subject: subject() })
    expect(await links.revoke(db.query.bind(db), { subject: of, recipient: OTHER, purpose: 'receipt' })).toBe(1)
    expect((await links.look(theirs)).state).toBe('revoked')
    expect((await links.use(theirs, 'receipt', act(of))).state).toBe('revoked')
    expect((await links.look(answer)).state).toBe('open')
    await links.use(mine, 'receipt', act(of))
    expect(await links.revoke(db.query.bind(db), { subject: of })).toBe(2)
    expect((await links.look(mine)).state).toBe('used')
    expect((await links.look(answer)).state).toBe('revoked')
    expect((await links.look(elsewhere)).state).toBe('open')
  })

  test('that works until its instant acts again and again before it', async () => {
    fresh()
    const of = subject()
    const token = await issue({ subject: of, purpose: 'answer', until: START + 100 })
    expect(await links.use(token, 'answer', act(of))).toMatchObject({ state: 'done', link: { usedAt: START } })
    clock.set(START + 99)
    expect(await links.use(token, 'answer', act(of))).toMatchObject({ state: 'done', link: { usedAt: START } })
    clock.set(START + 100)
    expect((await links.use(token, 'answer', act(of))).state).toBe('late')
    expect(await doneOf(of)).toBe(2)
  })
})

test('1,000 random tokens find nothing', async () => {
  fresh()
  await issue()
  for (let round = 0; round < 10; round++) {
    const found = await Promise.all(Array.from({ length: 100 }, () => links.look(randomBytes(32).toString('base64url'))))
    expect(found.every(({ state }) => state === 'unknown')).toBe(true)
  }
})

test('a token with any sign changed, more or less of it is unknown', async () => {
  fresh()
  const token = await issue()
  const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  for (let at = 0; at < token.length; at++) {
    const other = signs[(signs.indexOf(token[at]!) + 1) % 64]!
    expect(await links.look(token.slice(0, at) + other + token.slice(at + 1))).toEqual({ state: 'unknown' })
  }
  for (const wrong of [
    '',
    token.slice(1),
    `${token}A`,
    `${token}=`,
    ` ${token}`,
    `${token}\n`,
    token.toUpperCase(),
    '\0'.repeat(43),
    "' OR 1=1 --".padEnd(43, 'A'),
  ])
    expect(await links.look(wrong)).toEqual({ state: 'unknown' })
})

test('property: whatever is done in whatever order, a link acts as its row and the clock allow, and the once kind at most once', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('look' as const) }),
    fc.record({ do: fc.constant('use' as const), times: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(0, 1, 498, 499, 500, 501) }),
    fc.record({ do: fc.constant('revoke' as const) }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom<P>('receipt', 'answer'),
      fc.integer({ min: 1, max: 1_500 }),
      fc.array(step, { maxLength: 8 }),
      async (purpose, life, steps) => {
        fresh()
        const of = subject()
        const token = await issue({ subject: of, purpose, until: START + life })
        const model = {
          usedAt: null as number | null,
          revokedAt: null as number | null,
          until: START + Math.min(life, PURPOSES[purpose].longest),
        }
        let acted = 0
        for (const one of steps) {
          const expected = stateOf(model, PURPOSES[purpose].works, clock.now())
          if (one.do === 'look') expect((await links.look(token)).state).toBe(expected)
          if (one.do === 'wait') clock.set(clock.now() + one.ms)
          if (one.do === 'revoke') {
            await links.revoke(db.query.bind(db), { subject: of })
            model.revokedAt ??= clock.now()
          }
          if (one.do === 'use') {
            const used = await Promise.all(Array.from({ length: one.times }, () => links.use(token, purpose, act(of))))
            const did = used.filter(({ state }) => state === 'done').length
            expect(did).toBe(expected !== 'open' ? 0 : PURPOSES[purpose].works === 'once' ? 1 : one.times)
            if (did > 0) model.usedAt ??= clock.now()
            acted += did
          }
        }
        expect(await doneOf(of)).toBe(acted)
      },
    ),
    { numRuns: 60 },
  )
})
