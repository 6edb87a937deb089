/** The web application's server: pages, session and the way to the services. */
import cookie from '@fastify/cookie'
import { formOf } from '@tirek/contract/forms/described'
import { langOf, ROLES } from '@tirek/contract/roles'
import { Person } from '@tirek/contract/people'
import { bearerOf, NO_ORGANISATION, sessionHeaders } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import type { Config } from '@tirek/platform/config'
import { beforeRoutes, expectNothing, isPlainPath, METHODS, SERVER_LIMITS } from '@tirek/platform/edges'
import { MOST_UPLOAD_BODY } from '@tirek/platform/files/limits'
import { fromHeader, FROM_HEADER } from '@tirek/platform/from-where'
import type { Log } from '@tirek/platform/log'
import { ProblemError, problemOf } from '@tirek/platform/problem'
import { ownKeyFrom, ServiceCaller, ServiceRefusal } from '@tirek/platform/service-tokens'
import { describe } from '@tirek/platform/ticker'
import { mayDo, WORK, type Work } from '@tirek/policy/work'
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { CODEC_PATH, openCodecDoor } from './server/codec-door.ts'
import { actList, isKind, journalForm, meetingForm, referralForm } from './server/forms.ts'
import { LargeBodies } from './server/large-bodies.ts'
import { addLinkPages } from './server/link-door.ts'
import { CONTENT_SECURITY_POLICY, Pages } from './server/pages.ts'
import { ABSOLUTE_MS, type Me, type Session } from './server/session.ts'
import { Sessions } from './server/sessions.ts'
import { docsPage, healthUrls, isTarget, ownerOf } from './server/settings.ts'
import { SignIn } from './server/sign-in.ts'
import { systemOf } from './server/system.ts'
import { wellnessOf } from './server/wellness.ts'

export const WEB_NEEDS = ['ISSUER_URL', 'SESSION_SECRET', 'SERVICE_KEY', 'CASES_URL', 'DIRECTORY_URL', 'NOTIFICATIONS_URL'] as const
export type WebConfig = Config & { [K in (typeof WEB_NEEDS)[number]]: string }

export type WebOptions = {
  config: WebConfig
  clock: Clock
  log: Log
  /** Folder of the built pages. */
  pages: string
  env?: Record<string, string | undefined>
}

const ONWARD = ['accept', 'accept-language', 'content-type', 'idempotency-key', 'if-none-match', 'if-match']
const BACK = ['content-type', 'etag', 'location', 'retry-after', 'content-disposition']
const SAFE = new Set(['GET', 'HEAD'])
const WORKS = Object.keys(WORK) as Work[]
/** Answers smaller than this travel as they are. */
const COMPRESS_FROM = 1_400

