/** Sends every form that people fill, marked and wrong in many ways, by way of the web server as a browser would. */
import { definitionOf, KINDS } from '@tirek/contract/acts'
import { ACT_FORMS, JOURNAL_ROWS } from '@tirek/contract/examples/examples'
import { MEETING_FORMS } from '@tirek/contract/examples/meetings'
import { REFERRAL_FORMS, REFERRAL_PREPARED } from '@tirek/contract/examples/referrals'
import { JournalEntryForms } from '@tirek/contract/forms/journals'
import { MeetingCalled } from '@tirek/contract/forms/meeting'
import { MEETING_ACT_KINDS, MEETING_ACTS } from '@tirek/contract/meetings'
import { ReferralPrepared } from '@tirek/contract/forms/referral'
import { REFERRAL_ACT_KINDS, REFERRAL_ACTS } from '@tirek/contract/referrals'
import type { Role } from '@tirek/contract/roles'
import { mayDo, ROUTES, type Work } from '@tirek/policy/work'
import type { RunningSystem } from '../world/running.ts'
import { LATIN, typedForm, TYPED } from './leaks.fixture.ts'

/** What was answered to whom; `what` names the form. */
export type Sent = { what: string; status: number; text: string }

/** Modules of contract/src/examples whose forms are sent here. */
export const EXAMPLES = ['access', 'examples', 'family', 'intake', 'meetings', 'referrals', 'rights', 'support'] as const
/** Who asks what only some may: the first who may. */
const ASKERS = [
  ['timur', 'social-worker'],
  ['marat', 'supervisor'],
  ['bolat', 'head'],
  ['admin', 'administrator'],
  ['kamila', 'auditor'],
] as const satisfies readonly (readonly [string, Role])[]

const OPENING: readonly string[] = ['help-request-registered', 'taken-over-from-paper']
const now = () => new Date(Date.now() - 2_000).toISOString()

export class EveryForm {
  readonly sent: Sent[] = []
  readonly #system: RunningSystem

  constructor(system: RunningSystem) {
    this.#system = system
  }

