/**
 * What if somebody forgets the `where`? Every list and search of the service is asked as always; each of its own statements runs once more with
 * all conditions on persons, organisations and cases made true, under the settings of who asks and as a superuser. The first may show nothing that
 * the person may not see; the second must, or nothing was tried. What each may open is written by hand.
 */
import { Database, type Queries, type Row, type Sql } from '@tirek/platform/database'
import { Trail } from '@tirek/platform/trail'
import { withoutWhere } from '@tirek/platform/without-where'
import { MY } from '@tirek/policy/settings'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CasesWorld } from '../cases.fixture.ts'
import { AccessPages } from '../http/access-pages.ts'
import { Journals } from '../http/journals.ts'
import { Lists } from '../http/lists.ts'
import { Register } from '../http/register.ts'
import { Searches } from '../http/searches.ts'
import { SCHEMA } from '../migrations.ts'
import { AsPerson } from '../record/as-person.ts'
import { Contexts } from '../record/contexts.ts'
import { Procedure } from '../record/facts.ts'
import { endedCase, handedOverCase, MARK, offeredCase, openMatrix, PEOPLE } from './matrix.fixture.ts'

let world: CasesWorld
let person: Database
let superuser: Database
const id: Record<string, string> = {}
let number: string
/** Case, act, or entry by hand → the name of its case, or of its organisation. */
const belongsTo = new Map<string, string>()

beforeAll(async () => {
  const matrix = await openMatrix()
  world = matrix.world
  Object.assign(id, matrix.id, {
    ended: await endedCase(matrix),
    offered: await offeredCase(matrix),
    handed: await handedOverCase(matrix),
    theirs: (await world.register('astana')).summary.id,
  })
  for (const login of ['aigul', 'medet', 'astana'])
    await world.admin.query(
      `INSERT INTO cases.journal (id, organisation, name, n, at, by, entry) VALUES (gen_random_uuid(), $1, 'visitors', $2, 1, $3, '{"visitor":"x"}')`,
      [world.people.get(login)!.organisation, Object.keys(PEOPLE).indexOf(login) + 100, world.id(login)],
    )
  await world.admin.query(
    `INSERT INTO cases.journal (id, organisation, name, n, at, by, case_id, entry) SELECT gen_random_uuid(), organisation, name, row_number() OVER () + 100, 1, first_person, id, '{}' FROM cases."case", unnest('{unconfirmed,requests}'::text[]) AS j (name) WHERE id = ANY($1)`,
    [[id['led'], id['theirs']]],
  )
  for (const [name, caseId] of Object.entries(id)) {
    belongsTo.set(caseId, name)
    for (const act of await world.rows<{ id: string }>('SELECT id FROM cases.act WHERE case_id = $1', [caseId])) belongsTo.set(act.id, name)
  }
  ;({ number } = await world.one<{ number: string }>('SELECT number FROM cases."case" WHERE id = $1', [id['led']]))
  person = await Database.open(world.postgres.urlOf('tirek_cases'), 'forgotten-where', 2)
  superuser = await Database.open(world.postgres.adminUrl, 'forgotten-where-superuser', 2)
})
afterAll(async () => {
  await person?.close()
  await superuser?.close()
  await world?.close()
})

/** Cases whose rows each may see. The journals' own entries are `by hand` of whom. */
// oxfmt-ignore
const MAY_SEE: Record<string, string> = {
  aigul:      'led hour unled ended offered, aigul medet',
  deputy:     'led hour unled ended offered, aigul medet',
  dana:       'unled, aigul medet',
  erlan:      'unled, aigul medet',
  invited:    'led ended offered, aigul medet',
  medet:      'led ended offered, medet', // took them first; of entries by hand their own
  duty:       'hour, ',
  saule:      'led hour ended offered handed, aigul medet',
  dina:       'hour unled handed, aigul medet',
  nurlan:     'led hour unled ended offered handed, ',
  home:       'led ended offered, ',
  astana:     'handed theirs, astana',
  astanaBoss: 'handed theirs, astana',
  astanaHead: 'handed theirs, ',
}

/** In front of the database: each statement under settings runs again without its conditions. */
class Forgetful {
  readonly shown = new Set<string>()
  readonly shownToAnybody = new Set<string>()
  forgotten = 0

