/** The pages by which an organisation is kept, in a browser on the real system: absences, duty, people, terms, calendar, letters, health, journals. */
import { ACT_FORMS } from '@tirek/contract/examples/examples'
import { dayOf } from '@tirek/procedure/time'
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DESK, faultsOf, openPage, PHONE, picture } from '../../world/browser.ts'
import { type RunningSystem, until } from '../../world/running.ts'
import { closeStage, openStage, program } from '../../world/stage.ts'

let system: RunningSystem
let browser: Browser

beforeAll(async () => {
  ;({ system, browser } = await openStage())
})
afterAll(closeStage)

const go = async (page: Page, path: string) => {
  await page.goto(`${system.at.webUrl}${path}`)
  await page.locator('main h1').first().waitFor()
  await page.waitForLoadState('networkidle')
}
const rows = async (sql: string, ...values: unknown[]) => (await system.db.query(sql, values)).rows

test.skipIf(!program)(
  'a supervisor records an absence with a deputy and takes it away, asked once more; a wrong day is said at its field',
  async () => {
    const page = await openPage(browser, system.at.webUrl, { login: 'marat', viewport: PHONE })
    await page.locator('.menu-button').click()
    await page.locator('.top nav a[href="/manage"]').click()
    await page.getByRole('link', { name: /^Отсутствия и заместители/ }).click()
    await page.getByText('Замещает Тимур Рассветов').waitFor()
    await page.getByLabel('Кого не будет').selectOption({ label: 'Айгерім Дәуренқызы' })
    expect(await page.getByLabel('Кто замещает').locator('option').allInnerTexts()).not.toContain('Айгерім Дәуренқызы')
    await page.getByLabel('Первый день').fill('2031-05-10')
    await page.getByLabel('Последний день').fill('2031-05-01')
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.locator('#field-toDay-error').waitFor()
    expect(await page.locator('#field-toDay').getAttribute('aria-invalid')).toBe('true')
    expect(await faultsOf(page)).toEqual([])
    await page.getByLabel('Последний день').fill('2031-05-20')
    await page.getByLabel('Кто замещает').selectOption({ label: 'Данияр Көктемов' })
    await page.getByRole('button', { name: 'Сохранить' }).click()
    const row = page.locator('.task', { hasText: 'Айгерім' })
    await row.getByText('10 мая 2031 – 20 мая 2031 · Замещает Данияр Көктемов').waitFor()
    await picture(page, 'absences-360-ru')
    await row.getByRole('button', { name: /^Убрать/ }).click()
    await row.getByRole('button', { name: 'Да, убрать' }).press('Enter')
    await row.waitFor({ state: 'detached' })
    expect(await rows("SELECT 1 FROM directory.absence WHERE from_day = '2031-05-10'")).toEqual([])
    await page.context().close()
  },
)

test.skipIf(!program)('the duty list by order, with telephones; a day without anybody is said', async () => {
  const page = await openPage(browser, system.at.webUrl, { login: 'elena', viewport: DESK, lang: 'kk' })
  await go(page, '/duty')
  await page.locator('ol.tasks li').nth(2).waitFor()
  expect(await page.locator('ol.tasks li .title').first().innerText()).toBe('1. Ольга Лугова')
  expect(await page.locator('ol.tasks a[href^="tel:+7"]').count()).toBe(3)
  for (let left = 3; left > 0; left--) {
    await page.locator('ol.tasks button').first().click()
    await page.getByRole('button', { name: 'Иә, алып тастау' }).click()
    await until('one less', async () => (await page.locator('ol.tasks li').count()) === left - 1 || undefined)
  }
  await page.locator('.note.soon').waitFor()
  expect(await faultsOf(page)).toEqual([])
  await page.getByLabel('Кім кезекші').selectOption({ label: 'Айгерім Дәуренқызы' })
  await page.getByRole('button', { name: 'Сақтау' }).click()
  await page.locator('ol.tasks li', { hasText: 'Айгерім' }).waitFor()
  expect(await page.locator('.note.soon').count()).toBe(0)
  await page.context().close()
})

