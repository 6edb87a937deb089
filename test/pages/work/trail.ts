/** Access on the real system: invited, handed over, opened in danger to life; who read a case, the auditor's page, and what `npm run trail` says before and after somebody changed a row. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from '../../../infra/dev/place.mjs'
import { ageSignIn, faultsOf, openPage, picture, signIn } from '../../world/browser.ts'
import { type RunningSystem, until } from '../../world/running.ts'
import { closeStage, openStage, program } from '../../world/stage.ts'

let system: RunningSystem
let browser: Browser

beforeAll(async () => {
  ;({ system, browser } = await openStage())
})
afterAll(closeStage)

const open = (login: string, width: number, lang: 'ru' | 'kk' | 'en') =>
  openPage(browser, system.at.webUrl, { login, viewport: { width, height: 900 }, lang })

/** The case that is entered under this name in the demo. */
async function caseOf(name: string): Promise<{ id: string; number: string }> {
  const { body } = await system.request('elena', 'GET', `/api/register?query=${encodeURIComponent(name)}`)
  const { caseId, number } = body.items.find((hit: { name?: string }) => hit.name === name)
  return { id: caseId, number }
}

test.skipIf(!program)('invited to one part: finds the case, sees that part and nothing else, and when it ends, nothing', async () => {
  const { id, number } = await caseOf('Артём Ветров')
  const page = await open('timur', 360, 'ru')
  await page.goto(`${system.at.webUrl}/cases/${id}`)
  await page.getByRole('link', { name: 'Пригласить' }).click()
  await page.getByLabel('Кого пригласить').selectOption({ label: 'Ольга Лугова' })
  // Who leads the case and who invites are no guests.
  expect(await page.getByLabel('Кого пригласить').locator('option').allTextContents()).not.toContain('Тимур Рассветов')
  expect(await page.getByLabel('Когда это произошло').count()).toBe(0)
  await page.getByLabel('контакты').check()
  expect(await faultsOf(page)).toEqual([])
  await picture(page, 'invite')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  const taking = page.getByRole('region', { name: 'Кто участвует' })
  await taking.getByText('Ольга Лугова', { exact: true }).waitFor()
  expect(await faultsOf(page)).toEqual([])
  await picture(page, 'taking-part')

  const guest = await open('olga', 360, 'ru')
  // On a phone the bar is one row; the rest of it opens by keyboard, closes by Escape, and folds where one goes on.
  const bar = guest.locator('.top')
  const menu = guest.getByRole('button', { name: 'Меню' })
  const section = guest.getByRole('link', { name: 'Случаи' })
  expect((await bar.boundingBox())!.height).toBe(56)
  await menu.press('Enter')
  await section.waitFor()
  expect(await menu.getAttribute('aria-expanded')).toBe('true')
  expect(await faultsOf(guest)).toEqual([])
  await picture(guest, 'menu')
  await section.press('Escape')
  await section.waitFor({ state: 'hidden' })
  expect(await menu.evaluate((one) => one === document.activeElement)).toBe(true)
  await guest.setViewportSize({ width: 320, height: 900 })
  expect((await bar.boundingBox())!.height).toBe(56)
  await guest.setViewportSize({ width: 360, height: 900 })
  await menu.click()
  await section.click()
  await section.waitFor({ state: 'hidden' })
  await guest.getByRole('link', { name: `Случай ${number}` }).click()
  await guest.getByText('Вам открыта только часть дела').waitFor()
  for (const unseen of ['Случай завершен', 'Кто читал этот случай', 'Личное дело', 'Согласие', 'Внесено с бумаги'])
    expect(await guest.getByText(unseen).count(), unseen).toBe(0)
  expect(await faultsOf(guest)).toEqual([])
  await picture(guest, 'guest')
  await guest.getByRole('link', { name: 'Записать' }).click()
  await guest.getByRole('link', { name: 'Контакт', exact: false }).first().click()
  await guest.getByLabel('Были, но ребенка не видели').check()
  await guest.getByLabel('звонок', { exact: true }).check()
  await guest.getByRole('button', { name: 'Сохранить: признаков нет' }).click()
  await guest.locator('.history').getByText('Контакт', { exact: true }).waitFor()

  await page.reload()
  await taking.getByRole('link', { name: /завершить участие/ }).click()
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await taking.getByText('Никто не приглашен').waitFor()
  await guest.reload()
  await guest.getByRole('alert').getByText('Не найдено').waitFor()
  expect(await faultsOf(guest)).toEqual([])
  await guest.getByRole('link', { name: 'К началу' }).click()
  await guest.getByRole('link', { name: 'Новое обращение' }).waitFor()
  for (const one of [page, guest]) await one.context().close()
})

