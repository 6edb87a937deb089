/** A real Chromium for tests of the pages: named by CHROMIUM, on the PATH, Debian's, or one that Playwright has fetched. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The program, or nothing when this machine has none. */
export function findChromium(env: Record<string, string | undefined> = process.env): string | undefined {
  if (env['CHROMIUM']) {
    if (!isProgram(env['CHROMIUM'])) throw new Error(`CHROMIUM names no program: ${env['CHROMIUM']}`)
    return env['CHROMIUM']
  }
  const onPath = (env['PATH'] ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...onPath, '/usr/bin/chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', chromium.executablePath()].find(
    (file) => file && isProgram(file),
  )
}

/** What to do where there is none. */
export const NO_CHROMIUM =
  'The pages are NOT tested: no Chromium found. Set CHROMIUM=/path/to/chromium, or: apt-get install chromium, or: npx playwright-core install chromium'

export function openBrowser(executablePath: string): Promise<Browser> {
  // As root Chromium has no sandbox; the pages are our own.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
}
