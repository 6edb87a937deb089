/**
 * How Postgres finds what lists show, for each kind of person in an organisation of 20,000 cases: by indexes alone, looking at few rows.
 * The plans are those of prepared statements under the settings of the person, as the service runs them; no time is measured.
 */
import { Database, type Queries, type Row, type Sql } from '@tirek/platform/database'
import { Trail } from '@tirek/platform/trail'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'
import { Journals } from '../http/journals.ts'
import { Lists } from '../http/lists.ts'
import { SCHEMA } from '../migrations.ts'
import { AsPerson } from '../record/as-person.ts'
import { Contexts } from '../record/contexts.ts'
import { Procedure } from '../record/facts.ts'
import { CASES_COUNTED, HOURS_COUNTED, TERMS_COUNTED } from '../figures/figures-sql.ts'
import { crowd, READERS } from './crowd.fixture.ts'

const BIG = ['case', 'child', 'act', 'deadline', 'step', 'journal', 'seen_in_list']

let world: CasesWorld
let db: Database
beforeAll(async () => {
  world = await CasesWorld.open()
  await crowd(world, { cases: 20_000, workers: 100 })
  db = await Database.open(world.postgres.urlOf('tirek_cases'), 'plans', 2)
}, 240_000)
afterAll(async () => {
  await db?.close()
  await world?.close()
})

type Node = {
  'Node Type': string
  'Relation Name'?: string
  Filter?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Join Filter'?: number
  Plans?: Node[]
}
type Plan = { text: string; nodes: Node[]; buffers: number }

/** In front of the database: what is asked under settings is explained too, as the prepared statement that it is. */
class Explaining {
  readonly plans: Plan[] = []

