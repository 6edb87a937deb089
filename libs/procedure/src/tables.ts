/** The rule tables as pages that the owners of the procedure can read and compare. Pure. */
import type { Calendar } from './calendar.ts'
import { CALENDARS, CURRENT_CALENDAR, UNCONFIRMED } from './calendar.ts'
import { CRITERIA, type Criterion } from './child-protection/criteria.ts'
import { EDITIONS } from './child-protection/editions.ts'
import { LABELS } from './child-protection/labels.ts'
import { ALLOWED } from './child-protection/allowed.ts'
import type { ContactNorm, ContactRule } from './child-protection/contact-rows.ts'
import type { RepeatRule, StepRule, TermLength, TermRule } from './child-protection/row-steps.ts'
import type { Rules, TermRow } from './child-protection/rows.ts'
import { RULES } from './child-protection/rules.ts'
import { SETTINGS } from './child-protection/settings.ts'
import type { Text } from './programme.ts'
import { ADDRESSEES, CONSENT_PURPOSES, CONSENT_TEXTS } from './rights/consent.ts'
import { ACCESS_RULES, ACCESS_TERMS } from './access/terms.ts'
import { AGENCIES_FOR_HELP, AGENCIES_FOR_NEED, PROPOSED_RULE } from './meetings/proposed.ts'
import { MEETING_ROWS, MEETING_RULES, type MeetingRule, type MeetingWhen } from './meetings/rows.ts'
import { REFERRAL_ROWS, REFERRAL_RULES, type ReferralRule, type ReferralWhen } from './referrals/rows.ts'
import { USUAL_HOURS } from './meetings/unusual-time.ts'
import { RETENTION } from './rights/retention.ts'
import { RIGHTS_RULES } from './rights/rules.ts'
import type { Length } from './time.ts'

const cell = (text: string) => text.replaceAll('|', '\\|')
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')

const UNITS = {
  minutes: ['minute', 'minutes'],
  workingDays: ['working day', 'working days'],
  days: ['day', 'days'],
  weeks: ['week', 'weeks'],
  months: ['month', 'months'],
} as const

const length = (of: Length) => {
  const [unit, n] = Object.entries(of)[0] as [keyof typeof UNITS, number]
  return `${n} ${UNITS[unit][n === 1 ? 0 : 1]}`
}

const when = ({ when: at }: StepRule) => {
  if (at === 'passed') return 'passed'
  if (at === 'due-day') return 'on the due day'
  return 'after' in at ? `+${length(at.after)}` : `${length(at.before)} before`
}

