/** Brings queued letters to the mail server: one lane for the hour, one for the rest, so that the hour never waits behind a morning. */
import { NOT_COMPOSED } from '@tirek/contract/letters'
import { isAway, type Row, type Sql } from '@tirek/platform/database'
import { describe } from '@tirek/platform/ticker'
import { MINUTE, type Instant } from '@tirek/procedure/time'
import { SmtpPool } from '../mail/smtp-pool.ts'
import type { Outcome } from '../mail/smtp-session.ts'
import { bytesFor } from './in-flight.ts'
import type { LettersRecord } from './record.ts'
import { tellOfFailure } from './failure.ts'
import { superseded } from '../mails/invitation.ts'
import { copiesOf, queueState, stateNews } from '../mails/news.ts'
import { ofOver } from '../referrals/asking.ts'

/** Longer than all time limits of one try together; begins anew when the letter is handed over. */
const LEASE = '45 seconds'
const DOUBT_WAIT = 15 * MINUTE
/** A letter that the database could not give is taken up again after this. */
const PAUSE = 5_000
/** A letter refused for now is given up after this and becomes a task for a person. */
const GIVE_UP = { ordinary: 3 * 24 * 60 * MINUTE, urgent: 6 * 60 * MINUTE }

export const backOff = (attempts: number, urgent: boolean): number =>
  urgent ? Math.min(MINUTE, 5_000 * 2 ** (attempts - 1)) : Math.min(15 * MINUTE, 30_000 * 2 ** (attempts - 1))

export class Lane {
  readonly #record: LettersRecord
  readonly #urgent: boolean
  readonly #pool: SmtpPool
  readonly #workers: number
  /** Tries in a row that did not reach the server. */
  #away = 0
  /** Claimed, and not taken up by a worker yet. */
  readonly #claimed: Row[] = []
  #claiming: Promise<void> | undefined
  /** Before this no letter of this turn is tried: the server's door is closed. */
  #closedUntil = 0

  /** `workers`: letters at once. With more of them than connections some are made and noted while others are handed over. */
  constructor(record: LettersRecord, lane: 'urgent' | 'ordinary', { connections, workers }: { connections: number; workers: number }) {
    this.#record = record
    this.#urgent = lane === 'urgent'
    this.#pool = new SmtpPool(record.settings.smtpUrl, connections)
    this.#workers = workers
  }

