/** How smoothly a list of ten thousand rows is read on an old phone. */
import type { Browser, Locator, Page } from 'playwright-core'
import { openPage, PHONE } from '../world/browser.ts'

const ROWS = 10_000
const FRAMES = 300
/** A finger that throws the list: pixels a frame. */
const A_FRAME = 180

export type Frames = { rows: number; drawn: number; median: number; slowest: number; late: number }

/**
 * Opens the journal of personal files as if it had so many rows, each a copy of what the server answers, and scrolls through it with a processor of a quarter.
 * Times in ms: of the frame in the middle and of the slowest; `late`: part of the frames that took longer than two of a screen of 60 Hz; `drawn`: rows that stand in the page.
 */
export async function scrolled(browser: Browser, webUrl: string, login: string): Promise<Frames> {
  const page = await openPage(browser, webUrl, { login, viewport: PHONE })
  await page.route('**/api/journals/files?*', async (route) => {
    const answer = await route.fetch()
    const { items } = (await answer.json()) as { items: { id: string }[] }
    const [one] = items
    if (!one) throw new Error('the journal of personal files is empty: nothing to show ten thousand times')
    const many = Array.from({ length: ROWS }, (_, n) => ({ ...items[n % items.length]!, id: `row-${n}` }))
    await route.fulfill({ json: { items: many } })
  })
  await page.goto(`${webUrl}/journals/files`)
  await page.locator('.journal.long tbody tr[data-index]').first().waitFor()
  const drawnIn = page.locator('.journal.long tbody tr[data-index]')
  return framesOf(page, drawnIn)
}

/** The least that can be had in this browser on this machine: as many lines of plain text. */
export async function plainScrolled(browser: Browser): Promise<Frames> {
  const page = await browser.newPage({ viewport: PHONE })
  await page.setContent(`<pre>${Array.from({ length: ROWS }, (_, n) => `${n}`).join('\n'.repeat(3))}</pre>`)
  return framesOf(page, page.locator('pre'))
}

async function framesOf(page: Page, drawnIn: Locator): Promise<Frames> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  const took = await page.evaluate(
    ({ frames, step }) =>
      new Promise<number[]>((done) => {
        const all: number[] = []
        let before = performance.now()
        const next = (now: number) => {
          all.push(now - before)
          before = now
          if (all.length > frames) return done(all.slice(1))
          window.scrollBy(0, step)
          requestAnimationFrame(next)
        }
        requestAnimationFrame(next)
      }),
    { frames: FRAMES, step: A_FRAME },
  )
  const drawn = await drawnIn.count()
  await page.context().close()
  const sorted = took.toSorted((a, b) => a - b)
  return {
    rows: ROWS,
    drawn,
    median: sorted[Math.floor(sorted.length / 2)]!,
    slowest: sorted.at(-1)!,
    late: took.filter((ms) => ms > 2 * (1_000 / 60)).length / took.length,
  }
}
