/**
 * Sign-in for development and demonstration: OpenID Connect with a page to pick a person instead of a password.
 * Never for real cases: there an issuer of the organisation (Keycloak, Zitadel) gives the same claims.
 */
import { NO_ORGANISATION } from '@tirek/platform/auth'
import type { readConfig } from '@tirek/platform/config'
import { createLog, type Log } from '@tirek/platform/log'
import { ServiceCaller } from '@tirek/platform/service-tokens'
import { describe } from '@tirek/platform/ticker'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Provider, { errors, type Context } from 'oidc-provider'
import { keysOf } from './keys.ts'
import { awayPage, pickPage } from './page.ts'
import { People, type SignIn } from './people.ts'

export const ISSUER_NEEDS = ['ISSUER_URL', 'DIRECTORY_URL', 'SERVICE_KEY'] as const
export type IssuerConfig = ReturnType<typeof readConfig<(typeof ISSUER_NEEDS)[number]>>

/** Gives a token for a login, for scripts and tests. */
export const DEMO_LOGIN = 'urn:tirek:demo-login'
const CLIENT = 'tirek-web'
const RESOURCE = 'urn:tirek'
const HOUR_S = 3_600

export async function startIssuer(options: { config: IssuerConfig; log?: Log }): Promise<{ url: string; close(): Promise<void> }> {
  const { config } = options
  const log = options.log ?? createLog('issuer')
  if (config.NODE_ENV === 'production') throw new Error('the demo issuer lets anybody in: it does not start with NODE_ENV=production')
  const people = new People(config.DIRECTORY_URL, new ServiceCaller('issuer', config.SERVICE_KEY))
  const provider = await makeProvider(config, people)
  provider.on('server_error', (_: unknown, error: Error) => log.error({ error: describe(error) }, 'a fault of the issuer'))

  const oidc = provider.callback()
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/health')
      return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok","parts":{}}')
    if (!pathname.startsWith('/interaction/')) return oidc(request, response)
    pick(provider, people, request, response).catch((error: unknown) => {
      log.warn({ error: describe(error) }, 'picking a person failed')
      if (!response.headersSent) send(response, 503, awayPage())
    })
  })
  server.keepAliveTimeout = 5_000
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(config.SERVICE_PORT, config.SERVICE_HOST, listening)
  })
  return {
    url: `http://${config.SERVICE_HOST}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

async function makeProvider(config: IssuerConfig, people: People): Promise<Provider> {
  const { jwks, cookieKey } = await keysOf(join(config.TIREK_HOME, 'jwks.json'))
  const resource = {
    scope: '',
    audience: config.OIDC_AUDIENCE,
    accessTokenFormat: 'jwt',
    accessTokenTTL: HOUR_S,
    jwt: { sign: { alg: 'RS256' } },
  }
  const provider: Provider = new Provider(config.ISSUER_URL, {
    jwks,
    cookies: { keys: [cookieKey] },
    clients: [
      {
        client_id: CLIENT,
        token_endpoint_auth_method: 'none',
        application_type: 'web',
        redirect_uris: [new URL('/auth/callback', config.WEB_URL).href],
        post_logout_redirect_uris: [new URL('/', config.WEB_URL).href],
        grant_types: ['authorization_code', 'refresh_token', DEMO_LOGIN],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], profile: ['name', 'locale', 'role', 'organisation', 'login'] },
    scopes: ['openid', 'profile', 'offline_access'],
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        // Leaving needs no second question: the page posts by itself.
        logoutSource: async (context: { body: unknown }, form: string) => {
          context.body = `<!doctype html><title>.</title><body>${form}<script>document.forms[0].insertAdjacentHTML('beforeend', '<input type="hidden" name="logout" value="yes">'); document.forms[0].submit()</script></body>`
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => resource,
      },
    },
    ttl: {
      AccessToken: HOUR_S,
      AuthorizationCode: 60,
      IdToken: HOUR_S,
      RefreshToken: 12 * HOUR_S,
      Interaction: HOUR_S,
      Session: 12 * HOUR_S,
      Grant: 12 * HOUR_S,
    },
    issueRefreshToken: async () => true,
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    extraTokenClaims: async (context: Context, { accountId, gty }: { accountId?: string; gty?: string }) => {
      const person = accountId ? await people.findById(accountId) : undefined
      if (!person) return undefined
      // When the person showed who they are: at the code that a token, and any renewed one, comes from.
      const { AuthorizationCode: code, RefreshToken: refresh } = context.oidc.entities
      const signedInAt = gty === DEMO_LOGIN ? Math.floor(Date.now() / 1_000) : (refresh ?? code)?.authTime
      return { ...claimsOf(person), ...(signedInAt !== undefined && { auth_time: signedInAt }) }
    },
    findAccount: async (_: unknown, sub: string) => {
      const person = await people.findById(sub)
      return person && { accountId: person.id, claims: () => ({ sub: person.id, ...claimsOf(person) }) }
    },
    // One client of our own: nobody is asked to consent to it.
    loadExistingGrant: async (context: { oidc: { client: { clientId: string }; session: { accountId: string } } }) => {
      const grant = new provider.Grant({ clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId })
      grant.addOIDCScope('openid profile offline_access')
      grant.addResourceScope(RESOURCE, '')
      await grant.save()
      return grant
    },
  })
  provider.proxy = true
  provider.registerGrantType(
    DEMO_LOGIN,
    async (context) => {
      const person = await people.findByLogin(String(context.oidc.params['login'] ?? ''))
      if (!person) throw new errors.InvalidGrant('nobody has this login')
      const of = { accountId: person.id, clientId: context.oidc.client.clientId }
      const grant = new provider.Grant(of)
      grant.addResourceScope(RESOURCE, '')
      const token = new provider.AccessToken({
        accountId: person.id,
        client: context.oidc.client,
        grantId: await grant.save(),
        gty: DEMO_LOGIN,
      })
      token.resourceServer = new provider.ResourceServer(RESOURCE, resource)
      context.body = { access_token: await token.save(), expires_in: token.expiration, token_type: 'Bearer' }
    },
    ['login'],
  )
  return provider
}

const claimsOf = ({ role, organisation, login, name, lang }: SignIn) => ({
  role,
  organisation: organisation ?? NO_ORGANISATION,
  login,
  name,
  locale: lang,
})

/** Shows who may sign in; a pressed button signs that person in. */
async function pick(provider: Provider, people: People, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let interaction
  try {
    interaction = await provider.interactionDetails(request, response)
  } catch {
    return send(response, 400, pageOfOld())
  }
  if (request.method !== 'POST') return send(response, 200, pickPage(await people.all(), `/interaction/${interaction.uid}`))
  const person = await people.findByLogin(new URLSearchParams(await bodyOf(request)).get('login') ?? '')
  if (!person) return send(response, 200, pickPage(await people.all(), `/interaction/${interaction.uid}`))
  await provider.interactionFinished(request, response, { login: { accountId: person.id, remember: true } })
}

const pageOfOld = () =>
  '<!doctype html><meta charset="utf-8"><title>.</title><p>Эта страница входа устарела. Начните вход заново. This sign-in page is too old: start again.</p>'

function send(response: ServerResponse, status: number, page: string): void {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    })
    .end(page)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const part of request) {
    body += String(part)
    if (body.length > 10_000) throw new Error('the form is too long')
  }
  return body
}
