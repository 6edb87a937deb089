/** How soon a page can be used by somebody on an old phone and a slow line. */
import type { Browser } from 'playwright-core'
import { openPage, PHONE } from '../world/browser.ts'

/** As Chromium's own tools name it: 1.6 Mbit/s, 150 ms there and back, a processor of a quarter of the speed. */
export const SLOW = 'slow 4G, processor of a quarter'
const NET = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 }

/**
 * Signs in and opens the first page so slowed; `used`: ms until its list stands there and answers. A first visit finds nothing on the device;
 * later ones (`again`) find the built files that the service worker kept.
 */
export async function firstUse(
  browser: Browser,
  webUrl: string,
  login: string,
  { again = false }: { again?: boolean } = {},
): Promise<{ used: number; scripts: number; bytes: number }> {
  const page = await openPage(browser, webUrl, { login, viewport: PHONE })
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
  const started = performance.now()
  await page.goto(webUrl, { waitUntil: 'commit' })
  await page.locator('main a, main button').first().waitFor()
  // It answers: a turn of its loop comes round.
  await page.evaluate(() => new Promise((turn) => setTimeout(turn, 0)))
  const used = performance.now() - started
  const scripts = await page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).length)
  await page.context().close()
  return { used, scripts, bytes }
}
