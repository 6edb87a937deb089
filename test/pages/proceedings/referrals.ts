/** Referrals on the pages of the real system: the order is explained, the packet is looked at, sent, answered with a file, taken back; in three languages. */
import { png } from '@tirek/documents/examples/packets.fixture'
import { PDF, realDocx } from '@tirek/platform/files/archives.fixture'
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DESK, faultsOf, openPage, PHONE, picture } from '../../world/browser.ts'
import { addDays, dayOf } from '@tirek/procedure/time'
import { type RunningSystem, until } from '../../world/running.ts'
import { closeStage, openStage, program } from '../../world/stage.ts'

let system: RunningSystem
let browser: Browser
let caseId: string

beforeAll(async () => {
  ;({ system, browser } = await openStage())
  const { items } = (await system.insist('timur', 'GET', '/api/cases?limit=100')).body as {
    items: { id: string; stage: string; manager?: string }[]
  }
  caseId = items.find(({ stage }) => stage === 'implementation')!.id
})
afterAll(closeStage)

const go = async (page: Page, path: string, of = caseId) => {
  await page.goto(`${system.at.webUrl}/cases/${of}${path}`)
  await page.locator('main h1, .identity h1').first().waitFor()
  await page.waitForLoadState('networkidle')
}
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()
const faultless = async (page: Page, name: string) => {
  expect(await faultsOf(page), name).toEqual([])
  await picture(page, name)
}

/** A document goes with it: what has no pages is refused beside its name, what has is added. */
async function enclosed(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Приложить документ' }).click()
  await title(page, 'Приложить документ')
  await page.locator('#field-kind').selectOption('medical')
  await page.locator('#field-title').fill('выписка от 3 ноября')
  await page.locator('#field-file').setInputFiles([{ name: 'Выписка.docx', mimeType: '', buffer: await realDocx() }])
  await page.locator('li.error', { hasText: 'не получаются страницы пакета' }).waitFor()
  await page.locator('#field-file').setInputFiles([{ name: 'Выписка.png', mimeType: 'image/png', buffer: png(60, 90) }])
  await page.getByRole('button', { name: /^Убрать Выписка/ }).waitFor()
  await faultless(page, 'referral-document-360-ru')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await title(page, 'Направление: ПМПК')
  await page.getByRole('button', { name: 'Выписка.png' }).waitFor()
}

test.skipIf(!program)(
  'what comes first is explained; an examination is asked for, its packet looked at, sent, and answered with a file',
  async () => {
    const page = await openPage(browser, system.at.webUrl, { login: 'timur', viewport: PHONE })
    await go(page, '')
    const card = page.locator('section', { has: page.getByRole('heading', { name: 'Направления' }) }).last()
    await card.getByText('Направлений еще не было.').waitFor()
    await card.getByRole('link', { name: 'Направить' }).click()
    await title(page, 'Новое направление')
    await page.getByLabel('отделение ребенка от семьи').check()
    await page.getByLabel('комиссия', { exact: true }).check()
    await page.getByText('Сначала нужно решение пересмотра или совещания').waitFor()
    await faultless(page, 'referral-new-360-ru')
    await page.locator('#field-letter').fill('Просим обследовать ребенка: задержка речи, семья просит помощи.')
    await page.getByText('Черновик сохранен на этом устройстве').waitFor()
    await page.getByRole('button', { name: 'Составить' }).click()
    const refusal = page.getByRole('alert')
    await refusal.getByText('Сначала решает пересмотр или совещание').waitFor()
    expect(await refusal.evaluate((box) => box === document.activeElement)).toBe(true)
    await page.reload()
    await page.getByText('Продолжаем с черновика.').waitFor()

    await page.getByLabel('обследование ребенка').check()
    await page.getByLabel('ПМПК', { exact: true }).check()
    expect(await page.getByRole('heading', { name: 'Порядок' }).count()).toBe(0)
    expect(await page.locator('#field-agency').evaluate((select: HTMLSelectElement) => select.selectedOptions[0]!.text)).toMatch(
      /консультация/,
    )
    await page.getByRole('button', { name: 'Составить' }).click()
    await title(page, 'Направление: ПМПК')
    await page.getByText('Составьте пакет документов').waitFor()
    await enclosed(page)
    await page.getByRole('button', { name: 'Убрать выписка от 3 ноября' }).click()
    await page.getByText('Войдут в пакет страницами').waitFor()
    await enclosed(page)
    await page.getByRole('button', { name: 'Составить пакет' }).click()
    await page.getByText('Проверьте пакет и отправьте.').waitFor()
    await page.locator('.enclosures li', { hasText: /выписка от 3 ноября\s*· 1 стр\./ }).waitFor()
    await faultless(page, 'referral-prepared-360-ru')
    const [packet] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Скачать пакет (PDF)' }).click()])
    expect(
      readFileSync(await packet.path())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')

    await page.getByRole('link', { name: 'Отправить', exact: true }).click()
    await page.getByText(/^Письмо уйдет на .+: пакет вложением\.$/).waitFor()
    await faultless(page, 'referral-send-360-ru')
    await page.getByRole('button', { name: 'Отправить' }).click()
    await page.getByText('Ждем подтверждения, что получено, и ответа.').waitFor()
    await page.getByText('Отправлен и больше не меняется').waitFor()
    await until('the mail is delivered', async () => {
      await page.reload()
      await page.locator('main h1').waitFor()
      return (await page.getByText('почта адресата приняла').count()) > 0 || undefined
    })

    await page.getByRole('link', { name: 'Записать ответ' }).click()
    await page.getByLabel('отложено').check()
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.locator('#field-newDay-error').waitFor()
    await faultless(page, 'referral-answer-360-ru')
    await page.getByLabel('дана рекомендация').check()
    await page.locator('#field-text').fill('Рекомендованы занятия с логопедом')
    await page.locator('#field-name').fill('Н. Жакупова')
    await page.locator('#field-files').setInputFiles([
      { name: 'Заключение.pdf', mimeType: 'application/pdf', buffer: PDF },
      { name: 'Таблица.pdf', mimeType: 'application/pdf', buffer: Buffer.from('no such thing') },
    ])
    await page.getByRole('button', { name: /^Убрать Заключение/ }).waitFor()
    // What is no PDF is said by name, and does not go with the answer.
    await page.locator('li.error', { hasText: 'Таблица.pdf' }).waitFor()
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await title(page, 'Направление: ПМПК')
    await page.getByText('Рекомендованы занятия с логопедом').waitFor()
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /Заключение/ }).click()])
    expect(readFileSync(await file.path()).equals(PDF)).toBe(true)
    await faultless(page, 'referral-answered-360-ru')

    await page.getByRole('link', { name: 'Дальше направлять не нужно' }).click()
    await page.locator('#field-reason').fill('Обследование закончено')
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByText('Больше ничего не ждем.').waitFor()
    await go(page, '')
    await card.getByText('дана рекомендация').waitFor()
    await page.context().close()
  },
)

