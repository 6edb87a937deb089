/** Whatever is sent: an answer that says what is wrong, never a fault of ours. */
import fc from 'fast-check'
import { ACTS, KINDS } from '@tirek/contract/acts'
import { HelpRequest } from '@tirek/contract/forms/help-request'
import { addDays, dayOf } from '@tirek/procedure/time'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { CasesWorld } from './cases.fixture.ts'

let world: CasesWorld
let caseId: string
beforeAll(async () => {
  world = await CasesWorld.open()
  caseId = (await world.register('saule', { criteria: ['H1'], level: 'high' })).summary.id
})
afterAll(() => world?.close())

const problem = (answer: { status: number; body: any }, sent: unknown) => {
  expect(answer.status, JSON.stringify([sent, answer.body])).toBeLessThan(500)
  if (answer.status >= 400)
    expect(answer.body, JSON.stringify(sent)).toMatchObject({
      status: answer.status,
      code: expect.any(String),
      title: expect.any(String),
      next: expect.any(String),
      instance: expect.any(String),
    })
}

const NASTY = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '💥',
  'x'.repeat(30_000),
  "'; DROP TABLE cases.act; --",
  '../../etc/passwd',
  '0001-01-01',
  '9999-12-31',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-11-24T10:00:00+23:59',
  'null',
  '-1',
  '1e400',
  '00000000-0000-0000-0000-000000000000',
]
const odd = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant([]),
  fc.constant({}),
  fc.constant({ toString: 1, constructor: 2 }),
)

/** A form that is right but for one or two members. */
const bent = (right: Record<string, unknown>) =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.constantFrom(...Object.keys(right)), odd), { maxLength: 2 }),
      fc.option(fc.tuple(fc.string({ maxLength: 12 }), odd)),
    )
    .map(([bends, more]) => ({ ...right, ...Object.fromEntries(bends), ...(more ? { [more[0]]: more[1] } : {}) }))

/** A value of a schema, as an outsider makes it from the published JSON schema. */
function valueOf(schema: any, seed: number, defs: any = schema.$defs): any {
  if (schema.$ref) return valueOf(defs[schema.$ref.split('/').at(-1)], seed, defs)
  if (schema.anyOf) return valueOf(schema.anyOf[seed % schema.anyOf.length], seed, defs)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[seed % schema.enum.length]
  if (schema.type === 'boolean') return seed % 2 === 0
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 0, Math.min(seed % 5, schema.maximum ?? 5))
  if (schema.type === 'array')
    return Array.from({ length: Math.max(schema.minItems ?? 0, seed % 2) }, (_, n) => valueOf(schema.items, seed + n, defs))
  if (schema.type === 'object')
    return Object.fromEntries(
      Object.entries(schema.properties ?? {})
        .filter(([name], n) => schema.required?.includes(name) || (seed >> (n % 8)) % 2 === 1)
        .map(([name, of], n) => [name, valueOf(of, seed + n, defs)]),
    )
  if (schema.format === 'uuid') return '0e7f3b4e-66a5-4f7c-9a55-0c2f6a1f2b3c'
  if (schema.format === 'date') return ['0001-01-01', '2026-11-24', '2027-02-28', '9999-12-31'][seed % 4]
  if (schema.format === 'date-time')
    return ['0001-01-01T00:00:00Z', '1900-01-01T00:00:00Z', '2026-11-24T05:00:00Z', '9999-12-31T23:59:59Z'][seed % 4]
  return ['Текст', 'М', '💥 емес', "o'k"][seed % 4]
}

test('help requests of any kind', async () => {
  await fc.assert(
    fc.asyncProperty(bent(world.helpRequest() as never), async (form) =>
      problem(await world.ask('aigul', 'POST', '/api/cases', form), form),
    ),
    { numRuns: 250, seed: 1 },
  )
})

test('help requests that the schema allows, however strange their times', async () => {
  const schema = z.toJSONSchema(HelpRequest, { io: 'input', unrepresentable: 'any' })
  for (let seed = 0; seed < 60; seed++) {
    const form = { ...valueOf(schema, seed), anotherChild: true }
    problem(await world.ask('aigul', 'POST', '/api/cases', form), form)
  }
}, 120_000)

test('every kind of act, right and bent, on a case in any stage', async () => {
  const forms = KINDS.map((kind) => [kind, z.toJSONSchema(ACTS[kind].form as z.ZodType, { io: 'input', unrepresentable: 'any' })] as const)
  const byStatus = new Map<number, number>()
  for (let seed = 0; seed < 12; seed++)
    for (const [kind, schema] of forms) {
      const form = valueOf(schema, seed)
      const answer = await world.tryAct('saule', caseId, kind, form, { happenedAt: seed % 3 === 2 ? '0001-01-01T00:00:00Z' : world.at() })
      problem(answer, [kind, form])
      byStatus.set(answer.status, (byStatus.get(answer.status) ?? 0) + 1)
      if (answer.status === 200 && answer.body.summary.ended)
        caseId = (await world.register('saule', seed % 2 ? { criteria: ['H1'], level: 'high' } : {})).summary.id
    }
  expect(byStatus.get(200)).toBeGreaterThan(20)
  expect(byStatus.get(422)).toBeGreaterThan(20)
}, 120_000)

