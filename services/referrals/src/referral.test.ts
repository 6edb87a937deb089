/** A referral from its preparation to what follows, over real HTTP, with the real cases, meetings and directory services. */
import { REFERRAL_FORMS } from '@tirek/contract/examples/referrals'
import { REFERRAL_ACT_KINDS, REFERRAL_ACTS, type ReferralPage } from '@tirek/contract/referrals'
import { SYSTEM } from '@tirek/platform/trail'
import { DAY } from '@tirek/procedure/time'
import { dayOf } from '@tirek/procedure/time'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ReferralsWorld } from './referrals.fixture.ts'

let world: ReferralsWorld
beforeAll(async () => {
  world = await ReferralsWorld.open()
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.rows('DELETE FROM referrals.outbox')
  world.goOn()
})
const by = { name: 'Г. Сериков', position: 'секретарь' }
const PDF = `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF`
const deadlines = (caseId: string) =>
  world.rows(`SELECT due_day, state FROM cases.deadline WHERE case_id = $1 AND "row" = 'referral' ORDER BY state, due_day`, [caseId])
const acts = (caseId: string) =>
  world.rows('SELECT id, kind, form, happened_at, by, origin FROM cases.act WHERE case_id = $1 ORDER BY recorded_at, id', [caseId])

test('CP-54, CP-58: prepared with what the review decided, packed, sent: the body has one mail with the packet, the case its deadline', async () => {
  const file = await world.decidedCase()
  const referral = await world.prepare(file)
  expect(referral).toMatchObject({
    state: 'prepared',
    version: 1,
    to: { agency: world.commission, mayReceiveFiles: true },
    placement: 'none',
  })
  expect(referral.demands).toEqual([
    { who: 'Роза Ахметова, бабушка', demands: 'foster-family', reasons: 'Готова взять внука к себе', from: 'protocol' },
  ])
  expect(referral.allowedActs).toEqual(['changed', 'document-added', 'packet-made', 'withdrawn'])
  expect((await world.tryAct(referral, 'sent', { way: 'mail' })).body).toMatchObject({ code: 'packet-needed' })
  const packed = await world.act(referral, 'packet-made', {})
  expect(packed.packet).toMatchObject({ version: 1, isStale: false, file: { type: 'application/pdf' } })
  expect(packed.packet!.enclosures.map(({ kind }) => kind)).toEqual(['assessment', 'plan', 'protocol'])
  expect(packed.allowedActs).toContain('sent')
  const download = `/api/referrals/${referral.id}/files/${packed.packet!.file!.id}`
  expect(await world.bytes('aigul', download)).toEqual([200, packed.packet!.file!.sha256])
  const sent = await world.act(referral, 'sent', { way: 'mail' })
  expect(sent).toMatchObject({ state: 'sent', packet: { frozenAt: world.clock.now() } })
  expect(sent.sendings).toMatchObject([{ n: 1, way: 'mail', to: 'commission-services@example.org', mails: [{ state: 'queued' }] }])
  await world.deliver()
  const [mail, ...more] = world.mails()
  expect(more).toEqual([])
  expect(mail).toMatchObject({ kind: 'referral-sent', referral: referral.id, sending: 1, answers: true, to: { lang: 'ru' } })
  expect(mail!.attachments.map(({ sha256 }) => sha256)).toEqual([packed.packet!.file!.sha256])
  expect(mail!.file).toBeUndefined()
  expect(await deadlines(file.id)).toEqual([{ due_day: sent.dueDay, state: 'open' }])
})

test('for an address that may not receive files: a link that opens with a code, told to who may refer', async () => {
  const file = await world.decidedCase('separate', { pmpk: true })
  const referral = await world.sent(file, { body: 'pmpk' })
  await world.deliver()
  const [mail] = world.mails()
  expect(mail!.attachments).toEqual([])
  expect(mail!.file).toEqual({ id: referral.packet!.file!.id, code: referral.sendings[0]!.code, sha256: referral.packet!.file!.sha256 })
  expect((await world.asService('notifications', 'GET', `/internal/files/${referral.packet!.file!.id}`)).body.sha256).toBe(
    referral.packet!.file!.sha256,
  )
  expect(
    (await world.news({ key: randomUUID(), mail: mail!.key, referral: referral.id, state: 'opened', at: world.clock.now() + 1 })).body,
  ).toEqual({ fresh: true })
  expect((await world.page(referral)).sendings[0]!.code).toBeUndefined()
})

