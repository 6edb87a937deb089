/**
 * One-time links: 256 random bits that only the letter holds, bound to one recipient, purpose, subject and time. The table keeps their hashes:
 * who reads it can open none of them. Looking changes nothing, since mail scanners open links; using does the act in the link's own transaction.
 */
import type { Lang } from '@tirek/contract/roles'
import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'
import type { Database, Row, Sql } from './database.ts'

export type Works = { works: 'once' | 'until'; longest: number }

export type NewLink<P extends string> = {
  purpose: P
  /** Id of the person or agency that gets it. */
  recipient: string
  /** Id of what it is about: with it the link is revoked. */
  subject: string
  /** What its page calls the letter; nothing personal. */
  number: string
  lang: Lang
  /** It works before this instant, ms UTC, and at most as long as its purpose allows. */
  until?: number
}

export type Link<P extends string> = Omit<NewLink<P>, 'until'> & { until: number; usedAt: number | null; revokedAt: number | null }
/** `used`: a link that works once has done its act. */
export type LinkState = 'open' | 'used' | 'late' | 'revoked'
export type Found<P extends string> = { state: LinkState; link: Link<P> } | { state: 'unknown' }
export type Used<P extends string> = { state: 'done' | Exclude<LinkState, 'open'>; link: Link<P> } | { state: 'unknown' }

/** SQL of a migration: the table in the schema of the service that writes the letters, its rights for `role`. */
export const createLinks = (role: string): string => `
  -- Of a link only the hash is kept.
  CREATE TABLE link (
    hash bytea PRIMARY KEY CHECK (length(hash) = 32), purpose text NOT NULL, recipient uuid NOT NULL, subject text NOT NULL, number text NOT NULL, lang text NOT NULL,
    issued_at bigint NOT NULL, until_at bigint NOT NULL CHECK (until_at > issued_at), used_at bigint, revoked_at bigint);
  CREATE INDEX link_of_subject ON link (subject, purpose);
  GRANT SELECT, INSERT, UPDATE ON link TO ${role};`

/** 43 signs: what base64url makes of 32 bytes. Anything else is not even looked up. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/
export const isTokenShaped = (token: string): boolean => TOKEN.test(token)
const hashOf = (token: string) => createHash('sha256').update(token).digest()

/** What may be done with a link at an instant: it works before `until`, not at it. What it has done stays done whatever came after. */
export function stateOf(
  { usedAt, revokedAt, until }: Pick<Link<string>, 'usedAt' | 'revokedAt' | 'until'>,
  works: Works['works'],
  now: number,
): LinkState {
  if (works === 'once' && usedAt !== null) return 'used'
  if (revokedAt !== null) return 'revoked'
  return now < until ? 'open' : 'late'
}

export class Links<P extends string> {
  readonly #db: Database
  readonly #table: string
  readonly #clock: Clock
  readonly #purposes: Readonly<Record<P, Works>>

  /** `schema` is our own name of a schema whose migrations hold `createLinks`. */
  constructor(db: Database, schema: string, clock: Clock, purposes: Readonly<Record<P, Works>>) {
    this.#db = db
    this.#table = `${schema}.link`
    this.#clock = clock
    this.#purposes = purposes
  }

