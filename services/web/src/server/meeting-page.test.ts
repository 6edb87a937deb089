/** The page behind an answer's link over HTTP, on the real notifications service and a mail that a real mail server took. */
// oxlint-disable-next-line no-restricted-imports -- a test only: links are made by the service that writes letters
import { clock, files, local, news, NOON, notifications, useWorld } from '@tirek/notifications/world.fixture'
// oxlint-disable-next-line no-restricted-imports -- the same
import {
  cancelled,
  fileOf,
  mailTo,
  movedTo,
  protocolFor,
  send as sendMail,
  STARTS,
  tokenOf,
} from '@tirek/notifications/mails/meeting.fixture'
import { freePort } from '@tirek/platform/scratch-postgres'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startLinkPages } from './link-pages.fixture.ts'

useWorld()

let web: Awaited<ReturnType<typeof startLinkPages>>
beforeEach(async () => void (web = await startLinkPages()))
afterEach(() => web?.close())

const get = async (token: string) => {
  const answer = await fetch(`${web.url}/l/${token}`)
  return { status: answer.status, headers: answer.headers, html: await answer.text() }
}
const press = async (form: Record<string, string>, what = 'use') => {
  const answer = await fetch(`${web.url}/l/${what}`, { method: 'POST', body: new URLSearchParams(form) })
  return { status: answer.status, html: await answer.text() }
}
const said = (html: string) => /<p role="status">(.*?)<\/p>/.exec(html)?.[1]
/** What a browser would send when a button is pressed. */
const fieldsOf = (html: string) =>
  Object.fromEntries(
    [
      .../<form method="post" action="\/l\/use">(.*?)<\/form>/s
        .exec(html)![1]!
        .matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g),
    ].map(([, name, value]) => [name!, value!]),
  )
const answers = () => news.filter((one) => one.what === 'answer')

test('it shows which meeting, when and where, and three buttons; opened as often as a scanner likes it answers nothing', async () => {
  await sendMail(mailTo('police', { about: { video: 'https://video.example/r?a=1&b=2', place: '<b>каб. 5</b>' } }))
  for (let n = 0; n < 5; n++) await get(tokenOf('police'))
  const { status, headers, html } = await get(tokenOf('police'))
  expect(status).toBe(200)
  for (const part of [
    'П1-2026-7',
    'Поликлиника № 3',
    'вторник, 01.12.2026, 14:00–15:00',
    '&#60;b&#62;каб. 5',
    'href="https://video.example/r?a=1&#38;b=2"',
    'href="tel:+77273001020"',
  ])
    expect(html).toContain(part)
  expect(
    [...html.matchAll(/<button class="act \w+" name="answer" value="(\w+)">([^<]+)</g)].map(([, value, words]) => [value, words]),
  ).toEqual([
    ['accepted', 'Приду'],
    ['declined', 'Не приду'],
    ['tentative', 'Пока не знаю'],
  ])
  expect(html).not.toMatch(/<script|<b>каб|href="\/"/)
  expect(headers.get('cache-control')).toBe('no-store')
  await notifications.tick()
  expect(answers()).toEqual([])
})

test('pressed it says what is noted and offers to change it, in the language that was chosen', async () => {
  await sendMail(mailTo('clerk'))
  const { html } = await get(tokenOf('clerk'))
  expect(html).toContain('lang="kk"')
  const done = await press({ ...fieldsOf(html), answer: 'accepted', comment: 'Келемін, <b>5</b> минут кешігемін' })
  expect(said(done.html)).toBe('Жауап жазылды: 24.11.2026 12:00.')
  expect(done.html).toContain('<b>Келемін</b>')
  expect(done.html).toContain('value="declined"')
  expect(done.html).not.toContain('кешігемін')
  const english = await press({ token: tokenOf('clerk'), lang: 'en' }, 'look')
  expect(english.html).toMatch(/Tuesday, 01\.12\.2026, 14:00–15:00/)
  expect(english.html).toContain('<b>I will come</b>')
  await notifications.tick()
  expect(answers()).toMatchObject([{ answer: 'accepted', comment: 'Келемін, <b>5</b> минут кешігемін' }])
})