  as(settings: Readonly<{ [name: string]: string }>): Queries {
    const [under, all] = [person.as(settings), superuser.as(settings)]
    const own = new Set([settings['tirek.person'], settings['tirek.organisation']])
    const asked = async (text: string, values: readonly unknown[] = []): Promise<void> => {
      // A function of the database has its conditions within; those are tried below.
      if (/^\s*SELECT \* FROM cases\.\w+\(|^\s*SELECT cases\.\w+\(/.test(text)) return
      this.forgotten++
      const without = withoutWhere(text, [MY.leads, MY.called, MY.isSocialWorker])
      const rows = await under.query(without, values)
      // Access that was given to oneself, or to one's own organisation: whoever lost a file is told that it was handed over.
      note(
        this.shown,
        rows.filter(
          (row) => row['relation'] === undefined || ![row['person'], row['organisation']].some((to) => to !== null && own.has(to)),
        ),
      )
      note(this.shownToAnybody, await all.query(without, values))
    }
    return {
      query: async (text, values) => {
        await asked(text, values)
        return under.query(text, values)
      },
      transaction: (work) =>
        under.transaction((sql: Sql) =>
          work(async (text, values, name) => {
            await asked(text, values)
            return sql(text, values, name)
          }),
        ),
    }
  }

  query = (text: string, values?: readonly unknown[], name?: string) => person.query(text, values, name)
}

/** What of our world a row speaks of, wherever in it. */
function note(into: Set<string>, rows: readonly Row[]): void {
  for (const row of rows) {
    const said = JSON.stringify(row)
    let isOfCase = false
    for (const [one, name] of belongsTo) if (said.includes(one)) isOfCase = Boolean(into.add(name))
    if (!isOfCase && row['entry']) into.add(`by hand of ${Object.keys(PEOPLE).find((login) => world.id(login) === row['by'])}`)
  }
}

type Parts = { lists: Lists; journals: Journals; register: Register; access: AccessPages; who: Parameters<Lists['cases']>[0] }
const limit = 200
/** Every list, search and page that reads rows. A refusal is an answer: of whom it is refused to no more is asked. */
const ASKED: Record<string, (parts: Parts) => Promise<unknown>> = {
  cases: ({ lists, who }) => lists.cases(who, { limit }),
  'cases of a stage': ({ lists, who }) => lists.cases(who, { limit, stage: 'ended' }),
  'cases of a risk that have not ended': ({ lists, who }) => lists.cases(who, { limit, risk: 'medium', ended: false }),
  'work list': ({ lists, who }) => lists.workList(who, 'mine', { limit }),
  'work list of the team': ({ lists, who }) => lists.workList(who, 'team', { limit }),
  page: ({ lists, who }) => lists.page(id['led']!, who),
  child: ({ lists, who }) => lists.child(id['led']!, who),
  timeline: ({ lists, who }) => lists.timeline(id['led']!, who, { limit }),
  'personal file': ({ lists, who }) => lists.file(id['led']!, who),
  deadlines: ({ lists, who }) => lists.deadlines(id['led']!, who),
  'who takes part': ({ access, who }) => access.access(id['led']!, who),
  'who takes part where nobody leads': ({ access, who }) => access.access(id['unled']!, who),
  'register by number': ({ register, who }) => register.search(number, who),
  'register by name': ({ register, who }) => register.search(MARK.name, who),
  'journal of visitors': ({ journals, who }) => journals.page('visitors', who, { order: 'oldest', limit }),
  'journal of unconfirmed': ({ journals, who }) => journals.page('unconfirmed', who, { order: 'oldest', limit }),
  'journal of requests': ({ journals, who }) => journals.page('requests', who, { order: 'newest', limit }),
  'personal files': ({ journals, who }) => journals.page('files', who, { order: 'newest', limit }),
}
const leaked = new Map<string, Set<string>>()

test.each(Object.keys(MAY_SEE).flatMap((login) => Object.keys(ASKED).map((list) => [login, list] as const)))(
  '%s: %s without its conditions shows no more than they may see',
  async (login, list) => {
    const forgetful = new Forgetful()
    const asDatabase = forgetful as unknown as Database
    const contexts = new Contexts(person)
    const asPerson = new AsPerson(asDatabase, world.clock, contexts)
    const trail = new Trail(person, SCHEMA, world.clock)
    const lists = new Lists(person, world.clock, trail, new Procedure(contexts), contexts, asPerson, () =>
      Promise.reject(new Error('not asked')),
    )
    const parts = {
      lists,
      journals: new Journals(world.clock, trail, asPerson),
      register: new Register(trail, asPerson, new Searches(person, world.clock, trail)),
      access: new AccessPages(trail, asPerson),
      who: world.people.get(login)!,
    }
    await ASKED[list]!(parts).catch((error: Error & { code?: string }) => expect(['not-found', 'not-allowed']).toContain(error.code))
    const [cases, byHand] = MAY_SEE[login]!.split(',').map((part) => part.trim().split(' '))
    const allowed = new Set([...cases!, ...byHand!.map((one) => `by hand of ${one}`)])
    expect([...forgetful.shown].filter((one) => !allowed.has(one))).toEqual([])
    leaked.set(list, (leaked.get(list) ?? new Set()).union(new Set([...forgetful.shownToAnybody].filter((one) => !allowed.has(one)))))
  },
)

test('without the second wall each of them would have shown what is foreign', () => {
  for (const list of Object.keys(ASKED)) expect(leaked.get(list)?.size, list).toBeGreaterThan(0)
})

test('functions that look further than the policies look into the organisation of who asks, whatever they are given', async () => {
  const ask = (login: string) => person.as({ 'tirek.person': world.id(login), 'tirek.organisation': world.people.get(login)!.organisation })
  const like = (login: string, organisation: string, by: string) =>
    ask(login).query(`SELECT id FROM cases.similar_by_${by}($1, $2, NULL, NULL, $3, NULL)`, [
      MARK.name.toLowerCase(),
      MARK.iin,
      organisation,
    ])
  for (const by of ['marks', 'likeness']) {
    expect((await like('aigul', world.organisation, by)).map((row) => belongsTo.get(row['id']))).toContain('led')
    for (const organisation of [world.organisation, world.otherOrganisation]) expect(await like('astana', organisation, by)).toEqual([])
    expect(
      await person.query(`SELECT id FROM cases.similar_by_${by}($1, $2, NULL, NULL, $3, NULL)`, ['x', MARK.iin, world.organisation]),
    ).toEqual([])
  }
  const numbers = await world.rows<{ number: string }>('SELECT number FROM cases."case"')
  for (const { number } of numbers) {
    const found = (login: string) => ask(login).query('SELECT * FROM cases.numbered_case($1)', [number])
    expect((await found('aigul')).length + (await found('astana')).length, number).toBe(1)
    expect(await person.query('SELECT * FROM cases.numbered_case($1)', [number])).toEqual([])
  }
  for (const statement of ['SELECT * FROM cases.offered_files()', 'SELECT * FROM cases.broken_glass(false)'])
    expect(await person.query(statement), statement).toEqual([])
})
