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
import type { KeyObject } from 'node:crypto'
import { fileOf, MOST_FORM, readDecision } from './decision-form.ts'
import type { Typed } from './decision-part.ts'
import { LargeBodies } from './large-bodies.ts'
import { LINK_POLICY, linkPage, type Shown } from './link-page.ts'

/** A comment of a thousand Cyrillic letters, each of six signs in a form, and what somebody pasted beyond. */
const LONGEST_FORM = 24_000

const TOO_LARGE = { problem: 'not-whole' as const, issues: [{ field: 'file', code: 'file-too-large' }] }

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

/** The service counts tries, also those of a restart before: this one waits. */
class TooMany extends Error {
  readonly seconds: number
  constructor(seconds: number) {
    super('too many tries')
    this.seconds = seconds
  }
}
const LONGEST_WAIT_S = 60

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
  const post = async (request: FastifyRequest, what: 'look' | 'use' | 'file' | 'decide', body: unknown): Promise<unknown> => {
    const answer = await fetch(`${notificationsUrl}/api/links/${what}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-request-id': request.id,
        [FROM_HEADER]: fromHeader(ownKey, request.id, request.ip),
      },
      body: JSON.stringify(body),
      redirect: 'error',
      // A file of ten megabytes goes on to where it is kept.
      signal: AbortSignal.timeout(what === 'decide' ? 60_000 : 10_000),
    })
    if (answer.status === 429) throw new TooMany(Number(answer.headers.get('retry-after')) || LONGEST_WAIT_S)
    if (!answer.ok) throw new Error(`notifications answered ${answer.status}`)
    return answer.json()
  }

  /** `read`: what the service told. */
  const tell = async <T>(request: FastifyRequest, reply: FastifyReply, read: () => Promise<Told<T>>): Promise<Told<T>> =>
    read().catch((error: unknown) => {
      if (error instanceof TooMany) {
        void reply.header('retry-after', String(error.seconds))
        return { shown: { state: 'too-many' as const } }
      }
      log.warn({ request: request.id, error: describe(error) }, 'a link could not be asked for')
      void reply.header('retry-after', String(LONGEST_WAIT_S))
      return { shown: { state: 'away' as const } }
    })

  const show = (request: FastifyRequest, reply: FastifyReply, shown: Shown, said: LinkUse, lang: Lang | undefined, typed?: Typed) => {
    const { token } = said
    const page = linkPage(shown, {
      ...(isTokenShaped(token) && { token }),
      lang,
      browser: langOf(request.headers['accept-language']),
      now: clock.now(),
      // What was not noted is not lost.
      said,
      typed,
    })
    return reply.status(page.status).headers(HEADERS).type('text/html; charset=utf-8').send(page.html)
  }

  const answer = async (request: FastifyRequest, reply: FastifyReply, what: 'look' | 'use', said: LinkUse, lang: Lang | undefined) => {
    const { shown } = await tell(request, reply, async () => ({
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
  const large = new LargeBodies()
  const decision = async (request: FastifyRequest, reply: FastifyReply) => {
    const { lang, isLook, isFileTooLarge, given, ...sent } = await readDecision(request.body, request.headers['content-type'])
    const { token } = sent
    const isAsked = !isLook && !isFileTooLarge
    const { shown } = await tell(request, reply, async () => {
      // Who has no good link, or tried too often, has no file passed on.
      const looked = !isAsked || given ? LinkAnswer.parse(await post(request, 'look', { token })) : undefined
      if (looked && (!isAsked || looked.state !== 'open'))
        return { shown: isFileTooLarge && looked.state === 'open' ? { ...looked, ...TOO_LARGE } : looked }
      return { shown: LinkAnswer.parse(await post(request, 'decide', { ...sent, ...(given && { file: await fileOf(given) }) })) }
    })
    const handedIn = ('handedIn' in shown && shown.handedIn) || sent.handedIn
    return show(request, reply, shown, { token }, lang, { form: sent.form, handedIn })
  }
  app.post(
    '/l/decision',
    {
      bodyLimit: MOST_FORM,
      onRequest: async (request, reply) => {
        if (large.admits(request, reply)) return undefined
        return show(request, reply.header('retry-after', String(LONGEST_WAIT_S)), { state: 'busy' }, { token: '' }, undefined)
      },
      // Not even the token was read: the page before is kept by the browser.
      errorHandler: (error, request, reply) => {
        if ((error as { statusCode?: number }).statusCode !== 413) throw error
        return show(request, reply, { state: 'too-large' }, { token: '' }, undefined)
      },
    },
    decision,
  )
  app.post('/l/file', { bodyLimit: LONGEST_FORM }, async (request, reply) => {
    const form = formOf(request)
    const said = { token: saidOf(form).token }
    const asked = { ...said, code: (form.get('code') ?? '').slice(0, 40) }
    const { shown, more } = await tell<MailAttachment>(request, reply, async () => {
      const { answer: told, file } = LinkFile.parse(await post(request, 'file', asked))
      return { shown: told, ...(file ? { more: file } : {}) }
    })
    if (!more) return show(request, reply, shown, said, Lang.safeParse(form.get('lang')).data)
    // Loaded with the first file: pages at rest stay small.
    const { downloadHeaders } = await import('@tirek/platform/files/uploads')
    return reply.headers({ ...HEADERS, ...downloadHeaders(more) }).send(Buffer.from(more.content, 'base64'))
  })
}
