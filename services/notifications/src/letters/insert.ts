import type { Row, Sql } from '@tirek/platform/database'
import { randomUUID } from 'node:crypto'
import { messageIdOf } from '../mail/bytes.ts'
import type { BookPerson } from '../recipients/book.ts'
import type { Composed } from './compose.ts'
import type { LettersRecord } from './record.ts'

export type NewLetter = {
  key: string
  person: Pick<BookPerson, 'id' | 'name' | 'lang' | 'email'>
  /** Whose cases it is about: its supervisors and head look after it. */
  organisation: string | null
  composed: Composed
  urgent: boolean
  kind: 'notice' | 'digest' | 'task' | 'mail'
  askedAt: number
  /** Hashes of the steps that it tells, for the ledger. */
  told?: readonly string[]
  now: number
}

/** Writes the row once; `undefined`: it is known already. A task is for the pages only. */
export async function insertLetter(sql: Sql, { settings }: LettersRecord, letter: NewLetter): Promise<Row | undefined> {
  const { person, composed } = letter
  const held = settings.holdBefore !== undefined && letter.askedAt < settings.holdBefore
  const state = letter.kind === 'task' ? 'shown' : held ? 'held' : person.email ? 'queued' : 'failed'
  // Of two at once either of the unique columns, key and Message-ID, may be met first: neither is a fault.
  const made = await sql(
    `INSERT INTO notifications.letter (id, key, message_id, kind, urgent, person, organisation, address, name, lang, subject, body, html, items, state, asked_at, queued_at, try_at, answer, told)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) ON CONFLICT DO NOTHING RETURNING *`,
    [
      randomUUID(),
      letter.key,
      messageIdOf(letter.key, settings.mailFrom),
      letter.kind,
      letter.urgent,
      person.id,
      letter.organisation,
      person.email,
      person.name,
      person.lang,
      composed.subject,
      composed.text,
      composed.html,
      JSON.stringify(composed.items),
      state,
      letter.askedAt,
      letter.now,
      state === 'queued' ? letter.now : null,
      state === 'failed' ? 'no address' : null,
      letter.told ?? [],
    ],
  )
  return made[0]
}