test('late, cancelled, moved: the page says so; what was typed is not lost', async () => {
  await sendMail(mailTo('police'))
  const shown = fieldsOf((await get(tokenOf('police'))).html)
  await sendMail(movedTo('police', local('2026-12-02T10:30')))
  const moved = await press({ ...shown, answer: 'accepted', comment: 'Приеду' })
  expect(said(moved.html)).toContain('Ответ не записан')
  expect(moved.html).toContain('<s>вторник, 01.12.2026, 14:00–15:00</s>')
  expect(moved.html).toContain('<b>среда, 02.12.2026, 10:30–11:30</b>')
  expect(moved.html).toContain('Совещание перенесено. Новое время: среда, 02.12.2026, 10:30–11:30.')
  expect(moved.html).toContain('>Приеду</textarea>')
  const long = await press({ ...fieldsOf(moved.html), answer: 'accepted', comment: 'ж'.repeat(1_001) })
  expect(said(long.html)).toContain('длиннее 1000')
  expect(long.html).toContain('ж'.repeat(1_001))
  expect((await press({ ...shown, answer: 'accepted', comment: 'ж'.repeat(5_000) })).status).toBe(413)

  clock.set(local('2026-12-02T10:30'))
  const late = await get(tokenOf('police'))
  expect([late.status, said(late.html)]).toEqual([410, expect.stringContaining('уже началось')])
  expect(late.html).not.toMatch(/name="answer"|Войдите|П1-2026-7|Поликлиника|каб\. 5/)

  await sendMail(mailTo('clerk', { about: { startsAt: STARTS + 864_000_000 } }))
  await sendMail(cancelled('clerk'))
  const gone = await get(tokenOf('clerk', 0))
  expect([gone.status, said(gone.html)]).toEqual([410, expect.stringContaining('Жиналыс болмайды')])
  expect(gone.html).not.toMatch(/name="answer"|П1-2026-7|Поликлиника|каб\. 5/)
})

test('while the service is away nothing is lost: the button sends the same again', async () => {
  await sendMail(mailTo('police'))
  const fields = fieldsOf((await get(tokenOf('police'))).html)
  await web.close()
  web = await startLinkPages({ NOTIFICATIONS_URL: `http://127.0.0.1:${await freePort()}` })
  const away = await press({ ...fields, answer: 'declined', comment: 'Болею & "лежу"' })
  expect(away.status).toBe(503)
  await web.close()
  web = await startLinkPages()
  const kept = Object.fromEntries(
    Object.entries(fieldsOf(away.html)).map(([name, value]) => [
      name,
      value.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(code)),
    ]),
  )
  expect(said((await press(kept)).html)).toBe('Ответ записан: 24.11.2026 12:00.')
  await notifications.tick()
  expect(answers()).toMatchObject([{ answer: 'declined', comment: 'Болею & "лежу"', at: NOON }])
})

test('minutes are confirmed by one button, and nobody without an account is sent to the sign-in', async () => {
  await sendMail(protocolFor('police'))
  const { html } = await get(tokenOf('police'))
  expect(html).toContain('Протокол получен</button>')
  expect(html).not.toContain('href="/"')
  expect(said((await press(fieldsOf(html))).html)).toBe('Получение подтверждено: 24.11.2026 12:00.')
})

test('the file behind a link: a wrong code is counted down, the right one downloads it under our own name, run or shown nowhere', async () => {
  const FILE = '0190e000-0000-7000-8000-0000000000f1'
  files.set(FILE, fileOf(Buffer.from('%PDF-1.7 протокол'), 'протокол-12.pdf'))
  await sendMail(protocolFor('police', { receipt: false, file: { id: FILE, code: '305172' } }))
  const { html } = await get(tokenOf('police'))
  expect(html).toMatch(/<label for="code">[^<]+<\/label><input id="code" name="code" required inputmode="numeric"/)
  const wrong = await press({ token: tokenOf('police'), code: '000000' }, 'file')
  expect(said(wrong.html)).toContain('Осталось попыток: 4')
  const right = await fetch(`${web.url}/l/file`, {
    method: 'POST',
    body: new URLSearchParams({ token: tokenOf('police'), code: '305 172' }),
  })
  expect(Buffer.from(await right.arrayBuffer()).toString()).toBe('%PDF-1.7 протокол')
  expect(Object.fromEntries(right.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': expect.stringMatching(/^attachment; .*filename\*=UTF-8''/),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'no-store',
  })
  for (let n = 0; n < 5; n++) await press({ token: tokenOf('police'), code: '1' }, 'file')
  const locked = await get(tokenOf('police'))
  expect(said(locked.html)).toContain('Файл закрыт')
  expect(locked.html).not.toContain('name="code"')
})
