/** A Nest application on Fastify as every service of ours has it: problems, schemas, OpenAPI, health, metrics, who asks. */
import 'reflect-metadata'
import {
  createParamDecorator,
  SetMetadata,
  StandardSchemaValidationPipe,
  type ArgumentsHost,
  type CanActivate,
  type DynamicModule,
  type ExceptionFilter,
  type ExecutionContext,
  type Type,
} from '@nestjs/common'
import { NestFactory, Reflector } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger'
import { langOf, type Role } from '@tirek/contract/roles'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import type { Registry } from 'prom-client'
import { z } from 'zod'
import { healthOf, isWell, type HealthParts } from './health-server.ts'
import { bearerOf, sessionOf, type Verifier, type Who } from './auth.ts'
import { beforeRoutes, expectNothing, mustBePlain, SERVER_LIMITS, SERVICE_HEADERS, takeJsonOnly } from './edges.ts'
import { isFresh } from './fresh.ts'
import { TOKEN_TRIES, Tries } from './limits.ts'
import type { Log } from './log.ts'
import { ProblemError, problemOf, type Problem } from './problem.ts'
import { openKeysOf, ServiceDoor } from './service-tokens.ts'
import { describe } from './ticker.ts'
import type { Trail } from './trail.ts'
import { TrailKeeper } from './trail-keeper.ts'

/** Whoever asks whether the service is ready waits a second: what it can do without does not keep them. */
const LONGEST_BESIDE_MS = 500

type Asked = FastifyRequest & { who?: Who; rawBody?: Buffer; isForServices?: true; caller?: string }

/** The signed-in person. */
export const WhoIs = createParamDecorator((_: unknown, context: ExecutionContext): Who => {
  const { who } = context.switchToHttp().getRequest<Asked>()
  if (!who) throw new ProblemError('not-signed-in')
  return who
})

/** The language asked for. */
export const AskedLang = createParamDecorator((_: unknown, context: ExecutionContext) =>
  langOf(context.switchToHttp().getRequest<Asked>().headers['accept-language']),
)

const FRESH_KEY = 'tirek:fresh'
/** Who may come through a route. A route that the policy does not name lets nobody in. */
export type DoorOf = (
  method: string,
  path: string,
) => { to: 'service'; callers: readonly string[] } | { to: 'anybody' } | { to: 'person'; may(role: Role): boolean } | undefined

/** Only somebody who signed in within the last ten minutes: for acts that a stolen session must not do. */
export const NeedsFreshSignIn = () => SetMetadata(FRESH_KEY, true)

class Door implements CanActivate {
  readonly #reflector = new Reflector()
  readonly #verify: Verifier
  readonly #services: ServiceDoor
  readonly #doorOf: DoorOf
  readonly #keeper: TrailKeeper
  /** In memory: nobody guesses a signature, so this only keeps a flood from being looked at. */
  readonly #tries = new Tries(TOKEN_TRIES)
  constructor(verify: Verifier, services: ServiceDoor, doorOf: DoorOf, keeper: TrailKeeper) {
    this.#doorOf = doorOf
    this.#keeper = keeper
    this.#verify = verify
    this.#services = services
  }
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const asked = context.switchToHttp().getRequest<Asked>()
    const door = this.#doorOf(asked.method === 'HEAD' ? 'GET' : asked.method, asked.routeOptions.url ?? '')
    if (door?.to === 'anybody') return true
    if (door?.to === 'service') {
      asked.isForServices = true
      asked.caller = await this.#counted(asked, () =>
        this.#services.check(bearerOf(asked.headers.authorization), { method: asked.method, path: asked.url, body: asked.rawBody }),
      )
      // One service is not as good as another: each comes through the doors it needs.
      if (!door.callers.includes(asked.caller)) throw new ProblemError('not-allowed')
      return true
    }
    asked.who = await this.#counted(asked, () => this.#verify(asked.headers.authorization, sessionOf(asked.headers)))
    this.#keeper.name(context)
    if (door?.to !== 'person' || !door.may(asked.who.role)) throw new ProblemError('not-allowed')
    const needsFresh = this.#reflector.getAllAndOverride<boolean | undefined>(FRESH_KEY, [context.getHandler(), context.getClass()])
    if (needsFresh && !isFresh(asked.who, Date.now())) throw new ProblemError('sign-in-again')
    return true
  }

  /** A good token passes however many bad ones came from its address; bad ones are told to wait. */
  async #counted<T>(asked: Asked, check: () => Promise<T>): Promise<T> {
    try {
      return await check()
    } catch (error) {
      if (!(error instanceof ProblemError && error.code === 'not-signed-in') || !asked.headers.authorization) throw error
      await this.#tries.mayTry(this.#keeper.addressOf(asked))
      await this.#tries.failed(this.#keeper.addressOf(asked))
      throw error
    }
  }
}

const problemFor = (error: unknown, asked: Asked): Problem => problemOf(error, langOf(asked.headers['accept-language']), asked.id)

class Problems implements ExceptionFilter {
  readonly #log: Log
  readonly #keeper: TrailKeeper
  constructor(log: Log, keeper: TrailKeeper) {
    this.#log = log
    this.#keeper = keeper
  }
  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp()
    const asked = http.getRequest<Asked>()
    let problem = problemFor(error, asked)
    try {
      await this.#keeper.refused(asked, problem.status, String(problem['code']))
    } catch (lost) {
      this.#log.error({ request: asked.id, error: describe(lost) }, 'a refusal could not be recorded')
      problem = problemFor(new ProblemError('unavailable'), asked)
    }
    this.answer(error, problem, asked, http.getResponse<FastifyReply>())
  }

  answer(error: unknown, problem: Problem, asked: Asked, reply: FastifyReply): FastifyReply {
    if (problem.status === 500)
      this.#log.error(
        { request: asked.id, route: asked.routeOptions?.url, error: describe(error), at: firstFrames(error) },
        'a fault of ours',
      )
    if (problem.status === 503) void reply.header('retry-after', '2')
    if (problem.status === 429) void reply.header('retry-after', String(problem['retryAfter'] ?? 1))
    return reply.status(problem.status).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(problem))
  }
}

