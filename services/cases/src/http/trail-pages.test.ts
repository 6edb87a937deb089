/** The trail read: by those who work with the case, by auditors, as a table. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'

let world: CasesWorld
let caseId: string
let number: string
const NAME = 'Тайный Дамир'

beforeAll(async () => {
  world = await CasesWorld.open()
  const { summary } = await world.register('aigul', { child: { name: NAME, birthDate: '2024-01-05', sex: 'male' } })
  caseId = summary.id
  number = summary.number
  for (let n = 0; n < 3; n++) {
    world.pass(1)
    await world.ask('saule', 'GET', `/api/cases/${caseId}/child`)
  }
  await world.ask('astana', 'GET', `/api/cases/${caseId}`)
})
afterAll(async () => {
  await world?.close()
})

test('whoever sees the case sees who read it and whom it was refused, newest first, by pages; that reading is a row too', async () => {
  const first = await world.ask('aigul', 'GET', `/api/cases/${caseId}/readers?limit=3`)
  expect(first.status).toBe(200)
  expect(first.body.items.map((item: any) => [item.name, item.what, item.outcome])).toEqual([
    ['aigul', 'read-readers', 'done'],
    ['astana', 'read', 'refused'],
    ['saule', 'read-name', 'done'],
  ])
  expect(first.body.items[2]).toMatchObject({
    whatText: { en: 'name and address were shown' },
    whyText: { en: 'supervises who leads the case' },
  })
  const rest = await world.ask('aigul', 'GET', `/api/cases/${caseId}/readers?limit=100&before=${first.body.before}`)
  expect(rest.body.items.map((item: any) => item.what)).toEqual(['read-name', 'read-name', 'help-request-registered'])
  expect(rest.body.before).toBeUndefined()
  for (const login of ['dana', 'astana']) expect((await world.ask(login, 'GET', `/api/cases/${caseId}/readers`)).status, login).toBe(404)
  for (const login of ['audit', 'admin']) expect((await world.ask(login, 'GET', `/api/cases/${caseId}/readers`)).status, login).toBe(403)
})

test('what the trails of other services have of the case stands between; of one that is away the page says so', async () => {
  const row = (at: number, what: string) => ({
    ...{ n: at, at, who: world.id('saule'), name: 'saule', role: 'supervisor', what, outcome: 'done' as const, caseId },
    ...{ whatText: { ru: what, kk: what, en: what }, whyText: { ru: '', kk: '', en: '' } },
  })
  world.readings = [row(world.clock.now() - 30_000, 'mail-file-opened'), { ...row(5, 'read'), caseId: world.id('saule') }]
  const ask = () => world.ask('aigul', 'GET', `/api/cases/${caseId}/readers`)
  const { body } = await ask()
  expect(body.away).toEqual([])
  const whats = body.items.map((item: any) => `${item.of} ${item.what}`)
  expect(whats.filter((one: string) => one.startsWith('notifications'))).toEqual(['notifications mail-file-opened'])
  expect(body.items.map((item: any) => item.at)).toEqual(body.items.map((item: any) => item.at).toSorted((a: number, b: number) => b - a))
  world.notificationsStatus = 503
  expect((await ask()).body).toMatchObject({
    away: ['notifications'],
    items: expect.arrayContaining([expect.objectContaining({ of: 'cases' })]),
  })
  world.notificationsStatus = 202
  world.readings = []
  for (const before of ['5', '5.cases', '5.nowhere.1', '1.cases.1.1', '-1.cases.1', '5.constructor.1', 'x'.repeat(70)])
    expect((await world.ask('aigul', 'GET', `/api/cases/${caseId}/readers?before=${before}`)).status, before).toBe(400)
})

test('auditors filter by case, person, what, outcome and time; others do not see it; no content stands in it', async () => {
  const items = async (query: string) => (await world.ask('audit', 'GET', `/api/trail?limit=200&${query}`)).body.items as any[]
  for (const named of [caseId, number, number.toLowerCase()]) {
    const found = await items(`case=${named}`)
    expect(found.length).toBeGreaterThan(5)
    expect(new Set(found.map((item) => item.caseNumber))).toEqual(new Set([number]))
  }
  for (const person of ['saule', world.id('saule')])
    expect(new Set((await items(`person=${person}`)).map((item) => item.login))).toEqual(new Set(['saule']))
  expect((await items('what=read-name')).every((item) => item.what === 'read-name')).toBe(true)
  expect((await items(`case=${caseId}&outcome=refused`)).every((item) => item.outcome === 'refused')).toBe(true)
  expect(await items('case=NONE-2026-0001')).toEqual([])
  expect(await items('person=nobody')).toEqual([])
  const [second] = (await items(`case=${caseId}&what=read-name`)).slice(1, 2)
  const at = new Date(second.at).toISOString()
  const later = new Date(second.at + 1).toISOString()
  // From an instant on, before an instant: one ms decides.
  expect((await items(`what=read-name&from=${at}&to=${later}`)).map((item) => item.seq)).toEqual([second.seq])
  expect(await items(`what=read-name&from=${later}&to=${new Date(second.at + 2).toISOString()}`)).toEqual([])
  expect(JSON.stringify(await items(''))).not.toContain('Тайный')
  for (const login of ['aigul', 'saule', 'nurlan', 'admin']) expect((await world.ask(login, 'GET', '/api/trail')).status, login).toBe(403)
  for (const query of ['from=yesterday', 'cursor=1', 'cursor=a.b', 'outcome=maybe', 'limit=1000'])
    expect((await world.ask('audit', 'GET', `/api/trail?${query}`)).status, query).toBe(400)
})

test('pages of the trail together are the whole, though it grows meanwhile', async () => {
  const all = (await world.ask('audit', 'GET', `/api/trail?limit=200&case=${caseId}`)).body.items.map((item: any) => item.seq)
  const paged: number[] = []
  for (let next = ''; ;) {
    const { body } = await world.ask('audit', 'GET', `/api/trail?limit=2&case=${caseId}${next && `&cursor=${next}`}`)
    paged.push(...body.items.map((item: any) => item.seq))
    if (!body.next) break
    next = body.next
  }
  expect(paged).toEqual(all)
})

test('the table: one line a row, no cell is a formula, too many are refused with what to do; the export stands in the trail', async () => {
  await world.admin.query(`UPDATE directory.person_view SET name = '=HYPERLINK("x";"y")' WHERE login = 'saule'`)
  const ask = (query: string, login = 'audit') =>
    fetch(`${world.cases.url}/api/trail/export.csv?${query}`, {
      headers: { authorization: `Bearer ${world.people.get(login)!.token}`, 'accept-language': 'en' },
    })
  // What leaves the system is given to a fresh sign-in alone.
  await world.signIn('audit', 11 * 60_000)
  const old = await ask(`case=${number}`)
  expect([old.status, (await old.json()).code]).toEqual([403, 'sign-in-again'])
  await world.signIn('audit')
  const answer = await ask(`case=${number}&what=read-name`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(answer.headers.get('content-disposition')).toContain('attachment')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  const lines = bytes.toString('utf8').trim().split('\r\n')
  expect(lines).toHaveLength(4)
  expect(lines[1]).toContain(`"'=HYPERLINK`)
  expect(lines[1]).toContain('name and address were shown')
  expect((await ask('', 'nurlan')).status).toBe(403)
  const [row] = await world.rows(`SELECT what FROM cases.trail WHERE who = $1 ORDER BY seq DESC LIMIT 1`, [world.id('audit')])
  expect(row).toEqual({ what: 'exported-trail' })
  const at = world.clock.now() - 10 ** 9
  // Without the chain, which is not what is looked at here: fifty thousand links take their time.
  await world.admin.query('ALTER TABLE cases.trail DISABLE TRIGGER trail_link')
  await world.admin.query(
    `INSERT INTO cases.trail (chain, n, at, who, role, what, prev, hash) SELECT gen_random_uuid(), 1, $1::bigint + i / 50000, gen_random_uuid(), 'medic', 'many', '', '' FROM generate_series(0, 50000) i`,
    [at],
  )
  await world.admin.query('ALTER TABLE cases.trail ENABLE TRIGGER trail_link')
  const many = await ask('what=many')
  expect(many.status).toBe(422)
  expect(await many.json()).toMatchObject({ code: 'too-many-rows', title: 'The table would have more than 50000 rows' })
  const fewer = await ask(`what=many&to=${new Date(at + 1).toISOString()}`)
  expect((await fewer.text()).trim().split('\r\n')).toHaveLength(50_001)
})
