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

export class Decision {
  readonly relations: readonly Relation[]
  /** The acts whose forms are shown: of these kinds, by this person alone, up to this version (of a file that was handed over). */
  readonly acts: { kinds: readonly ActKind[]; by: string | null; upTo: number | null }
  readonly #ability: CaseAbility
  readonly #roles: ReadonlySet<Role>

  constructor(relations: readonly Relation[], ability: CaseAbility, standing: Standing, upTo: number | null) {
    this.relations = relations
    this.#ability = ability
    this.#roles = standing.roles
    const ownOnly = relations.every((relation) => 'ownOnly' in POLICY[relation])
    this.acts = { kinds: KINDS.filter((kind) => this.sees(PART_OF[kind])), by: ownOnly ? standing.person : null, upTo }
  }

  may = (action: Action): boolean => this.#ability.can(action, 'case')

  sees = (part: Part): boolean => this.#ability.can('read', 'case', part)

  mayRecord = (kind: ActKind): boolean =>
    this.#ability.can('record', 'case', kind) && definitionOf(kind).roles.some((role) => this.#roles.has(role))

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
  const onlySent = relations.length > 0 && relations.every((relation) => relation === 'hand-over-sender')
  const sent = onlySent
    ? seen.access.filter((access) => access.relation === 'hand-over-sender' && access.organisation === standing.organisation)
    : []
  const upTo = sent.length > 0 ? Math.max(...sent.map((access) => access.version ?? 0)) : null
  return new Decision(relations, abilityOf(relations, [...given].toSorted()), standing, upTo)
}