/** Starts the server; `SERVICE_PORT` 0 takes a free port. */
export async function startWeb({
  config,
  clock,
  log,
  pages: folder,
  env = process.env,
}: WebOptions): Promise<{ url: string; close(): Promise<void> }> {
  const pages = new Pages(folder)
  const webUrl = config.WEB_URL.replace(/\/$/, '')
  const secure = webUrl.startsWith('https:')
  const health = healthUrls(config, env)
  const ownKey = ownKeyFrom(config.SERVICE_KEY)
  const caller = new ServiceCaller('web', config.SERVICE_KEY)

  const app = Fastify({
    ...SERVER_LIMITS,
    // Ten megabytes from a phone take a minute; whose they are is known from the headers, which have ten seconds.
    requestTimeout: 120_000,
    genReqId: () => randomUUID(),
    // Only these may say for whom they ask; without them the socket's address counts.
    trustProxy: config.TRUSTED_PROXIES ?? false,
    forceCloseConnections: true,
    ...beforeRoutes((request, reply, error) => answerProblem(request, reply, error)),
  })
  app.server.maxHeadersCount = 100
  expectNothing(app)
  await app.register(cookie)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))

  const answerProblem = (request: FastifyRequest, reply: FastifyReply, error: unknown) => {
    const problem = problemOf(error, langOf(request.headers['accept-language']), request.id)
    if (problem.status === 500)
      log.error({ request: request.id, route: request.routeOptions.url, error: describe(error) }, 'a fault of ours')
    if (problem.status === 503) void reply.header('retry-after', '2')
    if (problem.status === 429) void reply.header('retry-after', String(problem['retryAfter'] ?? 1))
    return reply.status(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem))
  }
  app.setErrorHandler((error, request, reply) => answerProblem(request, reply, error))

  app.addHook('onRequest', async (request, reply) => {
    void reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), microphone=(), geolocation=()',
      ...(secure && { 'strict-transport-security': 'max-age=31536000' }),
    })
    const path = request.url.split('?')[0]!
    if (!isPage(path)) void reply.header('cache-control', 'no-store')
    // One spelling for each path that is not a page, and no method that we do not have.
    if ((!METHODS.has(request.method) && path !== CODEC_PATH) || (!isPage(path) && !isPlainPath(path)))
      return answerProblem(request, reply, new ProblemError('not-found'))
  })

  const targets = {
    cases: config.CASES_URL,
    directory: config.DIRECTORY_URL,
    notifications: config.NOTIFICATIONS_URL,
    ...(config.MEETINGS_URL && { meetings: config.MEETINGS_URL }),
    ...(config.REFERRALS_URL && { referrals: config.REFERRALS_URL }),
  }
  const sessions = new Sessions({
    secret: config.SESSION_SECRET,
    webUrl,
    signIn: new SignIn(config, webUrl),
    log,
    whoIs: (token, session) => whoIs(config.DIRECTORY_URL, token, session),
    tellEnded: async (ended) => {
      await caller.call('directory', new URL('/internal/sessions/end', config.DIRECTORY_URL).href, ended, 3_000)
    },
    tried: (of) =>
      caller.call('directory', new URL('/internal/sign-ins/tried', config.DIRECTORY_URL).href, of, 3_000).then(
        () => true,
        (error: unknown) => {
          if (error instanceof ServiceRefusal && error.status === 429) return false
          // Without the directory nobody comes in: it says who somebody is.
          log.warn({ error: describe(error) }, 'the directory did not count a sign-in')
          return true
        },
      ),
  })
  sessions.addRoutes(app)

  app.get('/health', async () => ({ status: 'ok', parts: {} }))

  /** Does somebody ask who is signed in? On a developer's machine everybody may look. */
  const isKnown = async (request: FastifyRequest, reply: FastifyReply): Promise<boolean> => {
    if (config.NODE_ENV !== 'production') return true
    if (request.headers.authorization === undefined) return (await sessions.find(request, reply)) !== undefined
    return whoIs(config.DIRECTORY_URL, bearerOf(request.headers.authorization), undefined).then(
      () => true,
      () => false,
    )
  }

  app.get('/api/health', async (request, reply) => {
    const parts = await wellnessOf(health)
    const well = Object.values(parts).every((state) => state === 'ok')
    const status = well ? 'ok' : 'unwell'
    // Which part is away is nobody's business outside.
    return reply.status(well ? 200 : 503).send((await isKnown(request, reply).catch(() => false)) ? { status, parts } : { status })
  })

  // Figures and ids, nothing of any case: for administrators, who are woken by them.
  app.get('/api/system', async (request, reply) => {
    const bearer = request.headers.authorization
    const session = bearer === undefined ? await sessions.need(request, reply) : undefined
    // The page is for when things are away, the directory among them: then what it said last counts.
    const me = await whoIs(config.DIRECTORY_URL, session?.token ?? bearerOf(bearer!), session).catch((error: unknown) => {
      if (session && error instanceof ProblemError && error.code === 'unavailable') return session.me
      throw error
    })
    if (!mayDo(me.role, 'see what runs')) throw new ProblemError('not-allowed')
    return {
      ...(await systemOf(health)),
      ...(config.TEMPORAL_UI_URL && { temporalUi: workflowsAt(config.TEMPORAL_UI_URL, config.TEMPORAL_NAMESPACE) }),
    }
  })

  addLinkPages(app, { notificationsUrl: config.NOTIFICATIONS_URL, ownKey, clock, log })

  // What the services offer, for people who write scripts.
  app.get('/api/docs', async (request, reply) => {
    if (!(await isKnown(request, reply))) throw new ProblemError('not-signed-in')
    return reply.type('text/html; charset=utf-8').send(docsPage(Object.keys(targets)))
  })
  app.get('/api/docs/:service', async (request, reply) => {
    if (!(await isKnown(request, reply))) throw new ProblemError('not-signed-in')
    const { service } = request.params as { service: string }
    if (!isTarget(service)) throw new ProblemError('not-found')
    const answer = await fetch(`${targets[service]}/openapi.json`, { redirect: 'error', signal: AbortSignal.timeout(10_000) }).catch(
      () => undefined,
    )
    if (!answer?.ok) throw new ProblemError('unavailable')
    return compressed(request, reply.type('application/json; charset=utf-8'), Buffer.from(await answer.arrayBuffer()))
  })

  app.get('/api/session', async (request, reply) => {
    const session = await sessions.need(request, reply)
    // While the directory is away the pages go on with what it said last; the services ask for themselves.
    const me = await whoIs(config.DIRECTORY_URL, session.token, session).catch((error: unknown) => {
      if (!(error instanceof ProblemError) || error.code !== 'not-signed-in') return session.me
      sessions.forget(reply)
      throw error
    })
    return {
      ...me,
      roleName: ROLES[me.role],
      may: WORKS.filter((work) => mayDo(me.role, work)),
      now: clock.now(),
      endsAt: session.startedAt + ABSOLUTE_MS,
    }
  })

  const asForm = (request: FastifyRequest, reply: FastifyReply, form: unknown) =>
    compressed(
      request,
      reply.header('cache-control', 'private, max-age=300').type('application/json; charset=utf-8'),
      Buffer.from(JSON.stringify(form)),
    )
  app.get('/api/forms', async (request, reply) => asForm(request, reply, actList()))
  for (const [path, formOfAct] of [
    ['/api/forms/meetings/:act', meetingForm],
    ['/api/forms/referrals/:act', referralForm],
    ['/api/forms/journals/:act', journalForm],
  ] as const)
    app.get(path, async (request, reply) => {
      const form = formOfAct((request.params as { act: string }).act)
      if (!form) throw new ProblemError('not-found')
      return asForm(request, reply, form)
    })
  app.get('/api/forms/:kind', async (request, reply) => {
    const { kind } = request.params as { kind: string }
    if (!isKind(kind)) throw new ProblemError('not-found')
    return asForm(request, reply, formOf(kind))
  })

  openCodecDoor(app, { uiUrl: config.TEMPORAL_UI_URL, casesUrl: config.CASES_URL, ownKey, sessions })

  const passOn = async (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?')[0]!
    const owner = ownerOf(path)
    const target = owner && targets[owner]
    if (!target) throw new ProblemError('not-found')
    const session = request.headers.authorization === undefined ? await sessions.need(request, reply) : undefined
    const headers: Record<string, string> = {
      authorization: request.headers.authorization ?? `Bearer ${session!.token}`,
      ...(session && sessionHeaders(session)),
      'x-request-id': request.id,
      [FROM_HEADER]: fromHeader(ownKey, request.id, request.ip),
    }
    for (const header of ONWARD) {
      const value = request.headers[header]
      if (typeof value === 'string') headers[header] = value
    }
    const body = SAFE.has(request.method) ? undefined : (request.body as Buffer | undefined)
    let answer: Response
    let content: Buffer
    try {
      answer = await fetch(`${target}${request.url}`, {
        method: request.method,
        headers,
        ...(body && { body: body as Uint8Array<ArrayBuffer> }),
        redirect: 'manual',
        signal: AbortSignal.timeout(15_000),
      })
      content = Buffer.from(await answer.arrayBuffer())
    } catch (error) {
      log.warn({ request: request.id, owner, error: describe(error) }, 'a service does not answer')
      throw new ProblemError('unavailable')
    }
    for (const header of BACK) {
      const value = answer.headers.get(header)
      if (value) void reply.header(header, value)
    }
    if (session && answer.status === 401) sessions.forget(reply)
    void reply.status(answer.status)
    return content.length === 0 ? reply.send() : compressed(request, reply, content)
  }
  // Files are larger than forms: who sends one is known before it is read.
  const large = new LargeBodies()
  const isSignedIn = async (request: FastifyRequest, reply: FastifyReply) => {
    if (request.headers.authorization === undefined) await sessions.need(request, reply)
    else await whoIs(config.DIRECTORY_URL, bearerOf(request.headers.authorization), undefined)
    if (!large.admits(request, reply)) throw new ProblemError('unavailable')
  }
  for (const path of ['/api/referrals/:id/uploads', '/api/cases/:id/files'])
    app.post(path, { bodyLimit: MOST_UPLOAD_BODY, onRequest: isSignedIn }, passOn)
  app.all('/api/*', passOn)

  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0]!
    const page = SAFE.has(request.method) && isPage(path) ? pages.find(path) : undefined
    if (!page) return answerProblem(request, reply, new ProblemError('not-found'))
    void reply.status(200).headers({ 'cache-control': page.cache, etag: page.etag, vary: 'accept-encoding' })
    if (request.headers['if-none-match'] === page.etag) return reply.status(304).send()
    void reply.type(page.type)
    const taken = String(request.headers['accept-encoding'] ?? '')
    if (page.br && /\bbr\b/.test(taken)) return reply.header('content-encoding', 'br').send(page.br)
    if (page.gzip && /\bgzip\b/.test(taken)) return reply.header('content-encoding', 'gzip').send(page.gzip)
    return reply.send(page.plain)
  })

  await app.listen({ port: config.SERVICE_PORT, host: config.SERVICE_HOST })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : config.SERVICE_PORT
  return { url: `http://127.0.0.1:${port}`, close: () => app.close() }
}

