/** The pages behind the links of mail to people without an account, on a telephone: no script, nothing loaded, wide enough for 360 points, readable for all. */
import { clock, files, local, useWorld } from '@tirek/notifications/world.fixture'
import { cancelled, fileOf, mailTo, movedTo, protocolFor, send, STARTS, tokenOf } from '@tirek/notifications/mails/meeting.fixture'
import { startLinkPages } from '@tirek/web/server/link-pages.fixture'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { faultsOf, findChromium, NO_CHROMIUM, openBrowser, PHONE, picture } from '../world/browser.ts'

const program = findChromium()
if (!program) console.warn(NO_CHROMIUM)
const FILE = '0190e000-0000-7000-8000-0000000000f1'

describe.skipIf(!program)('pages of links', () => {
  useWorld()
  let browser: Browser
  let web: Awaited<ReturnType<typeof startLinkPages>>
  let contexts: BrowserContext[]

  beforeAll(async () => void (browser = await openBrowser(program!)))
  afterAll(() => browser?.close())
  beforeEach(async () => {
    contexts = []
    web = await startLinkPages()
  })
  afterEach(async () => {
    for (const context of contexts) await context.close()
    await web.close()
  })

  const open = async (javaScriptEnabled: boolean): Promise<Page> => {
    const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled, locale: 'ru-RU' })
    contexts.push(context)
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    return page
  }
  test('a clerk answers without a script, changes the answer, and reads that the meeting was moved', async () => {
    await send(mailTo('clerk', { about: { place: 'Алматы қаласы, Бостандық ауданы, Тимирязев көшесі, 42-үй, 15-павильон, 305-кабинет' } }))
    const phone = await open(false)
    const asked: string[] = []
    phone.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname.replace(/[A-Za-z0-9_-]{43}/, '…')}`))
    await phone.goto(`${web.url}/l/${tokenOf('clerk')}`)
    await phone.getByRole('heading', { level: 1, name: 'Жиналысқа келесіз бе?' }).waitFor()
    await phone.getByLabel(/Шақырушыға хабарлама/).fill('Бес минутқа кешігемін')
    await phone.getByRole('button', { name: 'Келемін', exact: true }).click()
    await phone.getByText(/^Жауап жазылды: 24\.11\.2026 12:00\.$/).waitFor()
    await phone.getByRole('button', { name: 'Келмеймін' }).click()
    await phone.getByText('Келмеймін (24.11.2026 12:00)').waitFor()
    await send(movedTo('clerk', local('2026-12-03T09:00')))
    await phone.getByRole('button', { name: 'Келемін', exact: true }).click()
    await phone.getByText(/Жауап жазылмады/).waitFor()
    await phone.getByText('бейсенбі, 03.12.2026, 09:00–10:00', { exact: true }).waitFor()
    expect(asked.filter((one) => !/favicon/.test(one))).toEqual(['GET /l/…', 'POST /l/use', 'POST /l/use', 'POST /l/use'])
  })

  test('every state in every language: readable for all, and no wider than a telephone', async () => {
    files.set(FILE, fileOf(Buffer.from('%PDF')))
    await send(
      mailTo('police', { about: { video: `https://video.example/${'r'.repeat(120)}` } }),
      mailTo('doctor', { about: { startsAt: STARTS + 86_400_000 } }),
      protocolFor('clerk'),
      protocolFor('school', { receipt: false, file: { id: FILE, code: '305172' } }),
    )
    const page = await open(true)
    const addresses = [tokenOf('police'), tokenOf('clerk'), tokenOf('school'), 'unknown'].map((token) => `${web.url}/l/${token}`)
    let pictures = 0
    const look = async (address: string) => {
      await page.goto(address)
      for (const lang of ['kk', 'en', 'ru']) {
        await page.locator(`.langs button[lang=${lang}]`).click()
        await page.locator(`html[lang=${lang}]`).waitFor()
        expect(await faultsOf(page), `${address} ${lang}`).toEqual([])
      }
      await picture(page, `link-${++pictures}`)
    }
    for (const address of addresses) await look(address)
    await page.goto(addresses[0]!)
    await page.getByRole('button', { name: 'Приду', exact: true }).click()
    await page.getByText('Ответ записан').waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.goto(addresses[2]!)
    await page.getByLabel('Код').fill('000000')
    await page.getByRole('button', { name: 'Открыть файл' }).click()
    await page.getByText('Осталось попыток: 4').waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.getByLabel('Код').fill('305 172')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Открыть файл' }).click()])
    expect(download.suggestedFilename()).toBe('protocol-12.pdf')
    await send(cancelled('police'))
    await look(addresses[0]!)
    clock.set(STARTS + 2 * 86_400_000)
    await look(`${web.url}/l/${tokenOf('doctor')}`)
  })
})
