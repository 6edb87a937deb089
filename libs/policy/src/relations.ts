/**
 * Who a person is to a case. Each relation is defined once and can be asked twice: of a row in hand (`holds`), and of a table by Postgres
 * (`sql`, a condition on `c`, alias of cases."case"). A test on random worlds holds both against each other.
 */
import type { Text } from '@tirek/procedure/programme'
import { MY } from './settings.ts'
import { holdsNow, type Access, type Seen, type Standing } from './standing.ts'

/** What makes the relation: something of the case of the own organisation, or access that was given (`g`, a row of cases.access). */
type InSql = { ours: string } | { to: string; relation: Access['relation'] }

export type RelationRow = {
  label: Text
  /** How it comes about and how it ends. */
  told: string
  holds(standing: Standing, seen: Seen): boolean
  sql: InSql
}

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
const ours = (standing: Standing, seen: Seen) => seen.organisation === standing.organisation

const given = (relation: Access['relation'], to: 'person' | 'organisation') => ({
  holds: (standing: Standing, seen: Seen) =>
    seen.access.some((access) => access.relation === relation && access[to] === standing[to] && holdsNow(access, standing.now)),
  sql: { to: `g.${to} = ${MY[to]}`, relation },
})
const toLeaders = (relation: 'hand-over-receiver' | 'hand-over-sender') => ({
  holds: (standing: Standing, seen: Seen) =>
    (standing.roles.has('supervisor') || standing.leads) && given(relation, 'organisation').holds(standing, seen),
  sql: { to: `g.organisation = ${MY.organisationForHandOvers}`, relation },
})

/** In the order in which the trail names the one that allowed it. */
export const RELATIONS = {
  manager: {
    label: t('ведет случай', 'істі жүргізеді', 'leads the case'),
    told: 'named by the last taking-over, assignment or hand-over',
    holds: (standing, seen) => ours(standing, seen) && seen.manager === standing.person && standing.persons.includes(standing.person),
    sql: { ours: `c.manager = ${MY.carer}` },
  },
  deputy: {
    label: t('замещает ведущего', 'жүргізушінің орнында', 'stands in for who leads it'),
    told: 'named for an absence, on its days only',
    holds: (standing, seen) =>
      ours(standing, seen) && seen.manager !== null && seen.manager !== standing.person && standing.persons.includes(seen.manager),
    sql: { ours: `c.manager = ANY(${MY.absent})` },
  },
  'team-supervisor': {
    label: t('супервизор ведущего', 'жүргізушінің супервайзері', 'supervises who leads it'),
    told: 'the supervisor of who leads the case, or took it first while nobody leads it; where none is named, every supervisor of the organisation',
    holds: (standing, seen) =>
      ours(standing, seen) && standing.roles.has('supervisor') && standing.team.includes(seen.manager ?? seen.first_person),
    sql: { ours: `coalesce(c.manager, c.first_person) = ANY(${MY.team})` },
  },
  'first-person': {
    label: t('принял обращение, случай еще не взят', 'өтінішті қабылдады, іс әлі алынбаған', 'took it first, nobody leads it yet'),
    told: 'CP-103: whoever wrote the request down, or stands in for them, until somebody leads the case',
    holds: (standing, seen) => ours(standing, seen) && seen.manager === null && standing.persons.includes(seen.first_person),
    sql: { ours: `c.manager IS NULL AND c.first_person = ANY(${MY.persons})` },
  },
  unled: {
    label: t('никто еще не ведет', 'әлі ешкім жүргізбейді', 'nobody leads it yet'),
    told: 'every social worker of the organisation, until somebody leads the case',
    holds: (standing, seen) => ours(standing, seen) && seen.manager === null && standing.roles.has('social-worker'),
    sql: { ours: `c.manager IS NULL AND ${MY.isSocialWorker}` },
  },
  'on-duty': {
    label: t('вызван на срочные меры', 'шұғыл шараларға шақырылған', 'called to urgent measures'),
    told: 'the duty list of the day, supervisors, head and next in line of the organisation, while urgent measures last: from the report until the child is recorded to be safe',
    holds: (standing, seen) => ours(standing, seen) && seen.stage === 'urgent-measures' && standing.called,
    sql: { ours: `c.stage = 'urgent-measures' AND ${MY.called}` },
  },
  'break-glass': {
    label: t('открыл в опасности для жизни', 'өмірге қауіп кезінде ашты', 'opened it in danger to life'),
    told: 'a reason of 20 characters; ends by itself after the minutes of the rules table, and is reviewed',
    ...given('break-glass', 'person'),
  },
  participant: {
    label: t('приглашен в случай', 'іске шақырылған', 'invited to the case'),
    told: 'invited by who leads or supervises the case, to the parts that are named, until that is taken back, the case ends or the file changes hands',
    ...given('participant', 'person'),
  },
  placement: {
    label: t('работник дома ребенка', 'балалар үйінің қызметкері', "children's home of the child"),
    told: "CP-15: a worker of the children's home, invited by who leads or supervises the case, until that is taken back or the case ends (CP-115: never that of an institution under suspicion)",
    ...given('placement', 'person'),
  },
  'organisation-lead': {
    label: t('руководит организацией', 'ұйымды басқарады', 'leads the organisation'),
    told: 'head and next in line, as the directory names them',
    holds: (standing, seen) => ours(standing, seen) && standing.leads,
    sql: { ours: MY.leads },
  },
  reporter: {
    label: t('принял обращение, случай ведет другой', 'өтінішті қабылдады, істі басқа жүргізеді', 'took it first, another leads it'),
    told: 'CP-103: whoever wrote the request down, once somebody leads the case',
    holds: (standing, seen) =>
      ours(standing, seen) && seen.manager !== null && seen.first_person === standing.person && standing.persons.includes(standing.person),
    sql: { ours: `c.manager IS NOT NULL AND c.first_person = ${MY.carer}` },
  },
  'hand-over-receiver': {
    label: t('дело предложено организации', 'іс ұйымға ұсынылған', 'offered to the organisation'),
    told: 'CP-64: supervisors and leaders of the organisation that a file is offered to, until it is accepted, declined or taken back',
    ...toLeaders('hand-over-receiver'),
  },
  'hand-over-sender': {
    label: t('организация передала дело', 'ұйым істі тапсырған', 'the organisation handed it over'),
    told: 'CP-64: supervisors and leaders of the organisation that led the case before',
    ...toLeaders('hand-over-sender'),
  },
} as const satisfies Record<string, RelationRow>

