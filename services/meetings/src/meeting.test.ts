/** A meeting from its calling to its protocol on the real service, Postgres, directory and cases service. */
import type { MeetingPage } from '@tirek/contract/meetings'
import { calendarOf, CURRENT_CALENDAR } from '@tirek/procedure/calendar'
import { addDays, addWorkingDays, DAY, HOUR } from '@tirek/procedure/time'
import { readPdf } from '@tirek/documents/examples/reading.fixture'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { MeetingsWorld } from './meetings.fixture.ts'

let world: MeetingsWorld
let file: { id: string; number: string }
beforeAll(async () => {
  world = await MeetingsWorld.open()
})
afterAll(() => world?.close())
beforeEach(async () => {
  // Those of the test before await nothing any more.
  await world.rows('UPDATE meetings.meeting SET next_step_at = NULL')
  await world.rows('DELETE FROM meetings.outbox')
  world.goOn()
  world.mails.length = 0
  world.notices.length = 0
  file = await world.caseWithPlan()
  await world.deliver()
})

const standings = ({ invitees }: MeetingPage) => invitees.map(({ standing }) => standing)
/** What a held meeting decided: whoever is given came. */
const decided = (meeting: MeetingPage, came: readonly number[], more: object = {}) => ({
  attendance: meeting.invitees.map(({ id }, n) => ({ invitee: id, came: came.includes(n) })),
  needs: ['Постоянное жилье'],
  measures: [{ action: 'Оформить пособие', invitee: meeting.invitees[0]!.id, due: addDays(world.monday, 34) }],
  next: { startsAt: world.when(59, '15:00'), endsAt: world.when(59, '16:00') },
  ...more,
})

test('CP-30, CP-31: called, everybody with an address is sent one invitation, in their language, with one entry of a calendar', async () => {
  const meeting = await world.call(file.id)
  await world.deliver()
  expect(world.sent().map(({ to }) => to.address)).toEqual([1, 2, 3, 4, 5].map((n) => `agency${n}@example.org`).concat('erlan@example.org'))
  const [mail, kazakh] = world.sent()
  expect([kazakh!.to.lang, kazakh!.about.organisationName]).toEqual(['kk', '№ 1 емхана'])
  expect(mail).toMatchObject({
    kind: 'meeting-invited',
    meeting: meeting.id,
    about: {
      caseNumber: file.number,
      organisationName: 'Поликлиника № 1',
      startsAt: world.at(10, '15:00'),
      place: 'Кабинет 214',
      phone: '+77010000001',
    },
    calendar: { method: 'REQUEST', sequence: 0, uid: `meeting-${meeting.id}@tirek.test` },
    answerUntil: world.at(10, '15:00'),
  })
  expect(new Set(world.mails.map(({ calendar }) => calendar!.agent)).size).toBe(1)
  expect(new Set(world.mails.map(({ key }) => key)).size).toBe(6)
  expect(JSON.stringify(world.mails)).not.toMatch(/Помощь семье|Ребёнок|Соседи/)
  expect(standings(meeting)).toEqual(Array(7).fill('silent'))
  expect(meeting).toMatchObject({ state: 'called', missing: 2, agreement: { supervisor: world.id('saule') } })
  await world.deliver()
  expect(world.mails).toHaveLength(6)
})

test('answers by calendar, link and phone: the latest counts, one that is told twice is one, and an older date counts no more', async () => {
  const meeting = await world.call(file.id)
  const early = world.clock.now() + HOUR
  world.clock.set(early + HOUR)
  await world.answer(meeting, 0, 'accepted', { sequence: 0, key: 'first', at: early })
  expect(await world.answer(meeting, 0, 'declined', { key: 'first', at: early + 5 })).toEqual({ fresh: 0 })
  await world.answer(meeting, 1, 'declined', { by: 'link', comment: 'Отпуск', at: early + 2 })
  // It was given before and comes in after.
  await world.answer(meeting, 1, 'accepted', { sequence: 0, at: early + 1 })
  await world.act(meeting, 'answered', { invitee: meeting.invitees[6]!.id, answer: 'accepted', comment: 'Придет' })
  const page = await world.page(meeting)
  expect(standings(page).slice(0, 2).concat(standings(page)[6]!)).toEqual(['accepted', 'declined', 'accepted'])
  expect(page.invitees[1]!.answer).toEqual({ by: 'link', at: early + 2, comment: 'Отпуск' })
  expect(page.missing).toBe(1)
  expect(page.counts).toEqual({ accepted: 2, declined: 1, tentative: 0, silent: 4, bounced: 0 })
})

