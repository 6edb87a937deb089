/** The sign-in of development as the issuer of a test, and its tokens by login. */
import { DEMO_LOGIN, ISSUER_NEEDS, startIssuer } from '@tirek/issuer/app'
import { readConfig } from '@tirek/platform/config'
import { createLog } from '@tirek/platform/log'
import { scratchKeyOf } from '@tirek/platform/scratch-service-keys'
import type { Places } from './clinic.fixture.ts'

export async function demoIssuer(at: Places): Promise<{ url: string; close(): Promise<void> }> {
  const { close } = await startIssuer({
    config: readConfig(
      {
        NODE_ENV: 'test',
        ISSUER_URL: at.issuerUrl,
        SERVICE_PORT: String(at.issuerPort),
        WEB_URL: at.webUrl,
        DIRECTORY_URL: at.directoryUrl,
        SERVICE_KEY: scratchKeyOf('issuer'),
        TIREK_HOME: at.home,
      },
      ISSUER_NEEDS,
    ),
    log: createLog('issuer', process.env['TEST_LOG'] ?? 'silent'),
  })
  return { url: at.issuerUrl, close }
}

export async function tokenOf(issuerUrl: string, login: string): Promise<string> {
  const asked = new URLSearchParams({ grant_type: DEMO_LOGIN, client_id: 'tirek-web', login })
  const answer = await fetch(`${issuerUrl}/token`, { method: 'POST', body: asked })
  const { access_token: token, error } = (await answer.json()) as { access_token?: string; error?: string }
  if (!token) throw new Error(`no token for ${login}: ${error}`)
  return token
}