test('addresses, queries, bodies and headers of any kind', async () => {
  const paths = [
    '/api/cases/x',
    `/api/cases/${caseId}/timeline?cursor=AAAA`,
    '/api/worklist?cursor=WzEsMl0',
    '/api/worklist?limit=0',
    '/api/worklist?limit=x',
    '/api/cases?stage=%00',
    '/api/register?query=%00%00',
    '/api/register?query=%F0%9F',
    '/api/register',
    '/api/journals/none',
    '/api/journals/visitors?cursor=99999999999',
    '/api/editions/%00/acquaintance',
    '/api/cases/%2e%2e',
    '/api/nothing',
    `/api/register?query=${'x'.repeat(301)}`,
    `/api/worklist?cursor=${Buffer.from(JSON.stringify([1, '00000000-0000-0000-0000-000000000000', 'a\0'])).toString('base64url')}`,
  ]
  for (const path of paths) problem(await world.ask('saule', 'GET', path), path)
  const bodies = ['', '{', '[]', '"x"', 'null', '{"__proto__":{"a":1}}', `{"ground":"${'x'.repeat(1_100_000)}"}`, '{"ground":"\\ud800"}']
  for (const body of bodies) {
    problem(await world.ask('aigul', 'POST', '/api/cases', body), body.slice(0, 40))
    problem(await world.ask('aigul', 'POST', `/api/cases/${caseId}/acts/noted`, body), body.slice(0, 40))
  }
  problem(await world.ask('aigul', 'POST', '/api/cases', 'x=1', { 'content-type': 'application/x-www-form-urlencoded' }), 'form')
  for (const authorization of ['', 'Bearer', 'Bearer x', 'Basic eDp5', 'Bearer eyJhbGciOiJub25lIn0.e30.']) {
    const answer = await world.ask(undefined, 'GET', '/api/worklist', undefined, { authorization })
    expect(answer.status, authorization).toBe(401)
  }
})

test('the published description names the forms, with examples', async () => {
  const { status, body } = await world.ask(undefined, 'GET', '/openapi.json')
  expect(status).toBe(200)
  expect(body.openapi).toBe('3.1.0')
  const open = body.paths['/api/cases'].post
  const content = open.requestBody.content['application/json']
  expect(content.schema.$ref).toBe('#/components/schemas/HelpRequest')
  expect(body.components.schemas.HelpRequest.properties).toHaveProperty('reportedAt')
  const examples = Object.values(content.examples ?? {}) as { value: unknown }[]
  expect(examples.length).toBeGreaterThan(1)
  for (const { value } of examples) expect(HelpRequest.safeParse(value).error).toBeUndefined()
  const act = body.paths['/api/cases/{id}/acts/{kind}'].post.requestBody.content['application/json']
  for (const [kind, { value }] of Object.entries(act.examples ?? {}) as [keyof typeof ACTS, { value: any }][])
    expect((ACTS[kind].form as z.ZodType).safeParse(value.form).error, kind).toBeUndefined()
  // Every act but the two that open a case.
  expect(Object.keys(act.examples ?? {})).toHaveLength(Object.keys(ACTS).length - 2)
  expect(body.paths['/api/cases/from-paper'].post.requestBody.content['application/json'].examples).toHaveProperty('from-paper')
  expect(Object.keys(body.paths['/api/journals/{name}'].post.requestBody.content['application/json'].examples)).toEqual([
    'visitors',
    'prevention',
    'groups',
    'changes',
  ])
})

