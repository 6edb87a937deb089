/** What a request must look like before any of our code sees it, and what every answer says to a browser. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { ProblemError, problemOf } from './problem.ts'

/** Bytes of a body. */
export const MOST_BYTES = 1_048_576
/** Brackets within brackets; our deepest form has seven. */
export const DEEPEST = 32
/** Values in one body; the longest list of ours has five thousand. */
export const MOST_VALUES = 20_000
export const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])
const LONGEST_URL = 4_000

/** Limits of the server: headers within 10 s, all of a request within 15 s, 16 KiB of headers. */
export const SERVER_LIMITS = {
  bodyLimit: MOST_BYTES,
  requestTimeout: 15_000,
  keepAliveTimeout: 65_000,
  routerOptions: { maxParamLength: 200 },
  http: { maxHeaderSize: 16_384, headersTimeout: 10_000, connectionsCheckingInterval: 1_000 },
} as const

/** What could not be read as a request: its own status, and a problem in the language of most, since nobody has asked for one yet. */
function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return
  const [status, phrase, code] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ([431, 'Request Header Fields Too Large', 'too-large'] as const)
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ([408, 'Request Timeout', 'bad-json'] as const)
        : ([400, 'Bad Request', 'bad-json'] as const)
  const body = JSON.stringify({ ...problemOf(new ProblemError(code), 'ru', randomUUID()), status })
  socket.end(
    `HTTP/1.1 ${status} ${phrase}\r\ncontent-type: application/problem+json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}

/** Options by which a server answers with a problem what never comes to its routes. `answer` writes it. */
export const beforeRoutes = (answer: (asked: FastifyRequest, reply: FastifyReply, error: ProblemError) => unknown) => ({
  clientErrorHandler: answerUnreadable,
  // A part of the path longer than any id of ours, or spelt so that it cannot be read.
  frameworkErrors: (_: Error, asked: FastifyRequest, reply: FastifyReply) => void answer(asked, reply, new ProblemError('not-found')),
})

/** `Expect` is not waited for: whatever it wants, the request is answered as any other. */
export function expectNothing(fastify: FastifyInstance): void {
  fastify.server.on('checkExpectation', (asked, answer) => fastify.server.emit('request', asked, answer))
}

/** Headers of every answer of a service: it has no pages, so a browser may do nothing with them. */
export const SERVICE_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const

/** One spelling for each path: nothing encoded, no dots, no empty or missing part. What is spelt otherwise does not exist. */
export const isPlainPath = (path: string): boolean =>
  path === '/' || (/^(\/[A-Za-z0-9_~.:-]+)+$/.test(path) && !/\/\.{1,2}(\/|$)/.test(path))

/** Refuses methods we do not have and odd spellings of a path with `not-found`, before a route is looked for. */
export function mustBePlain(method: string, url: string): void {
  if (!METHODS.has(method) || url.length > LONGEST_URL || !isPlainPath(url.split('?')[0]!)) throw new ProblemError('not-found')
}

/** Throws `bad-json` for what is too deep or has too many values, without making anything of it. */
export function mustBeModest(json: string): void {
  let depth = 0
  let values = 0
  for (let i = 0; i < json.length; i++) {
    const sign = json[i]
    if (sign === '"') {
      for (i++; i < json.length && json[i] !== '"'; i++) if (json[i] === '\\') i++
    } else if (sign === '{' || sign === '[') {
      if (++depth > DEEPEST) throw new ProblemError('bad-json')
    } else if (sign === '}' || sign === ']') depth--
    else if (sign === ',' && ++values > MOST_VALUES) throw new ProblemError('bad-json')
  }
}

/** Takes JSON only, and keeps its bytes for the check of a service's token. `__proto__` and `constructor.prototype` are refused. */
export function takeJsonOnly(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error')
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (request, body, done) => {
    const text = body.toString('utf8')
    ;(request as unknown as { rawBody?: Buffer }).rawBody = body as Buffer
    try {
      mustBeModest(text)
    } catch (error) {
      return done(error as Error)
    }
    void parse(request, text, done)
  })
}
