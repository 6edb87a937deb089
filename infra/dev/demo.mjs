// Demo data, entered as people would: through the public API, signed in as those who may. All names are invented.
// May be run again after a start that was killed half-way: what is there already is left as it is.
import { randomUUID } from 'node:crypto'

const DAY = 86_400_000
const MINUTE = 60_000

/** The local day of an instant (Kazakhstan is UTC+5). */
const dayOf = (at) => new Date(at + 5 * 3_600_000).toISOString().slice(0, 10)

const ORGANISATIONS = {
  zharqyn: {
    name: { ru: 'Поликлиника «Жарқын»', kk: '«Жарқын» емханасы', en: 'Zharqyn clinic' },
    prefix: 'ZHQ',
    territory: 'Жарқынқала',
  },
  tunyq: { name: { ru: 'Поликлиника «Тұнық»', kk: '«Тұнық» емханасы', en: 'Tunyq clinic' }, prefix: 'TNQ', territory: 'Тұнықсу' },
}

/** login, role, organisation, name, language, supervisor */
// oxfmt-ignore
const PEOPLE = [
  ['marat',   'supervisor',            'zharqyn', 'Марат Әбенұлы',        'kk'],
  ['elena',   'supervisor',            'zharqyn', 'Елена Полевая',        'ru'],
  ['bolat',   'head',                  'zharqyn', 'Болат Сарыарқин',      'ru'],
  ['aigerim', 'social-worker',         'zharqyn', 'Айгерім Дәуренқызы',   'kk', 'marat'],
  ['daniyar', 'social-worker',         'zharqyn', 'Данияр Көктемов',      'ru', 'marat'],
  ['timur',   'social-worker',         'zharqyn', 'Тимур Рассветов',      'en', 'elena'],
  ['olga',    'psychologist',          'zharqyn', 'Ольга Лугова',         'ru', 'marat'],
  ['saule',   'medic',                 'zharqyn', 'Сәуле Бұлақова',       'kk', 'marat'],
  ['gulnara', 'childrens-home-worker', 'zharqyn', 'Гүлнара Самалова',     'ru', 'elena'],
  ['nurlan',  'supervisor',            'tunyq',   'Нұрлан Таңатар',       'kk'],
  ['irina',   'head',                  'tunyq',   'Ирина Озёрная',        'ru'],
  ['asel',    'social-worker',         'tunyq',   'Әсел Жұлдызай',        'ru', 'nurlan'],
  ['zhanar',  'medic',                 'tunyq',   'Жанар Аққайың',        'kk', 'nurlan'],
  ['ruslan',  'commission-secretary',  'tunyq',   'Руслан Долинин',       'ru'],
  ['kamila',  'auditor',               undefined, 'Камила Ковылина',      'ru'],
].map(([login, role, organisation, name, lang, supervisor]) => ({ login, role, organisation, name, lang, supervisor }))

/** Who may sign in, for the table that `npm start` prints. The administrator is made by the service itself. */
export const DEMO_LOGINS = [{ login: 'admin', role: 'administrator' }, ...PEOPLE.map(({ login, role }) => ({ login, role }))]

const LEADERS = {
  zharqyn: { head: 'bolat', nextInLine: 'elena', supervisor: 'marat', duty: ['olga', 'saule', 'timur'] },
  tunyq: { head: 'irina', nextInLine: 'irina', supervisor: 'nurlan', duty: ['zhanar', 'asel'] },
}

const AGENCIES = [
  ['police', 'Отдел полиции', '102'],
  ['juvenile-inspection', 'Инспекция по делам несовершеннолетних', '103'],
  ['guardianship-body', 'Орган опеки и попечительства', '104'],
  ['commission-minors', 'Комиссия по делам несовершеннолетних', '105'],
  ['commission-services', 'Комиссия интегрированной модели', '106'],
  ['pmpk', 'Психолого-медико-педагогическая консультация', '107'],
  ['social-protection', 'Отдел социальной защиты', '108'],
  ['education', 'Отдел образования', '109'],
  ['childrens-home', 'Дом ребёнка «Ұя»', '110'],
  ['day-centre', 'Дневной центр «Шуақ»', '111'],
  ['maternity-hospital', 'Родильный дом', '112'],
]

const child = (name, birthDate, sex, address) => ({ name, birthDate, sex, address })