test('a wrong field is called by its caption, with its rule and what to do, in the language asked for', async () => {
  const { reportedAt: _, ...unsaid } = world.helpRequest()
  for (const [lang, caption, message] of [
    ['ru', 'Когда сообщение получено (от него идет час)', 'Заполните это поле.'],
    ['kk', 'Хабар қашан алынды (сағат осыдан басталады)', 'Бұл өрісті толтырыңыз.'],
    ['en', 'When the report was received (the hour counts from it)', 'Fill in this field.'],
  ] as const)
    expect((await world.ask('aigul', 'POST', '/api/cases', unsaid, { 'accept-language': lang })).body.errors).toEqual([
      { pointer: '/reportedAt', code: 'required', message, caption, rule: 'CP-10' },
    ])
  expect((await world.ask('aigul', 'POST', '/api/cases', { ...world.helpRequest(), colour: 'red' })).body.errors).toEqual([
    { pointer: '', code: 'unknown', message: 'Такого поля в форме нет: colour. Уберите его.' },
  ])
  expect((await world.ask('aigul', 'POST', '/api/cases', { ...world.helpRequest(), asker: {} })).body.errors).toMatchObject([
    { pointer: '/asker/name', code: 'name-or-mark', caption: 'Имя лица, обращающегося за помощью' },
  ])
  const born = (birthDate: string) =>
    world.ask('aigul', 'POST', '/api/cases', world.helpRequest({ child: { name: 'Рожден Завтра', birthDate } }))
  const today = dayOf(world.clock.now())
  const unborn = await born(addDays(today, 1))
  expect(unborn).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/child/birthDate', code: 'in-future', caption: 'Дата рождения' }] },
  })
  expect((await born(today)).status).toBe(201)
})

test('a time of an act that lies in days to come is named by its field', async () => {
  const { summary } = await world.register('aigul', { criteria: ['H1'], level: 'high' })
  const evidence = { hour: 0, lawEnforcement: { at: world.at(5), reference: 'КУИ 1' } }
  const refused = await world.tryAct('aigul', summary.id, 'urgent-measures-evidenced', evidence)
  expect(refused).toMatchObject({
    status: 422,
    body: {
      code: 'happened-in-the-future',
      errors: [{ pointer: '/form/lawEnforcement/at', code: 'in-future', caption: 'Когда', rule: 'CP-11' }],
    },
  })
  const early = await world.tryAct('aigul', summary.id, 'noted', { what: 'plan-note', text: 'x' }, { happenedAt: world.at(5) })
  expect(early.body.errors).toMatchObject([{ pointer: '/happenedAt', code: 'in-future', caption: 'Когда это произошло' }])
  const late = await world.ask('aigul', 'POST', '/api/cases', world.helpRequest({ reportedAt: world.at(5) }))
  expect(late.body.errors).toMatchObject([{ pointer: '/reportedAt', code: 'in-future', rule: 'CP-10' }])
})

test('a family is drawn as of a day that has come; one of the same day stands after the other, and who must not read assessments reads neither', async () => {
  const { summary } = await world.register('aigul', { criteria: ['M1'], level: 'medium' })
  const today = dayOf(world.clock.now())
  const year = Number(today.slice(0, 4))
  const family = (asOf: string, more: object = {}) => ({ asOf, members: [{ id: 'm1', isChild: true, name: 'Мирас', ...more }] })
  const draw = (form: object, more: object = {}, login = 'aigul') => world.tryAct(login, summary.id, 'family-drawn', form, more)

  expect((await draw(family(addDays(today, 1)))).body.errors).toMatchObject([
    { pointer: '/form/asOf', code: 'in-future', caption: 'На какой день' },
  ])
  expect((await draw(family(today, { birthDate: addDays(today, 1) }))).body.errors).toMatchObject([
    { pointer: '/form/members/0/birthDate', code: 'in-future', caption: 'Члены семьи 1: Дата рождения' },
  ])
  const ahead = await draw(family(today, { birthYear: year + 1, died: true, deathYear: year + 1 }))
  expect(ahead.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
    '/form/members/0/birthYear',
    '/form/members/0/deathYear',
  ])
  // Before the first report there was a family too; a child to be born has its day ahead.
  expect((await draw(family('2020-01-01'))).status).toBe(200)
  expect((await draw(family(today, { unborn: true, birthYear: year + 1 }))).status).toBe(200)
  const { body } = await draw(family(today, { birthDate: today }))

  const stale = await draw(family(today), { version: body.summary.version - 1 }, 'saule')
  expect(stale).toMatchObject({ status: 409, body: { code: 'stale', changes: [{ kind: 'family-drawn', by: world.id('aigul') }] } })
  const read = async (login: string) =>
    (await world.ask(login, 'GET', `/api/cases/${summary.id}/timeline`)).body.items.flatMap(
      (item: { kind: string; form: { asOf: string } }) => (item.kind === 'family-drawn' ? [item.form.asOf] : []),
    )
  expect(await read('saule')).toEqual([today, today, '2020-01-01'])
  expect(await read('nurlan')).toEqual([])
  // Facts hold nothing of it: no term moves.
  expect(await world.rows(`SELECT fact FROM cases.act WHERE case_id = $1 AND kind = 'family-drawn'`, [summary.id])).toEqual(
    Array(3).fill({ fact: {} }),
  )
  expect(body.deadlines).toEqual((await world.ask('aigul', 'GET', `/api/cases/${summary.id}`)).body.deadlines)
})
