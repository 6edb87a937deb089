/** Journals over HTTP: found by days, kind and words, page by page from either end; given out as tables, by the rights of their pages and recorded. */
import { randomUUID } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'

let world: CasesWorld
let led: string
const at = (local: string) => Date.parse(`${local}+05:00`)

let n = 0
const byHand = (name: string, when: string, entry: Record<string, unknown>, by = 'dana') =>
  world.admin.query('INSERT INTO cases.journal (id, organisation, name, n, at, by, entry) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
    randomUUID(),
    world.organisation,
    name,
    ++n,
    at(when),
    world.id(by),
    JSON.stringify(entry),
  ])

beforeAll(async () => {
  world = await CasesWorld.open()
  await byHand('visitors', '2026-10-31T23:59:59.999', { visitor: 'Роза Ахметова', question: 'Пособие', help: 'advice', level: 'low' })
  await byHand('visitors', '2026-11-01T00:00:00', {
    visitor: 'Әлия Құдайберген',
    question: '=HYPERLINK("http://x")',
    help: 'material',
    level: 'none',
  })
  await byHand(
    'visitors',
    '2026-11-02T10:00:00',
    { visitor: 'Анна', child: 'visitor', question: 'Жилье', help: 'advice', level: 'low' },
    'medet',
  )
  led = (await world.register('aigul', { child: { name: 'Дамир Сеитов', birthDate: '2024-02-01', sex: 'male' }, criteria: ['M1'] })).summary
    .id
  await world.act('aigul', led, 'request-sent', {
    request: randomUUID(),
    to: 'Отдел образования',
    subject: 'Место в саду',
    answerBy: '2026-12-01',
  })
  const [{ n: version }] = (await world.rows('SELECT version AS n FROM cases."case" WHERE id = $1', [led])) as [{ n: number }]
  await world.admin.query(
    `INSERT INTO cases.act (id, case_id, kind, happened_at, recorded_at, by, fact, form, version) VALUES ($1, $2, 'protocol-approved', $3, $3, $4, '{}', '{"number":"7/2026","text":"Помочь с садом"}', $5)`,
    [randomUUID(), led, at('2026-11-23T12:00:00'), world.id('saule'), version + 100],
  )
}, 120_000)
afterAll(() => world?.close())