const term = ({ length: of, setting }: TermLength) => `${length(of)}${setting ? ` (setting \`${setting}\`)` : ''}`

const terms = (row: TermRule) => {
  const variants = Object.entries(row.variants ?? {}).map(([name, one]) => `${name}: ${term(one)}${one.rule ? `, ${one.rule}` : ''}`)
  return [...(row.term ? [term(row.term)] : []), ...variants].join('; ') || 'none, or the day that the act names'
}

const steps = (rules: readonly StepRule[], again?: RepeatRule) =>
  [
    ...rules.map((step) => `${when(step)}: ${step.do} ${step.whom.join(', ')}`),
    ...(again ? [`then every ${length(again.every)}: ${again.do} ${again.whom.join(', ')}`] : []),
  ].join('; ')

const norm = (of: ContactNorm) => {
  if (of.kind === 'every') return `every ${length(of.every)}${of.setting ? ` (setting \`${of.setting}\`)` : ''}`
  if (of.kind === 'first-later') return `every ${length(of.first)} for ${length(of.for)}, then every ${length(of.later)}`
  return `every ${length(of.every)} for ${length(of.for)}, then as needed (a contact in the last ${length(of.enoughBefore)} is the last)`
}

const contact = (placement: string, rule: ContactRule) => [
  placement,
  rule.rule,
  rule.row,
  rule.by.join(', ') + (rule.remoteInQuarantine ? '; remote in quarantine' : '') + (rule.childSeen ? '; child seen' : ''),
  norm(rule.norm),
  rule.source,
]

/** Of minutes of the day. */
const clockOf = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const three = ({ ru, kk, en }: Text) => [ru, kk, en]
const LANGUAGES = ['Русский', 'Қазақша', 'English']

function hour({ hour: rule }: Rules) {
  const outside = `outside ${clockOf(rule.workingHours.from)}-${clockOf(rule.workingHours.to)} of working days`
  return table(
    ['Minute', 'Whom', 'Does', 'Rule'],
    [
      ...[{ ...rule.outside, note: `, ${outside}` }, ...rule.steps.map((step) => ({ ...step, note: '' }))].map((step) => [
        `+${step.after.minutes}${step.note}`,
        step.whom.join(', '),
        step.do,
        rule.rule,
      ]),
      [`then every ${length(rule.again.every)}`, rule.again.whom.join(', '), rule.again.do, rule.rule],
    ],
  )
}

const meetingWhen = (when: MeetingWhen) => {
  if (when.kind === 'at-once') return 'at once'
  if (when.kind === 'before') return `${length(when.length)} before, ${clockOf(when.clock)}`
  if (when.workingDays === 0) return 'when it should be over'
  return `09:00 of the ${when.workingDays}. working day after it${when.times > 1 ? `, ${when.times} mornings, then weekly` : ''}`
}

const referralWhen = (when: ReferralWhen) => {
  if (when.kind === 'at-once') return 'at once'
  const count = length({ workingDays: when.workingDays })
  if (when.kind === 'before-due') return `${count} before the day of the answer, 09:00`
  return `09:00 ${count} after it${when.times > 1 ? `, ${when.times} mornings, then weekly` : ''}`
}

const calendarRows = (calendar: Calendar) =>
  Object.entries(UNCONFIRMED).map(([year, open]) => [
    year,
    calendar.holidays
      .filter((day) => day.startsWith(year))
      .map((day) => day.slice(5))
      .join(', '),
    calendar.workingWeekends.filter((day) => day.startsWith(year)).join(', ') || '-',
    open.map(({ en }) => en).join('; '),
  ])

/** The whole of SOP-TABLES.md. */
export function sopTables(): string {
  const edition = EDITIONS.at(-1)!
  const { rules } = edition
  return `${[
    '# Tables of the procedure',
    'Printed from the code by `npm run tables`; change the row, not this page. How time is counted stands in the package README.',
    '## Editions',
    table(
      ['Edition', 'From', 'Hash'],
      EDITIONS.map(({ id, from, hash }) => [id, from, hash]),
    ),
    '## The hour (CP-10)',
    `Due ${length(rules.hour.length)} after the report was received. ${rules.hour.source}.`,
    hour(rules),
    '## Terms',
    table(
      ['Row', 'Rule', 'Waits for', 'Term', 'Steps', 'Closed by', 'Source'],
      (Object.entries(rules.terms) as [TermRow, TermRule][]).map(([name, row]) => [
        name,
        row.rule,
        row.waitsFor,
        terms(row),
        steps(row.steps, row.again),
        LABELS[name].act,
        row.source,
      ]),
    ),
    'What a review decided (`review-plan`, `review-referral`, `review-closure`) has its day since edition 2026-2. A case under an earlier one shows what was decided, without a day, until it is moved: a term that nobody was told of when it began would be late from its start, and moving shows beforehand what becomes late. Reviews that were held on paper before a case was taken over are not counted: the record has neither their day nor their decision, and a number that goes on from them could be shown by nothing.',
    '## Contacts',
    `After an attempt: ${length(rules.contactSteps.retry)}. ${steps(rules.contactSteps.steps)}, again every norm (${rules.contactSteps.rule}, ${rules.contactSteps.source}).`,
    table(
      ['Placement', 'Rule', 'Row', 'Counts', 'Norm', 'Source'],
      [
        ...Object.entries(rules.contacts).flatMap(([placement, all]) => all.map((rule) => contact(placement, rule))),
        ...rules.asParents.map((rule) => contact('relative-guardian, set by the supervisor', rule)),
      ],
    ),
    '## Monitoring and caseload',
    table(
      ['What', 'Rule', 'Value', 'Source'],
      [
        [
          'monitoring',
          rules.monitoring.rule,
          `${length(rules.monitoring.shortest)} to ${length(rules.monitoring.longest)}`,
          rules.monitoring.source,
        ],
        ['active cases per social worker', rules.caseload.rule, `${rules.caseload.least} to ${rules.caseload.most}`, rules.caseload.source],
      ],
    ),
    '## Settings of an organisation',
    table(
      ['Setting', 'Rule', 'Default', 'From', 'To', ...LANGUAGES],
      Object.entries(SETTINGS).map(([id, one]) => [
        id,
        one.rule,
        one.unit === 'cases' ? `${one.default} cases` : length({ [one.unit]: one.default } as Length),
        String(one.least),
        String(one.most),
        ...three(one.text),
      ]),
    ),
    '## Meetings',
    `A day that is no working day gives way to the working day before it. Whoever was asked when a term was past: ${length(MEETING_RULES.lateAfter)} later, if that is before the meeting. Once the case has ended, what waits for something to happen \`stops\`; what has happened \`goes-on\` being told: a cancellation and a protocol go out as ever.`,
    table(
      ['Row', 'Rule', 'When', 'Does', 'Whom', 'Once the case has ended', ...LANGUAGES, 'Source'],
      Object.entries<MeetingRule>(MEETING_ROWS).map(([id, one]) => [
        id,
        one.rule,
        meetingWhen(one.when),
        one.do,
        one.whom,
        one.ended,
        ...three(one.text),
        one.source,
      ]),
    ),
    `Warned of, not refused: a day that is no working day, and any time outside ${clockOf(USUAL_HOURS.from)} to ${clockOf(USUAL_HOURS.to)} (${USUAL_HOURS.source}).`,
    '## Who is proposed for a meeting',
    table(
      ['What the plan names', 'Rule', 'Agencies of the territory', 'Source'],
      [
        ...Object.entries(AGENCIES_FOR_NEED).map(([need, kinds]) => [
          `need: ${need}`,
          PROPOSED_RULE.rule,
          kinds.join(', '),
          PROPOSED_RULE.source,
        ]),
        ...Object.entries(AGENCIES_FOR_HELP).map(([help, kinds]) => [
          `help: ${help}`,
          PROPOSED_RULE.rule,
          kinds.join(', ') || '-',
          PROPOSED_RULE.source,
        ]),
      ],
    ),
    '## Referrals',
    `That the day of the answer has passed is told by the deadline \`referral\` of the case. Sooner than ${length(REFERRAL_RULES.quietFor)} after it went out the body is not written to. Once the case has ended, what waits for something to happen \`stops\`; what has happened \`goes-on\` being told: that it is withdrawn goes out as ever.`,
    table(
      ['Row', 'Rule', 'When', 'Does', 'Whom', 'Once the case has ended', ...LANGUAGES, 'Source'],
      Object.entries<ReferralRule>(REFERRAL_ROWS).map(([id, one]) => [
        id,
        one.rule,
        referralWhen(one.when),
        one.do,
        one.whom,
        one.ended,
        ...three(one.text),
        one.source,
      ]),
    ),
    '## What may be recorded in each stage',
    table(
      ['Stage', 'Acts'],
      Object.entries(ALLOWED).map(([stage, acts]) => [stage, acts.join(', ')]),
    ),
    '## Criteria',
    table(
      ['Code', 'Rule', 'Group', 'Decides', ...LANGUAGES],
      (Object.entries(CRITERIA) as [string, Criterion][]).map(([code, one]) => [
        code,
        one.rule,
        one.group,
        one.decides ?? '-',
        ...three(one.text),
      ]),
    ),
    '## Words of the deadlines',
    table(
      ['Row', ...LANGUAGES, 'Почему', 'Неге', 'Why'],
      Object.entries(LABELS).map(([row, one]) => [row, ...three(one.what), ...three(one.why)]),
    ),
    '## Rules',
    table(
      ['Id', ...LANGUAGES, 'Source'],
      Object.entries(RULES).map(([id, one]) => [id, ...three(one.text), one.source]),
    ),
    '## Rights of people',
    table(
      ['Id', ...LANGUAGES, 'Source'],
      Object.entries(RIGHTS_RULES).map(([id, one]) => [id, ...three(one.text), one.source]),
    ),
    '## Access to a case',
    table(
      ['Id', ...LANGUAGES, 'Source'],
      Object.entries(ACCESS_RULES).map(([id, one]) => [id, ...three(one.text), one.source]),
    ),
    table(
      ['Term', 'Rule', 'Length', 'Counted', 'Source'],
      Object.entries(ACCESS_TERMS).map(([id, one]) => [id, one.rule, `${one.term} ${one.unit}`, one.from, one.source]),
    ),
    '## Consent',
    table(
      ['Purpose', ...LANGUAGES],
      Object.entries(CONSENT_PURPOSES).map(([id, text]) => [id, ...three(text)]),
    ),
    table(
      ['Who is told', 'By duty, or with consent to', 'Rule', ...LANGUAGES],
      Object.entries(ADDRESSEES).map(([id, one]) => [id, one.needs, one.rule, ...three(one.text)]),
    ),
    table(
      ['Text', 'From', 'Hash', ...LANGUAGES],
      CONSENT_TEXTS.map((one) => [one.id, one.from, one.hash, ...three(one.text)]),
    ),
    '## Retention',
    table(
      ['Document', 'Rule', 'Months', 'Setting', 'From', 'To', ...LANGUAGES, 'Counted from', 'Source'],
      Object.values(RETENTION).map((one) => [
        one.text.en,
        one.rule,
        String(one.term),
        one.setting,
        String(one.least),
        String(one.most),
        ...three(one.text),
        one.from.en,
        one.source,
      ]),
    ),
    `## Working calendar ${CURRENT_CALENDAR}`,
    table(['Year', 'Days off beside weekends', 'Working weekends', 'Not confirmed'], calendarRows(CALENDARS[CURRENT_CALENDAR]!)),
  ].join('\n\n')}\n`
}
