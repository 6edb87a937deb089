// A real SMTP server with a page to read the letters; the letters outlive a restart.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './place.mjs'
import { answers } from './supervisor.mjs'

export function mailboxPlan({ home, smtpPort, webPort }) {
  const folder = join(home, 'mail')
  mkdirSync(folder, { recursive: true })
  // STARTTLS with a made-up certificate would only make senders refuse.
  const options = [
    '--smtp',
    smtpPort,
    '--ip',
    '127.0.0.1',
    '--web',
    webPort,
    '--web-ip',
    '127.0.0.1',
    '--mail-directory',
    folder,
    '--max-emails',
    0,
    '--hide-extensions',
    'STARTTLS',
    '--silent',
  ]
  return {
    name: 'mailbox',
    tier: 1,
    command: process.execPath,
    args: [join(ROOT, 'node_modules/maildev/dist/bin/maildev.js'), ...options.map(String)],
    isReady: () => answers(`http://127.0.0.1:${webPort}/api/email`),
    show: (line) => (/error/i.test(line) ? line : undefined),
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    webUrl: `http://localhost:${webPort}`,
  }
}
