/** How soon a page can be used by somebody on an old phone and a slow line. */
import type { Browser, Page } from 'playwright-core'
import { openPage, PHONE } from '../world/browser.ts'

/** As Chromium's own tools name it: 1.6 Mbit/s, 150 ms there and back, a processor of a quarter of the speed. */
export const SLOW = 'slow 4G, processor of a quarter'
const NET = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 }

/**
 * Signs in and opens the first page so slowed; `used`: ms until a row of its list stands there and answers; then it is pressed, and has to open its case.
 * A first visit finds nothing on the device; later ones (`again`) find the built files that the service worker kept. `moved`: how much of what stood
 * on the screen moved before it was pressed, as browsers count it (cumulative layout shift).
 */
export async function firstUse(
  browser: Browser,
  webUrl: string,
  login: string,
  { again = false }: { again?: boolean } = {},
): Promise<{ used: number; scripts: number; bytes: number; moved: number }> {
  const page = await openPage(browser, webUrl, { login, viewport: PHONE, worker: true })
  await page.waitForLoadState('networkidle')
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  if (!again) {
    await devtools.send('Network.clearBrowserCache')
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
    await devtools.send('Network.setBypassServiceWorker', { bypass: true })
  }
  let bytes = 0
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  await devtools.send('Network.emulateNetworkConditions', NET)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.addInitScript(countMoves)
  const started = performance.now()
  await page.goto(webUrl, { waitUntil: 'commit' })
  const row = page.locator('main .task a.title, main .hour a').first()
  await row.waitFor()
  // It answers: a turn of its loop comes round.
  await page.evaluate(() => new Promise((turn) => setTimeout(turn, 0)))
  const used = performance.now() - started
  const [scripts, travelled] = [await scriptsOf(page), bytes]
  await page.waitForLoadState('networkidle')
  const moved = await movedOn(page)
  const leadsTo = await row.getAttribute('href')
  await row.click()
  await page.waitForURL(`${webUrl}${leadsTo}`)
  await page.locator('main h1, .identity h1').first().waitFor()
  await page.context().close()
  return { used, scripts, bytes: travelled, moved }
}

const scriptsOf = (page: Page): Promise<number> =>
  page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).length)

type Moves = Window & { moved?: number }
type Move = PerformanceEntry & { value: number; hadRecentInput: boolean }

/** Runs in the page, before it: counts how much of what stands on the screen moves. */
export function countMoves(): void {
  new PerformanceObserver((list) => {
    for (const move of list.getEntries() as Move[])
      if (!move.hadRecentInput) (window as Moves).moved = ((window as Moves).moved ?? 0) + move.value
  }).observe({ type: 'layout-shift', buffered: true })
}
export const movedOn = (page: Page): Promise<number> => page.evaluate(() => (window as Moves).moved ?? 0)
