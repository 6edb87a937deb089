/** The built pages: read once, served from memory, compressed as the build left them. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
}
/** Beside each file that is worth it, its compressed copies (infra/dev/build.mjs). */
const COPIES = new Set(['.br', '.gz'])

export type Page = { type: string; etag: string; cache: string; plain: Buffer; gzip?: Buffer; br?: Buffer }

/** Nothing but our own files; no inline script, no frame, no foreign form. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

export class Pages {
  readonly #pages = new Map<string, Page>()

  /** `folder` is the client's build. */
  constructor(folder: string) {
    if (!existsSync(join(folder, 'index.html'))) throw new Error(`the pages are not built: ${folder}`)
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.startsWith('.') || entry.name.endsWith('.map') || COPIES.has(extname(entry.name))) continue
      const file = join(entry.parentPath, entry.name)
      this.#pages.set(`/${relative(folder, file).split(sep).join('/')}`, pageOf(file))
    }
  }

  /** The file of a path; any other path without a dot is the application, which shows what belongs there. */
  find(path: string): Page | undefined {
    return this.#pages.get(path) ?? (/\.[a-z0-9]+$/i.test(path) ? undefined : this.#pages.get('/index.html'))
  }
}

function pageOf(file: string): Page {
  const plain = readFileSync(file)
  const kind = extname(file)
  // Built files carry the hash of their content in their name.
  const cache = /[/\\]assets[/\\]/.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache'
  return {
    type: TYPES[kind] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    cache,
    plain,
    ...copy('gzip', `${file}.gz`),
    ...copy('br', `${file}.br`),
  }
}

const copy = (coding: 'gzip' | 'br', file: string): { [coding: string]: Buffer } =>
  existsSync(file) ? { [coding]: readFileSync(file) } : {}
