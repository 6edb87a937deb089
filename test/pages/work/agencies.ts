/** The book of agencies in a browser on the real system: an address is marked, a table goes in and out, and what is wrong with one is said by line. */
import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
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

const marked = async (email: string) =>
  (await system.db.query('SELECT marked_by IS NOT NULL AS is FROM directory.agency_contact WHERE email = $1', [email])).rows.map(
    (row) => row.is,
  )

test.skipIf(!program)('the demo has addresses of both kinds; the administrator marks one, and the trail says who', async () => {
  const page = await openPage(browser, system.at.webUrl, { login: 'admin', viewport: PHONE, lang: 'kk' })
  await page.locator('.menu-button').click()
  await page.locator('.top nav a[href="/agencies"]').click()
  await page.locator('.folded > li').first().waitFor()
  const { rows } = await system.db.query('SELECT DISTINCT marked_by IS NOT NULL AS is FROM directory.agency_contact ORDER BY 1')
  expect(rows.map((row) => row.is)).toEqual([false, true])
  expect(await faultsOf(page)).toEqual([])
  await picture(page, 'agencies-360-kk')

  const email = (await system.db.query('SELECT email FROM directory.agency_contact WHERE marked_by IS NULL ORDER BY email LIMIT 1')).rows[0]
    .email as string
  const agencies = page.locator('.folded > li')
  const all = await agencies.count()
  // By a word of its kind in another language, in letters of the other keyboard; an empty answer says what to do.
  await page.locator('#find').fill('КОРГАНШЫЛЫК')
  await until('fewer are left', async () => (await agencies.count()) < all || undefined)
  expect(await agencies.count()).toBeGreaterThan(0)
  await page.locator('#find').fill('zzz')
  await page.locator('button', { hasText: 'Іріктеуді алып тастау' }).click()
  await until('all are back', async () => (await agencies.count()) === all || undefined)
  await page.locator('#find').fill(email)
  const tick = page.locator('label.tick', { hasText: email }).locator('input')
  await tick.click()
  await until('the mark is kept', async () => (await marked(email))[0] || undefined)
  await until('the tick shows it', async () => (await tick.isChecked()) || undefined)
  const trail = await system.db.query(`SELECT 1 FROM directory.trail WHERE what = 'agency-files-allowed' AND role = 'administrator'`)
  expect(trail.rowCount).toBeGreaterThan(1)
  await page.context().close()
})

test.skipIf(!program)(
  'a table with a wrong line changes nothing and says where; corrected it is taken; the download is one that can be taken again',
  async () => {
    const page = await openPage(browser, system.at.webUrl, { login: 'admin', viewport: DESK })
    await page.goto(`${system.at.webUrl}/agencies`)
    await page.locator('.folded > li').first().waitFor()
    await page.locator('summary', { hasText: 'Скачать или загрузить таблицей' }).click()
    const choose = (text: string | Buffer) =>
      page.locator('input[type=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    const count = async () => (await system.db.query('SELECT count(*)::int AS n FROM directory.agency')).rows[0].n as number
    const before = await count()

    await choose('Вид;Территория;Ведомство;Контактное лицо;Эл. почта\nсуд;Тараз;Новый суд;Приемная;не-почта\nлуна;Тараз;Отдел;;')
    await page.locator('.note.late[role=alert]').waitFor()
    const said = await page.locator('.note.late[role=alert]').innerText()
    expect(said).toContain('Строка 2, Эл. почта')
    expect(said).toContain('Строка 3, Вид')
    expect(await count()).toBe(before)
    expect(await faultsOf(page)).toEqual([])
    await picture(page, 'agencies-wrong-1280-ru')

    await choose('Вид;Территория;Ведомство;Контактное лицо;Эл. почта\nсуд;Тараз;Новый суд;Приемная;p@court.example')
    await page.locator('.note.kept', { hasText: 'Добавлено: 1' }).waitFor()
    expect(await count()).toBe(before + 1)

    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('button', { hasText: 'Скачать таблицу' }).click()])
    const table = readFileSync(await download.path())
    expect(table.toString('utf8')).toContain('Новый суд')
    await choose(table)
    await page.locator('.note.kept', { hasText: `без изменений: ${before + 1}` }).waitFor()
    expect(await count()).toBe(before + 1)

    await choose(Buffer.from('PK\x03\x04'))
    await page.locator('.note.late', { hasText: 'сохраните таблицу как CSV' }).waitFor()
    await page.context().close()
  },
)
