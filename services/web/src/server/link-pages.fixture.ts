/** The web server with nothing behind it but the real notifications service: for the pages of links. */
// oxlint-disable-next-line no-restricted-imports -- tests only: links are made by the service that writes letters
import { clock, issuer, log, notifications } from '@tirek/notifications/world.fixture'
import { readConfig } from '@tirek/platform/config'
import { scratchKeyOf } from '@tirek/platform/scratch-service-keys'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startWeb, WEB_NEEDS } from '../app.ts'

const pages = mkdtempSync(join(tmpdir(), 'tirek-pages-'))
writeFileSync(join(pages, 'index.html'), '<!doctype html><title>pages</title>')

/** `more`: settings beside the usual ones. */
export const startLinkPages = (more: Record<string, string> = {}) =>
  startWeb({
    config: readConfig(
      {
        ISSUER_URL: issuer.url,
        SESSION_SECRET: 'the secret of the web server in this test',
        SERVICE_KEY: scratchKeyOf('web'),
        CASES_URL: 'http://127.0.0.1:1',
        DIRECTORY_URL: 'http://127.0.0.1:1',
        NOTIFICATIONS_URL: notifications.url,
        ...more,
      },
      WEB_NEEDS,
    ),
    clock,
    log,
    pages,
  })
