/** Sessions of browsers over HTTP: opened by a sign-in, kept in a cookie, renewed, ended. */
import { langOf } from '@tirek/contract/roles'
import type { Log } from '@tirek/platform/log'
import { ProblemError } from '@tirek/platform/problem'
import { describe } from '@tirek/platform/ticker'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import {
  ABSOLUTE_MS,
  isOver,
  isOwnPage,
  needsRenewal,
  needsToken,
  safePath,
  Sealer,
  type Leaving,
  type Me,
  type Session,
} from './session.ts'
import type { SignIn } from './sign-in.ts'

export type SessionTools = {
  secret: string
  webUrl: string
  signIn: SignIn
  log: Log
  /** Who a token belongs to, asked from the directory: `not-signed-in`, or `unavailable` while it is away. */
  whoIs(token: string, session: Pick<Session, 'id' | 'startedAt'>): Promise<Me>
  /** Has the directory keep that a session is over until it would have ended by itself (ms): every service asks it. */
  tellEnded(ended: { session: string; person: string; until: number }): Promise<void>
  /** Has the directory count failures of an address; resolves with whether it may try again. */
  tried(of: { address: string; failed: boolean }): Promise<boolean>
}

/** While the directory is away it is told again after so long. */
const TELL_AGAIN_MS = 5_000

export class Sessions {
  readonly #tools: SessionTools
  readonly #sealer: Sealer
  readonly #name: string
  readonly #options: { path: '/'; httpOnly: true; sameSite: 'lax'; secure: boolean }
  /** Signed out here, till they would have ended by themselves (ms): a cookie that somebody copied is worth nothing at once. */
  readonly #ended = new Map<string, number>()
  /** Those that the directory does not know of yet. */
  readonly #untold = new Map<string, { session: string; person: string; until: number }>()
  #again: NodeJS.Timeout | undefined

  constructor(tools: SessionTools) {
    this.#tools = tools
    this.#sealer = new Sealer(tools.secret)
    const secure = tools.webUrl.startsWith('https:')
    // Browsers share cookies between the ports of one host, so the port is part of the name.
    this.#name = `${secure ? '__Host-' : ''}tirek-${new URL(tools.webUrl).port || '443'}`
    this.#options = { path: '/', httpOnly: true, sameSite: 'lax', secure }
  }