test('CP-57: PMPK first, then the commission, then the guardianship body; each refusal says what comes first', async () => {
  const file = await world.decidedCase('separate', { pmpk: true })
  const tryTo = async (more: object) => (await world.ask('aigul', 'POST', '/api/referrals', world.form(file, more))).body
  expect(await tryTo({})).toMatchObject({ code: 'pmpk-first', rule: 'CP-57' })
  expect(await tryTo({ body: 'guardianship-body' })).toMatchObject({ code: 'pmpk-first' })
  const pmpk = await world.sent(file, { body: 'pmpk' })
  await world.act(pmpk, 'answered', { answer: 'recommended', text: 'Программа для детей с особыми потребностями', ...by })
  expect(await tryTo({ body: 'guardianship-body' })).toMatchObject({ code: 'commission-first' })
  expect(await tryTo({ body: 'guardianship-body', outOfOrder: 'Срочно' })).toMatchObject({ code: 'commission-first' })
  const commission = await world.sent(file, { previous: pmpk.id })
  expect(await world.page(pmpk)).toMatchObject({ next: commission.id, state: 'recommended' })
  await world.act(commission, 'answered', { answer: 'recommended', recommended: 'foster-family', ...by })
  expect((await world.page(commission)).nextBody).toBe('guardianship-body')
  const guardians = await world.prepare(file, { body: 'guardianship-body', previous: commission.id })
  expect(guardians).toMatchObject({ state: 'prepared', specialNeeds: true })
  expect((await tryTo({ body: 'guardianship-body', previous: commission.id })).code).toBe('referral-state')
})

test('CP-57: without a decision nothing is referred but an examination; PMPK is left out with a reason, which is kept', async () => {
  const { id } = await world.decidedCase('continue')
  const tryTo = async (more: object) => (await world.ask('aigul', 'POST', '/api/referrals', world.form({ id }, more))).body
  expect(await tryTo({})).toMatchObject({ code: 'review-first' })
  expect(await tryTo({ outOfOrder: 'Срочно' })).toMatchObject({ code: 'review-first' })
  expect(await tryTo({ body: 'pmpk', question: 'examination' })).toMatchObject({ state: 'prepared' })
  const file = await world.decidedCase('separate', { pmpk: true })
  expect(await world.prepare(file, { outOfOrder: 'ПМПК в отпуске до осени' })).toMatchObject({ outOfOrder: 'ПМПК в отпуске до осени' })
  expect(await tryTo({ meeting: randomUUID() })).toMatchObject({
    code: 'bad-input',
    errors: [{ pointer: '/meeting', code: 'not-of-case' }],
  })
})

test('CP-56: the commission on minors only where there is no other and its powers were widened; none set: the supervisor is told', async () => {
  const file = await world.decidedCase()
  const refused = await world.ask('aigul', 'POST', '/api/referrals', world.form(file, { agency: world.minors }))
  expect(refused.body).toMatchObject({ code: 'bad-input', errors: [{ pointer: '/agency', code: 'not-this-body' }] })
  await world.rows(`UPDATE directory.agency SET territory = 'Astana' WHERE id = $1`, [world.commission])
  expect((await world.prepare(file)).to).toMatchObject({ agency: world.minors, powers: 'Постановление № 5' })
  await world.rows(`UPDATE directory.agency SET powers = NULL WHERE id = $1`, [world.minors])
  const nobody = await world.prepare(file)
  expect(nobody.to).toBeUndefined()
  const offer = (await world.ask('aigul', 'GET', `/api/referrals/offer?caseId=${file.id}&meeting=${file.meeting}`)).body
  expect(offer.bodies.find(({ body }: { body: string }) => body === 'guardianship-body')).toMatchObject({
    first: 'commission',
    mayOverride: true,
  })
  world.clock.set(world.clock.now() + 31 * 60_000)
  await world.deliver()
  expect(world.notices(nobody).map(({ row, people, steps }) => [row, steps[0]!.whom, people.caseManager])).toContainEqual([
    'no-body-set',
    ['supervisor'],
    world.id('aigul'),
  ])
  await world.act(nobody, 'packet-made', {})
  expect((await world.tryAct(nobody, 'sent', { way: 'mail' })).body).toMatchObject({ code: 'addressee-missing' })
  const day = world.day(10)
  expect(await world.act(nobody, 'sent', { way: 'paper', number: '7', day, addressee: 'секретарь акимата' })).toMatchObject({
    state: 'sent',
  })
  await world.rows(`UPDATE directory.agency SET powers = 'Постановление № 5' WHERE id = $1`, [world.minors])
  await world.rows(`UPDATE directory.agency SET territory = 'Almaty' WHERE id = $1`, [world.commission])
})

