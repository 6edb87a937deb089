/** Meetings on the pages of the real system: called on a telephone, answered by phone, held, the protocol approved; in three languages without faults. */
import { addDays, dayOf } from '@tirek/procedure/time'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsOf, findChromium, NO_CHROMIUM, openBrowser, openPage, picture } from '../world/browser.ts'
import { RunningSystem, until } from '../world/running.ts'

const program = findChromium()
if (!program) console.warn(NO_CHROMIUM)
let system: RunningSystem
let browser: Browser | undefined

beforeAll(async () => {
  ;[system, browser] = await Promise.all([RunningSystem.start(), program ? openBrowser(program) : undefined])
})
afterAll(async () => {
  await browser?.close()
  await system?.stop()
})

const open = (login: string, lang: 'ru' | 'kk' | 'en', width = 360) =>
  openPage(browser!, system.at.webUrl, { login, viewport: { width, height: 800 }, lang })
const faultless = async (page: Page, name: string) => {
  expect(await faultsOf(page), name).toEqual([])
  await picture(page, name)
}
const save = (page: Page) => page.locator('form.sheet button.button').last().click()
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()

test.skipIf(!program)('called, answered by phone, held and its protocol approved, all at 360 pixels', async () => {
  const { status, body } = await system.insist('timur', 'POST', '/api/cases', {
    child: { name: 'Встречаемая Тестовая', birthDate: '2024-02-02', sex: 'female' },
    asker: { notNamed: true },
    ground: 'слова соседки',
    channel: 'phone',
    source: 'public',
    reportedAt: new Date(Date.now() - 60_000).toISOString(),
    criteria: ['M1'],
    level: 'medium',
    anotherChild: true,
  })
  expect(status, JSON.stringify(body)).toBe(201)
  const caseId = body.summary.id as string
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
  await title(page, 'План подписан')
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
