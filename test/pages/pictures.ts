/**
 * `npm run pictures [-- folder]`: every page of the running system in Russian at 360 and 1280 points, what people without an account see, and every print, as PNG.
 * `--only=<part of a name>`: those pages alone; `--readme`: the four of the README alone; `--speed`: how soon the first page can be used on a slow line, how smoothly a long list is read, and no pictures.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { failWithHint } from '../../infra/dev/install.mjs'
import { Hint, homeOf, ROOT } from '../../infra/dev/place.mjs'
import { DESK, findChromium, NO_CHROMIUM, openBrowser, openPage, PHONE, signIn } from '../world/browser.ts'
import { knownOf, visits } from './every-page.ts'
import { firstUse, SLOW } from './first-use.ts'
import { plainScrolled, scrolled } from './long-list.ts'

const asked = process.argv.slice(2)
const only = asked.find((one) => one.startsWith('--only='))?.slice('--only='.length)
const folder = resolve(asked.find((one) => !one.startsWith('--')) ?? '.tirek/pictures')

async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => document.fonts.ready)
}

async function take(page: Page, name: string): Promise<void> {
  for (const viewport of [PHONE, DESK]) {
    await page.setViewportSize(viewport)
    await page.screenshot({ path: join(folder, `${name}-${viewport.width}.png`), fullPage: true })
  }
}

/** What the letters in the mailbox lead to: one of each page. */
async function linkPages(browser: Browser, mailboxUrl: string): Promise<void> {
  const mails = (await (await fetch(`${mailboxUrl}/api/email`)).json()) as { text?: string }[] | { emails: { text?: string }[] }
  const links = (Array.isArray(mails) ? mails : mails.emails).flatMap(({ text = '' }) => text.match(/http\S+\/l\/[A-Za-z0-9_-]{43}/g) ?? [])
  const context = await browser.newContext({ viewport: PHONE, locale: 'ru-RU', javaScriptEnabled: false })
  const page = await context.newPage()
  const seen = new Set<string>()
  for (const link of [...new Set(links)].slice(0, 40)) {
    await page.goto(link)
    await page.locator('.langs button[lang=ru]').click()
    // Of many letters of one kind the number alone differs.
    const title = (await page.locator('h1').first().innerText()).replace(/\d+/g, '').trim()
    if (seen.has(title)) continue
    seen.add(title)
    await take(page, `link-${seen.size}`)
  }
  await page.goto(`${new URL(links[0] ?? 'http://127.0.0.1').origin}/l/unknown`).catch(() => undefined)
  if (links.length > 0) await take(page, 'link-unknown')
  await context.close()
}

/** Each for what it shows; the day is that of somebody whose hour runs, soon after a first start. */
async function forReadme(browser: Browser, webUrl: string, { hourCase, case: one }: { hourCase: string; case: string }): Promise<void> {
  const shown = [
    ['today', 'aigerim', '/'],
    ['hour', 'aigerim', `/cases/${hourCase}/hour`],
    ['case', 'timur', `/cases/${one}`],
    ['team', 'marat', '/team'],
  ] as const
  const context = await browser.newContext({
    viewport: { width: 1280, height: 700 },
    deviceScaleFactor: 0.8,
    locale: 'ru-RU',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  let here = ''
  for (const [name, login, path] of shown) {
    if (login !== here) {
      await context.clearCookies()
      await page.goto(webUrl)
      await signIn(page, login)
      await page.locator('.langs button[lang=ru]').click()
      await page.locator('html[lang=ru]').waitFor()
      here = login
    }
    await page.goto(`${webUrl}${path}`)
    await settled(page)
    await page.screenshot({ path: join(folder, `${name}.png`) })
  }
  await context.close()
}

async function main(): Promise<void> {
  const run = join(homeOf(), 'run.json')
  // As people have it: its figures are those of a whole one.
  const program = findChromium({ whole: true }) ?? findChromium()
  if (!asked.includes('--speed') && !asked.includes('--readme') && only === undefined) {
    mkdirSync(join(folder, 'prints'), { recursive: true })
    const papers = spawnSync(process.execPath, [join(ROOT, 'libs/documents/src/print-pictures.ts'), join(folder, 'prints')], {
      stdio: 'inherit',
    })
    if (papers.status !== 0) throw new Hint('the papers could not be printed, see above')
  }
  if (!program) throw new Hint(NO_CHROMIUM)
  if (!existsSync(run)) throw new Hint('no pictures of pages: nothing runs here, `npm start` first (the same TIREK_HOME)')
  const at = JSON.parse(readFileSync(run, 'utf8')) as { webUrl: string; issuerUrl: string; mailboxUrl: string }
  // What the browser itself says, such as the order of a date, it says in this language.
  process.env['LANGUAGE'] = 'ru'
  const browser = await openBrowser(program)
  try {
    if (asked.includes('--speed')) {
      for (const again of [false, true]) {
        const { used, scripts, bytes, moved } = await firstUse(browser, at.webUrl, 'timur', { again })
        console.log(
          `the work list can be used after ${(used / 1000).toFixed(2)} s on ${again ? 'a later' : 'the first'} visit (${SLOW}); ${scripts} scripts, ${Math.round(bytes / 1000)} kB in all; ${moved.toFixed(3)} of the screen moved`,
        )
      }
      const plain = await plainScrolled(browser)
      console.log(
        `plain text of ${plain.rows} lines is scrolled at ${plain.median.toFixed(0)} ms a frame, the slowest ${plain.slowest.toFixed(0)} ms`,
      )
      const { rows, drawn, median, slowest, late } = await scrolled(browser, at.webUrl, 'timur')
      console.log(
        `a journal of ${rows} rows is scrolled at ${median.toFixed(0)} ms a frame, the slowest ${slowest.toFixed(0)} ms, ${(late * 100).toFixed(0)} % late (processor of a quarter); ${drawn} rows stand in the page`,
      )
      return
    }
    mkdirSync(folder, { recursive: true })
    if (asked.includes('--readme')) {
      await forReadme(browser, at.webUrl, await knownOf(at))
      return
    }
    const wanted = visits(await knownOf(at), true).filter(({ name }) => only === undefined || name.includes(only))
    const door = await openPage(browser, at.webUrl)
    if (only === undefined) {
      await take(door, 'door')
      await door.locator('.door .button').click()
      await door.locator('button[value]').first().waitFor()
      await take(door, 'sign-in')
    }
    await door.context().close()
    let page: Page | undefined
    let by = ''
    for (const visit of wanted) {
      if (visit.by !== by || !page) {
        await page?.context().close()
        page = await openPage(browser, at.webUrl, { login: visit.by })
        by = visit.by
      }
      await page.goto(`${at.webUrl}${visit.path}`)
      await settled(page)
      await take(page, visit.name)
      console.log(visit.name)
    }
    await page?.context().close()
    if (only === undefined) await linkPages(browser, at.mailboxUrl)
    console.log(`pictures are in ${folder}`)
  } finally {
    await browser.close()
  }
}

await main().catch((error: unknown) => failWithHint(error))
