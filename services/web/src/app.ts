/** The web application's server: pages, session and the way to the services. */
import cookie from '@fastify/cookie'
import { langOf, ROLES } from '@tirek/contract/roles'
import { verifierOf } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import type { Config } from '@tirek/platform/config'
import { fromHeader, FROM_HEADER } from '@tirek/platform/from-where'
import { healthOf } from '@tirek/platform/health-server'
import type { Log } from '@tirek/platform/log'
import { ProblemError, problemOf } from '@tirek/platform/problem'
import { describe } from '@tirek/platform/ticker'
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { decodeJwt } from 'jose'
import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { actList, formOf, isKind } from './server/forms.ts'
import { addLinkPages } from './server/link-door.ts'
import { CONTENT_SECURITY_POLICY, Pages } from './server/pages.ts'
import { ABSOLUTE_MS, isOver, isOwnPage, needsRenewal, needsToken, safePath, Sealer, type Leaving, type Session } from './server/session.ts'
import { docsPage, healthUrls, isTarget, ownerOf } from './server/settings.ts'
import { SignIn } from './server/sign-in.ts'

export type WebConfig = Config & { [K in 'ISSUER_URL' | 'SERVICE_SECRET' | 'CASES_URL' | 'DIRECTORY_URL' | 'NOTIFICATIONS_URL']: string }

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
  const sealer = new Sealer(config.SERVICE_SECRET)
  const verify = verifierOf(config.ISSUER_URL, config.OIDC_AUDIENCE)
  const webUrl = config.WEB_URL.replace(/\/$/, '')
  const secure = webUrl.startsWith('https:')
  // Browsers share cookies between the ports of one host, so the port is part of the name.
  const name = `${secure ? '__Host-' : ''}tirek-${new URL(webUrl).port || '443'}`
  const cookieOptions = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
  const targets = { cases: config.CASES_URL, directory: config.DIRECTORY_URL, notifications: config.NOTIFICATIONS_URL }
  const signIn = new SignIn(config.ISSUER_URL, webUrl, config.OIDC_AUDIENCE)
  const health = healthUrls(config, env)

  const app = Fastify({
    bodyLimit: 1_048_576,
    genReqId: () => randomUUID(),
    // Only these may say for whom they ask; without them the socket's address counts.
    trustProxy: config.TRUSTED_PROXIES ?? false,
    requestTimeout: 20_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: true,
  })
  await app.register(cookie)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))

  const answerProblem = (request: FastifyRequest, reply: FastifyReply, error: unknown) => {
    const problem = problemOf(error, langOf(request.headers['accept-language']), request.id)
    if (problem.status === 500)
      log.error({ request: request.id, route: request.routeOptions.url, error: describe(error) }, 'a fault of ours')
    if (problem.status === 503) void reply.header('retry-after', '2')
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
    if (request.url.startsWith('/api/') || request.url.startsWith('/auth/')) void reply.header('cache-control', 'no-store')
  })

  /** The session of the request, if it has not ended. A page that only looks again does not keep it alive. */
  const sessionOf = async (request: FastifyRequest, reply: FastifyReply): Promise<Session | undefined> => {
    const session = await sealer.open<Session>('session', request.cookies[name])
    const now = Date.now()
    if (!session || isOver(session, now)) return undefined
    if (needsToken(session, now)) {
      const renewed = await renew(session).catch(
        (error: unknown) => void log.info({ request: request.id, error: describe(error) }, 'a token could not be renewed'),
      )
      if (!renewed) return now < session.tokenEnd ? session : undefined
      const seenAt = request.headers['x-looking-again'] === undefined ? now : session.seenAt
      await keep(reply, { ...renewed, seenAt })
      return renewed
    }
    if (needsRenewal(session, now) && request.headers['x-looking-again'] === undefined) await keep(reply, { ...session, seenAt: now })
    return session
  }
  const renew = async (session: Session): Promise<Session> => ({ ...session, ...(await signIn.renew(session.refresh!)) })
  const keep = async (reply: FastifyReply, session: Session) => {
    const seconds = Math.max(1, Math.floor((session.startedAt + ABSOLUTE_MS - Date.now()) / 1000))
    void reply.setCookie(name, await sealer.seal('session', session, seconds), { ...cookieOptions, maxAge: seconds })
  }

  app.get('/auth/sign-in', async (request, reply) => {
    // The issuer sends people back to one address only: the cookie must be set there.
    if (request.headers.host !== new URL(webUrl).host) return reply.redirect(`${webUrl}${request.url}`)
    const { to, lang } = request.query as { to?: string; lang?: string }
    const { url, leaving } = await signIn.leave(safePath(to), lang).catch((error: unknown) => {
      log.warn({ error: describe(error) }, 'the issuer does not answer')
      throw new ProblemError('unavailable')
    })
    void reply.setCookie(`${name}-leaving`, await sealer.seal('leaving', leaving, 600), { ...cookieOptions, maxAge: 600 })
    return reply.redirect(url)
  })

  app.get('/auth/callback', async (request, reply) => {
    const leaving = await sealer.open<Leaving>('leaving', request.cookies[`${name}-leaving`])
    void reply.clearCookie(`${name}-leaving`, cookieOptions)
    if (!leaving) return reply.redirect('/?sign-in=again')
    try {
      const tokens = await signIn.comeBack(request.url, leaving)
      await verify(`Bearer ${tokens.token}`)
      const claims = decodeJwt(tokens.token)
      const now = Date.now()
      await keep(reply, { ...tokens, name: String(claims['name'] ?? claims['login'] ?? ''), startedAt: now, seenAt: now })
      return await reply.redirect(leaving.to)
    } catch (error) {
      log.warn({ request: request.id, error: describe(error) }, 'a sign-in failed')
      return reply.redirect('/?sign-in=failed')
    }
  })

  app.post('/auth/sign-out', async (request, reply) => {
    if (!isOwnPage(request.headers)) throw new ProblemError('not-allowed')
    void reply.clearCookie(name, cookieOptions).header('clear-site-data', '"cache"')
    return reply.status(204).send()
  })

  app.get('/health', async () => ({ status: 'ok', parts: {} }))

  app.get('/api/health', async (_, reply) => {
    const parts = await healthOf(
      Object.fromEntries(
        Object.entries(health).map(([part, url]) => [
          part,
          async () => {
            const answer = await fetch(url, { signal: AbortSignal.timeout(1_500) })
            if (!answer.ok) throw new Error(`${part} is not well`)
          },
        ]),
      ),
    )
    const well = Object.values(parts).every((state) => state === 'ok')
    return reply.status(well ? 200 : 503).send({ status: well ? 'ok' : 'unwell', parts })
  })

  addLinkPages(app, { notificationsUrl: config.NOTIFICATIONS_URL, clock, log })

  // What the services offer, for people who write scripts.
  app.get('/api/docs', async (_, reply) => reply.type('text/html; charset=utf-8').send(docsPage(Object.keys(targets))))
  app.get('/api/docs/:service', async (request, reply) => {
    const { service } = request.params as { service: string }
    if (!isTarget(service)) throw new ProblemError('not-found')
    const answer = await fetch(`${targets[service]}/openapi.json`, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined)
    if (!answer?.ok) throw new ProblemError('unavailable')
    return compressed(request, reply.type('application/json; charset=utf-8'), Buffer.from(await answer.arrayBuffer()))
  })

  app.get('/api/session', async (request, reply) => {
    const session = await sessionOf(request, reply)
    if (!session) throw new ProblemError('not-signed-in')
    const who = await verify(`Bearer ${session.token}`)
    return { ...who, roleName: ROLES[who.role], name: session.name, now: clock.now(), endsAt: session.startedAt + ABSOLUTE_MS }
  })

  app.get('/api/forms', async (_, reply) => reply.header('cache-control', 'private, max-age=300').send(actList()))
  app.get('/api/forms/:kind', async (request, reply) => {
    const { kind } = request.params as { kind: string }
    if (!isKind(kind)) throw new ProblemError('not-found')
    return compressed(
      request,
      reply.header('cache-control', 'private, max-age=300').type('application/json; charset=utf-8'),
      Buffer.from(JSON.stringify(formOf(kind))),
    )
  })

  app.all('/api/*', async (request, reply) => {
    const path = request.url.split('?')[0]!
    const owner = ownerOf(path)
    if (!owner) throw new ProblemError('not-found')
    const authorization = request.headers.authorization ?? (await bearerOf(request, reply))
    const headers: Record<string, string> = {
      authorization,
      'x-request-id': request.id,
      [FROM_HEADER]: fromHeader(config.SERVICE_SECRET, request.id, request.ip),
    }
    for (const header of ONWARD) {
      const value = request.headers[header]
      if (typeof value === 'string') headers[header] = value
    }
    const body = SAFE.has(request.method) ? undefined : (request.body as Buffer | undefined)
    let answer: Response
    let content: Buffer
    try {
      answer = await fetch(`${targets[owner]}${request.url}`, {
        method: request.method,
        headers,
        ...(body && { body: new Uint8Array(body) }),
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
    void reply.status(answer.status)
    return content.length === 0 ? reply.send() : compressed(request, reply, content)
  })

  /** The session's token. A changing request must come from our own page, or another site could act for the person. */
  const bearerOf = async (request: FastifyRequest, reply: FastifyReply): Promise<string> => {
    if (!SAFE.has(request.method) && !isOwnPage(request.headers)) throw new ProblemError('not-allowed')
    const session = await sessionOf(request, reply)
    if (!session) throw new ProblemError('not-signed-in')
    return `Bearer ${session.token}`
  }

  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0]!
    const page = SAFE.has(request.method) && !path.startsWith('/api/') && !path.startsWith('/auth/') ? pages.find(path) : undefined
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

function compressed(request: FastifyRequest, reply: FastifyReply, content: Buffer): FastifyReply {
  if (content.length < COMPRESS_FROM || !/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return reply.send(content)
  return reply.headers({ 'content-encoding': 'gzip', vary: 'accept-encoding' }).send(gzipSync(content, { level: 5 }))
}