test.skipIf(!program)(
  'the administrator adds a person, changes the role, empties a field; a login that is taken is said at its field',
  async () => {
    const page = await openPage(browser, system.at.webUrl, { login: 'admin', viewport: DESK, lang: 'en' })
    await go(page, '/people')
    expect(await faultsOf(page)).toEqual([])
    await page.getByLabel('Name or login').fill('айг')
    await until('one is found', async () => (await page.locator('.task').count()) === 1 || undefined)
    await page.getByRole('link', { name: 'Add a person' }).click()
    await page.getByLabel('Login').fill('aigerim')
    await page.locator('#field-name').fill('Жаңа Қызметкер')
    await page.getByLabel('Role').selectOption('medic')
    await page.getByLabel('Organisation').selectOption({ label: 'Zharqyn clinic' })
    await page.getByLabel('Phone').fill('+77000001234')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('#field-login-error').waitFor()
    expect(await page.getByRole('alert').evaluate((box) => box === document.activeElement)).toBe(true)
    await page.getByLabel('Login').fill('zhana')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: 'Жаңа Қызметкер' }).click()
    await page.getByRole('heading', { name: 'Жаңа Қызметкер' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await picture(page, 'person-1280-en')
    await page.getByLabel('Role').selectOption('psychologist')
    await page.getByLabel('Phone').fill('')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'People and roles' }).waitFor()
    expect(await rows("SELECT role, phone, lang FROM directory.person WHERE login = 'zhana'")).toEqual([
      { role: 'psychologist', phone: null, lang: 'ru' },
    ])
    // Nobody else comes in here.
    await page.context().close()
    const other = await openPage(browser, system.at.webUrl, { login: 'marat', viewport: DESK })
    await go(other, '/people')
    await other.getByText('Эта страница не для вашей роли').waitFor()
    await other.context().close()
  },
)

test.skipIf(!program)(
  'a term outside its bounds is refused at its field; a changed one is marked and goes back to the standard',
  async () => {
    const page = await openPage(browser, system.at.webUrl, { login: 'admin', viewport: PHONE })
    await go(page, '/settings')
    await page.locator('#of').selectOption({ label: 'Поликлиника «Жарқын»' })
    const input = page.locator('#term-referral-commission')
    await input.fill('61')
    const row = page.locator('.task').filter({ has: input })
    await row.getByRole('button', { name: /^Сохранить/ }).click()
    await row.locator('.error').waitFor()
    expect(await input.getAttribute('aria-invalid')).toBe('true')
    await input.fill('12')
    await row.getByRole('button', { name: /^Сохранить/ }).click()
    await row.getByText('изменено').waitFor()
    expect(await faultsOf(page)).toEqual([])
    expect((await rows("SELECT value::int FROM directory.setting WHERE term = 'referral-commission'")).map(({ value }) => value)).toEqual([
      12,
    ])
    await row.getByRole('button', { name: /^Вернуть норму/ }).click()
    await until('the standard', async () => (await input.inputValue()) === '10' || undefined)
    expect(await rows("SELECT 1 FROM directory.setting WHERE term = 'referral-commission'")).toEqual([])
    await page.context().close()
    // Who works by the terms reads them.
    const reader = await openPage(browser, system.at.webUrl, { login: 'timur', viewport: PHONE, lang: 'en' })
    await go(reader, '/settings')
    await reader.locator('.task', { hasText: 'CP-54' }).getByText('10 working days', { exact: true }).waitFor()
    expect(await reader.locator('main input').count()).toBe(0)
    await reader.context().close()
  },
)

