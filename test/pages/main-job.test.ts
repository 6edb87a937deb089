/**
 * The main job, whole, in a real browser on a world whose clock is moved: in Kazakh by finger on a small phone, in Russian by keyboard alone on a desk,
 * in English on a phone with the hour that had no grounds. From the search to the end of monitoring half a year passes.
 * And the pages as an app of a device: without a connection, after an update, told of the hour.
 */
import type { Lang } from '@tirek/contract/roles'
import { STAGE_NAMES } from '@tirek/contract/stages'
import { opened } from '@tirek/notifications/push/opened.fixture'
import { pushWords } from '@tirek/web/client/words-of/push'
import { wordsOf } from '@tirek/web/client/words'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createECDH, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DESK, faultsOf, findChromium, NO_CHROMIUM, NO_WHOLE_CHROMIUM, openBrowser, PHONE } from '../world/browser.ts'
import { openClinic, type Clinic } from '../world/clinic.ts'
import { finger, keyboard } from '../world/hands.ts'
import { iso, local } from '../world/local.ts'
import { anotherBuild, WorldPages } from '../world/pages.ts'
import { World } from '../world/world.ts'
import { Job } from './main-job.fixture.ts'

const whole = findChromium({ whole: true })
const program = whole ?? findChromium()
if (!program) console.warn(NO_CHROMIUM)
else if (!whole) console.warn(NO_WHOLE_CHROMIUM)

/** Wednesday. */
const START = '2026-11-25 10:05'
const ON_A_PHONE = { viewport: PHONE, hasTouch: true, isMobile: true }
const WALKS = [
  { lang: 'kk', screen: ON_A_PHONE, hands: finger, child: { name: 'Жәнібек Әліұлы', address: 'Абай көшесі 5' }, hasGrounds: true },
  {
    lang: 'ru',
    screen: { viewport: DESK },
    hands: keyboard,
    child: { name: 'Проверкин Тестжан', address: 'Станционная 41' },
    hasGrounds: true,
  },
  { lang: 'en', screen: ON_A_PHONE, hands: finger, child: { name: 'Aruzhan Testova', address: 'Mill road 7' }, hasGrounds: false },
] as const satisfies { lang: Lang; [more: string]: unknown }[]

let world: World | undefined
let browser: Browser | undefined
let pages: WorldPages | undefined
/** In place of the push service of a browser's maker. */
let service: Server | undefined
const taken: Buffer[] = []

beforeAll(async () => {
  if (!program) return
  const vapid = createECDH('prime256v1')
  service = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    taken.push(Buffer.concat(parts))
    response.writeHead(201).end()
  })
  await new Promise<void>((listening) => service!.listen(0, '127.0.0.1', listening))
  const settings = {
    VAPID_PUBLIC_KEY: vapid.generateKeys('base64url'),
    VAPID_PRIVATE_KEY: vapid.getPrivateKey('base64url').padStart(43, 'A'),
    PUSH_HOSTS: `127.0.0.1:${(service.address() as AddressInfo).port}`,
  }
  ;[world, browser] = await Promise.all([World.open(local(START), settings), openBrowser(program)])
  pages = await WorldPages.open(world, browser)
})
afterAll(async () => {
  await pages?.close()
  await browser?.close()
  await world?.close()
  service?.close()
})

type Walk = (typeof WALKS)[number] & { clinic: Clinic; job: Job }

async function begin(walk: (typeof WALKS)[number], n: number): Promise<Walk> {
  const clinic = await openClinic(world!, `ALM${n}`, `Территория ${n}`)
  const [worker, supervisor] = await Promise.all([
    pages!.of(clinic.staff.worker, 'Айгүл Сейтова', walk.lang, walk.screen),
    pages!.of(clinic.staff.supervisor, 'Дәурен Ермеков', walk.lang, walk.screen),
  ])
  return {
    ...walk,
    clinic,
    job: new Job({ lang: walk.lang, url: pages!.url, worker: walk.hands(worker), supervisor: walk.hands(supervisor) }),
  }
}