test.skipIf(!program)(
  'a file is offered to another organisation, which sees no more than it must and accepts it; the former one is out',
  async () => {
    const { id, number } = await caseOf('Артём Ветров')
    const giver = await open('elena', 1280, 'ru')
    await giver.goto(`${system.at.webUrl}/cases/${id}`)
    await giver.getByRole('link', { name: 'Предложить дело другой организации' }).click()
    await giver.getByLabel('Какой организации').selectOption({ label: 'Поликлиника «Тұнық»' })
    // The own organisation is no other one.
    expect(await giver.getByLabel('Какой организации').locator('option').allTextContents()).toEqual(['Выберите', 'Поликлиника «Тұнық»'])
    await giver.getByLabel('Причина').fill('Семья переехала')
    expect(await faultsOf(giver)).toEqual([])
    await giver.getByRole('button', { name: 'Предложить дело' }).click()
    await giver.getByText('Дело предложено: Поликлиника «Тұнық»').waitFor()
    await giver.getByRole('link', { name: 'Отозвать предложение' }).waitFor()
    expect(await faultsOf(giver)).toEqual([])

    const taker = await open('nurlan', 360, 'kk')
    await taker.locator('.menu-button').click()
    await taker.getByRole('link', { name: 'Тапсыру', exact: true }).click()
    const offer = taker.getByRole('region', { name: `Іс ${number}` })
    await offer.waitFor()
    expect(await offer.textContent()).not.toMatch(/Ветров|Мельничная|Семья/)
    expect(await faultsOf(taker)).toEqual([])
    await picture(taker, 'offer')
    await offer.getByLabel('Істі кім жүргізеді').selectOption({ label: 'Әсел Жұлдызай' })
    await offer.getByRole('button', { name: 'Істі қабылдау' }).click()
    await taker.getByRole('heading', { name: `Іс ${number}` }).waitFor()
    await taker.getByText('жүргізуші Әсел Жұлдызай').waitFor()
    expect(await faultsOf(taker)).toEqual([])

    await giver.goto(`${system.at.webUrl}/cases/${id}`)
    await giver.getByText('Вам открыта только часть дела').waitFor()
    for (const role of ['link', 'button'] as const)
      expect(await giver.getByRole(role, { name: /^(Записать|Показать имя)/ }).count()).toBe(0)
    expect(await faultsOf(giver)).toEqual([])
    await picture(giver, 'handed-over')
    for (const one of [giver, taker]) await one.context().close()
  },
)