test('what became of mails is told in any order: the later state holds, a bounce is one of the invitation that stands', async () => {
  const meeting = await world.call(file.id)
  await world.deliver()
  const mail = world.mails.find(({ invitee }) => invitee === meeting.invitees[2]!.id)!
  const at = world.clock.now()
  const state = (of: 'accepted' | 'bounced', later: number) =>
    world.news({
      what: 'state',
      key: `${mail.key}/${of}`,
      mail: mail.key,
      meeting: meeting.id,
      invitee: mail.invitee,
      state: of,
      at: at + later,
      copies: 1,
    })
  await state('bounced', 20)
  await state('accepted', 10)
  const page = await world.page(meeting)
  expect(page.invitees[2]).toMatchObject({ standing: 'bounced', mails: [{ kind: 'meeting-invited', state: 'bounced', at: at + 20 }] })
  // It was asked of another number, and answered all the same: an answer says more.
  await world.answer(meeting, 2, 'accepted')
  expect((await world.page(meeting)).invitees[2]!.standing).toBe('accepted')
})

test('the case has ended: what waits is spared and says why, its leader is told once to cancel, and the cancellation goes to everybody', async () => {
  const other = await world.caseWithPlan()
  const meeting = await world.call(other.id)
  const told = () => world.notices.filter(({ deadlineKey }) => deadlineKey === `meeting/${meeting.id}`).map(({ row }) => row)
  const steps = () => world.rows('SELECT "row", spared FROM meetings.step WHERE meeting = $1 ORDER BY "row"', [meeting.id])
  await world.deliver()
  expect((await world.page(meeting)).allowedActs).toContain('moved')
  await world.rows('UPDATE cases."case" SET ended = true WHERE id = $1', [other.id])
  // No step is due: the watch tells it all the same, once.
  for (let n = 0; n < 2; n++) {
    await world.meetings.reconcile()
    await world.deliver()
  }
  expect(told()).toEqual(['case-ended'])
  const page = await world.page(meeting)
  expect(page).toMatchObject({ toCancel: true, state: 'called' })
  expect(page.allowedActs).toContain('cancelled')
  for (const act of ['moved', 'invited', 'confirmed'] as const) expect(page.allowedActs).not.toContain(act)
  const sent = world.mails.filter((mail) => mail.meeting === meeting.id).length
  world.clock.set(meeting.startsAt - HOUR)
  await world.deliver()
  expect(world.mails.filter((mail) => mail.meeting === meeting.id)).toHaveLength(sent)
  expect(told()).toEqual(['case-ended'])
  expect((await world.page(meeting)).invitees.some(({ callThem }) => callThem)).toBe(false)
  const taken = await steps()
  expect(new Set(taken.filter(({ spared }) => spared === 'case-ended').map(({ row }) => row))).toEqual(
    new Set(['phone', 'quorum', 'remind-1-day', 'remind-3-days', 'unreachable']),
  )
  expect(taken.filter(({ spared }) => spared === null).map(({ row }) => row)).toEqual(['case-ended'])
  // Opened again before it begins: what still helps is done, the rest is over; that it was spared stays to be seen. Ended once more it is told once more.
  await world.rows('UPDATE cases."case" SET ended = false WHERE id = $1', [other.id])
  for (let n = 0; n < 2; n++) {
    await world.meetings.reconcile()
    await world.deliver()
  }
  expect(told().toSorted()).toEqual(['case-ended', 'phone', 'quorum', 'unreachable'])
  const again = await steps()
  expect(again.filter(({ spared }) => spared).length).toBe(taken.filter(({ spared }) => spared).length)
  expect(again.filter(({ spared }) => spared === null).length).toBeGreaterThan(1)
  expect((await world.page(meeting)).toCancel).toBeUndefined()
  await world.rows('UPDATE cases."case" SET ended = true WHERE id = $1', [other.id])
  await world.meetings.reconcile()
  await world.deliver()
  expect(told().at(-1)).toBe('case-ended')
  await world.act(meeting, 'cancelled', { reason: 'Случай завершен' })
  await world.deliver()
  const cancelled = world.mails.filter((mail) => mail.meeting === meeting.id && mail.kind === 'meeting-cancelled')
  expect(cancelled).toHaveLength(sent)
})