const found = async (login: string, name: string, query = '') => {
  const { status, body } = await world.ask(login, 'GET', `/api/journals/${name}?${query}`)
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`)
  return (body.items as { entry: Record<string, string> }[]).map(
    ({ entry }) => entry['visitor'] ?? entry['subject'] ?? entry['text'] ?? entry['child'],
  )
}
const search = (text: string) => `text=${encodeURIComponent(text)}`

test('entries are found by days as Almaty has them, by kind, and by the words that are shown, in either spelling', async () => {
  const visitors = (query: string) => found('dana', 'visitors', query)
  expect(await visitors('')).toEqual(['Роза Ахметова', 'Әлия Құдайберген', 'Анна'])
  expect(await visitors('from=2026-11-01')).toEqual(['Әлия Құдайберген', 'Анна'])
  expect(await visitors('to=2026-10-31')).toEqual(['Роза Ахметова'])
  expect(await visitors('kind=advice&order=newest')).toEqual(['Анна', 'Роза Ахметова'])
  expect(await visitors(search('рОЗА'))).toEqual(['Роза Ахметова'])
  expect(await visitors(search('алия кудай'))).toEqual(['Әлия Құдайберген'])
  // By what is shown, not by the code; by a code's words in any language, and no name of a field.
  expect(await visitors(search('нет риска'))).toEqual(['Әлия Құдайберген'])
  expect(await visitors(search('материалдық'))).toEqual(['Әлия Құдайберген'])
  expect(await visitors(search('question'))).toEqual([])
  expect(await visitors(search('visitor'))).toEqual(['Анна'])
  // Signs of a pattern are no pattern.
  expect(await visitors(search('%_%'))).toEqual(['Роза Ахметова', 'Әлия Құдайберген', 'Анна'])
  // Medical staff read their own.
  expect(await found('medet', 'visitors')).toEqual(['Анна'])
})

test('a page goes on where the last one ended, from either end', async () => {
  for (const [order, all] of [
    ['oldest', [1, 2, 3]],
    ['newest', [3, 2, 1]],
  ] as const) {
    const told: number[] = []
    for (let cursor = ''; ;) {
      const { body } = await world.ask('dana', 'GET', `/api/journals/visitors?limit=1&order=${order}${cursor && `&cursor=${cursor}`}`)
      told.push(...body.items.map((item: { n: number }) => item.n))
      if (body.next === undefined) break
      cursor = body.next
    }
    expect(told).toEqual(all)
  }
  for (const bad of [
    'visitors?cursor=x',
    'files?cursor=12',
    'visitors?kind=none',
    'protocols?kind=x',
    'visitors?from=2026-13-01',
    'visitors?order=up',
  ])
    expect((await world.ask('dana', 'GET', `/api/journals/${bad}`)).status, bad).toBe(400)
})

test('personal files and protocols are told to who may open the file, with what their part shows', async () => {
  const [file] = (await world.ask('aigul', 'GET', '/api/journals/files')).body.items
  expect(file).toMatchObject({
    caseId: led,
    by: world.id('aigul'),
    entry: { child: 'Дамир Сеитов', birthDate: '2024-02-01', risk: 'medium' },
  })
  expect(file.n).toMatch(/^ALM-/)
  expect(await found('aigul', 'files', search('дамир'))).toEqual(['Дамир Сеитов'])
  expect(await found('aigul', 'files', search('кто-то'))).toEqual([])
  expect(await found('aigul', 'files', 'kind=high')).toEqual([])
  expect(await found('aigul', 'files', 'to=2026-11-23')).toEqual([])
  expect(await found('aigul', 'protocols')).toEqual(['Помочь с садом'])
  expect(await found('aigul', 'protocols', `from=2026-11-23&to=2026-11-23&${search('САДОМ')}`)).toEqual(['Помочь с садом'])
  expect(await found('aigul', 'protocols', search('7/2026'))).toEqual(['Помочь с садом'])
  expect((await world.ask('aigul', 'GET', '/api/journals/protocols')).body.items[0].entry.number).toBe('7/2026')
  expect(await found('aigul', 'protocols', 'from=2026-11-24')).toEqual([])
  for (const name of ['files', 'protocols', 'requests']) expect(await found('dana', name), name).toEqual([])
  expect(await found('astana', 'files')).toEqual([])
})

const take = async (login: string, path: string, lang = 'ru') => {
  const answer = await fetch(`${world.cases.url}/api/journals/${path}`, {
    headers: { authorization: `Bearer ${world.people.get(login)!.token}`, 'accept-language': lang },
  })
  return { status: answer.status, name: answer.headers.get('content-disposition'), bytes: Buffer.from(await answer.arrayBuffer()) }
}
const rowsOf = (bytes: Buffer, separator = ';') =>
  bytes
    .toString()
    .trim()
    .split('\r\n')
    .map((line) => line.replaceAll(/^\uFEFF?"|"$/g, '').split(`"${separator}"`))

/** A file of a workbook, which is a zip. */
function partOf(zip: Buffer, name: string): string {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  for (let entry = zip.readUInt32LE(end + 16); entry < end;) {
    const [size, length, more, note, start] = [20, 28, 30, 32, 42].map((of) =>
      of === 20 || of === 42 ? zip.readUInt32LE(entry + of) : zip.readUInt16LE(entry + of),
    )
    if (zip.subarray(entry + 46, entry + 46 + length!).toString() === name) {
      const data = start! + 30 + zip.readUInt16LE(start! + 26) + zip.readUInt16LE(start! + 28)
      const packed = zip.subarray(data, data + size!)
      return (zip.readUInt16LE(entry + 10) === 0 ? packed : inflateRawSync(packed)).toString()
    }
    entry += 46 + length! + more! + note!
  }
  throw new Error(`no ${name}`)
}

test('a table says what the page says, in the order of the book, and no cell of it is a formula', async () => {
  const csv = await take('dana', 'visitors/table/csv?from=2026-11-01')
  expect([csv.status, csv.name]).toEqual([200, 'attachment; filename=Journal-of-visitors.csv'])
  const [head, first, second, ...rest] = rowsOf(csv.bytes)
  expect(head!.slice(0, 3)).toEqual(['№', 'Дата', 'Посетитель'])
  expect([first![0], first![1], first![2], first![7]]).toEqual(['2', '01.11.2026', 'Әлия Құдайберген', `'=HYPERLINK(""http://x"")`])
  expect([second![2], second!.at(-1)]).toEqual(['Анна', 'medet'])
  expect(rest).toEqual([])
  // English takes a comma; the official caption stays beside.
  expect(rowsOf((await take('dana', 'visitors/table/csv?kind=material', 'en')).bytes, ',').map((row) => row[2])).toEqual([
    'Посетитель / Visitor',
    'Әлия Құдайберген',
  ])
  // The rights of the page.
  expect(rowsOf((await take('medet', 'visitors/table/csv')).bytes)).toHaveLength(2)
  expect((await take('nurlan', 'visitors/table/csv')).status).toBe(403)
  expect((await take('dana', 'visitors/table/doc')).status).toBe(400)
  expect((await take('dana', 'visitors/table/csv?kind=none')).status).toBe(400)
})

