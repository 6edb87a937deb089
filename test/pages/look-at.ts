/** One page looked at by a machine, in every language. */
import type { Lang } from '@tirek/contract/roles'
import type { Page } from 'playwright-core'
import { DESK, faultsOf, PHONE } from '../world/browser.ts'
import type { Visit } from './every-page.ts'
import { foreignTo } from './other-language.ts'

/** At 200 % zoom a desk of 1280 px has 640. */
const WIDTHS = [320, 640]
const LOOKS = [
  ['ru', DESK],
  ['kk', PHONE],
  ['en', PHONE],
] as const satisfies [Lang, typeof PHONE][]

/** Waits until nothing is asked of the server any more. */
export function watched(page: Page): () => Promise<void> {
  let asked = 0
  page.on('request', () => asked++)
  page.on('requestfinished', () => asked--)
  page.on('requestfailed', () => asked--)
  return async () => {
    for (let calm = 0; calm < 2;) {
      await page.evaluate(() => new Promise((drawn) => setTimeout(drawn, 30)))
      calm = asked <= 0 ? calm + 1 : 0
    }
  }
}

/** Targets of a finger smaller than 24 px, but for links within a sentence; and whatever still moves. */
const smallOrMoving = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const small = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary')].filter((one) => {
      const target = (one.matches('input[type=checkbox], input[type=radio]') && one.closest('label')) || one
      const { width, height } = target.getBoundingClientRect()
      return width > 1 && height > 1 && getComputedStyle(target).display !== 'inline' && (width < 24 || height < 24)
    })
    const moving = document.getAnimations().filter(({ playState }) => playState === 'running')
    return [
      ...small.map((one) => `smaller than 24 px: ${one.outerHTML.slice(0, 120)}`),
      ...moving.map(() => 'moves though less motion is wished'),
    ]
  })

/** What people read there; passages that are marked as of another language are left out, and what they typed. */
const textsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const texts: string[] = [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!node.parentElement!.closest('[lang]:not(html), [translate=no], script, noscript, textarea')) texts.push(node.textContent ?? '')
    return texts
  })

/** What is wrong with the page in these languages, one line a fault. */
export async function lookAt(
  page: Page,
  calm: () => Promise<void>,
  webUrl: string,
  { path, route }: Visit,
  langs: readonly Lang[],
): Promise<string[]> {
  const found: string[] = []
  await page.goto(`${webUrl}${path}`)
  await page.locator('main h1, .identity h1').first().waitFor()
  await calm()
  for (const [lang, viewport] of LOOKS) {
    if (!langs.includes(lang)) continue
    await page.setViewportSize(viewport)
    await page.locator(`.langs button[lang=${lang}]`).first().click()
    await page.locator(`html[lang=${lang}]`).waitFor()
    await calm()
    await page.evaluate(() => document.querySelectorAll<HTMLDetailsElement>('main details').forEach((one) => (one.open = true)))
    const problems = [...(await faultsOf(page)), ...(await smallOrMoving(page)), ...foreignTo(lang, await textsOf(page))]
    for (const problem of problems) found.push(`${route} (${path}, ${lang}): ${problem}`)
  }
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 640 })
    if (await page.evaluate((most) => document.documentElement.scrollWidth > most, width))
      found.push(`${route} (${path}): wider than ${width} px`)
  }
  return found
}
