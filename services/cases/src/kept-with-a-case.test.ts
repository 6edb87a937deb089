/** What is kept with a case beside its acts: the signature that an act names, and forms that are not finished. Who reads them, and when they go. */
import { dense, readDocx, readPdf } from '@tirek/documents/examples/reading.fixture'
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CasesWorld } from './cases.fixture.ts'

let world: CasesWorld
let id: string
beforeAll(async () => {
  world = await CasesWorld.open()
})
afterAll(() => world?.close())
beforeEach(async () => {
  id = await world.caseWithPlan()
})

/** A real PNG, white, of so many pixels. */
function png(width = 90, height = 30): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 8
  const rows = Buffer.alloc((width + 1) * height, 255)
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
const PNG = png()
const upload = (login: string, caseId: string, more: object = {}) =>
  world.ask(login, 'POST', `/api/cases/${caseId}/files`, {
    key: randomUUID(),
    name: 'Подпись Гульнары Ахметовой.png',
    claimed: 'image/png',
    content: PNG.toString('base64'),
    ...more,
  })
const signed = (file: string, more: object = {}) => ({
  signed: true,
  by: 'Гульнара Ахметова',
  how: 'screen',
  planVersion: 1,
  signature: file,
  ...more,
})
const read = (login: string, caseId: string, file: string) =>
  fetch(`${world.cases.url}/api/cases/${caseId}/files/${file}`, { headers: { authorization: `Bearer ${world.people.get(login)!.token}` } })
const onDisk = () => {
  const place = join(world.home, 'files', 'cases')
  return existsSync(place)
    ? (readdirSync(place, { recursive: true, withFileTypes: true }) as { isFile(): boolean }[]).filter((one) => one.isFile()).length
    : 0
}
const trail = (what: string) => world.rows('SELECT who FROM cases.trail WHERE case_id = $1 AND what = $2', [id, what])

