/** What a packet is printed from: asked by a service for a person, shown by that person's rights, and a row of the trail. */
import { THREE_GENERATIONS } from '@tirek/contract/family/families.fixture'
import { CASE_SHEETS } from '@tirek/contract/papers'
import { Block, Prints } from '@tirek/contract/prints'
import { dense, readDocx, readPdf } from '@tirek/documents/examples/reading.fixture'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CasesWorld } from './cases.fixture.ts'

let world: CasesWorld
let id: string
const [first, second] = [randomUUID(), randomUUID()]
beforeAll(async () => {
  world = await CasesWorld.open()
  id = await world.caseWithPlan()
  await world.act('aigul', id, 'plan-signed', {
    planVersion: 2,
    parents: [{ name: 'Мать Үлжан' }],
    needs: [{ kind: 'family', text: 'Жилье' }],
    measures: [
      { id: first, action: 'Встать в очередь', due: '2027-03-01', responsible: 'family', responsibleName: 'мать', need: 1 },
      { id: second, action: 'Устроить в сад', due: '2027-09-01', responsible: 'worker', person: world.id('dana') },
    ],
  })
  world.clock.set(world.clock.now() + 60_000)
  await world.act('aigul', id, 'measure-marked', { measure: first, mark: 'partly', note: 'Очередь 300' })
  await world.act('aigul', id, 'plan-signed-by-family', { signed: false, reason: 'мать уехала' })
})
afterAll(() => world?.close())

const ask = (login: string, more: object = {}) =>
  world.askAsService('/internal/cases/prints', { who: { person: world.id(login) }, caseId: id, lang: 'ru', ...more })
const rows = (kind: string) =>
  world.rows<{ id: string }>(`SELECT id FROM cases.act WHERE case_id = $1 AND kind = $2 ORDER BY version`, [id, kind])
const textOf = (blocks: unknown) => JSON.stringify(blocks)

test('the newest report and the newest plan, as documents with who the child is', async () => {
  const { status, body } = await ask('aigul')
  expect(status).toBe(200)
  const prints = Prints.parse(body)
  expect(prints.child.fileNumber).toMatch(/-2026-/)
  expect(prints.child.name).not.toBe('')
  expect(prints.items.map(({ kind, title }) => [kind, title])).toEqual([
    ['assessment-finished', 'Отчет о комплексной оценке потребностей ребенка и семьи'],
    ['plan-signed', 'Индивидуальный план сопровождения семьи, версия 2'],
  ])
  const plan = textOf(prints.items[1]!.blocks)
  for (const said of ['Мать Үлжан', 'Встать в очередь', 'частично, ', 'Очередь 300', 'план не подписан, мать уехала', prints.child.name])
    expect(plan).toContain(said)
  const dana = await world.one<{ name: string }>('SELECT name FROM directory.person_view WHERE id = $1', [world.id('dana')])
  expect(plan).toContain(dana.name)
  expect(plan).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/)
})

test('in Kazakh the official captions stay and the words are Kazakh', async () => {
  const { body } = await ask('aigul', { lang: 'kk' })
  expect(body.items[1].title).toBe('Отбасын сүйемелдеудің жеке жоспары, нұсқа 2')
  expect(textOf(body.items[1].blocks)).toContain('8. План действий / Іс-қимыл жоспары')
})

test('chosen acts, in the order in which they were chosen; a withdrawn or foreign one is not there', async () => {
  const plans = await rows('plan-signed')
  const [report] = await rows('assessment-finished')
  const chosen = [plans[0]!.id, report!.id]
  expect((await ask('aigul', { acts: chosen })).body.items.map(({ act }: { act: string }) => act)).toEqual(chosen)
  expect((await ask('aigul', { acts: [randomUUID()] })).status).toBe(404)
})

test('any act can be printed, and what is protected is in none', async () => {
  await world.act('aigul', id, 'placement-recorded', {
    placement: 'temporary-centre',
    with: 'Кризисный центр, ул. Тайная 5',
    contacts: '+7 700 000 00 00',
  })
  for (const kind of ['help-request-registered', 'placement-recorded']) {
    const [act] = await rows(kind)
    const { status, body } = await ask('aigul', { acts: [act!.id] })
    expect(status, kind).toBe(200)
    for (const block of body.items[0].blocks) Block.parse(block)
    expect(textOf(body)).not.toMatch(/Тайная|\+7 700 000 00 00/)
  }
  const [request] = await world.rows<{ form: { ground: string; asker?: { name?: string } } }>(
    `SELECT form FROM cases.act WHERE case_id = $1 AND kind = 'help-request-registered'`,
    [id],
  )
  const [opened] = await rows('help-request-registered')
  expect(textOf((await ask('aigul', { acts: [opened!.id] })).body)).not.toContain(request!.form.ground)
})

test('who may not open the file gets nothing: neither a head, nor another organisation, nor who has gone', async () => {
  for (const login of ['astana', 'admin']) expect((await ask(login)).status, login).toBe(404)
  expect([403, 404]).toContain((await ask('nurlan')).status)
  expect((await world.askAsService('/internal/cases/prints', { who: { person: randomUUID() }, caseId: id, lang: 'ru' })).status).toBe(403)
  expect(
    (await world.askAsService('/internal/cases/prints', { who: { person: world.id('aigul') }, caseId: id, lang: 'ru' }, 'meetings')).status,
  ).toBe(403)
})

