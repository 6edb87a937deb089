/**
 * From the review in the sixth month to another home, on the whole system with the clock moved: the review decides to separate a child with special needs,
 * PMPK sends its conclusion, the commission postpones and recommends by the links of its real mails, the guardianship body decides, and contacts are
 * counted by the new placement.
 */
import type { ReferralPage } from '@tirek/contract/referrals'
import { png } from '@tirek/documents/examples/packets.fixture'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openClinic, type Clinic } from '../world/clinic.ts'
import type { Letter } from '../world/smtp.ts'
import { World } from '../world/world.ts'

const local = (text: string) => Date.parse(`${text}:00+05:00`)
/** Monday; six months later is Tuesday, 1 December. */
const START = local('2026-06-01T10:00')
const by = { name: 'Г. Сериков', position: 'секретарь' }

let world: World
let clinic: Clinic
beforeAll(async () => {
  world = await World.open(START)
  clinic = await openClinic(world)
})
afterAll(() => world?.close())

const lettersTo = (body: string): Letter[] => world.post.letters.filter(({ to }) => to === `${body}@body.test`)
/** The secretary opens the links of the newest mail, finds the one that asks, and answers. */
async function answers(body: string, form: Record<string, string>, file?: { name: string; content: string }): Promise<void> {
  const states: string[] = []
  for (const [, token] of lettersTo(body)
    .at(-1)!
    .text.matchAll(/\/l\/([A-Za-z0-9_-]{43})/g)) {
    const answer = await fetch(`${world.urlOf('notifications')}/api/links/decide`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, form: { ...form, ...by }, handedIn: [], ...(file && { file }) }),
    })
    states.push(((await answer.json()) as { state: string }).state)
  }
  expect(states).toContain('done')
  await world.quiet()
}

