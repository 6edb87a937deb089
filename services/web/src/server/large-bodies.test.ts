/** Large bodies at the web server: few at once, none of somebody unknown, and none passed on for a link that is not good. */
// oxlint-disable-next-line no-restricted-imports -- a test only: links are made by the service that writes letters
import { notifications, useWorld } from '@tirek/notifications/world.fixture'
// oxlint-disable-next-line no-restricted-imports -- the same
import { answerToken, referralMail, sendReferral, WHO } from '@tirek/notifications/referrals/referral.fixture'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LARGE_BODY, MOST_LARGE_BODIES } from './large-bodies.ts'
import { startLinkPages } from './link-pages.fixture.ts'

useWorld()

let web: Awaited<ReturnType<typeof startLinkPages>>
/** What came to the notifications service by way of the web server. */
let passedOn: { path: string; bytes: number }[]
const way = createServer(async (request, response) => {
  const body = await text(request)
  passedOn.push({ path: request.url!, bytes: body.length })
  const headers = { 'content-type': 'application/json', 'x-tirek-from': String(request.headers['x-tirek-from'] ?? '') }
  const answer = await fetch(`${notifications.url}${request.url}`, { method: 'POST', headers, body })
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
})
beforeEach(async () => {
  passedOn = []
  if (!way.listening) await once(way.listen(0, '127.0.0.1'), 'listening')
  web = await startLinkPages({ NOTIFICATIONS_URL: `http://127.0.0.1:${(way.address() as AddressInfo).port}` })
})
afterEach(async () => {
  await web?.close()
  way.closeAllConnections()
  way.close()
})

/** Only the header of a request: its body does not come. */
function begin(path: string, bytes: number | 'chunked', more: readonly string[] = []): Socket {
  const socket = connect(Number(new URL(web.url).port), '127.0.0.1')
  const length = bytes === 'chunked' ? 'transfer-encoding: chunked' : `content-length: ${bytes}`
  socket.on('error', () => {})
  socket.write(
    [`POST ${path} HTTP/1.1`, 'host: tirek', 'content-type: multipart/form-data; boundary=x', length, ...more, '', ''].join('\r\n'),
  )
  return socket
}
const answered = async (socket: Socket): Promise<string> => {
  const [first] = (await once(socket, 'data', { signal: AbortSignal.timeout(8_000) })) as [Buffer]
  socket.destroy()
  return first.toString()
}
const isRead = (socket: Socket): Promise<boolean> =>
  once(socket, 'data', { signal: AbortSignal.timeout(1_000) }).then(
    () => false,
    () => true,
  )
const press = (fields: Record<string, string>, bytes?: number) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  if (bytes)
    form.append('file', new File([Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(bytes), Buffer.from('%%EOF')])], 'scan.pdf'))
  return fetch(`${web.url}/l/decision`, { method: 'POST', body: form })
}

test('as many large bodies as are read at once hold nobody else’s form up; the next large one is told when to come again', async () => {
  await sendReferral(referralMail())
  const held = [begin('/l/decision', LARGE_BODY + 1), begin('/l/decision', 'chunked')]
  expect(held).toHaveLength(MOST_LARGE_BODIES)
  expect(await Promise.all(held.map(isRead))).toEqual([true, true])
  const busy = await answered(begin('/l/decision', LARGE_BODY + 1, ['accept-language: en']))
  expect(busy).toMatch(/^HTTP\/1\.1 503 .*retry-after: 60/is)
  expect(busy).toContain('Many files are being sent now')
  expect(await isRead(begin('/l/decision', LARGE_BODY))).toBe(true)
  const form = { token: answerToken(), lang: 'ru', answer: 'more-asked-for', text: 'Справка', ...WHO }
  expect(await (await press(form)).text()).toContain('Ответ записан')
  // Whoever goes away makes room.
  const gone = once(held[0]!, 'close')
  held[0]!.destroy()
  await gone
  await expect.poll(async () => isRead(begin('/l/decision', LARGE_BODY + 1)), { timeout: 8_000 }).toBe(true)
})

test('a file goes on only for a link that is good', async () => {
  await sendReferral(referralMail())
  const form = { lang: 'ru', answer: 'recommended', recommended: 'foster-family', documentNumber: '5', documentDay: '2026-12-02', ...WHO }
  for (const [token, status] of [
    ['x', 404],
    ['A'.repeat(43), 404],
  ] as const)
    expect((await press({ ...form, token }, 3_000_000)).status).toBe(status)
  expect(passedOn.map(({ path }) => path)).toEqual(['/api/links/look', '/api/links/look'])
  expect(passedOn.every(({ bytes }) => bytes < 300)).toBe(true)
  expect(await (await press({ ...form, token: answerToken() }, 3_000_000)).text()).toContain('Ответ записан')
  expect(passedOn.at(-1)).toMatchObject({ path: '/api/links/decide' })
})

test.each([
  ['nothing', [], 401],
  ['what is no bearer', ['authorization: junk'], 401],
  ['a bearer that nobody can look at', ['authorization: Bearer junk'], 503],
])('by %s no upload is read', async (_, headers, status) => {
  for (const path of ['referrals/0190e000-0000-7000-8000-0000000000e1/uploads', 'cases/0190e000-0000-7000-8000-0000000000e1/files'])
    expect(await answered(begin(`/api/${path}`, 5_000_000, ['sec-fetch-site: same-origin', ...headers])), path).toMatch(
      new RegExp(`^HTTP/1\\.1 ${status} `),
    )
})

test('whoever sent too many bad bearers is told to wait, not that something is away', async () => {
  const directory = createServer((_, response) => response.writeHead(429, { 'retry-after': '7' }).end())
  await once(directory.listen(0, '127.0.0.1'), 'listening')
  const own = await startLinkPages({ DIRECTORY_URL: `http://127.0.0.1:${(directory.address() as AddressInfo).port}` })
  try {
    const path = '/api/referrals/0190e000-0000-7000-8000-0000000000e1/uploads'
    const headers = { authorization: 'Bearer junk', 'content-type': 'application/json' }
    const answer = await fetch(`${own.url}${path}`, { method: 'POST', headers, body: '{}' })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7'])
    expect(await answer.json()).toMatchObject({ code: 'too-many-tries' })
  } finally {
    await own.close()
    directory.closeAllConnections()
    directory.close()
  }
})