test('whoever takes part in the plan reads it, and makes no packet of it', async () => {
  await world.act('aigul', id, 'participant-invited', { person: world.id('erlan'), parts: ['plan'], reason: 'Нужна помощь психолога' })
  const [plan] = await rows('plan-signed')
  for (const more of [{}, { acts: [plan!.id] }]) expect((await ask('erlan', more)).status).toBe(403)
})

test('each time it is a row of the trail', async () => {
  const before = await read()
  await ask('aigul')
  expect((await read()).slice(before.length)).toEqual([{ what: 'read-for-packet', who: world.id('aigul'), why: 'manager' }])
})
const read = () => world.rows(`SELECT what, who, why FROM cases.trail WHERE chain = $1 AND what = 'read-for-packet' ORDER BY n`, [id])

// --- papers of the house itself -------------------------------------------------------------------------------------------------------------

const paper = async (login: string, path: string) => {
  const answer = await fetch(world.cases.url + path, { headers: { authorization: `Bearer ${world.people.get(login)!.token}` } })
  return { status: answer.status, name: answer.headers.get('content-disposition') ?? '', bytes: Buffer.from(await answer.arrayBuffer()) }
}
const pdfText = (bytes: Buffer) =>
  dense(
    readPdf(bytes)
      .placed.map(({ text }) => text)
      .join(''),
  )

test('the form of an act is printed whole for who may read it, the same each time, with a row of the trail', async () => {
  const [request] = await rows('help-request-registered')
  const path = `/api/cases/${id}/papers/${request!.id}`
  const { status, name, bytes } = await paper('aigul', `${path}/pdf`)
  expect(status).toBe(200)
  const { number, ground, child } = await world.one<{ number: string; ground: string; child: string }>(
    `SELECT c.number, a.form->>'ground' AS ground, ch.name AS child FROM cases."case" c JOIN cases.act a ON a.case_id = c.id AND a.kind = 'help-request-registered' JOIN cases.child ch ON ch.id = c.child WHERE c.id = $1`,
    [id],
  )
  const text = pdfText(bytes)
  for (const said of ['Форма обращения за помощью', 'Приложение 1', number, ground, child, 'Поликлиника'])
    expect(text).toContain(dense(said))
  expect(decodeURIComponent(name)).toContain(`Форма-обращения-за-помощью_${number}_2026-`)
  expect(decodeURIComponent(name)).not.toContain(child.split(' ')[0])
  expect((await paper('aigul', `${path}/pdf`)).bytes).toEqual(bytes)
  expect(dense(readDocx((await paper('aigul', `${path}/docx`)).bytes).text)).toContain(dense(ground))
  expect(
    await world.rows(`SELECT who, why, about FROM cases.trail WHERE chain = $1 AND what = 'paper-read' ORDER BY n LIMIT 1`, [id]),
  ).toEqual([{ who: world.id('aigul'), why: 'manager', about: request!.id }])
})

test('whoever was given a part of the case prints the forms of that part alone; strangers none', async () => {
  const [request] = await rows('help-request-registered')
  const [plan] = await rows('plan-signed')
  // erlan takes part in the plan.
  expect((await paper('erlan', `/api/cases/${id}/papers/${plan!.id}/pdf`)).status).toBe(200)
  expect((await paper('erlan', `/api/cases/${id}/papers/${request!.id}/pdf`)).status).toBe(404)
  expect((await paper('erlan', `/api/cases/${id}/sheets/file/pdf`)).status).toBe(403)
  for (const login of ['astana', 'dana']) {
    expect((await paper(login, `/api/cases/${id}/papers/${plan!.id}/pdf`)).status).toBe(404)
    expect((await paper(login, `/api/cases/${id}/sheets/plan/pdf`)).status).toBe(404)
  }
  expect((await paper('admin', `/api/cases/${id}/sheets/reach/pdf`)).status).toBe(403)
})

test('an act entered in error is printed as that', async () => {
  const noted = await world.act('aigul', id, 'noted', { what: 'plan-note', text: 'Ошибка' })
  const [act] = await world.rows<{ id: string }>(`SELECT id FROM cases.act WHERE case_id = $1 AND version = $2`, [
    id,
    noted.summary.version,
  ])
  await world.act('aigul', id, 'withdrawn', { act: act!.id, reason: 'не тот случай' })
  expect(pdfText((await paper('aigul', `/api/cases/${id}/papers/${act!.id}/pdf`)).bytes)).toContain(dense('Внесено ошибочно'))
})

