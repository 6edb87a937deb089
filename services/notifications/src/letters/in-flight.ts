/** The bytes of a letter on its way: made at the first try with a link of its own, kept sealed, sent again the same. */
import type { Row, Sql } from '@tirek/platform/database'
import { bytesOf, sha256 } from '../mail/bytes.ts'
import { LINK_MARK, NUMBER_MARK } from './compose.ts'
import type { LettersRecord } from './record.ts'
import { partsOf } from '../mails/parts.ts'

/** Throws when the letter cannot be composed. */
export async function bytesFor(record: LettersRecord, letter: Row): Promise<Buffer> {
  const id = letter['id'] as string
  const kept = letter['bytes'] ? await record.sealer.open(id, letter['bytes']) : undefined
  if (kept) return kept
  return record.db.transaction(async (sql) => {
    const { fill, ...more } = letter['kind'] === 'mail' ? await partsOf(record, sql, letter) : { fill: await marksOf(record, sql, letter) }
    const bytes = await bytesOf({
      id,
      messageId: letter['message_id'],
      subject: letter['subject'],
      text: fill(letter['body']),
      html: letter['html'] && fill(letter['html']),
      at: letter['queued_at'],
      urgent: letter['urgent'],
      from: { name: 'Tirek', address: record.settings.mailFrom },
      to: { name: letter['name'], address: letter['address'] },
      ...more,
    })
    await sql(
      'UPDATE notifications.letter SET bytes = $2, sha256 = $3 WHERE id = $1',
      [id, await record.sealer.seal(id, bytes), sha256(bytes)],
      'keep-bytes',
    )
    return bytes
  })
}

/** Puts a new link into a letter that asks for a receipt. One in bytes that went elsewhere before (a corrected address) ends here. */
async function marksOf({ links, settings }: LettersRecord, sql: Sql, letter: Row): Promise<(text: string) => string> {
  const [receipt] = await sql('SELECT person FROM notifications.receipt WHERE letter = $1', [letter['id']])
  if (!receipt) return (text) => text
  const of = { purpose: 'receipt', subject: letter['id'] as string } as const
  await links.revoke(sql, of)
  const number = String(letter['seq'])
  const token = await links.issue(sql, { ...of, recipient: receipt['person'], number, lang: letter['lang'] })
  const url = new URL(`/l/${token}`, settings.webUrl).href
  return (text) => text.replaceAll(NUMBER_MARK, number).replaceAll(LINK_MARK, url)
}