/** Eight cases. `paper`: begun on paper, entered by the act for it, so that no flood of old steps follows. `t`: days before and after today. */
const CASES = [
  {
    by: 'timur',
    paper: (t) => ({
      stage: 'comprehensive-assessment',
      level: 'medium',
      registeredDay: t(-30),
      assessmentDecidedDay: t(-20),
      child: child('Жансая Қоңыр', '2023-04-11', 'female', 'ул. Садовая, 4'),
    }),
  },
  {
    by: 'timur',
    paper: (t) => ({
      stage: 'planning',
      level: 'medium',
      registeredDay: t(-60),
      assessmentDecidedDay: t(-48),
      assessmentFinishedDay: t(-7),
      child: child('Артём Ветров', '2022-09-30', 'male', 'ул. Мельничная, 17'),
    }),
  },
  {
    by: 'daniyar',
    paper: (t) => ({
      stage: 'implementation',
      level: 'medium',
      registeredDay: t(-95),
      placement: 'with-parents',
      placementSince: t(-95),
      planDay: t(-40),
      lastHomeContact: t(-24),
      child: child('Ерасыл Бозторғай', '2021-12-02', 'male', 'ул. Степная, 9'),
    }),
  },
  {
    by: 'aigerim',
    paper: (t) => ({
      stage: 'implementation',
      level: 'high',
      registeredDay: t(-150),
      placement: 'childrens-home',
      placementSince: t(-120),
      planDay: t(-100),
      lastPhoneContact: t(-21),
      child: child('Мадина Ақшоқ', '2024-06-15', 'female', 'Дом ребёнка «Ұя»'),
    }),
  },
  {
    by: 'asel',
    paper: (t) => ({
      stage: 'monitoring',
      level: 'low',
      registeredDay: t(-400),
      placement: 'with-parents',
      placementSince: t(-400),
      planDay: t(-330),
      closedDay: t(-65),
      monitoringEnd: t(80),
      lastLook: t(-20),
      child: child('София Ручейкова', '2021-03-19', 'female', 'ул. Речная, 3'),
    }),
  },
  {
    by: 'asel',
    paper: (t) => ({
      stage: 'implementation',
      level: 'medium',
      registeredDay: t(-80),
      placement: 'foster-family',
      placementSince: t(-35),
      planDay: t(-35),
      lastHomeContact: t(-2),
      lastPhoneContact: t(-15),
      child: child('Алихан Көлбай', '2022-01-27', 'male', 'ул. Тополиная, 22'),
    }),
  },
  {
    by: 'saule',
    takenBy: 'aigerim',
    request: (now) => ({
      child: child('Томирис Жұпар', '2023-10-08', 'female', 'ул. Луговая, 12'),
      asker: { name: 'Участковая медсестра', status: 'медсестра' },
      ground: 'На приёме мать рассказала, что осталась без жилья и без помощи родных.',
      channel: 'in-person',
      source: 'medical-staff',
      reportedAt: new Date(now - 100 * MINUTE).toISOString(),
      criteria: ['M3'],
      level: 'medium',
      anotherChild: true,
    }),
  },
  {
    by: 'aigerim',
    request: (now) => ({
      child: child('Ернар Қаратал', '2022-05-21', 'male', 'ул. Заречная, 8'),
      asker: { name: 'Соседка', relation: 'соседка' },
      ground: 'Слышен плач, ребёнок один дома, на стук не открывают.',
      channel: 'phone',
      source: 'public',
      reportedAt: new Date(now - 8 * MINUTE).toISOString(),
      criteria: ['H5'],
      level: 'high',
      anotherChild: true,
    }),
  },
]

/**
 * Fills everything in. Throws when the services refuse something.
 * @param {{ issuerUrl: string, casesUrl: string, directoryUrl: string, adminLogin?: string, now?: number, log?: (line: string) => void }} options
 * @returns {Promise<{ people: { login: string, role: string }[], cases: { id: string, number: string }[] }>}
 */
export async function fillDemo({
  issuerUrl,
  casesUrl,
  directoryUrl,
  adminLogin = process.env.BOOTSTRAP_ADMIN ?? 'admin',
  now = Date.now(),
  log = () => {},
}) {
  const api = new Api(issuerUrl)
  const directory = (method, path, body, key, as = adminLogin) => api.ask(as, directoryUrl, method, path, body, key)
  const people = await fillDirectory(directory, now)
  log(`  ${Object.keys(ORGANISATIONS).length} organisations, ${PEOPLE.length + 1} people, ${AGENCIES.length * 2} agencies`)
  const cases = []
  for (const one of CASES) cases.push(await fillCase(api, casesUrl, one, people, now))
  log(`  ${cases.length} cases; the hour of ${cases.at(-1).number} is running`)
  return { people: DEMO_LOGINS.map((one) => (one.login === 'admin' ? { ...one, login: adminLogin } : one)), cases }
}

