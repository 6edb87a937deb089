/** Every page of the router: axe, the smallest phone, zoom, targets, motion, and no word of another language. */
import { Lang } from '@tirek/contract/roles'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPage } from '../../world/browser.ts'
import type { RunningSystem } from '../../world/running.ts'
import { closeStage, openStage, program } from '../../world/stage.ts'
import { knownOf, PAGES, routesOfRouter, visits, type Visit } from '../every-page.ts'
import { lookAt, watched } from '../look-at.ts'
import { foreignTo, KNOWN_TEXTS } from '../other-language.ts'

test('every route of the router has a row that says who opens it and how', () => {
  const routes = routesOfRouter()
  expect(routes.length).toBeGreaterThan(30)
  expect(Object.keys(PAGES).toSorted()).toEqual(routes.toSorted())
})

/** `npm run long` looks at each page in all; a sample in Russian, and in turn in one of the others. */
const langsOf = (n: number): readonly Lang[] => (process.env['LONG'] === 'all' ? Lang.options : ['ru', n % 2 === 0 ? 'kk' : 'en'])

test('words of another language are noticed, names are not', () => {
  expect(KNOWN_TEXTS).toBeGreaterThan(1_000)
  expect(foreignTo('kk', ['Сегодня', 'Бүгін', 'Артём Ветров'])).toEqual(['says in the words of ru: Сегодня'])
  expect(foreignTo('en', ['Бүгін', 'Today'])).toEqual(['says in the words of kk: Бүгін'])
})

describe.skipIf(!program)('every page', () => {
  let system: RunningSystem
  let browser: Browser
  let wanted: Visit[]
  beforeAll(async () => {
    ;({ system, browser } = await openStage())
    wanted = visits(await knownOf(system.at))
  })
  afterAll(closeStage)

  test('is faultless for whom it is', { timeout: 600_000 }, async () => {
    const faults: string[] = []
    const walk = async (login: string, pages: readonly Visit[]) => {
      const page = await openPage(browser, system.at.webUrl, { login })
      page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
      // A refused script or style is a fault too.
      page.on('console', (message) => {
        if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) faults.push(`${page.url()}: ${message.text()}`)
      })
      const calm = watched(page)
      for (const [n, visit] of pages.entries()) faults.push(...(await lookAt(page, calm, system.at.webUrl, visit, langsOf(n))))
      await page.context().close()
    }
    const people = [...Map.groupBy(wanted, ({ by }) => by)].toSorted(([, a], [, b]) => b.length - a.length)
    const next = async (): Promise<void> => {
      const person = people.shift()
      if (!person) return
      await walk(...person)
      return next()
    }
    // Two at once: one draws while the other waits for its answers.
    await Promise.all([next(), next()])
    expect(faults).toEqual([])
  })
})