test('news told together are taken each once, in their order', async () => {
  const meeting = await world.call(file.id)
  const at = world.clock.now()
  const said = (key: string, answer: 'accepted' | 'declined', later: number) =>
    ({
      what: 'answer',
      key,
      meeting: meeting.id,
      invitee: meeting.invitees[0]!.id,
      by: 'link',
      answer,
      sequence: 0,
      at: at + later,
    }) as const
  const items = [said('t-1', 'accepted', 1), said('t-2', 'declined', 2), said('t-1', 'accepted', 1)]
  expect(await world.news({ items })).toEqual({ fresh: 2 })
  expect(await world.news({ items })).toEqual({ fresh: 0 })
  expect((await world.page(meeting)).invitees[0]!.standing).toBe('declined')
})

test('moved: the same entry of the calendar with the next sequence, everybody is asked anew; another place alone asks nobody', async () => {
  const meeting = await world.call(file.id)
  await world.answer(meeting, 0, 'accepted', { sequence: 0 })
  world.clock.set(world.clock.now() + DAY)
  await world.deliver()
  const uid = world.mails[0]!.calendar!.uid
  world.mails.length = 0
  const placed = await world.act(meeting, 'moved', {
    startsAt: world.when(10, '15:00'),
    endsAt: world.when(10, '16:30'),
    place: 'Зал',
    reason: 'Ремонт',
  })
  expect(standings(placed)[0]).toBe('accepted')
  const moved = await world.act(meeting, 'moved', {
    startsAt: world.when(17, '15:00'),
    endsAt: world.when(17, '16:30'),
    place: 'Зал',
    reason: 'Полиция не может',
  })
  expect(standings(moved)).toEqual(Array(7).fill('silent'))
  await world.deliver()
  expect(world.sent().map(({ kind, calendar }) => [kind, calendar!.uid, calendar!.sequence])).toEqual([
    ...Array(6).fill(['meeting-changed', uid, 0]),
    ...Array(6).fill(['meeting-changed', uid, 1]),
  ])
  expect(world.sent().at(-1)!.about.was).toEqual({
    startsAt: world.at(10, '15:00'),
    endsAt: world.at(10, '16:30'),
    place: 'Зал',
  })
  expect(JSON.stringify(world.mails)).not.toMatch(/Полиция не может|Ремонт/)
  await world.answer(meeting, 0, 'declined', { sequence: 0 })
  await world.answer(meeting, 1, 'accepted', { sequence: 1 })
  expect(standings(await world.page(meeting)).slice(0, 2)).toEqual(['silent', 'accepted'])
})

test('cancelled: calendars give it up by a higher sequence, nothing more is possible', async () => {
  const meeting = await world.call(file.id)
  await world.act(meeting, 'cancelled', { reason: 'Семья переехала' })
  await world.deliver()
  expect(
    world
      .sent()
      .slice(6)
      .map(({ kind, calendar }) => [kind, calendar!.method, calendar!.sequence]),
  ).toEqual(Array(6).fill(['meeting-cancelled', 'CANCEL', 1]))
  expect((await world.page(meeting)).allowedActs).toEqual([])
  expect(
    (
      await world.tryAct(meeting, 'moved', {
        startsAt: world.when(17, '15:00'),
        endsAt: world.when(17, '16:00'),
        place: 'Зал',
        reason: 'x',
      })
    ).body.code,
  ).toBe('meeting-state')
})