test('in a workbook texts are texts whatever they begin with, and days are days', async () => {
  const { status, bytes } = await take('aigul', 'visitors/table/xlsx?from=2026-11-01&to=2026-11-01')
  expect(status).toBe(200)
  const sheet = partOf(bytes, 'xl/worksheets/sheet1.xml')
  expect(sheet).not.toMatch(/<f[ >]/)
  expect(`${sheet}${partOf(bytes, 'xl/sharedStrings.xml')}`).toContain('<t>=HYPERLINK("http://x")</t>')
  // 1 November 2026 as spreadsheets count days.
  expect(sheet).toMatch(/<c r="B2"[^>]*><v>46327<\/v>/)
  const requests = partOf((await take('aigul', 'requests/table/xlsx')).bytes, 'xl/worksheets/sheet1.xml')
  expect(requests).toContain('<v>46357</v>')
})

test('an export is a row of the person, and one of each case that stands in it', async () => {
  await take('aigul', 'requests/table/csv')
  const last = await world.rows(
    `SELECT what, case_id, who FROM cases.trail WHERE what = 'exported-journal-requests' ORDER BY at DESC, seq DESC LIMIT 2`,
  )
  expect(last.map((row) => row['case_id']).toSorted()).toEqual([led, null].toSorted())
  expect(new Set(last.map((row) => row['who']))).toEqual(new Set([world.id('aigul')]))
})

test('an entry in error is struck out by who made it or supervises them, with the reason, once; it stays readable', async () => {
  const visit = { happenedAt: world.at(), kind: 'patronage-visit', place: 'ул. Примерная, 20', tookPart: ['медсестра'] }
  // CP-72: of a visit it is said what was found; CP-71: of information, to whom and on what.
  const missing = async (body: object) =>
    (await world.ask('dana', 'POST', '/api/journals/prevention', body)).body.errors?.map(({ pointer }: { pointer: string }) => pointer)
  expect(await missing(visit)).toEqual(['/found'])
  expect(await missing({ ...visit, kind: 'information' })).toEqual(['/audience', '/topic'])
  const { body: made } = await world.ask('dana', 'POST', '/api/journals/prevention', { ...visit, found: 'abandonment' })
  const entry = `/api/journals/prevention/entries/${made.id}`
  const strike = (login: string, reason: unknown = 'Не тот адрес') => world.ask(login, 'POST', `${entry}/withdraw`, { reason })
  expect((await world.ask('dana', 'GET', entry)).body).toMatchObject({ n: made.n, withdrawn: false, mayWithdraw: true })
  expect((await world.ask('aigul', 'GET', entry)).body.mayWithdraw).toBeUndefined()
  expect((await strike('dana', ' ')).body.errors[0].pointer).toBe('/reason')
  // Medical staff read their own, heads none; another organisation has none of it.
  for (const [login, status] of [
    ['aigul', 403],
    ['medet', 404],
    ['nurlan', 403],
    ['astana', 404],
  ] as const)
    expect((await strike(login)).status, login).toBe(status)
  expect((await strike('saule')).body).toMatchObject({ withdrawn: true, why: 'Не тот адрес' })
  expect((await strike('dana', 'Иначе')).body).toMatchObject({ withdrawn: true, why: 'Не тот адрес' })
  const trail = await world.rows(`SELECT who, about FROM cases.trail WHERE what = 'journal-withdrawn' AND about IS NOT NULL`)
  expect(trail).toEqual([{ who: world.id('saule'), about: made.id }])
  const line = (await world.ask('dana', 'GET', `/api/journals/prevention?${search('Примерная')}`)).body.items[0]
  expect([line.withdrawn, line.why, line.mayWithdraw]).toEqual([true, 'Не тот адрес', undefined])
  expect(rowsOf((await take('dana', 'prevention/table/csv')).bytes)[1]!.at(-1)).toBe('dana (внесено ошибочно: Не тот адрес)')
  // Of a case no entry is struck out so: its act is withdrawn.
  const [ofCase] = await world.rows(`SELECT id FROM cases.journal WHERE name = 'requests'`)
  expect((await world.ask('aigul', 'POST', `/api/journals/requests/entries/${ofCase!['id']}/withdraw`, { reason: 'x' })).status).toBe(404)
})

