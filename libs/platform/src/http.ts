/** A Nest application on Fastify as every service of ours has it: problems, schemas, OpenAPI, health, metrics, who asks. */
import 'reflect-metadata'
import {
  createParamDecorator,
  SetMetadata,
  StandardSchemaValidationPipe,
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  type DynamicModule,
  type ExceptionFilter,
  type ExecutionContext,
  type NestInterceptor,
  type Type,
} from '@nestjs/common'
import { NestFactory, Reflector } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger'
import { langOf, type Role } from '@tirek/contract/roles'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import type { Registry } from 'prom-client'
import type { Observable } from 'rxjs'
import { z } from 'zod'
import { healthOf } from './health-server.ts'
import { verifyService, type Verifier, type Who } from './auth.ts'
import type { Log } from './log.ts'
import { ProblemError, problemOf } from './problem.ts'
import { describe } from './ticker.ts'
import type { Trail } from './trail.ts'
import { TrailKeeper } from './trail-keeper.ts'

type Asked = FastifyRequest & { who?: Who }

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

const ROLES_KEY = 'tirek:roles'
const OPEN_KEY = 'tirek:open'
/** Only these roles. Without it every signed-in person. */
export const Roles = (...roles: Role[]) => SetMetadata(ROLES_KEY, roles)
/** No sign-in: health and documents. `service`: only another service of ours. */
export const Open = (to: 'everybody' | 'service') => SetMetadata(OPEN_KEY, to)

class Door implements CanActivate {
  readonly #reflector = new Reflector()
  readonly #verify: Verifier
  readonly #secret: string
  readonly #name: string
  readonly #keeper: TrailKeeper
  constructor(verify: Verifier, secret: string, name: string, keeper: TrailKeeper) {
    this.#keeper = keeper
    this.#verify = verify
    this.#secret = secret
    this.#name = name
  }
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const asked = context.switchToHttp().getRequest<Asked>()
    const open = this.#reflector.getAllAndOverride<'everybody' | 'service' | undefined>(OPEN_KEY, [
      context.getHandler(),
      context.getClass(),
    ])
    if (open === 'everybody') return true
    if (open === 'service') {
      await verifyService(this.#secret, this.#name, asked.headers.authorization)
      return true
    }
    asked.who = await this.#verify(asked.headers.authorization)
    this.#keeper.name(context)
    const roles = this.#reflector.getAllAndOverride<Role[] | undefined>(ROLES_KEY, [context.getHandler(), context.getClass()])
    if (roles && !roles.includes(asked.who.role)) throw new ProblemError('not-allowed')
    return true
  }
}

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
    const lang = langOf(asked.headers['accept-language'])
    let problem = problemOf(error, lang, asked.id)
    try {
      await this.#keeper.refused(asked, problem.status, String(problem['code']))
    } catch (lost) {
      this.#log.error({ request: asked.id, error: describe(lost) }, 'a refusal could not be recorded')
      problem = problemOf(new ProblemError('unavailable'), lang, asked.id)
    }
    if (problem.status === 500)
      this.#log.error(
        { request: asked.id, route: asked.routeOptions?.url, error: describe(error), at: firstFrames(error) },
        'a fault of ours',
      )
    const reply = http.getResponse<FastifyReply>()
    if (problem.status === 503) void reply.header('retry-after', '2')
    void reply.status(problem.status).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(problem))
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

/** Content is for the one who asked, never for a cache. */
class NoStore implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    void context.switchToHttp().getResponse<FastifyReply>().header('cache-control', 'no-store')
    return next.handle()
  }
}

export type AppOptions = {
  /** Service name: the audience of calls from other services. */
  name: string
  title: string
  module: Type | DynamicModule
  log: Log
  metrics: Registry
  verify: Verifier
  serviceSecret: string
  /** Where acts, readings and refusals of this service are recorded. */
  trail: Trail
  /** Each part's name and a check that throws when it is not well. */
  parts: Record<string, () => Promise<unknown>>
  port: number
  host: string
}

export type RunningApp = { app: NestFastifyApplication; url: string; close(): Promise<void> }

/** Makes, documents and starts the application. `port` 0 takes a free one. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const adapter = new FastifyAdapter({
    bodyLimit: 1_048_576,
    genReqId: (asked: { headers: { [name: string]: string | string[] | undefined } }) => idFrom(asked.headers['x-request-id']),
    requestTimeout: 15_000,
    keepAliveTimeout: 65_000,
  })
  const app = await NestFactory.create<NestFastifyApplication>(options.module, adapter, { logger: ['error', 'fatal'], abortOnError: false })
  const keeper = new TrailKeeper(options.trail, options.serviceSecret, options.log)
  app.useGlobalGuards(new Door(options.verify, options.serviceSecret, options.name, keeper))
  app.useGlobalFilters(new Problems(options.log, keeper))
  app.useGlobalInterceptors(new NoStore(), keeper)
  app.useGlobalPipes(new Checked())

  const fastify = adapter.getInstance()
  fastify.get('/health', async (_, reply) => {
    const parts = await healthOf(options.parts)
    const well = Object.values(parts).every((state) => state === 'ok')
    return reply.status(well ? 200 : 503).send({ status: well ? 'ok' : 'unwell', parts })
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
