/** What people, our other services and time do with meetings, in a place of their own. Temporal is away. */
import type { MeetingActKind, MeetingPage } from '@tirek/contract/meetings'
import type { MeetingCalledInput } from '@tirek/contract/forms/meeting'
import type { Mail, MailNewsTold } from '@tirek/contract/mails'
import { scratchKeyOf } from '@tirek/platform/scratch-service-keys'
import { ServiceCaller } from '@tirek/platform/service-tokens'
import { addDays } from '@tirek/procedure/time'
import { createHash, randomUUID } from 'node:crypto'
import { MeetingsPlace } from './meetings-place.fixture.ts'

export type Answer<T = any> = { status: number; body: T }

export class MeetingsWorld extends MeetingsPlace {
  /** `more`: settings of the services, such as where another one is. */
  static async open(more: Record<string, string> = {}): Promise<MeetingsWorld> {
    const world = new MeetingsWorld()
    await world.boot(more)
    return world
  }

  async ask<T = any>(
    login: string | undefined,
    method: string,
    path: string,
    body?: unknown,
    key: string = randomUUID(),
  ): Promise<Answer<T>> {
    return this.#ask(
      path.startsWith('/api/meetings') || path.startsWith('/internal') ? this.meetings.url : this.cases.url,
      login,
      method,
      path,
      body,
      key,
    )
  }

  async #ask(url: string, login: string | undefined, method: string, path: string, body: unknown, key: string): Promise<Answer> {
    const answer = await fetch(url + path, {
      method,
      headers: {
        'accept-language': 'en',
        ...(login ? { authorization: `Bearer ${this.people.get(login)!.token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'POST' ? { 'idempotency-key': key } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text ? JSON.parse(text) : undefined }
  }

  /** A case of aigul's whose plan stands. */
  async caseWithPlan(login = 'aigul'): Promise<{ id: string; number: string }> {
    const at = new Date(this.clock.now()).toISOString()
    const opened = await this.ask(login, 'POST', '/api/cases', {
      child: { name: `Ребёнок ${randomUUID().slice(0, 8)}`, birthDate: '2024-03-05', sex: 'female' },
      asker: { notNamed: true },
      ground: 'Соседи слышат крики',
      channel: 'phone',
      source: 'public',
      reportedAt: at,
      criteria: ['M1'],
      level: 'medium',
    })
    if (opened.status !== 201) throw new Error(JSON.stringify(opened.body))
    const { id, number } = opened.body.summary
    await this.actOnCase(login, id, 'placement-recorded', { placement: 'with-parents' })
    await this.actOnCase(login, id, 'primary-assessment-done', { outcome: 'confirmed', reason: 'Подтвердилось' })
    return { id, number }
  }

  /** Assessment and plan of a case that has neither. */
  async planFor(caseId: string, login = 'aigul'): Promise<void> {
    const said = { care: 'слабая' }
    await this.actOnCase(login, caseId, 'assessment-finished', {
      cause: 'Риск отказа',
      timeAndPeople: 'ноябрь',
      health: { body: 'здоров' },
      care: said,
      environment: { housing: 'тесно' },
      recommendations: 'помочь',
      familySigned: true,
      signsOfCruelty: false,
      confirmed: 'yes',
      level: 'medium',
      analysis: {
        strengths: 'бабушка',
        concerns: 'нет дохода',
        consequences: 'отказ',
        response: 'готовы',
        abilityToProtect: 'есть',
        abilityToChange: 'есть',
        helpNeeded: 'работа',
      },
    })
    await this.actOnCase(login, caseId, 'plan-signed', {
      planVersion: 1,
      needs: [{ kind: 'family', text: 'Жилье' }],
      measures: [{ id: randomUUID(), action: 'Оформить пособие', due: addDays(this.monday, 30), responsible: 'family' }],
    })
  }

  async actOnCase(login: string, caseId: string, kind: string, form: unknown): Promise<void> {
    const { rows } = await this.admin.query('SELECT version FROM cases."case" WHERE id = $1', [caseId])
    const body = { happenedAt: new Date(this.clock.now()).toISOString(), version: rows[0].version, form }
    const { status, body: answer } = await this.ask(login, 'POST', `/api/cases/${caseId}/acts/${kind}`, body)
    if (status !== 200) throw new Error(`${kind}: ${status} ${JSON.stringify(answer)}`)
  }

  /** Six agencies, the first two needed, a nurse's colleague and a grandmother without an address. */
  calledForm(caseId: string, more: Partial<MeetingCalledInput> = {}): MeetingCalledInput {
    return {
      caseId,
      kind: 'interagency',
      agenda: ['Помощь семье с жильем'],
      place: 'Кабинет 214',
      startsAt: this.when(10, '15:00'),
      endsAt: this.when(10, '16:30'),
      agreement: { supervisor: this.id('saule'), day: this.monday },
      phone: '+77010000001',
      invitees: [
        ...this.agencies.slice(0, 5).map((agency, n) => ({ who: 'agency' as const, agency, role: `роль ${n + 1}`, needed: n < 2 })),
        { who: 'person', person: this.id('erlan'), role: 'психолог' },
        { who: 'family', name: 'Роза Ахметова', phone: '+77015550008', lang: 'kk', role: 'бабушка' },
      ],
      ...more,
    }
  }

  async call(caseId: string, more: Partial<MeetingCalledInput> = {}, login = 'aigul'): Promise<MeetingPage> {
    const { status, body } = await this.ask(login, 'POST', '/api/meetings', this.calledForm(caseId, more))
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`)
    return body
  }

  /** Records an act on the newest version; throws when it is refused. */
  async act(meeting: { id: string }, act: MeetingActKind, form: unknown, login = 'aigul'): Promise<MeetingPage> {
    const { status, body } = await this.tryAct(meeting, act, form, login)
    if (status !== 200) throw new Error(`${act}: ${status} ${JSON.stringify(body)}`)
    return body
  }

  async tryAct(meeting: { id: string }, act: MeetingActKind, form: unknown, login = 'aigul', version?: number): Promise<Answer> {
    const { rows } = await this.admin.query('SELECT version FROM meetings.meeting WHERE id = $1', [meeting.id])
    return this.ask(login, 'POST', `/api/meetings/${meeting.id}/${act}`, { version: version ?? rows[0].version, form })
  }

  async page(meeting: { id: string }, login = 'aigul'): Promise<MeetingPage> {
    return (await this.ask(login, 'GET', `/api/meetings/${meeting.id}`)).body
  }

  /** Tells the service something as the notifications service does. */
  news = (news: MailNewsTold, expected = 200): Promise<any> => this.#asService('notifications', '/internal/mail-news', news, expected)

  /** Asks as the relay of the cases does when a case is erased. Its workflows cannot be ended while Temporal is away: 503. */
  erase = (caseId: string, expected = 503): Promise<any> => this.#asService('relay', '/internal/cases/erase', { caseId }, expected)

  /** A file as the notifications service asks for it when its link is opened. */
  async fileFor(id: string): Promise<unknown> {
    const path = `/internal/files/${id}`
    const token = await new ServiceCaller('notifications', scratchKeyOf('notifications')).token('meetings', {
      method: 'GET',
      path,
      body: undefined,
    })
    return (await fetch(this.meetings.url + path, { headers: { authorization: `Bearer ${token}` } })).json()
  }

  /** Status and SHA-256 of what is downloaded. */
  async bytes(login: string, path: string): Promise<[number, string]> {
    const answer = await fetch(this.meetings.url + path, { headers: { authorization: `Bearer ${this.people.get(login)!.token}` } })
    return [
      answer.status,
      createHash('sha256')
        .update(Buffer.from(await answer.arrayBuffer()))
        .digest('hex'),
    ]
  }

  heldOf = (caseId: string, as: 'cases' | 'relay' = 'cases'): Promise<any> => this.#asService(as, '/internal/cases/held', { caseId }, 200)

  async #asService(name: 'cases' | 'notifications' | 'relay', path: string, what: unknown, expected: number): Promise<any> {
    const body = JSON.stringify(what)
    const answer = await fetch(this.meetings.url + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await new ServiceCaller(name, scratchKeyOf(name)).token('meetings', { method: 'POST', path, body })}`,
      },
      body,
    })
    if (answer.status !== expected) throw new Error(`${answer.status} ${await answer.text()}`)
    return answer.json()
  }

  /** An answer by calendar or link, given now. */
  answer(meeting: MeetingPage, nth: number, answer: 'accepted' | 'declined' | 'tentative', more: object = {}): Promise<any> {
    return this.news({
      what: 'answer',
      key: randomUUID(),
      meeting: meeting.id,
      invitee: meeting.invitees[nth]!.id,
      by: 'calendar',
      answer,
      at: this.clock.now(),
      ...more,
    })
  }

  /** Carries mails, acts and notices; what is for Temporal is thrown away, since it is away and each try takes seconds. */
  async deliver(): Promise<void> {
    await this.admin.query(`DELETE FROM cases.outbox; DELETE FROM meetings.outbox WHERE kind = 'facts'`)
    while ((await this.meetings.tick()) > 0)
      await this.admin.query(`DELETE FROM cases.outbox; DELETE FROM meetings.outbox WHERE kind = 'facts'`)
  }

  /** Mails as they were asked for: by sequence, then by address. */
  sent(): Mail[] {
    const at = ({ calendar, about, to }: Mail) => `${calendar?.sequence ?? about.protocol?.version ?? 0} ${to.address}`
    return this.mails.toSorted((a, b) => (at(a) < at(b) ? -1 : 1))
  }
}
