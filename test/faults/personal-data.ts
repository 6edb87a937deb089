/**
 * What is typed in forms stays in Postgres: marked values are sought in logs, letters, search attributes and real histories. What Temporal
 * keeps of a case is sealed besides, and its UI shows it to an administrator who is signed in, and to nobody else.
 */
import { Client, Connection } from '@temporalio/client'
import { opened as openedHistory, type JsonPayload } from '@tirek/workflows/testing/opened'
import { findings, readable } from '@tirek/workflows/testing/personal'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Sealer } from '../../services/web/src/server/session.ts'
import { TRAILS } from '@tirek/platform/trail-seal'
import { type RunningSystem, until } from '../world/running.ts'
import { closeStage, openStage } from '../world/stage.ts'
import { EveryForm, EXAMPLES } from './every-form.fixture.ts'
import { LATIN, leaksIn, TYPED } from './leaks.fixture.ts'

const MARKS = {
  name: 'Зыбочкин Ерофей',
  address: 'Перепёлкин тупик',
  iin: '240202600018',
  phone: '+77015550199',
  ground: 'слова-метка-семь',
  asker: 'Кукушкина Фёкла',
}
let system: RunningSystem
let caseId = ''

beforeAll(async () => {
  ;({ system } = await openStage())
})
afterAll(closeStage)

test('nothing personal leaves the record: logs, letters, subjects, outbox, search attributes, histories', async () => {
  const opened = await system.insist('timur', 'POST', '/api/cases', {
    child: { name: MARKS.name, address: MARKS.address, iin: MARKS.iin, phone: MARKS.phone, birthDate: '2024-02-02', sex: 'male' },
    asker: { name: MARKS.asker, contact: MARKS.phone },
    ground: MARKS.ground,
    channel: 'phone',
    source: 'public',
    reportedAt: new Date(Date.now() - 50 * 60_000).toISOString(),
    criteria: ['H5'],
    level: 'high',
  })
  expect(opened.status).toBe(201)
  const { id, number } = opened.body.summary as { id: string; number: string }
  caseId = id
  await system.request('timur', 'GET', `/api/register?query=${encodeURIComponent(MARKS.name)}`)
  await system.request('timur', 'POST', `/api/cases/${id}/acts/noted`, {
    happenedAt: 'нет',
    version: 1,
    form: { what: MARKS.name, text: MARKS.ground },
  })
  const letters = await until('letters are out', async () => {
    const found = (await system.mails()).filter(({ text }) => text.includes(number))
    return found.length >= 2 ? found : undefined
  })
  await until('the outbox is empty', async () =>
    (await system.db.query('SELECT 1 FROM cases.outbox WHERE case_id = $1', [id])).rowCount === 0 ? true : undefined,
  )

  const seen: [string, string][] = letters.map((letter) => ['letter', JSON.stringify(letter)])
  for (const file of readdirSync(join(system.home, 'log'))) seen.push([`log ${file}`, readFileSync(join(system.home, 'log', file), 'utf8')])
  const connection = await Connection.connect({ address: system.at.temporalAddress })
  const client = new Client({ connection, namespace: 'tirek' })
  for (const workflowId of [`case/${id}`, `case/${id}/urgent/0`]) {
    const handle = client.workflow.getHandle(workflowId)
    const history = await handle.fetchHistory()
    const described = await handle.describe()
    // Payloads are bytes: they are read as text, whatever they hold.
    const bytes = (_: string, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : typeof value === 'bigint' ? String(value) : value
    seen.push(
      [`history of ${workflowId}`, JSON.stringify(history, bytes)],
      [`description of ${workflowId}`, JSON.stringify(described.typedSearchAttributes, bytes) + JSON.stringify(described.raw, bytes)],
    )
  }
  await connection.close()
  const histories = seen.filter(([where]) => /^(history|description)/.test(where)).map(([, text]) => text)
  expect(histories).toHaveLength(4)
  for (const history of histories) {
    expect(history).toContain(id)
    // Nothing of the case's facts either, but for the search attributes.
    expect(history).not.toMatch(/receivedAt|criteria|riskLevel|"H5"|dueDay|CP-\d/)
    expect(history).not.toContain(number)
  }
  const leaks = seen.flatMap(([where, text]) =>
    Object.entries(MARKS)
      .filter(([, mark]) => text.includes(mark))
      .map(([what]) => `${what} in ${where}`),
  )
  expect(leaks).toEqual([])
})

/** The request of the Temporal UI (temporalio/ui, data-encoder.ts): `fetch` of its page, so with its origin and, as its settings say, with cookies. */
async function askedByUi(payloads: unknown[], headers: Record<string, string>) {
  const settings = (await (await fetch(`${system.at.temporalUiUrl}/api/v1/settings`)).json()) as {
    Codec: { Endpoint: string; IncludeCredentials: boolean }
  }
  expect(settings.Codec.IncludeCredentials).toBe(true)
  const url = `${settings.Codec.Endpoint}/decode?preserveStorageRefs=true`
  const origin = new URL(system.at.temporalUiUrl).origin
  const preflight = await fetch(url, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,x-namespace' },
  })
  expect(preflight.headers.get('access-control-allow-origin')).toBe(origin)
  expect(preflight.headers.get('access-control-allow-headers')).toMatch(/content-type, x-namespace/)
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-namespace': 'tirek', origin, ...headers },
    body: JSON.stringify({ payloads }),
  })
}

