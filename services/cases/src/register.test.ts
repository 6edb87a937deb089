/** CP-02 at the moment of saving: a child is found among thousands of one birth day, by an index, and nobody else is. */
import { fold } from '@tirek/contract/names'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from './cases.fixture.ts'
import { similarSql } from './record/similar.ts'

/** The day that stands for a birth date nobody knows. */
const DAY = '2024-01-01'
const CHILDREN = 4_000
const FIRST = ['Әсел', 'Нұрсұлтан', 'Айгүл', 'Мирас', 'Жаңыл', 'Қайрат', 'Ғалия', 'Іңкәр', 'Өмір', 'Семён', 'Юлия', 'Динмухамед']
const LAST = ['Сәрсенбаева', 'Қожахметов', 'Иванова', 'Тұрсынбекұлы', 'Ермеков', 'Жұмағалиева', 'Ким', 'Әбдіғалиұлы', 'Петрова', 'Оспанов']
const FATHER = ['Қайратқызы', 'Болатұлы', 'Сергеевна', 'Маратұлы', 'Ерланқызы', 'Дәуренұлы', '']
const nameOf = (n: number) =>
  [LAST[n % LAST.length], FIRST[Math.floor(n / 10) % FIRST.length], FATHER[Math.floor(n / 120) % FATHER.length], n % 3 ? '' : `${n}`]
    .filter(Boolean)
    .join(' ')

let world: CasesWorld
let db: pg.Client
beforeAll(async () => {
  world = await CasesWorld.open()
  const { summary } = await world.register('aigul')
  db = new pg.Client({ connectionString: world.postgres.adminUrl })
  await db.connect()
  await db.query(`SELECT set_config('tirek.organisation', $1, false)`, [world.organisation])
  const names = Array.from({ length: CHILDREN }, (_, n) => nameOf(n))
  await db.query(
    `WITH child AS (INSERT INTO cases.child (id, organisation, family, name, name_folded, birth_date, sex)
       SELECT gen_random_uuid(), $1, gen_random_uuid(), name, folded, $4, 'female' FROM unnest($2::text[], $3::text[]) AS n (name, folded) RETURNING id)
     INSERT INTO cases."case" SELECT r.* FROM child, cases."case" s,
       LATERAL jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'number', 'TEST-' || child.id, 'child', child.id)) r WHERE s.id = $5`,
    [world.organisation, names, names.map(fold), DAY, summary.id],
  )
  await db.query('ANALYZE cases.child')
})
afterAll(async () => {
  await db?.end()
  await world?.close()
})

const valuesFor = (name: string, address: string | null = null) => [fold(name), null, null, address, world.organisation, DAY]

test('the search at saving reads no more of a birth day than the like names, whoever plans it', async () => {
  await db.query(`PREPARE saving (text, text, text, text, uuid, text) AS ${similarSql('marks')}`)
  const literals = valuesFor(nameOf(7), fold('Абая 5')).map((value) => (value === null ? 'NULL' : pg.escapeLiteral(value)))
  for (const mode of ['force_generic_plan', 'force_custom_plan']) {
    await db.query(`SET plan_cache_mode = ${mode}`)
    const { rows } = await db.query<{ 'QUERY PLAN': string }>(`EXPLAIN EXECUTE saving (${literals.join(', ')})`)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan.match(/child_born_like/g)).toHaveLength(1)
    expect(plan).toContain('child_same_name')
    expect(plan).toContain('child_same_address')
    expect(plan).not.toMatch(/Seq Scan on child/)
  }
})

test('an equal name is asked of no index of trigrams, which would read much for it, even where there is no other', async () => {
  await db.query('BEGIN; DROP INDEX cases.child_same_name; SET LOCAL plan_cache_mode = force_generic_plan')
  await db.query(`PREPARE without (text, text, text, text, uuid, text) AS ${similarSql('marks')}`)
  const { rows } = await db.query<{ 'QUERY PLAN': string }>(`EXPLAIN EXECUTE without ('', '', '', '', '${world.organisation}', '')`)
  await db.query('ROLLBACK')
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(plan.match(/child_born_like/g)).toHaveLength(1)
  expect(plan).not.toMatch(/child_name/)
})

test('CP-117: earlier requests on a child are counted by the same index', async () => {
  const [body] = await world.rows<{ text: string }>(`SELECT prosrc AS text FROM pg_proc WHERE proname = 'earlier_unconfirmed'`)
  await db.query(`SET plan_cache_mode = force_generic_plan; SET search_path = cases, public`)
  await db.query(`PREPARE earlier (uuid, float8) AS ${body!.text.replaceAll('of_child', '$1').replaceAll('certain', '$2')}`)
  const { rows } = await db.query<{ 'QUERY PLAN': string }>(`EXPLAIN EXECUTE earlier ('${world.organisation}', 0.6)`)
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(plan).toMatch(/child_born_like.*\n *Index Cond: \(\(hashtextextended/)
  expect(plan).not.toMatch(/Seq Scan on child/)
})

test('it finds the same children as a comparison with every one of them', async () => {
  const asked = ['Сарсенбаева Асел', 'Кожахметов Нурсултан Болатулы', 'ЖҰМАҒАЛИЕВА ІҢКӘР', 'Ким Юлия Сергеевна', 'Оспанов', 'Совсем Другой']
  for (const name of asked) {
    const { rows: byIndex } = await db.query<{ alike: number }>(
      'SELECT * FROM cases.similar_by_marks($1, $2, $3, $4, $5, $6)',
      valuesFor(name),
    )
    const all = await world.rows<{ name: string; alike: number }>(
      `SELECT name, similarity(name_folded, $1)::float8 AS alike FROM cases.child WHERE organisation = $2 AND birth_date = $3 ORDER BY alike DESC`,
      [fold(name), world.organisation, DAY],
    )
    const expected = all.filter(({ alike }) => alike > 0.4)
    expect(
      byIndex.map(({ alike }) => alike),
      name,
    ).toEqual(expected.slice(0, 20).map(({ alike }) => alike))
  }
})

test('the likest stand first, however many are alike', async () => {
  const form = world.helpRequest({ child: { name: 'Сарсенбаева Асел Кайраткызы 30', birthDate: DAY, sex: 'female' } })
  const { status, body } = await world.ask('aigul', 'POST', '/api/cases', form)
  expect({ status, code: body.code }).toEqual({ status: 409, code: 'similar-found' })
  expect(body.similar).toHaveLength(20)
  const likeness = body.similar.map((hit: { likeness: number }) => hit.likeness)
  expect(likeness).toEqual(likeness.toSorted((a: number, b: number) => b - a))
})
