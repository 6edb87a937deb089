// Demo data, entered as people would: through the public API, signed in as those who may. All names are invented.
// May be run again after a start that was killed half-way: what is there already is left as it is.
import { randomUUID } from 'node:crypto'
import { fillMeetings } from './demo-meetings.mjs'
import { AGENCIES, CASES, DEMO_LOGINS, LEADERS, ORGANISATIONS, PEOPLE } from './demo-data.mjs'

export { DEMO_LOGINS }

const DAY = 86_400_000

/** The local day of an instant (Kazakhstan is UTC+5). */
const dayOf = (at) => new Date(at + 5 * 3_600_000).toISOString().slice(0, 10)

/**
 * Fills everything in. Throws when the services refuse something.
 * @param {{ issuerUrl: string, casesUrl: string, directoryUrl: string, meetingsUrl?: string, adminLogin?: string, now?: number, log?: (line: string) => void }} options
 * @returns {Promise<{ people: { login: string, role: string }[], cases: { id: string, number: string }[] }>}
 */
export async function fillDemo({
  issuerUrl,
  casesUrl,
  directoryUrl,
  meetingsUrl,
  adminLogin = process.env.BOOTSTRAP_ADMIN ?? 'admin',
  now = Date.now(),
  log = () => {},
}) {
  const api = new Api(issuerUrl)
  const directory = (method, path, body, key, as = adminLogin) => api.ask(as, directoryUrl, method, path, body, key)
  const people = await fillDirectory(directory, now)
  log(`  ${Object.keys(ORGANISATIONS).length} organisations, ${PEOPLE.length + 1} people, ${AGENCIES.length * 2} agencies`)
  const cases = []
  const byChild = new Map()
  for (const one of CASES) {
    const { child, ...made } = await fillCase(api, casesUrl, one, people, now)
    byChild.set(child, made)
    cases.push(made)
  }
  if (meetingsUrl) {
    const agenciesOf = async (territory) =>
      (await directory('GET', `/api/agencies?limit=100&territory=${encodeURIComponent(territory)}`)).items
    await fillMeetings({ ask: (login, ...more) => api.ask(login, meetingsUrl, ...more), agenciesOf, cases: byChild, now })
    log('  2 meetings: one is called, of the other the protocol is on its way')
  }
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
    for (const [kind, name, ending, files] of AGENCIES) {
      const host = `${prefix.toLowerCase()}.example`
      const contacts = [
        { name: 'Приемная', position: 'дежурный', email: `${kind}@${host}`, phone: `+7700000${ending}0`, lang: 'ru' },
        { name: 'Специалист по делам детей', email: `${kind}-kk@${host}`, phone: `+7700000${ending}1`, lang: 'kk' },
      ]
      const agency = { kind, territory, name: `${name}, ${territory}`, contacts }
      const { id, contacts: made } = await directory('POST', '/api/agencies', agency, `demo-${prefix}-${kind}`)
      if (files) await directory('PUT', `/api/agencies/${id}/contacts/${made[0].id}/files`, { email: made[0].email, may: true })
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
  return { id, number, child: form.child.name }
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
      redirect: 'error',
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
      const answer = await fetch(`${this.#issuerUrl}/token`, {
        method: 'POST',
        body: asked,
        redirect: 'error',
        signal: AbortSignal.timeout(10_000),
      })
      const { access_token: token, error } = await answer.json()
      if (!token) throw Object.assign(new Error(`demo data: no token for ${login}: ${error}`), { status: answer.status })
      this.#tokens.set(login, token)
    }
    return this.#tokens.get(login)
  }
}