test('by link: received, more asked for, sent again, postponed; each moves the case as it says, told once by its key', async () => {
  const file = await world.decidedCase()
  const referral = await world.sent(file)
  await world.deliver()
  const key = `link/${randomUUID()}`
  for (let n = 0; n < 2; n++)
    expect((await world.byLink(referral, { answer: 'received', ...by }, key)).body).toEqual({ taken: true, state: 'received' })
  // Another answer by the same key is not the one that was taken.
  expect((await world.byLink(referral, { answer: 'returned', reasons: 'Не к нам', ...by }, key)).body).toEqual({
    taken: false,
    state: 'received',
    held: { answer: 'received' },
  })
  expect((await world.page(referral)).answers).toHaveLength(1)
  await world.byLink(referral, { answer: 'more-asked-for', text: 'Справка о доходах', ...by })
  const asked = await world.page(referral)
  expect([asked.state, asked.dueDay]).toEqual(['more-asked-for', referral.dueDay])
  await world.act(referral, 'changed', { letter: 'Справка приложена' })
  expect((await world.page(referral)).packet).toMatchObject({ version: 1, isStale: true })
  await world.act(referral, 'packet-made', {})
  const again = await world.act(referral, 'sent', { way: 'mail' })
  expect(again).toMatchObject({ state: 'sent', dueDay: referral.dueDay, packet: { version: 2 } })
  expect(world.meetings.onPaper).toEqual([])
  const newDay = world.day(70)
  expect((await world.byLink(referral, { answer: 'postponed', newDay, ...by })).body).toEqual({ taken: true, state: 'postponed' })
  await world.deliver()
  expect(world.mails().map(({ sending, about }) => [sending, about.isMore])).toEqual([
    [1, false],
    [2, true],
  ])
  expect(await deadlines(file.id)).toContainEqual({ due_day: newDay, state: 'open' })
  // Nobody of ours answered: it is in nobody's name.
  const told = (await acts(file.id)).filter(({ kind }) => kind === 'referral-answered')
  expect(told).toMatchObject([{ form: { answer: 'postponed', newDay }, by: SYSTEM.person, origin: 'one-time-link' }])
  expect(await world.rows('SELECT who, role, why FROM cases.trail WHERE about = $1', [told[0]!['id']])).toEqual([
    { who: SYSTEM.person, role: 'system', why: 'one-time-link' },
  ])
  expect(told[0]!['form'].text).toMatch(/^По ссылке из письма, записано системой\n[^]*Г\. Сериков, секретарь/)
})

test('a body answers only what it can, in time; after its last answer nothing is taken', async () => {
  const file = await world.decidedCase()
  const referral = await world.sent(file)
  const refused = async (form: object) => (await world.byLink(referral, form as never)).body.errors[0]
  expect(await refused({ answer: 'decided', decision: 'granted', documentNumber: '1', documentDay: world.day(0), ...by })).toMatchObject({
    code: 'not-of-body',
  })
  expect(await refused({ answer: 'postponed', newDay: world.day(10), ...by })).toMatchObject({ pointer: '/form/newDay', code: 'in-past' })
  expect(await refused({ answer: 'recommended', ...by })).toMatchObject({ pointer: '/form/recommended', code: 'required' })
  expect(await refused({ answer: 'received', files: [randomUUID()], ...by })).toMatchObject({ pointer: '/form/files', code: 'not-of-case' })
  await world.byLink(referral, { answer: 'returned', reasons: 'Нет протокола', ...by })
  expect((await world.byLink(referral, { answer: 'received', ...by })).body).toEqual({ taken: false, state: 'returned' })
  expect((await world.asService('notifications', 'GET', `/internal/referrals/${referral.id}/asking`)).body).toMatchObject({
    state: 'returned',
    answersOffered: [],
  })
  const late = new Date(world.clock.now() - DAY).toISOString()
  const other = await world.sent(file)
  expect((await world.tryAct(other, 'answered', { answer: 'received', answeredAt: late, ...by })).body.errors).toMatchObject([
    { code: 'before-sending' },
  ])
})

