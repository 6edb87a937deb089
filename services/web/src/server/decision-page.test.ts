/** The page behind the link to an answer over HTTP: what is asked, the form, the file, and that nothing typed is lost. */
// oxlint-disable-next-line no-restricted-imports -- a test only: links are made by the service that writes letters
import { useWorld } from '@tirek/notifications/world.fixture'
// oxlint-disable-next-line no-restricted-imports -- the same
import { answerToken, REFERRAL, referralMail, sendReferral } from '@tirek/notifications/referrals/referral.fixture'
// oxlint-disable-next-line no-restricted-imports -- the same
import { referrals } from '@tirek/notifications/referrals/referrals-service.fixture'
import { freePort } from '@tirek/platform/scratch-postgres'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readDecision } from './decision-form.ts'
import { startLinkPages } from './link-pages.fixture.ts'

useWorld()

let web: Awaited<ReturnType<typeof startLinkPages>>
beforeEach(async () => void (web = await startLinkPages()))
afterEach(() => web?.close())

const read = async (answer: Response) => ({ status: answer.status, headers: answer.headers, html: await answer.text() })
const get = async (token: string) => read(await fetch(`${web.url}/l/${token}`))
const PDF = new File(['%PDF-1.7\n%%EOF'], 'Решение №5.pdf', { type: 'application/pdf' })
async function press(fields: Record<string, string>, file?: File) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  // As a browser sends a file field in which nothing was chosen.
  form.append('file', file ?? new File([], '', { type: 'application/octet-stream' }))
  return read(await fetch(`${web.url}/l/decision`, { method: 'POST', body: form }))
}
const said = (html: string) => /<p role="status">([^<]*)<\/p>/.exec(html)?.[1]
const unescaped = (text: string) => text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
const valueOf = (html: string, name: string) => unescaped(new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '')
const WHO = { name: 'Ыбыраев "Қанат" <b>', position: 'секретарь' }

test('it shows who asks what and until when, and only the answers that this body can give', async () => {
  await sendReferral(referralMail({ about: { agencyName: '<b>Комиссия' } }))
  for (let n = 0; n < 3; n++) await get(answerToken())
  const { status, headers, html } = await get(answerToken())
  expect(status).toBe(200)
  for (const part of ['П1-2026-7', 'Поликлиника № 3', '&#60;b&#62;Комиссия', 'отделение ребенка от семьи', '<b>09.12.2026</b>'])
    expect(html).toContain(part)
  expect([...html.matchAll(/type="radio" id="a-([\w-]+)"/g)].map(([, answer]) => answer)).toEqual([
    'received',
    'more-asked-for',
    'postponed',
    'returned',
    'recommended',
  ])
  // No answer is chosen for anybody, and what only a guardianship body decides is not asked for.
  expect(html).not.toMatch(/ checked|name="decision"|name="placement"|<script|href="\/"/)
  expect(headers.get('cache-control')).toBe('no-store')
  expect(Buffer.byteLength(html)).toBeLessThan(60_000)
  expect(referrals.answers).toEqual([])
})

test('an answer with a file is taken once; the page says so and that the next mail brings the next link', async () => {
  await sendReferral(referralMail())
  const fields = { token: answerToken(), lang: 'ru', answer: 'postponed', newDay: '2027-01-20', reasons: 'Ждут справку', ...WHO }
  const done = await press(fields, PDF)
  expect(said(done.html)).toBe('Ответ записан: 24.11.2026 12:00. Спасибо.')
  expect(done.html).toContain('придет письмо с новой ссылкой')
  expect(done.html).not.toMatch(/<form method="post" action="\/l\/decision"|Ыбыраев|Ждут справку/)
  expect(referrals.answers).toMatchObject([
    { referral: REFERRAL, form: { answer: 'postponed', newDay: '2027-01-20', reasons: 'Ждут справку', ...WHO } },
  ])
  expect([...referrals.uploads.values()]).toMatchObject([{ name: 'Решение-5.pdf', type: 'application/pdf' }])
  const again = await press(fields, PDF)
  expect([again.status, said(again.html)]).toEqual([200, expect.stringContaining('Ответ записан')])
  expect(referrals.answers).toHaveLength(1)
})

test.each([
  ['ru', 'Ответ не записан', 'Новый день', 'Заполните это поле.'],
  ['kk', 'Жауап жазылмады', 'Жаңа күн', 'Бұл өрісті толтырыңыз.'],
  ['en', 'Your answer is not noted', 'New day', 'Fill in this field.'],
])(
  'in %s: what is missing is named with its field and leads to it; all that was typed and chosen is still there',
  async (lang, problem, caption, words) => {
    await sendReferral(referralMail())
    const { html } = await press({ token: answerToken(), lang, answer: 'postponed', reasons: 'Нет </textarea> кворума', ...WHO })
    expect(said(html)).toContain(problem)
    expect(html).toContain(`<a href="#newDay">${caption}</a>: ${words}`)
    expect(html).toMatch(/id="newDay"[^>]*aria-invalid="true" aria-describedby="wrong-newDay"/)
    expect(html).toMatch(/id="a-postponed"[^>]* checked/)
    expect(unescaped(/<textarea id="reasons"[^>]*>([^<]*)</.exec(html)![1]!)).toBe('Нет </textarea> кворума')
    expect(valueOf(html, 'name')).toBe(WHO.name)
    expect(referrals.answers).toEqual([])
  },
)

