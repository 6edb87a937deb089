/** The code that opens a file behind a link. It is told by phone or on paper; here its hash is kept, made slow and with a key that no database holds. */
import type { Sql } from '@tirek/platform/database'
import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** Six digits are guessed once in two hundred thousand. */
const CODE_TRIES = 5

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

const isCode = async (code: string, { salt, hash }: { salt: Buffer; hash: Buffer }, secret: string): Promise<boolean> =>
  timingSafeEqual(await hashOf(code, salt, secret), hash)

export type CodeTried = { is: 'right'; file: string } | { is: 'wrong'; left: number } | { is: 'locked'; now: boolean }

/** Tries a code: each try is counted before it is looked at, whatever becomes of it. `now`: this try was the last one. */
export async function tryCode(sql: Sql, letter: string, typed: string, secret: string, now: number): Promise<CodeTried> {
  const [row] = await sql(
    `UPDATE notifications.file_code SET tries = tries + 1 WHERE letter = $1 AND locked_at IS NULL AND tries < ${CODE_TRIES} RETURNING file, salt, hash, tries`,
    [letter],
  )
  if (!row) return { is: 'locked', now: false }
  if (await isCode(typed.replaceAll(/[\s-]/g, ''), { salt: row['salt'], hash: row['hash'] }, secret))
    return { is: 'right', file: row['file'] }
  const left = CODE_TRIES - (row['tries'] as number)
  if (left > 0) return { is: 'wrong', left }
  const locked = await sql('UPDATE notifications.file_code SET locked_at = $2 WHERE letter = $1 AND locked_at IS NULL RETURNING 1', [
    letter,
    now,
  ])
  return { is: 'locked', now: locked.length > 0 }
}

/** A right code gives all tries back. */
export const noteOpened = (sql: Sql, letter: string, now: number) =>
  sql('UPDATE notifications.file_code SET tries = 0, opened_at = coalesce(opened_at, $2) WHERE letter = $1', [letter, now])

export const isLocked = async (sql: Sql, letter: string): Promise<boolean> =>
  (await sql('SELECT 1 FROM notifications.file_code WHERE letter = $1 AND locked_at IS NOT NULL', [letter])).length > 0
