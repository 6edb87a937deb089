/** What we use of oidc-provider 9, which brings no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  type Saved = { save(): Promise<string> }
  export type Grant = Saved & { addOIDCScope(scope: string): void; addResourceScope(resource: string, scope: string): void }
  export type AccessToken = Saved & { resourceServer: unknown; expiration: number; tokenType: string; accountId: string }
  export type Interaction = { uid: string; prompt: { name: string }; params: Record<string, unknown> }
  export type Context = {
    body: unknown
    oidc: {
      params: Record<string, unknown>
      client: { clientId: string }
      session: { accountId: string }
      entities: { AuthorizationCode?: { authTime?: number }; RefreshToken?: { authTime?: number } }
    }
  }
  export default class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>)
    proxy: boolean
    readonly Grant: new (of: { accountId: string; clientId: string }) => Grant
    readonly AccessToken: new (of: Record<string, unknown>) => AccessToken
    readonly ResourceServer: new (resource: string, info: Record<string, unknown>) => unknown
    callback(): (request: IncomingMessage, response: ServerResponse) => void
    registerGrantType(name: string, handler: (context: Context) => Promise<void>, parameters: string[]): void
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: Record<string, unknown>): Promise<void>
    on(event: string, listener: (...all: any[]) => void): void
  }
  export const errors: { InvalidGrant: new (why: string) => Error }
}
