/** A review on the pages of the real system: its report filled and handed in, called, held, and what follows from it; at 360 pixels, in three languages. */
import { addDays, dayOf } from '@tirek/procedure/time'
import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsOf, openPage, picture } from '../../world/browser.ts'
import type { RunningSystem } from '../../world/running.ts'
import { openedCase } from '../opened-case.ts'
import { closeStage, openStage, program } from '../../world/stage.ts'

let system: RunningSystem
let browser: Browser

beforeAll(async () => {
  ;({ system, browser } = await openStage())
})
afterAll(closeStage)

const open = (lang: 'ru' | 'kk' | 'en', login = 'timur') =>
  openPage(browser, system.at.webUrl, { login, viewport: { width: 360, height: 800 }, lang })
const faultless = async (page: Page, name: string) => {
  expect(await faultsOf(page), name).toEqual([])
  await picture(page, name)
}
const save = (page: Page) => page.locator('form.sheet button.button').last().click()
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()

async function plannedCase(): Promise<{ id: string; measures: { id: string; action: string }[] }> {
  const at = () => new Date(Date.now() - 30_000).toISOString()
  const opened = await openedCase(system, 'Пересматриваемая Тестовая')
  const { id } = opened
  let { version } = opened
  const text = 'описано'
  const measures = ['Встать в очередь на жилье', 'Устроить в сад'].map((action, n) => ({
    id: randomUUID(),
    action,
    due: addDays(dayOf(Date.now()), 60 + n),
    responsible: 'family',
    need: 1,
  }))
  for (const [kind, form] of [
    ['placement-recorded', { placement: 'with-parents' }],
    ['primary-assessment-done', { outcome: 'confirmed', reason: text }],
    [
      'assessment-finished',
      {
        cause: text,
        timeAndPeople: text,
        health: { body: text },
        care: { safety: text },
        environment: { housing: text },
        analysis: {
          strengths: text,
          concerns: text,
          consequences: text,
          response: text,
          abilityToProtect: text,
          abilityToChange: text,
          helpNeeded: text,
        },
        recommendations: text,
        familySigned: true,
        signsOfCruelty: false,
        confirmed: 'yes',
        level: 'medium',
      },
    ],
    ['plan-signed', { planVersion: 1, needs: [{ kind: 'family', text: 'Жилье' }], measures }],
  ] as const) {
    const { status, body } = await system.insist('timur', 'POST', `/api/cases/${id}/acts/${kind}`, { happenedAt: at(), version, form })
    expect(status, `${kind} ${JSON.stringify(body)}`).toBe(200)
    version = body.summary.version
  }
  return { id, measures }
}

test.skipIf(!program)('the report filled and handed in, the review called, held and what it decided open until it is done', async () => {
  const { id, measures } = await plannedCase()
  const page = await open('ru')
  await page.goto(`${system.at.webUrl}/cases/${id}`)
  const card = page.locator('section', { has: page.getByRole('heading', { name: 'Пересмотр плана' }) })
  await card.getByText('Пересмотр № 1').waitFor()
  await card.getByText('еще не сдан').waitFor()
  await faultless(page, 'review-case-360-ru')

  await card.getByRole('link', { name: 'Составить отчет' }).click()
  await title(page, 'Отчет к пересмотру')
  // Each measure with what it is for; what is not said is asked for, field by field.
  for (const { action } of measures) await page.getByText(action).first().waitFor()
  await page.getByText('Потребность: Жилье').first().waitFor()
  await save(page)
  await page.getByRole('alert').getByText('Заполните это поле').first().waitFor()
  await faultless(page, 'review-report-refused-360-ru')
  for (const n of [0, 1]) {
    const measure = page.locator('#field-measures > fieldset').nth(n)
    await measure.getByLabel(n === 0 ? 'выполнено' : 'не выполнено', { exact: true }).check()
    await measure.getByLabel(n === 0 ? 'да' : 'нет', { exact: true }).check()
  }
  await page.locator('#field-report').fill('Половина плана выполнена')
  await faultless(page, 'review-report-360-ru')
  await save(page)
  await card.getByText('сдан', { exact: true }).waitFor()
  const download = page.waitForEvent('download')
  await card.getByRole('button', { name: 'Скачать PDF' }).first().click()
  expect((await download).suggestedFilename()).toMatch(/\.pdf$|^tirek$/)

  await card.getByRole('link', { name: 'Созвать пересмотр' }).click()
  await title(page, 'Созвать пересмотр')
  // Filled: the kind, a working day six months from now at the latest, and what is spoken of.
  const starts = await page.locator('#field-startsAt').inputValue()
  expect(starts.slice(0, 10) > addDays(dayOf(Date.now()), 170)).toBe(true)
  expect(await page.locator('#field-agenda').inputValue()).toContain('Как выполнен план')
  await page.locator('#field-place').fill('Кабинет 214')
  await page.locator('#field-agreement-supervisor').selectOption({ index: 1 })
  // Whom the plan asks for is ticked; one more by hand.
  const invited = page.locator('fieldset', { hasText: 'Кого пригласить' })
  await invited.getByRole('button', { name: 'Добавить' }).click()
  await invited.locator('select').nth(1).selectOption({ index: 1 })
  await invited.getByLabel('В какой роли').first().fill('опека')
  await faultless(page, 'review-call-360-ru')
  await save(page)
  await title(page, 'пересмотр плана')
  await page.getByText('Координатор:').waitFor()
  await page.getByText('сдан', { exact: true }).waitFor()
  await faultless(page, 'review-board-360-ru')
  const meeting = page.url().split('/').at(-1)!

  // Real processes run by the machine's clock, so the meeting's day is moved instead.
  await system.db.query('UPDATE meetings.meeting SET made_at = made_at - 86400000, starts_at = $2, ends_at = $3 WHERE id = $1', [
    meeting,
    // After the plan of a minute ago.
    Date.now() - 1_000,
    Date.now() + 3_600_000,
  ])
  await page.reload()
  await page.getByRole('link', { name: 'Состоялось: записать решения' }).click()
  await title(page, 'Состоялось: записать решения')
  await page.locator('#field-heldAt').waitFor()
  await page.getByLabel('отделить ребенка от семьи').check()
  await page.locator('#field-needs-0, #field-needs').first().fill('Безопасный дом')
  await page.locator('fieldset', { hasText: 'Кто присутствовал' }).getByRole('checkbox').first().check()
  const day = addDays(dayOf(Date.now()), 90)
  const next = page.locator('#field-next')
  if (!(await next.locator('input').first().isVisible())) await next.locator('summary').click()
  await page.locator('#field-next-startsAt').fill(`${day}T15:00`)
  await page.locator('#field-next-endsAt').fill(`${day}T16:00`)
  await faultless(page, 'review-held-360-ru')
  await save(page)
  await title(page, 'пересмотр плана')
  // The case learns of it by the outbox of meetings.
  const follows = page.getByRole('link', { name: 'Подготовить направление в комиссию' })
  await expect.poll(async () => (await page.reload(), await page.waitForTimeout(500), follows.count()), { timeout: 30_000 }).toBe(1)
  const href = await follows.getAttribute('href')
  expect(href).toContain(`/cases/${id}/referrals/new`)
  expect(href).toContain(`meeting=${meeting}`)
  await faultless(page, 'review-outcome-360-ru')

  for (const [lang, name, heading] of [
    ['kk', 'жоспарды қайта қарау', 'Жоспарды қайта қарау'],
    ['en', 'review of the plan', 'Review of the plan'],
  ] as const) {
    const other = await open(lang)
    await other.goto(`${system.at.webUrl}/cases/${id}/meetings/${meeting}`)
    await title(other, name)
    await faultless(other, `review-board-360-${lang}`)
    await other.goto(`${system.at.webUrl}/cases/${id}`)
    await other.getByRole('heading', { name: heading }).waitFor()
    await faultless(other, `review-case-360-${lang}`)
    await other.goto(`${system.at.webUrl}/cases/${id}/record/review-report-handed-in`)
    await other.locator('#field-report').waitFor()
    await faultless(other, `review-report-360-${lang}`)
    await other.goto(`${system.at.webUrl}/cases/${id}/meetings/call?kind=review`)
    await other.locator('#field-startsAt').waitFor()
    await faultless(other, `review-call-360-${lang}`)
  }
})