describe('the signature of the family', () => {
  test('is handed in, named by its act, read back byte for byte as a download, and stands in the print of the plan', async () => {
    const { status, body } = await upload('aigul', id)
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body).toMatchObject({ type: 'image/png', size: PNG.length, name: expect.stringMatching(/^signature-[0-9a-f]{8}\.png$/) })
    await world.act('aigul', id, 'plan-signed-by-family', signed(body.id))
    const answer = await read('aigul', id, body.id)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(Buffer.from(await answer.arrayBuffer()).equals(PNG)).toBe(true)
    expect((await trail('case-file-kept')).length).toBe(1)
    expect((await trail('case-file-read')).length).toBe(1)
    // No name of a person is kept with it.
    expect(JSON.stringify(await world.rows('SELECT * FROM cases.file'))).not.toContain('Гульнар')

    const paper = async (act: string, ending: 'pdf' | 'docx') => {
      const url = `${world.cases.url}/api/cases/${id}/papers/${act}/${ending}`
      const made = await fetch(url, { headers: { authorization: `Bearer ${world.people.get('aigul')!.token}` } })
      expect(made.status).toBe(200)
      return Buffer.from(await made.arrayBuffer())
    }
    for (const kind of ['plan-signed', 'plan-signed-by-family']) {
      const { id: act } = await world.one<{ id: string }>('SELECT id FROM cases.act WHERE case_id = $1 AND kind = $2', [id, kind])
      const pdf = await paper(act, 'pdf')
      const { placed, raw } = readPdf(pdf)
      expect(dense(placed.map(({ text }) => text).join('')), kind).toContain(dense(`SHA-256 ${body.sha256}`))
      expect(raw, kind).toContain('/Subtype /Image')
      const docx = readDocx(await paper(act, 'docx'))
      expect(docx.text, kind).toContain(body.sha256)
      expect(docx.xml, kind).toContain('<pic:pic')
    }
  })

  test('sent again it is one file; another content under its key is refused; a program is no signature', async () => {
    const key = randomUUID()
    const first = await upload('aigul', id, { key })
    expect((await upload('aigul', id, { key })).body).toEqual(first.body)
    expect((await upload('aigul', id, { key, content: png(91).toString('base64') })).body.code).toBe('key-reused')
    expect(await world.rows('SELECT id FROM cases.file WHERE case_id = $1', [id])).toHaveLength(1)
    const program = { content: Buffer.from('MZ program').toString('base64'), claimed: 'image/png' }
    expect((await upload('aigul', id, program)).body.code).toBe('file-type')
  })

  test('a form that promises one names one of this case, that no other act has; how it was signed is held to its word', async () => {
    const file = (await upload('aigul', id)).body.id
    const other = await world.caseWithPlan()
    const refused = async (caseId: string, form: object) => {
      const { status, body } = await world.tryAct('aigul', caseId, 'plan-signed-by-family', form)
      return [status, ...(body.errors ?? []).map((one: { pointer: string; code: string }) => `${one.pointer} ${one.code}`)]
    }
    expect(await refused(other, signed(file))).toEqual([400, '/form/signature not-of-case'])
    expect(await refused(id, signed(randomUUID()))).toEqual([400, '/form/signature not-of-case'])
    const { signature: _, ...without } = signed(file)
    expect(await refused(id, without)).toEqual([400, '/form/signature signature-missing'])
    expect(await refused(id, { signed: true, how: 'typed' })).toEqual([400, '/form/by required', '/form/confirmed signature-not-confirmed'])
    await world.act('aigul', id, 'plan-signed-by-family', { signed: true, how: 'typed', by: 'Гульнара Ахметова', confirmed: true })
    await world.act('aigul', id, 'plan-signed-by-family', signed(file))
    expect(await refused(id, signed(file))).toEqual([400, '/form/signature not-of-case'])
    // The act was not saved without it: all or nothing.
    expect(await world.rows('SELECT 1 FROM cases.act WHERE case_id = $1 AND kind = $2', [other, 'plan-signed-by-family'])).toEqual([])
  })

  test('only who may record the act hands one in; before an act names it only its sender reads it, then who reads the plan', async () => {
    const file = (await upload('aigul', id)).body.id
    const status = async (login: string) => (await read(login, id, file)).status
    expect([(await upload('dana', id)).status, (await upload('nurlan', id)).status, (await upload('admin', id)).status]).toEqual([
      404, 403, 403,
    ])
    expect([await status('aigul'), await status('saule'), await status('dana'), await status('admin')]).toEqual([200, 404, 404, 403])
    await world.act('aigul', id, 'plan-signed-by-family', signed(file))
    // The head approves without the content of the file.
    expect([await status('aigul'), await status('nurlan'), await status('dana')]).toEqual([200, 404, 404])
  })

  test('one that no act names goes after a day, to the millisecond; one that is named stays', async () => {
    const named = (await upload('aigul', id)).body.id
    await world.act('aigul', id, 'plan-signed-by-family', signed(named))
    await world.cases.unnamedFiles()
    const file = (await upload('aigul', id)).body.id
    const before = onDisk()
    world.clock.set(world.clock.now() + 86_400_000 - 1)
    await world.cases.unnamedFiles()
    expect(await world.rows('SELECT 1 FROM cases.file WHERE id = $1', [file])).toHaveLength(1)
    world.clock.set(world.clock.now() + 1)
    await world.cases.unnamedFiles()
    expect(await world.rows('SELECT 1 FROM cases.file WHERE id = $1', [file])).toEqual([])
    expect(onDisk()).toBeLessThan(before)
    expect((await read('aigul', id, named)).status).toBe(200)
  })
})

