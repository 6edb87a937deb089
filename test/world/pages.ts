/** The pages in front of a world: the real web server on its services and by its clock; a browser's clock goes with it. */
import { readConfig } from '@tirek/platform/config'
import { createLog } from '@tirek/platform/log'
import { scratchKeyOf } from '@tirek/platform/scratch-service-keys'
import { freePort } from '@tirek/platform/scratch-postgres'
import type { Lang } from '@tirek/contract/roles'
import type { Who } from '@tirek/platform/auth'
import { startWeb, WEB_NEEDS } from '@tirek/web/app'
import { Sealer } from '@tirek/web/server/session'
import { randomUUID } from 'node:crypto'
import { cpSync, globSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { ROOT } from '../../infra/dev/place.mjs'
import type { World } from './world.ts'

const SECRET = 'the secret of the web server in these tests'
const HOUR_MS = 3_600_000
const BUILT = join(ROOT, 'services/web/dist/client')

/** The same pages as another build: every file that carries a hash has another name. */
export function anotherBuild(into: string): string {
  // The compressed copies would still hold the build before.
  cpSync(BUILT, into, { recursive: true, filter: (file) => !/\.(br|gz)$/.test(file) })
  const assets = readdirSync(join(into, 'assets'))
  for (const file of globSync('**/*.{html,js,css}', { cwd: into })) {
    const path = join(into, file)
    writeFileSync(
      path,
      assets.reduce((text, name) => text.replaceAll(name, `next-${name}`), readFileSync(path, 'utf8')),
    )
  }
  for (const name of assets) renameSync(join(into, 'assets', name), join(into, 'assets', `next-${name}`))
  return into
}

export class WorldPages {
  readonly url: string
  /** What went wrong in a page of its own accord: an error nobody caught, a refused script or style. */
  readonly faults: string[] = []
  readonly #world: World
  readonly #browser: Browser
  readonly #port: number
  #web: { close(): Promise<void> } | undefined
  readonly #open = new Set<Page>()

  private constructor(world: World, browser: Browser, port: number) {
    this.#world = world
    this.#browser = browser
    this.#port = port
    this.url = `http://127.0.0.1:${port}`
  }

  static async open(world: World, browser: Browser): Promise<WorldPages> {
    const pages = new WorldPages(world, browser, await freePort())
    await pages.start()
    return pages
  }

  /** The web server comes up; with another folder, as another version of the pages. */
  async start(folder = BUILT): Promise<void> {
    const settings = { SERVICE_PORT: String(this.#port), SERVICE_KEY: scratchKeyOf('web'), WEB_URL: this.url, SESSION_SECRET: SECRET }
    this.#web = await startWeb({
      config: readConfig({ ...this.#world.settings, ...settings }, WEB_NEEDS),
      clock: this.#world.clock,
      log: createLog('world', process.env['TEST_LOG'] ?? 'silent'),
      pages: folder,
      env: {},
    })
  }

  /** The web server is away, as it is for a phone without a connection. */
  async stop(): Promise<void> {
    await this.#web?.close()
    this.#web = undefined
  }

  /** A page of somebody who is signed in, at the world's time: the session's cookie as the server itself seals it after a sign-in. */
  async of(who: Who, name: string, lang: Lang, options: BrowserContextOptions): Promise<Page> {
    const context = await this.#browser.newContext({ locale: 'ru-RU', reducedMotion: 'reduce', ...options })
    const now = Date.now()
    const session = {
      id: randomUUID(),
      token: await this.#world.tokenFor({ ...who, signedInAt: now }),
      me: { person: who.person, role: who.role, organisation: who.organisation, login: who.login, lang: who.lang, name },
      startedAt: now,
      seenAt: now,
      tokenEnd: now + HOUR_MS,
    }
    const value = await new Sealer(SECRET).seal('session', session, HOUR_MS / 1_000)
    await context.addCookies([{ name: `tirek-${this.#port}`, value, url: this.url, httpOnly: true, sameSite: 'Lax' }])
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    page.on('pageerror', ({ message }) => this.faults.push(message))
    page.on('console', (said) => {
      if (said.type() === 'error' && !/Failed to load resource/.test(said.text())) this.faults.push(said.text())
    })
    await page.clock.setFixedTime(this.#world.clock.now())
    this.#open.add(page)
    await page.goto(this.url)
    await page.locator(`.langs button[lang=${lang}]`).first().click()
    await page.locator(`html[lang=${lang}]`).waitFor()
    return page
  }

  /** Time passes in the world; whoever looks at a page sees the new one. */
  async letPassUntil(instant: number): Promise<void> {
    await this.#world.letPassUntil(instant)
    for (const page of this.#open) await page.clock.setFixedTime(this.#world.clock.now())
  }

  async close(): Promise<void> {
    for (const page of this.#open) await page.context().close()
    await this.stop()
  }
}