test('CP-32, CP-34: held, the case learns of it, the protocol is edited, approved, numbered and sent, the next meeting is drafted', async () => {
  const meeting = await world.call(file.id)
  const early = await world.tryAct(meeting, 'held', { heldAt: world.when(0, '10:00'), ...decided(meeting, [0, 1]) })
  expect([early.status, early.body.code]).toEqual([422, 'meeting-not-begun'])
  expect((await world.page(meeting)).allowedActs).not.toContain('held')
  world.clock.set(world.at(10, '17:00'))
  await world.act(meeting, 'held', { heldAt: world.when(10, '15:05'), ...decided(meeting, [0, 1], { needs: [] }) })
  await world.deliver()
  const acts = () =>
    world.rows(
      `SELECT kind, by, happened_at, fact, form FROM cases.act WHERE case_id = $1 AND kind IN ('meeting-held', 'protocol-approved') ORDER BY version`,
      [file.id],
    )
  const [held] = await acts()
  expect(held).toMatchObject({ kind: 'meeting-held', by: world.id('aigul'), fact: { meeting: meeting.id } })
  expect(held!['form'].present).toEqual(['Контакт 1, роль 1', 'Контакт 2, роль 2'])
  const [due] = await world.rows(`SELECT due_day, state FROM cases.deadline WHERE case_id = $1 AND row = 'protocol'`, [file.id])
  expect(due).toEqual({ due_day: addWorkingDays(addDays(world.monday, 10), 3, calendarOf(CURRENT_CALENDAR)), state: 'open' })
  // Not whole yet.
  const notYet = await world.tryAct(meeting, 'protocol-approved', {})
  expect([notYet.status, notYet.body.errors.map((one: { pointer: string }) => one.pointer)]).toEqual([400, ['/form/needs']])
  await world.act(meeting, 'protocol-written', decided(meeting, [0, 1]))
  world.mails.length = 0
  const approved = await world.act(meeting, 'protocol-approved', {})
  expect(approved.protocol).toMatchObject({ state: 'approved', version: 1, number: expect.stringMatching(/^\d+\/20\d\d$/) })
  await world.deliver()
  expect(world.sent().map(({ kind, to, receipt, about }) => [kind, to.address, receipt, about.protocol?.version])).toEqual([
    ['protocol', 'agency1@example.org', true, 1],
    ['protocol', 'agency2@example.org', true, 1],
  ])
  expect((await acts()).map(({ kind }) => kind)).toEqual(['meeting-held', 'protocol-approved'])
  expect((await world.rows(`SELECT state FROM cases.deadline WHERE case_id = $1 AND row = 'protocol'`, [file.id]))[0]).toEqual({
    state: 'kept',
  })
  // The next meeting is there, with its people, and nobody was asked.
  const next = await world.page({ id: approved.next! })
  expect(next).toMatchObject({
    state: 'draft',
    startsAt: world.at(59, '15:00'),
    previous: meeting.id,
    allowedActs: ['confirmed', 'cancelled', 'invited', 'uninvited'],
  })
  expect(next.invitees.map(({ name }) => name)).toEqual(approved.invitees.map(({ name }) => name))
  await world.act(next, 'confirmed', {
    startsAt: world.when(59, '15:00'),
    endsAt: world.when(59, '16:00'),
    place: 'Зал',
    agenda: ['Что сделано'],
  })
  await world.deliver()
  expect(world.mails.filter(({ meeting: of }) => of === next.id).map(({ calendar }) => calendar!.sequence)).toEqual(Array(6).fill(0))
  // Approved it is final: another version says what was changed, and goes to all again.
  expect((await world.tryAct(meeting, 'protocol-written', decided(meeting, [0]))).body.code).toBe('protocol-final')
  const corrected = await world.act(meeting, 'protocol-corrected', {
    ...decided(meeting, [0, 1], { needs: ['Жилье до весны'] }),
    changed: 'Срок потребности',
  })
  expect(corrected.protocol).toMatchObject({ version: 2, number: approved.protocol!.number, changed: 'Срок потребности' })
  expect(corrected.changes[0]).toMatchObject({ what: 'protocol-corrected', fields: ['needs'] })
})