test('CP-54, CP-113: the guardianship body decides; a person confirms where the child lives, and the case counts contacts from there', async () => {
  const file = await world.decidedCase()
  const commission = await world.sent(file)
  await world.byLink(commission, { answer: 'recommended', recommended: 'foster-family', ...by })
  const guardians = await world.sent(file, { body: 'guardianship-body', previous: commission.id })
  const documentDay = world.day(10)
  await world.byLink(guardians, {
    answer: 'decided',
    decision: 'granted',
    placement: 'foster-family',
    documentNumber: '12-р',
    documentDay,
    ...by,
  })
  const decided = await world.page(guardians)
  expect(decided).toMatchObject({ state: 'decided', placement: 'waiting', allowedActs: ['placement-confirmed'] })
  world.clock.set(world.clock.now() + 2 * DAY)
  const future = new Date(world.clock.now() + 1).toISOString()
  expect((await world.tryAct(guardians, 'placement-confirmed', { from: future, placement: 'foster-family' })).body.errors).toMatchObject([
    { pointer: '/form/from', code: 'in-future' },
  ])
  const from = new Date(world.clock.now()).toISOString()
  expect(await world.act(guardians, 'placement-confirmed', { from, placement: 'foster-family', with: 'семья Жумабековых' })).toMatchObject({
    placement: 'recorded',
    allowedActs: [],
  })
  await world.deliver()
  const placed = (await acts(file.id)).findLast(({ kind }) => kind === 'placement-recorded')
  expect(placed).toMatchObject({
    form: { placement: 'foster-family', decisionNumber: '12-р', decisionDay: documentDay },
    happened_at: world.clock.now(),
  })
  expect(await deadlines(file.id)).not.toContainEqual(expect.objectContaining({ state: 'open' }))
})

test('every act in every state: possible where the contract says so, else a refusal that names the state', async () => {
  const file = await world.decidedCase()
  const made: ReferralPage[] = []
  const states = ['prepared', 'sent', 'received', 'more-asked-for', 'postponed', 'recommended', 'returned', 'decided', 'withdrawn'] as const
  for (const state of states) {
    const referral = await world.prepare(file)
    await world.rows(`UPDATE referrals.referral SET state = $2, placement = 'waiting' WHERE id = $1`, [referral.id, state])
    made.push(await world.page(referral))
  }
  for (const referral of made)
    for (const act of REFERRAL_ACT_KINDS) {
      const isPossible = REFERRAL_ACTS[act].in.some((state) => state === referral.state)
      if (isPossible) continue
      const { status, body } = await world.tryAct(referral, act, {
        ...REFERRAL_FORMS[act],
        ...(act === 'changed' && { agency: undefined }),
      })
      expect([act, referral.state, status, body.code, body.state]).toEqual([act, referral.state, 409, 'referral-state', referral.state])
      expect(referral.allowedActs).not.toContain(act)
    }
})

test('withdrawn: the body is told, the deadline of the case ends, nothing more is possible; a prepared one tells nobody', async () => {
  const file = await world.decidedCase()
  const referral = await world.sent(file)
  await world.deliver()
  await world.act(referral, 'withdrawn', { reason: 'Семья переехала' })
  const prepared = await world.prepare(file)
  await world.act(prepared, 'withdrawn', { reason: 'Ошибка' })
  await world.deliver()
  expect(world.mails().map(({ kind, answers }) => [kind, answers])).toEqual([
    ['referral-sent', true],
    ['referral-withdrawn', false],
  ])
  expect(await deadlines(file.id)).not.toContainEqual(expect.objectContaining({ state: 'open' }))
  expect((await world.page(referral)).allowedActs).toEqual([])
})