export type Relation = keyof typeof RELATIONS
export const RELATION_IDS = Object.keys(RELATIONS) as Relation[]

/** Every relation of a person to a case, the strongest first. */
export const relationsOf = (standing: Standing, seen: Seen): Relation[] => RELATION_IDS.filter((id) => RELATIONS[id].holds(standing, seen))

/** Of these the ones that a person may have to any case at all: a list asks for no others, or it would read a whole organisation for nothing. */
export const possibleFor = (standing: Standing, relations: readonly Relation[]): Relation[] =>
  relations.filter((id) => {
    if (id === 'manager' || id === 'first-person') return standing.persons.length > 0
    if (id === 'deputy') return standing.persons.length > 1
    if (id === 'team-supervisor') return standing.team.length > 0 && standing.roles.has('supervisor')
    if (id === 'unled') return standing.roles.has('social-worker')
    if (id === 'on-duty') return standing.called
    return id !== 'organisation-lead' || standing.leads
  })

/** Comes about by access that was given for one case, not by where the person stands in its organisation. */
export const isGiven = (relation: Relation): boolean => 'to' in RELATIONS[relation].sql

/** Access is looked up once for a statement, not once a row. */
const GIVEN_NOW = `g.from_at <= ${MY.now} AND (g.until_at IS NULL OR ${MY.now} < g.until_at)`

/** A condition on `c` that holds where one of these relations does. */
export function anyOf(relations: readonly Relation[]): string {
  const own: string[] = []
  const given = new Map<string, string[]>()
  for (const id of relations) {
    const sql: InSql = RELATIONS[id].sql
    if ('ours' in sql) own.push(`(${sql.ours})`)
    else given.set(sql.to, [...(given.get(sql.to) ?? []), `'${sql.relation}'`])
  }
  const toSomebody = [...given].map(([to, names]) => `(${to} AND g.relation IN (${names.join(', ')}))`)
  const parts = [
    ...(own.length > 0 ? [`(c.organisation = ${MY.organisation} AND (${own.join(' OR ')}))`] : []),
    ...(given.size > 0 ? [`c.id IN (SELECT g.case_id FROM cases.access g WHERE (${toSomebody.join(' OR ')}) AND ${GIVEN_NOW})`] : []),
  ]
  return parts.length > 0 ? parts.join(' OR ') : 'false'
}
