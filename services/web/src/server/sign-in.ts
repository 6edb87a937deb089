/** OpenID Connect code flow with PKCE against the issuer; found when first needed, so the issuer may come up later. */
import * as oidc from 'openid-client'
import type { Leaving } from './session.ts'

export const CLIENT_ID = 'tirek-web'

export class SignIn {
  readonly #issuer: URL
  readonly #redirect: string
  readonly #audience: string
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
      ...(lang && { ui_locales: lang }),
    })
    return { url: url.href, leaving }
  }

  /** The access token of somebody who came back. Throws when state, nonce or code do not fit. */
  async comeBack(pathWithQuery: string, leaving: Leaving): Promise<string> {
    const configuration = await this.#configuration()
    const answer = await oidc.authorizationCodeGrant(configuration, new URL(pathWithQuery, this.#redirect), {
      pkceCodeVerifier: leaving.verifier,
      expectedState: leaving.state,
      expectedNonce: leaving.nonce,
      idTokenExpected: true,
    })
    return answer.access_token
  }
}