test.skipIf(!program)(
  'from a report of high risk to the end of monitoring, in each language, by finger and by keyboard alone',
  { timeout: 600_000 },
  async () => {
    const walks = await Promise.all(WALKS.map(begin))
    const each = <T>(work: (walk: Walk) => Promise<T>): Promise<T[]> => Promise.all(walks.map(work))
    const at = (when: string) => pages!.letPassUntil(local(when))
    /** What is the same every time needs no page. */
    const recorded = async (kind: string, form: object) => {
      for (const { job, clinic } of walks) {
        const who = clinic.staff.worker
        const { summary } = await world!.ok('cases', 'GET', `/api/cases/${job.caseId}`, who)
        const body = { happenedAt: iso(world!.clock.now()), version: summary.version, form }
        await world!.ok('cases', 'POST', `/api/cases/${job.caseId}/acts/${kind}`, who, body)
      }
    }
    const visited = async (...days: string[]) => {
      for (const day of days) {
        await at(`${day} 11:00`)
        await recorded('contact-made', { by: 'home-visit', childSeen: true, signsOfCruelty: false })
      }
    }

    await each(({ job, child }) => job.request(child))
    expect(await each(async ({ job }) => (await job.hour()).left)).toEqual(['1:00:00', '1:00:00', '1:00:00'])
    // The worker is nudged after half an hour; the page says so, and how much is left.
    await at('2026-11-25 10:40')
    for (const { left, told } of await each(({ job }) => job.hour())) {
      expect(left).toBe('25:00')
      expect(told).toEqual([expect.stringMatching(/^10:35 /)])
    }
    await each(({ job, hasGrounds }) => (hasGrounds ? job.evidence() : job.noGrounds()))
    await at('2026-11-25 15:00')
    await each(({ job, hasGrounds }) => (hasGrounds ? job.safe() : job.primary()))
    await visited('2026-12-01', '2026-12-08', '2026-12-15', '2026-12-22')

    await at('2026-12-29 14:00')
    await each(({ job }) => job.assessment())
    await at('2027-01-11 12:00')
    await each(({ job }) => job.plan('2027-03-03'))
    await recorded('plan-signed-by-family', { signed: true, by: 'мать' })
    await at('2027-01-18 11:00')
    expect(await each(({ job }) => job.contact())).toEqual(['18 қаңтар, дүйсенбі', 'Понедельник, 18 января', 'Monday, 18 January'])

    await visited('2027-01-25', '2027-02-01', '2027-02-08', '2027-03-05')
    await at('2027-03-09 10:00')
    await each(({ job }) => job.report())
    await each(({ job }) => job.review('close'))
    await each(({ job }) => job.askClosure())
    await at('2027-03-10 10:00')
    await each(({ job }) => job.approve())
    const named = (stage: string) => walks.map(({ lang }) => STAGE_NAMES[stage]![lang])
    expect(await each(({ job }) => job.stage())).toEqual(named('monitoring'))

    await at('2027-04-09 10:00')
    await each(({ job }) => job.look())
    await at('2027-05-10 10:00')
    await recorded('monitoring-look', { copes: true, problemsBack: false, worse: false, last: false })
    await at('2027-06-09 10:00')
    await each(({ job }) => job.look('Семья справляется'))
    expect(await each(({ job }) => job.stage())).toEqual(named('ended'))

    expect(pages!.faults).toEqual([])
    // What was kept in time on the pages was kept in time in the record.
    for (const { job, clinic } of walks) {
      const { items } = await world!.ok('cases', 'GET', `/api/cases/${job.caseId}/deadlines`, clinic.staff.supervisor)
      const rows = items as { row: string; state: string }[]
      expect(rows.filter(({ state }) => state === 'open')).toEqual([])
      expect(rows.find(({ row }) => row === 'urgent-measures')?.state).toBe('kept')
    }
  },
)

test.skipIf(!whole)('as an app: opens without a connection, goes on after an update, and tells of the hour with no page open', async () => {
  const { staff } = await openClinic(world!, 'APP', 'Территория app')
  const words = wordsOf('ru')
  const page = await pages!.of(staff.worker, 'Айгүл Сейтова', 'ru', { viewport: PHONE, permissions: ['notifications'] })
  const devtools = await page.context().newCDPSession(page)
  // A private window, as tests have it, is the only thing against it.
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([])
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.reload()
  await page.locator('.menu-button').waitFor()

  await pages!.stop()
  await page.reload()
  await page.getByRole('alert').waitFor()
  expect(await page.locator('body').innerText()).toContain(words.tryAgain)
  await pages!.start()
  await page.getByRole('button', { name: words.tryAgain }).click()
  await page.locator('main h1').waitFor()

  // While the page stood open another version came: the files that it would load next are there no more.
  const folder = mkdtempSync(join(tmpdir(), 'tirek-pages-'))
  await pages!.stop()
  await pages!.start(anotherBuild(folder))
  await page.locator('.menu-button').click()
  await page.locator('.top nav a[href="/cases"]').click()
  await page.getByRole('heading', { level: 1, name: words.cases }).waitFor()
  expect(await page.locator('script[src*="/assets/next-"]').count()).toBe(1)
  rmSync(folder, { recursive: true, force: true })

  const key = createECDH('prime256v1')
  const p256dh = key.generateKeys('base64url')
  const auth = randomBytes(16)
  // What the maker's service would give out: no test has one.
  await page.addInitScript(
    (keys) => {
      let made: object | null = null
      PushManager.prototype.getSubscription = async () => made as PushSubscription
      PushManager.prototype.subscribe = async () =>
        (made = { ...keys, toJSON: () => keys, unsubscribe: async () => ((made = null), true) }) as unknown as PushSubscription
    },
    {
      endpoint: `http://127.0.0.1:${(service!.address() as AddressInfo).port}/phone`,
      keys: { p256dh, auth: auth.toString('base64url') },
    },
  )
  await page.goto(`${pages!.url}/notices`)
  const allow = page.getByRole('button', { name: pushWords('ru').allow, exact: true })
  // The headless shell, in which the other pages are looked at, has none to offer it with.
  await allow.waitFor()
  expect(await faultsOf(page)).toEqual([])
  await allow.click()
  await page.getByText(pushWords('ru').on).waitFor()
  const now = world!.clock.now()
  await world!.ok('cases', 'POST', '/api/cases', staff.worker, {
    child: { name: 'Асқар Тестов', address: 'улица Проверки 1', sex: 'male' },
    asker: { notNamed: true },
    ground: 'Соседи слышат крики',
    channel: 'phone',
    source: 'public',
    reportedAt: iso(now),
    criteria: ['H4'],
    level: 'high',
  })
  await pages!.letPassUntil(now + 31 * 60_000)
  expect(taken).toHaveLength(1)
  const notice = opened(taken[0]!, { key, auth }) as { title: string; case: string }
  await devtools.send('ServiceWorker.enable')
  const { registrations } = await new Promise<{ registrations: { registrationId: string }[] }>((found) =>
    devtools.once('ServiceWorker.workerRegistrationUpdated', found),
  )
  const push = { origin: pages!.url, registrationId: registrations[0]!.registrationId, data: JSON.stringify(notice) }
  await devtools.send('ServiceWorker.deliverPushMessage', push)
  const shown = () =>
    page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body }) => ({ title, body })))
  await expect.poll(shown, { timeout: 10_000 }).toEqual([{ title: notice.title, body: notice.case }])
})