test('CP-57: the one that went on from it is withdrawn: what is asked of the one before is asked again, and its workflow told', async () => {
  const file = await world.decidedCase()
  const first = await world.sent(file)
  await world.act(first, 'answered', { answer: 'recommended', recommended: 'foster-family', ...by })
  const next = await world.prepare(file, { body: 'guardianship-body', previous: first.id })
  await world.deliver()
  const stepAt = async () => (await world.rows('SELECT next_step_at AS at FROM referrals.referral WHERE id = $1', [first.id]))[0]!['at']
  expect(await stepAt()).toBeNull()
  await world.act(next, 'withdrawn', { reason: 'Ошибка' })
  expect(await stepAt()).not.toBeNull()
  expect(await world.rows(`SELECT 1 FROM referrals.outbox WHERE referral = $1 AND kind = 'facts'`, [first.id])).toHaveLength(1)
})

test('two people edit one referral: the second is told what the first changed; one key is one act', async () => {
  const file = await world.decidedCase()
  const referral = await world.prepare(file)
  await world.act(referral, 'changed', { letter: 'Иначе' })
  const stale = await world.tryAct(referral, 'changed', { letter: 'Мое' }, 'aigul', 1)
  expect([stale.status, stale.body.code, stale.body.changes]).toMatchObject([409, 'stale', [{ kind: 'changed', by: world.id('aigul') }]])
  const key = randomUUID()
  const form = world.form(file)
  const [first, second] = [
    await world.ask('aigul', 'POST', '/api/referrals', form, key),
    await world.ask('aigul', 'POST', '/api/referrals', form, key),
  ]
  expect([first.status, second.body.id]).toEqual([201, first.body.id])
  expect((await world.ask('aigul', 'POST', '/api/referrals', { ...form, letter: 'Другое' }, key)).body.code).toBe('key-reused')
})

test('steps without Temporal: the watch takes them by the clock, the body is reminded once, nobody twice', async () => {
  const file = await world.decidedCase()
  const referral = await world.sent(file)
  await world.deliver()
  for (let day = 0; day < 20; day++) {
    world.clock.set(world.clock.now() + DAY)
    await world.deliver()
  }
  expect(world.mails().map(({ kind }) => kind)).toEqual(['referral-sent', 'referral-reminded'])
  expect(world.notices(referral).map(({ row }) => row)).toEqual(['receipt-phone', 'remind-sender'])
  expect((await world.page(referral)).isOverdue).toBe(true)
  expect((await world.page(referral)).steps.map(({ row }) => row).toSorted()).toEqual(['receipt-phone', 'remind-body', 'remind-sender'])
})

test('the case has ended: nobody is reminded, its leader is told once to withdraw, and the body hears of that', async () => {
  const file = await world.decidedCase()
  const referral = await world.sent(file)
  await world.deliver()
  await world.rows('UPDATE cases."case" SET ended = true WHERE id = $1', [file.id])
  for (let day = 0; day < 20; day++) {
    world.clock.set(world.clock.now() + DAY)
    await world.deliver()
  }
  expect(world.notices(referral).map(({ row }) => row)).toEqual(['case-ended'])
  expect(world.mails().map(({ kind }) => kind)).toEqual(['referral-sent'])
  const page = await world.page(referral)
  expect(page.toWithdraw).toBe(true)
  expect(page.steps.map(({ row, spared }) => [row, spared]).toSorted()).toEqual([
    ['case-ended', undefined],
    ['receipt-phone', 'case-ended'],
    ['remind-body', 'case-ended'],
    ['remind-sender', 'case-ended'],
  ])
  // Opened again: what still helps is done, once; that the day has passed the case tells by itself.
  await world.rows('UPDATE cases."case" SET ended = false WHERE id = $1', [file.id])
  for (let n = 0; n < 2; n++) {
    await world.referrals.reconcile()
    await world.deliver()
  }
  expect(world.mails().map(({ kind }) => kind)).toEqual(['referral-sent'])
  expect(world.notices(referral).map(({ row }) => row)).toEqual(['case-ended', 'receipt-phone'])
  expect((await world.page(referral)).steps.filter(({ spared }) => spared)).toHaveLength(3)
  await world.rows('UPDATE cases."case" SET ended = true WHERE id = $1', [file.id])
  await world.referrals.reconcile()
  await world.deliver()
  expect(world.notices(referral).map(({ row }) => row)).toEqual(['case-ended', 'receipt-phone', 'case-ended'])
  await world.act(referral, 'withdrawn', { reason: 'Случай завершен' })
  await world.deliver()
  expect(world.mails().map(({ kind }) => kind)).toEqual(['referral-sent', 'referral-withdrawn'])
  // The case takes no such act any more, and its deadline ended with it.
  expect(world.notices(referral)).toHaveLength(3)
})