  /** Sends all that may be tried now; returns how many tries were made. */
  async tick(): Promise<number> {
    await this.#takeOverLost()
    this.#closedUntil = 0
    const did = await Promise.all(Array.from({ length: this.#workers }, () => this.#work()))
    for (const letter of this.#claimed.splice(0)) await this.#giveBack(letter, this.#closedUntil)
    return did.reduce((all, one) => all + one, 0)
  }

  close(): void {
    this.#pool.close()
  }

  async #work(): Promise<number> {
    for (let did = 0; ; did++) {
      const letter = await this.#next()
      if (!letter) return did
      const outcome = await this.#outcomeOf(letter)
      if (outcome.kind === 'untried') {
        await this.#giveBack(letter, outcome.until)
        return did
      }
      if (outcome.kind === 'accepted') await this.#note(letter)
      await this.#settle(letter, outcome, this.#pool.server)
      if (outcome.kind === 'retry' && outcome.away) return did + 1
    }
  }

  /** One statement claims a letter for each worker: they share it. */
  async #next(): Promise<Row | undefined> {
    if (this.#claimed.length === 0) await (this.#claiming ??= this.#claim().finally(() => (this.#claiming = undefined)))
    return this.#claimed.shift()
  }

  async #claim(): Promise<void> {
    const { db, clock } = this.#record
    const claimed = await db.query(
      `UPDATE notifications.letter SET state = 'sending', attempts = attempts + 1, handed_over = false, try_at = NULL, lease_until = clock_timestamp() + interval '${LEASE}'
       WHERE id IN (SELECT id FROM notifications.letter WHERE urgent = $1 AND try_at <= $2 ORDER BY try_at, seq FOR UPDATE SKIP LOCKED LIMIT $3)
       RETURNING old.state AS was, old.try_at AS was_due, new.kind = 'mail' AND (EXISTS (${superseded('new.id')}) OR EXISTS (${ofOver('new.id')})) AS pointless, new.*`,
      [this.#urgent, clock.now(), this.#workers],
      `claim-${this.#urgent}`,
    )
    this.#claimed.push(...claimed.toSorted((a, b) => a['was_due'] - b['was_due'] || a['seq'] - b['seq']))
  }

  async #outcomeOf(letter: Row): Promise<Settled | Untried> {
    const { clock, log } = this.#record
    const known = this.#knownOf(letter)
    if (known) return known
    if (letter['pointless']) return { kind: 'superseded', answer: 'something newer was said' }
    try {
      return await this.#try(letter)
    } catch (error) {
      if (!isOfDatabase(error)) throw error
      log.warn({ letter: letter['id'], error: describe(error) }, 'a letter was not tried: the database did not do its part')
      return { kind: 'untried', until: clock.now() + PAUSE }
    }
  }

  /** Sent before, by the ledger; whoever sends one by hand knows that. */
  #knownOf(letter: Row): Extract<Settled, { kind: 'known' }> | undefined {
    const at = letter['by_hand'] ? undefined : this.#record.ledger.sentAt(sentOf(letter))
    return at === undefined ? undefined : { kind: 'known', at, answer: knownAnswer(at) }
  }

  async #try(letter: Row): Promise<Outcome | Untried> {
    let bytes: Buffer
    try {
      bytes = await bytesFor(this.#record, letter)
    } catch (error) {
      if (!(error instanceof Error) || isOfDatabase(error)) throw error
      return { kind: 'failed', answer: NOT_COMPOSED }
    }
    return this.#pool.with(async (session) => {
      if (!this.#isOpen() || !(await this.#noteHandOver(letter)) || !this.#isOpen()) return { kind: 'untried', until: this.#closedUntil }
      const outcome = await session.send(this.#record.settings.mailFrom, letter['address'], bytes, letter['id'])
      // Known before the next one takes the connection.
      if (outcome.kind === 'retry' && outcome.away)
        this.#closedUntil = Math.max(this.#closedUntil, this.#record.clock.now() + backOff(this.#away + 1, this.#urgent))
      return outcome
    })
  }

  /** Has the server not closed its door to another letter meanwhile? */
  #isOpen = (): boolean => this.#closedUntil === 0

  /** Noted before its bytes leave: only a letter that has this note may have arrived when its process ends. `false`: it is not ours any more. */
  async #noteHandOver(letter: Row): Promise<boolean> {
    const ours = await this.#record.db.query(
      `UPDATE notifications.letter SET handed_over = true, lease_until = clock_timestamp() + interval '${LEASE}' WHERE ${IS_OURS} RETURNING 1`,
      [letter['id'], letter['attempts']],
      'hand-over',
    )
    return ours.length > 0
  }

  /** As if it had not been taken up; not taken up again before `until`. */
  async #giveBack(letter: Row, until: Instant): Promise<void> {
    await this.#record.db.query(
      `UPDATE notifications.letter SET state = $3, try_at = greatest($4::bigint, $5), attempts = attempts - 1, handed_over = false, lease_until = NULL WHERE ${IS_OURS}`,
      [letter['id'], letter['attempts'], letter['was'], letter['was_due'], until],
    )
  }

  /** Kept outside the database before the database says so: between the two lies a double at worst, never a silence. */
  async #note(letter: Row): Promise<void> {
    const { ledger, clock, log } = this.#record
    await ledger.note(sentOf(letter), clock.now()).catch((error: unknown) => {
      log.error({ letter: letter['id'], error: describe(error) }, 'the ledger of sent letters could not be written')
    })
  }

  async #settle(letter: Row, outcome: Settled, server: string): Promise<void> {
    const { db, clock, log } = this.#record
    const now = clock.now()
    this.#away = outcome.kind === 'retry' && outcome.away ? this.#away + 1 : 0
    const next = nextOf(letter, outcome, now, this.#away)
    if (outcome.kind === 'known')
      log.info(
        { letter: letter['id'], case: letter['items']?.[0]?.caseId, sentAt: outcome.at },
        'a letter was sent before: the ledger knows it',
      )
    else if (outcome.kind !== 'accepted' && outcome.kind !== 'superseded')
      log.warn(
        {
          letter: letter['id'],
          case: letter['items']?.[0]?.caseId,
          outcome: outcome.kind,
          answer: outcome.answer,
          attempts: letter['attempts'],
        },
        'a letter was not taken',
      )
    if (next.state === 'accepted') return this.#accept(letter, next, outcome, server)
    await db.transaction(async (sql) => {
      // Handed over together.
      const [isSettled] = await Promise.all([
        write(sql, letter, next, outcome.answer, server),
        sql(
          'INSERT INTO notifications.attempt (letter, n, at, outcome, answer) VALUES ($1, $2, $3, $4, $5)',
          [letter['id'], letter['attempts'], now, outcome.kind, outcome.answer],
          'note-attempt',
        ),
      ])
      // What was said of it meanwhile stands: a report that it came back, or that its case was erased.
      if (isSettled) await this.#tell(sql, letter, next, outcome.answer)
      // The others would meet the same closed door: none of them is tried before it may be open.
      if (this.#away > 0 && next.tryAt !== null)
        await sql(`UPDATE notifications.letter SET try_at = $2 WHERE urgent = $1 AND try_at < $2 AND state <> 'sending'`, [
          this.#urgent,
          next.tryAt,
        ])
    })
  }

  /** What most letters come to, in one statement: settled, its try noted, and whoever asked for it told. */
  async #accept(letter: Row, { doubts, settledAt }: Next, { kind, answer }: Settled, server: string): Promise<void> {
    const { db, clock } = this.#record
    const values = [letter['id'], letter['attempts'], doubts, settledAt, answer, server, clock.now(), kind, copiesOf('accepted', doubts)]
    await db.query(ACCEPT, values, 'accept')
  }

  /** Letters that a killed process held: of one that was handed over it is not known whether it arrived, any other is as before. */
  async #takeOverLost(): Promise<void> {
    const { db, clock } = this.#record
    const lost = await db.query(
      `SELECT * FROM notifications.letter WHERE state = 'sending' AND urgent = $1 AND lease_until < clock_timestamp()`,
      [this.#urgent],
    )
    for (const letter of lost) {
      const now = clock.now()
      const known = this.#knownOf(letter)
      if (!known && !letter['handed_over']) {
        // At once, and later the more often it ends so: a letter that ends its process must not hold up all others.
        const attempts = letter['attempts'] as number
        const at = attempts > 1 ? now + backOff(attempts - 1, this.#urgent) : now
        await db.query(
          `UPDATE notifications.letter SET state = CASE WHEN doubts > 0 THEN 'doubtful' ELSE 'queued' END, try_at = $3, lease_until = NULL WHERE ${IS_OURS}`,
          [letter['id'], attempts, at],
        )
        continue
      }
      const outcome = known ?? { kind: 'doubtful' as const, answer: 'the process ended while it was sent' }
      const next = nextOf(letter, outcome, now, 0)
      await db.transaction(async (sql) => {
        if (await write(sql, letter, next, outcome.answer, null)) await this.#tell(sql, letter, next, outcome.answer)
      })
    }
  }

  /** Of a mail the meetings service is told, which knows the other ways to its receiver; of a letter the supervisor of who should have got it. */
  async #tell(sql: Sql, letter: Row, next: Next, answer: string): Promise<void> {
    const now = this.#record.clock.now()
    if (letter['kind'] === 'mail') await queueState(sql, letter as never, { ...next, at: next.settledAt ?? now, now })
    else if (next.forPerson) await tellOfFailure(sql, this.#record, letter, next.state === 'doubtful' ? 'doubtful' : 'failed', answer)
  }
}