  async #ask(
    what: string,
    login: string,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<any> {
    const answer = await fetch(this.#system.at.webUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${await this.#system.token(login)}`,
        'accept-language': `kk, ${LATIN};q=0.5`,
        'user-agent': `${LATIN}/1.0`,
        referer: `https://example.org/?q=${encodeURIComponent(TYPED)}`,
        'x-request-id': `${LATIN}-${crypto.randomUUID().slice(0, 8)}`,
        'x-forwarded-for': LATIN,
        'idempotency-key': `${LATIN}-${crypto.randomUUID()}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
    })
    const text = await answer.text()
    this.sent.push({ what, status: answer.status, text })
    return answer.ok && text.startsWith('{') ? JSON.parse(text) : undefined
  }

  /** The ids of the cases that forms made. */
  async acts(): Promise<string[]> {
    const opened: string[] = []
    for (const [kind, path] of [
      ['help-request-registered', '/api/cases'],
      ['taken-over-from-paper', '/api/cases/from-paper'],
    ] as const) {
      const form = typedForm(definitionOf(kind).form, ACT_FORMS[kind])
      const right = { ...form, reportedAt: now(), anotherChild: true }
      const page = await this.#ask(kind, 'timur', 'POST', path, kind === 'help-request-registered' ? right : form)
      if (page?.summary) opened.push(page.summary.id as string)
      await this.#wrong(kind, 'timur', path, (body) => body, right)
    }
    const listed = await this.#ask('cases', 'timur', 'GET', '/api/cases?limit=100')
    const ids = [...opened, ...(listed.items as { id: string }[]).map(({ id }) => id)].slice(0, 5)
    for (const kind of KINDS.filter((one) => !OPENING.includes(one))) {
      const form = typedForm(definitionOf(kind).form, ACT_FORMS[kind])
      for (const id of ids) {
        const { rows } = await this.#system.db.query('SELECT version FROM cases."case" WHERE id = $1', [id])
        const body = { happenedAt: now(), version: rows[0].version, form }
        await this.#ask(kind, 'timur', 'POST', `/api/cases/${id}/acts/${kind}`, body)
        if (this.sent.at(-1)!.status === 200) break
      }
      await this.#wrong(
        kind,
        'timur',
        `/api/cases/${ids[0]}/acts/${kind}`,
        (wrong) => ({ happenedAt: now(), version: 1, form: wrong }),
        form,
      )
      await this.#ask(`${kind}, wrong time`, 'timur', 'POST', `/api/cases/${ids[0]}/acts/${kind}`, {
        happenedAt: TYPED,
        version: TYPED,
        form,
      })
    }
    return opened
  }

  /** A form of another shape, an unknown member, a value where none is, JSON that breaks off. */
  async #wrong(
    what: string,
    login: string,
    path: string,
    around: (form: unknown) => unknown,
    form: Record<string, unknown>,
    method = 'POST',
  ) {
    const [first = 'a'] = Object.keys(form)
    const wrong: unknown[] = [
      around({ ...form, [`${TYPED}-${LATIN}`]: TYPED }),
      around({ ...form, [first]: { [TYPED]: LATIN } }),
      around(Object.fromEntries(Object.keys(form).map((name) => [name, `${TYPED}\u0000`]))),
      around(`${TYPED}`),
      `{"form":{"name":"${TYPED}`,
    ]
    for (const [i, body] of wrong.entries()) await this.#ask(`${what}, wrong ${i}`, login, method, path, body)
  }

  async journals(): Promise<void> {
    for (const name of Object.keys(JOURNAL_ROWS) as (keyof typeof JOURNAL_ROWS)[]) {
      const form = { ...typedForm(JournalEntryForms[name], JOURNAL_ROWS[name]), happenedAt: now() }
      await this.#ask(`journal ${name}`, 'timur', 'POST', `/api/journals/${name}`, form)
      await this.#wrong(`journal ${name}`, 'timur', `/api/journals/${name}`, (wrong) => wrong, form)
    }
  }

  async directory(): Promise<void> {
    const name = { ru: TYPED, kk: TYPED, en: TYPED }
    const organisation = { name, prefix: 'ЗЫБ', territory: TYPED }
    const person = { login: `${LATIN}.1`, name: TYPED, role: 'medic', email: `${LATIN}@example.org`, phone: '+77015550177' }
    const agency = {
      kind: 'police',
      name: TYPED,
      territory: TYPED,
      contact: TYPED,
      phone: '+77015550178',
      email: `${LATIN}@example.org`,
      powers: TYPED,
    }
    for (const [path, body] of [
      ['organisations', organisation],
      ['people', person],
      ['agencies', agency],
    ] as const) {
      await this.#ask(path, 'admin', 'POST', `/api/${path}`, body)
      // Once more: a unique key of the database refuses it, and its message would hold the value.
      await this.#ask(`${path} again`, 'admin', 'POST', `/api/${path}`, body)
      await this.#wrong(path, 'admin', `/api/${path}`, (wrong) => wrong, body)
    }
    await this.#ask('me', 'timur', 'PATCH', '/api/me', { lang: TYPED, [TYPED]: LATIN })
  }

  /** A meeting whose family is marked wherever a mail to others does not say it; each of its acts, and those of referrals, right and wrong. */
  async proceedings(caseId: string): Promise<void> {
    const { rows } = await this.#system.db.query(`SELECT id FROM directory.person WHERE login = 'marat'`)
    const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString()
    const call = {
      caseId,
      kind: 'interagency',
      agenda: ['Помощь семье'],
      place: 'Кабинет 1',
      ...{ startsAt: day(20), endsAt: new Date(Date.parse(day(20)) + 3_600_000).toISOString() },
      agreement: { supervisor: rows[0].id, day: new Date().toISOString().slice(0, 10) },
      invitees: [{ who: 'family', name: TYPED, phone: '+77015550177', lang: 'kk', role: TYPED }],
    }
    const meeting = await this.#ask('meeting-called', 'timur', 'POST', '/api/meetings', call)
    await this.#wrong('meeting-called', 'timur', '/api/meetings', (body) => body, typedForm(MeetingCalled, call))
    const invitee = meeting?.invitees?.[0]?.id as string | undefined
    if (meeting) {
      const path = `/api/meetings/${meeting.id}`
      const answered = await this.#ask('meeting answered', 'timur', 'POST', `${path}/answered`, {
        version: meeting.version,
        form: { invitee, answer: 'tentative', comment: TYPED },
      })
      await this.#ask('meeting invited', 'timur', 'POST', `${path}/invited`, {
        version: answered?.version ?? meeting.version,
        form: { invitee: { who: 'family', name: TYPED, role: TYPED } },
      })
    }
    for (const act of MEETING_ACT_KINDS) {
      const form = typedForm(MEETING_ACTS[act].form as never, MEETING_FORMS[act])
      await this.#wrong(
        `meeting ${act}`,
        'timur',
        `/api/meetings/${meeting?.id ?? caseId}/${act}`,
        (wrong) => ({ version: 1, form: wrong }),
        form,
      )
    }
    await this.#wrong('referral', 'timur', '/api/referrals', (body) => body, typedForm(ReferralPrepared as never, REFERRAL_PREPARED))
    for (const act of REFERRAL_ACT_KINDS) {
      const form = typedForm(REFERRAL_ACTS[act].form as never, REFERRAL_FORMS[act])
      await this.#wrong(`referral ${act}`, 'timur', `/api/referrals/${caseId}/${act}`, (wrong) => ({ version: 1, form: wrong }), form)
    }
  }

  /** Agencies as a table and one by one, and what links of letters send. */
  async tables(): Promise<void> {
    const csv = (rows: string) => ({ csv: `kind;territory;name;contact;email\n${rows}` })
    await this.#ask(
      'agencies imported',
      'admin',
      'POST',
      '/api/agencies/import',
      csv(`police;${TYPED};${TYPED};${TYPED};${LATIN}2@example.org`),
    )
    await this.#ask('agencies, a wrong table', 'admin', 'POST', '/api/agencies/import', csv(`${TYPED};${TYPED};;${TYPED};${TYPED}`))
    await this.#ask('agencies, no table', 'admin', 'POST', '/api/agencies/import', { csv: `${TYPED}"${TYPED}` })
    for (const what of ['look', 'use', 'file', 'decision'])
      await this.#ask(
        `link ${what}`,
        'timur',
        'POST',
        `/l/${what}`,
        new URLSearchParams({
          token: 'A'.repeat(43),
          answer: TYPED,
          comment: TYPED,
          code: TYPED,
          text: TYPED,
          name: TYPED,
        }).toString(),
        { 'content-type': 'application/x-www-form-urlencoded' },
      )
  }

  /** Every route that the policy names, by who may, with marks where something stands that nobody expects: a new route needs no line here. */
  async routes(): Promise<string[]> {
    const asked: string[] = []
    for (const [route, row] of Object.values(ROUTES).flatMap((of) => Object.entries<{ work: Work }>(of))) {
      const [method, path] = route.split(' ') as [string, string]
      // Not reached through the pages.
      if (path.startsWith('/internal') || path.startsWith('/api/links')) continue
      const login = ASKERS.find(([, role]) => mayDo(role, row.work))?.[0]
      if (!login) throw new Error(`nobody of the demo may ${route}`)
      asked.push(route)
      const named = path.replaceAll(/:(\w+)/g, (_, name: string) => (/^(id|file|contact|act)$/.test(name) ? crypto.randomUUID() : LATIN))
      const q = encodeURIComponent(TYPED)
      await this.#ask(
        `route ${route}`,
        login,
        method,
        `${named}?${q}=${q}&caseId=${q}`,
        method === 'GET' || method === 'DELETE' ? undefined : { [TYPED]: LATIN },
      )
      if (method !== 'GET' && method !== 'DELETE')
        await this.#wrong(`route ${route}`, login, named, (wrong) => wrong, { name: TYPED, form: TYPED, reason: TYPED }, method)
    }
    return asked
  }

  async addresses(): Promise<void> {
    const q = encodeURIComponent(`${TYPED} ${LATIN}`)
    const paths = [
      `/api/register?query=${q}`,
      `/api/register?${q}=${q}`,
      `/api/cases?cursor=${q}&stage=${q}`,
      `/api/people?role=${q}&after=${q}`,
      `/api/trail?who=${q}`,
      `/api/cases/${q}`,
      `/api/cases/${LATIN}/acts/${LATIN}`,
      `/api/journals/${LATIN}`,
      `/api/${q}`,
      `/${q}`,
      `/l/${LATIN}`,
      `/auth/sign-in?to=/${q}`,
      `/auth/callback?code=${q}&state=${q}`,
      `/api/docs/${LATIN}`,
      `/internal/${LATIN}?${q}`,
    ]
    for (const path of paths) await this.#ask(`address ${paths.indexOf(path)}`, 'timur', 'GET', path)
    const form = new URLSearchParams({ token: LATIN, answer: LATIN, text: TYPED, name: TYPED, handedIn: TYPED }).toString()
    for (const page of ['use', 'decision', 'file'])
      await this.#ask(`a form of a link, ${page}`, 'timur', 'POST', `/l/${page}`, form, {
        'content-type': 'application/x-www-form-urlencoded',
      })
    const bad = { authorization: `Bearer ${LATIN}.${LATIN}.${LATIN}`, cookie: `tirek-3000=${LATIN}; a=${LATIN}` }
    await this.#ask('a bad token', 'timur', 'GET', '/api/worklist', undefined, bad)
    await this.#ask('a bad kind of content', 'timur', 'POST', '/api/cases', TYPED, { 'content-type': `text/${LATIN}` })
  }
}
