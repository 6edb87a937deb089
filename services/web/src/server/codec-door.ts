/** The way of the Temporal UI to the codec server: its origin only, for the person who is signed in here or whose token the UI hands on. */
import { sessionHeaders } from '@tirek/platform/auth'
import { fromHeader, FROM_HEADER } from '@tirek/platform/from-where'
import { ProblemError } from '@tirek/platform/problem'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { KeyObject } from 'node:crypto'
import type { Sessions } from './sessions.ts'

export type CodecDoor = {
  /** Where the Temporal UI is; without it there is no such way. */
  uiUrl: string | undefined
  casesUrl: string
  /** The web server's own key: signs for whom it asks. */
  ownKey: KeyObject
  sessions: Sessions
}

export const CODEC_PATH = '/codec/decode'

export function openCodecDoor(app: FastifyInstance, { uiUrl, casesUrl, ownKey, sessions }: CodecDoor): void {
  if (!uiUrl) return
  const uiOrigin = new URL(uiUrl).origin

  const allowOrigin = (request: FastifyRequest, reply: FastifyReply) => {
    void reply.headers({ vary: 'origin', 'cache-control': 'no-store' })
    if (request.headers.origin === uiOrigin)
      void reply.headers({ 'access-control-allow-origin': uiOrigin, 'access-control-allow-credentials': 'true' })
  }

  app.options(CODEC_PATH, async (request, reply) => {
    allowOrigin(request, reply)
    if (request.headers.origin === uiOrigin)
      void reply.headers({
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type, x-namespace, authorization, authorization-extras',
        'access-control-max-age': '600',
      })
    return reply.status(204).send()
  })

  app.post(CODEC_PATH, { onRequest: async (request, reply) => allowOrigin(request, reply) }, async (request, reply) => {
    // A cookie comes along with a request of any page: only the UI's may use it.
    const given = request.headers.authorization
    if (!given && request.headers.origin !== uiOrigin) throw new ProblemError('not-allowed')
    // The UI asks by itself again and again: that keeps no session alive.
    request.headers['x-looking-again'] = '1'
    const session = given ? undefined : await sessions.find(request, reply)
    if (!given && !session) throw new ProblemError('not-signed-in')
    const namespace = request.headers['x-namespace']
    const answer = await fetch(`${casesUrl}/api/codec/decode`, {
      method: 'POST',
      headers: {
        authorization: given ?? `Bearer ${session!.token}`,
        ...(session && sessionHeaders(session)),
        'content-type': request.headers['content-type'] ?? '',
        'x-request-id': request.id,
        [FROM_HEADER]: fromHeader(ownKey, request.id, request.ip),
        ...(typeof namespace === 'string' && { 'x-namespace': namespace }),
      },
      body: new Uint8Array(request.body as Buffer),
      redirect: 'manual',
      signal: AbortSignal.timeout(15_000),
    }).catch(() => {
      throw new ProblemError('unavailable')
    })
    const content = Buffer.from(await answer.arrayBuffer())
    return reply
      .status(answer.status)
      .type(answer.headers.get('content-type') ?? 'application/json')
      .send(content)
  })
}
