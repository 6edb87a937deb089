/** One POST to a gateway for phones when an hour needs somebody: case number, rule and times, nothing personal. */
import type { Notice } from '@tirek/contract/notices'
import type { Sql } from '@tirek/platform/database'
import { describe } from '@tirek/platform/ticker'
import type { LettersRecord } from '../letters/record.ts'

const MOST_MS = 60_000

/** In the transaction that notes the notice: a repeat of it is known and asks for nothing. Known by its key, it is kept once. */
export async function queueAlert(sql: Sql, { clock, settings }: LettersRecord, notice: Notice): Promise<void> {
  if (!settings.alertUrl) return
  const payload = {
    case: notice.caseNumber,
    rule: notice.rule,
    what: notice.event ?? notice.row,
    whom: [...new Set(notice.steps.flatMap(({ whom }) => whom))],
    ...(notice.due === undefined ? {} : { due: new Date(notice.due).toISOString() }),
    link: new URL(`/cases/${notice.caseId}`, settings.webUrl).href,
  }
  await sql('INSERT INTO notifications.alert (key, payload, try_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
    `${notice.caseId}/${notice.key}`,
    JSON.stringify(payload),
    clock.now(),
  ])
}

/** Posts what is due; a gateway that is away is asked again. Returns how many it took. */
export async function sendAlerts({ db, clock, settings, log }: LettersRecord): Promise<number> {
  if (!settings.alertUrl) return 0
  const due = await db.query('SELECT key, payload, attempts FROM notifications.alert WHERE try_at <= $1 ORDER BY try_at, key LIMIT 50', [
    clock.now(),
  ])
  let taken = 0
  for (const { key, payload, attempts } of due) {
    try {
      const answer = await fetch(settings.alertUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': Buffer.from(key).toString('base64url') },
        body: JSON.stringify(payload),
        redirect: 'error',
        signal: AbortSignal.timeout(5_000),
      })
      if (!answer.ok) throw new Error(`the gateway answered ${answer.status}`)
      await db.query('UPDATE notifications.alert SET try_at = NULL, done_at = $2, attempts = attempts + 1 WHERE key = $1', [
        key,
        clock.now(),
      ])
      taken++
    } catch (error) {
      log.warn({ error: describe(error), attempts: attempts + 1 }, 'the gateway for phones did not take an alert')
      await db.query('UPDATE notifications.alert SET try_at = $2, attempts = attempts + 1 WHERE key = $1', [
        key,
        clock.now() + Math.min(MOST_MS, 2_000 * 2 ** attempts),
      ])
    }
  }
  return taken
}
