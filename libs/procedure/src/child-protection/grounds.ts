/**
 * Why a deadline is due: the norm of its row as the organisation set it, and the facts of the case that it was counted from. Codes and instants
 * only, nothing personal; words of the codes stand in ground-words.ts. Pure.
 */
import type { CaseSettings } from '../case.ts'
import type { Deadline } from '../deadline.ts'
import type { Ground as GroundSaid, Grounds as GroundsSaid, Text } from '../programme.ts'
import { addLength, dayOf, MINUTE, type Day, type Instant } from '../time.ts'
import type { Calendar } from '../calendar.ts'
import type { ContactRule } from './contact-rows.ts'
import { lengthAs } from './deadlines/build.ts'
import type { ChildProtectionCase, Term } from './facts.ts'
import { GROUND_WORDS, type GroundCode } from './ground-words.ts'
import { lengthWords, normWords, unitOf, withinWords } from './norm-words.ts'
import type { TermLength, TermRule } from './row-steps.ts'
import type { Rules } from './rows.ts'
import { ruleOf } from './rules.ts'
import { sourceWords } from './source-words.ts'

/** Lists of the procedure that a value is of. */
type ValueOf = 'placement' | 'contact-by' | 'level' | 'addressee' | 'decision'
type Ground = {
  code: GroundCode
  at?: Instant
  day?: Day
  missing?: true
  value?: { of: ValueOf; code: string } | { said: Text }
}
type Grounds = { source: string; norm?: Text; facts: readonly Ground[] }

type Of = Pick<Deadline, 'row' | 'rule'>

const termRule = (row: string, rules: Rules): TermRule | undefined => (rules.terms as Readonly<Record<string, TermRule>>)[row]

const contactRules = (rules: Rules): ContactRule[] => [...Object.values(rules.contacts).flat(), ...rules.asParents]

/**
 * The norm of a row in words, known without the case: of lists, which read no facts. `undefined` where it depends on the case or the
 * organisation may have set another.
 */
export function listedNorm({ row, rule }: Of, rules: Rules): Text | undefined {
  if (row === 'urgent-measures') return withinWords(rules.hour.length)
  const contact = contactRules(rules).find((one) => one.row === row && one.rule === rule)
  if (contact) return contact.norm.kind === 'every' && contact.norm.setting ? undefined : normWords(contact.norm)
  const found = termRule(row, rules)
  return found?.term && !found.term.setting && !found.variants ? withinWords(found.term.length) : undefined
}

/** The grounds of one of the case's deadlines. */
export function groundsOf(deadline: Deadline, facts: ChildProtectionCase, rules: Rules, calendar: Calendar): GroundsSaid {
  const found =
    deadline.row === 'urgent-measures'
      ? hourGrounds(deadline, facts, rules)
      : deadline.row.startsWith('contact-')
        ? contactGrounds(deadline, facts, rules, calendar)
        : termGrounds(deadline, facts, rules)
  return {
    ...found,
    source: sourceWords(found.source),
    text: ruleOf(deadline.rule).text,
    facts: found.facts.map((fact): GroundSaid => ({ ...fact, what: GROUND_WORDS[fact.code] })),
  }
}

function hourGrounds(deadline: Deadline, facts: ChildProtectionCase, { hour: rule }: Rules): Grounds {
  const hour = facts.hours.find(({ n }) => n === deadline.hour)
  return {
    source: rule.source,
    norm: withinWords(rule.length),
    facts: [
      { code: 'report-received', at: deadline.from },
      // Entered later than it was received: the hour runs all the same.
      ...(deadline.bornAt - deadline.from >= MINUTE ? [{ code: 'recorded', at: deadline.bornAt } as const] : []),
      ...(facts.riskLevel ? [level(facts.riskLevel)] : []),
      evidence('measures-agreed', hour?.measuresAgreedAt),
      evidence('law-enforcement', hour?.lawEnforcementInformedAt),
      evidence('juvenile-inspection', hour?.juvenileInspectionInformedAt),
      ...(hour?.reopenedAt === undefined ? [] : [{ code: 'evidence-withdrawn', at: hour.reopenedAt } as const]),
    ],
  }
}

const level = (code: string): Ground => ({ code: 'level', value: { of: 'level', code } })
const evidence = (code: GroundCode, at: Instant | undefined): Ground => ({ code, ...(at === undefined ? { missing: true } : { at }) })

/** How many attempts are told: the last ones. */
const ATTEMPTS = 3