  /** The session of the request, if it has not ended. A page that only looks again does not keep it alive. */
  async find(request: FastifyRequest, reply: FastifyReply): Promise<Session | undefined> {
    const session = await this.#sealer.open<Session>('session', request.cookies[this.#name])
    const now = Date.now()
    if (!session || isOver(session, now) || this.#ended.has(session.id)) return undefined
    const seenAt = request.headers['x-looking-again'] === undefined ? now : session.seenAt
    if (needsToken(session, now)) {
      const tokens = await this.#tools.signIn
        .renew(session.refresh!)
        .catch(
          (error: unknown) => void this.#tools.log.info({ request: request.id, error: describe(error) }, 'a token could not be renewed'),
        )
      if (!tokens) return now < session.tokenEnd ? session : undefined
      const renewed = { ...session, ...tokens, seenAt }
      await this.#keep(reply, renewed)
      return renewed
    }
    if (needsRenewal(session, now) && seenAt === now) await this.#keep(reply, { ...session, seenAt })
    return session
  }

  /** The session; throws `not-signed-in`. A changing request must come from our own page, or another site could act for the person. */
  async need(request: FastifyRequest, reply: FastifyReply): Promise<Session> {
    if (request.method !== 'GET' && request.method !== 'HEAD' && !isOwnPage(request.headers)) throw new ProblemError('not-allowed')
    const session = await this.find(request, reply)
    if (!session) throw new ProblemError('not-signed-in')
    return session
  }

  /** The browser forgets the session: it was ended elsewhere. */
  forget(reply: FastifyReply): void {
    void reply.clearCookie(this.#name, this.#options)
  }

  addRoutes(app: FastifyInstance): void {
    const { webUrl } = this.#tools
    app.get('/auth/sign-in', async (request, reply) => {
      // The issuer sends people back to one address only: the cookie must be set there.
      if (request.headers.host !== new URL(webUrl).host) return reply.redirect(`${webUrl}${request.url}`)
      const { to, lang } = request.query as { to?: unknown; lang?: unknown }
      const spoken = typeof lang === 'string' ? langOf(lang) : undefined
      const { url, leaving } = await this.#tools.signIn.leave(safePath(to), spoken).catch((error: unknown) => {
        this.#tools.log.warn({ error: describe(error) }, 'the issuer does not answer')
        throw new ProblemError('unavailable')
      })
      void reply.setCookie(`${this.#name}-leaving`, await this.#sealer.seal('leaving', leaving, 600), { ...this.#options, maxAge: 600 })
      return reply.redirect(url)
    })
    app.get('/auth/callback', (request, reply) => this.#comeBack(request, reply))
    app.post('/auth/sign-out', async (request, reply) => {
      if (!isOwnPage(request.headers)) throw new ProblemError('not-allowed')
      const session = await this.#sealer.open<Session>('session', request.cookies[this.#name])
      if (session) await this.#end(session)
      this.forget(reply)
      return reply.header('clear-site-data', '"cache", "storage"').status(204).send()
    })
  }

  async #comeBack(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const leaving = await this.#sealer.open<Leaving>('leaving', request.cookies[`${this.#name}-leaving`])
    void reply.clearCookie(`${this.#name}-leaving`, this.#options)
    const address = request.ip
    if (!(await this.#tools.tried({ address, failed: false }))) return reply.redirect('/?sign-in=wait')
    if (!leaving) {
      await this.#tools.tried({ address, failed: true })
      return reply.redirect('/?sign-in=again')
    }
    try {
      const tokens = await this.#tools.signIn.comeBack(request.url, leaving)
      const now = Date.now()
      const id = randomUUID()
      const me = await this.#tools.whoIs(tokens.token, { id, startedAt: now })
      const old = await this.#sealer.open<Session>('session', request.cookies[this.#name])
      if (old) await this.#end(old)
      await this.#keep(reply, { ...tokens, id, me, startedAt: now, seenAt: now })
      return await reply.redirect(leaving.to)
    } catch (error) {
      await this.#tools.tried({ address, failed: true })
      this.#tools.log.warn({ request: request.id, error: describe(error) }, 'a sign-in failed')
      return reply.redirect('/?sign-in=failed')
    }
  }

  async #keep(reply: FastifyReply, session: Session): Promise<void> {
    // Whole seconds: the seal lasts a little longer, the session's own times say to the millisecond when it ends.
    const seconds = Math.max(1, Math.ceil((session.startedAt + ABSOLUTE_MS - Date.now()) / 1000)) + 1
    void reply.setCookie(this.#name, await this.#sealer.seal('session', session, seconds), { ...this.#options, maxAge: seconds })
  }

  async #end(session: Session): Promise<void> {
    const now = Date.now()
    for (const [id, end] of this.#ended) if (end <= now) this.#ended.delete(id)
    const until = session.startedAt + ABSOLUTE_MS
    this.#ended.set(session.id, until)
    this.#untold.set(session.id, { session: session.id, person: session.me.person, until })
    await this.#tell()
    if (session.refresh) await this.#tools.signIn.revoke(session.refresh).catch(() => {}) // Ended here all the same.
  }

  /** What the directory keeps outlives this process. */
  async #tell(): Promise<void> {
    for (const [id, ended] of this.#untold) {
      try {
        if (ended.until > Date.now()) await this.#tools.tellEnded(ended)
        this.#untold.delete(id)
      } catch (error) {
        this.#tools.log.warn({ error: describe(error) }, 'the directory was not told that a session is over')
        if (this.#again) return
        this.#again = setTimeout(() => {
          this.#again = undefined
          void this.#tell()
        }, TELL_AGAIN_MS).unref()
        return
      }
    }
  }
}
