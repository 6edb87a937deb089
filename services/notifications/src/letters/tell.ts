/** Makes letters of notices whose instant has come: to whom is decided now, and whether it is still open is asked once more. */
import { Notice } from '@tirek/contract/notices'
import type { Row, Sql } from '@tirek/platform/database'
import { describe } from '@tirek/platform/ticker'
import { MINUTE } from '@tirek/procedure/time'
import { sha256 } from '../mail/bytes.ts'
import { askForReceipt, confirmedOf, isAskedForReceipt } from '../links/receipts.ts'
import { toldKey } from '../mail/ledger.ts'
import { bookAt, type Book, type BookPerson } from '../recipients/book.ts'
import { namedIn, recipientsOf, type Recipient, type ToldRole } from '../recipients/recipients.ts'
import { composeDigest, composeOne, itemOf, type Earlier } from './compose.ts'
import { tellOfFailure } from './failure.ts'
import { insertLetter } from './insert.ts'
import { queuePush } from '../push/push.ts'
import type { LettersRecord } from './record.ts'

type Waiting = { id: string; notice: Notice; receivedAt: number; askedSince: number | null }
const BATCH = 2_000
/** How long a morning's letters wait for the cases service before they go out unasked. */
const WAIT_FOR_ANSWER = 5 * MINUTE
const ASK_AGAIN = 20_000

/** One turn for one lane. Returns how many letters were made. */
export async function tell(record: LettersRecord, lane: 'urgent' | 'ordinary'): Promise<number> {
  const { db, clock } = record
  const now = clock.now()
  const rows = await db.query(
    `SELECT id, body, received_at, asked_since FROM notifications.notice WHERE state = 'waiting' AND urgent = $1 AND send_at <= $2 ORDER BY send_at, key LIMIT $3`,
    [lane === 'urgent', now, BATCH],
  )
  if (rows.length === 0) return 0
  const due = rows.map(waitingOf)
  const open = lane === 'urgent' ? due : await stillOpen(record, due, now)
  if (!open) return 0
  const goes = new Set(open.map(({ id }) => id))
  const dropped = due.filter(({ id }) => !goes.has(id))
  if (open !== due) await forget(db, due, open, dropped, now)
  if (open.length === 0) return 0
  const book = await bookAt(db, now)
  const told = open.map((waiting) => ({ waiting, recipients: recipientsOf(withSomebody(waiting.notice), book) }))
  for (const { waiting, recipients } of told)
    if (recipients.length === 0)
      record.log.error({ case: waiting.notice.caseId, rule: waiting.notice.rule }, 'nobody works here: nobody can be told')
  return db.transaction(async (sql) => {
    // A second process that told it meanwhile wins.
    const mine = await sql(
      `UPDATE notifications.notice SET state = 'told', told_at = $2 WHERE id = ANY($1) AND state = 'waiting' RETURNING id`,
      [open.map(({ id }) => id), now],
    )
    const ids = new Set(mine.map(({ id }) => id as string))
    return makeLetters(
      sql,
      record,
      told.filter(({ waiting }) => ids.has(waiting.id)),
      book,
      now,
      lane === 'urgent',
    )
  })
}

/**
 * What is not told is as if nobody had asked: should the evidence be withdrawn, the same steps are asked for again. A notice that was
 * asked for once more meanwhile is looked at in the next turn.
 */
async function forget(
  db: LettersRecord['db'],
  due: readonly Waiting[],
  open: readonly Waiting[],
  dropped: readonly Waiting[],
  now: number,
) {
  const goes = new Map(open.map(({ id, notice }) => [id, new Set(notice.steps.map(({ key }) => key))]))
  const spared = due.flatMap(({ id, notice }) => {
    const told = goes.get(id)
    return told && !notice.event ? notice.steps.filter(({ key }) => !told.has(key)).map(({ key }) => ({ id, key })) : []
  })
  if (dropped.length === 0 && spared.length === 0) return
  await db.transaction(async (sql) => {
    const gone = await sql(
      `UPDATE notifications.notice n SET state = 'dropped', told_at = $3, key = n.key || '/dropped/' || n.id
        FROM unnest($1::uuid[], $2::bigint[]) AS d(id, received_at) WHERE n.id = d.id AND n.received_at = d.received_at AND n.state = 'waiting' RETURNING n.id`,
      [dropped.map(({ id }) => id), dropped.map(({ receivedAt }) => receivedAt), now],
    )
    await sql(
      `DELETE FROM notifications.step s WHERE s.notice = ANY($1) OR EXISTS (SELECT 1 FROM unnest($2::uuid[], $3::text[]) AS d(notice, key) WHERE d.notice = s.notice AND d.key = s.key)`,
      [gone.map(({ id }) => id), spared.map(({ id }) => id), spared.map(({ key }) => key)],
    )
  })
}

const waitingOf = (row: Row): Waiting => ({
  id: row['id'],
  notice: Notice.parse(row['body']),
  receivedAt: row['received_at'],
  askedSince: row['asked_since'],
})

/** An event without steps tells the manager and the supervisor. */
const withSomebody = (notice: Notice): Notice =>
  notice.steps.length > 0
    ? notice
    : { ...notice, steps: [{ key: notice.key, do: 'remind', at: notice.sendAt, whom: ['case-manager', 'supervisor'], repeat: 0 }] }