test.skipIf(!program)(
  'danger to life: a fresh sign-in keeps what was typed and opens once; the hour ends; somebody else reviews',
  async () => {
    const { id, number } = await caseOf('Жансая Қоңыр')
    const why = 'Соседи звонят: ребенок один, дым из окна'
    const page = await open('aigerim', 360, 'ru')
    await page.goto(`${system.at.webUrl}/cases`)
    await page.getByRole('searchbox').fill('Жансая')
    await page.getByRole('button', { name: 'Найти' }).click()
    await page.getByRole('link', { name: new RegExp(`^Опасность для жизни: открыть.*${number}`) }).click()
    await page.getByLabel('В чем опасность').fill('Дым')
    await page.getByRole('button', { name: 'Открыть в опасности для жизни' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByLabel('В чем опасность').getAttribute('aria-invalid')).toBe('true')
    expect(await faultsOf(page)).toEqual([])

    await ageSignIn(page.context(), system, 11)
    await page.getByLabel('В чем опасность').fill(why)
    await page.getByRole('button', { name: 'Открыть в опасности для жизни' }).click()
    const again = page.getByRole('alert').getByRole('link', { name: 'Войти' })
    await again.waitFor()
    expect(await faultsOf(page)).toEqual([])
    await picture(page, 'sign-in-again')
    await signIn(page, 'aigerim', again)
    expect(new URL(page.url()).pathname).toBe(`/danger/${number}`)
    await until('the draft is there', async () => (await page.getByLabel('В чем опасность').inputValue()) === why || undefined, 30)
    await page.getByRole('button', { name: 'Открыть в опасности для жизни' }).click()
    await page.getByRole('heading', { name: `Случай ${number}` }).waitFor()
    await page.getByText(/Открыт в опасности для жизни: Айгерім Дәуренқызы, до/).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await picture(page, 'opened-in-danger')
    const opened = `FROM cases.access WHERE case_id = '${id}' AND relation = 'break-glass'`
    expect((await system.db.query(`SELECT 1 ${opened}`)).rowCount).toBe(1)

    // Real processes run by the machine's clock, so the row is moved instead.
    await system.db.query(
      `UPDATE cases.access SET from_at = from_at - 3600001, until_at = until_at - 3600001 WHERE id = (SELECT id ${opened})`,
    )
    await page.reload()
    await page.getByRole('alert').getByText('Не найдено').waitFor()
    await page.context().close()

    const reviewer = await open('elena', 360, 'ru')
    await reviewer.locator('.menu-button').click()
    await reviewer.getByRole('link', { name: 'Открытия' }).click()
    const one = reviewer.getByRole('region', { name: `Случай ${number}` })
    await one.getByText(why).waitFor()
    expect(await faultsOf(reviewer)).toEqual([])
    await one.getByLabel('обоснованно', { exact: true }).check()
    await one.getByLabel('Пояснение').fill('Пожар был')
    await one.getByRole('button', { name: 'Сохранить' }).click()
    await reviewer.getByText('Проверять нечего: таких открытий нет.').waitFor()
    await reviewer.getByLabel('Показать проверенные').check()
    await one.getByText('Пожар был').waitFor()
    expect(await faultsOf(reviewer)).toEqual([])
    await reviewer.context().close()
  },
)

test.skipIf(!program)('the pages: who read this case, and the trail of the auditor, narrow and wide, in three languages', async () => {
  const [one] = (await system.request('aigerim', 'GET', '/api/cases?limit=1')).body.items as { id: string; number: string }[]
  await system.request('marat', 'GET', `/api/cases/${one!.id}/child`)
  await system.request('asel', 'GET', `/api/cases/${one!.id}`)
  for (const [width, lang, link] of [
    [360, 'kk', 'Бұл істі кім оқыды'],
    [1280, 'ru', 'Кто читал этот случай'],
  ] as const) {
    const page = await open('aigerim', width, lang)
    await page.goto(`${system.at.webUrl}/cases/${one!.id}`)
    await page.getByRole('link', { name: link }).click()
    await page.getByRole('heading', { name: link, level: 1 }).waitFor()
    await page.getByText('Марат').first().waitFor()
    expect(await faultsOf(page)).toEqual([])
    await picture(page, `readers-${width}`)
    await page.context().close()
  }
  for (const [width, lang, title] of [
    [360, 'en', 'Trail'],
    [1280, 'ru', 'Журнал действий'],
  ] as const) {
    const page = await open('kamila', width, lang)
    await page.getByRole('heading', { name: title }).waitFor()
    await page.locator('#case').fill(one!.number)
    await page.locator('#outcome').selectOption('refused')
    await page.locator('.filters .button').first().click()
    await page.locator('.task .tag.late').first().waitFor()
    expect(await page.locator('.task').first().textContent()).toContain(one!.number)
    expect(await faultsOf(page)).toEqual([])
    await picture(page, `trail-${width}`)
    const downloaded = async () => {
      const [file] = await Promise.all([page.waitForEvent('download'), page.locator('.filters button[type=button]').click()])
      return file.suggestedFilename()
    }
    expect(await downloaded()).toBe('trail.csv')
    // The other services keep trails of their own.
    await page.locator('#case').fill('')
    await page.locator('#outcome').selectOption('')
    for (const [of, name] of [
      ['meetings', 'trail-of-meetings.csv'],
      ['people', 'trail-of-people.csv'],
      ['letters', 'trail-of-letters.csv'],
    ] as const) {
      await page.locator('#of').selectOption(of)
      const [asked] = await Promise.all([
        page.waitForResponse((answer) =>
          answer.url().includes(`/api/${of === 'people' ? 'directory' : of === 'letters' ? 'notifications' : of}/trail`),
        ),
        page.locator('.filters .button').first().click(),
      ])
      expect(asked.status()).toBe(200)
      // This very reading stands there.
      await page
        .locator('.task', { hasText: /the trail was read|просмотр журнала действий/i })
        .first()
        .waitFor()
      expect(await faultsOf(page)).toEqual([])
      expect(await downloaded()).toBe(name)
    }
    await page.context().close()
  }
  // What came through the pages says from where.
  const { rows } = await system.db.query(`SELECT DISTINCT from_where FROM cases.trail WHERE what = 'read-readers'`)
  expect(rows).toEqual([{ from_where: '127.0.0.1' }])
})

test.skipIf(!program)(
  'the Temporal UI shows the running of a case to the administrator who is signed in here, and to nobody else',
  async () => {
    const { id } = await caseOf('Жансая Қоңыр')
    const see = async (page: Page) => {
      await page.goto(`${system.at.temporalUiUrl}/namespaces/tirek/workflows`)
      await page.locator(`a[href*="${id}"]`).first().click()
      await page.getByText('Timeline', { exact: true }).first().waitFor()
    }
    const administrator = await open('admin', 1280, 'ru')
    await see(administrator)
    await administrator.getByText('"comprehensive-assessment"').first().waitFor()
    await picture(administrator, 'temporal-administrator')
    for (const page of [await openPage(browser, system.at.webUrl), await open('aigerim', 1280, 'ru')]) {
      await see(page)
      await page.getByText('Sign in to Tirek as an administrator').first().waitFor()
      await page.getByText('encryption-key-id').first().waitFor()
      expect(await page.getByText('comprehensive-assessment').count()).toBe(0)
      await picture(page, 'temporal-anybody')
      await page.context().close()
    }
    await administrator.context().close()
  },
)

test('the start sealed the trail; npm run trail verifies it, seals, and finds the row that somebody changed', async () => {
  const trail = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['infra/dev/run.mjs', 'infra/dev/trail.ts', ...args], {
      cwd: ROOT,
      env: { ...process.env, TIREK_HOME: system.home },
      encoding: 'utf8',
    })
    return { status, said: stdout + stderr }
  }
  await until('the trail is sealed', async () => {
    const folder = join(system.home, 'checkpoints')
    return readdirSync(join(folder, '..')).includes('checkpoints') && readdirSync(folder).length > 0 ? true : undefined
  })
  expect(trail('seal')).toMatchObject({ status: 0 })
  const verdict = trail('verify')
  expect(verdict).toMatchObject({ status: 0 })
  expect(verdict.said).toContain('the trail holds')
  expect(trail('key').said).toContain('MCowBQYDK2VwAyEA')
  const {
    rows: [row],
  } = await system.db.query(`SELECT chain, n FROM cases.trail WHERE what = 'help-request-registered' LIMIT 1`)
  await system.db.query(
    `ALTER TABLE cases.trail DISABLE TRIGGER trail_stays; UPDATE cases.trail SET who = gen_random_uuid() WHERE chain = '${row.chain}' AND n = ${row.n}`,
  )
  const changed = trail('verify', '--json')
  expect(changed.status).toBe(1)
  expect(JSON.parse(changed.said)).toMatchObject({
    ok: false,
    damages: [{ schema: 'cases', chain: row.chain, n: Number(row.n), damage: 'changed' }],
  })
  expect(trail('verify').said).toContain(`changed: cases ${row.chain}, row ${row.n}`)
  expect(trail('nonsense')).toMatchObject({ status: 1 })
})