test.skipIf(!program)(
  'the calendar: a pressed day is a holiday of a new version, said before it is saved; the former version stays',
  async () => {
    const page = await openPage(browser, system.at.webUrl, { login: 'admin', viewport: PHONE, lang: 'kk' })
    await go(page, '/calendar')
    // A year with a fifteenth of November that is worked and a twentieth that is not, whenever this runs.
    const year = page.getByRole('group', { name: 'Жыл' })
    for (let ahead = 2027 - Number(dayOf(Date.now()).slice(0, 4)); ahead !== 0; ahead -= Math.sign(ahead))
      await year.getByRole('button')[ahead > 0 ? 'last' : 'first']().click()
    const month = page.getByRole('table', { name: 'Қараша' })
    await month.getByRole('button', { name: '15', exact: true }).press('Enter')
    await month.getByRole('button', { name: /^20/ }).click()
    const summary = page.locator('form.proposal')
    expect(await summary.innerText()).toMatch(/15 қараша 2027: жұмыс күні → мереке\n.*20 қараша 2027: демалыс → жұмыс істейтін демалыс/)
    expect(await faultsOf(page)).toEqual([])
    await picture(page, 'calendar-360-kk')
    await page.getByLabel('Редакция атауы').fill('kz-2026-1')
    await summary.getByRole('button', { name: 'Сақтау' }).click()
    await page.locator('#field-version-error').waitFor()
    await page.getByLabel('Редакция атауы').fill('kz-test')
    await summary.getByRole('button', { name: 'Сақтау' }).click()
    await page.getByText('Қолданыста: kz-test').waitFor()
    const [made, before] = await rows("SELECT * FROM directory.calendar WHERE version IN ('kz-test', 'kz-2026-1') ORDER BY current DESC")
    expect(made).toMatchObject({ version: 'kz-test', current: true })
    expect(made.holidays).toContain('2027-11-15')
    expect(made.working_weekends).toContain('2027-11-20')
    expect(made.holidays).toHaveLength(before.holidays.length + 1)
    await page.context().close()
  },
)

test.skipIf(!program)(
  'letters: what became of each; one that did not leave is sent again; all parts are well, and one that is away is named',
  async () => {
    const form = { ...ACT_FORMS['help-request-registered'], reportedAt: new Date(Date.now() - 35 * 60_000).toISOString() }
    expect((await system.request('timur', 'POST', '/api/cases', form)).status).toBe(201)
    await until('a letter has gone', async () => (await rows("SELECT 1 FROM notifications.letter WHERE state = 'accepted'"))[0])
    const page = await openPage(browser, system.at.webUrl, { login: 'admin', viewport: PHONE })
    await go(page, '/letters')
    await page.locator('.task', { hasText: 'принято сервером' }).first().waitFor()
    expect(await faultsOf(page)).toEqual([])
    await picture(page, 'letters-360-ru')
    const [letter] = await rows(
      "UPDATE notifications.letter SET state = 'failed' WHERE id = (SELECT l.id FROM notifications.letter l WHERE l.state = 'accepted' AND NOT EXISTS (SELECT 1 FROM notifications.mail m WHERE m.letter = l.id) LIMIT 1) RETURNING id",
    )
    await page.locator('#state').selectOption('failed')
    await page.getByRole('button', { name: /^Отправить снова/ }).click()
    await page.getByText('Таких писем нет.').waitFor()
    await until(
      'it has gone again',
      async () => (await rows("SELECT 1 FROM notifications.letter WHERE id = $1 AND state = 'accepted'", letter.id))[0],
    )

    await go(page, '/system')
    // What is well is folded on a phone, and counted.
    await page.getByText(/^Работают: \d+$/).waitFor()
    const folds = page.locator('main details')
    expect(await folds.evaluateAll((all) => all.some((one) => (one as HTMLDetailsElement).open))).toBe(false)
    await folds.evaluateAll((all) => all.forEach((one) => ((one as HTMLDetailsElement).open = true)))
    const watchdog = page.locator('.task', { has: page.locator('.title', { hasText: /^Сторож$/ }) })
    await watchdog.getByText('работает', { exact: true }).waitFor()
    // Temporal itself says who asks for work: the hour's queue has somebody.
    await page.locator('.figures li', { hasText: 'urgent' }).first().getByText(/назад/).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await picture(page, 'system-360-ru')
    process.kill(system.pidOf('watchdog')!, 'SIGSTOP')
    await page.reload()
    await page.getByText('Перезапустите watchdog сейчас').waitFor()
    expect(await page.locator('.task').first().innerText()).toMatch(/Сторож[^]*не отвечает/)
    process.kill(system.pidOf('watchdog')!, 'SIGCONT')
    await go(page, '/running')
    const [open] = await rows('SELECT id, number FROM cases."case" WHERE NOT ended LIMIT 1')
    expect(await page.locator('main').innerText()).toContain(open.number)
    expect(await faultsOf(page)).toEqual([])
    await picture(page, 'running-360-ru')
    await page.locator('#rule').fill('CP-999')
    await page.getByText('Таких процессов нет.').waitFor()
    await go(page, '/editions')
    await page
      .getByRole('button', { name: /^Посчитать, что изменится/ })
      .first()
      .click()
    await page.getByText(/Открытых случаев: \d+ · \d+ сроков изменится/).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.context().close()
  },
)