test('sent by mail and then on paper: who sends mail is told, so that the links of before are closed; on paper alone nobody is', async () => {
  const file = await world.decidedCase()
  const referral = await world.sent(file)
  await world.deliver()
  await world.act(referral, 'sent', { way: 'paper', number: '8', day: world.day(10) })
  const other = await world.prepare(file, { question: 'form-of-care' })
  await world.act(other, 'packet-made', {})
  await world.act(other, 'sent', { way: 'paper', number: '9', day: world.day(10) })
  await world.deliver()
  expect(world.meetings.onPaper).toMatchObject([
    { referral: referral.id, sending: 2, caseId: file.id, to: { address: 'commission-services@example.org' } },
  ])
  world.meetings.onPaper.length = 0
})

test('a body that replies by a plain mail: whoever leads the case is told, once', async () => {
  const file = await world.decidedCase()
  const referral = await world.sent(file)
  const reply = { what: 'reply', key: `reply/${randomUUID()}`, referral: referral.id, at: world.clock.now() }
  for (const fresh of [true, false])
    expect((await world.asService('notifications', 'POST', '/internal/mail-news', reply)).body).toEqual({ fresh })
  await world.deliver()
  expect(world.notices(referral).map(({ row }) => row)).toEqual(['reply-came'])

  // Its words are read in the referral by who sees it, and each reading is in the trail; what is held on the case has them.
  const said = { from: 'secretary@commission.example', subject: 'Re: направление', text: 'Рассмотрим в среду' }
  world.meetings.replies.set(referral.id, [{ id: randomUUID(), at: reply.at, bytes: 900, ...said }])
  const read = (login: string) => world.ask(login, 'GET', `/api/referrals/${referral.id}/replies`)
  expect((await read('saule')).body.items).toMatchObject([{ at: reply.at, ...said }])
  expect([(await read('nurlan')).status, (await read('astana')).status]).toEqual([403, 404])
  const [last] = await world.rows(
    `SELECT who, about FROM referrals.trail WHERE what = 'read-referral-replies' AND outcome = 'done' AND case_id = $1 ORDER BY seq DESC`,
    [file.id],
  )
  expect(last).toEqual({ who: world.id('saule'), about: referral.id })
  const held = await world.asService('cases', 'POST', '/internal/cases/held', { caseId: file.id })
  expect(held.body.items[0].replies).toEqual([{ at: reply.at, ...said }])
  world.meetings.notificationsStatus = 503
  expect([
    (await read('saule')).status,
    (await world.asService('cases', 'POST', '/internal/cases/held', { caseId: file.id })).status,
  ]).toEqual([503, 503])
  world.meetings.notificationsStatus = 202
})

test('an act that the case refuses is told to whoever leads it and to the supervisor; one of a clock that is ahead is tried again', async () => {
  const file = await world.decidedCase()
  const referral = await world.sent(file)
  const waiting = () => world.rows(`SELECT kind FROM referrals.outbox WHERE referral = $1 AND kind = 'act'`, [referral.id])
  await world.rows(`UPDATE referrals.outbox SET payload = jsonb_set(payload, '{happenedAt}', to_jsonb($1::bigint)) WHERE kind = 'act'`, [
    world.clock.now() + 50,
  ])
  await world.deliver()
  expect([world.notices(referral), await waiting()]).toMatchObject([[], [{ kind: 'act' }]])
  await world.rows(`UPDATE referrals.outbox SET payload = jsonb_set(payload, '{form,to}', '"nowhere"') WHERE kind = 'act'`)
  // It is left alone for a moment of the machine.
  await expect.poll(() => world.deliver().then(waiting), { timeout: 5_000 }).toEqual([])
  expect(world.notices(referral).map(({ row, steps }) => [row, steps.flatMap(({ whom }) => whom)])).toEqual([
    ['act-refused', ['case-manager', 'supervisor']],
  ])
})

