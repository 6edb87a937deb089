/** Meetings on the pages of the real system: called on a telephone, answered by phone, held, the protocol approved; in three languages without faults. */
import { addDays, dayOf } from '@tirek/procedure/time'
import { ServiceCaller } from '@tirek/platform/service-tokens'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsOf, openPage, picture } from '../../world/browser.ts'
import { type RunningSystem, until } from '../../world/running.ts'
import { openedCase } from '../opened-case.ts'
import { closeStage, openStage, program } from '../../world/stage.ts'

let system: RunningSystem
let browser: Browser

beforeAll(async () => {
  ;({ system, browser } = await openStage())
})
afterAll(closeStage)

const open = (login: string, lang: 'ru' | 'kk' | 'en', width = 360) =>
  openPage(browser, system.at.webUrl, { login, viewport: { width, height: 800 }, lang })
const faultless = async (page: Page, name: string) => {
  expect(await faultsOf(page), name).toEqual([])
  await picture(page, name)
}
const save = (page: Page) => page.locator('form.sheet button.button').last().click()
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()

test.skipIf(!program)('called, answered by phone, held and its protocol approved, all at 360 pixels', async () => {
  const { id: caseId } = await openedCase(system, 'Встречаемая Тестовая')
  const page = await open('timur', 'ru')
  await page.goto(`${system.at.webUrl}/cases/${caseId}/meetings`)
  await title(page, 'Совещания')
  await faultless(page, 'meetings-none-360-ru')
  await page.getByRole('link', { name: 'Созвать совещание' }).click()
  await title(page, 'Созвать совещание')
  // Sent empty: every field that is missing is named.
  await save(page)
  await page.getByRole('alert').getByText('Заполните это поле').first().waitFor()
  await faultless(page, 'meeting-call-refused-360-ru')
  const day = addDays(dayOf(Date.now()), 10)
  await page.locator('#field-agenda-0, #field-agenda').first().fill('Помощь с жильем')
  await page.locator('#field-place').fill('Кабинет 214')
  await page.locator('#field-startsAt').fill(`${day}T15:00`)
  await page.locator('#field-endsAt').fill(`${day}T16:00`)
  await page.locator('#field-agreement-supervisor').selectOption({ index: 1 })
  await page.locator('#field-agreement-day').fill(dayOf(Date.now()))
  const invitee = page.locator('fieldset', { hasText: 'Кого пригласить' })
  await invitee.getByLabel('Кто', { exact: true }).selectOption({ index: 1 })
  await invitee.getByLabel('В какой роли').fill('опека')
  await invitee.getByLabel('необходим').check()
  await save(page)
  await title(page, 'межведомственное совещание')
  await page.getByText('нет ответа').first().waitFor()
  await faultless(page, 'meeting-board-360-ru')
  const meeting = page.url().split('/').at(-1)!
  await until('the invitation is sent', async () => {
    const { rows } = await system.db.query(`SELECT 1 FROM meetings.mail WHERE meeting = $1 AND state = 'accepted'`, [meeting])
    return rows[0]
  })

  await page.getByRole('link', { name: 'Записать ответ по телефону' }).click()
  await page.getByLabel('придет', { exact: true }).check()
  await save(page)
  await page.getByText('придет: 1').waitFor()

  // Real processes run by the machine's clock, so the meeting's day is moved instead.
  await system.db.query('UPDATE meetings.meeting SET made_at = made_at - 86400000, starts_at = $2, ends_at = $3 WHERE id = $1', [
    meeting,
    Date.now() - 3_600_000,
    Date.now() - 60_000,
  ])
  await page.reload()
  await page.getByRole('link', { name: 'Состоялось: записать решения' }).click()
  await title(page, 'Состоялось: записать решения')
  await faultless(page, 'meeting-held-360-ru')
  await page.getByLabel('закрыть дело').first().check()
  await page.locator('#field-needs-0, #field-needs').first().fill('Постоянное жилье')
  await save(page)
  await title(page, 'межведомственное совещание')
  await page.getByText('Постоянное жилье').waitFor()
  // Another edit, as a colleague's would come: with a measure.
  const { body: held } = await system.insist('timur', 'GET', `/api/meetings/${meeting}`)
  const { content } = held.protocol
  const measures = [{ action: 'Оформить пособие', invitee: held.invitees[0].id, due: addDays(day, 30) }]
  const edited = await system.insist('timur', 'POST', `/api/meetings/${meeting}/protocol-written`, {
    version: held.version,
    form: { ...content, measures },
  })
  expect(edited.status, JSON.stringify(edited.body)).toBe(200)
  await page.reload()
  await page.getByRole('link', { name: 'Утвердить протокол' }).click()
  await save(page)
  await page.getByText(/Протокол № \d+\/\d{4}/).waitFor()
  await faultless(page, 'meeting-protocol-360-ru')
  for (const [lang, name] of [
    ['kk', 'ведомствоаралық кеңес'],
    ['en', 'interagency meeting'],
  ] as const) {
    const other = await open('timur', lang)
    await other.goto(`${system.at.webUrl}/cases/${caseId}/meetings/${meeting}`)
    await title(other, name)
    await faultless(other, `meeting-board-360-${lang}`)
  }
  // CP-34: its measures stand in the form of the plan's next version.
  await page.getByRole('button', { name: 'Внести меры в план' }).click()
  await title(page, 'план')
  await page
    .getByText('Оформить пособие')
    .or(page.locator('textarea, input').filter({ hasText: 'Оформить пособие' }))
    .first()
    .waitFor()
  await faultless(page, 'meeting-into-plan-360-ru')
})