test('a refused file keeps the answer that was chosen; a taken one is not asked for again', async () => {
  await sendReferral(referralMail())
  const fields = { token: answerToken(), lang: 'ru', answer: 'returned', ...WHO }
  const refused = await press(fields, new File(['MZ'], 'decision.pdf', { type: 'application/pdf' }))
  expect(refused.html).toContain('<a href="#file">')
  expect(refused.html).toContain('Такие файлы не принимаются. Пришлите PDF, JPEG, PNG или DOCX.')
  expect(refused.html).toMatch(/id="a-returned"[^>]* checked/)
  const taken = await press(fields, PDF)
  expect(taken.html).toContain('Файл принят: Решение-5.pdf (1 КБ)')
  const done = await press({ ...fields, reasons: 'Не наш район', handedIn: valueOf(taken.html, 'handedIn') })
  expect(said(done.html)).toContain('Ответ записан')
  expect(done.html).not.toContain('новой ссылкой')
  expect(referrals.answers[0]!.form.files).toEqual([...referrals.uploads.keys()])
})

test('a file above ten megabytes is refused with all that was typed; one above all that is read, with a page', async () => {
  await sendReferral(referralMail())
  const fields = { token: answerToken(), lang: 'ru', answer: 'recommended', ...WHO }
  const large = await press(fields, new File([new Uint8Array(10 * 1_048_576 + 1)], 'scan.pdf', { type: 'application/pdf' }))
  expect(large.status).toBe(200)
  expect(large.html).toContain('Файл больше 10 МБ')
  expect(large.html).toMatch(/id="a-recommended"[^>]* checked/)
  expect(valueOf(large.html, 'position')).toBe('секретарь')
  expect(referrals.uploads.size).toBe(0)
  const huge = await press(fields, new File([new Uint8Array(17 * 1_048_576)], 'scan.pdf')).catch((error: Error) => error)
  // A server may hang up on what it will not read; whoever is answered reads why.
  if (!(huge instanceof Error)) expect([huge.status, said(huge.html)]).toEqual([413, expect.stringContaining('Файл слишком большой')])
  const most = await press(
    { ...fields, documentNumber: '5' },
    new File([Buffer.concat([Buffer.alloc(10 * 1_048_576 - 6, '%PDF-1.7\n'), Buffer.from('\n%%EOF')])], 'scan.pdf', {
      type: 'application/pdf',
    }),
  )
  expect(said(most.html)).toContain('Ответ записан')
})

test('another language keeps what was typed and answers nothing', async () => {
  await sendReferral(referralMail())
  const { html } = await press({ token: answerToken(), lang: 'ru', in: 'kk', answer: 'more-asked-for', text: 'Справка', ...WHO })
  expect(html).toContain('<html lang="kk">')
  expect(html).toContain('>Справка</textarea>')
  expect(html).toMatch(/id="a-more-asked-for"[^>]* checked/)
  expect(html).toMatch(/name="lang" value="kk"/)
  expect(referrals.answers).toEqual([])
})

test('while the service is away nothing is lost: pressed again the same goes', async () => {
  await sendReferral(referralMail())
  const fields = { token: answerToken(), lang: 'ru', answer: 'more-asked-for', text: 'Справка & "копия"', ...WHO }
  await web.close()
  web = await startLinkPages({ NOTIFICATIONS_URL: `http://127.0.0.1:${await freePort()}` })
  const away = await press(fields)
  expect([away.status, away.headers.get('retry-after')]).toEqual([503, '60'])
  await web.close()
  web = await startLinkPages()
  const kept = Object.fromEntries(
    [...away.html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name!, unescaped(value!)]),
  )
  expect(said((await press(kept)).html)).toContain('Ответ записан')
  expect(referrals.answers[0]!.form).toMatchObject({ text: 'Справка & "копия"', name: WHO.name })
})

test('taken back, answered elsewhere, or no link at all: a clear page without a form', async () => {
  await sendReferral(referralMail())
  const token = answerToken()
  referrals.asking.state = 'decided'
  const closed = await get(token)
  expect([closed.status, said(closed.html)]).toEqual([410, expect.stringContaining('Ответ больше не нужен')])
  expect(closed.html).not.toMatch(/action="\/l\/decision"|П1-2026-7|href="\/"/)
  await sendReferral(referralMail({ kind: 'referral-withdrawn' }))
  const gone = await press({ token, answer: 'received', ...WHO })
  expect([gone.status, said(gone.html)]).toEqual([410, expect.stringContaining('отозвано')])
  const unknown = await press({ token: 'A'.repeat(43), answer: 'received', ...WHO })
  expect([unknown.status, said(unknown.html)]).toEqual([404, expect.stringContaining('Такой ссылки нет')])
  expect(referrals.answers).toEqual([])
})

test('tries with one link are counted, whatever the form', async () => {
  await sendReferral(referralMail())
  const statuses: number[] = []
  for (let n = 0; n < 31; n++) statuses.push((await press({ token: answerToken(), answer: 'none' })).status)
  expect(statuses.slice(-1)).toEqual([429])
})

test('a body that is no form, or says what no form says, is an unknown link', async () => {
  for (const [body, type] of [
    [Buffer.from('junk'), 'multipart/form-data; boundary=x'],
    [Buffer.from('token=x'), undefined],
    [Buffer.from('{}'), 'application/json'],
    [undefined, 'multipart/form-data'],
  ] as const)
    expect(await readDecision(body, type)).toMatchObject({ token: '', form: {}, handedIn: [] })
  const form = new FormData()
  for (const wrong of ['junk', '[]', '{"id":1}', '{"id":"0190e000-0000-7000-8000-0000000000e1","name":"x","size":1,"more":1}'])
    form.append('handedIn', wrong)
  form.append('token', new File(['x'], 'token'))
  form.append('__proto__', 'x')
  const response = new Response(form)
  const sent = await readDecision(Buffer.from(await response.arrayBuffer()), response.headers.get('content-type')!)
  expect(sent).toMatchObject({ token: '', form: {}, handedIn: [] })
})