test('CP-113: the case refuses where the child lives: it is asked for again', async () => {
  const file = await world.decidedCase()
  const referral = await world.sent(file, { body: 'commission' })
  await world.rows(`UPDATE referrals.referral SET state = 'decided', placement = 'recorded' WHERE id = $1`, [referral.id])
  await world.deliver()
  await world.rows(
    `INSERT INTO referrals.outbox (id, kind, referral, case_id, version, payload, not_before, made_at)
     SELECT gen_random_uuid(), 'act', id, case_id, facts_version, $2, 0, 0 FROM referrals.referral WHERE id = $1`,
    [
      referral.id,
      {
        ...{ who: { person: world.id('aigul') }, key: 'referral/x/placement-recorded/9', caseId: file.id, kind: 'placement-recorded' },
        ...{ happenedAt: world.clock.now(), form: { placement: 'nowhere' } },
      },
    ],
  )
  await world.deliver()
  expect((await world.page(referral)).allowedActs).toContain('placement-confirmed')
  const [row] = await world.rows('SELECT placement, next_step_at AS at FROM referrals.referral WHERE id = $1', [referral.id])
  expect(row).toMatchObject({ placement: 'waiting', at: expect.anything() })
})

test('RT-03: while the family refuses the examination no packet goes to PMPK, neither by mail nor on paper; duty goes on', async () => {
  const file = await world.decidedCase('separate', { pmpk: true })
  const referral = await world.prepare(file, { body: 'pmpk' })
  await world.act(referral, 'packet-made', {})
  await world.meetings.actOnCase('aigul', file.id, 'consent-refused', {
    ...{ for: ['examination'], by: 'parent', name: 'Гульнара Ахметова', basis: 'свидетельство', text: '2026-1', way: 'paper' },
  })
  for (const sending of [{ way: 'mail' }, { way: 'paper', number: '1', day: dayOf(world.clock.now()) }])
    expect(await world.tryAct(referral, 'sent', sending)).toMatchObject({ status: 422, body: { code: 'sharing-refused', rule: 'RT-03' } })
  expect((await world.page(referral)).sendings).toEqual([])
  expect(await world.rows(`SELECT 1 FROM referrals.outbox WHERE kind = 'mail' AND referral = $1`, [referral.id])).toEqual([])
})

test('a file is handed in, judged by its content, named by an answer, and downloaded; it is of this referral alone', async () => {
  const file = await world.decidedCase()
  const referral = await world.sent(file)
  const pdf = Buffer.from(PDF)
  const upload = { referral: referral.id, key: randomUUID(), name: 'решение.pdf', content: pdf.toString('base64') }
  const taken = await world.asService('notifications', 'POST', '/internal/uploads', upload)
  expect([taken.status, taken.body.type]).toEqual([200, 'application/pdf'])
  expect((await world.asService('notifications', 'POST', '/internal/uploads', upload)).body).toEqual(taken.body)
  const harmful = { ...upload, key: randomUUID(), content: Buffer.from('MZ not a pdf').toString('base64') }
  expect((await world.asService('notifications', 'POST', '/internal/uploads', harmful)).body.code).toBe('file-type')
  await world.byLink(referral, { answer: 'returned', reasons: 'См. файл', files: [taken.body.id], ...by })
  const [answer] = (await world.page(referral)).answers
  expect(answer!.files).toEqual([taken.body])
  expect(await world.bytes('aigul', `/api/referrals/${referral.id}/files/${taken.body.id}`)).toEqual([200, taken.body.sha256])
  const other = await world.sent(file)
  expect((await world.byLink(other, { answer: 'received', files: [taken.body.id], ...by })).body.errors).toMatchObject([
    { code: 'not-of-case' },
  ])
})

