/** Fills the holes of a recipe with what this world holds, sends it, and learns from the answer. */
import { Agent, request } from 'node:http'
import { randomUUID } from 'node:crypto'
import type { Actor, Bed } from './bed.ts'
import type { Side } from './marks.ts'
import type { Operation, Service } from './operations.ts'
import type { Recipe } from './recipes.ts'

/** Longer than this is no answer, even on a machine that does much else. */
const IN_TIME_MS = 30_000
const UUID_IN = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/
/** A file in a page: its id stands before its name and its hash. */
const FILE = /"id":"([0-9a-f-]{36})","name":"(?:[^"\\]|\\.)*","type":/g
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/
/** So many ids of a kind are remembered. */
const MOST = 400

export type Sent = {
  recipe: Recipe
  actor: Actor
  url: string
  method: string
  path: string
  headers: Record<string, string>
  body: string | undefined
  bytes: Buffer | undefined
  mark: string
  /** Cases that the request names. */
  cases: string[]
}
export type Answered = { status: number; headers: Record<string, string>; text: string; json: unknown; ms: number }

type Known = { id: string; side: Side }

export class Asker {
  readonly bed: Bed
  /** By the part of a path before an id: `cases`, `absences`. */
  readonly #ids = new Map<string, Known[]>()
  readonly #versions = new Map<string, number>()
  readonly #numbers: Known[] = []
  readonly #cursors: string[] = []
  readonly #keys: string[] = []
  readonly #marks: Known[] = []
  /** Cases of stories: nobody else acts on them. */
  readonly #apart = new Set<string>()
  /** Meeting or referral → case. */
  readonly #caseOf = new Map<string, string>()
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 })
  #n = 0

  constructor(bed: Bed) {
    this.bed = bed
    this.#ids.set('people', [...bed.spares])
    this.#ids.set('organisations', [
      { id: bed.organisations.a, side: 'a' },
      { id: bed.organisations.b, side: 'b' },
    ])
  }

  /** `via` the pages' server the same is asked with the cookie of a session. */
  async ask(operation: Operation, recipe: Recipe, via: Service = operation.service): Promise<{ sent: Sent; answered: Answered }> {
    const sent = await this.#resolve(operation, recipe, via)
    if (sent.body) this.bed.marks.wrote(sent.actor.side, sent.body)
    const answered = await this.#send(sent)
    this.#learn(operation, sent, answered)
    return { sent, answered }
  }

  /** The same once more, with the same key and a token of now. */
  async again(operation: Operation, sent: Sent): Promise<Answered> {
    const via = (Object.keys(this.bed.urls) as Service[]).find((service) => this.bed.urls[service] === sent.url)!
    Object.assign(sent.headers, await this.#signed(sent.actor, via, { method: sent.method, path: sent.path, body: sent.bytes }))
    const answered = await this.#send(sent)
    this.#learn(operation, sent, answered)
    return answered
  }

  /** Of a case, a meeting or a referral, as it was last told. */
  versionOf(id: string): number {
    return this.#versions.get(id) ?? 1
  }

  async #resolve(operation: Operation, recipe: Recipe, via: Service): Promise<Sent> {
    // Whoever is signed out asks for it as somebody who is there for that alone.
    const isLeaving = operation.path === '/api/me/sign-out' || operation.path === '/auth/sign-out'
    const asked = this.bed.actors.get(recipe.as)!
    const actor = isLeaving && asked.side !== 'none' ? this.bed.actors.get(`${asked.side}.leaver`)! : asked
    // What the directory says of territories, agencies and days is everybody's; its people carry marks of their own (bed.ts).
    const mark = this.bed.marks.make(operation.service === 'directory' ? 'none' : actor.side)
    const fill = this.#filler(actor, mark)
    const path = fill(recipe.path)
    const caseId = /\/cases\/([0-9a-f-]{36})/.exec(path)?.[1]
    const body =
      recipe.body === undefined
        ? undefined
        : fill(recipe.body.replaceAll('"@version@"', String(this.versionOf(caseId ?? UUID_IN.exec(path)?.[0] ?? ''))))
    const headers = Object.fromEntries(Object.entries(recipe.headers).map(([name, value]) => [name, asHeader(fill(value))]))
    if (headers['idempotency-key'] && headers['idempotency-key'].length > 7) remember(this.#keys, headers['idempotency-key'])
    const whole = asPath(path + fill(recipe.query))
    const bytes = body === undefined ? undefined : Buffer.from(body, recipe.bytes ? 'latin1' : 'utf8')
    Object.assign(headers, await this.#signed(actor, via, { method: recipe.method, path: whole, body: bytes }))
    return {
      recipe,
      actor,
      url: this.bed.urls[via],
      method: recipe.method,
      path: whole,
      headers,
      body,
      bytes,
      mark,
      cases: [
        ...new Set([
          ...(caseId ? [caseId] : []),
          ...this.#casesNamed(path),
          ...(body?.match(/(?<="(?:caseId|otherCase)":")[0-9a-f-]{36}/g) ?? []),
        ]),
      ],
    }
  }

  /** Of the meetings and referrals that a path names: what is written there belongs to their cases. */
  #casesNamed(path: string): string[] {
    return (path.match(/[0-9a-f-]{36}/g) ?? []).flatMap((id) => this.#caseOf.get(id) ?? [])
  }

  async #signed(
    actor: Actor,
    via: Service,
    request: { method: string; path: string; body: Buffer | undefined },
  ): Promise<Record<string, string>> {
    if (actor.name === 'nobody') return {}
    if (actor.name === 'broken')
      return via === 'web'
        ? { cookie: 'tirek-443=eyJhbGciOiJkaXIifQ..x.y.z' }
        : { authorization: `Bearer ${BROKEN[this.#n++ % BROKEN.length]}` }
    if (actor.name === 'service') return { authorization: `Bearer ${await this.bed.serviceToken(via, request)}` }
    const { token, cookie } = await this.bed.sign(actor.name)
    return via === 'web' ? { cookie, 'sec-fetch-site': 'same-origin' } : { authorization: `Bearer ${token}` }
  }

  #filler(actor: Actor, mark: string): (text: string) => string {
    const { side } = actor
    // A service of ours mixes no organisations.
    const other = actor.name === 'service' || side === 'b' ? 'a' : 'b'
    const of = (whose: string) => (whose === 'other' ? other : side === 'none' ? 'a' : side)
    const nth = (known: Known[] | undefined, whose: string, n: string): string => {
      const fit = (known ?? []).filter((one) => one.side === of(whose))
      return fit.length > 0 ? fit[fit.length - 1 - (Number(n) % fit.length)]!.id : NOWHERE
    }
    return (text) =>
      text.includes('@')
        ? text.replaceAll(
            /@([a-z-]+)(?::([a-z-]+))?(?::(own|other))?(?::(\d+))?@/g,
            (hole, what: string, a: string, b: string, n = '0') => {
              if (what === 'mark') return mark
              if (what === 'mark-own') return nth(this.#marks, 'own', '0')
              if (what === 'foreign') return nth(this.#marks, 'other', '0')
              if (what === 'id') return nth(this.#ids.get(a), b, n)
              if (what === 'case') return nth(this.#ids.get('cases'), a, n)
              if (what === 'person') return this.bed.id(`${of(a)}.social-worker`)
              if (what === 'supervisor') return this.bed.id(`${of(a)}.supervisor`)
              if (what === 'organisation') return this.bed.organisations[of(a)]
              if (what === 'number') return nth(this.#numbers, a, n)
              if (what === 'cursor') return this.#cursors[this.#n++ % Math.max(1, this.#cursors.length)] ?? 'AAAA'
              if (what === 'key') return randomUUID()
              if (what === 'key-again') return this.#keys[this.#n++ % Math.max(1, this.#keys.length)] ?? randomUUID()
              if (what === 'iin') return String(100_000_000_000 + ++this.#n)
              if (what === 'phone') return `+7701${String(1_000_000 + ++this.#n).slice(-7)}`
              return hole
            },
          )
        : text
  }

  #send(sent: Sent): Promise<Answered> {
    const body = sent.bytes
    const { hostname, port } = new URL(sent.url)
    const started = performance.now()
    return new Promise((answered, failed) => {
      const asked = request(
        {
          hostname,
          port,
          method: sent.method,
          path: sent.path,
          agent: this.#agent,
          headers: { ...sent.headers, ...(body && { 'content-length': String(body.length) }) },
        },
        (answer) => {
          const parts: Buffer[] = []
          answer.on('data', (part: Buffer) => parts.push(part))
          answer.on('error', failed)
          answer.on('end', () => {
            clearTimeout(late)
            const text = Buffer.concat(parts).toString('utf8')
            answered({
              status: answer.statusCode!,
              headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
              text,
              json: read(text),
              ms: performance.now() - started,
            })
          })
        },
      )
      const late = setTimeout(() => asked.destroy(new Error(`no answer within ${IN_TIME_MS} ms`)), IN_TIME_MS)
      asked.on('error', (error: Error) => {
        clearTimeout(late)
        failed(error)
      })
      asked.end(body)
    })
  }

  /** Cases, versions, ids, cursors and numbers for the requests to come. */
  #learn(operation: Operation, { recipe, actor, cases, mark, body, method, path }: Sent, { status, json, text }: Answered): void {
    const { marks } = this.bed
    if (body?.includes(mark)) {
      marks.sentTo(mark, cases)
      if (actor.side !== 'none' && status < 300) remember(this.#marks, { id: mark, side: actor.side })
    }
    if (status < 300) {
      if (sentTo(operation, 'hand-over-offered', path)) for (const id of cases) marks.offered(id)
      if (sentTo(operation, 'handed-over', path) || sentTo(operation, 'hand-over-accepted', path))
        for (const id of cases) marks.handedOver(id)
    }
    const isApart = recipe.headers['x-request-id'] === APART
    if (status >= 300 || json === null || typeof json !== 'object') return
    if (operation.service === 'meetings' || operation.service === 'referrals') this.#learnProceeding(actor.side, json)
    const { summary } = json as { summary?: { id?: string; number?: string; version?: number; organisation?: string } }
    if (summary?.id && summary.number) {
      const side = summary.organisation === this.bed.organisations.a ? 'a' : 'b'
      marks.note(summary.id, side, summary.number)
      this.#versions.set(summary.id, Math.max(summary.version ?? 1, this.versionOf(summary.id)))
      if (body?.includes(mark)) marks.sentTo(mark, [summary.id])
      if (isApart) this.#apart.add(summary.id)
      if (!this.#apart.has(summary.id) && !this.#ids.get('cases')?.some(({ id }) => id === summary.id)) {
        remember(this.#pool('cases'), { id: summary.id, side })
        remember(this.#numbers, { id: summary.number, side })
      }
    }
    const next = (json as { next?: unknown }).next
    if (typeof next === 'string') remember(this.#cursors, encodeURIComponent(next))
    const segment = operation.path.split('/')[2]
    // Actors are never changed by others: only spare people are.
    if (
      !segment ||
      operation.path.endsWith('/uploads') ||
      ['cases', 'people', 'me', 'worklist', 'register', 'journals'].includes(segment) ||
      text.length > 200_000
    )
      return
    for (const one of [json, ...((json as { items?: unknown[] }).items ?? [])].slice(0, 10)) {
      const { id } = (one ?? {}) as { id?: unknown }
      if (typeof id !== 'string' || !(UUID.test(id) || segment === 'editions') || method === 'DELETE') continue
      const pool = this.#pool(segment)
      if (!pool.some((known) => known.id === id)) remember(pool, { id, side: actor.side === 'none' ? 'a' : actor.side })
    }
  }

  /** The case, the version and the files of a meeting or a referral whose page this is. */
  #learnProceeding(side: Side, page: object): void {
    const { id, caseId, version } = page as { id?: unknown; caseId?: unknown; version?: unknown }
    if (typeof id !== 'string' || typeof caseId !== 'string') return
    this.#caseOf.set(id, caseId)
    if (typeof version === 'number') this.#versions.set(id, Math.max(version, this.versionOf(id)))
    const files = this.#pool('files')
    for (const [, file] of JSON.stringify(page).matchAll(FILE))
      if (file && !files.some((known) => known.id === file)) remember(files, { id: file, side: side === 'none' ? 'a' : side })
  }

  #pool(segment: string): Known[] {
    if (!this.#ids.has(segment)) this.#ids.set(segment, [])
    return this.#ids.get(segment)!
  }

  close(): void {
    this.#agent.destroy()
  }
}

const sentTo = ({ path: of }: Operation, kind: string, path: string) => of.endsWith('/acts/{kind}') && path.includes(`/acts/${kind}`)

/** As request id: the case that this opens belongs to a story. */
export const APART = 'a-story-of-its-own'
const NOWHERE = '00000000-0000-4000-8000-000000000001'
const BROKEN = [
  'x',
  'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.',
  'a.b.c',
  `${'e'.repeat(9_000)}.x.y`,
  'eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjk5OTk5OTk5OTl9.AAAA',
]

function remember<T>(list: T[], one: T): void {
  list.push(one)
  if (list.length > MOST) list.splice(1, 1)
}

/** What Node's client refuses to write is written as a careless client would: encoded. */
const encoded = (sign: string): string => (sign.isWellFormed() ? encodeURIComponent(sign) : '%EF%BF%BD')
// oxlint-disable-next-line no-control-regex -- these are what must not be written
const asHeader = (text: string): string => text.replaceAll(/[\0-\x08\x0a-\x1f\x7f]|[^\0-\xff]/gu, encoded)
// oxlint-disable-next-line no-control-regex -- these are what must not be written
const asPath = (text: string): string => text.replaceAll(/[^\x21-\x7e]/gu, encoded)

function read(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