test.skipIf(!program)(
  'a journal: an entry is made, found by its words, printed as a book, given out as a table that no spreadsheet runs',
  async () => {
    const page = await openPage(browser, system.at.webUrl, { login: 'timur', viewport: PHONE })
    await go(page, '/journals/visitors')
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('link', { name: 'Сделать запись' }).click()
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.locator('#field-visitor-error').waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.locator('#field-visitor').fill('=Посетитель Тестовый')
    await page.locator('#field-question').fill('Как оформить пособие')
    await page.getByLabel('низкая', { exact: true }).check()
    await page.getByLabel('консультация').check()
    await page.locator('#field-work').fill('Рассказано о документах')
    await page.getByLabel('вопрос решен').check()
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByRole('heading', { level: 1, name: /Журнал посетителей/ }).waitFor()
    await page.getByLabel('Найти в записях').fill('ПОСОБИЕ')
    await page.getByRole('button', { name: 'Показать', exact: true }).click()
    await page.getByText('Показано записей: 1').waitFor()
    const row = page.locator('.journal tbody tr')
    expect(await row.innerText()).toMatch(/Посетитель Тестовый[^]*консультация[^]*Тимур Рассветов/)
    expect(await faultsOf(page)).toEqual([])
    await picture(page, 'journal-360-ru')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Таблица CSV' }).click()])
    const table = readFileSync(await download.path(), 'utf8')
    expect(table.split('\r\n')[1]).toMatch(/;"'=Посетитель Тестовый";/)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('form[role=search]').isVisible()).toBe(false)
    expect(await page.locator('.journal thead').evaluate((head) => getComputedStyle(head).display)).toBe('table-header-group')
    await page.emulateMedia({ media: 'screen' })
    await go(page, '/journals/requests')
    await page.getByLabel('По день').fill('2001-01-01')
    await page.getByRole('button', { name: 'Показать', exact: true }).click()
    await page.getByText('Таких записей нет.').waitFor()
    await page.context().close()
  },
)

test.skipIf(!program)(
  'a supervisor sees who carries how much and what comes; confirms an edition once, and sees what another would make late',
  async () => {
    const page = await openPage(browser, system.at.webUrl, { login: 'marat', viewport: DESK, lang: 'en' })
    await go(page, '/team')
    const { workers: items } = (await system.request('marat', 'GET', '/api/team')).body as { workers: { person: string; active: number }[] }
    const [first] = await rows('SELECT name FROM directory.person WHERE id = $1', items[0]!.person)
    const row = page.locator('.load tbody tr', { has: page.locator('th', { hasText: new RegExp(`^${first.name}`) }) })
    expect(await row.locator('td').first().innerText()).toMatch(new RegExp(`^${items[0]!.active} below the norm`))
    await page.getByText(/Cases without an owner/).waitFor()
    await page.getByRole('heading', { name: 'Four weeks ahead' }).waitFor()
    await picture(page, 'team-1280-en')
    expect(await faultsOf(page)).toEqual([])
    await page.setViewportSize(PHONE)
    expect(await faultsOf(page)).toEqual([])

    await go(page, '/editions')
    const edition = page.locator('section.card').first()
    const name = (await edition.locator('h2').innerText()).replace('Edition ', '')
    await edition.getByRole('button', { name: /^I have read it/ }).click()
    await edition.getByText('Have read it: 1').waitFor()
    expect(await edition.getByRole('button', { name: /^I have read it/ }).count()).toBe(0)
    expect(await rows('SELECT position FROM cases.acquaintance WHERE edition = $1', name)).toEqual([{ position: 'supervisor' }])
    await edition.getByRole('button', { name: /^What would change/ }).click()
    await edition.getByText(/Open cases: \d+ · terms would change: \d+/).waitFor()
    await edition.locator('details').evaluateAll((all) => all.forEach((one) => ((one as HTMLDetailsElement).open = true)))
    expect(await faultsOf(page)).toEqual([])
    await page.context().close()
  },
)

