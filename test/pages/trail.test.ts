/** The trail on the real system: who read a case, the auditor's page, and what `npm run trail` says before and after somebody changed a row. */
import axe from 'axe-core'
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from '../../infra/dev/place.mjs'
import { findChromium, NO_CHROMIUM, openBrowser } from '../world/browser.ts'
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

async function open(login: string, width: number, lang: 'ru' | 'kk' | 'en'): Promise<Page> {
  const context = await browser!.newContext({ viewport: { width, height: 900 }, locale: 'ru-RU', reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(system.at.webUrl)
  await page.locator('.door .button').click()
  await page.locator(`button[value="${login}"]`).click()
  await page.locator('.top nav').waitFor()
  await page.locator(`.langs button[lang=${lang}]`).click()
  await page.locator(`html[lang=${lang}]`).waitFor()
  return page
}

async function faultsOf(page: Page): Promise<string[]> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
  // The page allows no foreign script: axe comes in by the debugger.
  const { violations } = (await page.evaluate(
    `${axe.source}; axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  )) as { violations: { id: string; nodes: { html: string }[] }[] }
  return [...(wide ? ['wider than the screen'] : []), ...violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)]
}
const picture = async (page: Page, name: string) =>
  process.env['PICTURES'] ? void (await page.screenshot({ path: join(process.env['PICTURES'], `${name}.png`), fullPage: true })) : undefined

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
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('.filters a').click()])
    expect(file.suggestedFilename()).toBe('trail.csv')
    await page.context().close()
  }
  // What came through the pages says from where.
  const { rows } = await system.db.query(`SELECT DISTINCT from_where FROM cases.trail WHERE what = 'read-readers'`)
  expect(rows).toEqual([{ from_where: '127.0.0.1' }])
})

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
