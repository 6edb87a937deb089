/**
 * The way of one-time links: `/l/<token>` shows, a button acts. The token stands in one address, the one of the letter; forms carry it in their
 * body. Nothing here writes an address or a body into a log.
 */
import { LinkAnswer, LinkFile, LinkUse } from '@tirek/contract/links'
import type { MailAttachment } from '@tirek/contract/mails'
import { Lang, langOf } from '@tirek/contract/roles'
import type { Clock } from '@tirek/platform/clock'
import { FROM_HEADER, fromHeader } from '@tirek/platform/from-where'
import { isTokenShaped } from '@tirek/platform/links'
import type { Log } from '@tirek/platform/log'
import { describe } from '@tirek/platform/ticker'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createHash, type KeyObject } from 'node:crypto'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { LINK_POLICY, linkPage, type Shown } from './link-page.ts'

/** Per minute: all tries with one token, and wrong tokens of one address (a clinic sits behind one). Machine time: it is no due. */
export const LINK_TRIES = { perToken: 30, wrongPerAddress: 20, seconds: 60 } as const

/** A comment of a thousand Cyrillic letters, each of six signs in a form, and what somebody pasted beyond. */
const LONGEST_FORM = 24_000

/** What a form says; a part that is none of ours is as if it were not there, but for the token, which is unknown then. */
function saidOf(form: URLSearchParams): LinkUse {
  const given = {
    token: form.get('token') ?? '',
    answer: form.get('answer') ?? undefined,
    comment: form.get('comment') ?? undefined,
    shownAt: Number(form.get('shownAt') ?? Number.NaN),
  }
  const valid = Object.entries(given).filter(([name, value]) => LinkUse.shape[name as keyof typeof given].safeParse(value).success)
  return { token: '', ...Object.fromEntries(valid) }
}

const formOf = ({ body }: FastifyRequest) => new URLSearchParams(Buffer.isBuffer(body) ? body.toString() : '')

/** What is shown, and what came beside it. */
type Told<T> = { shown: Shown; more?: T }

const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'content-security-policy': LINK_POLICY,
}

export function addLinkPages(
  app: FastifyInstance,
  { notificationsUrl, ownKey, clock, log }: { notificationsUrl: string; ownKey: KeyObject; clock: Clock; log: Log },
): void {
  const tokens = new RateLimiterMemory({ points: LINK_TRIES.perToken, duration: LINK_TRIES.seconds })
  const wrong = new RateLimiterMemory({ points: LINK_TRIES.wrongPerAddress, duration: LINK_TRIES.seconds })

  /** One request; a refused one asks nobody. Shaped wrong or unknown is counted and answered alike. */
  const ask = async <T>(request: FastifyRequest, token: string, asked: () => Promise<Told<T>>): Promise<Told<T>> => {
    const known = createHash('sha256').update(token).digest('base64url')
    const used = await wrong.get(request.ip)
    if (used && used.consumedPoints >= LINK_TRIES.wrongPerAddress) return { shown: { state: 'too-many' } }
    const isAllowed = await tokens.consume(known).then(
      () => true,
      () => false,
    )
    if (!isAllowed) return { shown: { state: 'too-many' } }
    const told: Told<T> = isTokenShaped(token) ? await asked() : { shown: { state: 'unknown' } }
    if (told.shown.state === 'unknown') await wrong.penalty(request.ip)
    return told
  }

  const post = async (request: FastifyRequest, what: 'look' | 'use' | 'file', body: unknown): Promise<unknown> => {
    const answer = await fetch(`${notificationsUrl}/api/links/${what}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-request-id': request.id,
        [FROM_HEADER]: fromHeader(ownKey, request.id, request.ip),
      },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    })
    if (!answer.ok) throw new Error(`notifications answered ${answer.status}`)
    return answer.json()
  }

  /** `read`: what the service told. */
  const tell = async <T>(request: FastifyRequest, token: string, read: () => Promise<Told<T>>): Promise<Told<T>> =>
    ask(request, token, () =>
      read().catch((error: unknown) => {
        log.warn({ request: request.id, error: describe(error) }, 'a link could not be asked for')
        return { shown: { state: 'away' as const } }
      }),
    )

  const show = (request: FastifyRequest, reply: FastifyReply, shown: Shown, said: LinkUse, lang: Lang | undefined) => {
    const { token } = said
    const page = linkPage(shown, {
      ...(isTokenShaped(token) && { token }),
      lang,
      browser: langOf(request.headers['accept-language']),
      now: clock.now(),
      // What was not noted is not lost.
      said,
    })
    if (page.status === 429 || page.status === 503) void reply.header('retry-after', String(LINK_TRIES.seconds))
    return reply.status(page.status).headers(HEADERS).type('text/html; charset=utf-8').send(page.html)
  }

  const answer = async (request: FastifyRequest, reply: FastifyReply, what: 'look' | 'use', said: LinkUse, lang: Lang | undefined) => {
    const { shown } = await tell(request, said.token, async () => ({
      shown: LinkAnswer.parse(await post(request, what, what === 'look' ? { token: said.token } : said)),
    }))
    return show(request, reply, shown, said, lang)
  }

  app.get<{ Params: { token: string } }>('/l/:token', (request, reply) =>
    answer(request, reply, 'look', { token: request.params.token }, undefined),
  )
  for (const what of ['look', 'use'] as const)
    app.post(`/l/${what}`, { bodyLimit: LONGEST_FORM }, (request, reply) => {
      const form = formOf(request)
      return answer(request, reply, what, saidOf(form), Lang.safeParse(form.get('lang')).data)
    })
  app.post('/l/file', { bodyLimit: LONGEST_FORM }, async (request, reply) => {
    const form = formOf(request)
    const said = { token: saidOf(form).token }
    const asked = { ...said, code: (form.get('code') ?? '').slice(0, 40) }
    const { shown, more } = await tell<MailAttachment>(request, said.token, async () => {
      const { answer: told, file } = LinkFile.parse(await post(request, 'file', asked))
      return { shown: told, ...(file ? { more: file } : {}) }
    })
    if (!more) return show(request, reply, shown, said, Lang.safeParse(form.get('lang')).data)
    // Loaded with the first file: pages at rest stay small.
    const { downloadHeaders } = await import('@tirek/platform/files/uploads')
    return reply.headers({ ...HEADERS, ...downloadHeaders(more) }).send(Buffer.from(more.content, 'base64'))
  })
}
