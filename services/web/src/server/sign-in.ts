/** OpenID Connect code flow with PKCE against the issuer; found when first needed, so the issuer may come up later. */
import * as oidc from 'openid-client'
import { decodeJwt } from 'jose'
import type { Leaving, Session } from './session.ts'

export const CLIENT_ID = 'tirek-web'

export type Tokens = Pick<Session, 'token' | 'tokenEnd' | 'refresh'>

/** For requests of one page that were under way together. */
const REMEMBERED_MS = 30_000

export class SignIn {
  readonly #issuer: URL
  readonly #redirect: string
  readonly #audience: string
  readonly #renewed = new Map<string, Promise<Tokens>>()
  #found: Promise<oidc.Configuration> | undefined

  constructor(issuer: string, webUrl: string, audience: string) {
    this.#issuer = new URL(issuer)
    this.#redirect = `${webUrl}/auth/callback`
    this.#audience = audience
  }

  #configuration(): Promise<oidc.Configuration> {
    const execute = this.#issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : []
    this.#found ??= oidc.discovery(this.#issuer, CLIENT_ID, undefined, oidc.None(), { execute, timeout: 5 }).catch((error: unknown) => {
      this.#found = undefined
      throw error
    })
    return this.#found
  }

  /** The issuer's page to send the browser to, and what must be remembered until it comes back. */
  async leave(to: string, lang: string | undefined): Promise<{ url: string; leaving: Leaving }> {
    const configuration = await this.#configuration()
    const leaving: Leaving = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier(), to }
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#redirect,
      scope: 'openid profile',
      resource: this.#audience.includes(':') ? this.#audience : `urn:${this.#audience}`,
      code_challenge: await oidc.calculatePKCECodeChallenge(leaving.verifier),
      code_challenge_method: 'S256',
      state: leaving.state,
      nonce: leaving.nonce,
      // Workplaces are shared: whoever signs in says who they are.
      prompt: 'login',
      ...(lang && { ui_locales: lang }),
    })
    return { url: url.href, leaving }
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
    const known = this.#renewed.get(refresh)
    if (known) return known
    const renewing = this.#configuration().then(async (configuration) => tokensOf(await oidc.refreshTokenGrant(configuration, refresh)))
    this.#renewed.set(refresh, renewing)
    setTimeout(() => this.#renewed.delete(refresh), REMEMBERED_MS).unref()
    return renewing
  }
}

const tokensOf = (answer: { access_token: string; refresh_token?: string | undefined }): Tokens => ({
  token: answer.access_token,
  tokenEnd: (decodeJwt(answer.access_token).exp ?? 0) * 1000,
  ...(answer.refresh_token && { refresh: answer.refresh_token }),
})
