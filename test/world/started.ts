/** `npm start` as a child: in a home, on ports of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freeBlock, ROOT } from '../../infra/dev/place.mjs'

export class Started {
  readonly home: string
  readonly #child: ChildProcess
  readonly #said: () => string

  private constructor(home: string, child: ChildProcess, said: () => string) {
    this.home = home
    this.#child = child
    this.#said = said
  }

  static newHome(): string {
    const home = mkdtempSync(join(tmpdir(), 'tirek-running-'))
    chmodSync(home, 0o755) // as root, Postgres runs as a user of its own
    return home
  }

  /** Resolves when everything is ready, with demo data. */
  static async in(home: string, more: Record<string, string> = {}): Promise<Started> {
    let said = ''
    const child = spawn(process.execPath, [join(ROOT, 'infra/dev/start.mjs')], {
      env: { ...process.env, NODE_ENV: 'development', PORT: String(await freeBlock()), TIREK_HOME: home, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-20_000)))
    await new Promise<void>((ready, failed) => {
      child.stdout.on('data', () => said.includes('stop with Ctrl-C') && ready())
      child.once('exit', (code) => failed(new Error(`ended with ${code}:\n${said}`)))
    })
    return new Started(home, child, () => said)
  }

  /** What it printed last. */
  get said(): string {
    return this.#said()
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return
    this.#child.kill('SIGTERM')
    await new Promise((ended) => this.#child.once('exit', ended))
  }
}