/** Reads what was sent by its schema; the refusal knows the schema, for the captions of the fields. */
class Checked extends StandardSchemaValidationPipe {
  protected override async validate<T>(...asked: Parameters<StandardSchemaValidationPipe['validate']>) {
    const read = await super.validate<T>(...asked)
    if (read.issues) throw new ProblemError('bad-input', { issues: read.issues, read: { schema: asked[1] as z.ZodType } })
    return read
  }
}

/** An id that the way to us made already, or a new one. */
const idFrom = (given: string | string[] | undefined): string =>
  typeof given === 'string' && /^[0-9a-zA-Z-]{8,64}$/.test(given) ? given : randomUUID()

const firstFrames = (error: unknown) =>
  error instanceof Error
    ? (error.stack ?? '')
        .split('\n')
        .filter((line) => line.trim().startsWith('at '))
        .slice(0, 4)
    : []

export type AppOptions = {
  /** Service name: the audience of calls from other services. */
  name: string
  title: string
  module: Type | DynamicModule
  log: Log
  metrics: Registry
  verify: Verifier
  /** Open keys of the services that may call (service-tokens.ts). */
  servicePublicKeys: string
  doorOf: DoorOf
  /** Routes that take more than `MOST_BYTES`, by path. */
  mostBytes?: Readonly<Record<string, number>>
  /** Where acts, readings and refusals of this service are recorded. */
  trail: Trail
  parts: HealthParts
  /** Told with its health as well; while one is away the service does its work all the same and stays ready. */
  beside?: HealthParts
  port: number
  host: string
}

export type RunningApp = { app: NestFastifyApplication; url: string; close(): Promise<void> }

/** Makes, documents and starts the application. `port` 0 takes a free one. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const adapter = new FastifyAdapter({
    genReqId: (asked: { headers: { [name: string]: string | string[] | undefined } }) => idFrom(asked.headers['x-request-id']),
    ...SERVER_LIMITS,
    ...beforeRoutes((asked, reply, error) => problems.answer(error, problemFor(error, asked), asked, reply.headers(SERVICE_HEADERS))),
  })
  const app = await NestFactory.create<NestFastifyApplication>(options.module, adapter, {
    logger: ['error', 'fatal'],
    abortOnError: false,
    bodyParser: false,
  })
  const keeper = new TrailKeeper(options.trail, openKeysOf('web', options.servicePublicKeys), options.log)
  app.useGlobalGuards(new Door(options.verify, new ServiceDoor(options.name, options.servicePublicKeys), options.doorOf, keeper))
  const problems = new Problems(options.log, keeper)
  app.useGlobalFilters(problems)
  app.useGlobalInterceptors(keeper)
  app.useGlobalPipes(new Checked())

  const fastify = adapter.getInstance()
  takeJsonOnly(fastify as never)
  fastify.addHook('onRoute', (route) => {
    const most = options.mostBytes?.[route.url]
    if (most !== undefined) route.bodyLimit = most
  })
  fastify.server.maxHeadersCount = 100
  expectNothing(fastify as never)
  fastify.addHook('onRequest', async (asked, reply) => {
    void reply.headers(SERVICE_HEADERS)
    try {
      mustBePlain(asked.method, asked.raw.url ?? '')
    } catch (error) {
      return problems.answer(error, problemFor(error, asked), asked, reply)
    }
  })
  fastify.get('/health', async (_, reply) => {
    const [parts, beside] = await Promise.all([healthOf(options.parts), options.beside && healthOf(options.beside, LONGEST_BESIDE_MS)])
    const well = isWell(parts)
    return reply.status(well ? 200 : 503).send({ status: well ? 'ok' : 'unwell', parts, ...(beside && { beside }) })
  })
  fastify.addHook('onResponse', async (asked, reply) => {
    const route = asked.routeOptions.url
    if (route === '/health' || route === '/metrics') return
    const { id, caseId } = (asked.params ?? {}) as { id?: string; caseId?: string }
    const about = caseId ?? (route?.startsWith('/api/cases/:id') ? id : undefined)
    options.log.info(
      {
        request: asked.id,
        method: asked.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        ...(about && /^[0-9a-f-]{36}$/.test(about) ? { case: about } : {}),
      },
      'answered',
    )
  })
  fastify.get('/metrics', async (_, reply) =>
    reply.header('content-type', options.metrics.contentType).send(await options.metrics.metrics()),
  )

  const described = new DocumentBuilder().setTitle(options.title).setVersion('1').setOpenAPIVersion('3.1.0').addBearerAuth().build()
  let document: unknown
  const openApi = () =>
    (document ??= SwaggerModule.createDocument(app, described, {
      standardSchemaConverter: (schema: unknown, asked?: { io?: 'input' | 'output' }) => jsonSchemaOf(schema, asked?.io),
    } as never))
  fastify.get('/openapi.json', async () => openApi())

  await app.listen(options.port, options.host)
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1')
  return { app, url, close: () => app.close() }
}

function jsonSchemaOf(schema: unknown, io: 'input' | 'output' = 'input') {
  const {
    $schema: _,
    $defs,
    ...plain
  } = z.toJSONSchema(schema as z.ZodType, { target: 'draft-2020-12', io, unrepresentable: 'any', reused: 'inline' }) as Record<
    string,
    unknown
  >
  return { schema: plain, ...($defs ? { components: $defs } : {}) }
}
