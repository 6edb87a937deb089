/** CP-02: the register of an organisation, searched before a file is opened and when one is saved. */
import type { RegisterHit } from '@tirek/contract/answers'
import { fold } from '@tirek/contract/names'
import { phoneOf } from '@tirek/contract/phone'
import type { Who } from '@tirek/platform/auth'
import type { Database } from '@tirek/platform/database'
import type { Trail } from '@tirek/platform/trail'
import type { OpeningChild } from '../record/opening.ts'
import { shownTo } from '../record/record.ts'

/** Names as alike as this are shown. */
const SHOWN = 0.3
/** Names as alike as this, with the same birth date, are held to be one child. */
export const CERTAIN = 0.6

/** At saving no more of one mark are looked at: they are shown to a person, who sees twenty. */
const NEAR = 50

/**
 * $1 folded name, $2 IIN, $3 phone, $4 folded address, $5 organisation, $6 birth date. Every branch has an index that finds it at once;
 * of a birth day with thousands of children (the first of January, for want of a better one) `child_alike` finds the like names alone.
 */
export const similarSql = (by: 'marks' | 'likeness'): string => {
  const marked = by === 'marks'
  const child = 'SELECT id, organisation, name, name_folded, birth_date, address, iin, phone FROM cases.child WHERE'
  return `WITH near AS (
   (${child} $2::text IS NOT NULL AND iin = $2 LIMIT ${NEAR})
   UNION (${child} $3::text IS NOT NULL AND phone = $3 LIMIT ${NEAR})
   UNION (${child} $1::text IS NOT NULL AND ${marked ? `organisation = $5 AND name_folded = $1 LIMIT ${NEAR}` : `name_folded % $1`})
   UNION (${child} $4::text IS NOT NULL AND ${marked ? `organisation = $5 AND address_folded = $4 LIMIT ${NEAR}` : `address_folded % $4 AND similarity(address_folded, $4) > 0.6`})
   UNION (${child} $1::text IS NOT NULL AND $6::text IS NOT NULL AND organisation = $5 AND birth_date = $6 AND name_folded % $1 AND similarity(name_folded, $1) > 0.4
     ORDER BY similarity(name_folded, $1) DESC LIMIT ${NEAR}))
 SELECT c.id, c.number, c.ended, c."end", c.stage, c.opened_at, ch.name, ch.birth_date, ch.address, ch.iin, ch.phone,
        coalesce(similarity(ch.name_folded, $1), 0)::float8 AS alike
   FROM near ch JOIN cases."case" c ON c.child = ch.id
  WHERE ch.organisation = $5
  ORDER BY (ch.iin = $2) DESC NULLS LAST, c.ended DESC, alike DESC LIMIT 20`
}

export class Register {
  readonly #db: Database
  readonly #trail: Trail

  constructor(db: Database, trail: Trail) {
    this.#db = db
    this.#trail = trail
  }

  /**
   * CP-02: cases of children like this one in the organisation, closed ones first, then the likest. `by: 'marks'` looks by what
   * indexes find at once (IIN, phone, the same address, the same name, a like name with the same birth date): for the moment of saving.
   */
  async similar(
    child: OpeningChild,
    who: Who,
    by: 'marks' | 'likeness' = 'marks',
  ): Promise<{ certain: boolean; hits: RegisterHit[]; unconfirmed: number }> {
    const name = child.name ? fold(child.name) : null
    const address = child.address ? fold(child.address) : null
    const phone = child.phone ? (phoneOf(child.phone).e164 ?? child.phone) : null
    if (!name && !address && !phone && !child.iin) return { certain: false, hits: [], unconfirmed: 0 }
    const rows = await this.#db.query(
      similarSql(by),
      [name, child.iin ?? null, phone, address, who.organisation, child.birthDate ?? null],
      `similar-${by}`,
    )
    const hits = rows.map((row): RegisterHit & { certain: boolean } => {
      const alike = row['alike'] as number
      const isSameIin = Boolean(child.iin && row['iin'] === child.iin)
      return {
        caseId: row['id'],
        number: row['number'],
        ended: row['ended'],
        ...(row['end'] ? { end: row['end'] } : {}),
        stage: row['stage'],
        ...(row['name'] ? { name: row['name'] } : {}),
        ...(row['birth_date'] ? { birthDate: row['birth_date'] } : {}),
        ...(row['address'] ? { address: row['address'] } : {}),
        openedAt: row['opened_at'],
        likeness: isSameIin ? 1 : Math.round(alike * 100) / 100,
        why: isSameIin ? 'iin' : alike >= SHOWN ? 'name' : phone && row['phone'] === phone ? 'phone' : 'address',
        certain: isSameIin || (alike >= CERTAIN && Boolean(child.birthDate) && row['birth_date'] === child.birthDate),
      }
    })
    const certain = hits.some((hit) => hit.certain)
    const unconfirmed = hits.filter((hit) => hit.certain && hit.end === 'not-confirmed').length
    return { certain, hits: hits.map(({ certain: _, ...hit }) => hit), unconfirmed }
  }

  /** The register searched by whatever is typed: a name, an IIN, a phone, an address, a case number. */
  async search(query: string, who: Who): Promise<RegisterHit[]> {
    const digits = query.replace(/\D/g, '')
    const phone = phoneOf(query).e164
    const byNumber = await this.#db.query(
      `SELECT c.id, c.number, c.ended, c."end", c.stage, c.opened_at, ch.name, ch.birth_date FROM cases."case" c JOIN cases.child ch ON ch.id = c.child WHERE c.number = $1 AND c.organisation = $2`,
      [query.trim().toUpperCase(), who.organisation],
    )
    const { hits } = await this.similar(
      { name: query, address: query, ...(/^\d{12}$/.test(digits) ? { iin: digits } : {}), ...(phone ? { phone } : {}) },
      who,
      'likeness',
    )
    const numbered = byNumber.map((row): RegisterHit => ({
      caseId: row['id'],
      number: row['number'],
      ended: row['ended'],
      stage: row['stage'],
      ...(row['name'] ? { name: row['name'] } : {}),
      ...(row['birth_date'] ? { birthDate: row['birth_date'] } : {}),
      openedAt: row['opened_at'],
      likeness: 1,
      why: 'name',
    }))
    const found = [...numbered, ...hits.filter((hit) => !numbered.some((one) => one.caseId === hit.caseId))]
    await this.#trail.record([{ who, what: 'searched', why: 'register-of-organisation' }, ...shownTo(who, found)])
    return found
  }
}
