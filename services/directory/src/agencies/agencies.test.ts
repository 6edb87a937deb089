/** The book of agencies over HTTP on a real Postgres: contacts, marks, tables. */
import { machineClock, ManualClock } from '@tirek/platform/clock'
import { readConfig } from '@tirek/platform/config'
import { migrate } from '@tirek/platform/database'
import { createLog } from '@tirek/platform/log'
import { startScratchIssuer, type ScratchIssuer } from '@tirek/platform/scratch-issuer'
import { startScratchPostgres, type ScratchPostgres } from '@tirek/platform/scratch-postgres'
import { scratchKeyOf, scratchPublicKeys } from '@tirek/platform/scratch-service-keys'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { DIRECTORY_NEEDS, startDirectory, type RunningDirectory } from '../app.ts'
import { migrateDirectory, MIGRATIONS } from '../migrations.ts'

const NOW = Date.UTC(2026, 10, 24, 6)
const ADMIN = randomUUID()
const OLD = randomUUID()
let postgres: ScratchPostgres
let issuer: ScratchIssuer
let directory: RunningDirectory
let client: pg.Client

beforeAll(async () => {
  ;[postgres, issuer] = await Promise.all([startScratchPostgres(), startScratchIssuer()])
  const url = postgres.urlOf('tirek_directory')
  // As a copy of before was: agencies with one contact in their row.
  const before = MIGRATIONS.slice(
    0,
    MIGRATIONS.findIndex(({ name }) => name === '0006-agency-contacts'),
  )
  await migrate(postgres.adminUrl, 'directory', [{ name: 'tirek_directory', password: decodeURIComponent(new URL(url).password) }], before)
  client = new pg.Client({ connectionString: postgres.adminUrl })
  await client.connect()
  await client.query(
    `INSERT INTO directory.agency (id, kind, territory, name, contact, email, phone, powers) VALUES ($1, 'commission-minors', 'Тараз', 'Комиссия', 'Секретарь', 's@k.example', '+77010000000', 'Решение № 2'),
      (gen_random_uuid(), 'court', 'Тараз', 'Суд без контакта', NULL, NULL, NULL, NULL), (gen_random_uuid(), 'court', 'Тараз', 'Суд с почтой', NULL, 'c@k.example', NULL, NULL)`,
    [OLD],
  )
  await migrateDirectory(postgres.adminUrl, url)
  directory = await startDirectory({
    config: readConfig(
      {
        DATABASE_URL: url,
        ISSUER_URL: issuer.url,
        CASES_URL: 'http://127.0.0.1:9',
        SERVICE_KEY: scratchKeyOf('directory'),
        SERVICE_PUBLIC_KEYS: scratchPublicKeys,
      },
      DIRECTORY_NEEDS,
    ),
    clock: new ManualClock(NOW),
    log: createLog('test', process.env['TEST_LOG'] ?? 'silent'),
    loops: false,
  })
  await client.query(
    `INSERT INTO directory.person (id, login, name, role, lang, digest, active) VALUES ($1, 'root', 'Р', 'administrator', 'ru', true, true)`,
    [ADMIN],
  )
})
afterAll(async () => {
  await client?.end()
  await directory?.close()
  await issuer?.stop()
  await postgres?.stop()
})

async function ask(
  method: string,
  path: string,
  body?: unknown,
  lang = 'ru',
): Promise<{ status: number; body: any; text: string; headers: Headers }> {
  const token = await issuer.tokenFor({
    person: ADMIN,
    role: 'administrator',
    organisation: '00000000-0000-0000-0000-000000000000',
    login: 'root',
    lang: 'ru',
    signedInAt: machineClock.now(),
  })
  const answer = await fetch(directory.url + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'accept-language': lang,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : undefined, text, headers: answer.headers }
}
const put = (csv: string, lang?: string) => ask('POST', '/api/agencies/import', { csv }, lang)
const all = async () => (await ask('GET', '/api/agencies?limit=200')).body.items as any[]
const trailSince = async (seq: number) =>
  (await client.query('SELECT what, who, about FROM directory.trail WHERE seq > $1 ORDER BY seq', [seq])).rows as {
    what: string
    who: string
    about: string | null
  }[]
const lastSeq = async () => Number((await client.query('SELECT coalesce(max(seq), 0) AS n FROM directory.trail')).rows[0].n)

const AGENCY = {
  kind: 'police',
  territory: 'Тараз',
  name: 'Отдел полиции',
  service: 'ювенальная инспекция',
  contacts: [
    { name: 'Касымов Ерлан', position: 'инспектор', email: 'erlan@police.example', phone: '+77012345678', lang: 'kk' },
    { name: 'Дежурная часть', email: 'duty@police.example', lang: 'ru' },
  ],
}
const made = async () => (await ask('POST', '/api/agencies', AGENCY)).body
const filesOf = (agency: any, at: number, may: boolean, email = agency.contacts[at].email) =>
  ask('PUT', `/api/agencies/${agency.id}/contacts/${agency.contacts[at].id}/files`, { email, may })