const workflowsAt = (uiUrl: string, namespace: string): string =>
  `${uiUrl.replace(/\/$/, '')}/namespaces/${encodeURIComponent(namespace)}/workflows`

/** Is it a page or a file of one, however it is spelt? */
function isPage(path: string): boolean {
  let read: string
  try {
    read = decodeURIComponent(path)
  } catch {
    return false
  }
  // No page of ours is reached by way of another.
  return !/^[/\\.]*(api|auth|codec|internal|health|metrics)([/\\?#]|$)/i.test(read) && !/(^|[/\\])\.\.?([/\\]|$)/.test(read)
}

/** Whose token it is: the directory's answer. Throws `not-signed-in`, `too-many-tries`, or `unavailable` while it is away. */
async function whoIs(directory: string, token: string, session: Pick<Session, 'id' | 'startedAt'> | undefined): Promise<Me> {
  const answer = await fetch(`${directory}/api/me`, {
    headers: { authorization: `Bearer ${token}`, ...(session && sessionHeaders(session)) },
    redirect: 'error',
    signal: AbortSignal.timeout(5_000),
  }).catch(() => undefined)
  if (answer?.status === 401) throw new ProblemError('not-signed-in')
  // So many bad tokens came that the directory looks at no more of them.
  if (answer?.status === 429) {
    const seconds = Number(answer.headers.get('retry-after')) || 1
    throw new ProblemError('too-many-tries', { params: { seconds }, more: { retryAfter: seconds } })
  }
  if (!answer?.ok) throw new ProblemError('unavailable')
  const { id: person, role, login, lang, name, organisation } = Person.loose().parse(await answer.json())
  return { person, role, login, lang, name, organisation: organisation ?? NO_ORGANISATION }
}

function compressed(request: FastifyRequest, reply: FastifyReply, content: Buffer): FastifyReply {
  if (content.length < COMPRESS_FROM || !/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return reply.send(content)
  return reply.headers({ 'content-encoding': 'gzip', vary: 'accept-encoding' }).send(gzipSync(content, { level: 5 }))
}