  as(settings: Readonly<{ [name: string]: string }>): Queries {
    const under = db.as(settings)
    const asked = async (sql: Sql, text: string, values: readonly unknown[] = []): Promise<Row[]> => {
      await sql(`PREPARE explained AS ${text}`)
      const given = values.map((value) => (value === null ? 'NULL' : pg.escapeLiteral(literalOf(value))))
      const execute = `EXECUTE explained${given.length > 0 ? ` (${given.join(', ')})` : ''}`
      const [row] = await sql(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${execute}`)
      const plan = row!['QUERY PLAN'][0].Plan
      this.plans.push({ text, nodes: nodesOf(plan), buffers: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'] })
      await sql('DEALLOCATE explained')
      return sql(text, values)
    }
    return {
      query: (text, values) => under.transaction((sql) => asked(sql, text, values)),
      transaction: (work) => under.transaction((sql) => work((text, values) => asked(sql, text, values))),
    }
  }

  query = (text: string, values?: readonly unknown[], name?: string) => db.query(text, values, name)
  transaction = (work: (sql: Sql) => Promise<never>) => db.transaction(work)
}

const literalOf = (value: unknown): string => (Array.isArray(value) ? `{${value.join(',')}}` : String(value))
const nodesOf = (plan: Node): Node[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

/** Rows of the big tables that were looked at, in all loops. */
const lookedAt = ({ nodes }: Plan): number =>
  nodes
    .filter((node) => BIG.includes(node['Relation Name'] ?? ''))
    .reduce((sum, node) => sum + node['Actual Loops'] * (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)), 0)

/** Twice what was seen; of 20,000 cases each table has hundreds to a thousand pages. A journal is read with every case of a small team. */
const MOST = { lists: { rows: 2_000, pages: 2_500 }, journals: { rows: 15_000, pages: 35_000 } }

type Asked = { lists: Lists; journals: Journals; who: Parameters<Lists['cases']>[0] }
const limit = 20
/** Each list, and its second page. */
const LISTS: Record<string, (asked: Asked) => Promise<{ items: readonly unknown[] }>> = {
  'work list': ({ lists, who }) => lists.workList(who, 'mine', { limit }),
  'work list of the team': ({ lists, who }) => lists.workList(who, 'team', { limit }),
  cases: ({ lists, who }) => lists.cases(who, { limit }),
  'second page of cases': async ({ lists, who }) => {
    const { next } = await lists.cases(who, { limit: 1 })
    return next ? lists.cases(who, { limit, cursor: next }) : { items: [] }
  },
  'open cases': ({ lists, who }) => lists.cases(who, { limit, ended: false }),
  'cases of a stage that none has': ({ lists, who }) => lists.cases(who, { limit, stage: 'planning' }),
  'cases of high risk': ({ lists, who }) => lists.cases(who, { limit, risk: 'high' }),
  'journal of requests': ({ journals, who }) => journals.page('requests', who, { order: 'newest', limit }),
  'journal of visitors': ({ journals, who }) => journals.page('visitors', who, { order: 'oldest', cursor: '10000', limit }),
  'journal of visitors by days': ({ journals, who }) =>
    journals.page('visitors', who, { order: 'newest', from: '2026-11-20', to: '2026-11-22', limit }),
  'journal of personal files': ({ journals, who }) => journals.page('files', who, { order: 'newest', kind: 'high', limit }),
  'journal of protocols': ({ journals, who }) => journals.page('protocols', who, { order: 'newest', limit }),
  timeline: async ({ lists, who }) => {
    const [first] = (await lists.cases(who, { limit: 1 })).items
    return first ? lists.timeline(first.id, who, { limit }) : { items: [] }
  },
}

test.each(READERS.flatMap((login) => Object.keys(LISTS).map((list) => [login, list] as const)))(
  '%s: %s is found by indexes',
  async (login, list) => {
    const explaining = new Explaining()
    const asDatabase = explaining as unknown as Database
    const contexts = new Contexts(db)
    const asPerson = new AsPerson(asDatabase, world.clock, contexts)
    const trail = new Trail(db, SCHEMA, world.clock)
    const lists = new Lists(db, world.clock, trail, new Procedure(contexts), contexts, asPerson, () =>
      Promise.reject(new Error('not asked')),
    )
    await LISTS[list]!({ lists, journals: new Journals(world.clock, trail, asPerson), who: world.people.get(login)! })
    expect(explaining.plans.length).toBeGreaterThan(0)
    for (const plan of explaining.plans) {
      const walked = plan.nodes.filter((node) => node['Node Type'] === 'Seq Scan' && BIG.includes(node['Relation Name'] ?? ''))
      expect(
        walked.map((node) => [node['Relation Name'], node.Filter]),
        plan.text,
      ).toEqual([])
      const most = list.startsWith('journal') ? MOST.journals : MOST.lists
      expect(lookedAt(plan), plan.text).toBeLessThan(most.rows)
      expect(plan.buffers, plan.text).toBeLessThan(most.pages)
    }
  },
)

/** Twice what was seen. Of all cases, terms and hours of the organisation the tables would be thousands of pages. */
const FIGURES: Record<string, { statement: string; of: string; pages: number }> = {
  cases: { statement: CASES_COUNTED, of: 'case', pages: 1_500 },
  terms: { statement: TERMS_COUNTED, of: 'deadline', pages: 2_000 },
  hours: { statement: HOURS_COUNTED, of: 'deadline', pages: 100 },
}
test.each(Object.keys(FIGURES))('figures: %s are counted in an index alone, everybody and of one person', async (name) => {
  const { statement, of, pages } = FIGURES[name]!
  const client = await world.admin.connect()
  try {
    await client.query(`BEGIN; SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL tirek.organisation = '${world.organisation}'`)
    await client.query(`PREPARE figures AS ${statement}`)
    const now = world.clock.now()
    for (const owners of ['NULL', `'{${world.id('aigul')}}'`]) {
      const given = [
        `'{${world.organisation}}'`,
        owners,
        String(now - 400 * 86_400_000),
        String(now + 1),
        ...(name === 'terms' ? [String(now)] : []),
      ]
      const { rows } = await client.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE figures (${given.join(', ')})`)
      const plan = rows[0]['QUERY PLAN'][0].Plan
      const read = nodesOf(plan).filter((node) => BIG.includes(node['Relation Name'] ?? ''))
      expect(
        read.map((node) => [node['Relation Name'], node['Node Type']]).filter(([table, how]) => table !== of || how !== 'Index Only Scan'),
      ).toEqual([])
      expect(read.length).toBeGreaterThan(0)
      expect(plan['Shared Hit Blocks'] + plan['Shared Read Blocks']).toBeLessThan(pages)
      if (process.env['TEST_LOG'])
        console.log(name, owners.length, plan['Actual Total Time'], plan['Shared Hit Blocks'] + plan['Shared Read Blocks'])
    }
    await client.query('DEALLOCATE figures; COMMIT')
  } finally {
    client.release()
  }
})