describe('a draft of the comprehensive assessment', () => {
  const path = (caseId = id) => `/api/cases/${caseId}/drafts/assessment-finished`
  const keep = (login: string, version: number, value: object, more: object = {}) =>
    world.ask(login, 'PUT', path(), { version, content: { value }, ...more })
  const find = async (login: string) => (await world.ask(login, 'GET', path())).body

  test('is kept and found by its writer alone; its content is in no trail, no timeline and no list', async () => {
    expect(await find('aigul')).toEqual({})
    expect((await keep('aigul', 0, { cause: 'МЕТКА-ЧЕРНОВИК' })).body).toEqual({ version: 1, at: world.clock.now() })
    world.pass(1)
    expect((await keep('aigul', 1, { cause: 'МЕТКА-ЧЕРНОВИК', history: { family: 'x' } })).body.version).toBe(2)
    expect((await find('aigul')).draft).toMatchObject({
      version: 2,
      person: world.id('aigul'),
      content: { value: { history: { family: 'x' } } },
    })
    expect(await find('saule')).toEqual({})
    expect([
      (await world.ask('dana', 'GET', path())).status,
      (await keep('nurlan', 0, {})).status,
      (await keep('admin', 0, {})).status,
    ]).toEqual([404, 403, 403])
    const elsewhere = [await world.rows('SELECT * FROM cases.trail'), (await world.ask('aigul', 'GET', `/api/cases/${id}/timeline`)).body]
    expect(JSON.stringify(elsewhere)).not.toContain('МЕТКА-ЧЕРНОВИК')
    // Begun once; looked for three times by who may. Not a row at each pause of typing.
    expect([(await trail('draft-kept')).length, (await trail('draft-read')).length]).toEqual([1, 3])
  })

  test('two devices do not write over each other: the second is told what stands there', async () => {
    await keep('aigul', 0, { cause: 'а' })
    await keep('aigul', 1, { cause: 'с телефона' })
    for (const stale of [0, 1, 3]) {
      const { status, body } = await keep('aigul', stale, { cause: 'со стола' })
      expect([status, body.code, body.draft?.version, body.draft?.content.value]).toEqual([
        409,
        'draft-changed',
        2,
        { cause: 'с телефона' },
      ])
    }
    const answers = await Promise.all([
      keep('aigul', 2, { cause: '1' }),
      keep('aigul', 2, { cause: '2' }),
      keep('aigul', 2, { cause: '3' }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
  })

  test('whatever is typed is taken, zero bytes and halves of letters too; one byte above the limit is not', async () => {
    const strange = { cause: 'a\u0000b\ud800c', more: ['\\u0000'] }
    await keep('aigul', 0, strange)
    expect((await find('aigul')).draft.content.value).toEqual(strange)
    const least = Buffer.byteLength(JSON.stringify({ value: { cause: '' } }))
    const most = world.config().DRAFT_MOST_BYTES
    expect((await keep('aigul', 1, { cause: 'x'.repeat(most - least) })).status).toBe(200)
    expect((await keep('aigul', 2, { cause: 'x'.repeat(most - least + 1) })).body.code).toBe('draft-too-large')
  })

  test('who takes the case over goes on with it; who led it does not see it any more', async () => {
    await keep('aigul', 0, { cause: 'начала Айгуль' })
    await world.act('saule', id, 'handed-over', { manager: world.id('dana'), organisation: world.organisation, reason: 'Отпуск' })
    const { draft, left } = await find('dana')
    expect(draft).toBeUndefined()
    expect(left).toMatchObject({ person: world.id('aigul'), version: 1, content: { value: { cause: 'начала Айгуль' } } })
    expect((await keep('dana', 1, { cause: 'продолжает Дана' }, { from: world.id('aigul') })).body.version).toBe(2)
    expect((await find('dana')).draft).toMatchObject({ person: world.id('dana'), content: { value: { cause: 'продолжает Дана' } } })
    expect(await world.rows('SELECT person FROM cases.draft WHERE case_id = $1', [id])).toEqual([{ person: world.id('dana') }])
    expect((await world.ask('aigul', 'GET', path())).status).toBe(403)
    // A supervisor does not lead it: what another one writes is not theirs to take.
    expect((await keep('saule', 2, { cause: 'чужое' }, { from: world.id('dana') })).status).toBe(409)
  })

  test('goes when the act is saved, when its writer takes it away, and when nobody went on with it for the days of the setting', async () => {
    ;({ id } = (await world.register('aigul')).summary)
    await world.act('aigul', id, 'primary-assessment-done', { outcome: 'confirmed', reason: 'Подтвердилось' })
    await keep('aigul', 0, { cause: 'а' })
    await world.act('aigul', id, 'assessment-finished', {
      ...{
        cause: 'а',
        timeAndPeople: 'а',
        health: { body: 'а' },
        care: { care: 'а' },
        environment: { housing: 'а' },
        recommendations: 'а',
      },
      ...{ familySigned: true, signsOfCruelty: false, confirmed: 'yes', level: 'medium' },
      analysis: Object.fromEntries(
        ['strengths', 'concerns', 'consequences', 'response', 'abilityToProtect', 'abilityToChange', 'helpNeeded'].map((name) => [
          name,
          'а',
        ]),
      ),
    })
    expect(await find('aigul')).toEqual({})
    await keep('aigul', 0, { cause: 'б' })
    expect((await world.ask('aigul', 'DELETE', path())).status).toBe(204)
    expect((await world.ask('aigul', 'DELETE', path())).status).toBe(204)
    expect(await find('aigul')).toEqual({})

    await keep('aigul', 0, { cause: 'в' })
    world.clock.set(world.clock.now() + world.config().DRAFT_DAYS * 86_400_000 - 1)
    await world.cases.oldDrafts()
    expect((await find('aigul')).draft).toBeDefined()
    world.clock.set(world.clock.now() + 1)
    await world.cases.oldDrafts()
    expect(await find('aigul')).toEqual({})
  })
})