test('what stood in the row of an agency is its first contact now; nothing is marked by that', async () => {
  const items = await all()
  expect(items.find(({ id }) => id === OLD)).toMatchObject({
    name: 'Комиссия',
    powers: 'Решение № 2',
    contacts: [{ name: 'Секретарь', email: 's@k.example', phone: '+77010000000', lang: 'ru', mayReceiveFiles: false, markedBy: null }],
  })
  expect(items.find(({ name }) => name === 'Суд без контакта').contacts).toEqual([])
  expect(items.find(({ name }) => name === 'Суд с почтой').contacts).toMatchObject([{ name: 'Суд с почтой', email: 'c@k.example' }])
  const { rows } = await client.query('SELECT contact, email, may_receive_files FROM directory.agency_view WHERE id = $1', [OLD])
  expect(rows).toEqual([{ contact: 'Секретарь', email: 's@k.example', may_receive_files: false }])
})

// Tests below begin with an empty book.
let isFirst = true
beforeEach(async () => {
  if (!isFirst) await client.query('DELETE FROM directory.agency')
  isFirst = false
})

test('a mark names who set it and when, is a row of the trail, and stays with its address only', async () => {
  const agency = await made()
  expect(agency.contacts.map((one: any) => one.mayReceiveFiles)).toEqual([false, false])
  const before = await lastSeq()
  const marked = await filesOf(agency, 0, true)
  expect(marked.body.contacts[0]).toMatchObject({ mayReceiveFiles: true, markedBy: ADMIN, markedAt: NOW })
  expect(marked.body.contacts[1].mayReceiveFiles).toBe(false)
  await filesOf(agency, 0, true)
  expect(await trailSince(before)).toMatchObject([
    { what: 'agency-files-allowed', who: ADMIN, about: agency.contacts[0].id },
    { what: 'agency-files-marked', who: ADMIN },
  ])
  const { rows } = await client.query('SELECT may_receive_files FROM directory.agency_contact_view WHERE agency = $1 ORDER BY place', [
    agency.id,
  ])
  expect(rows.map((row: any) => row.may_receive_files)).toEqual([true, false])

  expect((await ask('GET', '/api/me/export')).body.markedAddresses).toEqual([
    { agency: agency.id, email: 'erlan@police.example', markedAt: NOW },
  ])

  const contacts = marked.body.contacts.map(({ id, name, position, email, phone, lang }: any) => ({
    id,
    name,
    position,
    email,
    phone,
    lang,
  }))
  const renamed = await ask('PUT', `/api/agencies/${agency.id}`, {
    ...AGENCY,
    contacts: [{ ...contacts[0], name: 'Другое имя' }, contacts[1]],
  })
  expect(renamed.body.contacts[0]).toMatchObject({ name: 'Другое имя', mayReceiveFiles: true, markedBy: ADMIN })
  const moved = await ask('PUT', `/api/agencies/${agency.id}`, {
    ...AGENCY,
    contacts: [{ ...contacts[0], email: 'other@mail.example' }, contacts[1]],
  })
  expect(moved.body.contacts[0]).toMatchObject({ mayReceiveFiles: false, markedBy: null, markedAt: null })
  expect(await filesOf(agency, 0, true)).toMatchObject({ status: 400, body: { errors: [{ pointer: '/email', code: 'another-address' }] } })
  await filesOf({ ...agency, contacts: moved.body.contacts }, 0, true)
  expect((await filesOf({ ...agency, contacts: moved.body.contacts }, 0, false)).body.contacts[0]).toMatchObject({
    mayReceiveFiles: false,
    markedBy: null,
  })
})

test('an address stands once in an agency; a contact of another agency is none; nobody marks by writing', async () => {
  const agency = await made()
  const twice = [AGENCY.contacts[0], { ...AGENCY.contacts[1], email: 'ERLAN@police.example' }]
  expect(await ask('POST', '/api/agencies', { ...AGENCY, contacts: twice })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/contacts/1/email', code: 'twice' }] },
  })
  const foreign = [{ ...AGENCY.contacts[0], id: randomUUID() }]
  expect(await ask('PUT', `/api/agencies/${agency.id}`, { ...AGENCY, contacts: foreign })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/contacts/0/id' }] },
  })
  expect(
    (await ask('PUT', `/api/agencies/${agency.id}`, { ...AGENCY, contacts: [{ ...AGENCY.contacts[0], mayReceiveFiles: true }] })).status,
  ).toBe(400)
  expect((await ask('PUT', `/api/agencies/${agency.id}/contacts/${randomUUID()}/files`, { email: 'a@b.example', may: true })).status).toBe(
    404,
  )
  // Two change their addresses with each other.
  const [one, other] = agency.contacts.map(({ id, name, email, lang }: any) => ({ id, name, email, lang }))
  const swapped = await ask('PUT', `/api/agencies/${agency.id}`, {
    ...AGENCY,
    contacts: [
      { ...one, email: other.email },
      { ...other, email: one.email },
    ],
  })
  expect(swapped.body.contacts.map((contact: any) => contact.email)).toEqual([other.email, one.email])
})

