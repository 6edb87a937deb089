/** Organisation and birth day as one number: what an index of trigrams has beside them it keeps apart best by a number. */
export const bornSql = (organisation: string, day: string): string => `hashtextextended(${organisation}::text || ${day}, 0)`

/** What is asked beside organisation and day, so that the right index answers: an equal name is also found by an index of trigrams, which reads much for it. */
const BY_INDEX = {
  born: `${bornSql('organisation', 'birth_date')} = ${bornSql('$5', '$6')} AND `,
  sameName: 'name_folded BETWEEN $1 AND $1',
}
/** As it was released first. */
export const AT_FIRST: typeof BY_INDEX = { born: '', sameName: 'name_folded = $1' }

/**
 * The statement that finds cases like a child, for functions of the database: a change of it is a migration that makes them anew.
 * $1 folded name, $2 IIN, $3 phone, $4 folded address, $5 organisation, $6 birth date. Every branch has an index that finds it at once;
 * of a birth day with thousands of children (the first of January, for want of a better one) `child_born_like` finds the like names alone.
 */
export const similarSql = (by: 'marks' | 'likeness', { born, sameName } = BY_INDEX): string => {
  const marked = by === 'marks'
  const child = 'SELECT id, organisation, name_folded, birth_date, iin, phone FROM cases.child WHERE'
  return `WITH near AS (
   (${child} $2::text IS NOT NULL AND iin = $2 LIMIT ${NEAR})
   UNION (${child} $3::text IS NOT NULL AND phone = $3 LIMIT ${NEAR})
   UNION (${child} $1::text IS NOT NULL AND ${marked ? `organisation = $5 AND ${sameName} LIMIT ${NEAR}` : `name_folded % $1`})
   UNION (${child} $4::text IS NOT NULL AND ${marked ? `organisation = $5 AND address_folded = $4 LIMIT ${NEAR}` : `address_folded % $4 AND similarity(address_folded, $4) > 0.6`})
   UNION (${child} $1::text IS NOT NULL AND $6::text IS NOT NULL AND ${born}organisation = $5 AND birth_date = $6 AND name_folded % $1 AND similarity(name_folded, $1) > 0.4
     ORDER BY similarity(name_folded, $1) DESC LIMIT ${NEAR}))
 SELECT c.id, c.number, c.stage, c.ended, c."end", c.manager, c.opened_at, coalesce(similarity(ch.name_folded, $1), 0)::float8 AS alike,
        coalesce(ch.iin = $2, false) AS same_iin, coalesce(ch.phone = $3, false) AS same_phone, coalesce(ch.birth_date = $6, false) AS same_birth
   FROM near ch JOIN cases."case" c ON c.child = ch.id
  WHERE ch.organisation = $5 AND $5 = cases.asking_organisation()
  ORDER BY (ch.iin = $2) DESC NULLS LAST, c.ended DESC, alike DESC LIMIT 20`
}

/** No more of one mark are looked at: they are shown to a person, who sees twenty. */
const NEAR = 50
