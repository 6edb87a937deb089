/** The code that opens a file behind a link. It is told by phone or on paper; here its hash is kept, made slow and with a key that no database holds. */
import type { Sql } from '@tirek/platform/database'
import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** Six signs are guessed once in two hundred thousand. */
export const CODE_TRIES = 5

const slow = promisify(scrypt) as (secret: Buffer, salt: Buffer, length: number) => Promise<Buffer>
const hashOf = (code: string, salt: Buffer, secret: string): Promise<Buffer> =>
  slow(createHmac('sha256', secret).update(`code of a file\n${code}`).digest(), salt, 32)

export async function keepCode(sql: Sql, letter: string, { id, code }: { id: string; code: string }, secret: string): Promise<void> {
  const salt = randomBytes(16)
  await sql('INSERT INTO notifications.file_code (letter, file, salt, hash) VALUES ($1, $2, $3, $4)', [
    letter,
    id,
    salt,
    await hashOf(code, salt, secret),
  ])
}

export const isCode = async (code: string, { salt, hash }: { salt: Buffer; hash: Buffer }, secret: string): Promise<boolean> =>
  timingSafeEqual(await hashOf(code, salt, secret), hash)
