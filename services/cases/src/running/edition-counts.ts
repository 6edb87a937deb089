import type { EditionCount } from '@tirek/contract/running'
import { preview, programmeOf, rulesOf } from '@tirek/procedure/programmes'
import type { Who } from '@tirek/platform/auth'
import { ProblemError } from '@tirek/platform/problem'
import type { Trail } from '@tirek/platform/trail'
import type { AsPerson } from '../record/as-person.ts'
import type { Contexts } from '../record/contexts.ts'
import type { KnownFacts } from '../record/facts.ts'

type Counted = { id: string; organisation: string; facts: KnownFacts }

export class EditionCounts {
  readonly #trail: Trail
  readonly #contexts: Contexts
  readonly #asPerson: AsPerson

  constructor(trail: Trail, contexts: Contexts, asPerson: AsPerson) {
    this.#trail = trail
    this.#contexts = contexts
    this.#asPerson = asPerson
  }

  /** CP-90. Throws `not-found` for an edition that there is not. */
  async of(who: Who, edition: string, { after, limit }: { after: string; limit: number }): Promise<EditionCount> {
    if (!programmeOf('child-protection').editions.some(({ id }) => id === edition)) throw new ProblemError('not-found')
    const { standing, db } = await this.#asPerson.of(who)
    const rows = (await db.query(
      'SELECT * FROM cases.facts_to_count($1, $2)',
      [after, limit + 1],
      'facts-to-count',
    )) as unknown as Counted[]
    const looked = rows.slice(0, limit)
    const organisations = new Map<string, EditionCount['organisations'][number]>()
    for (const { id, organisation, facts } of looked) {
      const changed = preview(
        'child-protection',
        rulesOf('child-protection', facts.edition),
        edition,
        [{ id, facts }],
        await this.#contexts.calendar(facts.calendar),
        standing.now,
      )
      const one = organisations.get(organisation) ?? { organisation, cases: 0, terms: 0, late: 0 }
      organisations.set(organisation, one)
      one.cases++
      one.terms += changed.length
      if (changed.some(({ becomesLate }) => becomesLate)) one.late++
    }
    await this.#trail.record([{ who, what: 'counted-edition' }])
    return { organisations: [...organisations.values()], ...(rows.length > limit ? { next: looked.at(-1)!.id } : {}) }
  }
}
