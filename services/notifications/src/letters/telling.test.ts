import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  alerts,
  around,
  CASE,
  client,
  clock,
  closed,
  get,
  hour,
  local,
  mail,
  NOON,
  notifications,
  people,
  post,
  subjects,
  visit,
  useWorld,
} from '../world.fixture.ts'

useWorld()

test('the hour: the supervisor gets one letter at once, in their language, and sees the same notice in the pages; the gateway is told without names', async () => {
  expect(await post('/internal/notices', hour(['supervisor']))).toEqual({ letters: 1 })
  await notifications.tick()
  expect(subjects('supervisor')).toEqual(['Шұғыл: П1-2026-7: Бір сағат ішіндегі шұғыл шаралар, 13:00 дейін'])
  const [letter] = mail.taken
  expect(letter?.mail.text).toContain(`http://localhost:3000/cases/${CASE}`)
  expect(letter?.mail.html).toContain('CP-10')
  expect(letter?.mail.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated')
  const notices = await get('supervisor', 'supervisor', '/api/notices')
  expect(notices.body).toMatchObject({
    unread: 1,
    items: [{ urgent: true, kind: 'notice', readAt: null, items: [{ caseNumber: 'П1-2026-7', rule: 'CP-10', due: '13:00' }] }],
  })
  expect((await get('supervisor', 'supervisor', `/api/notices/${notices.body.items[0].id}/read`, 'POST')).status).toBe(204)
  expect((await get('worker', 'social-worker', `/api/notices/${notices.body.items[0].id}/read`, 'POST')).status).toBe(404)
  expect((await get('supervisor', 'supervisor', '/api/notices?unread=true')).body).toMatchObject({ unread: 0, items: [] })
  expect(alerts).toHaveLength(1)
  expect(alerts[0]?.body).toEqual({
    case: 'П1-2026-7',
    rule: 'CP-10',
    what: 'urgent-measures',
    whom: ['supervisor'],
    due: '2026-11-24T08:00:00.000Z',
    link: `http://localhost:3000/cases/${CASE}`,
  })
  const sent = (await get('admin', 'administrator', '/api/letters')).body.items[0]
  expect(sent).toMatchObject({
    state: 'accepted',
    attempts: 1,
    person: people.supervisor,
    server: new URL(mail.url).host,
    answer: expect.stringMatching(/^250/),
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  expect(await notifications.nextInstant()).toBeUndefined()
})

test('the same notice, and the same step in another notice, is told once', async () => {
  const notice = hour(['case-manager'])
  expect([
    await post('/internal/notices', notice),
    await post('/internal/notices', notice),
    await post('/internal/notices', { ...notice, key: 'other' }),
  ]).toEqual([{ letters: 1 }, { letters: 0 }, { letters: 0 }])
  // The same key of another case is another step.
  expect(await post('/internal/notices', { ...notice, caseId: randomUUID() })).toEqual({ letters: 1 })
  await notifications.tick()
  expect(subjects('worker')).toHaveLength(2)
})

test('a hundred posts of one notice at once: one letter', async () => {
  const notice = hour(['case-manager', 'supervisor'])
  await Promise.all(Array.from({ length: 100 }, () => post('/internal/notices', notice)))
  await notifications.tick()
  expect(mail.taken.map(({ to }) => to).sort()).toEqual(['supervisor@example.org', 'worker@example.org'])
})

test('an absent manager: the deputy is told and reads for whom', async () => {
  await client.query('INSERT INTO directory.absence (id, person, from_day, to_day, deputy) VALUES ($1, $2, $3, $4, $5)', [
    randomUUID(),
    people.worker,
    '2026-11-24',
    '2026-11-24',
    people.deputy,
  ])
  await post('/internal/notices', hour(['case-manager']))
  await notifications.tick()
  expect(mail.taken.map(({ to }) => to)).toEqual(['deputy@example.org'])
  expect(mail.taken[0]?.mail.text).toContain('орнына: Имя worker')
})

test('everybody of the repeat gets an own letter that names the others', async () => {
  await post('/internal/notices', hour(['case-manager', 'supervisor', 'next-in-line', 'head', 'duty-list']))
  await notifications.tick()
  expect(mail.taken.map(({ to }) => to).sort()).toEqual(
    ['duty', 'head', 'next', 'supervisor', 'worker'].map((name) => `${name}@example.org`),
  )
  expect(mail.to('next@example.org')[0]?.mail.text).toContain(
    'Имя worker (case manager); Имя supervisor (supervisor); Имя head (head of the organisation)',
  )
  expect(mail.taken.every(({ mail: { to } }) => to?.length === 1)).toBe(true)
})

test('who is told next reads who knows already', async () => {
  await post('/internal/notices', hour(['case-manager']))
  clock.set(NOON + 15 * 60_000)
  await post('/internal/notices', hour(['next-in-line']))
  await notifications.tick()
  expect(mail.to('next@example.org')[0]?.mail.text).toContain('Told before: 12:00 Имя worker (case manager)')
})

test('a morning: one digest a person at 09:00, single letters for who wants them so, nothing of what was closed overnight', async () => {
  await post('/internal/notices', visit('П1-2026-1', ['case-manager']))
  await post('/internal/notices', visit('П1-2026-2', ['case-manager']))
  const done = visit('П1-2026-3', ['case-manager'])
  await post('/internal/notices', done)
  await post('/internal/notices', visit('П1-2026-4', ['case-manager'], { people: { caseManager: people.deputy } }))
  await post('/internal/notices', visit('П1-2026-5', ['case-manager'], { people: { caseManager: people.deputy } }))
  closed.add(`${done.caseId}/${done.deadlineKey}`)
  await notifications.tick()
  expect(mail.taken).toEqual([])
  expect(await notifications.nextInstant()).toBe(local('2026-11-25T09:00'))
  clock.set(local('2026-11-25T09:00') - 1)
  await notifications.tick()
  expect(mail.taken).toEqual([])
  clock.set(local('2026-11-25T09:00'))
  await notifications.tick()
  expect(subjects('worker')).toEqual(['Сроки на 25.11.2026: 2'])
  expect(mail.to('worker@example.org')[0]?.mail.text).not.toContain('П1-2026-3')
  expect(subjects('deputy').sort()).toEqual([
    'П1-2026-4: Баланың үйіне бару, мерзімі 24.11.2026 болған',
    'П1-2026-5: Баланың үйіне бару, мерзімі 24.11.2026 болған',
  ])
  expect(await notifications.nextInstant()).toBeUndefined()
})

test('a step that evidence has spared overnight is told to nobody, the other steps of its deadline are', async () => {
  const spared = visit('П1-2026-1', ['case-manager'])
  const both = visit('П1-2026-2', ['case-manager'])
  both.steps = [both.steps[0]!, { ...both.steps[0]!, key: 'the other', whom: ['supervisor'] }]
  await post('/internal/notices', spared)
  await post('/internal/notices', both)
  closed.add(spared.steps[0]!.key)
  closed.add(both.steps[0]!.key)
  clock.set(local('2026-11-25T09:00'))
  await notifications.tick()
  expect(subjects('worker')).toEqual([])
  expect(subjects('supervisor')).toHaveLength(1)
  expect(await notifications.nextInstant()).toBeUndefined()
  // The evidence is withdrawn: both are asked for again, told once, and the supervisor, who knows, is told nothing.
  closed.clear()
  clock.set(local('2026-11-25T09:30'))
  const again = { ...both, key: 'again', steps: [both.steps[0]!] }
  for (const notice of [spared, again, spared, again]) await post('/internal/notices', notice)
  await notifications.tick()
  await post('/internal/notices', spared)
  await notifications.tick()
  expect(subjects('worker')).toEqual(['Сроки на 25.11.2026: 2'])
  expect(subjects('supervisor')).toHaveLength(1)
})

test('CP-127: the responsible of a measure is written to by id, in their language, and their deputy when they are away', async () => {
  const measure = (of: string) =>
    visit(of, ['responsible'], {
      rule: 'CP-127',
      row: 'measure',
      people: { caseManager: people.worker, responsible: people.duty },
    })
  await post('/internal/notices', measure('П1-2026-1'))
  clock.set(local('2026-11-25T09:00'))
  await notifications.tick()
  expect(mail.to('duty@example.org')[0]?.mail.text).toContain('Вы получили это как: ответственный за меру')
  expect(subjects('worker')).toEqual([])
  await client.query(
    "INSERT INTO directory.absence (id, person, from_day, to_day, deputy) VALUES ($1, $2, '2026-11-25', '2026-11-25', $3)",
    [randomUUID(), people.duty, people.deputy],
  )
  await post('/internal/notices', measure('П1-2026-2'))
  await notifications.tick()
  expect(mail.to('deputy@example.org')[0]?.mail.text).toContain('шараға жауапты (орнына: Имя duty)')
  expect(subjects('duty')).toHaveLength(1)
})

test('the cases service does not answer in the morning: asked again, and after five minutes told unasked', async () => {
  around.casesAway = true
  await post('/internal/notices', visit('П1-2026-1', ['case-manager']))
  clock.set(local('2026-11-25T09:00'))
  for (let turns = 0; turns < 40 && mail.taken.length === 0; turns++) {
    await notifications.tick()
    const next = await notifications.nextInstant()
    if (next !== undefined && next > clock.now()) clock.set(next)
  }
  expect(subjects('worker')).toHaveLength(1)
  expect(clock.now()).toBe(local('2026-11-25T09:05'))
})

test('a file that changed hands: letters there name nobody of before, and a failed one is a task of the organisation of its case', async () => {
  const [other, boss] = [randomUUID(), randomUUID()]
  await client.query(
    `INSERT INTO directory.organisation (id, name_ru, name_kk, name_en, prefix, territory) VALUES ($1, 'Б', 'Б', 'B', 'П2', 'Т')`,
    [other],
  )
  await client.query(
    `INSERT INTO directory.person (id, login, name, role, organisation, email, lang, digest, active) VALUES ($1, 'boss', 'Имя boss', 'head', $2, 'boss@example.org', 'ru', true, true)`,
    [boss, other],
  )
  await client.query('UPDATE directory.organisation SET head = $2 WHERE id = $1', [other, boss])
  await post('/internal/notices', hour(['supervisor']))
  await post('/internal/notices', hour(['head'], { organisation: other, people: {} }))
  await notifications.tick()
  expect(mail.to('boss@example.org')).toHaveLength(1)
  expect(mail.to('boss@example.org')[0]!.mail.text).not.toMatch(/Имя supervisor/)

  // Invited from there without an address: their own head is told nothing of the case, the head of ours is.
  const home = randomUUID()
  await client.query(
    `INSERT INTO directory.person (id, login, name, role, organisation, lang, digest, active) VALUES ($1, 'home', 'Имя home', 'childrens-home-worker', $2, 'ru', true, true)`,
    [home, other],
  )
  await post('/internal/notices', visit('П1-2026-77', ['invited'], { event: 'participant-invited', people: { invited: home } }))
  clock.set(local('2026-11-25T09:00'))
  await notifications.tick()
  const { rows } = await client.query(`SELECT person, kind FROM notifications.letter WHERE subject LIKE '%П1-2026-77%' ORDER BY kind`)
  expect(new Map(rows.map(({ person, kind }) => [person, kind]))).toEqual(
    new Map([
      [home, 'notice'],
      [people.head, 'task'],
      [people.admin, 'task'],
    ]),
  )
})
