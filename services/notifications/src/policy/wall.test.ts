/** The second wall of letters: each list's own statement without its conditions shows nobody a letter that they may not see. */
import { Database, type Queries, type Row } from '@tirek/platform/database'
import { Trail } from '@tirek/platform/trail'
import { withoutWhere } from '@tirek/platform/without-where'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Role } from '@tirek/contract/roles'
import { UnmatchedService } from '../inbound/unmatched.ts'
import { LetterService } from '../letters/letter.service.ts'
import { LettersRecord } from '../letters/record.ts'
import { LETTER_COLUMNS, LetterPages, pagesUrlOf } from '../letters/wall.ts'
import { client, clock, hour, log, notifications, people, post, postgres, useWorld, who } from '../world.fixture.ts'

useWorld()

/** Opened once the service has made the role. */
let pages: Database
let work: Database
const stranger = randomUUID()
const ELSEWHERE = randomUUID()
beforeAll(async () => {
  await client.query(
    `INSERT INTO directory.organisation (id, name_ru, name_kk, name_en, prefix, territory) VALUES ($1, 'Д', 'Д', 'D', 'Д3', 'Т3')`,
    [ELSEWHERE],
  )
  await client.query(
    `INSERT INTO directory.person (id, login, name, role, organisation, email, lang, digest, active) VALUES ($1, 'w-stranger', 'x', 'social-worker', $2, 'w@example.org', 'ru', true, true)`,
    [stranger, ELSEWHERE],
  )
  // `next` has a team of one; `supervisor` supervises all others.
  await client.query('UPDATE directory.organisation SET next_in_line = NULL')
  await client.query('UPDATE directory.person SET supervisor = $1 WHERE id = $2', [people.next, people.deputy])
  await client.query('UPDATE directory.person SET supervisor = $1 WHERE id = ANY($2)', [people.head, [people.supervisor, people.next]])
})
afterAll(async () => {
  await pages?.close()
  await work?.close()
})
beforeEach(async () => {
  pages ??= await Database.open(pagesUrlOf(postgres.urlOf('tirek_notifications')), 'wall-pages', 2)
  work ??= await Database.open(postgres.urlOf('tirek_notifications'), 'wall-work', 2)
  for (const [person, organisation] of [[people.worker], [people.deputy], [people.head], [people.next], [stranger, ELSEWHERE]] as const)
    await post('/internal/notices', {
      ...hour(['case-manager']),
      people: { caseManager: person },
      ...(organisation ? { organisation } : {}),
    })
  await notifications.tick()
})

/** In front of the pages' database: every statement runs once more without its conditions, as the pages' role and as a superuser. */
class Forgetful {
  readonly shown = new Set<string>()
  readonly shownToAnybody = new Set<string>()
  statements = 0

  as(settings: { [name: string]: string }): Queries {
    const under = pages.as(settings)
    const asked: Queries['query'] = async (text, values) => {
      this.statements++
      const forgotten = withoutWhere(text)
      for (const row of await under.query(forgotten, values)) this.#note(this.shown, row)
      for (const row of (await client.query(forgotten, [...(values ?? [])])).rows) this.#note(this.shownToAnybody, row)
      return under.query(text, values)
    }
    return { query: asked, transaction: (doing) => under.transaction(doing) }
  }

  #note(into: Set<string>, row: Row): void {
    if (row['person']) into.add(row['person'] as string)
    // A count counts what is seen.
    else into.add(`count ${row['n']}`)
  }
}

const recordOfNoLetter = () => new LettersRecord(work, clock, log, { sealSecret: 'of no letter' } as never, {} as never)
const serviceOn = (forgetful: Forgetful) =>
  new LetterService(
    recordOfNoLetter(),
    new Trail(work, 'notifications', clock),
    new LetterPages(forgetful as unknown as Database, work, clock),
  )
type Name = keyof typeof people
// oxfmt-ignore
const SEES: Record<string, { role: Role; whose: Name[] }> = {
  supervisor: { role: 'supervisor', whose: ['head', 'worker'] },
  next:       { role: 'supervisor', whose: ['deputy', 'next'] },
  head:       { role: 'head',       whose: ['deputy', 'head', 'next', 'worker'] },
  worker:     { role: 'social-worker', whose: ['worker'] },
}

