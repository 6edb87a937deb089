/** RT-10, RT-11: an export is whole, and tells nobody who reported. */
import { KINDS } from '@tirek/contract/acts'
import { formOf, type FormSchema } from '@tirek/contract/forms/described'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from '../cases.fixture.ts'
import { REQUEST_HOLDS_MS, TABLES } from './export.ts'

let world: CasesWorld
beforeAll(async () => {
  world = await CasesWorld.open()
  for (const login of ['nurlan', 'saule', 'aigul', 'erlan', 'admin', 'audit', 'astana']) await world.signIn(login)
})
afterAll(() => world?.close())

type Node = FormSchema & {
  type?: string
  format?: string
  enum?: string[]
  anyOf?: Node[]
  const?: unknown
  properties?: Record<string, Node>
  items?: Node
  minimum?: number
  protected?: string
  additionalProperties?: Node
}
type Mark = { mark: string; path: string; isProtected: string | undefined }

/** A form with a mark of its own in every field that takes text, and something in every other. */
function filled(node: Node, path: string, marks: Mark[], isProtected?: string): unknown {
  const of = node.protected ?? isProtected
  if (node.enum) return node.enum[0]
  if (node.anyOf) return node.anyOf[0]!.const
  switch (node.type) {
    case 'object': {
      const inside = Object.entries(node.properties ?? {}).map(([name, one]) => [name, filled(one, `${path}.${name}`, marks, of)] as const)
      return Object.fromEntries(inside)
    }
    case 'array':
      return [filled(node.items ?? {}, `${path}.0`, marks, of)]
    case 'boolean':
      return true
    case 'integer':
    case 'number':
      return node.minimum ?? 1
    default: {
      const n = marks.length + 1
      const mark =
        node.format === 'date'
          ? `19${String(10 + (n % 89)).padStart(2, '0')}-0${1 + (n % 9)}-1${n % 10}`
          : node.format === 'date-time'
            ? '2026-11-24T10:00:00+05:00'
            : node.format === 'uuid'
              ? randomUUID()
              : `Метка${String(n).padStart(4, '0')}ә`
      if (node.format !== 'date-time') marks.push({ mark, path, isProtected: of })
      return mark
    }
  }
}

/** A case that holds one act of every kind, each field filled, and one journal entry of every kind. */
let journalNumber = 0
async function fullCase() {
  journalNumber += 900
  const { summary } = await world.register('aigul')
  const requests = { child: await asked(summary.id), reporter: await asked(summary.id, request('reporter')) }
  const marks: Mark[] = []
  for (const [at, kind] of KINDS.entries())
    await world.admin.query(
      `INSERT INTO cases.act (id, case_id, kind, happened_at, recorded_at, by, fact, form, version) VALUES ($1, $2, $3, $4, $4, $5, '{}', $6, $7)`,
      [
        randomUUID(),
        summary.id,
        kind,
        world.clock.now(),
        world.id('aigul'),
        JSON.stringify(filled(formOf(kind) as Node, kind, marks)),
        at + 100,
      ],
    )
  for (const [n, name] of ['visitors', 'unconfirmed', 'requests'].entries()) {
    const entry: Record<string, string> = {}
    for (const field of [
      'request',
      'child',
      'visitor',
      'question',
      'work',
      'result',
      'why',
      'asked',
      'askerTold',
      'level',
      'asker',
      'ground',
      'channel',
    ]) {
      entry[field] = `Журнал-${name}-${field}`
      marks.push({
        mark: entry[field],
        path: `${name}.${field}`,
        isProtected: ['visitor', 'question', 'asked', 'askerTold', 'asker', 'ground'].includes(field) ? 'reporter' : undefined,
      })
    }
    await world.admin.query(
      `INSERT INTO cases.journal (id, organisation, name, n, at, by, case_id, act, entry) SELECT $1, $2, $3, $4, $5, $6, $7, (SELECT id FROM cases.act WHERE case_id = $7 AND kind = $8 LIMIT 1), $9`,
      [
        randomUUID(),
        world.organisation,
        name,
        journalNumber + n,
        world.clock.now(),
        world.id('aigul'),
        summary.id,
        name === 'requests' ? 'request-sent' : 'help-request-registered',
        JSON.stringify(entry),
      ],
    )
  }
  await world.admin.query(
    `INSERT INTO cases.access (id, case_id, relation, person, from_at, until_at, reason, given_by, of_organisation) VALUES (gen_random_uuid(), $1, 'break-glass', $2, $3, $4, 'Метка-повод', $2, $5)`,
    [summary.id, world.id('erlan'), world.clock.now() - 2, world.clock.now() - 1, world.organisation],
  )
  marks.push({ mark: 'Метка-повод', path: 'access.reason', isProtected: undefined })
  return { caseId: summary.id as string, marks, requests }
}

