/** The family on the page of the real system: drawn, edited on the drawing and by keyboard, compared, taken along as files; on a desk and on a phone, in three languages. */
import { addDays, dayOf } from '@tirek/procedure/time'
import { readFileSync } from 'node:fs'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { THREE_GENERATIONS } from '@tirek/contract/family/families.fixture'
import { DESK, faultsOf, openPage, picture } from '../../world/browser.ts'
import type { RunningSystem } from '../../world/running.ts'
import { openedCase } from '../opened-case.ts'
import { closeStage, openStage, program } from '../../world/stage.ts'

let system: RunningSystem
let browser: Browser
let id = ''

beforeAll(async () => {
  ;({ system, browser } = await openStage())
  ;({ id } = await openedCase(system, 'Рисуемый Тестов', { child: { birthDate: '2023-03-06', sex: 'male' } }))
})
afterAll(closeStage)

const faultless = async (page: Page, name: string) => {
  await picture(page, name)
  expect(await faultsOf(page), name).toEqual([])
}
const today = dayOf(Date.now())
const drawn = async (form: object) => {
  const { body } = await system.insist('timur', 'GET', `/api/cases/${id}`)
  const happenedAt = new Date(Date.now() - 5_000).toISOString()
  const answer = await system.insist('timur', 'POST', `/api/cases/${id}/acts/family-drawn`, {
    happenedAt,
    version: body.summary.version,
    form,
  })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
}
/** What a finger takes hold of goes with it, and the page stays where it is. */
async function movedByFinger(page: Page, node: Locator): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await node.scrollIntoViewIfNeeded()
  const { x, y, width, height } = (await node.boundingBox())!
  const at = { x: x + width / 2, y: y + height / 2 }
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', by = 0) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: at.x + by, y: at.y + by }] })
  const scrolled = await page.evaluate(() => window.scrollY)
  await touch('touchStart')
  for (const by of [4, 8, 12, 20, 28, 36]) await touch('touchMove', by)
  await touch('touchEnd')
  await expect.poll(async () => (await node.boundingBox())!.x - x).toBeGreaterThan(10)
  expect((await node.boundingBox())!.y - y).toBeGreaterThan(10)
  expect(await page.evaluate(() => window.scrollY)).toBe(scrolled)
}
const stored = async () =>
  (await system.db.query(`SELECT form FROM cases.act WHERE case_id = $1 AND kind = 'family-drawn' ORDER BY version DESC LIMIT 1`, [id]))
    .rows[0].form as typeof THREE_GENERATIONS