test('the protocol as PDF and DOCX: attached where the directory marks the address, else behind a link with a code; the same bytes each time', async () => {
  const meeting = await world.call(file.id)
  world.clock.set(world.at(10, '17:00'))
  await world.act(meeting, 'held', { heldAt: world.when(10, '15:05'), ...decided(meeting, [0, 1]) })
  const approved = await world.act(meeting, 'protocol-approved', {})
  await world.deliver()
  const of = (nth: number) => world.mails.find(({ kind, invitee }) => kind === 'protocol' && invitee === meeting.invitees[nth]!.id)!
  const { attachments } = of(0)
  expect(attachments.map(({ name }) => name)).toEqual([expect.stringMatching(/^Протокол_№.*\.pdf$/), expect.stringMatching(/\.docx$/)])
  for (const { content, sha256 } of attachments)
    expect(createHash('sha256').update(Buffer.from(content, 'base64')).digest('hex')).toBe(sha256)
  expect(Buffer.from(attachments[0]!.content, 'base64').subarray(0, 5).toString()).toBe('%PDF-')
  // Who coordinates, and what goes to whom, stand in it as it is printed.
  const text = readPdf(Buffer.from(attachments[0]!.content, 'base64'))
    .placed.map((piece) => piece.text)
    .join('')
    .replaceAll(/\s+/g, ' ')
  expect(text).toMatch(/Координатор ?aigul, социальный работник/)
  expect(text).toMatch(/Контакт 1 ?письмо с файлом ?\d/)
  const { PICTURES } = process.env
  if (PICTURES) writeFileSync(join(PICTURES, 'protocol.pdf'), Buffer.from(attachments[0]!.content, 'base64'))
  // The second one is not marked: a link, and a code that whoever may approve reads out.
  const { file: behind, attachments: none } = of(1)
  expect([none, approved.invitees[1]!.code]).toEqual([[], behind!.code])
  expect(approved.invitees[0]!.code).toBeUndefined()
  expect(behind!.code).toMatch(/^\d{6}$/)
  expect(await world.fileFor(behind!.id)).toEqual(attachments[0])
  const [pdf] = approved.protocol!.files
  expect(pdf).toMatchObject({ id: behind!.id, sha256: attachments[0]!.sha256 })
  expect(await world.bytes('aigul', `/api/meetings/${meeting.id}/files/${pdf!.id}`)).toEqual([200, attachments[0]!.sha256])
  expect((await world.bytes('dana', `/api/meetings/${meeting.id}/files/${pdf!.id}`))[0]).toBe(404)
  // What is sent again by hand after a correction is another version, with files of its own.
  const corrected = await world.act(meeting, 'protocol-corrected', {
    ...decided(meeting, [0, 1], { needs: ['Жилье до весны'] }),
    changed: 'Срок',
  })
  expect(corrected.protocol!.files.map(({ sha256 }) => sha256)).not.toContain(attachments[0]!.sha256)
  // Who the child is was read for it, and stands in the trail of the case.
  expect(await world.rows(`SELECT who FROM cases.trail WHERE case_id = $1 AND what = 'read-name'`, [file.id])).toHaveLength(2)
})

test('CP-50, CP-51: a review is held by an act of its own, and its protocol ends the deadline that it began', async () => {
  await world.planFor(file.id)
  const meeting = await world.call(file.id, { kind: 'review' })
  world.clock.set(world.at(10, '17:00'))
  const without = await world.tryAct(meeting, 'held', { heldAt: world.when(10, '15:05'), ...decided(meeting, [0]) })
  expect(without.body.errors[0]).toMatchObject({ pointer: '/form/decision', code: 'required' })
  await world.act(meeting, 'held', { heldAt: world.when(10, '15:05'), ...decided(meeting, [0], { decision: 'continue' }) })
  await world.act(meeting, 'protocol-approved', {})
  await world.deliver()
  const acts = await world.rows(`SELECT kind, fact FROM cases.act WHERE case_id = $1 ORDER BY version DESC LIMIT 2`, [file.id])
  expect(acts).toEqual([
    { kind: 'protocol-approved', fact: { meeting: meeting.id } },
    { kind: 'review-held', fact: { meeting: meeting.id, decision: 'continue', nextDay: addDays(world.monday, 59) } },
  ])
  expect(await world.rows(`SELECT state FROM cases.deadline WHERE case_id = $1 AND row = 'protocol'`, [file.id])).toEqual([
    { state: 'kept' },
  ])
})

test('an act that the case refuses is told to whoever leads it, who records it by hand', async () => {
  // Without a plan there is nothing to review.
  const meeting = await world.call(file.id, { kind: 'review' })
  world.clock.set(world.at(10, '17:00'))
  await world.act(meeting, 'held', { heldAt: world.when(10, '15:05'), ...decided(meeting, [0], { decision: 'continue' }) })
  await world.deliver()
  expect(world.notices.filter(({ caseId }) => caseId === file.id).map(({ row }) => row)).toEqual(['act-refused'])
  expect(await world.rows(`SELECT 1 FROM meetings.outbox WHERE kind = 'act'`)).toEqual([])
})

