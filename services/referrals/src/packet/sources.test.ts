/** A packet goes out as it was looked at: of acts that still stand, with the documents that were added, to whom its letter names. */
import { MOST_PACKET } from '@tirek/documents/packet/packet'
import { foreignPdf, png } from '@tirek/documents/examples/packets.fixture'
import { realDocx } from '@tirek/platform/files/archives.fixture'
import { FolderStore } from '@tirek/platform/files/file-store'
import { DAY } from '@tirek/procedure/time'
import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ReferralsWorld } from '../referrals.fixture.ts'

let world: ReferralsWorld
beforeAll(async () => {
  world = await ReferralsWorld.open()
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.rows('DELETE FROM referrals.outbox')
  world.goOn()
})

test('what was withdrawn as entered in error, or corrected in the protocol, does not go out in the packet that was made before', async () => {
  const file = await world.decidedCase()
  const referral = await world.prepare(file)
  await world.act(referral, 'packet-made', {})
  const [plan] = await world.rows(`SELECT id FROM cases.act WHERE case_id = $1 AND kind = 'plan-signed'`, [file.id])
  await world.meetings.actOnCase('aigul', file.id, 'withdrawn', { act: plan!['id'], reason: 'План другой семьи' })
  expect((await world.tryAct(referral, 'sent', { way: 'mail' })).body).toMatchObject({ code: 'packet-needed' })
  const again = await world.act(referral, 'packet-made', {})
  expect(again.packet!.enclosures.map(({ kind }) => kind)).toEqual(['assessment', 'protocol'])
  const [{ content }] = (await world.rows('SELECT content FROM meetings.protocol WHERE meeting = $1', [file.meeting])) as [
    { content: object },
  ]
  await world.meetings.act({ id: file.meeting }, 'protocol-corrected', { ...content, changed: 'Описка' })
  expect((await world.tryAct(referral, 'sent', { way: 'mail' })).body).toMatchObject({ code: 'packet-needed' })
  await world.act(referral, 'packet-made', {})
  expect(await world.act(referral, 'sent', { way: 'mail' })).toMatchObject({ state: 'sent', packet: { version: 3 } })
})

test('CP-54: another address, or other rules for files there, are shown before it goes; a contact set before the one that was proposed is not', async () => {
  const file = await world.decidedCase()
  const referral = await world.prepare(file)
  await world.act(referral, 'packet-made', {})
  const first = randomUUID()
  await world.rows(
    `INSERT INTO directory.agency_contact (id, agency, place, name, email, lang) VALUES ($1, $2, 0, 'Новый', 'new@example.org', 'ru')`,
    [first, world.commission],
  )
  const sent = await world.act(referral, 'sent', { way: 'mail' })
  expect(sent.sendings[0]!.to).toBe('commission-services@example.org')
  const tried = async (way: object = { way: 'mail' }) => (await world.tryAct(referral, 'sent', way)).body.code
  const own = `agency = '${world.commission}' AND id <> '${first}'`
  await world.rows(`UPDATE directory.agency_contact SET email = 'other@example.org' WHERE ${own}`)
  expect(await tried()).toBe('packet-needed')
  const shown = await world.act(referral, 'packet-made', {})
  expect(shown).toMatchObject({ state: 'sent', to: { email: 'other@example.org', mayReceiveFiles: true }, packet: { version: 2 } })
  await world.rows(`UPDATE directory.agency_contact SET marked_by = NULL, marked_at = NULL WHERE ${own}`)
  expect(await tried()).toBe('packet-needed')
  expect((await world.act(referral, 'packet-made', {})).to).toMatchObject({ mayReceiveFiles: false })
  expect((await world.act(referral, 'sent', { way: 'mail' })).sendings[1]).toMatchObject({ to: 'other@example.org', packet: 3 })
  // On paper no mailbox is meant, but the letter names who it is for.
  await world.rows(`UPDATE directory.agency_contact SET email = 'third@example.org' WHERE ${own}`)
  const onPaper = { way: 'paper', number: '7', day: world.day(10) }
  expect((await world.act(referral, 'sent', onPaper)).sendings[2]).toMatchObject({ way: 'paper' })
  await world.rows(`UPDATE directory.agency_contact SET name = 'А. Новая' WHERE ${own}`)
  expect(await tried(onPaper)).toBe('packet-needed')
  await world.rows('DELETE FROM directory.agency_contact WHERE id = $1', [first])
})

