/** Fields that hold an id: chosen by name, or made by the page and not shown. */
import type { TimelineItem } from '@tirek/contract/answers'
import { RESPONSIBLE_ROLES } from '@tirek/contract/responsible-roles'
import type { Lang } from '@tirek/contract/roles'
import { dayOf, type Instant } from '@tirek/procedure/time'
import { formsOf, isAct } from '../case-data.ts'
import { kindOf, type Path, type Schema } from '../fields.ts'
import type { Colleague } from '../me.tsx'
import { momentText } from '../when.ts'

type Known = {
  kind: string
  people: ReadonlyMap<string, Colleague>
  timeline: readonly TimelineItem[]
  organisations: readonly { id: string; name: Record<Lang, string> }[]
  /** Whom an invitation may name, or who takes part. */
  concerned?: readonly { id: string; name: string }[] | undefined
  lang: Lang
  now: Instant
}

const MANAGERS = new Set(['social-worker', 'psychologist', 'supervisor'])
const SUPERIORS = new Set(['supervisor', 'head'])
const RESPONSIBLES = new Set<string>(RESPONSIBLE_ROLES)
const ABOUT_ACCESS = new Set(['participant-invited', 'participation-ended'])
/** The page makes these and nobody needs to see them. */
const MADE: Readonly<Record<string, readonly string[]>> = {
  'request-sent': ['request'],
  'referral-sent': ['referral'],
  'meeting-held': ['meeting'],
  'plan-signed': ['planVersion'],
  'urgent-measures-evidenced': ['hour'],
}

export function idsOf({ kind, people, timeline, organisations, concerned, lang, now }: Known) {
  return (path: Path, schema: Schema): { value: string; label: string }[] | 'made' | undefined => {
    const name = String(path.at(-1))
    if (MADE[kind]?.includes(name) && path.length === 1) return 'made'
    // Ids of other cases are no text that people type.
    if (kindOf(schema) === 'lines' && schema.items?.format === 'uuid') return 'made'
    if (kindOf(schema) !== 'uuid') return undefined
    const text = (form: Record<string, unknown>, ...names: string[]) =>
      names
        .map((one) => form[one])
        .filter(Boolean)
        .join(': ')
    switch (name) {
      // Of a measure: anybody who works with families may be the responsible (CP-127).
      case 'person':
        if (ABOUT_ACCESS.has(kind)) return (concerned ?? []).map((one) => ({ value: one.id, label: one.name }))
        return [...people.values()]
          .filter((person) => RESPONSIBLES.has(person.role))
          .map((person) => ({ value: person.id, label: person.name }))
      case 'manager':
        return [...people.values()]
          .filter((person) => MANAGERS.has(person.role))
          .map((person) => ({ value: person.id, label: person.name }))
      // CP-51: the superior manager or a supervisor.
      case 'coordinator':
        return [...people.values()]
          .filter((person) => SUPERIORS.has(person.role))
          .map((person) => ({ value: person.id, label: person.name }))
      case 'organisation':
        return organisations.map((one) => ({ value: one.id, label: one.name[lang] }))
      case 'act':
        return timeline
          .filter((item) => isAct(item) && !item.withdrawn)
          .map((item) => ({ value: item.id, label: `${item.label[lang]}, ${momentText(item.happenedAt, lang, dayOf(now))}` }))
      case 'measure':
        // The newest version of the plan holds all measures.
        return ((formsOf(timeline, 'plan-signed')[0]?.['measures'] ?? []) as Record<string, unknown>[]).map((measure) => ({
          value: String(measure['id']),
          label: text(measure, 'action'),
        }))
      case 'request':
        return formsOf(timeline, 'request-sent').map((form) => ({ value: String(form['request']), label: text(form, 'to', 'subject') }))
      case 'referral':
        return formsOf(timeline, 'referral-sent').map((form) => ({ value: String(form['referral']), label: text(form, 'to', 'subject') }))
      case 'meeting':
        return timeline
          .filter((item) => item.kind === 'meeting-held' && item.form)
          .map((item) => ({ value: String(item.form!['meeting']), label: momentText(item.happenedAt, lang, dayOf(now)) }))
      default:
        return undefined
    }
  }
}