test('not held: with a new date all are asked anew, without one it is over; everybody is told', async () => {
  const meeting = await world.call(file.id)
  world.clock.set(world.at(10, '17:00'))
  const put = await world.act(meeting, 'not-held', {
    reason: 'Никто не пришел',
    next: { startsAt: world.when(17, '15:00'), endsAt: world.when(17, '16:00') },
  })
  expect([put.state, standings(put)]).toEqual(['called', Array(7).fill('silent')])
  world.clock.set(world.at(17, '17:00'))
  expect((await world.act(meeting, 'not-held', { reason: 'Снова никто' })).state).toBe('cancelled')
  await world.deliver()
  expect(
    world
      .sent()
      .slice(6)
      .map(({ kind, calendar }) => [kind, calendar!.method, calendar!.sequence]),
  ).toEqual([...Array(6).fill(['meeting-not-held', 'REQUEST', 1]), ...Array(6).fill(['meeting-not-held', 'CANCEL', 2])])
})

test('two people edit one protocol: the second is told what the first changed, and by whom', async () => {
  const meeting = await world.call(file.id)
  world.clock.set(world.at(10, '17:00'))
  const held = await world.act(meeting, 'held', { heldAt: world.when(10, '15:05'), ...decided(meeting, [0]) })
  const edit = (login: string, need: string) =>
    world.tryAct(meeting, 'protocol-written', decided(meeting, [0], { needs: [need] }), login, held.version)
  const answers = [await edit('saule', 'Жилье'), await edit('aigul', 'Работа')]
  expect(answers.map(({ status }) => status)).toEqual([200, 409])
  expect(answers[1]!.body).toMatchObject({
    code: 'stale',
    changes: [{ kind: 'protocol-written', by: world.id('saule'), fields: ['needs'] }],
  })
  expect((await world.page(meeting)).protocol!.content.needs).toEqual(['Жилье'])
})

test('one key is one act, whatever comes in between: a repeat is answered as before, another form under it is refused', async () => {
  const form = world.calledForm(file.id)
  const [one, two] = await Promise.all([
    world.ask('aigul', 'POST', '/api/meetings', form, 'one-and-the-same'),
    world.ask('aigul', 'POST', '/api/meetings', form, 'one-and-the-same'),
  ])
  expect([one.status, two.body.id]).toEqual([201, one.body.id])
  expect((await world.ask('aigul', 'POST', '/api/meetings', { ...form, kind: 'team' }, 'one-and-the-same')).body.code).toBe('key-reused')
  expect(await world.rows('SELECT count(*)::int AS n FROM meetings.meeting WHERE case_id = $1', [file.id])).toEqual([{ n: 1 }])
})

test('notifications away for a day: nothing is lost, nothing goes twice', async () => {
  world.notificationsStatus = 503
  const meeting = await world.call(file.id)
  await world.deliver()
  world.clock.set(world.clock.now() + DAY)
  expect(world.mails).toEqual([])
  world.notificationsStatus = 202
  await expect.poll(async () => (await world.deliver(), world.mails.length), { timeout: 15_000, interval: 200 }).toBe(6)
  expect(world.mails.every((mail) => mail.meeting === meeting.id)).toBe(true)
  expect(new Set(world.mails.map(({ key }) => key)).size).toBe(6)
})

test('mail that nobody could match is seen on the board, and whoever leads the case is told', async () => {
  const meeting = await world.call(file.id)
  await world.news({ what: 'unmatched', key: 'u-1', meeting: meeting.id, reason: 'not-invited', at: world.clock.now() })
  await world.news({ what: 'unmatched', key: 'u-2', reason: 'no-meeting', at: world.clock.now() })
  await world.deliver()
  expect((await world.page(meeting)).unmatched).toEqual([{ reason: 'not-invited', at: world.clock.now() }])
  expect(world.notices.filter(({ row }) => row === 'mail-unmatched')).toMatchObject([
    { event: 'meeting', caseId: file.id, people: { caseManager: world.id('aigul') }, deadlineKey: `meeting/${meeting.id}` },
  ])
})