test('review in the sixth month, separation, PMPK, commission, postponed, recommended, guardianship decision, new placement, new contact schedule', async () => {
  const { worker, supervisor } = clinic.staff
  const admin = await world.asAdmin()
  for (const kind of ['pmpk', 'commission-services', 'guardianship-body'])
    await world.ok('directory', 'POST', '/api/agencies', admin, {
      kind,
      territory: 'Алматы',
      name: kind,
      contacts: [{ name: 'Г. Сериков', email: `${kind}@body.test`, lang: 'en' }],
    })
  const registered = await world.ok('cases', 'POST', '/api/cases', worker, {
    child: { name: 'Алия Тестова', birthDate: '2024-03-05', sex: 'female' },
    asker: { notNamed: true },
    ground: 'Соседи слышат крики',
    channel: 'phone',
    source: 'public',
    reportedAt: new Date(START).toISOString(),
    criteria: ['M1'],
    level: 'medium',
  })
  const caseId = registered.summary.id as string
  const act = async (kind: string, form: object) => {
    const { rows } = await world.admin.query('SELECT version FROM cases."case" WHERE id = $1', [caseId])
    const happenedAt = new Date(world.clock.now()).toISOString()
    await world.ok('cases', 'POST', `/api/cases/${caseId}/acts/${kind}`, worker, { happenedAt, version: rows[0].version, form })
  }
  await act('placement-recorded', { placement: 'with-parents' })
  await act('primary-assessment-done', { outcome: 'confirmed', reason: 'Подтвердилось' })
  await act('assessment-finished', {
    cause: 'Риск отказа',
    timeAndPeople: 'июнь',
    health: { body: 'здоров' },
    care: { care: 'слабая' },
    environment: { housing: 'тесно' },
    recommendations: 'помочь',
    familySigned: true,
    signsOfCruelty: false,
    confirmed: 'yes',
    level: 'medium',
    analysis: {
      strengths: 'бабушка',
      concerns: 'нет дохода',
      consequences: 'отказ',
      response: 'готовы',
      abilityToProtect: 'есть',
      abilityToChange: 'есть',
      helpNeeded: 'работа',
    },
  })
  await act('plan-signed', {
    planVersion: 1,
    needs: [{ kind: 'family', text: 'Жилье' }],
    measures: [{ id: crypto.randomUUID(), action: 'Оформить пособие', due: '2026-07-01', responsible: 'family' }],
  })
  await world.letPassUntil(local('2026-11-23T10:00'))

  const review = await world.ok('meetings', 'POST', '/api/meetings', worker, {
    caseId,
    kind: 'review',
    agenda: ['Пересмотр плана'],
    place: 'Кабинет 214',
    startsAt: '2026-11-26T15:00:00+05:00',
    endsAt: '2026-11-26T16:00:00+05:00',
    agreement: { supervisor: supervisor.person, day: '2026-11-23' },
    invitees: [{ who: 'family', name: 'Роза Ахметова', phone: '+77015550008', role: 'бабушка' }],
  })
  await world.letPassUntil(local('2026-11-26T15:30'))
  const held = await world.ok('meetings', 'POST', `/api/meetings/${review.id}/held`, worker, {
    version: (await world.ok('meetings', 'GET', `/api/meetings/${review.id}`, worker)).version,
    form: {
      heldAt: '2026-11-26T15:00:00+05:00',
      attendance: [{ invitee: review.invitees[0].id, came: true }],
      needs: ['Безопасный дом'],
      measures: [{ action: 'Подготовить ребенка', responsible: 'психолог', due: '2026-12-20' }],
      decision: 'separate',
      pmpk: true,
      reason: 'Семья не справляется',
      dissent: [{ invitee: review.invitees[0].id, reasons: 'Возьму к себе', demands: 'foster-family' }],
      toCommission: true,
      next: { startsAt: '2027-05-20T15:00:00+05:00', endsAt: '2027-05-20T16:00:00+05:00' },
    },
  })
  await world.ok('meetings', 'POST', `/api/meetings/${review.id}/protocol-approved`, worker, { version: held.version, form: {} })
  await world.quiet()

  const formTo = (body: string, more: object) => ({
    ...{ caseId, body, question: 'removal', meeting: review.id, letter: 'Просим рассмотреть форму устройства', ...more },
  })
  const refer = async (body: string, more: object = {}, document?: object): Promise<ReferralPage> => {
    let made = await world.ok<ReferralPage>('referrals', 'POST', '/api/referrals', worker, formTo(body, more))
    if (document)
      made = await world.ok('referrals', 'POST', `/api/referrals/${made.id}/document-added`, worker, {
        version: made.version,
        form: document,
      })
    const packed = await world.ok('referrals', 'POST', `/api/referrals/${made.id}/packet-made`, worker, { version: made.version, form: {} })
    const sent = await world.ok('referrals', 'POST', `/api/referrals/${made.id}/sent`, worker, {
      version: packed.version,
      form: { way: 'mail' },
    })
    await world.quiet()
    return sent
  }
  const page = (id: string): Promise<ReferralPage> => world.ok('referrals', 'GET', `/api/referrals/${id}`, worker)
  // CP-57: PMPK first, and its conclusion goes on with the next.
  const early = await world.request('referrals', 'POST', '/api/referrals', worker, formTo('commission', {}))
  expect(early.body).toMatchObject({ code: 'pmpk-first', rule: 'CP-57' })
  const pmpk = await refer('pmpk')
  expect(pmpk.dueDay).toBe('2026-12-26')
  await world.letPassUntil(local('2026-11-27T11:00'))
  const conclusion = { name: 'Заключение.png', content: png(40, 60).toString('base64') }
  await answers('pmpk', { answer: 'recommended', text: 'Программа для детей с особыми потребностями' }, conclusion)
  const [handed] = (await page(pmpk.id)).answers.flatMap(({ files }) => files)
  const commission = await refer('commission', { previous: pmpk.id }, { file: handed!.id, kind: 'pmpk-conclusion' })
  expect(commission).toMatchObject({ state: 'sent', dueDay: '2026-12-11', demands: [{ demands: 'foster-family', from: 'protocol' }] })
  expect(commission.packet!.enclosures.map(({ kind }) => kind)).toEqual(['assessment', 'plan', 'protocol', 'upload'])
  expect(commission.packet!.enclosures.at(-1)).toMatchObject({ sha256: handed!.sha256, pages: 1 })
  const [first] = lettersTo('commission-services')
  expect(`${first!.subject}${first!.text}`).not.toMatch(/Алия|Тестова|Роза/)

  await world.letPassUntil(local('2026-12-10T12:00'))
  // Nobody confirmed the receipt, and the day comes near: who sent it is told, then the commission.
  expect((await page(commission.id)).steps.map(({ row }) => row).toSorted()).toEqual(['receipt-phone', 'remind-body', 'remind-sender'])
  await answers('commission-services', { answer: 'postponed', newDay: '2026-12-23', reasons: 'Ждут справку' })
  expect(await page(commission.id)).toMatchObject({ state: 'postponed', dueDay: '2026-12-23' })
  const awaited = async () =>
    (await world.admin.query(`SELECT due_day FROM cases.deadline WHERE case_id = $1 AND "row" = 'referral' AND state = 'open'`, [caseId]))
      .rows
  expect(await awaited()).toEqual([{ due_day: '2026-12-23' }])
  await world.letPassUntil(local('2026-12-21T11:00'))
  await answers('commission-services', { answer: 'recommended', recommended: 'foster-family' })
  expect([(await page(commission.id)).state, await awaited()]).toEqual(['recommended', []])

  const guardians = await refer('guardianship-body', { previous: commission.id })
  await world.letPassUntil(local('2026-12-24T11:00'))
  await answers('guardianship-body', {
    answer: 'decided',
    decision: 'granted',
    placement: 'foster-family',
    documentNumber: '12-р',
    documentDay: '2026-12-24',
  })
  const decided = await page(guardians.id)
  expect(decided).toMatchObject({ state: 'decided', placement: 'waiting' })
  const contacts = async () =>
    (
      await world.admin.query(
        `SELECT key FROM cases.deadline WHERE case_id = $1 AND "row" LIKE 'contact%' AND state = 'open' ORDER BY key`,
        [caseId],
      )
    ).rows
  const before = await contacts()
  await world.ok('referrals', 'POST', `/api/referrals/${guardians.id}/placement-confirmed`, worker, {
    version: decided.version,
    form: { from: new Date(world.clock.now()).toISOString(), placement: 'foster-family', with: 'семья Жумабековых' },
  })
  await world.quiet()
  const { rows } = await world.admin.query(
    `SELECT form FROM cases.act WHERE case_id = $1 AND kind = 'placement-recorded' ORDER BY recorded_at DESC LIMIT 1`,
    [caseId],
  )
  expect(rows[0].form).toMatchObject({ placement: 'foster-family', decisionNumber: '12-р', decisionDay: '2026-12-24' })
  expect(await contacts()).not.toEqual(before)
  expect(await world.isRunning(`case/${caseId}/referral/${guardians.id}`)).toBe(false)
})