test('a table is taken over whole, again changes nothing, and says what is other', async () => {
  const table =
    'Вид;Территория;Ведомство;Контактное лицо;Эл. почта;Язык писем\nполиция;Тараз;Отдел полиции;Касымов;k@police.example;kk\nполиция;Тараз;Отдел полиции;Дежурный;d@police.example;\nсуд;Тараз;Суд;;;'
  expect((await put(table)).body).toEqual({ added: 2, changed: 0, same: 0, unmarked: 0 })
  const [before, seq] = [await all(), await lastSeq()]
  expect((await put(table)).body).toEqual({ added: 0, changed: 0, same: 2, unmarked: 0 })
  expect(await all()).toEqual(before)
  expect((await trailSince(seq)).map(({ what }) => what)).toEqual(['agencies-imported'])

  const police = before.find(({ kind }) => kind === 'police')
  await filesOf(police, 0, true)
  // What the table does not say stays: language, the mark, the other contact.
  expect(
    (await put('kind,territory,name,contact,email,position\npolice,тараз,отдел полиции,Касымов Е.,K@police.example,инспектор')).body,
  ).toEqual({ added: 0, changed: 1, same: 0, unmarked: 0 })
  expect((await all()).find(({ kind }) => kind === 'police')).toMatchObject({
    territory: 'Тараз',
    contacts: [
      { id: police.contacts[0].id, name: 'Касымов Е.', position: 'инспектор', lang: 'kk', mayReceiveFiles: true },
      { id: police.contacts[1].id, name: 'Дежурный' },
    ],
  })
})

test('a known person with a new address loses the mark, and the answer says so', async () => {
  const agency = await made()
  await filesOf(agency, 0, true)
  expect((await put('kind;territory;name;contact;email\npolice;Тараз;Отдел полиции;Касымов Ерлан;new@police.example')).body).toEqual({
    added: 0,
    changed: 1,
    same: 0,
    unmarked: 1,
  })
  expect((await all())[0].contacts[0]).toMatchObject({ id: agency.contacts[0].id, email: 'new@police.example', mayReceiveFiles: false })
})

test('one wrong line, and nothing of the table is taken over', async () => {
  const table =
    'Вид;Территория;Ведомство;Эл. почта;Контактное лицо\nполиция;Тараз;Хороший отдел;;\nлуна;Тараз;Отдел;;\nсуд;Тараз;Суд;не-почта;Приемная'
  const refused = await put(table, 'kk')
  expect(refused).toMatchObject({
    status: 400,
    body: {
      code: 'bad-input',
      errors: [
        { pointer: '/3/kind', caption: '3-жол, Түрі' },
        { pointer: '/4/email', caption: '4-жол, Эл. пошта' },
      ],
    },
  })
  expect(await all()).toEqual([])
  // Found only with the book at hand: a table cannot mark.
  const marking =
    'Вид;Территория;Ведомство;Контактное лицо;Эл. почта;Файлы можно\nсуд;Тараз;Суд;П;p@court.example;\nполиция;Тараз;Отдел;И;i@police.example;да'
  expect(await put(marking)).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/3/files', code: 'marked-on-page', caption: 'Строка 3, Файлы можно' }] },
  })
  expect(await all()).toEqual([])
})

test('the export opens in a spreadsheet, is harmless there, and imported again changes nothing', async () => {
  const agency = (await ask('POST', '/api/agencies', { ...AGENCY, name: '=HYPERLINK("http://x")' })).body
  await filesOf(agency, 0, true)
  for (const lang of ['ru', 'kk', 'en']) {
    const { text, headers } = await ask('GET', '/api/agencies/export.csv', undefined, lang)
    expect(headers.get('content-type')).toContain('text/csv')
    expect(headers.get('content-disposition')).toContain('agencies.csv')
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`)
    expect(text).toContain(`"'+77012345678"`)
    expect((await put(text, lang)).body).toEqual({ added: 0, changed: 0, same: 1, unmarked: 0 })
  }
  const read = await client.query(`SELECT 1 FROM directory.trail WHERE what = 'exported-agencies' AND who = $1`, [ADMIN])
  expect(read.rowCount).toBe(3)
})

test('two tables at once: no agency twice', async () => {
  const table = `kind;territory;name\n${Array.from({ length: 50 }, (_, n) => `court;Тараз;Суд ${n}`).join('\n')}`
  const answers = await Promise.all([put(table), put(table), put(table)])
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(await all()).toHaveLength(50)
})
