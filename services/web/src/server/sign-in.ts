/** OpenID Connect code flow with PKCE against the issuer; found when first needed, so the issuer may come up later. */
import * as oidc from 'openid-client'
import type { Config } from '@tirek/platform/config'
import type { Leaving, Session } from './session.ts'

export type Tokens = Pick<Session, 'token' | 'tokenEnd' | 'refresh'>

/** For requests of one page that were under way together. */
const REMEMBERED_MS = 30_000

/** Lives of tokens whose issuer does not tell them, s. */
const SHORT_LIFE_S = 300

export type SignInConfig = Pick<Config, 'OIDC_AUDIENCE' | 'OIDC_CLIENT_ID' | 'OIDC_CLIENT_SECRET' | 'OIDC_SCOPE' | 'OIDC_RESOURCE'> & {
  ISSUER_URL: string
}

export class SignIn {
  readonly #issuer: URL
  readonly #redirect: string
  readonly #config: SignInConfig
  readonly #renewed = new Map<string, { at: number; tokens: Promise<Tokens> }>()
  #found: Promise<oidc.Configuration> | undefined

  constructor(config: SignInConfig, webUrl: string) {
    this.#issuer = new URL(config.ISSUER_URL)
    this.#redirect = `${webUrl}/auth/callback`
    this.#config = config
  }

  #configuration(): Promise<oidc.Configuration> {
    const execute = this.#issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : []
    const { OIDC_CLIENT_ID: client, OIDC_CLIENT_SECRET: secret } = this.#config
    const proof = secret ? oidc.ClientSecretPost(secret) : oidc.None()
    this.#found ??= oidc.discovery(this.#issuer, client, undefined, proof, { execute, timeout: 5 }).catch((error: unknown) => {
      this.#found = undefined
      throw error
    })
    return this.#found
  }

  /** The issuer's page to send the browser to, and what must be remembered until it comes back. */
  async leave(to: string, lang: string | undefined): Promise<{ url: string; leaving: Leaving }> {
    const configuration = await this.#configuration()
    const resource = this.#resource()
    const leaving: Leaving = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier(), to }
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#redirect,
      scope: this.#config.OIDC_SCOPE,
      ...(resource && { resource }),
      code_challenge: await oidc.calculatePKCECodeChallenge(leaving.verifier),
      code_challenge_method: 'S256',
      state: leaving.state,
      nonce: leaving.nonce,
      // Workplaces are shared: whoever signs in says who they are. So each sign-in is a fresh one too.
      prompt: 'login',
      ...(lang && { ui_locales: lang }),
    })
    return { url: url.href, leaving }
  }

  #resource(): string {
    const { OIDC_RESOURCE: resource, OIDC_AUDIENCE: audience } = this.#config
    return resource ?? (audience.includes(':') ? audience : `urn:${audience}`)
  }

  /** The issuer forgets a session's refresh token, where it can. */
  async revoke(refresh: string): Promise<void> {
    const configuration = await this.#configuration()
    if (configuration.serverMetadata().revocation_endpoint) await oidc.tokenRevocation(configuration, refresh)
  }

  /** The tokens of somebody who came back. Throws when state, nonce or code do not fit. */
  async comeBack(pathWithQuery: string, leaving: Leaving): Promise<Tokens> {
    const configuration = await this.#configuration()
    const answer = await oidc.authorizationCodeGrant(configuration, new URL(pathWithQuery, this.#redirect), {
      pkceCodeVerifier: leaving.verifier,
      expectedState: leaving.state,
      expectedNonce: leaving.nonce,
      idTokenExpected: true,
    })
    return tokensOf(answer)
  }

  /** New tokens. Requests that come at the same time share one answer, since a refresh token is good only once. */
  renew(refresh: string): Promise<Tokens> {
    const now = Date.now()
    for (const [used, { at }] of this.#renewed) {
      if (now - at < REMEMBERED_MS) break
      this.#renewed.delete(used)
    }
    const known = this.#renewed.get(refresh)
    if (known) return known.tokens
    const renewing = this.#configuration().then(async (configuration) => tokensOf(await oidc.refreshTokenGrant(configuration, refresh)))
    this.#renewed.set(refresh, { at: now, tokens: renewing })
    // An issuer that was away for a moment is asked again at the next request.
    renewing.catch(() => this.#renewed.delete(refresh))
    return renewing
  }
}

const tokensOf = (answer: { access_token: string; expires_in?: number | undefined; refresh_token?: string | undefined }): Tokens => ({
  token: answer.access_token,
  tokenEnd: Date.now() + (answer.expires_in ?? SHORT_LIFE_S) * 1000,
  ...(answer.refresh_token && { refresh: answer.refresh_token }),
})