  /** Makes one; the token is told once and kept nowhere. Throws when its time has passed already. */
  async issue(sql: Sql, { purpose, recipient, subject, number, lang, until = Infinity }: NewLink<P>): Promise<string> {
    const now = this.#clock.now()
    const end = Math.min(until, now + this.#purposes[purpose].longest)
    if (!(end > now)) throw new RangeError(`a link of ${purpose} would be late from the start`)
    const token = randomBytes(32).toString('base64url')
    await sql(
      `INSERT INTO ${this.#table} (hash, purpose, recipient, subject, number, lang, issued_at, until_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [hashOf(token), purpose, recipient, subject, number, lang, now, end],
      `issue-${this.#table}`,
    )
    return token
  }

  /** What a token is good for now. Changes nothing. */
  async look(token: string): Promise<Found<P>> {
    if (!isTokenShaped(token)) return { state: 'unknown' }
    return this.#read(await this.#db.query(`SELECT * FROM ${this.#table} WHERE hash = $1`, [hashOf(token)], `look-${this.#table}`))
  }

  /**
   * Does the act of a link of `purpose` and notes the use, both or none. Two at once do it once: the second is told that it is used.
   * An act that throws `LinkRevoked` leaves the link unused and answers `revoked`.
   */
  async use(token: string, purpose: P, act: (sql: Sql, link: Link<P>) => Promise<void>): Promise<Used<P>> {
    if (!isTokenShaped(token)) return { state: 'unknown' }
    let open: Link<P> | undefined
    try {
      return await this.#db.transaction(async (sql): Promise<Used<P>> => {
        const found = this.#read(
          await sql(`SELECT * FROM ${this.#table} WHERE hash = $1 AND purpose = $2 FOR UPDATE`, [hashOf(token), purpose]),
        )
        if (found.state === 'unknown') return found
        const { state, link } = found
        if (state !== 'open') return { state, link }
        open = link
        const now = this.#clock.now()
        await sql(`UPDATE ${this.#table} SET used_at = coalesce(used_at, $2) WHERE hash = $1`, [hashOf(token), now])
        await act(sql, link)
        return { state: 'done', link: { ...link, usedAt: link.usedAt ?? now } }
      })
    } catch (error) {
      if (error instanceof LinkRevoked && open) return { state: 'revoked', link: open }
      throw error
    }
  }

  /** Takes back what is not taken back yet of a subject: one recipient's or everybody's. Returns how many. */
  async revoke(sql: Sql, of: { subject: string; purpose?: P; recipient?: string }): Promise<number> {
    const revoked = await sql(
      `UPDATE ${this.#table} SET revoked_at = $2 WHERE subject = $1 AND revoked_at IS NULL AND ($3::text IS NULL OR purpose = $3) AND ($4::uuid IS NULL OR recipient = $4) RETURNING 1`,
      [of.subject, this.#clock.now(), of.purpose ?? null, of.recipient ?? null],
    )
    return revoked.length
  }

  /** Keeps one recipient's links of a subject from being used until the transaction ends: taken before what their act locks. */
  async hold(sql: Sql, of: { subject: string; purpose: P; recipient: string }): Promise<void> {
    await sql(`SELECT 1 FROM ${this.#table} WHERE subject = $1 AND purpose = $2 AND recipient = $3 ORDER BY hash FOR UPDATE`, [
      of.subject,
      of.purpose,
      of.recipient,
    ])
  }

  /** What one recipient's links of a subject are good for ends at another instant: earlier or later, never after their longest life. */
  async endAt(sql: Sql, of: { subject: string; purpose: P; recipient: string }, until: number): Promise<void> {
    await sql(
      `UPDATE ${this.#table} SET until_at = least(greatest($4::bigint, issued_at + 1), issued_at + $5::bigint) WHERE subject = $1 AND purpose = $2 AND recipient = $3`,
      [of.subject, of.purpose, of.recipient, until, this.#purposes[of.purpose].longest],
    )
  }

  #read([row]: Row[]): Found<P> {
    // A purpose of a later release is nothing that this one could act on.
    if (!row || !Object.hasOwn(this.#purposes, row['purpose'])) return { state: 'unknown' }
    const link: Link<P> = {
      purpose: row['purpose'],
      recipient: row['recipient'],
      subject: row['subject'],
      number: row['number'],
      lang: row['lang'],
      until: row['until_at'],
      usedAt: row['used_at'],
      revokedAt: row['revoked_at'],
    }
    return { state: stateOf(link, this.#purposes[link.purpose].works, this.#clock.now()), link }
  }
}

/** The recipient may not act any more. */
export class LinkRevoked extends Error {}