const request = (about: 'child' | 'reporter' = 'child') => ({
  about,
  askedBy: 'Мать ребёнка',
  relation: 'мать',
  identity: 'document',
  granted: true,
})
async function asked(caseId: string, form: object = request(), login = 'saule'): Promise<string> {
  await world.act(login, caseId, 'access-asked', form)
  return (
    await world.one(
      `SELECT id FROM cases.act WHERE case_id = $1 AND kind = 'access-asked' AND form->>'relation' = 'мать' ORDER BY version DESC LIMIT 1`,
      [caseId],
    )
  ).id
}
const get = (login: string, caseId: string, act: string, format = 'json', lang = 'ru') =>
  fetch(`${world.cases.url}/api/cases/${caseId}/export?request=${act}&format=${format}`, {
    headers: { authorization: `Bearer ${world.people.get(login)!.token}`, 'accept-language': lang },
  })

test('every field of every form and journal comes out, but for what is protected, which is named', async () => {
  const { caseId, marks, requests } = await fullCase()
  const act = requests.child
  world.letters = [
    { at: world.clock.now(), person: world.id('saule'), state: 'accepted', lines: [{ rule: 'CP-10', what: 'Метка письма' }] },
  ]
  const words = { ru: '', kk: '', en: '' }
  world.readings = [
    {
      ...{ caseId, n: 1, at: 1, who: world.id('saule'), name: null, role: 'supervisor', what: 'mail-file-opened' },
      ...{ whatText: words, whyText: words, outcome: 'done' },
    },
  ]
  for (const format of ['json', 'html']) {
    const answer = await get('saule', caseId, act, format)
    expect(answer.status).toBe(200)
    const text = await answer.text()
    const absent = marks.filter(({ mark, isProtected }) => !isProtected && !text.includes(mark))
    expect(absent.map(({ path }) => path)).toEqual([])
    const leaked = marks.filter(({ mark, isProtected }) => isProtected && /^(Метка|Журнал)/.test(mark) && text.includes(mark))
    expect(leaked.map(({ path }) => path)).toEqual([])
    expect(text).toContain('Метка письма')
    expect(text).toContain('RT-11')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="ALM-2026-\d{4}_2026-11-\d\d\.(json|html)"$/)
    if (format === 'json') {
      const parsed = JSON.parse(text)
      expect(parsed.sections.map((section: any) => section.name)).toEqual([
        'child',
        'acts',
        'deadlines',
        'steps',
        'journals',
        'drafts',
        'files',
        'letters',
        'meetings',
        'referrals',
        'access',
        'readings',
      ])
      const asker = parsed.sections[1].entries.find((entry: any) => entry.kind === 'help-request-registered' && entry.leftOut.length > 0)
      expect(asker.leftOut).toContain('Лицо, обращающееся за помощью')
      // A reading tells when and which role, not who.
      expect(parsed.sections.at(-1).entries.some((entry: any) => entry.title === 'супервизор')).toBe(true)
      // So does one in another service.
      expect(JSON.stringify(parsed.sections.at(-1))).toContain('mail-file-opened')
    }
  }
  // Every protected kind of field was tried.
  expect(new Set(marks.map(({ isProtected }) => isProtected))).toEqual(new Set([undefined, 'reporter', 'shelter']))
})