test.skipIf(!program)(
  'agencies that the plan asks for are proposed and ticked off; a day off is warned of and saved all the same',
  async () => {
    const day = (n: number) => addDays(dayOf(Date.now()), n)
    const paper = {
      stage: 'planning',
      level: 'medium',
      registeredDay: day(-60),
      assessmentDecidedDay: day(-48),
      assessmentFinishedDay: day(-7),
      child: { name: 'Плановый Тестовый', birthDate: '2022-09-30', sex: 'male' },
      anotherChild: true,
    }
    const { status, body } = await system.insist('timur', 'POST', '/api/cases/from-paper', paper)
    expect(status, JSON.stringify(body)).toBe(201)
    const { id: caseId, version } = body.summary
    const form = {
      planVersion: 1,
      needs: [
        { kind: 'parents', text: 'Работа матери' },
        { kind: 'family', text: 'Жилье' },
      ],
      measures: [{ id: crypto.randomUUID(), action: 'Оформить пособие', due: day(30), responsible: 'agency', help: 'benefits' }],
    }
    const planned = await system.insist('timur', 'POST', `/api/cases/${caseId}/acts/plan-signed`, {
      happenedAt: new Date().toISOString(),
      version,
      form,
    })
    expect(planned.status, JSON.stringify(planned.body)).toBe(200)
    const page = await open('timur', 'ru')
    await page.goto(`${system.at.webUrl}/cases/${caseId}/meetings/call`)
    const proposed = page.locator('fieldset', { hasText: 'Предлагаются по плану' })
    await proposed.getByLabel('Отдел социальной защиты, Жарқынқала, социальная защита').waitFor()
    expect(await proposed.locator('label', { hasText: 'Тұнықсу' }).count()).toBe(0)
    const guardians = proposed.getByLabel('Орган опеки и попечительства, Жарқынқала, орган опеки и попечительства')
    expect(await guardians.isChecked()).toBe(true)
    await guardians.uncheck()
    await proposed.getByLabel('необходим').check()
    await page.locator('#field-agenda-0, #field-agenda').first().fill('Помощь с жильем')
    await page.locator('#field-place').fill('Кабинет 214')
    const sunday = Array.from({ length: 7 }, (_, n) => day(10 + n)).find((one) => new Date(`${one}T00:00:00Z`).getUTCDay() === 0)!
    await page.locator('#field-startsAt').fill(`${sunday}T20:00`)
    await page.locator('#field-endsAt').fill(`${sunday}T21:00`)
    await page.getByText(/^Воскресенье, .*: нерабочий день/).waitFor()
    await page.getByText(/вне обычных часов 08:00-20:00/).waitFor()
    await page.locator('#field-agreement-supervisor').selectOption({ index: 1 })
    await page.locator('#field-agreement-day').fill(day(0))
    await faultless(page, 'meeting-call-proposed-360-ru')
    await save(page)
    await title(page, 'межведомственное совещание')
    const { body: made } = await system.insist('timur', 'GET', `/api/meetings/${page.url().split('/').at(-1)!}`)
    expect(
      made.invitees.map((one: { organisation: string; needed: boolean; role: string }) => [one.organisation, one.role, one.needed]),
    ).toEqual([['Отдел социальной защиты, Жарқынқала', 'социальная защита', true]])
  },
)

