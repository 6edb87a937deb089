/** What the meetings and the referrals service are told: a row with a key of its own in the transaction of its cause, posted until it is taken. */
import { MostNews, type MailNews, type MailState } from '@tirek/contract/mails'
import type { ReferralReplyNews } from '@tirek/contract/referral-mails'
import type { Row, Sql } from '@tirek/platform/database'
import { ServiceRefusal } from '@tirek/platform/service-tokens'
import { describe } from '@tirek/platform/ticker'
import { MINUTE, type Instant } from '@tirek/procedure/time'
import type { LettersRecord } from '../letters/record.ts'

const MOST_WAIT = 5 * MINUTE
const BATCH = MostNews

/** Known by its key, it is kept once. */
export const queueNews = (sql: Sql, news: MailNews, now: Instant, caseId: string | null = null) =>
  sql('INSERT INTO notifications.news (key, body, case_id, try_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
    news.key,
    JSON.stringify(news),
    caseId,
    now,
  ])

/** For the referrals service: its body replied by a plain mail. */
export const queueReply = (sql: Sql, news: ReferralReplyNews, caseId: string) =>
  sql(`INSERT INTO notifications.news (key, body, case_id, try_at, service) VALUES ($1, $2, $3, $4, 'referrals') ON CONFLICT DO NOTHING`, [
    news.key,
    JSON.stringify(news),
    caseId,
    news.at,
  ])

const TOLD: Partial<Record<string, MailState>> = { accepted: 'accepted', doubtful: 'doubtful', failed: 'failed', bounced: 'bounced' }

/** What became of the letter of a mail. `letter` holds how often it was tried and doubted by now; a letter of another kind is nobody's news. */
export async function queueState(
  sql: Sql,
  letter: Pick<Row, 'id' | 'kind' | 'attempts'>,
  { state, tryAt, at, doubts, now }: { state: string; tryAt?: Instant | null; at: Instant; doubts: number; now: Instant },
): Promise<void> {
  // In doubt and not to be sent again: somebody must ask the receiver.
  const told = state === 'doubtful' && tryAt === null ? 'failed' : TOLD[state]
  if (letter['kind'] !== 'mail' || !told) return
  await tellOf(sql, letter['id'], told, { at, now, n: letter['attempts'], copies: copiesOf(state, doubts) })
}

/** How often the same bytes may have arrived. */
export const copiesOf = (state: string, doubts: number): number => (state === 'doubtful' ? Math.max(1, doubts) : doubts + 1)

/** `n` keeps apart what may be so more than once. */
export async function tellOf(
  sql: Sql,
  letter: string,
  state: MailState,
  { at, now, n, copies = 1 }: { at: Instant; now: Instant; n: number; copies?: number },
): Promise<void> {
  await sql(
    stateNews({ state: '$2::text', n: '$3', at: '$4', copies: '$5', now: '$6' }, 'WHERE m.letter = $1'),
    [letter, state, n, at, copies, now],
    'tell-of-mail',
  )
}

type Said = { state: string; n: string; at: string; copies: string; now: string }
/** A statement that queues what became of the mails `m` of `whose`; all of it are expressions. */
export const stateNews = ({ state, n, at, copies, now }: Said, whose: string): string =>
  `INSERT INTO notifications.news (key, body, case_id, try_at, service)
   SELECT n.key, jsonb_build_object('key', n.key, 'mail', m.key, 'state', ${state}, 'at', ${at}::bigint, 'copies', ${copies}::int)
       || CASE WHEN m.referral IS NULL THEN jsonb_build_object('what', 'state', 'meeting', m.meeting, 'invitee', m.invitee) ELSE jsonb_build_object('referral', m.referral) END,
     m.case_id, ${now}, CASE WHEN m.referral IS NULL THEN 'meetings' ELSE 'referrals' END
     FROM notifications.mail m CROSS JOIN LATERAL (SELECT m.key || '/' || ${state} || '/' || ${n}::int AS key) n ${whose} ON CONFLICT DO NOTHING`

/** Posts what is due, the oldest first; a service that is away is asked again. Without an address of it all is kept. Returns how much was taken. */
export async function sendNews(record: LettersRecord): Promise<number> {
  const { meetingsUrl, referralsUrl } = record.settings
  return (await sendTo(record, 'meetings', meetingsUrl)) + (await sendTo(record, 'referrals', referralsUrl))
}

/** How many were taken; 0: the service is away, and each waits. `undefined`: it takes them not like this. */
async function tellTogether(
  { db, clock, settings, log }: Pick<LettersRecord, 'db' | 'clock' | 'settings' | 'log'>,
  url: string,
  due: readonly Row[],
): Promise<number | undefined> {
  const keys = due.map(({ key }) => key as string)
  try {
    await settings.caller.call('meetings', url, { items: due.map(({ body }) => body as MailNews) })
  } catch (error) {
    if (error instanceof ServiceRefusal) return undefined
    log.warn({ error: describe(error), service: 'meetings', news: due.length }, 'news of mails were not taken')
    await db.query(
      'UPDATE notifications.news SET try_at = $2 + least($3::bigint, 1000 * (2 ^ least(attempts, 10))::bigint), attempts = attempts + 1 WHERE key = ANY($1)',
      [keys, clock.now(), MOST_WAIT],
    )
    return 0
  }
  await db.query('UPDATE notifications.news SET try_at = NULL, body = NULL, done_at = $2, attempts = attempts + 1 WHERE key = ANY($1)', [
    keys,
    clock.now(),
  ])
  return due.length
}

async function sendTo({ db, clock, settings, log }: LettersRecord, service: 'meetings' | 'referrals', base?: string): Promise<number> {
  if (!base) return 0
  const url = new URL('/internal/mail-news', base).href
  const due = await db.query(
    'SELECT key, body, attempts FROM notifications.news WHERE try_at <= $1 AND service = $3 ORDER BY seq LIMIT $2',
    [clock.now(), BATCH, service],
  )
  // Told together they cost one call; what is refused in company is told one by one.
  if (service === 'meetings' && due.length > 1) {
    const told = await tellTogether({ db, clock, settings, log }, url, due)
    if (told !== undefined) return told
  }
  let taken = 0
  for (const { key, body, attempts } of due) {
    try {
      await settings.caller.call(service, url, body)
      // The key stays, so that nothing is told twice; what it said is not needed any more.
      await db.query('UPDATE notifications.news SET try_at = NULL, body = NULL, done_at = $2, attempts = attempts + 1 WHERE key = $1', [
        key,
        clock.now(),
      ])
      taken++
    } catch (error) {
      // Away: the others would meet the same closed door in this turn.
      const isAway = !(error instanceof ServiceRefusal)
      log.warn({ error: describe(error), service, attempts: attempts + 1 }, 'news of a mail were not taken')
      await db.query('UPDATE notifications.news SET try_at = $2, attempts = attempts + 1 WHERE key = $1', [
        key,
        clock.now() + Math.min(MOST_WAIT, 1_000 * 2 ** Math.min(attempts, 10)),
      ])
      if (isAway) return taken
    }
  }
  return taken
}
