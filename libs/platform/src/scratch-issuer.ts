/** Signs tokens as an OpenID Connect issuer does, for tests that need people and no sign-in page. */
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Who } from './auth.ts'

export type ScratchIssuer = { url: string; tokenFor(who: Who): Promise<string>; stop(): Promise<void> }

export async function startScratchIssuer(audience = 'tirek'): Promise<ScratchIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), alg: 'RS256', use: 'sig', kid: 'scratch' }] }
  const server = createServer((request, response) => {
    const at = `http://${request.headers.host}`
    const isDescription = request.url === '/.well-known/openid-configuration'
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify(isDescription ? { issuer: at, jwks_uri: `${at}/jwks` } : jwks))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    tokenFor: ({ person, role, organisation, login, lang, signedInAt }) =>
      new SignJWT({ role, organisation, login, locale: lang, ...(signedInAt ? { auth_time: Math.floor(signedInAt / 1_000) } : {}) })
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'scratch' })
        .setIssuer(url)
        .setAudience(audience)
        .setSubject(person)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped())
        server.closeAllConnections()
      }),
  }
}