test('who reported gets their own part, and nothing of the child', async () => {
  const { caseId, marks, requests } = await fullCase()
  const text = await (await get('saule', caseId, requests.reporter)).text()
  const own = marks.filter(({ isProtected, path }) => isProtected === 'reporter' && KINDS.includes(path.split('.')[0] as never))
  for (const { mark, path } of own) expect(text, path).toContain(mark)
  const others = marks.filter(({ mark, isProtected }) => isProtected !== 'reporter' && mark.startsWith('Метка') && text.includes(mark))
  expect(others.map(({ path }) => path)).toEqual([])
  // And the family does not learn that they asked.
  const family = await (await get('saule', caseId, requests.child)).json()
  const told = family.sections[1].entries.filter((entry: any) => entry.kind === 'access-asked')
  expect(told.filter((entry: any) => entry.fields.length === 0 && entry.leftOut.length === 1)).toHaveLength(1)
})

test('RT-10: only on a granted request of this case, for 30 days to the millisecond, by the supervisor of the team alone', async () => {
  const { summary } = await world.register('aigul')
  const act = await asked(summary.id)
  expect((await get('saule', summary.id, act)).status).toBe(200)
  for (const [login, status] of [
    ['aigul', 403],
    ['nurlan', 403],
    ['erlan', 404],
    ['admin', 403],
    ['audit', 403],
    ['astana', 404],
  ] as const)
    expect((await get(login, summary.id, act)).status, login).toBe(status)
  const other = await world.register('aigul')
  const refused = await get('saule', other.summary.id, act, 'json', 'kk')
  expect([refused.status, (await refused.json()).rule]).toEqual([422, 'RT-10'])
  const denied = await asked(summary.id, { ...request(), granted: false, reason: 'личность не подтверждена' })
  expect((await get('saule', summary.id, denied)).status).toBe(422)
  const { recorded_at: at } = await world.one('SELECT recorded_at FROM cases.act WHERE id = $1', [act])
  for (const [ms, status] of [
    [REQUEST_HOLDS_MS - 1, 200],
    [REQUEST_HOLDS_MS, 200],
    [REQUEST_HOLDS_MS + 1, 422],
  ] as const) {
    world.clock.set(at + ms)
    expect((await get('saule', summary.id, act)).status, String(ms)).toBe(status)
  }
  const exported = await world.rows(`SELECT outcome FROM cases.trail WHERE case_id = $1 AND what = 'exported'`, [summary.id])
  expect(exported.filter((row) => row.outcome === 'done')).toHaveLength(3)
})

test('an export is whole or not at all: while letters cannot be asked for it waits', async () => {
  const { summary } = await world.register('aigul')
  const act = await asked(summary.id)
  world.notificationsStatus = 503
  const answer = await get('saule', summary.id, act)
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
  world.notificationsStatus = 202
  expect((await get('saule', summary.id, act)).status).toBe(200)
})

test('a stolen session gives nothing out: it takes a sign-in of the last minutes', async () => {
  const { summary } = await world.register('aigul')
  const act = await asked(summary.id)
  await world.signIn('saule', 11 * 60_000)
  const answer = await get('saule', summary.id, act)
  expect([answer.status, (await answer.json()).code]).toEqual([403, 'sign-in-again'])
  await world.signIn('saule')
  expect((await get('saule', summary.id, act)).status).toBe(200)
})

test('hostile text in a form stays text on the page', async () => {
  const { summary } = await world.register('aigul', { nextActions: '<script>alert(1)</script>&"\'' })
  const text = await (await get('saule', summary.id, await asked(summary.id), 'html')).text()
  expect(text).not.toContain('<script>')
  expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;')
})

test('a table that holds something of a case is told, or says why it is not', async () => {
  const rows = await world.rows(
    `SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'cases' AND (column_name = 'case_id' OR data_type = 'jsonb') UNION SELECT table_name FROM information_schema.tables WHERE table_schema = 'cases' AND table_name IN ('child', 'case')`,
  )
  for (const { table_name: name } of rows)
    expect(Object.keys(TABLES), `the table ${name} holds something of a case and is in no section of the export`).toContain(name)
})