test('withdrawn after it went on paper too: the mailbox that has it is told, its packet opens no more; what still waited does not go', async () => {
  const file = await world.decidedCase('separate', { pmpk: true })
  const byLink = await world.sent(file, { body: 'pmpk' })
  await world.deliver()
  const packet = (of: { packet?: { file?: { id: string } | undefined } | undefined }) =>
    world.asService('notifications', 'GET', `/internal/files/${of.packet!.file!.id}`)
  expect((await packet(byLink)).status).toBe(200)
  await world.act(byLink, 'sent', { way: 'paper', number: '7', day: world.day(10) })
  await world.act(byLink, 'withdrawn', { reason: 'Семья переехала' })
  expect(await packet(byLink)).toMatchObject({ status: 404 })
  const neverSent = await world.prepare(file, { body: 'pmpk' })
  expect(await packet(await world.act(neverSent, 'packet-made', {}))).toMatchObject({ status: 404 })
  await world.deliver()
  expect(world.mails().map(({ kind, to }) => [kind, to.address])).toEqual([
    ['referral-sent', 'pmpk@example.org'],
    ['referral-withdrawn', 'pmpk@example.org'],
  ])
  world.meetings.referralMails.length = 0
  const other = await world.sent(await world.decidedCase())
  await world.act(other, 'withdrawn', { reason: 'Ошибка' })
  await world.deliver()
  expect(world.mails().map(({ kind }) => kind)).toEqual(['referral-withdrawn'])
})

test('a packet whose act fails leaves no file behind, one key makes one file, and its number stays with the referral', async () => {
  const referral = await world.prepare(await world.decidedCase())
  await world.act(referral, 'packet-made', {})
  const before = kept()
  const [row] = await world.rows('SELECT outgoing FROM referrals.referral WHERE id = $1', [referral.id])
  await world.rows('ALTER TABLE referrals.packet ADD CONSTRAINT "full" CHECK (version < 2) NOT VALID')
  expect((await world.tryAct(referral, 'packet-made', {})).status).toBe(500)
  expect(kept()).toBe(before)
  await world.rows('ALTER TABLE referrals.packet DROP CONSTRAINT "full"')
  const key = randomUUID()
  const [{ version }] = (await world.rows('SELECT version FROM referrals.referral WHERE id = $1', [referral.id])) as [{ version: number }]
  const make = () => world.ask('aigul', 'POST', `/api/referrals/${referral.id}/packet-made`, { version, form: {} }, key)
  const [first, second] = await Promise.all([make(), make()])
  expect([first.status, second.body]).toEqual([200, first.body])
  expect(kept()).toBe(before + 1)
  expect(await world.rows('SELECT outgoing FROM referrals.referral WHERE id = $1', [referral.id])).toEqual([row])
})