test.skipIf(!program)(
  'mail that nobody could match: read, written down as an answer, and set aside, at 360 pixels in three languages',
  async () => {
    const { rows } = await system.db.query(
      `SELECT id, case_id, agent FROM meetings.meeting WHERE state = 'called' ORDER BY made_at DESC LIMIT 1`,
    )
    const { id: meeting, case_id: caseId, agent } = rows[0]
    await until('the invitation is sent', async () => {
      const sent = await system.db.query(`SELECT 1 FROM notifications.invitation WHERE meeting = $1`, [meeting])
      return sent.rows[0]
    })
    const { serviceKeys } = JSON.parse(readFileSync(join(system.home, 'secrets.json'), 'utf8'))
    const caller = new ServiceCaller('meetings', serviceKeys.meetings.secret)
    for (const text of ['Не смогу прийти, приду в другой раз', 'Реклама']) {
      const raw = `From: Somebody <else@elsewhere.example>\r\nTo: ${agent}@localhost\r\nSubject: Re\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`
      await caller.call('notifications', `${system.at.notificationsUrl}/internal/inbound`, { raw: Buffer.from(raw).toString('base64') })
    }
    const board = `${system.at.webUrl}/cases/${caseId}/meetings/${meeting}`
    const page = await open('timur', 'ru')
    await until('the board knows', async () => {
      const known = await system.db.query('SELECT 1 FROM meetings.unmatched WHERE meeting = $1', [meeting])
      return known.rowCount === 2 ? true : undefined
    })
    await page.goto(board)
    await page.getByRole('heading', { level: 2, name: 'Неразобранные письма' }).waitFor()
    await faultless(page, 'meeting-board-unmatched-360-ru')
    await page.getByRole('link', { name: 'Разобрать письма' }).click()
    await title(page, 'Неразобранные письма')
    for (const [lang, name] of [
      ['kk', 'Анықталмаған хаттар'],
      ['en', 'Mail that nobody could match'],
    ] as const) {
      const other = await open('timur', lang)
      await other.goto(`${board}/mail`)
      await title(other, name)
      await faultless(other, `meeting-mail-360-${lang}`)
    }
    const one = page.locator('article', { hasText: 'Не смогу прийти' })
    await one.getByText('else@elsewhere.example').waitFor()
    await faultless(page, 'meeting-mail-360-ru')
    await one.getByRole('button', { name: 'Письмо - это ответ участника' }).click()
    await one.getByText('Заполните это поле').first().waitFor()
    await faultless(page, 'meeting-mail-refused-360-ru')
    await one.getByLabel('Чей это ответ').selectOption({ index: 1 })
    await one.getByLabel('Ответ', { exact: true }).selectOption('declined')
    await one.getByRole('button', { name: 'Письмо - это ответ участника' }).click()
    await one.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Отложить письмо' }).click()
    await page.getByText('Все письма разобраны.').waitFor()
    await page.locator('summary', { hasText: 'Разобранные письма' }).click()
    await faultless(page, 'meeting-mail-settled-360-ru')
    await page.goto(board)
    await page.getByText('не придет: 1').waitFor()
    await page.getByText('«Не смогу прийти, приду в другой раз»').waitFor()
    // What became of the mail stands there in words.
    await page.locator('summary', { hasText: 'Письма' }).first().click()
    await page.getByText('приглашение: принято почтовым сервером').first().waitFor()
    await faultless(page, 'meeting-board-mails-360-ru')
    const [from, till] = [Date.now() + 86_400_000, Date.now() + 90_000_000]
    await system.db.query('UPDATE meetings.meeting SET starts_at = $2, ends_at = $3 WHERE id = $1', [meeting, from, till])
    await page.goto(system.at.webUrl)
    await page.getByRole('heading', { level: 2, name: /Совещания недели/ }).waitFor()
    await faultless(page, 'today-with-meetings-360-ru')
  },
)