test.skipIf(!program)('a family is drawn from the child on, by keyboard and by hand, saved, and stays as it was drawn', async () => {
  const page = await openPage(browser, system.at.webUrl, { login: 'timur', viewport: DESK, lang: 'ru' })
  await page.goto(`${system.at.webUrl}/cases/${id}`)
  await page.getByRole('link', { name: 'Генограмма и экокарта' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Семья' }).waitFor()
  await page.getByRole('button', { name: 'Нарисовать семью' }).click()

  // By keyboard alone: the child from the table, its mother beside it.
  await page.getByRole('button', { name: 'Изменить: ребенок', exact: true }).press('Enter')
  const panel = page.locator('.family-chosen-part')
  await panel.getByRole('heading', { name: 'Выбрано: ребенок' }).waitFor()
  await panel.getByRole('button', { name: 'Добавить родителя' }).press('Enter')
  await panel.getByRole('heading', { name: 'Выбрано: мать' }).waitFor()
  await panel.getByLabel(/^Имя/).fill('Гульнара')
  await panel.getByLabel('Год рождения').fill('1996')
  await panel.getByLabel('Живет в доме').check()
  await panel.getByRole('button', { name: 'Добавить супруга' }).press('Enter')
  await panel.getByRole('heading', { name: 'Выбрано: партнер матери' }).waitFor()

  // By hand: moved, and related by a line drawn to another.
  await page.locator('.family-canvas').scrollIntoViewIfNeeded()
  const node = (name: RegExp) => page.locator('.react-flow__node').filter({ hasText: name }).first()
  const mother = (await node(/мать/).boundingBox())!
  await page.mouse.move(mother.x + mother.width / 2, mother.y + 20)
  await page.mouse.down()
  await page.mouse.move(mother.x + mother.width / 2 + 40, mother.y + 20, { steps: 6 })
  await page.mouse.up()
  const [from, to] = [
    await node(/партнер/)
      .locator('.react-flow__handle')
      .boundingBox(),
    await node(/^ребенок|3/)
      .locator('.react-flow__handle')
      .boundingBox(),
  ]
  await page.mouse.move(from!.x + 8, from!.y + 8)
  await page.mouse.down()
  await page.mouse.move(to!.x + 8, to!.y + 8, { steps: 12 })
  await page.mouse.up()
  await panel.getByRole('heading', { name: 'Выбрано: отношение' }).waitFor()
  await panel.getByLabel('Какие отношения').selectOption('conflict')
  // It goes on being the one that is chosen.
  await panel.getByRole('button', { name: 'Убрать: партнер матери и ребенок: конфликт' }).waitFor()
  await faultless(page, 'family-edit-1280-ru')

  await page.getByRole('button', { name: 'Экокарта' }).click()
  await page.getByRole('button', { name: 'Добавить в окружение' }).click()
  await panel.getByLabel('Что это').selectOption('clinic')
  await panel.locator('#field-ties-0-strength').getByLabel('сильная').check()
  await faultless(page, 'family-edit-ecomap-1280-ru')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByRole('button', { name: 'Изменить рисунок' }).waitFor()
  expect(await stored()).toMatchObject({
    asOf: today,
    members: [{ id: 'm1', isChild: true }, { name: 'Гульнара', birthYear: 1996, inHousehold: true, moved: { y: 0 } }, { id: 'm3' }],
    bonds: [{ from: 'm3', to: 'm1', kind: 'conflict' }],
    systems: [{ kind: 'clinic' }],
    ties: [{ system: 's1', strength: 'strong' }],
  })
  expect((await stored()).members[1]!.moved!.x).toBeGreaterThan(10)
  await page.context().close()
})

test.skipIf(!program)(
  'three generations: looked at, compared with what was, taken along without names; on a phone and by touch of a key',
  async () => {
    await drawn({ ...THREE_GENERATIONS, asOf: addDays(today, -1) })
    const { members, parents, couples } = THREE_GENERATIONS
    const without = new Set(['m7', 'm8', 'm11', 'm12'])
    await drawn({
      asOf: '2023-06-01',
      members: members
        .filter((one) => !without.has(one.id))
        .map((one) => (one.id === 'm1' || one.id === 'm3' ? { ...one, inHousehold: true } : one)),
      parents: parents.filter((one) => !without.has(one.parent) && !without.has(one.child)),
      couples: [{ a: 'm3', b: 'm2', kind: 'married', from: 2018 }, ...couples.filter(({ a }) => a === 'm6' || a === 'm9')],
    })
    const page = await openPage(browser, system.at.webUrl, { login: 'timur', viewport: DESK, lang: 'ru' })
    await page.goto(`${system.at.webUrl}/cases/${id}/family`)
    await page.getByLabel('Рисунок на день').selectOption(addDays(today, -1))
    await page.getByRole('rowheader', { name: 'бабушка по матери', exact: true }).waitFor()
    expect(await page.locator('main').innerText()).not.toContain('Гульнара')
    await page.getByLabel('Имена на рисунке').check()
    await page.getByRole('rowheader', { name: 'мать (Гульнара Ахметова)', exact: true }).waitFor()
    for (const [button, ending] of [
      ['Скачать SVG', 'svg'],
      ['Скачать PNG', 'png'],
      ['PDF с таблицей', 'pdf'],
    ] as const) {
      const waiting = page.waitForEvent('download', { timeout: 120_000 })
      await page.getByRole('button', { name: button }).click()
      const download = await waiting
      expect(download.suggestedFilename()).toMatch(new RegExp(`^Генограмма_[A-ZА-Я]+-\\d{4}-\\d+_\\d{4}-\\d\\d-\\d\\d\\.${ending}$`))
      const bytes = readFileSync(await download.path())
      if (ending === 'svg') expect(bytes.toString()).toMatch(/^<svg xmlns.*Гульнара.*Обозначения/s)
      else expect(bytes.subarray(1, 4).toString()).toBe(ending.toUpperCase())
      expect(bytes.length).toBeGreaterThan(10_000)
    }
    await picture(page, 'family-genogram-1280-ru')
    await page.getByRole('button', { name: 'Экокарта' }).click()
    await faultless(page, 'family-ecomap-1280-ru')
    await page.getByRole('button', { name: 'Генограмма', exact: true }).click()
    await page.getByLabel('Сравнить с').selectOption('2023-06-01')
    await page.getByRole('heading', { name: 'Что изменилось' }).waitFor()
    await page.getByText('Стало иначе: отец (Ерлан Сапаров) и мать (Гульнара Ахметова): в браке, 2018– →').waitFor()
    await faultless(page, 'family-compared-1280-ru')
    await page.context().close()

    for (const [lang, width, edit] of [
      ['kk', 360, 'Суретті өзгерту'],
      ['en', 320, 'Edit the drawing'],
    ] as const) {
      const phone = await openPage(browser, system.at.webUrl, { login: 'timur', viewport: { width, height: 740 }, lang, hasTouch: true })
      await phone.goto(`${system.at.webUrl}/cases/${id}/family`)
      await phone.getByRole('button', { name: edit }).waitFor()
      await picture(phone, `family-genogram-${width}-${lang}`)
      await phone.getByRole('button', { name: edit }).click()
      const node = phone.locator('.react-flow__node[tabindex="0"]').first()
      await movedByFinger(phone, node)
      await node.focus()
      await phone.keyboard.press('Enter')
      await phone.locator('.family-chosen-part select').first().waitFor()
      await faultless(phone, `family-edit-${width}-${lang}`)
      await phone.context().close()
    }
  },
)
