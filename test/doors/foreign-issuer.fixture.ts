/** oidc-provider made to give tokens of the shapes that Keycloak and Microsoft Entra give: real keys, real codes, their claims. */
import { exportJWK, generateKeyPair } from 'jose'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import Provider from 'oidc-provider'
import type { Places } from './clinic.fixture.ts'

export type Shape = {
  /** Secret of the client; Keycloak and Entra call such a client confidential. */
  secret: string
  client: string
  /** Claims of a login, in the access token; `authTime` is in seconds. */
  claimsOf(login: string, authTime: number | undefined): Record<string, unknown>
  /** Audience of the access token. */
  audience: string
  /** What the pages ask for beside `openid profile`. */
  scope?: string
}

export const foreignIssuer =
  (shape: Shape) =>
  async (at: Places): Promise<{ url: string; close(): Promise<void> }> => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true })
    const resource = {
      scope: shape.scope ?? '',
      audience: shape.audience,
      accessTokenFormat: 'jwt',
      accessTokenTTL: 3_600,
      jwt: { sign: { alg: 'RS256' } },
    }
    const provider: Provider = new Provider(at.issuerUrl, {
      jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'k1' }] },
      cookies: { keys: ['cookies of an issuer of tests'] },
      clients: [
        {
          client_id: shape.client,
          client_secret: shape.secret,
          token_endpoint_auth_method: 'client_secret_post',
          redirect_uris: [`${at.webUrl}/auth/callback`],
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
        },
      ],
      scopes: ['openid', 'profile', 'offline_access'],
      pkce: { required: () => true },
      features: {
        devInteractions: { enabled: false },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => 'urn:of-the-issuer',
          useGrantedResource: () => true,
          getResourceServerInfo: () => resource,
        },
      },
      issueRefreshToken: async () => true,
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      extraTokenClaims: async (
        context: { oidc: { entities: { AuthorizationCode?: { authTime?: number } } } },
        { accountId }: { accountId: string },
      ) => shape.claimsOf(accountId, context.oidc.entities.AuthorizationCode?.authTime),
      // Neither of them marks its access tokens `at+jwt`.
      formats: {
        customizers: {
          jwt: (_: unknown, __: unknown, token: { header?: Record<string, unknown> }) => {
            token.header = { typ: 'JWT' }
          },
        },
      },
      findAccount: async (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub }) }),
      loadExistingGrant: async (context: { oidc: { client: { clientId: string }; session: { accountId: string } } }) => {
        const grant = new provider.Grant({ clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId })
        grant.addOIDCScope(`openid profile offline_access ${shape.scope ?? ''}`.trim())
        grant.addResourceScope('urn:of-the-issuer', shape.scope ?? '')
        await grant.save()
        return grant
      },
    })
    const { pathname } = new URL(at.issuerUrl)
    const prefix = pathname.replace(/\/$/, '')
    const oidc = provider.callback()
    const server = createServer((request, response) => {
      if (request.url?.startsWith('/interaction/')) return void pick(provider, request, response)
      if (prefix && !request.url?.startsWith(`${prefix}/`)) return void response.writeHead(404).end()
      Object.assign(request, { originalUrl: request.url, url: request.url!.slice(prefix.length) })
      void oidc(request, response)
    })
    await new Promise<void>((listening) => server.listen(at.issuerPort, '127.0.0.1', listening))
    return {
      url: at.issuerUrl,
      close: () =>
        new Promise((closed) => {
          server.close(() => closed())
          server.closeAllConnections()
        }),
    }
  }

/** The login that is typed is who signs in. */
async function pick(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST')
    return void response.writeHead(200, { 'content-type': 'text/html' }).end('<form method="post"><input name="login">')
  let body = ''
  for await (const part of request) body += String(part)
  const login = new URLSearchParams(body).get('login') ?? ''
  await provider.interactionFinished(request, response, { login: { accountId: login, remember: true } })
}
