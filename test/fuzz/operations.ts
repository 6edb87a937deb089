/** Everything that can be asked, as the running services describe it, and the pages' server by hand. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { KINDS } from '@tirek/contract/acts'
import { MEETING_ACT_KINDS } from '@tirek/contract/meetings'
import { REFERRAL_ACT_KINDS } from '@tirek/contract/referrals'
import { MORE_EXAMPLES } from './examples.ts'
import type { Defs, JsonSchema } from './values.ts'

/** Those of the policy: `oracles.test.ts` compares them. */
export const SERVICES = ['cases', 'directory', 'notifications', 'meetings', 'referrals'] as const
export type Described = (typeof SERVICES)[number]
export type Service = Described | 'web'
export type Parameter = { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema?: JsonSchema }

export type Operation = {
  /** `cases POST /api/cases/{id}/acts/{kind}`. */
  key: string
  service: Service
  method: string
  path: string
  parameters: readonly Parameter[]
  /** `forms`: what the member `form` of a body is, by the kind that the path names. */
  body?: { schema: JsonSchema; examples: Record<string, unknown>; forms?: Record<string, JsonSchema> }
  defs: Defs
  /** Throws nothing: the faults of an answer with this status by its documented schema. */
  faultsOf(status: number, body: unknown): string | undefined
}

type Documented = {
  parameters?: Parameter[]
  requestBody?: { content?: Record<string, { schema?: JsonSchema; examples?: Record<string, { value: unknown }> }> }
  responses?: Record<string, { content?: Record<string, { schema?: JsonSchema }> }>
}
export type OpenApi = { paths: Record<string, Record<string, Documented>>; components?: { schemas?: Defs } }

const JSON_TYPE = 'application/json'

export function operationsOf(service: Service, document: OpenApi): Operation[] {
  const defs = document.components?.schemas ?? {}
  const ajv = new Ajv2020({ strict: false, validateFormats: true, allErrors: false })
  ;(addFormats as unknown as (of: Ajv2020) => void)(ajv)
  ajv.addSchema({ $id: 'doc', components: { schemas: defs } })
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, said]): Operation => {
      const content = said.requestBody?.content?.[JSON_TYPE]
      const checks = new Map<number, ReturnType<Ajv2020['compile']>>()
      for (const [status, { content: answered }] of Object.entries(said.responses ?? {})) {
        const schema = answered?.[JSON_TYPE]?.schema
        if (schema && Object.keys(schema).length > 0) checks.set(Number(status), ajv.compile(absolute(schema) as object))
      }
      return {
        key: `${service} ${method.toUpperCase()} ${path}`,
        service,
        method: method.toUpperCase(),
        path,
        parameters: said.parameters ?? [],
        ...(content?.schema && {
          body: {
            schema: content.schema,
            examples: {
              ...Object.fromEntries(Object.entries(content.examples ?? {}).map(([name, { value }]) => [name, value])),
              ...MORE_EXAMPLES[`${service} ${method.toUpperCase()} ${path}`],
            },
          },
        }),
        defs,
        faultsOf(status, body) {
          const check = checks.get(status)
          return !check || check(body) ? undefined : `${ajv.errorsText(check.errors)} (${JSON.stringify(check.errors?.[0])})`
        },
      }
    }),
  )
}

/** Acts that have a form, and where the pages get it. */
export const ACTS_ON = {
  '/api/cases/{id}/acts/{kind}': { kinds: KINDS, at: '/api/forms' },
  '/api/meetings/{id}/{act}': { kinds: MEETING_ACT_KINDS, at: '/api/forms/meetings' },
  '/api/referrals/{id}/{act}': { kinds: REFERRAL_ACT_KINDS, at: '/api/forms/referrals' },
} as const satisfies Record<string, { kinds: readonly string[]; at: string }>

/** An operation that records acts, with the form of each kind as the pages get it. `forms`: by the path of the operation. */
export const withForms = (operation: Operation, forms: Record<string, Record<string, JsonSchema>>): Operation =>
  operation.body && forms[operation.path] ? { ...operation, body: { ...operation.body, forms: forms[operation.path]! } } : operation

/** References to the document's parts, seen from a schema that stands alone. */
function absolute(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(absolute)
  if (node === null || typeof node !== 'object') return node
  return Object.fromEntries(
    Object.entries(node).map(([name, one]) => [
      name,
      name === '$ref' && typeof one === 'string' && one.startsWith('#/') ? `doc${one}` : absolute(one),
    ]),
  )
}

const TEXT: JsonSchema = { type: 'string' }
const inPath = (name: string, of: unknown[]): Parameter => ({ name, in: 'path', schema: { enum: of } })
const inQuery = (name: string): Parameter => ({ name, in: 'query', schema: TEXT })

/** The pages' server has no description of itself. What it hands on is taken from the services' own. */
export function webOperations(): Operation[] {
  const of = (method: string, path: string, parameters: Parameter[] = [], schema?: JsonSchema): Operation => ({
    key: `web ${method} ${path}`,
    service: 'web',
    method,
    path,
    parameters,
    defs: {},
    ...(schema && { body: { schema, examples: {} } }),
    faultsOf: () => undefined,
  })
  return [
    of('GET', '/'),
    of('GET', '/{page}', [inPath('page', ['cases', 'today', 'index.html', 'icon.svg', 'assets/none.js'])]),
    of('GET', '/health'),
    of('GET', '/api/health'),
    of('GET', '/api/session'),
    of('GET', '/api/forms'),
    ...Object.values(ACTS_ON).map(({ kinds, at }) => of('GET', `${at}/{kind}`, [inPath('kind', [...kinds])])),
    of('GET', '/api/docs'),
    of('GET', '/api/docs/{service}', [inPath('service', [...SERVICES])]),
    of('GET', '/auth/sign-in', [inQuery('to')]),
    of('GET', '/auth/callback', [inQuery('code'), inQuery('state')]),
    of('POST', '/auth/sign-out'),
    of('GET', '/l/{token}', [inPath('token', ['A'.repeat(43), 'x', '_'.repeat(43)])]),
    of('POST', '/l/look', [], { type: 'object', properties: { token: TEXT, lang: TEXT } }),
    of('POST', '/l/use', [], { type: 'object', properties: { token: TEXT, lang: TEXT } }),
    of('POST', '/l/decision', [], {
      type: 'object',
      properties: { token: TEXT, lang: TEXT, answer: TEXT, text: TEXT, name: TEXT, handedIn: TEXT },
    }),
    of('GET', '/internal/{name}', [inPath('name', ['people', 'notices', 'steps'])]),
  ]
}
