/** A receipt on the real system: the letter in the mailbox, its link on a phone without scripts, and who has confirmed in the hour's card. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultsOf, openPage, PHONE } from '../../world/browser.ts'
import { type RunningSystem, until } from '../../world/running.ts'
import { openedCase } from '../opened-case.ts'
import { closeStage, openStage, program } from '../../world/stage.ts'

const MARK = 'Квитанцева Неповторимая'

let system: RunningSystem
let browser: Browser

describe.skipIf(!program)('a receipt', () => {
  beforeAll(async () => {
    ;({ system, browser } = await openStage())
  })
  afterAll(closeStage)

  test('a supervisor confirms on a phone without scripts and without signing in; the worker sees it in the card of the hour', async () => {
    const { id, number } = await openedCase(system, MARK, {
      ...{ child: { address: 'ул. Проверочная, 9' }, ground: 'Сообщение о непосредственной опасности', criteria: ['H5'], level: 'high' },
      reportedAt: new Date(Date.now() - 46 * 60_000).toISOString(),
    })
    const link = await until(
      'a letter with a link is in the mailbox',
      async () =>
        (await system.mails())
          .filter(({ text, to }) => to.startsWith('elena') && text.includes(number))
          .flatMap(({ text }) => text.match(/http\S+\/l\/[A-Za-z0-9_-]{43}/) ?? [])[0],
    )

    const plain = await browser.newContext({ viewport: PHONE, javaScriptEnabled: false, locale: 'ru-RU' })
    const phone = await plain.newPage()
    const asked: string[] = []
    phone.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname.replace(/[A-Za-z0-9_-]{43}/, '…')}`))
    await phone.goto(link)
    await phone.reload()
    await phone.getByRole('button', { name: 'Қазақша' }).click()
    await phone.locator('html[lang=kk]').waitFor()
    expect(await phone.locator('body').innerText()).not.toMatch(new RegExp(`${number}|${MARK}|CP-10`))
    const { body: none } = await system.request('timur', 'GET', `/api/cases/${id}/receipts`)
    expect(none.items.filter(({ confirmedAt }: { confirmedAt?: number }) => confirmedAt !== undefined)).toEqual([])
    await phone.getByRole('button', { name: 'Оқылды' }).click()
    await phone.getByText(/^Расталды: \d\d\.\d\d\.\d{4} \d\d:\d\d\.$/).waitFor()
    // The address that the answer stands at holds no token, and nothing else was loaded.
    expect(new URL(phone.url()).pathname).toBe('/l/use')
    expect(asked.filter((one) => !/favicon/.test(one))).toEqual(['GET /l/…', 'GET /l/…', 'POST /l/look', 'POST /l/use'])
    await plain.close()

    const page = await openPage(browser, system.at.webUrl, { login: 'timur', viewport: PHONE })
    for (const address of [link, `${system.at.webUrl}/l/unknown`]) {
      await page.goto(address)
      expect(await faultsOf(page)).toEqual([])
    }
    for (const path of [`/cases/${id}`, '/']) {
      await page.goto(`${system.at.webUrl}${path}`)
      const card = page.getByRole('region', { name: new RegExp(`Неотложные меры.*${number}`) })
      expect(await card.locator('.confirmed').innerText()).toMatch(/Прочтение письма подтвердили: \d\d:\d\d Елена Полевая, супервизор/)
      await card.getByRole('timer').waitFor()
      expect(await faultsOf(page)).toEqual([])
    }
    // Confirmed, and the hour runs on.
    const { body } = await system.request('timur', 'GET', `/api/cases/${id}/deadlines`)
    expect(body.items.find(({ row }: { row: string }) => row === 'urgent-measures').state).toBe('open')
    await page.context().close()
  })
})