test('every sheet of the case: each with its reading, the one for the family without number, name or word of risk', async () => {
  const said: Record<string, string> = {}
  for (const sheet of Object.keys(CASE_SHEETS)) {
    const { status, bytes, name } = await paper('aigul', `/api/cases/${id}/sheets/${sheet}/pdf`)
    expect(status, sheet).toBe(200)
    said[sheet] = pdfText(bytes)
    expect(decodeURIComponent(name)).toMatch(/\.pdf/)
  }
  const { number, child } = await world.one<{ number: string; child: string }>(
    `SELECT c.number, ch.name AS child FROM cases."case" c JOIN cases.child ch ON ch.id = c.child WHERE c.id = $1`,
    [id],
  )
  for (const sheet of ['plan', 'contacts', 'file', 'hand-over', 'urgent-notice']) expect(said[sheet], sheet).toContain(dense(child))
  expect(said['plan']).toContain(dense('Индивидуальный план, версия 2'))
  expect(said['file']).toContain(dense('Опись документов'))
  expect(said['hand-over']).toContain(dense('Открытые сроки'))
  expect(said['reach']).toContain(dense('в рабочие дни с 09:00 до 18:00'))
  expect(said['reach']).not.toContain(number)
  expect(said['reach']).not.toContain(dense(child))
  const inKazakh = await paper('aigul', `/api/cases/${id}/sheets/reach/pdf?lang=kk`)
  expect(pdfText(inKazakh.bytes)).toContain(dense('Бізге қалай хабарласуға болады'))
  const [{ n } = { n: 0 }] = await world.rows<{ n: number }>(
    `SELECT count(*)::int AS n FROM cases.trail WHERE chain = $1 AND what = 'sheet-read' AND outcome = 'done'`,
    [id],
  )
  expect(n).toBe(Object.keys(CASE_SHEETS).length + 1)
})

test('genogram and ecomap of a day: by who reads the drawing, without names unless they are asked for; a drawing is no text', async () => {
  const sheet = (login: string, which: string) => paper(login, `/api/cases/${id}/sheets/${which}`)
  expect((await sheet('aigul', 'genogram/pdf')).status).toBe(404)
  const today = world.at().slice(0, 10)
  await world.act('aigul', id, 'family-drawn', { ...THREE_GENERATIONS, asOf: today })
  await world.act('aigul', id, 'family-drawn', { ...THREE_GENERATIONS, asOf: '2026-01-01', conclusions: 'Было иначе' })
  for (const which of ['genogram', 'ecomap']) {
    const { status, name, bytes } = await sheet('aigul', `${which}/pdf`)
    expect([status, decodeURIComponent(name).includes(today)], which).toEqual([200, true])
    expect(pdfText(bytes)).not.toContain('Гульнара')
    expect(pdfText((await sheet('aigul', `${which}/pdf?names=true`)).bytes)).toContain('Гульнара')
    expect(pdfText((await sheet('aigul', `${which}/pdf?asOf=2026-01-01`)).bytes)).toContain(dense('Было иначе'))
    expect((await sheet('aigul', `${which}/pdf?asOf=2025-01-01`)).status).toBe(404)
    expect((await sheet('aigul', `${which}/docx`)).status).toBe(404)
  }
  // erlan was given the plan, dana has nothing to do with it.
  for (const login of ['erlan', 'dana', 'astana']) expect((await sheet(login, 'genogram/pdf')).status, login).toBe(404)
})

test('a journal is printed for its days; the sheets of an edition name who has read it', async () => {
  await world.ask(
    'aigul',
    'POST',
    '/api/journals/visitors',
    {
      happenedAt: world.at(),
      visitor: 'Гүлнұр Ә.',
      question: 'Пособие',
      level: 'none',
      help: 'advice',
      work: 'Объяснено',
      result: 'solved',
    },
    { 'idempotency-key': randomUUID() },
  )
  const day = world.at().slice(0, 10)
  const of = (query: string) => paper('aigul', `/api/journals/visitors/print/pdf${query}`)
  expect(pdfText((await of(`?from=${day}&to=${day}`)).bytes)).toContain(dense('Гүлнұр Ә.'))
  expect(pdfText((await of('?to=2020-01-01')).bytes)).not.toContain(dense('Гүлнұр Ә.'))
  expect((await paper('nurlan', '/api/journals/visitors/print/pdf')).status).toBe(403)
  const [{ id: edition }] = (await world.ask('aigul', 'GET', '/api/editions')).body.items
  await world.ask('aigul', 'POST', `/api/editions/${edition}/acquaintance`)
  const read = pdfText((await paper('saule', `/api/editions/${edition}/sheets/acquaintance/pdf`)).bytes)
  for (const said of ['Лист ознакомления', 'подтверждено в системе', 'erlan']) expect(read).toContain(dense(said))
  expect((await paper('saule', `/api/editions/${edition}/sheets/changes/pdf`)).status).toBe(200)
})

test('every blank form is there by its name, and says nothing of anybody', async () => {
  for (const blank of ['help-request-registered', 'journal-visitors', 'plan', 'acquaintance']) {
    const { status, bytes, name } = await paper('medet', `/api/blanks/${blank}/pdf?lang=kk`)
    expect(status, blank).toBe(200)
    expect(pdfText(bytes)).toContain(dense('Емхана'))
    expect(decodeURIComponent(name)).not.toMatch(/2026-/)
  }
  expect((await paper('admin', '/api/blanks/plan/pdf')).status).toBe(403)
})
