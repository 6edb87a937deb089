/** The pages in a real browser on the real system: the main job, errors, drafts, the end of a session. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DESK, faultsOf, PHONE, signIn } from '../../world/browser.ts'
import { type RunningSystem, until } from '../../world/running.ts'
import { closeStage, openStage, program } from '../../world/stage.ts'
import { countMoves, movedOn } from '../first-use.ts'

/** On a busy machine a tick may meet the moment in which the page draws itself anew. */
async function tick(box: Locator, left = 3): Promise<void> {
  await box.check().catch((error: unknown) => {
    if (left === 0) throw error
    return tick(box, left - 1)
  })
}

const NAME = 'Проверкин Тестжан'

let system: RunningSystem
let browser: Browser
let context: BrowserContext
let faults: string[] = []

describe.skipIf(!program)('the pages', () => {
  beforeAll(async () => {
    ;({ system, browser } = await openStage())
  })
  afterAll(closeStage)
  afterEach(async () => {
    await context?.close()
    // A refused script, an unforeseen error or a broken style is a fault of the page.
    expect(faults).toEqual([])
  })

  async function open(viewport: { width: number; height: number }, login?: string, lang: 'ru' | 'kk' | 'en' = 'ru'): Promise<Page> {
    faults = []
    context = await browser.newContext({ viewport, locale: 'ru-RU', reducedMotion: 'reduce' })
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => faults.push(error.message))
    page.on(
      'console',
      (message) => message.type() === 'error' && !/Failed to load resource/.test(message.text()) && faults.push(message.text()),
    )
    await page.goto(system.at.webUrl)
    await page.getByRole('link', { name: 'Войти' }).waitFor()
    if (login) {
      await signIn(page, login)
      await page.locator(`.langs button[lang=${lang}]`).click()
      await page.locator(`html[lang=${lang}]`).waitFor()
    }
    return page
  }

  /** Needs a bearer of its own: what the page did is read from the record. */
  const cases = async (login: string) =>
    (await system.request(login, 'GET', '/api/cases?limit=100')).body.items as { id: string; number: string; stage: string; risk: string }[]

  /** Several requests from one address are alike: only the first of them finds nobody. */
  async function fillRequest(page: Page, name: string, { isFirst = false, address = 'ул. Проверочная, 9' } = {}): Promise<void> {
    await page.getByLabel('Имя и фамилия субъекта обращения за помощью').fill(name)
    await page.locator('#field-child-address').fill(address)
    if (isFirst) await page.getByText('Похожих случаев в регистре нет.').waitFor()
    await page.getByRole('button', { name: 'Такого нет, продолжить' }).click()
    await tick(page.getByLabel('женский'))
    await tick(page.locator('#field-channel').getByLabel('по телефону'))
    await page.locator('#field-source').selectOption('public')
    await page.getByLabel('Обратившийся не назвал себя').check()
    await page.getByRole('button', { name: 'Дальше' }).click()
    await page.locator('#field-ground').fill('Соседи слышат крики')
  }

  /** What was typed last is kept a moment later than what was typed before it. */
  const nothingLeftToKeep = async (page: Page) =>
    page.waitForFunction(
      (seen) => {
        const now = JSON.stringify({ ...localStorage })
        if (seen.was !== now) Object.assign(seen, { was: now, since: performance.now() })
        return performance.now() - seen.since > 1_500
      },
      await page.evaluateHandle(() => ({ was: '', since: 0 })),
      { polling: 100 },
    )

  test('main job on a phone: a high-risk request starts the hour on the spot, evidence closes it', async () => {
    const page = await open(PHONE, 'timur')
    await page.getByRole('link', { name: 'Новое обращение' }).click()
    await fillRequest(page, NAME, { isFirst: true })
    await page.getByLabel(/^Нет средств к существованию/).check()
    await page.getByText('Ответьте, есть ли данные об опасности').waitFor()
    await page.getByLabel(/^Физическое или сексуальное насилие/).check()
    const proposal = page.getByRole('region', { name: 'Предлагаемая степень' })
    await proposal.getByText('высокий риск').waitFor()
    expect(await proposal.innerText()).toMatch(/решили отметки: Физическое или сексуальное насилие.*\(H4\)/)
    await page.getByRole('button', { name: 'Зарегистрировать обращение' }).click()

    const hour = page.getByRole('region', { name: /^Неотложные меры/ })
    await hour.getByRole('timer').waitFor()
    expect(await hour.getByRole('timer').innerText()).toMatch(/^(1:00:00|5\d:\d\d)/)
    // The hour is the next page: what to do, whom to call, what was done.
    expect(new URL(page.url()).pathname).toMatch(/\/hour$/)
    await page.locator('.calls a[href^="tel:"]').nth(2).waitFor()
    expect(await page.locator('.todo .tag.late').count()).toBe(3)
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('link', { name: /^← Случай/ }).click()
    await page.getByRole('button', { name: 'Показать имя' }).waitFor()
    expect(await page.locator('body').innerText()).not.toContain(NAME)
    await page.getByRole('button', { name: 'Показать имя' }).click()
    await page.getByText(NAME).waitFor()
    const made = (await cases('timur')).find(({ stage }) => stage === 'urgent-measures')!

    await hour.getByRole('link', { name: 'Записать, что сделано' }).click()
    for (const [fact, by] of [
      ['measuresAgreed', 'by'],
      ['lawEnforcement', 'reference'],
      ['juvenileInspection', 'reference'],
    ] as const) {
      await page.locator(`#field-${fact}`).check()
      await page.locator(`#field-${fact}-${by}`).fill('Проверяющий, 102')
    }
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByRole('heading', { name: 'Что дальше' }).waitFor()
    await page.locator('.next').getByText('Подтвердить, что ребенок в безопасности').waitFor()
    expect(await page.getByRole('timer').count()).toBe(0)
    const { body } = await system.request('timur', 'GET', `/api/cases/${made.id}/deadlines`)
    expect(body.items.find(({ row }: { row: string }) => row === 'urgent-measures').state).toBe('kept')
  })

  test('what is wrong is said on top, takes the focus, and leads to the field; nothing typed is lost', async () => {
    const page = await open(DESK, 'timur')
    await page.getByRole('link', { name: 'Новое обращение' }).click()
    await page.getByLabel('Имя и фамилия субъекта обращения за помощью').fill('Незавершенный Ребенок')
    await page.getByRole('button', { name: 'Такого нет, продолжить' }).click()
    await page.getByRole('button', { name: 'Дальше' }).click()
    await page.getByRole('button', { name: 'Зарегистрировать обращение' }).click()
    const summary = page.getByRole('alert')
    await summary.getByText('Форма заполнена не полностью').waitFor()
    expect(await summary.evaluate((box) => box === document.activeElement)).toBe(true)
    // The step in which the field stands is shown first.
    await page.getByRole('button', { name: /^1\. Есть ли ребенок/ }).click()
    await summary.getByRole('link', { name: /Основание для обращения/ }).click()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-ground')
    expect(await page.locator('#field-ground').getAttribute('aria-invalid')).toBe('true')
    expect(await page.getByLabel('Имя и фамилия субъекта обращения за помощью').inputValue()).toBe('Незавершенный Ребенок')
  })

  test('a draft survives a closed tab and the end of the session, unreadable on the device, and is gone at sign-out', async () => {
    const page = await open(PHONE, 'timur')
    await page.getByRole('link', { name: 'Новое обращение' }).click()
    await fillRequest(page, 'Черновиков Айбек')
    await page.getByText('Черновик сохранен на этом устройстве').waitFor()
    await nothingLeftToKeep(page)
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toMatch(/Черновиков|крики/)
    await page.reload()
    await page.getByText('Продолжаем с черновика.').waitFor()
    expect(await page.getByLabel('Имя и фамилия субъекта обращения за помощью').inputValue()).toBe('Черновиков Айбек')

    const before = (await cases('timur')).length
    const drafted = await page.evaluate(() => JSON.stringify({ ...localStorage }))
    await page
      .getByLabel(/^Низкий доход|^Родители уклоняются/)
      .first()
      .check()
    await page.waitForFunction((was) => JSON.stringify({ ...localStorage }) !== was, drafted)
    await context.clearCookies()
    // A look of the page's own may find the session over first: then the form is gone and the same words stand there.
    const send = page.getByRole('button', { name: 'Зарегистрировать обращение' }).click()
    await Promise.race([send, page.getByText('Сеанс закончился').waitFor()])
    send.catch(() => {})
    await page.getByText('Сеанс закончился').waitFor()
    expect((await cases('timur')).length).toBe(before)
    await signIn(page, 'timur')
    expect(new URL(page.url()).pathname).toBe('/new')
    await page.getByText('Продолжаем с черновика.').waitFor()
    expect(await page.getByLabel(/^Родители уклоняются/).isChecked()).toBe(true)

    await page.locator('.menu-button').click()
    await page.getByRole('button', { name: 'Выйти' }).click()
    await page.getByRole('link', { name: 'Войти' }).waitFor()
    // The page is left for the door in that moment.
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('tirek-draft')))).toEqual([])
  })

  test('a request without a connection waits, is not called saved, survives the page, and is there once though its answer was lost', async () => {
    const page = await open(PHONE, 'timur')
    const named = async () =>
      Number(
        (await system.db.query("SELECT count(*) AS n FROM cases.trail WHERE what = 'help-request-registered' AND outcome = 'done'")).rows[0]
          .n,
      )
    const before = await named()
    await page.getByRole('link', { name: 'Новое обращение' }).click()
    await fillRequest(page, 'Офлайнова Айгүл', { address: 'Станционная, 41' })
    await page.getByLabel(/^Физическое или сексуальное насилие/).check()
    await context.setOffline(true)
    await page.getByRole('button', { name: 'Зарегистрировать обращение' }).click()
    await page.getByRole('heading', { name: 'Ждет отправки' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toMatch(/Офлайнова|крики/)
    // It arrives and its answer does not.
    const lost: number[] = []
    await page.route('**/api/cases', async (route) => {
      // Playwright sends it itself, without what a browser says of where a request comes from.
      const sent = await route.fetch({ headers: { ...route.request().headers(), origin: system.at.webUrl } })
      lost.push(sent.status())
      await route.abort()
    })
    await context.setOffline(false)
    await until('it arrived', async () => lost.length > 0 || undefined)
    expect(lost).toEqual([201])
    await page.unroute('**/api/cases')
    expect(await named()).toBe(before + 1)
    await page.reload()
    await page.getByRole('heading', { name: 'Ждет отправки' }).or(page.getByText('Отправлено:')).first().waitFor()
    await page.getByText('Отправлено:').waitFor()
    expect(await named()).toBe(before + 1)
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('tirek-draft')))).toEqual([])
  })

  test('a contact by keyboard alone; two people on one case: the second is told what changed and by whom', async () => {
    const page = await open(DESK, 'timur')
    const row = page.getByRole('link', { name: /^Записать контакт: случай/ }).first()
    const number = /случай (\S+)/.exec((await row.getAttribute('aria-label')) ?? '')![1]!
    await row.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Контакт', exact: true }).waitFor()
    const { id } = (await cases('timur')).find((one) => one.number === number)!

    const { summary } = (await system.request('timur', 'GET', `/api/cases/${id}`)).body
    const note = {
      happenedAt: new Date(Date.now() - 1_000).toISOString(),
      version: summary.version,
      form: { what: 'plan-note', text: 'Другая запись' },
    }
    expect((await system.request('timur', 'POST', `/api/cases/${id}/acts/noted`, note)).status).toBe(200)

    await page.getByLabel('Ребенка видели или говорили с ним').focus()
    for (const key of ['Space', 'Tab', 'Space']) await page.keyboard.press(key)
    expect(await page.getByLabel('посещение на дому').isChecked()).toBe(true)
    expect(await page.getByLabel('Ребенка видели или говорили с ним').isChecked()).toBe(true)
    // The third tap saves, and answers whether there are signs of cruelty.
    await page.getByRole('button', { name: 'Сохранить: признаков нет' }).focus()
    await page.keyboard.press('Enter')
    const summaryBox = page.getByRole('alert')
    await summaryBox.getByText('Случай изменился, пока вы писали').waitFor()
    expect(await summaryBox.innerText()).toMatch(/Запись.*Тимур/s)
    await summaryBox.getByRole('button').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Что было' }).waitFor()
    await until('the contact is in the record', async () => {
      const { items } = (await system.request('timur', 'GET', `/api/cases/${id}/timeline`)).body
      return items.some(({ kind }: { kind: string }) => kind === 'contact-made') || undefined
    })
  })

  test('the assessment is filled by parts and kept; an error opens its part; a term says why it is due', async () => {
    const page = await open(PHONE, 'timur')
    const one = (await cases('timur')).find(({ stage }) => stage === 'comprehensive-assessment')!
    await page.goto(`${system.at.webUrl}/cases/${one.id}/record/assessment-finished`)
    const part = (n: number) => page.locator('.task-list li').nth(n - 1)
    await part(7).getByRole('button').click()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('part-title')
    await page.locator('#field-analysis-strengths').fill('Бабушка')
    expect(await faultsOf(page)).toEqual([])
    await page.getByText('Черновик сохранен на этом устройстве').waitFor()
    // The last word was typed the moment before.
    for (const typed of ['Бабушка ря', 'Бабушка рядом']) await page.locator('#field-analysis-strengths').fill(typed)
    await page.reload()
    await page.getByText('Продолжаем с черновика.').waitFor()
    expect(await page.locator('#field-analysis-strengths').inputValue()).toBe('Бабушка рядом')
    await page.getByRole('button', { name: 'К списку частей' }).click()
    expect(await part(7).innerText()).toMatch(/не закончено/)
    expect(await part(1).innerText()).toMatch(/не начато/)
    await page.getByRole('button', { name: 'Завершить отчет' }).click()
    await page
      .getByRole('alert')
      .getByRole('link', { name: /^Рекомендации/ })
      .click()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-recommendations')
    await page.goto(`${system.at.webUrl}/cases/${one.id}`)
    const why = page.locator('.next li', { hasText: 'Комплексная оценка' }).locator('details')
    await why.locator('summary').click()
    await why.getByText('CP-23. Оценка не дольше шести недель').waitFor()
    expect(await why.innerText()).toMatch(/Отсчет от/)
    expect(await faultsOf(page)).toEqual([])
    // An unfinished report is not lost by a tap on “sign out”.
    await page.locator('.menu-button').click()
    await page.getByRole('button', { name: 'Выйти' }).click()
    await page.getByText(/^Незаконченные отчеты и планы, при выходе пропадут: 1/).waitFor()
  })

  test('the day is asked for before the scripts of the pages are there, and once; nothing moves when it comes', async () => {
    context = await browser.newContext({ viewport: PHONE, locale: 'ru-RU', reducedMotion: 'reduce', serviceWorkers: 'block' })
    const page = await context.newPage()
    await page.goto(system.at.webUrl)
    await signIn(page, 'timur')
    const row = page.locator('main .task a.title').first()
    await row.waitFor()
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    const list = page.waitForRequest('**/api/worklist?*')
    // The line is so slow that they come last of all.
    await page.route('**/assets/packages-*.js', async (route) => {
      await (await list).response()
      await route.continue()
    })
    await page.addInitScript(countMoves)
    await page.reload({ waitUntil: 'commit' })
    await row.waitFor()
    expect(asked.filter((path) => path === '/api/session' || path === '/api/worklist')).toEqual(['/api/session', '/api/worklist'])
    await page.waitForLoadState('networkidle')
    expect(await movedOn(page)).toBeLessThan(0.05)
  })

  test('the session: no token in the page, no change from another site, no script from elsewhere', async () => {
    const page = await open(DESK, 'marat')
    expect(await page.evaluate(() => document.cookie)).toBe('')
    const cookie = (await context.cookies()).find(({ name }) => name.startsWith('tirek-'))
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
    const { webUrl } = system.at
    const asked = (origin: string) =>
      fetch(`${webUrl}/api/cases`, {
        method: 'POST',
        headers: {
          cookie: `${cookie!.name}=${cookie!.value}`,
          origin,
          'content-type': 'application/json',
          'idempotency-key': 'a-key-of-a-test',
        },
        body: '{}',
      })
    expect((await asked('https://evil.example')).status).toBe(403)
    expect((await asked(webUrl)).status).toBe(400)
    const home = await fetch(webUrl)
    expect(home.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self'/)
    expect(await home.text()).not.toMatch(/<script(?![^>]*\bsrc=)/)
    expect((await fetch(`${webUrl}/api/session`)).status).toBe(401)
    expect((await fetch(`${webUrl}/internal/notices`, { method: 'POST' })).status).toBe(404)
    // A script with a bearer of its own goes the same way.
    const bearer = await fetch(`${webUrl}/api/worklist`, { headers: { authorization: `Bearer ${await system.token('timur')}` } })
    expect(bearer.status).toBe(200)
  })
})