test.each(Object.entries(SEES))('letters, of each kind of query, as %s', async (name, { role, whose }) => {
  const allowed = whose.map((one) => people[one])
  for (const asked of [{ limit: 100 }, { limit: 100, state: 'accepted' }, { limit: 100, before: 10 ** 9 }]) {
    const forgetful = new Forgetful()
    await serviceOn(forgetful).list(who(name as Name, role), asked)
    expect(forgetful.statements).toBe(1)
    for (const person of forgetful.shown) expect(allowed, JSON.stringify(asked)).toContain(person)
    // Without the wall it would have been a leak.
    if (!('before' in asked)) expect(forgetful.shownToAnybody).toContain(stranger)
  }
})

test.each(Object.keys(SEES))('own notices, read and unread, and their count, as %s', async (name) => {
  for (const asked of [{ limit: 100 }, { limit: 100, unread: true }]) {
    const forgetful = new Forgetful()
    const { items, unread } = await serviceOn(forgetful).ofPerson(who(name as Name, SEES[name]!.role), asked)
    expect(forgetful.statements).toBe(2)
    const mine = items.length > 0 ? [people[name as Name]] : []
    expect([...forgetful.shown].toSorted()).toEqual([...mine, `count ${unread}`].toSorted())
    expect(forgetful.shownToAnybody).toContain(stranger)
  }
})

test.each(['supervisor', 'next', 'head'] as const)('mail that came in and changed nothing, as %s', async (name) => {
  const own = randomUUID()
  const foreign = randomUUID()
  const { organisation } = who(name, SEES[name]!.role)
  for (const [id, of] of [
    [own, organisation],
    [foreign, ELSEWHERE],
  ] as const)
    await client.query(`INSERT INTO notifications.unmatched (id, reason, at, bytes, organisation) VALUES ($1, 'forged', 1, 1, $2)`, [
      id,
      of,
    ])
  const seen = new Set<string>()
  const anybodys = new Set<string>()
  const forgetful = {
    as: (settings: { [name: string]: string }) => ({
      query: async (text: string, values?: readonly unknown[]) => {
        const forgotten = withoutWhere(text)
        for (const { id } of await pages.as(settings).query(forgotten, values)) seen.add(id as string)
        for (const { id } of (await client.query(forgotten, [...(values ?? [])])).rows) anybodys.add(id as string)
        return pages.as(settings).query(text, values)
      },
    }),
  }
  const service = new UnmatchedService(new LetterPages(forgetful as unknown as Database, work, clock), recordOfNoLetter())
  const { items } = await service.list(who(name, SEES[name]!.role), { limit: 100 })
  expect(items.map(({ id }) => id)).toEqual([own])
  expect([...seen]).toEqual([own])
  expect(anybodys).toContain(foreign)
  expect(await pages.query('SELECT id FROM notifications.unmatched')).toEqual([])
  await expect(pages.query('SELECT comment FROM notifications.unmatched')).rejects.toThrow(/permission denied/)
})

test('a notice of somebody else is not marked as read by a statement that forgot whose it is', async () => {
  const { rows } = await client.query('SELECT id FROM notifications.letter WHERE person = $1', [stranger])
  const mark = (person: string) =>
    pages.as({ 'tirek.person': person }).query('UPDATE notifications.letter SET read_at = 1 WHERE id = $1 RETURNING person', [rows[0].id])
  expect(await mark(people.worker)).toEqual([])
  expect(await mark(stranger)).toEqual([{ person: stranger }])
})

test('without a person no row; the address, the text and other tables are nothing for pages at all', async () => {
  expect(await pages.query(`SELECT ${LETTER_COLUMNS} FROM notifications.letter`)).toEqual([])
  expect(await pages.as({ 'tirek.person': randomUUID() }).query('SELECT id FROM notifications.letter')).toEqual([])
  for (const statement of [
    'SELECT address FROM notifications.letter',
    'SELECT name FROM notifications.letter',
    'SELECT body FROM notifications.letter',
    'SELECT bytes FROM notifications.letter',
    `UPDATE notifications.letter SET state = 'queued'`,
    'DELETE FROM notifications.letter',
    'SELECT 1 FROM notifications.notice',
    'SELECT 1 FROM notifications.receipt',
    'SELECT 1 FROM notifications.link',
    'UPDATE notifications.trail SET what = what',
  ])
    await expect(pages.query(statement), statement).rejects.toThrow('permission denied')
})
