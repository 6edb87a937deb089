/** A case told in tests: acts by local time, facts and deadlines read off. Used by tests only. */
import { calendarOf, CURRENT_CALENDAR } from '../calendar.ts'
import type { CaseSettings } from '../case.ts'
import type { Deadline } from '../deadline.ts'
import { addDays, startOfDay, type Instant } from '../time.ts'
import type { ActKind, ChildProtectionAct, ChildProtectionFacts } from './acts.ts'
import { deadlinesOf, historyOf } from './deadlines/history.ts'
import { factsOf } from './fold/fold.ts'
import { refusalOf } from './refusals.ts'
import { RULE_ROWS, type Rules } from './rows.ts'

export const calendar = calendarOf(CURRENT_CALENDAR)
export const settings: CaseSettings = { terms: {}, contactsBeforePlan: true, quarantine: [] }

/** `2026-11-12 14:00` or `2026-11-12 14:00:59.999` in Asia/Almaty; a bare day is its noon. */
export function local(text: string): Instant {
  const [day, time = '12:00'] = text.split(' ') as [string, string?]
  const [hours, mins, seconds = '0'] = time.split(':') as [string, string, string?]
  return startOfDay(day) + Number(hours) * 3_600_000 + Number(mins) * 60_000 + Math.round(Number(seconds) * 1000)
}

/** An instant as local time, to the minute (seconds when they are not zero). */
export function shown(instant: Instant | undefined): string | undefined {
  if (instant === undefined) return undefined
  const text = new Date(instant + 5 * 3_600_000).toISOString()
  return `${text.slice(0, 10)} ${text.slice(11, text.slice(17, 23) === '00.000' ? 16 : 23)}`
}

export class Told {
  readonly acts: ChildProtectionAct[] = []
  settings: CaseSettings = settings
  rules: Rules = RULE_ROWS

  /** Happened at a local time; recorded then too unless told. Returns the act's id. */
  act<K extends ActKind>(kind: K, fact: ChildProtectionFacts[K], happened: string, recorded = happened): string {
    const id = `${kind}-${this.acts.length}`
    this.acts.push({ id, kind, happenedAt: local(happened), recordedAt: local(recorded), by: 'somebody', fact } as ChildProtectionAct)
    return id
  }

  facts = () => factsOf(this.acts, { edition: '2026-1', calendar: CURRENT_CALENDAR, version: this.acts.length, settings: this.settings })
  open = () => deadlinesOf(this.facts(), this.rules, calendar)
  history = () => historyOf(this.facts(), this.rules, calendar)
  rows = () =>
    this.open()
      .map((deadline) => deadline.row)
      .sort()

  /** The one open deadline of a row. */
  the(row: string): Deadline {
    const found = this.open().filter((deadline) => deadline.row === row)
    if (found.length !== 1) throw new Error(`${found.length} open deadlines ${row}, open: ${this.rows().join(', ')}`)
    return found[0]!
  }

  /** Closed deadlines of a row, as `state@due day`. */
  closed = (row: string) =>
    this.history()
      .filter((deadline) => deadline.row === row && deadline.state !== 'open')
      .map((deadline) => `${deadline.state} ${deadline.dueDay ?? shown(deadline.due)}`)

  refusal<K extends ActKind>(kind: K, fact: ChildProtectionFacts[K], happened: string, recorded = happened) {
    const act = { id: 'asked', kind, happenedAt: local(happened), recordedAt: local(recorded), by: 'somebody', fact }
    return refusalOf(act, this.acts.length ? this.facts() : undefined, this.rules, calendar)
  }

  // The usual beginnings.
  registered(at: string, more: Partial<ChildProtectionFacts['help-request-registered']> = {}, recorded = at) {
    return this.act(
      'help-request-registered',
      { reportedAt: local(at), criteria: ['M1', 'M6'], level: 'medium', takenByOther: false, oneOffHelp: false, ...more },
      at,
      recorded,
    )
  }
  high(at: string, recorded = at) {
    return this.registered(at, { criteria: ['H4'], level: 'high' }, recorded)
  }
  evidenced(at: string, hour = 0) {
    return this.act(
      'urgent-measures-evidenced',
      { hour, measuresAgreedAt: local(at), lawEnforcementInformedAt: local(at), juvenileInspectionInformedAt: local(at) },
      at,
    )
  }
  /** Confirmed, assessed and planned, each on the day told. */
  confirmed(day: string) {
    return this.act('primary-assessment-done', { outcome: 'confirmed', level: 'medium' }, day)
  }
  assessed(day: string) {
    return this.act('assessment-finished', { confirmed: 'yes', level: 'medium' }, day)
  }
  planned(day: string, planVersion = 1, measures: ChildProtectionFacts['plan-signed']['measures'] = []) {
    return this.act('plan-signed', { planVersion, measures }, day)
  }
  placed(placement: ChildProtectionFacts['placement-recorded']['placement'], day: string) {
    return this.act('placement-recorded', { placement }, day)
  }
  visited(day: string, recorded = day) {
    return this.act('contact-made', { by: 'home-visit', childSeen: true }, day, recorded)
  }
  called(day: string, recorded = day) {
    return this.act('contact-made', { by: 'phone', childSeen: false }, day, recorded)
  }
  attempted(day: string, recorded = day) {
    return this.act('contact-attempted', { by: 'home-visit' }, day, recorded)
  }
  withdrawn(act: string, at: string) {
    return this.act('withdrawn', { act }, at)
  }
  /** A medium case whose plan was signed on a day. */
  static planned(day: string, placement: ChildProtectionFacts['placement-recorded']['placement'] = 'with-parents') {
    const told = new Told()
    const before = (days: number) => addDays(day.slice(0, 10), -days)
    told.registered(`${before(31)} 10:00`)
    told.confirmed(`${before(30)} 10:00`)
    if (placement !== 'with-parents') told.placed(placement, `${before(30)} 11:00`)
    told.assessed(before(10))
    told.planned(day)
    return told
  }
}
