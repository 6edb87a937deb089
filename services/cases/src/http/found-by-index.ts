/**
 * Where lists look for cases: of each relation by an index of its own, a page at most, so that the row-level policy looks at few rows
 * and not at an organisation. What is found and not to be seen falls out by the policy.
 */
import { anyOf, isGiven, possibleFor, type Relation } from '@tirek/policy/relations'
import { MY } from '@tirek/policy/settings'
import type { Standing } from '@tirek/policy/standing'
import { createHash } from 'node:crypto'

/** A team of so many is most of an organisation: it is found by the organisation's index, a smaller one by each member's own. */
export const MANY = 50

/** Postgres plans a statement for the LIMIT that stands in it; few of them, so that few plans are kept. */
export const limitOf = (limit: number): number => [21, 51, 101, 201].find((one) => limit < one) ?? 1_001

/** Of a statement that is made of parts: a prepared one has a name for each text. */
export const nameOf = (list: string, text: string): string => `${list}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`

/**
 * `SELECT opened_at, id` of the cases of these relations that `also` holds for, each once, unordered; with `limit` the newest.
 * `also` is a condition on `c` that ends an index of (opened_at DESC, id DESC).
 */
export function casesOf(standing: Standing, relations: readonly Relation[], also = 'true', limit?: number): string {
  // OFFSET 0 keeps the branches apart: each by its own index.
  const newest = limit === undefined ? ' OFFSET 0' : ` ORDER BY c.opened_at DESC, c.id DESC LIMIT ${limit}`
  const page = (where: string) => `SELECT c.opened_at, c.id FROM cases."case" c WHERE ${where} AND ${also}${newest}`
  const ofOrganisation = (where: string) =>
    `SELECT l.* FROM unnest('{f,t}'::boolean[]) AS e (ended) CROSS JOIN LATERAL (${page(`c.organisation = ${MY.organisation} AND c.ended = e.ended${where}`)}) l`
  const ofEach = (who: string) =>
    `SELECT l.* FROM unnest(${who}) AS m (id) CROSS JOIN LATERAL (${page(`c.organisation = ${MY.organisation} AND c.manager = m.id`)}) l`
  const possible = possibleFor(standing, relations)
  const own = possible.filter((relation) => !isGiven(relation))
  const branches = (own.includes('organisation-lead') ? (['organisation-lead'] as const) : own).flatMap((relation): string[] => {
    if (relation === 'organisation-lead') return [ofOrganisation('')]
    if (relation === 'team-supervisor' && standing.team.length > MANY) return [ofOrganisation(` AND ${anyOf([relation])}`)]
    if (relation === 'team-supervisor')
      return [ofEach(MY.team), page(`c.organisation = ${MY.organisation} AND c.manager IS NULL AND c.first_person = ANY(${MY.team})`)]
    if (relation === 'deputy') return [ofEach(MY.absent)]
    return [page(`(${anyOf([relation])})`)]
  })
  return [...branches, page(`(${anyOf(possible.filter(isGiven))})`)].map((branch) => `(${branch})`).join(' UNION ')
}