async function fillDirectory(directory, now) {
  const organisations = {}
  for (const [id, organisation] of Object.entries(ORGANISATIONS))
    organisations[id] = await directory('POST', '/api/organisations', organisation, `demo-${id}`)
  const people = {}
  for (const [at, { login, role, organisation, name, lang, supervisor }] of PEOPLE.entries()) {
    const email = `${login}@${organisation ?? 'tirek'}.example`
    const phone = `+7700000${String(1_000 + at)}`
    const person = {
      login,
      name,
      role,
      lang,
      email,
      phone,
      ...(organisation && { organisation: organisations[organisation].id }),
      ...(supervisor && { supervisor: people[supervisor].id }),
    }
    people[login] = await directory('POST', '/api/people', person, `demo-${login}`)
  }
  for (const [id, { head, nextInLine, supervisor, duty }] of Object.entries(LEADERS)) {
    const organisation = organisations[id].id
    await directory('PATCH', `/api/organisations/${organisation}`, {
      head: people[head].id,
      nextInLine: people[nextInLine].id,
      supervisor: people[supervisor].id,
    })
    for (const [at, login] of duty.entries()) {
      const body = { organisation, person: people[login].id, fromDay: dayOf(now - 30 * DAY), position: at + 1 }
      await directory('POST', '/api/duty', body, `demo-duty-${login}`, supervisor).catch(leaveAsItIs)
    }
  }
  const absence = { person: people.daniyar.id, fromDay: dayOf(now - DAY), toDay: dayOf(now + 9 * DAY), deputy: people.timur.id }
  await directory('POST', '/api/absences', absence, 'demo-absence', 'marat').catch(leaveAsItIs)
  for (const { territory, prefix } of Object.values(ORGANISATIONS)) {
    for (const [kind, name, ending] of AGENCIES) {
      const agency = {
        kind,
        territory,
        name: `${name}, ${territory}`,
        contact: 'Дежурный',
        email: `${kind}@${prefix.toLowerCase()}.example`,
        phone: `+7700000${ending}0`,
      }
      await directory('POST', '/api/agencies', agency, `demo-${prefix}-${kind}`)
    }
  }
  return people
}

/** Entered by an earlier start that was killed: its days differ, which is right. */
function leaveAsItIs(error) {
  if (error.code !== 'key-reused') throw error
}

async function fillCase(api, casesUrl, { by, paper, request, takenBy }, people, now) {
  const day = (n) => dayOf(now + n * DAY)
  const form = paper ? { ...paper(day), anotherChild: true } : request(now)
  const page =
    (await findCase(api, casesUrl, by, form.child.name)) ??
    (await api.ask(by, casesUrl, 'POST', paper ? '/api/cases/from-paper' : '/api/cases', form, randomUUID()))
  const { id, number, version, manager } = page.summary
  if (takenBy && manager !== people[takenBy].id) {
    const act = { happenedAt: new Date(now).toISOString(), version, form: { manager: people[takenBy].id } }
    await api.ask(takenBy, casesUrl, 'POST', `/api/cases/${id}/acts/taken-by-social-worker`, act, randomUUID())
  }
  return { id, number }
}

/** The case of this child, if an earlier start has entered it. */
async function findCase(api, casesUrl, by, name) {
  const { items } = await api.ask(by, casesUrl, 'GET', `/api/register?query=${encodeURIComponent(name)}`)
  const found = items.find((hit) => hit.name === name)
  return found && api.ask(by, casesUrl, 'GET', `/api/cases/${found.caseId}`)
}

class Api {
  #issuerUrl
  #tokens = new Map()
  constructor(issuerUrl) {
    this.#issuerUrl = issuerUrl
  }

  /** One request signed in as a person; tried again while a part is coming up. */
  async ask(login, base, method, path, body, key) {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#once(login, base, method, path, body, key)
      } catch (error) {
        if (tries >= 5 || (error.status !== undefined && error.status < 500)) throw error
        await new Promise((again) => setTimeout(again, 500 * tries))
      }
    }
  }

  async #once(login, base, method, path, body, key) {
    const answer = await fetch(base + path, {
      method,
      headers: {
        authorization: `Bearer ${await this.#tokenOf(login)}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(key && { 'idempotency-key': key.padEnd(8, '-') }),
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(15_000),
    })
    const text = await answer.text()
    const read = text ? JSON.parse(text) : undefined
    if (answer.ok) return read
    const why = [read?.title, ...(read?.errors ?? []).map(({ pointer, message }) => `${pointer} ${message}`)].join('; ')
    throw Object.assign(new Error(`demo data: ${method} ${path} as ${login}: ${answer.status} ${read?.code ?? ''} ${why}`), {
      status: answer.status,
      code: read?.code,
    })
  }

  async #tokenOf(login) {
    if (!this.#tokens.has(login)) {
      const asked = new URLSearchParams({ grant_type: 'urn:tirek:demo-login', client_id: 'tirek-web', login })
      const answer = await fetch(`${this.#issuerUrl}/token`, { method: 'POST', body: asked, signal: AbortSignal.timeout(10_000) })
      const { access_token: token, error } = await answer.json()
      if (!token) throw Object.assign(new Error(`demo data: no token for ${login}: ${error}`), { status: answer.status })
      this.#tokens.set(login, token)
    }
    return this.#tokens.get(login)
  }
}