/** Those whose deadline is open still, without the steps that evidence has spared; `undefined`: the cases service did not answer and there is time to ask again. */
async function stillOpen(record: LettersRecord, due: Waiting[], now: number): Promise<Waiting[] | undefined> {
  const keyOf = ({ notice }: Waiting) => `${notice.caseId}/${notice.deadlineKey}`
  const asked = due.filter(({ notice }) => !notice.event)
  const open = new Set<string>()
  const spared = new Set<string>()
  try {
    const keys = [...new Set(asked.map(keyOf))]
    const stepsOf = Map.groupBy(asked, keyOf)
    for (let at = 0; at < keys.length; at += 500) {
      const some = keys.slice(at, at + 500)
      const steps = some.flatMap((key) => stepsOf.get(key)!.flatMap(({ notice }) => notice.steps.map((step) => step.key)))
      const answer = (await record.settings.caller.call('cases', new URL('/internal/steps/open', record.settings.casesUrl).href, {
        keys: some,
        steps,
      })) as { open: string[]; spared: string[] }
      for (const key of answer.open) open.add(key)
      for (const key of answer.spared) spared.add(key)
    }
  } catch (error) {
    const since = Math.min(...due.map(({ askedSince }) => askedSince ?? now))
    record.log.warn({ error: describe(error) }, 'the cases service did not say what is still open')
    if (now - since >= WAIT_FOR_ANSWER) return due
    await record.db.query('UPDATE notifications.notice SET send_at = $2, asked_since = coalesce(asked_since, $3) WHERE id = ANY($1)', [
      due.map(({ id }) => id),
      now + ASK_AGAIN,
      now,
    ])
    return undefined
  }
  return due.flatMap((one) => {
    if (one.notice.event) return [one]
    const steps = one.notice.steps.filter((step) => !spared.has(step.key))
    return open.has(keyOf(one)) && steps.length > 0 ? [{ ...one, notice: { ...one.notice, steps } }] : []
  })
}

type ToTell = { waiting: Waiting; recipient: Recipient; others: Recipient[]; earlier: Earlier[]; confirmed: Earlier[] }

async function makeLetters(
  sql: Sql,
  record: LettersRecord,
  told: { waiting: Waiting; recipients: Recipient[] }[],
  book: Book,
  now: number,
  urgent: boolean,
): Promise<number> {
  const byPerson = new Map<string, ToTell[]>()
  for (const { waiting, recipients } of told) {
    // Who else knows matters while an hour climbs; a morning's digest would only grow by it.
    const { notice } = waiting
    const earlier = urgent ? namedIn(await noteTold(sql, notice, recipients, book, now), notice, book) : []
    const confirmed = urgent ? namedIn(await confirmedOf(sql, notice, book), notice, book) : []
    for (const recipient of recipients) {
      const others = recipients.filter((other) => other !== recipient)
      // One letter is of one organisation: who was invited elsewhere gets two.
      const to = `${notice.organisation}/${recipient.person.id}`
      byPerson.set(to, [...(byPerson.get(to) ?? []), { waiting, recipient, others, earlier, confirmed }])
    }
  }
  let made = 0
  for (const all of byPerson.values()) {
    const { person } = all[0]!.recipient
    const groups = !urgent && person.digest ? [all] : all.map((one) => [one])
    for (const group of groups) made += await makeLetter(sql, record, person, group, now, urgent)
  }
  return made
}

/** Who was told of this deadline before; notes those who are told now. */
async function noteTold(sql: Sql, notice: Notice, recipients: readonly Recipient[], book: Book, now: number): Promise<Earlier[]> {
  const before = await sql(
    'SELECT person, roles, at FROM notifications.told WHERE case_id = $1 AND deadline_key = $2 ORDER BY at, person',
    [notice.caseId, notice.deadlineKey],
  )
  for (const { person, roles } of recipients)
    await sql(
      'INSERT INTO notifications.told (case_id, deadline_key, person, roles, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
      [notice.caseId, notice.deadlineKey, person.id, roles, now],
    )
  return before.map(({ person, roles, at }) => ({ person, name: book.people.get(person)?.name ?? '', roles: roles as ToldRole[], at }))
}

async function makeLetter(
  sql: Sql,
  record: LettersRecord,
  person: BookPerson,
  group: ToTell[],
  now: number,
  urgent: boolean,
): Promise<number> {
  const { webUrl } = record.settings
  const items = group.map(({ waiting, ...whom }) => itemOf({ notice: waiting.notice, ...whom, toldAt: now, webUrl }))
  // A digest asks for nothing: only the hour does.
  const asked = group.length === 1 && isAskedForReceipt(group[0]!.waiting.notice, group[0]!.recipient) ? group[0] : undefined
  const composed =
    items.length === 1 ? composeOne(items[0]!, person.lang, asked !== undefined) : composeDigest(items, now, person.lang, webUrl)
  const key = sha256(
    `${group
      .map(({ waiting }) => `${waiting.notice.caseId}/${waiting.notice.key}`)
      .sort()
      .join('\n')}\n${person.id}`,
  )
  const askedAt = Math.min(...group.map(({ waiting }) => waiting.receivedAt))
  const letter = await insertLetter(sql, record, {
    key,
    person,
    organisation: group[0]!.waiting.notice.organisation,
    composed,
    urgent,
    kind: items.length === 1 ? 'notice' : 'digest',
    askedAt,
    told: group.flatMap(({ waiting, recipient }) => recipient.steps.map((step) => toldKey(waiting.notice.caseId, step.key, person.id))),
    now,
  })
  if (letter && asked) await askForReceipt(sql, letter['id'], asked.waiting.notice, asked.recipient, now)
  if (letter && urgent && letter['state'] !== 'held')
    for (const item of items) await queuePush(sql, record, { id: letter['id'], person: person.id, subject: composed.subject }, item)
  // Nobody can write to a person without an address: somebody must tell them.
  if (letter?.['state'] === 'failed') await tellOfFailure(sql, record, letter, 'failed', 'no address')
  return letter ? 1 : 0
}