test('CP-64: a case that was handed over: whoever leads it now invites, and is answered', async () => {
  const meeting = await world.call(file.id)
  await world.actOnCase('saule', file.id, 'hand-over-offered', { organisation: world.otherOrganisation, reason: 'Семья переехала' })
  await world.actOnCase('boss', file.id, 'hand-over-accepted', { manager: world.id('astana') })
  await world.deliver()
  // What waited since before goes in the name of who leads it now.
  const [names] = await world.rows('SELECT name_ru AS ru, name_kk AS kk FROM directory.organisation_view WHERE id = $1', [
    world.otherOrganisation,
  ])
  for (const { organisation, to, about } of world.mails)
    expect([organisation, about.organisationName]).toEqual([world.otherOrganisation, names![to.lang]])
  expect(world.mails.length).toBeGreaterThan(0)
  world.mails.length = 0
  const to = { startsAt: world.when(17, '15:00'), endsAt: world.when(17, '16:00'), place: 'Зал', reason: 'Передано' }
  await world.act(meeting, 'moved', to, 'astana')
  await world.deliver()
  expect(new Set(world.mails.map(({ organisation }) => organisation))).toEqual(new Set([world.otherOrganisation]))
  expect(await world.rows('SELECT organisation, manager FROM meetings.meeting WHERE id = $1', [meeting.id])).toEqual([
    { organisation: world.otherOrganisation, manager: world.id('astana') },
  ])
})

test('answers kept for repeats go after thirty days, not a moment before', async () => {
  await world.rows('DELETE FROM meetings.idempotency')
  await world.call(file.id)
  const made = world.clock.now()
  world.clock.set(made + 30 * DAY)
  expect(await world.meetings.oldAnswers()).toBe(0)
  world.clock.set(made + 30 * DAY + 1)
  expect(await world.meetings.oldAnswers()).toBe(1)
})

test('nothing of what was typed, and nobody invited, stands in the log', async () => {
  const meeting = await world.call(file.id)
  await world.answer(meeting, 1, 'declined', { by: 'link', comment: 'Болею гриппом' })
  world.notificationsStatus = 503
  await world.deliver()
  world.notificationsStatus = 202
  await world.tryAct(meeting, 'moved', { reason: 'Полиция не может', startsAt: 'не время' })
  await world.act(meeting, 'cancelled', { reason: 'Семья переехала' })
  await world.ask('aigul', 'POST', '/api/meetings', '{"agenda": ["Тайная повестка"]')
  // It speaks of what it does, so that the search is no search of nothing.
  const log = world.said.join('')
  expect(log).toContain('not delivered yet')
  expect(log).toContain('/api/meetings/:id/:act')
  expect(log).not.toMatch(/Роза|Ахметова|Контакт|example\.org|\+7701|гриппом|Полиция не может|переехала|Тайная|Помощь семье|Кабинет/)
})

test('an invitation is taken back: they alone are told, are asked no more and count for nothing; the last one stays', async () => {
  const meeting = await world.call(file.id)
  await world.answer(meeting, 0, 'accepted', { sequence: 0 })
  await world.deliver()
  world.mails.length = 0
  const [police, ...others] = meeting.invitees
  const left = await world.act(meeting, 'uninvited', { invitee: police!.id })
  expect(left.invitees.map(({ id }) => id)).toEqual(others.map(({ id }) => id))
  expect(left.missing).toBe(1)
  await world.deliver()
  expect(world.mails.map(({ kind, to, calendar }) => [kind, to.address, calendar!.method, calendar!.sequence])).toEqual([
    ['meeting-uninvited', 'agency1@example.org', 'CANCEL', 1],
  ])
  expect((await world.tryAct(meeting, 'uninvited', { invitee: police!.id })).body.errors[0].code).toBe('not-of-meeting')
  // What their calendar answers later changes nothing.
  await world.answer(meeting, 0, 'declined', { sequence: 0 })
  expect((await world.page(meeting)).counts).toMatchObject({ accepted: 0, declined: 0 })
  world.mails.length = 0
  await world.act(meeting, 'moved', { startsAt: world.when(17, '15:00'), endsAt: world.when(17, '16:00'), place: 'Зал', reason: 'Ремонт' })
  await world.deliver()
  expect(world.mails.map(({ to }) => to.address)).not.toContain('agency1@example.org')
  for (const { id } of others.slice(1)) await world.act(meeting, 'uninvited', { invitee: id })
  expect((await world.tryAct(meeting, 'uninvited', { invitee: others[0]!.id })).body.errors[0].code).toBe('at-least-one')
})

