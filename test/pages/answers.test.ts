/** The pages behind the links of mail to people without an account, on a telephone: no script, nothing loaded, wide enough for 360 points, readable for all. */
import { clock, files, local, useWorld } from '@tirek/notifications/world.fixture'
import { cancelled, fileOf, mailTo, movedTo, protocolFor, send, STARTS, tokenOf } from '@tirek/notifications/mails/meeting.fixture'
import { answerToken, referralMail, sendReferral, tokensOfMail } from '@tirek/notifications/referrals/referral.fixture'
import { referrals } from '@tirek/notifications/referrals/referrals-service.fixture'
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

  test('a secretary answers a referral without a script: only what belongs to the answer is shown, a mistake loses nothing', async () => {
    await sendReferral(referralMail())
    const phone = await open(false)
    await phone.goto(`${web.url}/l/${answerToken()}`)
    const day = phone.getByLabel(/^Новый день/)
    expect(await day.isVisible()).toBe(false)
    await phone.getByLabel('отложено', { exact: true }).check()
    await day.waitFor()
    expect(await phone.getByLabel(/^Рекомендуемая форма/).isVisible()).toBe(false)
    await phone.getByLabel(/^Причины/).fill('Нет кворума')
    await phone.getByLabel('Кто ответил').fill('Ыбыраев Қанат')
    await phone
      .getByLabel(/^Файл/)
      .setInputFiles({ name: 'решение.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF') })
    await phone.getByRole('button', { name: 'Отправить ответ' }).click()
    await phone.getByText(/^Ответ не записан/).waitFor()
    await phone.getByText('Файл принят: решение.pdf').waitFor()
    expect(await phone.getByLabel(/^Причины/).inputValue()).toBe('Нет кворума')
    await phone.locator('.langs button[lang=kk]').click()
    await phone.locator('html[lang=kk]').waitFor()
    expect(await phone.getByLabel('Кім жауап берді').inputValue()).toBe('Ыбыраев Қанат')
    await phone.locator('input[name=newDay]').fill('2027-01-20')
    await phone.getByRole('button', { name: 'Жауапты жіберу' }).click()
    await phone.getByText(/^Жауап жазылды: 24\.11\.2026 12:00\. Рақмет\.$/).waitFor()
    expect(referrals.answers[0]!.form).toMatchObject({
      answer: 'postponed',
      newDay: '2027-01-20',
      reasons: 'Нет кворума',
      files: [expect.any(String)],
    })
  })

  test('every state in every language: readable for all, and no wider than a telephone', async () => {
    files.set(FILE, fileOf(Buffer.from('%PDF')))
    await send(
      mailTo('police', { about: { video: `https://video.example/${'r'.repeat(120)}` } }),
      mailTo('doctor', { about: { startsAt: STARTS + 86_400_000 } }),
      protocolFor('clerk'),
      protocolFor('school', { receipt: false, file: { id: FILE, code: '305172' } }),
    )
    await sendReferral(referralMail())
    const page = await open(true)
    const addresses = [tokenOf('police'), tokenOf('clerk'), tokenOf('school'), ...tokensOfMail(), 'unknown'].map(
      (token) => `${web.url}/l/${token}`,
    )
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
    await page.goto(addresses[4]!)
    await page.getByLabel('отложено', { exact: true }).check()
    await picture(page, 'decision-chosen')
    expect(await faultsOf(page)).toEqual([])
    await page.getByLabel('Кто ответил').fill('Ыбыраев Қанат')
    await page.getByRole('button', { name: 'Отправить ответ' }).click()
    await page.getByText(/^Ответ не записан/).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await picture(page, 'decision-mistake')
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