test.skipIf(!program)(
  'a review that goes on: the next version of the plan begins as the one that stands, with what the meeting decided',
  async () => {
    const { id, measures } = await plannedCase()
    const day = addDays(dayOf(Date.now()), 5)
    const { rows } = await system.db.query(
      `SELECT s.id FROM directory.person s JOIN directory.person p ON p.organisation = s.organisation WHERE p.login = 'timur' AND s.role = 'supervisor' AND s.active LIMIT 1`,
    )
    const supervisor = rows[0]!.id as string
    const called = await system.insist('timur', 'POST', '/api/meetings', {
      caseId: id,
      kind: 'review',
      agenda: ['План'],
      place: 'Кабинет 214',
      startsAt: `${day}T15:00:00+05:00`,
      endsAt: `${day}T16:00:00+05:00`,
      agreement: { supervisor, day: dayOf(Date.now()) },
      invitees: [{ who: 'family', name: 'Роза', role: 'бабушка' }],
    })
    expect(called.status, JSON.stringify(called.body)).toBe(201)
    const meeting = called.body.id as string
    const heldAt = Date.now() - 1_000
    await system.db.query('UPDATE meetings.meeting SET made_at = made_at - 86400000, starts_at = $2, ends_at = $3 WHERE id = $1', [
      meeting,
      heldAt,
      heldAt + 3_600_000,
    ])
    const held = await system.insist('timur', 'POST', `/api/meetings/${meeting}/held`, {
      version: called.body.version,
      form: {
        heldAt: new Date(heldAt).toISOString(),
        attendance: [{ invitee: called.body.invitees[0].id, came: true }],
        needs: ['Жилье'],
        measures: [{ action: 'Найти няню', invitee: called.body.invitees[0].id, due: addDays(day, 30) }],
        decision: 'continue',
        next: { startsAt: `${addDays(day, 90)}T15:00:00+05:00`, endsAt: `${addDays(day, 90)}T16:00:00+05:00` },
      },
    })
    expect(held.status, JSON.stringify(held.body)).toBe(200)
    const page = await open('ru')
    await page.goto(`${system.at.webUrl}/cases/${id}`)
    const next = page.getByRole('button', { name: 'Составить новую версию плана' })
    await expect.poll(async () => (await page.reload(), await page.waitForTimeout(500), next.count()), { timeout: 30_000 }).toBe(1)
    await faultless(page, 'review-continue-case-360-ru')
    await next.click()
    await title(page, 'Новая версия плана')
    const written = await page.locator('textarea').evaluateAll((all) => all.map((one) => (one as HTMLTextAreaElement).value))
    for (const action of [...measures.map((one) => one.action), 'Найти няню', 'Жилье']) expect(written).toContain(action)
    await faultless(page, 'review-continue-plan-360-ru')
    await save(page)
    // Signed: nothing of the decision is left to do.
    await page.getByRole('heading', { name: 'Пересмотр плана' }).waitFor()
    await expect.poll(() => next.count()).toBe(0)
  },
)
