/** Brings queued letters to the mail server: one lane for the hour, one for the rest, so that the hour never waits behind a morning. */
import type { Row, Sql } from '@tirek/platform/database'
import { describe } from '@tirek/platform/ticker'
import { MINUTE, type Instant } from '@tirek/procedure/time'
import { SmtpPool } from '../mail/smtp-pool.ts'
import type { Outcome } from '../mail/smtp-session.ts'
import { bytesFor } from './in-flight.ts'
import type { LettersRecord } from './record.ts'
import { tellOfFailure } from './failure.ts'
import { queueState } from '../mails/news.ts'

/** Longer than all time limits of one try together. */
const LEASE = '45 seconds'
const DOUBT_WAIT = 15 * MINUTE
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
    return did.reduce((all, one) => all + one, 0)
  }

  close(): void {
    this.#pool.close()
  }

  async #work(): Promise<number> {
    for (let did = 0; ; did++) {
      const letter = await this.#claim()
      if (!letter) return did
      const known = letter['by_hand'] ? undefined : this.#record.ledger.sentAt(sentOf(letter))
      const outcome = known === undefined ? await this.#try(letter) : ({ kind: 'known', at: known, answer: knownAnswer(known) } as const)
      if (!outcome) {
        await this.#giveBack(letter)
        return did
      }
      if (outcome.kind === 'accepted') await this.#note(letter)
      await this.#settle(letter, outcome, this.#pool.server)
      if (outcome.kind === 'retry' && outcome.away) return did + 1
    }
  }

  async #claim(): Promise<Row | undefined> {
    const { db, clock } = this.#record
    const [letter] = await db.query(
      `UPDATE notifications.letter SET state = 'sending', attempts = attempts + 1, try_at = NULL, lease_until = clock_timestamp() + interval '${LEASE}'
       WHERE id = (SELECT id FROM notifications.letter WHERE urgent = $1 AND try_at <= $2 ORDER BY try_at, seq FOR UPDATE SKIP LOCKED LIMIT 1) RETURNING old.state AS was, old.try_at AS was_due, new.*`,
      [this.#urgent, clock.now()],
      `claim-${this.#urgent}`,
    )
    return letter
  }

  /** `undefined`: it was not tried, since the server closed its door to another one meanwhile. */
  async #try(letter: Row): Promise<Outcome | undefined> {
    let bytes: Buffer
    try {
      bytes = await bytesFor(this.#record, letter)
    } catch (error) {
      if (!(error instanceof Error) || 'severity' in error) throw error
      return { kind: 'failed', answer: 'the letter could not be composed' }
    }
    return this.#pool.with(async (session) => {
      if (this.#closedUntil > 0) return undefined
      const outcome = await session.send(this.#record.settings.mailFrom, letter['address'], bytes, letter['id'])
      // Known before the next one takes the connection.
      if (outcome.kind === 'retry' && outcome.away)
        this.#closedUntil = Math.max(this.#closedUntil, this.#record.clock.now() + backOff(this.#away + 1, this.#urgent))
      return outcome
    })
  }

  /** As if it had not been taken up. */
  async #giveBack(letter: Row): Promise<void> {
    await this.#record.db.query(
      `UPDATE notifications.letter SET state = $2, try_at = greatest($3::bigint, $4), attempts = attempts - 1, lease_until = NULL WHERE id = $1 AND state = 'sending'`,
      [letter['id'], letter['was'], letter['was_due'], this.#closedUntil],
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
    else if (outcome.kind !== 'accepted')
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
    await db.transaction(async (sql) => {
      // Handed over together.
      await Promise.all([
        sql(
          'INSERT INTO notifications.attempt (letter, n, at, outcome, answer) VALUES ($1, $2, $3, $4, $5)',
          [letter['id'], letter['attempts'], now, outcome.kind, outcome.answer],
          'note-attempt',
        ),
        write(sql, letter['id'], next, outcome.answer, server),
        this.#tell(sql, letter, next, outcome.answer),
      ])
      // The others would meet the same closed door: none of them is tried before it may be open.
      if (this.#away > 0 && next.tryAt !== null)
        await sql(`UPDATE notifications.letter SET try_at = $2 WHERE urgent = $1 AND try_at < $2 AND state <> 'sending'`, [
          this.#urgent,
          next.tryAt,
        ])
    })
  }

  /** Letters that a killed process held: it is not known whether they arrived. */
  async #takeOverLost(): Promise<void> {
    const { db, clock } = this.#record
    const lost = await db.query(
      `SELECT * FROM notifications.letter WHERE state = 'sending' AND urgent = $1 AND lease_until < clock_timestamp()`,
      [this.#urgent],
    )
    for (const letter of lost) {
      await db.transaction(async (sql) => {
        const next = nextOf(letter, { kind: 'doubtful', answer: '' }, clock.now(), 0)
        await write(sql, letter['id'], next, 'the process ended while it was sent', null)
        await this.#tell(sql, letter, next, 'the process ended while it was sent')
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
  state: 'accepted' | 'retry' | 'doubtful' | 'failed'
  tryAt: number | null
  doubts: number
  settledAt: number | null
  forPerson: boolean
}

/** A letter that the ledger knows is not sent: it is accepted, at the time when it was. */
type Settled = Outcome | { kind: 'known'; at: Instant; answer: string }
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

/** What was taken needs neither its bytes nor what they were made of any more. */
const write = (sql: Sql, id: string, next: Next, answer: string, server: string | null) =>
  sql(
    `${next.state === 'accepted' ? 'WITH made AS (UPDATE notifications.mail SET content = NULL WHERE letter = $1) ' : ''}UPDATE notifications.letter SET state = $2, try_at = $3, doubts = $4, settled_at = $5, answer = $6, server = coalesce($7, server), lease_until = NULL,
       bytes = CASE WHEN $2 = 'accepted' THEN NULL ELSE bytes END, html = CASE WHEN $2 = 'accepted' THEN NULL ELSE html END WHERE id = $1`,
    [id, next.state, next.tryAt, next.doubts, next.settledAt, answer, server],
    `settle-${next.state === 'accepted'}`,
  )
