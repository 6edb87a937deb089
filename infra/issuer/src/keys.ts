/** The issuer's signing key and cookie secret: made once, kept in a file that only its owner may read. */
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

export type IssuerKeys = { jwks: { keys: JWK[] }; cookieKey: string }

/** Reads the keys or makes them: tokens stay good over a restart. */
export async function keysOf(file: string): Promise<IssuerKeys> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as IssuerKeys
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error
  }
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: randomBytes(8).toString('hex') }
  const made: IssuerKeys = { jwks: { keys: [key] }, cookieKey: randomBytes(32).toString('base64url') }
  await mkdir(dirname(file), { recursive: true })
  // Whole or not at all: a killed first start leaves no half file.
  await writeFile(`${file}.${process.pid}`, JSON.stringify(made), { mode: 0o600 })
  await rename(`${file}.${process.pid}`, file)
  return made
}