const PAGE = { size: [595, 842] as [number, number], turn: 0 as const }
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const kept = () =>
  readdirSync(join(world.config().TIREK_HOME, 'files'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length
const handIn = (referral: { id: string }, bytes: Buffer, name: string, login = 'aigul') =>
  world.ask(login, 'POST', `/api/referrals/${referral.id}/uploads`, {
    ...{ key: randomUUID(), name, content: bytes.toString('base64'), for: 'packet' },
  })
const secretary = { name: 'Г. Сериков', position: 'секретарь' }

test('CP-54: a document that is added becomes pages of the packet, listed with its title and the hash of its own bytes, and goes out with it', async () => {
  const file = await world.decidedCase()
  const referral = await world.prepare(file)
  const [conclusion, photo] = [await foreignPdf([PAGE, PAGE]), png(300, 200)]
  const [first, second] = [await handIn(referral, conclusion, 'Заключение Ахметовой.pdf'), await handIn(referral, photo, 'фото.png')]
  expect([first.status, second.status]).toEqual([200, 200])
  expect((await handIn(referral, photo, 'фото.png', 'dana')).status).toBe(404)
  const added = { file: first.body.id, kind: 'pmpk-conclusion', title: '№ 12 от 3 ноября' }
  await world.act(referral, 'document-added', added)
  const refused = async (form: object) => (await world.tryAct(referral, 'document-added', form)).body.errors
  expect(await refused(added)).toMatchObject([{ pointer: '/form/file', code: 'added-already' }])
  expect(await refused({ file: randomUUID(), kind: 'certificate' })).toMatchObject([{ pointer: '/form/file', code: 'not-of-case' }])
  expect(await refused({ file: second.body.id, kind: 'other' })).toMatchObject([{ pointer: '/form/title', code: 'required' }])
  await world.act(referral, 'document-added', { file: second.body.id, kind: 'certificate' })
  const packed = await world.act(referral, 'packet-made', {})
  expect(packed.packet!.enclosures.map(({ kind }) => kind)).toEqual(['assessment', 'plan', 'protocol', 'upload', 'upload'])
  expect(packed.packet!.enclosures.slice(3)).toEqual([
    { kind: 'upload', title: 'Заключение ПМПК: № 12 от 3 ноября', sha256: sha256(conclusion), pages: 2, file: first.body.id },
    { kind: 'upload', title: 'Справка', sha256: sha256(photo), pages: 1, file: second.body.id },
  ])
  expect(packed.documents).toMatchObject([{ ...{ id: first.body.id, kind: 'pmpk-conclusion' }, file: first.body }, { id: second.body.id }])
  expect(await world.bytes('aigul', `/api/referrals/${referral.id}/files/${first.body.id}`)).toEqual([200, sha256(conclusion)])
  // Taken out again the packet is not of what stands; it is made anew without it.
  await world.act(referral, 'document-removed', { file: second.body.id })
  expect((await world.tryAct(referral, 'sent', { way: 'mail' })).body.code).toBe('packet-needed')
  await world.act(referral, 'packet-made', {})
  const { packet } = await world.act(referral, 'sent', { way: 'mail' })
  expect((await world.tryAct(referral, 'document-removed', { file: first.body.id })).body).toMatchObject({
    code: 'referral-state',
    state: 'sent',
  })
  expect((await handIn(referral, photo, 'фото.png')).body.code).toBe('referral-state')
  await world.deliver()
  const [mail] = world.mails()
  expect([...mail!.attachments, mail!.file].flatMap((one) => one?.sha256 ?? [])).toEqual([packet!.file!.sha256])
  const held = await world.asService('cases', 'POST', '/internal/cases/held', { caseId: file.id })
  expect(held.body.items[0].documents).toEqual([
    { kind: 'pmpk-conclusion', title: '№ 12 от 3 ноября', name: first.body.name, sha256: sha256(conclusion) },
  ])
  // More is asked for: what went out keeps its file, though it is in no packet from now on. What nothing names is gone after a day.
  await world.act(referral, 'answered', { answer: 'more-asked-for', text: 'Справка', ...secretary })
  await world.act(referral, 'document-removed', { file: first.body.id })
  world.clock.set(world.clock.now() + DAY)
  await world.referrals.tidy()
  const rows = await world.rows(`SELECT id FROM referrals.file WHERE referral = $1 AND of = 'document'`, [referral.id])
  expect(rows).toEqual([{ id: first.body.id }])
  await world.asService('relay', 'POST', '/internal/cases/erase', { caseId: file.id })
  expect(await world.rows('SELECT 1 FROM referrals.file WHERE case_id = $1', [file.id])).toEqual([])
})

test('what has no pages is refused at once and leaves nothing behind; so is what the whole packet has no room for', async () => {
  const referral = await world.prepare(await world.decidedCase())
  const before = kept()
  for (const [bytes, name] of [
    [await realDocx(), 'ответ.docx'],
    [Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n'), 'пустой.pdf'],
  ] as const)
    expect(await handIn(referral, bytes, name)).toMatchObject({ status: 422, body: { code: 'file-no-pages', rule: 'CP-54' } })
  expect(kept()).toBe(before)
  const [one, other] = [(await handIn(referral, png(20, 20), 'один.png')).body, (await handIn(referral, png(21, 20), 'два.png')).body]
  await world.act(referral, 'document-added', { file: one.id, kind: 'certificate' })
  const ofSize = (size: number) => world.rows('UPDATE referrals.file SET size = $2 WHERE id = $1', [one.id, size])
  await ofSize(MOST_PACKET - other.size + 1)
  expect(await world.tryAct(referral, 'document-added', { file: other.id, kind: 'certificate' })).toMatchObject({
    ...{ status: 413, body: { code: 'packet-too-large' } },
  })
  await ofSize(MOST_PACKET - other.size)
  expect((await world.act(referral, 'document-added', { file: other.id, kind: 'certificate' })).documents).toHaveLength(2)
})

test('what PMPK sent with its answer goes on with the next referral of the case, and is opened from there; of another case it is not', async () => {
  const file = await world.decidedCase('separate', { pmpk: true })
  const pmpk = await world.sent(file, { body: 'pmpk' })
  const upload = async (bytes: Buffer, name: string) =>
    (
      await world.asService('notifications', 'POST', '/internal/uploads', {
        ...{ referral: pmpk.id, key: randomUUID(), name, content: bytes.toString('base64') },
      })
    ).body
  const [conclusion, table, unnamed] = [
    await upload(await foreignPdf([PAGE]), 'заключение.pdf'),
    await upload(await realDocx(), 'таблица.docx'),
    await upload(png(5, 5), 'лишнее.png'),
  ]
  await world.byLink(pmpk, { answer: 'recommended', files: [conclusion.id, table.id], ...secretary })
  const next = await world.prepare(file, { previous: pmpk.id })
  const add = (referral: { id: string }, id: string) => world.tryAct(referral, 'document-added', { file: id, kind: 'pmpk-conclusion' })
  expect((await add(next, unnamed.id)).body.errors).toMatchObject([{ code: 'not-of-case' }])
  expect((await add(next, table.id)).body.code).toBe('file-no-pages')
  expect((await add(next, conclusion.id)).body.documents).toMatchObject([{ file: conclusion }])
  const packed = await world.act(next, 'packet-made', {})
  expect(packed.packet!.enclosures.at(-1)).toMatchObject({ sha256: conclusion.sha256, file: conclusion.id })
  expect(await world.bytes('aigul', `/api/referrals/${next.id}/files/${conclusion.id}`)).toEqual([200, conclusion.sha256])
  expect((await world.bytes('aigul', `/api/referrals/${next.id}/files/${table.id}`))[0]).toBe(404)
  const foreign = await world.prepare(await world.decidedCase())
  expect((await add(foreign, conclusion.id)).body.errors).toMatchObject([{ code: 'not-of-case' }])
})

test('what a killed process left in the store and no row knows goes after a day; packets and documents stay', async () => {
  const referral = await world.prepare(await world.decidedCase())
  const { body } = await handIn(referral, png(9, 9), 'снимок.png')
  await world.act(referral, 'packet-made', {})
  const folder = join(world.config().TIREK_HOME, 'files', 'referrals')
  const left = await new FolderStore(folder).put(Buffer.from('left'), { type: 'application/pdf' })
  const before = kept()
  expect(await world.referrals.removeStrays()).toBe(0)
  for (const one of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (one.isFile()) utimesSync(join(one.parentPath, one.name), new Date(0), new Date(0))
  expect(await world.referrals.removeStrays()).toBe(1)
  expect(kept()).toBe(before - 1)
  expect(await new FolderStore(folder).sizeOf(left.id)).toBeUndefined()
  expect((await world.bytes('aigul', `/api/referrals/${referral.id}/files/${body.id}`))[0]).toBe(200)
  expect(await world.meetings.meetings.removeStrays()).toBe(0)
})
