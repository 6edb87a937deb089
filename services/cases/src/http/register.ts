/**
 * CP-02: the register of an organisation, searched before a file is opened and when one is saved. It must find a case of whoever leads it, or a
 * child gets two files; of a case that the person may not open it says only that it is there and whom to ask.
 */
import type { RegisterHit } from '@tirek/contract/answers'
import { fold } from '@tirek/contract/names'
import { phoneOf } from '@tirek/contract/phone'
import type { Who } from '@tirek/platform/auth'
import type { Row } from '@tirek/platform/database'
import type { Trail } from '@tirek/platform/trail'
import { decide } from '@tirek/policy/decide'
import { ACCESS, type AsPerson, type Seeing } from '../record/as-person.ts'
import type { OpeningChild } from '../record/opening.ts'
import type { CaseRow } from '../record/pages.ts'
import { shownTo, type Similar } from '../record/record.ts'
import type { Searches } from './searches.ts'

/** Names as alike as this are shown. */
const SHOWN = 0.3
/** Names as alike as this, with the same birth date, are held to be one child. */
export const CERTAIN = 0.6

export class Register {
  readonly #trail: Trail
  readonly #asPerson: AsPerson
  readonly #searches: Searches

  constructor(trail: Trail, asPerson: AsPerson, searches: Searches) {
    this.#trail = trail
    this.#asPerson = asPerson
    this.#searches = searches
  }

  /** May what is like a child be shown before a case is opened? Saving itself is never limited. */
  mayShow = (who: Who): Promise<boolean> => this.#searches.mayShow(who)

  /**
   * CP-02: cases of children like this one in the organisation, closed ones first, then the likest. `by: 'marks'` looks by what
   * indexes find at once (IIN, phone, the same address, the same name, a like name with the same birth date): for the moment of saving.
   */
  async similar(child: OpeningChild, who: Who, by: 'marks' | 'likeness' = 'marks'): Promise<Similar> {
    const name = child.name ? fold(child.name) : null
    const address = child.address ? fold(child.address) : null
    const phone = child.phone ? (phoneOf(child.phone).e164 ?? child.phone) : null
    if (!name && !address && !phone && !child.iin) return { certain: false, hits: [], cases: [], unconfirmed: 0 }
    const seeing = await this.#asPerson.of(who)
    const rows = await seeing.db.query(
      `SELECT * FROM cases.similar_by_${by}($1, $2, $3, $4, $5, $6)`,
      [name, child.iin ?? null, phone, address, who.organisation, child.birthDate ?? null],
      `similar-${by}`,
    )
    const isCertain = (row: Row) => Boolean(row['same_iin'] || (row['alike'] >= CERTAIN && row['same_birth']))
    return {
      certain: rows.some(isCertain),
      unconfirmed: rows.filter((row) => isCertain(row) && row['end'] === 'not-confirmed').length,
      cases: rows.map((row) => row['id'] as string),
      hits: await hitsOf(seeing, rows, (row) => ({
        likeness: row['same_iin'] ? 1 : Math.round((row['alike'] as number) * 100) / 100,
        why: row['same_iin'] ? 'iin' : row['alike'] >= SHOWN ? 'name' : row['same_phone'] ? 'phone' : 'address',
      })),
    }
  }

  /** The register searched by whatever is typed: a name, an IIN, a phone, an address, a case number. Throws `too-many-searches`. */
  async search(query: string, who: Who): Promise<RegisterHit[]> {
    await this.#searches.note(who)
    const digits = query.replace(/\D/g, '')
    const phone = phoneOf(query).e164
    const seeing = await this.#asPerson.of(who)
    const byNumber = await seeing.db.query('SELECT * FROM cases.numbered_case($1)', [query.trim().toUpperCase()], 'numbered-case')
    const numbered = await hitsOf(seeing, byNumber, () => ({ likeness: 1, why: 'name' }))
    const like = await this.similar(
      { name: query, address: query, ...(/^\d{12}$/.test(digits) ? { iin: digits } : {}), ...(phone ? { phone } : {}) },
      who,
      'likeness',
    )
    const cases = new Set([...byNumber.map((row) => row['id'] as string), ...like.cases])
    await this.#trail.record(shownTo(who, [...cases]))
    return [...numbered, ...like.hits.filter((hit) => !numbered.some((one) => one.number === hit.number))]
  }
}

async function hitsOf(
  { standing, db }: Seeing,
  rows: readonly Row[],
  likeness: (row: Row) => Pick<RegisterHit, 'likeness' | 'why'>,
): Promise<RegisterHit[]> {
  if (rows.length === 0) return []
  const open = (await db.query(
    `SELECT c.*, ch.name, ch.birth_date, ch.address, ${ACCESS} FROM cases."case" c LEFT JOIN cases.child ch ON ch.id = c.child WHERE c.id = ANY($1)`,
    [rows.map((row) => row['id'])],
    'hits',
  )) as unknown as (CaseRow & { name: string | null; address: string | null })[]
  const known = new Map(open.map((row) => [row.id, { row, decision: decide(standing, row) }]))
  return rows.map((row): RegisterHit => {
    const found = known.get(row['id'] as string)
    const decision = found?.decision
    const mayOpen = decision?.may('open') ?? false
    return {
      ...(mayOpen ? { caseId: row['id'] as string } : {}),
      number: row['number'] as string,
      ended: row['ended'] as boolean,
      ...(row['end'] && decision?.sees('closure') ? { end: row['end'] as string } : {}),
      stage: row['stage'] as string,
      ...(row['manager'] ? { manager: row['manager'] as string } : {}),
      mayOpen,
      ...(found?.row.name && decision?.sees('name') ? { name: found.row.name } : {}),
      ...(found?.row.birth_date && decision?.sees('name') ? { birthDate: found.row.birth_date } : {}),
      ...(found?.row.address && decision?.sees('whereabouts') ? { address: found.row.address } : {}),
      openedAt: row['opened_at'] as number,
      ...likeness(row),
    }
  })
}
