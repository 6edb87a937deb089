/** The link page over HTTP, on the real notifications service and a letter that a real mail server took. */
// oxlint-disable-next-line no-restricted-imports -- a test only: links are made by the service that writes letters
import {
  CASE,
  client,
  clock,
  closed,
  hour,
  mail,
  NOON,
  notifications,
  post,
  restart,
  said,
  useWorld,
} from '@tirek/notifications/world.fixture'
import { freePort } from '@tirek/platform/scratch-postgres'
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startLinkPages } from './link-pages.fixture.ts'

useWorld()

let web: Awaited<ReturnType<typeof startLinkPages>>
let token: string
beforeEach(async () => {
  web = await startLinkPages()
  await post('/internal/notices', hour(['head']))
  await notifications.tick()
  token = /\/l\/([A-Za-z0-9_-]{43})/.exec(mail.to('head@example.org').at(-1)!.mail.text!)![1]!
})
afterEach(() => web?.close())

const get = async (of: string, lang = 'en') => {
  const answer = await fetch(`${web.url}/l/${of}`, { headers: { 'accept-language': lang } })
  return { status: answer.status, headers: answer.headers, html: await answer.text() }
}
const send = async (what: 'look' | 'use', form: Record<string, string>) => {
  const answer = await fetch(`${web.url}/l/${what}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { 'accept-language': 'en' },
  })
  return { status: answer.status, html: await answer.text() }
}
const said1 = (html: string) => /<p role="status">(.*?)<\/p>/.exec(html)?.[1]

test('opened ten times it only shows; the button confirms once; pressed again at once it says the same, later that it was confirmed', async () => {
  for (let i = 0; i < 10; i++) {
    const { status, html } = await get(token)
    expect(status).toBe(200)
    expect(html).toContain('Прочитано</button>')
  }
  clock.set(NOON + 52 * 60_000)
  const taps = await Promise.all([send('use', { token }), send('use', { token })])
  expect(taps.map(({ html }) => said1(html))).toEqual(Array(2).fill('Подтверждено: 24.11.2026 12:52.'))
  clock.set(NOON + 53 * 60_000 - 1)
  expect(said1((await send('use', { token })).html)).toBe('Подтверждено: 24.11.2026 12:52.')
  clock.set(NOON + 53 * 60_000)
  for (const { status, html } of [await send('use', { token }), await get(token)]) {
    expect(status).toBe(200)
    expect(said1(html)).toBe('Уже подтверждено: 24.11.2026 12:52.')
    expect(html).not.toContain('class="act"')
  }
})

test('the language is the recipient’s; the switch changes it and nothing else', async () => {
  expect((await get(token, 'kk')).html).toContain('<html lang="ru">')
  const { html } = await send('look', { token, lang: 'kk' })
  expect(html).toContain('<html lang="kk">')
  expect(html).toContain('Оқылды</button>')
  expect(html).toMatch(/<button name="lang" value="kk" lang="kk" aria-pressed="true">/)
  // The chosen language goes on with the act.
  expect(html).toContain('<input type="hidden" name="lang" value="kk">')
  expect(said1((await send('use', { token, lang: 'en' })).html)).toBe('Confirmed: 24.11.2026 12:00.')
  expect((await send('look', { token, lang: '"><script>' })).html).toContain('<html lang="ru">')
})

test('tells nothing of the case, loads nothing, is kept nowhere and names itself to nobody', async () => {
  const { headers, html } = await get(token)
  expect(html).not.toMatch(/П1-2026|CP-10|Имя|@|<script|<link|<img|src=|https?:/)
  expect(html.match(/href="[^"]*"/g)).toEqual(['href="/"'])
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('x-robots-tag')).toContain('noindex')
  expect(headers.get('set-cookie')).toBeNull()
  const policy = headers.get('content-security-policy')!
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/script-src|unsafe|\*|https?:/)
})

test('of an hour that is closed already it says so, and has no button', async () => {
  closed.add(`${CASE}/CP-10/0`)
  for (const { status, html } of [await get(token), await send('use', { token })]) {
    expect(status).toBe(410)
    expect(said1(html)).toBe('Этот час уже закрыт: сделанное записано. Подтверждать ничего не нужно, спасибо.')
    expect(html).not.toMatch(/class="act"|Срок этим/)
  }
  expect(said1((await send('look', { token, lang: 'kk' })).html)).toContain('Бұл сағат жабылған')
})

test('late, revoked, unknown', async () => {
  expect((await get('A'.repeat(43))).status).toBe(404)
  clock.set(NOON + 7 * 24 * 3_600_000)
  const { status, html } = await get(token)
  expect(status).toBe(410)
  expect(said1(html)).toContain('Время этой ссылки истекло')
  expect((await send('use', { token })).status).toBe(410)
})

test('unknown and malformed tokens get the same page', async () => {
  const random = randomBytes(32).toString('base64url')
  const strip = (html: string) => html.replaceAll(`<input type="hidden" name="token" value="${random}">`, '')
  const unknown = await get(random)
  for (const wrong of ['x', token.slice(1), `${token}A`, '%22%3E%3Cscript%3E', '%00', encodeURIComponent("'; DROP TABLE link")]) {
    const { status, html } = await get(wrong)
    expect({ status, html }).toEqual({ status: 404, html: strip(unknown.html) })
  }
  expect(said1((await send('use', { token: random })).html)).toBe(said1(unknown.html))
  expect(said1((await send('use', {})).html)).toBe(said1(unknown.html))
})

test(
  '3,000 random tokens find nothing and meet the limit; the address waits, also with a right one, and no restart forgets it',
  { timeout: 240_000 },
  async () => {
    const statuses = new Map<number, number>()
    for (let round = 0; round < 30; round++)
      for (const { status } of await Promise.all(Array.from({ length: 100 }, () => get(randomBytes(32).toString('base64url')))))
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
    // Those of the first round are under way together.
    expect(statuses.get(404)).toBeLessThanOrEqual(20 + 100)
    expect(statuses.get(404)! + statuses.get(429)!).toBe(3_000)
    expect((await send('use', { token })).status).toBe(429)
    await restart()
    await web.close()
    web = await startLinkPages()
    expect((await send('use', { token })).status).toBe(429)
    await client.query('UPDATE notifications.tries SET expire = expire - 60000')
    expect((await send('use', { token })).status).toBe(200)
  },
)

test('right tokens lock nobody out: thirty tries with one, and another goes on', async () => {
  for (let i = 0; i < 30; i++) expect((await get(token)).status).toBe(200)
  const over = await get(token)
  expect(over.status).toBe(429)
  expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(50)
  await post('/internal/notices', hour(['supervisor']))
  await notifications.tick()
  const other = /\/l\/([A-Za-z0-9_-]{43})/.exec(mail.to('supervisor@example.org').at(-1)!.mail.text!)![1]!
  expect((await get(other)).status).toBe(200)
})

test('while the service is away the page says so and offers the button again; no log holds the token', async () => {
  await web.close()
  web = await startLinkPages({ NOTIFICATIONS_URL: `http://127.0.0.1:${await freePort()}` })
  const { status, html } = await get(token)
  expect(status).toBe(503)
  expect(html).toContain('Try again</button>')
  await send('use', { token })
  expect(said.join('')).toContain('a link could not be asked for')
  expect(said.join('')).not.toContain(token.slice(0, 20))
})

test('is not reached through the API, and larger bodies are refused', async () => {
  expect((await fetch(`${web.url}/api/links/use`, { method: 'POST', body: JSON.stringify({ token }) })).status).toBeGreaterThanOrEqual(401)
  expect((await send('use', { token: 'A'.repeat(30_000) })).status).toBe(413)
})

test('whoever confirms by a link is recorded with the address that the page saw', async () => {
  await web.close()
  web = await startLinkPages({ TRUSTED_PROXIES: '127.0.0.1' })
  const answer = await fetch(`${web.url}/l/use`, {
    method: 'POST',
    body: new URLSearchParams({ token }),
    headers: { 'x-forwarded-for': '203.0.113.5' },
  })
  expect(answer.status).toBe(200)
  const { rows } = await client.query(
    `SELECT from_where, request IS NOT NULL AS named FROM notifications.trail WHERE what = 'receipt-confirmed' ORDER BY seq DESC LIMIT 1`,
  )
  expect(rows).toEqual([{ from_where: '203.0.113.5', named: true }])
})