test('taken back and invited again: each mail to that address has a higher sequence than the last, and its answer counts', async () => {
  const meeting = await world.call(file.id)
  const police = meeting.invitees[0]!
  const agency = { who: 'agency', agency: world.agencies[0], role: 'роль 1', needed: true }
  const backAgain = async (id: string) => {
    await world.act(meeting, 'uninvited', { invitee: id })
    const { invitees } = await world.act(meeting, 'invited', { invitee: agency })
    return invitees.at(-1)!
  }
  const again = await backAgain(police.id)
  const thrice = await backAgain(again.id)
  await world.deliver()
  const toThem = () =>
    world.mails.filter(({ to }) => to.address === 'agency1@example.org').map(({ kind, calendar }) => [kind, calendar!.sequence])
  // They are carried side by side.
  const last = () => toThem().toSorted(([, a], [, b]) => Number(a) - Number(b))
  expect(last()).toEqual([
    ['meeting-invited', 0],
    ['meeting-uninvited', 1],
    ['meeting-invited', 2],
    ['meeting-uninvited', 3],
    ['meeting-invited', 4],
  ])
  const own = world.mails.findLast(({ invitee }) => invitee === thrice.id)!
  const reply = (sequence: number, answer: 'accepted' | 'declined') =>
    world.news({
      what: 'answer',
      key: `again-${sequence}`,
      meeting: meeting.id,
      invitee: thrice.id,
      by: 'calendar',
      answer,
      sequence,
      at: world.clock.now(),
    })
  await reply(own.calendar!.sequence, 'accepted')
  expect((await world.page(meeting)).invitees.at(-1)).toMatchObject({ id: thrice.id, standing: 'accepted' })
  // Moved: it rises for everybody, by one for each.
  await world.act(meeting, 'moved', { startsAt: world.when(17, '15:00'), endsAt: world.when(17, '16:00'), place: 'Зал', reason: 'Ремонт' })
  await world.deliver()
  expect(last().at(-1)).toEqual(['meeting-changed', 5])
  expect(
    world.mails
      .filter(({ kind, to }) => kind === 'meeting-changed' && to.address !== 'agency1@example.org')
      .map(({ calendar }) => calendar!.sequence),
  ).toContain(1)
  expect((await world.page(meeting)).invitees.at(-1)!.standing).toBe('silent')
  await reply(5, 'declined')
  expect((await world.page(meeting)).invitees.at(-1)!.standing).toBe('declined')
})

test('CP-34: a draft is called weeks later: addresses are those of the directory now, and who left it is not written to', async () => {
  const meeting = await world.call(file.id)
  world.clock.set(world.at(10, '17:00'))
  await world.act(meeting, 'held', { heldAt: world.when(10, '15:05'), ...decided(meeting, [0, 1]) })
  const { next } = await world.act(meeting, 'protocol-approved', {})
  await world.deliver()
  world.mails.length = 0
  const change = (n: number, email: string) =>
    world.rows('UPDATE directory.agency_contact SET email = $2 WHERE agency = $1', [world.agencies[n], email])
  await change(1, 'new2@example.org')
  await world.rows('UPDATE directory.person SET active = false WHERE login = $1', ['erlan'])
  const form = { startsAt: world.when(59, '15:00'), endsAt: world.when(59, '16:00'), place: 'Зал', agenda: ['Что сделано'] }
  const refused = await world.tryAct({ id: next! }, 'confirmed', form)
  expect([refused.status, refused.body.errors?.[0]]).toMatchObject([400, { pointer: '/form/invitees/5/person', code: 'not-in-directory' }])
  const gone = (await world.page({ id: next! })).invitees[5]!
  await world.act({ id: next! }, 'uninvited', { invitee: gone.id })
  await world.act({ id: next! }, 'confirmed', form)
  await world.deliver()
  await change(1, 'agency2@example.org')
  await world.rows('UPDATE directory.person SET active = true WHERE login = $1', ['erlan'])
  expect(world.sent().map(({ to }) => to.address)).toEqual([1, 3, 4, 5].map((n) => `agency${n}@example.org`).concat('new2@example.org'))
})
