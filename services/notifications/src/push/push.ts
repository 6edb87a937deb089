/** The notice of an hour on the devices that their people allowed it on: title, case number and link, each device once. */
import type { Sql } from '@tirek/platform/database'
import { describe } from '@tirek/platform/ticker'
import { HOUR } from '@tirek/procedure/time'
import webpush from 'web-push'
import type { Item } from '../letters/compose.ts'
import type { LettersRecord } from '../letters/record.ts'
import { isPushService } from './vapid.ts'

const MOST_WAIT = 60_000
/** An hour later it is no news: the letter and the ladder have gone on. */
const GIVE_UP = HOUR
const MOST_MS = 5_000

/** In the transaction that makes the letter: a letter that is known already asks for nothing. */
export async function queuePush(
  sql: Sql,
  { clock, settings }: LettersRecord,
  letter: { id: string; person: string; subject: string },
  item: Item,
): Promise<void> {
  if (!settings.push) return
  await sql(
    `INSERT INTO notifications.push (letter, device, case_id, payload, queued_at, try_at)
     SELECT $1, id, $3, $4, $5, $5 FROM notifications.push_device WHERE person = $2 ON CONFLICT DO NOTHING`,
    [letter.id, letter.person, item.caseId, JSON.stringify({ title: letter.subject, case: item.caseNumber, link: item.link }), clock.now()],
  )
}

/** Whoever signed out everywhere or works here no more is told nothing on their devices. Returns how many it forgot. */
export async function forgetDevices({ db }: Pick<LettersRecord, 'db'>): Promise<number> {
  const gone = await db.query(
    `DELETE FROM notifications.push_device d WHERE NOT EXISTS (
       SELECT 1 FROM directory.person_view p WHERE p.id = d.person AND p.active AND coalesce(p.signed_out_at, -1) < d.made_at) RETURNING 1`,
  )
  return gone.length
}

/** Hands over what is due. A push service that is away is asked again, a device that is gone is forgotten. Returns how many were taken. */
export async function sendPushes(record: LettersRecord): Promise<number> {
  const { db, clock, settings, log } = record
  const { push } = settings
  if (!push) return 0
  const now = clock.now()
  const [waiting] = await db.query('SELECT 1 FROM notifications.push WHERE try_at <= $1 LIMIT 1', [now])
  if (!waiting) return 0
  await forgetDevices(record)
  await db.query('UPDATE notifications.push SET try_at = NULL WHERE try_at IS NOT NULL AND queued_at <= $1', [now - GIVE_UP])
  // Claimed for as long as a try may take: a second process takes others.
  const due = await db.query(
    `UPDATE notifications.push p SET try_at = $1 + ${3 * MOST_MS}, attempts = attempts + 1 FROM notifications.push_device d
      WHERE d.id = p.device AND (p.letter, p.device) IN (
        SELECT letter, device FROM notifications.push WHERE try_at <= $1 ORDER BY try_at LIMIT 50 FOR UPDATE SKIP LOCKED)
     RETURNING p.letter, p.device, p.payload, p.attempts, d.endpoint, d.p256dh, d.auth`,
    [now],
  )
  const taken = await Promise.all(
    due.map(async (row) => {
      const one = [row['letter'], row['device']]
      const done = () =>
        db.query('UPDATE notifications.push SET try_at = NULL, done_at = $3 WHERE letter = $1 AND device = $2', [...one, clock.now()])
      try {
        if (!isPushService(row['endpoint'], push.hosts)) throw new Gone()
        const { headers, body } = webpush.generateRequestDetails(
          { endpoint: row['endpoint'], keys: { p256dh: row['p256dh'], auth: row['auth'] } },
          JSON.stringify(row['payload']),
          { vapidDetails: push, TTL: GIVE_UP / 1_000, urgency: 'high', contentEncoding: 'aes128gcm' },
        )
        const { 'Content-Length': _, ...more } = headers as Record<string, string>
        const answer = await fetch(row['endpoint'], {
          method: 'POST',
          headers: Object.fromEntries(Object.entries(more).map(([name, value]) => [name, String(value)])),
          body: new Uint8Array(body as Buffer),
          redirect: 'error',
          signal: AbortSignal.timeout(MOST_MS),
        })
        if (answer.status === 404 || answer.status === 410) throw new Gone()
        if (!answer.ok) throw new Error(`the push service answered ${answer.status}`)
        await done()
        return 1
      } catch (error) {
        if (error instanceof Gone) await db.query('DELETE FROM notifications.push_device WHERE id = $1', [row['device']])
        else {
          log.warn({ error: describe(error), attempts: row['attempts'] }, 'a push service did not take a notice')
          await db.query('UPDATE notifications.push SET try_at = $3 WHERE letter = $1 AND device = $2', [
            ...one,
            clock.now() + Math.min(MOST_WAIT, 2_000 * 2 ** (row['attempts'] - 1)),
          ])
        }
        return 0
      }
    }),
  )
  return taken.reduce<number>((all, one) => all + one, 0)
}

/** The device has taken its permission back, or its push service is none of ours any more. */
class Gone extends Error {}