test.skipIf(!program)(
  'a closure is returned with a reason and approved the second time, with what changed beside; a case is assigned by load; a quarantine begins and ends',
  async () => {
    const act = async (login: string, id: string, kind: string, form: object) => {
      const { version } = (await system.request(login, 'GET', `/api/cases/${id}`)).body.summary
      const body = { happenedAt: new Date().toISOString(), version, form }
      const { status, body: said } = await system.request(login, 'POST', `/api/cases/${id}/acts/${kind}`, body)
      expect(status, JSON.stringify(said)).toBe(200)
    }
    // Taken by a psychologist: nobody leads it until it is assigned.
    const opened = await system.request('olga', 'POST', '/api/cases', {
      child: { name: 'Решаемый Алан', birthDate: '2024-03-05', sex: 'male' },
      asker: { notNamed: true },
      ground: 'Соседи слышат крики',
      channel: 'phone',
      source: 'public',
      reportedAt: new Date().toISOString(),
      criteria: ['M1'],
      level: 'medium',
    })
    expect(opened.status, JSON.stringify(opened.body)).toBe(201)
    const { id, number } = opened.body.summary as { id: string; number: string }

    const page = await openPage(browser, system.at.webUrl, { login: 'marat', viewport: PHONE })
    await go(page, '/team')
    await page.locator('.unowned', { hasText: number }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await picture(page, 'team-360-ru')
    await page
      .locator('.unowned li', { hasText: number })
      .getByRole('link', { name: /^Поручить/ })
      .click()
    await page.getByRole('radio', { name: /Айгерім Дәуренқызы · случаев \d+, при норме до 30/ }).check()
    expect(await faultsOf(page)).toEqual([])
    await picture(page, 'assign-360-ru')
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByRole('heading', { level: 1, name: new RegExp(number) }).waitFor()

    await act('aigerim', id, 'primary-assessment-done', { outcome: 'confirmed', reason: 'Подтвердилось' })
    const ask = (notes: string) =>
      act('aigerim', id, 'closure-asked', { end: 'family-refused', criteria: [], document: 'Заявление семьи', notes })
    await ask('Первое обоснование')
    await go(page, '/approvals')
    const card = page.locator('.decision', { hasText: number })
    await card.getByText('Первое обоснование').waitFor()
    await card.locator('summary', { hasText: 'Вернуть с причиной' }).click()
    await card.getByLabel('Что нужно доделать').fill('Нет сведений о жилье')
    await card.getByRole('button', { name: 'Вернуть с причиной' }).click()
    await card.waitFor({ state: 'detached' })
    await ask('Второе обоснование')
    await page.reload()
    await card.getByText('Нет сведений о жилье').waitFor()
    await card.locator('.versions', { hasText: 'Второе обоснование' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await picture(page, 'approvals-360-ru')
    await page.setViewportSize(DESK)
    await picture(page, 'approvals-1280-ru')
    await card.getByRole('button', { name: /^Утвердить завершение/ }).click()
    await card.getByRole('button', { name: 'Да, утвердить' }).press('Enter')
    await card.waitFor({ state: 'detached' })
    expect((await rows('SELECT ended FROM cases."case" WHERE id = $1', id))[0].ended).toBe(true)
    await page.context().close()

    const admin = await openPage(browser, system.at.webUrl, { login: 'admin', viewport: PHONE, lang: 'kk' })
    await go(admin, '/organisations')
    await admin.locator('.task .title').first().click()
    await admin.getByRole('button', { name: 'Сақтау' }).waitFor()
    expect(await faultsOf(admin)).toEqual([])
    await go(admin, '/quarantine')
    await admin.locator('summary').click()
    await admin.locator('#field-territory').selectOption({ index: 1 })
    await admin.locator('#field-fromDay').fill(new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 10))
    await admin.locator('#field-document').fill('Бас санитар дәрігердің қаулысы, № 1')
    await admin.getByRole('button', { name: 'Карантин жариялау' }).click()
    await admin.getByText('жойылғанға дейін').waitFor()
    expect(await faultsOf(admin)).toEqual([])
    await picture(admin, 'quarantine-360-kk')
    await admin.getByRole('button', { name: /^Аяқтау/ }).click()
    await admin.getByRole('button', { name: 'Иә, бүгін аяқтау' }).press('Enter')
    await admin.getByText('жойылғанға дейін').waitFor({ state: 'detached' })
    await admin.context().close()
  },
)
