/** Keeps the trail of a service's routes: no route answers a person without a row, whoever wrote the route. */
import { SetMetadata, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import type { FastifyRequest } from 'fastify'
import type { KeyObject } from 'node:crypto'
import { from, lastValueFrom, type Observable } from 'rxjs'
import { whileAsking, type Asking } from './asking.ts'
import type { Who } from './auth.ts'
import { fromWhere, FROM_HEADER } from './from-where.ts'
import type { Log } from './log.ts'
import { claimedCaller } from './service-tokens.ts'
import { SYSTEM, type Trail } from './trail.ts'

const TRAILED = 'tirek:trailed'
/** How a route's row is called. Without it: method and path of the route. */
export const Trailed = (what: string) => SetMetadata(TRAILED, what)
/** The route tells nothing of a person but of the one who asks: no row. `because` says so to the reader. */
export const Untrailed = (because: string) => SetMetadata(TRAILED, because.length > 0 ? false : undefined)

type Asked = FastifyRequest & {
  who?: Who
  trailed?: string | false
  asking?: Asking
  reached?: true
  /** The route is for our other services. */
  isForServices?: true
  /** The service that calls, once it has proven who it is. */
  caller?: string
}

const SAFE = new Set(['GET', 'HEAD'])
/** 404 too: a case that is hidden from this person is answered so. */
const REFUSALS = new Set([403, 404, 409])
/** A service that is refused the same again writes a row a minute at most: nobody fills the trail by knocking. */
const KNOCKS_MS = 60_000
const MOST_KNOCKS = 1_000

export class TrailKeeper implements NestInterceptor {
  readonly #reflector = new Reflector()
  readonly #trail: Trail
  readonly #webKeys: readonly KeyObject[]
  readonly #log: Log
  /** Refusals of services → when each was recorded last, ms. */
  readonly #knocks = new Map<string, number>()

  constructor(trail: Trail, webKeys: readonly KeyObject[], log: Log) {
    this.#trail = trail
    this.#webKeys = webKeys
    this.#log = log
  }

  /** Notes what the route is called, for a refusal that comes before it runs. */
  name(context: ExecutionContext): void {
    const asked = context.switchToHttp().getRequest<Asked>()
    const said = this.#reflector.getAllAndOverride<string | false | undefined>(TRAILED, [context.getHandler(), context.getClass()])
    asked.trailed = said ?? `${asked.method} ${asked.routeOptions.url}`.slice(0, 100)
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const asked = context.switchToHttp().getRequest<Asked>()
    asked.reached = true
    // Rows that a link or another service makes say from where as well.
    if (!asked.who) return from(whileAsking(this.#askingOf(asked), () => answerOf(next)))
    return from(this.#answer(asked, asked.who, next))
  }

  async #answer(asked: Asked, who: Who, next: CallHandler): Promise<unknown> {
    const state = (asked.asking = this.#askingOf(asked))
    return whileAsking(state, async () => {
      const answer = await answerOf(next)
      if (!state.isRecorded && asked.trailed) {
        if (!SAFE.has(asked.method) && asked.trailed.includes('/'))
          this.#log.error({ request: asked.id, route: asked.routeOptions.url }, 'an act wrote no row of the trail by itself')
        await this.#trail.record([{ who, what: asked.trailed, caseId: caseOf(asked) }])
      }
      return answer
    })
  }

  /** A refusal of somebody who signed in. `code`: that of the problem. */
  async refused(request: FastifyRequest, status: number, code: string): Promise<void> {
    const asked: Asked = request
    if (asked.isForServices) return this.#refusedService(asked, status, code)
    if (!asked.who || !REFUSALS.has(status)) return
    const { who } = asked
    // Of who was turned away at the door nothing was read yet: the address may hold any word.
    const kind = asked.reached ? (asked.params as { kind?: string } | undefined)?.kind : undefined
    const what = kind ?? (asked.trailed || `${asked.method} ${asked.routeOptions.url}`)
    const named = asked.asking?.caseId ?? caseOf(asked)
    await whileAsking(this.#askingOf(asked), async () => {
      // An id that is of no case makes no chain: whoever invents ids fills their own.
      const isCase = named !== undefined && (await this.#trail.isOfCase(named))
      const about = named === undefined || isCase ? { caseId: named } : { about: named }
      await this.#trail.record([{ who, what: what.slice(0, 100), why: code, ...about, outcome: 'refused' }])
    })
  }

  /** Which service was refused what, and why: a fault of ours, or somebody in our network who is none of us. */
  async #refusedService(asked: Asked, status: number, code: string): Promise<void> {
    if (status !== 401 && !REFUSALS.has(status)) return
    const claimed = claimedCaller(asked.headers.authorization)
    const caller = asked.caller ?? (claimed ? `${claimed}?` : 'unknown')
    const why = `${caller} ${code} ${asked.method} ${asked.routeOptions.url}`.slice(0, 100)
    const knock = `${this.addressOf(asked)} ${why}`
    const now = performance.now()
    if (now - (this.#knocks.get(knock) ?? -KNOCKS_MS) < KNOCKS_MS) return
    if (this.#knocks.size >= MOST_KNOCKS) this.#knocks.clear()
    this.#knocks.set(knock, now)
    await whileAsking(this.#askingOf(asked), () => this.#trail.record([{ who: SYSTEM, what: 'service-refused', why, outcome: 'refused' }]))
  }

  /** The address of the person's device, as far as it is known. */
  addressOf(asked: FastifyRequest): string {
    return fromWhere(this.#webKeys, asked.id, asked.headers[FROM_HEADER], asked.socket.remoteAddress)
  }

  #askingOf(asked: Asked): Asking {
    return {
      request: asked.id,
      from: this.addressOf(asked),
      // What a service asks for is done for it.
      ...(asked.caller ? { why: asked.caller } : {}),
      isRecorded: false,
    }
  }
}

const answerOf = (next: CallHandler): Promise<unknown> => lastValueFrom(next.handle(), { defaultValue: undefined })

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i
/** The case that the path names. */
function caseOf(asked: FastifyRequest): string | undefined {
  const { id, caseId } = (asked.params ?? {}) as { id?: string; caseId?: string }
  const named = caseId ?? (asked.routeOptions.url?.startsWith('/api/cases/:id') ? id : undefined)
  return named && UUID.test(named) ? named : undefined
}