test('the sheets of an edition are journals: changes are written by supervisors, who has read it stands by itself; both are told to all', async () => {
  const change = { happenedAt: world.at(), edition: '2026-1', section: 'Этап 3, CP-50', changedBy: 'Методист' }
  expect((await world.ask('dana', 'POST', '/api/journals/changes', change)).status).toBe(403)
  expect((await world.ask('saule', 'POST', '/api/journals/changes', { ...change, edition: '1999' })).status).toBe(400)
  const { body: made } = await world.ask('saule', 'POST', '/api/journals/changes', change)
  await world.ask('medet', 'POST', '/api/editions/2026-1/acquaintance')
  const lines = async (login: string, path: string) => (await world.ask(login, 'GET', `/api/journals/${path}`)).body.items
  // Medical staff too read these whole.
  expect(await lines('medet', 'changes?kind=2026-1')).toMatchObject([{ n: 1, entry: { section: 'Этап 3, CP-50' } }])
  expect(await lines('medet', 'changes?kind=2026-2')).toEqual([])
  const read = { n: 1, by: world.id('medet'), entry: { edition: '2026-1', position: 'medic', signature: 'in-system' } }
  expect(await lines('dana', 'acquaintance')).toMatchObject([read])
  expect(await lines('dana', `acquaintance?order=newest&${search('медицинский')}`)).toMatchObject([read])
  expect(await lines('dana', `acquaintance?${search('MEDET')}&kind=2026-1`)).toMatchObject([read])
  expect(await lines('dana', 'acquaintance?kind=2026-2')).toEqual([])
  expect(await lines('astana', 'acquaintance')).toEqual([])
  const sheet = async (login: string) => (await world.ask(login, 'GET', '/api/editions/2026-1/acquaintance')).body.changes
  expect(await sheet('nurlan')).toEqual([
    { id: made.id, at: Date.parse(change.happenedAt), section: change.section, changedBy: 'Методист' },
  ])
  expect(await sheet('astana')).toEqual([])
  await world.ask('saule', 'POST', `/api/journals/changes/entries/${made.id}/withdraw`, { reason: 'Другая редакция' })
  expect(await sheet('nurlan')).toEqual([])
})

test('twenty in ten minutes, then one waits; a book that is too long for a workbook is taken as CSV', async () => {
  await world.admin.query(
    `INSERT INTO cases.journal (id, organisation, name, n, at, by, entry) SELECT gen_random_uuid(), $1, 'groups', n, $2, $3, '{"name":"Клуб","kind":"club"}' FROM generate_series(1, 20001) n`,
    [world.organisation, at('2026-11-03T10:00:00'), world.id('dana')],
  )
  await world.admin.query('VACUUM ANALYZE cases.journal')
  const sheet = await take('saule', 'groups/table/xlsx')
  expect([sheet.status, JSON.parse(sheet.bytes.toString()).code]).toEqual([422, 'journal-too-long'])
  expect(rowsOf((await take('saule', 'groups/table/csv')).bytes)).toHaveLength(20_002)
  for (let taken = 2; taken < 20; taken++) expect((await take('saule', 'visitors/table/csv')).status).toBe(200)
  const refused = await take('saule', 'visitors/table/csv')
  expect([refused.status, JSON.parse(refused.bytes.toString()).code]).toEqual([429, 'too-many-exports'])
  expect((await take('saule', 'visitors/table/csv')).status).toBe(429)
  expect(
    await world.one(`SELECT count(*)::int AS n FROM cases.trail WHERE who = $1 AND outcome = 'refused' AND what LIKE 'exported-%'`, [
      world.id('saule'),
    ]),
  ).toEqual({ n: 1 })
  // Reading goes on; at ten minutes it is still refused by a millisecond, then taken.
  expect((await world.ask('saule', 'GET', '/api/journals/visitors')).status).toBe(200)
  world.clock.set(world.clock.now() + 10 * 60_000 - 1)
  expect((await take('saule', 'visitors/table/csv')).status).toBe(429)
  world.clock.set(world.clock.now() + 1)
  expect((await take('saule', 'visitors/table/csv')).status).toBe(200)
}, 60_000)
