/** The decision: a person's relations to a case, and the CASL ability built from their rows. */
import { createMongoAbility, type MongoAbility, type RawRuleOf } from '@casl/ability'
import { definitionOf, KINDS } from '@tirek/contract/acts'
import type { Role } from '@tirek/contract/roles'
import type { ActKind, Stage } from '@tirek/procedure/child-protection/acts'
import { PART_OF, type Part } from './parts.ts'
import { POLICY, WITH_GIVEN, type Action, type PolicyRow } from './policy.ts'
import { relationsOf, type Relation } from './relations.ts'
import { holdsNow, type Seen, type Standing } from './standing.ts'

/** `read` has parts as its fields, `record` kinds of acts. */
type Can = Action | 'read' | 'record'
type CaseAbility = MongoAbility<[Can, 'case']>

/** The acts whose forms are shown: all of `kinds`; of `own` what this person recorded; of `past`, of a file that was handed over, up to a version. */
export type ShownActs = {
  kinds: readonly ActKind[]
  own: readonly ActKind[]
  past: readonly ActKind[]
  upTo: number | null
}

/** What a relation shows is narrowed by it alone: another one beside it lifts nothing. */
type Abilities = { all: CaseAbility; free: CaseAbility; own: CaseAbility; past: CaseAbility }

export class Decision {
  readonly relations: readonly Relation[]
  readonly #can: Abilities
  readonly #person: string
  readonly #roles: ReadonlySet<Role>
  readonly #upTo: number | null
  #acts: ShownActs | undefined

  constructor(relations: readonly Relation[], can: Abilities, standing: Standing, upTo: number | null) {
    this.relations = relations
    this.#can = can
    this.#person = standing.person
    this.#roles = standing.roles
    this.#upTo = upTo
  }

  may = (action: Action): boolean => this.#can.all.can(action, 'case')

  sees = (part: Part): boolean => this.#can.all.can('read', 'case', part)

  /** As it stands now: of a file that was handed over its past alone is seen. */
  seesNow = (part: Part): boolean => this.#can.free.can('read', 'case', part)

  get acts(): ShownActs {
    const of = (ability: CaseAbility) => KINDS.filter((kind) => ability.can('read', 'case', PART_OF[kind]))
    return (this.#acts ??= { kinds: of(this.#can.free), own: of(this.#can.own), past: of(this.#can.past), upTo: this.#upTo })
  }

  shows({ kind, by, version }: { kind: ActKind; by: string; version: number }): boolean {
    const { kinds, own, past, upTo } = this.acts
    return kinds.includes(kind) || (own.includes(kind) && by === this.#person) || (past.includes(kind) && upTo !== null && version <= upTo)
  }

  mayRecord = (kind: ActKind): boolean =>
    this.#can.all.can('record', 'case', kind) && definitionOf(kind).roles.some((role) => this.#roles.has(role))

  /** Does any relation record anything here? The row-level policies of writing ask the same. */
  get mayWrite(): boolean {
    return this.may('open') && this.#can.all.can('record', 'case')
  }

  /** The relation that allows it, for the trail. */
  why = (action: Action | { record: ActKind }): Relation | undefined =>
    this.relations.find((relation) => {
      const row: PolicyRow = POLICY[relation]
      return typeof action === 'string' ? row.may.includes(action) : row.record.includes(action.record)
    })
}

const kept = new Map<string, CaseAbility>()

function abilityOf(relations: readonly Relation[], given: readonly string[]): CaseAbility {
  const key = `${relations.join()}|${given.join()}`
  const known = kept.get(key)
  if (known) return known
  const rules: RawRuleOf<CaseAbility>[] = relations.flatMap((relation) => {
    const row: PolicyRow = POLICY[relation]
    const parts = row.parts === 'given' ? [...WITH_GIVEN, ...given] : row.parts
    return [
      ...row.may.map((action): RawRuleOf<CaseAbility> => ({ action, subject: 'case' })),
      ...(parts.length > 0 ? [{ action: 'read' as const, subject: 'case' as const, fields: [...parts] }] : []),
      ...(row.record.length > 0 ? [{ action: 'record' as const, subject: 'case' as const, fields: [...row.record] }] : []),
    ]
  })
  const ability = createMongoAbility<CaseAbility>(rules)
  if (kept.size > 2_000) kept.clear()
  kept.set(key, ability)
  return ability
}

/** What a person may do with a case now. */
export function decide(standing: Standing, seen: Seen): Decision {
  const relations = relationsOf(standing, seen).filter((relation) => {
    const { stages }: PolicyRow = POLICY[relation]
    return !stages || stages.includes(seen.stage as Stage)
  })
  const given = new Set(
    seen.access
      .filter((access) => access.relation === 'participant' && access.person === standing.person && holdsNow(access, standing.now))
      .flatMap((access) => access.parts),
  )
  const past = relations.filter((relation) => relation === 'hand-over-sender')
  const own = relations.filter((relation) => 'ownOnly' in POLICY[relation])
  const free = relations.filter((relation) => relation !== 'hand-over-sender' && !own.includes(relation))
  const sent = seen.access.filter(
    (access) => access.relation === 'hand-over-sender' && access.organisation === standing.organisation && holdsNow(access, standing.now),
  )
  const upTo = past.length > 0 ? Math.max(...sent.map((access) => access.version ?? 0)) : null
  const parts = [...given].toSorted()
  const can = (some: readonly Relation[]) => abilityOf(some, parts)
  return new Decision(relations, { all: can(relations), free: can(free), own: can(own), past: can(past) }, standing, upTo)
}
