/** A real Chromium for tests of the pages: named by CHROMIUM, on the PATH, Debian's, or one that Playwright has fetched. Who signs in, and what is wrong with a page. */
import type { Lang } from '@tirek/contract/roles'
import { Sealer, type Session } from '@tirek/web/server/session'
import axe from 'axe-core'
import { decodeJwt, decodeProtectedHeader, importJWK, SignJWT, type JWK } from 'jose'
import { accessSync, constants, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core'
import type { RunningSystem } from './running.ts'

/** Draws the same pages without a window around them that nobody sees: a quarter less processor time. It has no notifications. */
const SHELL = 'chromium-headless-shell'
const IS_SHELL = /headless[-_]shell(\.exe)?$/
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The program, or nothing when this machine has none. `whole`: one that can notify, as people have it. */
export function findChromium({ whole = false } = {}): string | undefined {
  const { CHROMIUM, PATH = '' } = process.env
  if (CHROMIUM) {
    if (!isProgram(CHROMIUM)) throw new Error(`CHROMIUM names no program: ${CHROMIUM}`)
    if (!whole || !IS_SHELL.test(CHROMIUM)) return CHROMIUM
  }
  const folders = [...PATH.split(delimiter), '/usr/bin']
  const onPath = [...(whole ? [] : [SHELL]), ...NAMES].flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...onPath, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', chromium.executablePath()].find(
    (file) => file && isProgram(file),
  )
}

/** What to do where there is none. */
export const NO_CHROMIUM =
  'The pages are NOT tested: no Chromium found. Set CHROMIUM=/path/to/chromium, or: apt-get install chromium, or: npx playwright-core install chromium'
export const NO_WHOLE_CHROMIUM =
  'The pages as an app (push, no connection, update) are NOT tested: the headless shell has no notifications. Install a whole Chromium beside it: apt-get install chromium'

/**
 * The suggestions under its own address bar are two more pages in each window, though nobody sees them: half of what a new window costs.
 * Of two such lists the last one counts, so what Playwright switches off (its chromiumSwitches) stands here too.
 */
const SWITCHED_OFF = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
]

export function openBrowser(executablePath: string): Promise<Browser> {
  // As root Chromium has no sandbox; the pages are our own.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath, args: [`--disable-features=${SWITCHED_OFF.join(',')}`, ...sandbox] })
}

/** The smallest phone that people carry, and a desk. */
export const PHONE = { width: 360, height: 740 }
export const DESK = { width: 1280, height: 900 }

/** Of whoever signed in already: the way through the pages of the issuer costs as much as the page it leads to. */
const sessions = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>()

/**
 * A page of a new browser context: the door, or with a `login` what that person sees first. `worker`: the pages' service worker is installed too, which
 * fetches all built files anew in each context.
 */
export async function openPage(
  browser: Browser,
  webUrl: string,
  {
    login,
    viewport = DESK,
    lang = 'ru',
    hasTouch = false,
    worker = false,
  }: { login?: string; viewport?: { width: number; height: number }; lang?: Lang; hasTouch?: boolean; worker?: boolean } = {},
): Promise<Page> {
  const serviceWorkers = worker ? 'allow' : 'block'
  const context = await browser.newContext({ viewport, locale: 'ru-RU', reducedMotion: 'reduce', hasTouch, serviceWorkers })
  const whose = `${webUrl} ${login ?? ''}`
  await context.addCookies(sessions.get(whose) ?? [])
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(webUrl)
  const door = page.locator('.door .button')
  await door.or(page.locator('.top nav')).first().waitFor({ state: 'attached' })
  if (!login) return page
  // Nobody was here before, or they signed out.
  if (await door.isVisible()) {
    await signIn(page, login)
    sessions.set(whose, await context.cookies())
  }
  await page.locator(`.langs button[lang=${lang}]`).first().click()
  await page.locator(`html[lang=${lang}]`).waitFor()
  return page
}

/** From the door, or from a button that asks to sign in again, back to where one was. */
export async function signIn(page: Page, login: string, by: Locator = page.locator('.door .button')): Promise<void> {
  await by.click()
  await page.locator(`button[value="${login}"]`).click()
  // On a phone it is there, and folded.
  await page.locator('.top nav').waitFor({ state: 'attached' })
}

/** What axe finds on the page; and whether it is wider than the screen. */
export async function faultsOf(page: Page): Promise<string[]> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
  // The page allows no foreign script: axe comes in by the debugger.
  const { violations } = (await page.evaluate(
    `${axe.source}; axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  )) as { violations: { id: string; nodes: { html: string }[] }[] }
  const found = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 2)
        .map(({ html }) => html.slice(0, 160))
        .join(' | ')}`,
  )
  return [...(wide ? ['wider than the screen'] : []), ...found]
}

/** A picture for people, where PICTURES names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env['PICTURES']) await page.screenshot({ path: join(process.env['PICTURES'], `${name}.png`), fullPage: true })
}

/** The person of this context signed in so long ago: their own session and token, only older. Services look at the age of a token by the machine's clock. */
export async function ageSignIn(context: BrowserContext, system: RunningSystem, minutes: number): Promise<void> {
  const read = <T>(file: string) => JSON.parse(readFileSync(join(system.home, file), 'utf8')) as T
  const sealer = new Sealer(read<{ session: string }>('secrets.json').session)
  const cookie = (await context.cookies()).find(({ name }) => /^tirek-\d+$/.test(name))!
  const session = (await sealer.open<Session>('session', cookie.value))!
  const [key] = read<{ jwks: { keys: JWK[] } }>('jwks.json').jwks.keys
  const claims = decodeJwt(session.token)
  const token = await new SignJWT({ ...claims, auth_time: (claims['auth_time'] as number) - minutes * 60 })
    .setProtectedHeader(decodeProtectedHeader(session.token) as { alg: string })
    .sign(await importJWK(key!, 'RS256'))
  await context.addCookies([{ ...cookie, value: await sealer.seal('session', { ...session, token }, 3_600) }])
}