type Next = {
  state: 'accepted' | 'retry' | 'doubtful' | 'failed' | 'superseded'
  tryAt: number | null
  doubts: number
  settledAt: number | null
  forPerson: boolean
}

/** It was not tried: its server has closed its door, the database is away, or somebody else has it. Not to be tried before `until`. */
type Untried = { kind: 'untried'; until: Instant }
/** Is this error the database's, which says nothing of the letter? */
export const isOfDatabase = (error: unknown): boolean => isAway(error) || (error instanceof Error && 'severity' in error)
/** A letter taken up and not settled since: by its id and how often it was taken up. */
const IS_OURS = `id = $1 AND state = 'sending' AND attempts = $2`

/** Of a letter that is not ours any more only the try is noted: what was said of it meanwhile stands. */
const ACCEPT = `WITH settled AS (UPDATE notifications.letter SET state = 'accepted', try_at = NULL, doubts = $3, settled_at = $4, answer = $5, server = coalesce($6, server),
    lease_until = NULL, bytes = NULL, html = NULL WHERE ${IS_OURS} RETURNING id),
  made AS (UPDATE notifications.mail m SET content = NULL FROM settled s WHERE m.letter = s.id),
  tried AS (INSERT INTO notifications.attempt (letter, n, at, outcome, answer) VALUES ($1, $2, $7, $8, $5)),
  told AS (${stateNews({ state: `'accepted'::text`, n: '$2', at: '$4', copies: '$9', now: '$7' }, 'JOIN settled s ON s.id = m.letter')})
  SELECT id FROM settled`