function contactGrounds(deadline: Deadline, facts: ChildProtectionCase, rules: Rules, calendar: Calendar): Grounds {
  const of = deadline.of.slice(deadline.row.length - 'contact-'.length + 1)
  const { contacts, settings } = facts
  const anchor = contacts.anchors.find(({ id }) => of.startsWith(`${id}.`))
  const last = contacts.all.find(({ id }) => anchor !== undefined && of === `${anchor.id}.${id}`)
  const schedule = anchor?.placement === undefined ? [] : anchor.asParents ? rules.asParents : rules.contacts[anchor.placement]
  const rule = schedule.find((one) => one.row === deadline.row) ?? contactRules(rules).find((one) => one.row === deadline.row)!
  const { norm } = rule
  const set =
    norm.kind === 'every' ? ownLength({ length: norm.every, ...(norm.setting && { setting: norm.setting }) }, settings) : undefined
  const since = last?.at ?? anchor?.at ?? deadline.from
  const attempts = contacts.all.filter(
    (one) =>
      one.at >= since &&
      one.id !== last?.id &&
      (rule.by.includes(one.by) || one.by === 'remote') &&
      !(one.made && (one.childSeen || !rule.childSeen)),
  )
  const setDay = contacts.set.findLast((one) => one.at >= since && one.day === deadline.dueDay)
  return {
    source: rule.source,
    norm: normWords(set && norm.kind === 'every' ? { ...norm, every: set.length } : norm),
    facts: [
      ...(anchor ? [{ code: `since-${anchor.kind}`, at: anchor.at } as Ground] : []),
      ...(anchor?.placement ? [{ code: 'lives', value: { of: 'placement', code: anchor.placement } } as const] : []),
      ...(anchor?.asParents ? [{ code: 'as-parents' } as const] : []),
      ...(anchor && norm.kind !== 'every'
        ? [
            {
              code: norm.kind === 'first-later' ? 'often-until' : 'needed-until',
              day: addLength(dayOf(anchor.at), norm.for, calendar),
            } as const,
          ]
        : []),
      last ? { code: 'last-contact', at: last.at, value: { of: 'contact-by', code: last.by } } : { code: 'no-contact-yet' },
      ...attempts.slice(-ATTEMPTS).map((one): Ground => ({ code: 'attempt', at: one.at, value: { of: 'contact-by', code: one.by } })),
      ...(setDay ? [{ code: 'day-set', at: setDay.at, day: setDay.day } as const] : []),
      ...(set ? [set.ground] : []),
    ],
  }
}

/** The length that the organisation set, where it is another than the row's. */
function ownLength(term: TermLength, settings: CaseSettings): { length: TermLength['length']; ground: Ground } | undefined {
  const length = lengthAs(term, settings.terms)
  if (unitOf(length)[1] === unitOf(term.length)[1]) return undefined
  return { length, ground: { code: 'own-term', value: { said: lengthWords(term.length) } } }
}

function termGrounds(deadline: Deadline, facts: ChildProtectionCase, rules: Rules): Grounds {
  const { row } = deadline
  const rule = termRule(row, rules)
  const term = facts.terms.find((one) => one.row === row && one.of === deadline.of)
  const length = (term?.variant === undefined ? undefined : rule?.variants?.[term.variant]) ?? rule?.term
  const own = length && ownLength(length, facts.settings)
  const counts = own?.length ?? length?.length
  const agreed = facts.reviews
    .find(({ of }) => deadline.of === of || deadline.of.startsWith(`${of}.`))
    ?.changes.findLast((change) => change.day !== undefined && deadline.of.endsWith(change.of))
  const monitoring = facts.monitoring.find(({ of }) => deadline.of === of || deadline.of.startsWith(`${of}.`))
  const named = term?.day ?? agreed?.day
  return {
    source: rule?.source ?? '',
    ...(counts && named === undefined ? { norm: withinWords(counts) } : {}),
    facts: [
      { code: 'counted-from', at: deadline.from },
      ...(deadline.bornAt - deadline.from >= MINUTE ? [{ code: 'recorded', at: deadline.bornAt } as const] : []),
      ...(term ? variantOf(term) : []),
      ...(named === undefined ? [] : [{ code: 'day-named', day: named } as const]),
      ...(row === 'monitoring-look' && monitoring?.endDay ? [{ code: 'monitoring-until', day: monitoring.endDay } as const] : []),
      ...(own && named === undefined ? [own.ground] : []),
      ...(counts && named === undefined && 'workingDays' in counts
        ? [{ code: 'working-days', value: { said: { ru: facts.calendar, kk: facts.calendar, en: facts.calendar } } } as const]
        : []),
      ...(term?.paper ? [{ code: 'from-paper' } as const] : []),
    ],
  }
}

function variantOf({ row, variant }: Term): Ground[] {
  if (variant === undefined) return []
  if (row === 'primary-assessment') return [level(variant)]
  if (row === 'referral') return [{ code: 'sent-to', value: { of: 'addressee', code: variant } }]
  if (row.startsWith('review-')) return [{ code: 'decided', value: { of: 'decision', code: variant } }]
  return []
}