/** The cookie that a browser has after somebody signed in. */
async function cookieOf(login: string): Promise<string> {
  const { session: secret } = JSON.parse(readFileSync(join(system.home, 'secrets.json'), 'utf8')) as { session: string }
  const now = Date.now()
  const me = { person: '', role: 'auditor', organisation: '', login, lang: 'en', name: login } as const
  const session = { id: crypto.randomUUID(), token: await system.token(login), me, startedAt: now, seenAt: now, tokenEnd: now + 600_000 }
  return `tirek-${new URL(system.at.webUrl).port}=${await new Sealer(secret).seal('session', session, 600)}`
}

test('the Temporal UI shows a case to a signed-in administrator, and ciphertext to everybody else', async () => {
  const path = `/api/v1/namespaces/tirek/workflows/${encodeURIComponent(`case/${caseId}/urgent/0`)}/history`
  const history = (await (await fetch(`${system.at.temporalUiUrl}${path}`)).json()) as { history: object }
  expect(readable(JSON.stringify(history))).not.toContain('receivedAt')

  const admin = { cookie: await cookieOf('admin') }
  const decode = async (payloads: JsonPayload[]) => {
    const answer = await askedByUi(payloads, admin)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBe(new URL(system.at.temporalUiUrl).origin)
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true')
    return ((await answer.json()) as { payloads: JsonPayload[] }).payloads
  }
  const shown = readable(JSON.stringify(await openedHistory(history, decode)))
  expect(shown).toContain('"receivedAt"')
  expect(shown).toMatch(/CP-1\d\d? /) // summaries of timers and activities
  expect(findings(shown, Object.values(MARKS))).toEqual([])
  const { rows } = await system.db.query(
    `SELECT DISTINCT role FROM cases.trail WHERE what = 'read-workflow' AND outcome = 'done' AND case_id = $1`,
    [caseId],
  )
  expect(rows).toEqual([{ role: 'administrator' }])

  const [sealed] = (JSON.stringify(history).match(/\{"metadata":\{[^{}]*"YmluYXJ5L2VuY3J5cHRlZA=="[^{}]*\},"data":"[^"]+"\}/) ?? []).map(
    (text) => JSON.parse(text) as JsonPayload,
  )
  const refused: [string, number, Record<string, string>][] = [
    ['nobody signed in', 401, {}],
    ['a social worker', 403, { cookie: await cookieOf('timur') }],
    ['a cookie of somebody else', 401, { cookie: `${admin.cookie.slice(0, -3)}AAA` }],
    ['a page of another site in the browser of the administrator', 403, { ...admin, origin: 'https://evil.example' }],
    ['a page without an origin', 403, { ...admin, origin: 'null' }],
    ['another namespace', 404, { ...admin, 'x-namespace': 'default' }],
    ['a token of a social worker', 403, { authorization: `Bearer ${await system.token('timur')}` }],
  ]
  for (const [who, status, headers] of refused) {
    const answer = await askedByUi([sealed], headers)
    expect([who, answer.status]).toEqual([who, status])
    expect(await answer.text()).not.toMatch(/payloads|receivedAt/)
    if (headers['origin']) expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  }
  const byToken = await askedByUi([sealed], { authorization: `Bearer ${await system.token('admin')}` })
  expect(byToken.status).toBe(200)
})

/** Every file that this copy keeps, but for those of Postgres: logs, the letters of the mailbox, Temporal's own database, checkpoints, ledger, settings. */
const keptFiles = (): [string, string][] =>
  readdirSync(system.home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !join(entry.parentPath, entry.name).startsWith(join(system.home, 'pg')))
    .flatMap((entry): [string, string][] => {
      const file = join(entry.parentPath, entry.name)
      try {
        return [[`file ${relative(system.home, file)}`, readFileSync(file, 'utf8')]]
      } catch (error) {
        // Temporal's database keeps a journal beside it while it writes, and no longer.
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
        throw error
      }
    })

/** An unknown member is named to whoever sent it, so that it can be taken out; nothing else of what was sent comes back. */
const withoutNames = (text: string): string => {
  if (!text.startsWith('{')) return text
  const problem = JSON.parse(text) as { errors?: { code: string }[] }
  return JSON.stringify({ ...problem, errors: problem.errors?.filter(({ code }) => code !== 'unknown') })
}

test('every form of every act and of the directory, right and wrong, addresses and headers: nothing of it leaves the record in any shape', async () => {
  const forms = new EveryForm(system)
  const opened = await forms.acts()
  await forms.journals()
  await forms.directory()
  await forms.proceedings(opened[0]!)
  await forms.tables()
  const routes = await forms.routes()
  await forms.addresses()
  const { sent } = forms
  expect(sent.filter(({ status }) => status >= 500)).toEqual([])
  // Not only refusals: most forms were saved, and so told to Temporal.
  const kinds = new Set(sent.filter(({ status }) => status < 300).map(({ what }) => what))
  expect(kinds.size).toBeGreaterThan(20)
  for (const what of ['meeting-called', 'meeting answered', 'meeting invited', 'agencies imported']) expect(kinds, what).toContain(what)
  // Each service's doors, and every module of examples.
  expect(routes.length).toBeGreaterThan(90)
  const examples = readdirSync(join(import.meta.dirname, '../../libs/contract/src/examples')).filter(
    (name) => !/^forms\.ts$|\.(test|fixture)\.ts$/.test(name),
  )
  expect(examples.map((name) => name.replace(/\.ts$/, '')).toSorted()).toEqual([...EXAMPLES])
  expect(opened.length).toBeGreaterThan(0)
  await until('the outbox is empty', async () =>
    (await system.db.query('SELECT 1 FROM cases.outbox WHERE case_id = ANY($1) AND not_before <= $2', [opened, Date.now()])).rowCount === 0
      ? true
      : undefined,
  )

  const seen: [string, string][] = keptFiles()
  expect(seen.map(([where]) => where)).toEqual(expect.arrayContaining(['file log/cases.log', 'file log/relay.log', 'file log/web.log']))
  for (const { what, status, text } of sent) if (status >= 400) seen.push([`the answer ${status} to ${what}`, withoutNames(text)])
  for (const mail of await system.mails()) seen.push(['letter', JSON.stringify(mail)])
  for (const url of [
    system.at.casesUrl,
    system.at.directoryUrl,
    system.at.notificationsUrl,
    system.urlOf('relay'),
    system.urlOf('meetings'),
  ])
    seen.push([`metrics of ${url}`, await (await fetch(`${url}/metrics`)).text()])
  for (const schema of TRAILS) {
    const { rows } = await system.db.query(`SELECT row_to_json(t)::text AS row FROM ${schema}.trail t`)
    if (schema === 'cases' || schema === 'directory') expect(rows.length).toBeGreaterThan(0)
    seen.push([`trail of ${schema}`, rows.map(({ row }) => row).join('\n')])
  }
  const connection = await Connection.connect({ address: system.at.temporalAddress })
  const client = new Client({ connection, namespace: 'tirek' })
  for await (const { workflowId, raw } of client.workflow.list()) {
    const bytes = (_: string, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : typeof value === 'bigint' ? String(value) : value
    const history = await client.workflow.getHandle(workflowId).fetchHistory()
    seen.push([`workflow ${workflowId}`, `${JSON.stringify(raw, bytes)} ${JSON.stringify(history, bytes)}`])
  }
  await connection.close()
  expect(seen.flatMap(([where, text]) => leaksIn(text).map((leak) => `${where}, ${leak}`))).toEqual([])
})

test('what leaves is found, however it is written', () => {
  const word = `а${TYPED}б`
  const shapes = [
    word,
    word.toUpperCase(),
    word.normalize('NFD'),
    word.toUpperCase().normalize('NFD'),
    `${LATIN}@example.org`,
    LATIN.toUpperCase(),
  ]
  for (const shape of shapes)
    for (const before of ['', 'x', 'xy', 'xyz']) {
      const text = before + shape
      for (const [how, written] of Object.entries({
        plain: text,
        json: JSON.stringify(text),
        escaped: JSON.stringify(text).replaceAll(/[^\0-~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
        twice: JSON.stringify(
          JSON.stringify(text).replaceAll(/[^\0-~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
        ),
        url: `/api?q=${encodeURIComponent(text)}`,
        query: new URLSearchParams({ q: text }).toString(),
        base64: Buffer.from(text).toString('base64'),
        base64url: Buffer.from(text).toString('base64url'),
        hex: Buffer.from(text).toString('hex'),
      }))
        expect(leaksIn(`… ${written} …`), `${how} of ${text}`).not.toEqual([])
    }
  expect(leaksIn('{"level":"info","route":"/api/cases/:id","msg":"answered"} Зы бочк %D0%97 SGVsbG8=')).toEqual([])
})