test.skipIf(!program)(
  'handed over on paper with number and date; taken back with a reason, by keyboard alone; faultless in every language',
  async () => {
    const page = await openPage(browser, system.at.webUrl, { login: 'timur', viewport: DESK, lang: 'en' })
    await go(page, '/referrals/new?question=examination&body=pmpk')
    await page.locator('#field-letter').fill('We ask for another examination.')
    await page.getByRole('button', { name: 'Prepare' }).click()
    await title(page, 'Referral: PMPK')
    await page.getByRole('button', { name: 'Make the packet' }).click()
    await page.getByRole('link', { name: 'Send', exact: true }).click()
    await page.getByLabel('on paper').check()
    await page.getByRole('button', { name: 'Send' }).click()
    await page.locator('#field-number-error').waitFor()
    await faultless(page, 'referral-paper-1280-en')
    await page.locator('#field-number').fill('15/2')
    await page.locator('#field-addressee').fill('the secretary')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText(/Handed over on paper № 15\/2/).waitFor()
    const path = new URL(page.url()).pathname.split('/').slice(3).join('/')
    for (const [lang, viewport] of [
      ['kk', PHONE],
      ['en', DESK],
      ['ru', DESK],
    ] as const) {
      const other = await openPage(browser, system.at.webUrl, { login: 'timur', viewport, lang })
      for (const [name, one] of Object.entries({
        referrals: '/referrals',
        'referral-board': `/${path}`,
        'referral-answer': `/${path}/answered`,
        'case-referrals': '',
      })) {
        await go(other, one)
        await faultless(other, `${name}-${viewport.width}-${lang}`)
      }
      await other.context().close()
    }
    // The term's own button leads to the case's act: over its form stand the referrals that wait.
    await go(page, '/record/referral-answered')
    await page.getByRole('region', { name: 'Referrals' }).getByRole('link', { name: 'PMPK: an examination of the child' }).first().waitFor()
    await faultless(page, 'referral-instead-1280-en')
    await go(page, `/${path}`)
    await page.getByRole('link', { name: 'Withdraw' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('#field-reason').focus()
    await page.keyboard.type('The family moved away')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Nothing more is waited for.').waitFor()
    expect(await page.getByText('The family moved away').count()).toBeGreaterThan(0)
    await page.context().close()
  },
)

const HOUR = 3_600_000
/** A case of Aigerim's whose meeting decided that it is put to a commission. */
async function decided(): Promise<{ of: string; meeting: string }> {
  const { items } = (await system.insist('aigerim', 'GET', '/api/cases?limit=100')).body as { items: { id: string; stage: string }[] }
  const of = items.find(({ stage }) => stage === 'implementation')!.id
  const on = (days: number, hour: number) => `${addDays(dayOf(Date.now()), days)}T${hour}:00:00+05:00`
  const called = await system.insist('marat', 'POST', '/api/meetings', {
    caseId: of,
    kind: 'interagency',
    agenda: ['Форма устройства'],
    place: 'Кабинет 1',
    startsAt: on(10, 15),
    endsAt: on(10, 16),
    invitees: [{ who: 'family', name: 'Роза Тестова', phone: '+77010000000', role: 'бабушка' }],
  })
  expect(called.status, JSON.stringify(called.body)).toBe(201)
  const meeting = called.body.id as string
  // Real processes run by the machine's clock, so the meeting's day is moved instead.
  const was = Date.now() - HOUR
  await system.db.query('UPDATE meetings.meeting SET made_at = made_at - 86400000, starts_at = $2, ends_at = $3 WHERE id = $1', [
    meeting,
    was,
    was + 60_000,
  ])
  const { version, invitees } = (await system.insist('marat', 'GET', `/api/meetings/${meeting}`)).body
  const held = await system.insist('marat', 'POST', `/api/meetings/${meeting}/held`, {
    version,
    form: {
      heldAt: new Date(was).toISOString(),
      attendance: [{ invitee: invitees[0].id, came: true }],
      needs: ['Безопасный дом'],
      measures: [{ action: 'Подготовить ребенка', responsible: 'психолог', due: addDays(dayOf(Date.now()), 30) }],
      dissent: [{ invitee: invitees[0].id, reasons: 'Готова взять внука к себе', demands: 'foster-family' }],
      toCommission: true,
      next: { startsAt: on(40, 15), endsAt: on(40, 16) },
    },
  })
  expect(held.status, JSON.stringify(held.body)).toBe(200)
  return { of, meeting }
}

test.skipIf(!program)('from the decision of a meeting to the commission, to the guardianship body, to where the child lives', async () => {
  const { of, meeting } = await decided()
  const page = await openPage(browser, system.at.webUrl, { login: 'aigerim', viewport: PHONE })
  const handOver = async (number: string) => {
    await page.locator('#field-letter').fill('Просим рассмотреть форму устройства.')
    await page.getByRole('button', { name: 'Составить' }).click()
    await page.getByRole('button', { name: 'Составить пакет' }).click()
    await page.getByRole('link', { name: 'Отправить', exact: true }).click()
    await page.getByLabel('на бумаге').check()
    await page.locator('#field-number').fill(number)
    await page.getByRole('button', { name: 'Отправить' }).click()
    await page.getByText(new RegExp(`Передано на бумаге № ${number}`)).waitFor()
    await page.getByRole('link', { name: 'Записать ответ' }).click()
  }
  await go(page, `/referrals/new?question=removal&meeting=${meeting}`, of)
  expect(await page.getByLabel('отделение ребенка от семьи').isChecked()).toBe(true)
  expect(await page.getByLabel('комиссия', { exact: true }).isChecked()).toBe(true)
  expect(await page.locator('.order li').first().innerText()).toMatch(/есть$/)
  // Its protocol is a draft: what it demands goes with the referral when it is approved.
  expect(await page.getByText('Готова взять внука к себе').count()).toBe(0)
  await page.getByLabel('орган опеки').check()
  await page.getByText('Сначала рекомендация комиссии').waitFor()
  await page.getByLabel('комиссия', { exact: true }).check()
  await faultless(page, 'referral-decided-360-ru')
  await handOver('7/1')
  await page.getByLabel('дана рекомендация').check()
  await page.locator('#field-recommended').selectOption('foster-family')
  await page.locator('#field-name').fill('Секретарь комиссии')
  await page.getByRole('button', { name: 'Сохранить' }).click()

  await page.getByRole('link', { name: 'Направить дальше' }).click()
  await title(page, 'Новое направление')
  expect(await page.getByLabel('орган опеки').isChecked()).toBe(true)
  await handOver('7/2')
  await page.getByLabel('принято решение').check()
  await page.getByLabel('решено, как просили').check()
  await page.locator('#field-placement').selectOption('foster-family')
  await page.locator('#field-documentNumber').fill('45')
  await page.locator('#field-documentDay').fill(dayOf(Date.now()))
  await page.locator('#field-name').fill('Специалист опеки')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Решение принято: запишите, где теперь живет ребенок.').waitFor()
  await faultless(page, 'referral-placement-asked-360-ru')
  await page.getByRole('link', { name: 'Записать, где живет ребенок' }).click()
  expect(await page.locator('#field-placement').inputValue()).toBe('foster-family')
  await page.locator('#field-with').fill('семья Жумабековых')
  await faultless(page, 'referral-placement-360-ru')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Больше ничего не ждем.').waitFor()
  await until('the case knows where the child lives', async () => {
    const { items } = (await system.request('aigerim', 'GET', `/api/cases/${of}/timeline?limit=50`)).body
    return items.find(
      (one: { kind: string; form?: { placement?: string } }) =>
        one.kind === 'placement-recorded' && one.form?.placement === 'foster-family',
    )
  })
  await page.context().close()
})