test('a file that no answer names goes after a day, bytes and row; one that is named stays', async () => {
  const file = await world.decidedCase()
  const referral = await world.sent(file)
  const hand = async (text: string) => {
    const content = Buffer.from(`${PDF}%${text}\n`).toString('base64')
    const key = randomUUID()
    const { status } = await world.asService('notifications', 'POST', '/internal/uploads', {
      referral: referral.id,
      key,
      name: `${text}.pdf`,
      content,
    })
    expect(status).toBe(200)
    return key
  }
  const [named, left] = [await hand('named'), await hand('left')]
  await world.byLink(referral, { answer: 'received', files: [named], ...by })
  const read = async (id: string) => (await world.bytes('aigul', `/api/referrals/${referral.id}/files/${id}`))[0]
  world.clock.set(world.clock.now() + DAY - 1)
  await world.referrals.tidy()
  expect([await read(named), await read(left)]).toEqual([200, 200])
  world.clock.set(world.clock.now() + 1)
  expect(await world.referrals.tidy()).toBeGreaterThan(0)
  expect([await read(named), await read(left)]).toEqual([200, 404])
  expect(await world.referrals.tidy()).toBe(0)
})

test('a worker hands in a file for the body, who may write its answer down; nobody else does', async () => {
  const file = await world.decidedCase()
  const referral = await world.sent(file)
  const pdf = `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF`
  const upload = { key: randomUUID(), name: 'скан.pdf', content: Buffer.from(pdf).toString('base64') }
  const path = `/api/referrals/${referral.id}/uploads`
  const taken = await world.ask('aigul', 'POST', path, upload)
  expect([taken.status, taken.body.name]).toEqual([200, 'скан.pdf'])
  expect((await world.ask('aigul', 'POST', path, upload)).body).toEqual(taken.body)
  expect((await world.ask('dana', 'POST', path, { ...upload, key: randomUUID() })).status).toBe(404)
  await world.act(referral, 'answered', { answer: 'received', files: [taken.body.id], ...by })
  expect((await world.page(referral)).answers[0]!.files).toEqual([taken.body])
  const kept = await world.rows(`SELECT who FROM referrals.trail WHERE what = 'referral-file-kept' AND outcome = 'done'`)
  expect(kept.length).toBeGreaterThan(0)
  await world.act(referral, 'withdrawn', { reason: 'Семья переехала' })
  expect((await world.ask('aigul', 'POST', path, { ...upload, key: randomUUID() })).status).toBe(404)
})

test('who holds a link fills no more than its part: a worker still hands in a file; each file by link is in the trail', async () => {
  const file = await world.decidedCase()
  const referral = await world.sent(file)
  const pdf = `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF`
  const upload = () => ({ key: randomUUID(), name: 'скан.pdf', content: Buffer.from(pdf).toString('base64') })
  const byHolder = () => world.asService('notifications', 'POST', '/internal/uploads', { referral: referral.id, ...upload() })
  expect((await byHolder()).status).toBe(200)
  expect(
    await world.rows('SELECT who, role, why FROM referrals.trail WHERE about = $1 AND what = $2', [referral.id, 'referral-file-kept']),
  ).toEqual([{ who: referral.id, role: 'system', why: 'one-time-link' }])
  await world.rows(
    `INSERT INTO referrals.file (id, referral, case_id, of, stored, name, type, sha256, size, made_at)
     SELECT gen_random_uuid(), referral, case_id, of, stored, name, type, sha256, size, made_at FROM referrals.file, generate_series(1, 28) WHERE referral = $1 AND of = 'answer'`,
    [referral.id],
  )
  expect((await byHolder()).status).toBe(200)
  expect(await byHolder()).toMatchObject({ status: 422, body: { code: 'file-too-many' } })
  expect((await world.ask('aigul', 'POST', `/api/referrals/${referral.id}/uploads`, upload())).status).toBe(200)
})

test('nothing of what was typed stands in the log', () => {
  expect(world.said.length).toBeGreaterThan(0)
  for (const words of ['Роза', 'Сериков', 'Просим', 'Ребёнок', '@example.org']) expect(world.said.join('\n')).not.toContain(words)
})
