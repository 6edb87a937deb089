import type { Lang } from '@tirek/contract/roles'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { wordsOf } from '../words.ts'

/** What the page says under a date field, in a browser that draws its fields in that language. */
async function said(browser: string, lang: Lang, day: string): Promise<string> {
  const { DateTimeFormat } = Intl
  // A field is drawn in the browser's own language: the one that is asked for by nobody.
  vi.spyOn(Intl, 'DateTimeFormat').mockImplementation(function (locales = browser, options?: Intl.DateTimeFormatOptions) {
    return new DateTimeFormat(locales, options)
  } as never)
  const { HereContext } = await import('../me.tsx')
  const { DayInWords } = await import('./day-in-words.tsx')
  const here = { me: {} as never, lang, words: wordsOf(lang), setLang: () => undefined }
  return renderToStaticMarkup(
    <HereContext value={here}>
      <DayInWords day={day} />
    </HereContext>,
  )
}
beforeEach(() => {
  vi.resetModules()
  vi.stubGlobal('window', { localStorage: {} })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test.each([
  ['ru', 'чт, 12 ноября 2026'],
  ['kk', 'бс, 12 қараша 2026'],
  ['en', 'Thu, 12 November 2026'],
] as const)('where the month is written first, the day is said in words (%s)', async (lang, words) => {
  expect(await said('en-US', lang, '2026-11-12')).toBe(`<p class="hint num">${words}</p>`)
})

test.each(['ru-RU', 'kk-KZ', 'en-GB', 'de-DE'])('where the day is written first, nothing is added (%s)', async (browser) => {
  expect(await said(browser, 'ru', '2026-11-12')).toBe('')
})

test.each(['', '2026', '2026-11', '2026-11-1', '12.11.2026', '2026-02-30', '2027-02-29', '2026-13-01', '2026-00-10', '2026-11-00', '0'])(
  'of “%s”, which is no day, nothing is said',
  async (day) => expect(await said('en-US', 'ru', day)).toBe(''),
)

test('the last day of February of a leap year is one', async () => {
  expect(await said('en-US', 'en', '2028-02-29')).toContain('29 February 2028')
})
