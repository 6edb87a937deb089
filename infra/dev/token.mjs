// `npm run token -- <login>`: prints an access token of a demo person, for scripts: curl -H "authorization: Bearer $(npm run -s token -- aigerim)" ...
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { failWithHint } from './install.mjs'
import { Hint, homeOf } from './place.mjs'

/** @returns {Promise<string>} a token of the development issuer */
export async function tokenFor(login, issuerUrl) {
  const asked = new URLSearchParams({ grant_type: 'urn:tirek:demo-login', client_id: 'tirek-web', login })
  const answer = await fetch(`${issuerUrl}/token`, {
    method: 'POST',
    body: asked,
    redirect: 'error',
    signal: AbortSignal.timeout(10_000),
  }).catch(() => {
    throw new Hint(`the issuer ${issuerUrl} does not answer: is \`npm start\` running?`)
  })
  const body = await answer.json()
  if (!answer.ok) throw new Hint(`no token for ${login}: ${body.error_description ?? body.error}`)
  return body.access_token
}

if (process.argv[1]?.endsWith('token.mjs')) {
  try {
    const login = process.argv[2]
    if (!login) throw new Hint('whose? npm run token -- <login>')
    const run = join(homeOf(), 'run.json')
    if (!process.env.ISSUER_URL && !existsSync(run)) throw new Hint('nothing runs here: `npm start` first')
    process.stdout.write(`${await tokenFor(login, process.env.ISSUER_URL ?? JSON.parse(readFileSync(run, 'utf8')).issuerUrl)}\n`)
  } catch (error) {
    failWithHint(error)
  }
}