/** A letter that the ledger knows is not sent: it is accepted, at the time when it was. */
type Settled = Outcome | { kind: 'known'; at: Instant; answer: string } | { kind: 'superseded'; answer: string }
export const sentOf = (letter: Row) => ({ messageId: letter['message_id'] as string, told: letter['told'] as string[] })
export const knownAnswer = (at: Instant): string => `sent before, ${new Date(at).toISOString()}, by the ledger of sent letters`

/** What becomes of a letter after a try. */
export function nextOf(letter: Row, outcome: Settled, now: Instant, away: number): Next {
  const urgent = letter['urgent'] as boolean
  const doubts = letter['doubts'] as number
  switch (outcome.kind) {
    case 'accepted':
      return { state: 'accepted', tryAt: null, doubts, settledAt: now, forPerson: false }
    case 'known':
      return { state: 'accepted', tryAt: null, doubts, settledAt: outcome.at, forPerson: false }
    case 'superseded':
      return { state: 'superseded', tryAt: null, doubts, settledAt: now, forPerson: false }
    case 'failed':
      return { state: 'failed', tryAt: null, doubts, settledAt: now, forPerson: true }
    case 'doubtful':
      // Once more with the same id: a double is harmless, silence is not. The hour's at once.
      if (doubts === 0) return { state: 'doubtful', tryAt: urgent ? now : now + DOUBT_WAIT, doubts: 1, settledAt: null, forPerson: false }
      return { state: 'doubtful', tryAt: null, doubts: doubts + 1, settledAt: now, forPerson: true }
    case 'retry':
      if (now - letter['queued_at'] >= (urgent ? GIVE_UP.urgent : GIVE_UP.ordinary))
        return { state: 'failed', tryAt: null, doubts, settledAt: now, forPerson: true }
      return {
        state: 'retry',
        tryAt: now + backOff(outcome.away ? Math.max(1, away) : letter['attempts'], urgent),
        doubts,
        settledAt: null,
        forPerson: false,
      }
  }
}

/** What is not sent any more needs neither its bytes nor what they were made of any more. Returns whether it was ours to settle. */
async function write(sql: Sql, letter: Row, next: Next, answer: string, server: string | null): Promise<boolean> {
  const isOver = next.state === 'accepted' || next.state === 'superseded'
  const settled = await sql(
    `WITH settled AS (UPDATE notifications.letter SET state = $3, try_at = $4, doubts = $5, settled_at = $6, answer = $7, server = coalesce($8, server), lease_until = NULL
       ${isOver ? ', bytes = NULL, html = NULL' : ''} WHERE ${IS_OURS} RETURNING id)
     ${isOver ? ', made AS (UPDATE notifications.mail m SET content = NULL FROM settled s WHERE m.letter = s.id)' : ''} SELECT id FROM settled`,
    [letter['id'], letter['attempts'], next.state, next.tryAt, next.doubts, next.settledAt, answer, server],
    `settle-${isOver}`,
  )
  return settled.length > 0
}
