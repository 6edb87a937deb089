/** What a letter says: pure, from a notice, who it is for and when it is told. Holds nothing of the child but the case number. */
import type { Notice } from '@tirek/contract/notices'
import type { Lang } from '@tirek/contract/roles'
import type { ProgrammeId } from '@tirek/procedure/case'
import type { Text } from '@tirek/procedure/programme'
import { MEETING_ROWS, type MeetingRow } from '@tirek/procedure/meetings/rows'
import { REFERRAL_ROWS, type ReferralRow } from '@tirek/procedure/referrals/rows'
import { programmeOf } from '@tirek/procedure/programmes'
import { dayOf, MINUTE, type Instant } from '@tirek/procedure/time'
import type { NoticeStep, Recipient, ToldRole } from '../recipients/recipients.ts'
import { dayText, momentText, timeText } from './when.ts'
import { EVENT_WHY, LETTER_WORDS, MEASURE_OF, say, TOLD_ROLES } from './words.ts'

/** One thing told: what is due in one case. */
export type Item = {
  caseId: string
  caseNumber: string
  rule: string
  what: string
  why: string
  /** The due day or moment, as text; absent where there is no term. */
  due?: string
  late: boolean
  urgent: boolean
  /** The rest of the letter, line by line. */
  lines: string[]
  /** What to do, the words of the link. */
  verb: string
  link: string
}

/** Somebody who was told of the same deadline before. */
export type Earlier = { person: string; name: string; roles: readonly ToldRole[]; at: Instant }
export type Telling = {
  notice: Notice
  recipient: Recipient
  others: readonly Recipient[]
  earlier?: readonly Earlier[]
  /** Who has confirmed reading a letter of this deadline; `at` is when. */
  confirmed?: readonly Earlier[]
  toldAt: Instant
  webUrl: string
}
export type Composed = { subject: string; text: string; html: string; items: Item[] }

/** Where the link for the receipt and the letter's number stand: both are known when the letter is sent, and the link is kept nowhere else. */
export const LINK_MARK = '{link-of-receipt}'
export const NUMBER_MARK = '{number-of-letter}'

/** Steps told later than this after their instant "came due, told". */
const LATE_TELLING = 2 * MINUTE

export function itemOf({ notice, recipient, others, earlier = [], confirmed = [], toldAt, webUrl }: Telling): Item {
  const { lang } = recipient.person
  const label = labelOf(notice)
  const invites = asksToInvite(notice, recipient)
  const due = dueOf(notice, toldAt)
  const late = notice.due !== undefined && (notice.dueDay === undefined ? toldAt > notice.due : toldAt >= notice.due)
  return {
    caseId: notice.caseId,
    caseNumber: notice.caseNumber,
    rule: notice.rule,
    what: label.what[lang],
    why: label.why[lang],
    ...(due && { due }),
    late,
    urgent: notice.urgent,
    lines: [
      ...linesOfEvent(notice, label.what[lang], lang),
      ...linesOfMeasure(notice, recipient, lang),
      ...linesOfTime(notice, recipient.steps, toldAt, late, lang),
      ...linesOfPeople({ notice, recipient, others, earlier, confirmed, toldAt }, lang),
    ],
    verb: (invites ? LETTER_WORDS.callReview : label.verb)[lang],
    link: new URL(invites ? `/cases/${notice.caseId}/meetings/call?kind=review` : pathOf(notice), webUrl).href,
  }
}

/** CP-50: four weeks before a review the letter opens the form by which it is called, filled. */
const asksToInvite = ({ row }: Notice, { steps }: Recipient) =>
  row === 'review' && steps.every(({ key }) => /\/invite\/[^/]+\/\d+$/.test(key))

/** Whoever is offered a file has no page of the case, nor who led it when it has gone; a meeting and a referral have their own. */
function pathOf({ event, caseId, deadlineKey }: Notice): string {
  if (OFFERS.includes(event)) return '/hand-overs'
  if (event === 'hand-over-accepted') return '/'
  return isOfProceeding(event) ? `/cases/${caseId}/${deadlineKey.replace(/^(meeting|referral)\//, '$1s/')}` : `/cases/${caseId}`
}

/** What the row awaits. A row that this release does not know is told by its rule: silence would be worse. */
function labelOf({ programme, row, rule, event }: Notice): { what: Text; why: Text; verb: Text } {
  if (event === 'meeting' && row in MEETING_ROWS)
    return { what: MEETING_ROWS[row as MeetingRow].text, why: EVENT_WHY.meeting, verb: LETTER_WORDS.openMeeting }
  if (event === 'referral' && row in REFERRAL_ROWS)
    return { what: REFERRAL_ROWS[row as ReferralRow].text, why: EVENT_WHY.referral, verb: LETTER_WORDS.openReferral }
  try {
    return programmeOf(programme as ProgrammeId).rowText(row)
  } catch {
    return {
      what: event ? LETTER_WORDS[EVENT_WORD[event]] : LETTER_WORDS.deadline,
      why: event ? EVENT_WHY[event] : { ru: rule, kk: rule, en: rule },
      verb: OFFERS.includes(event) ? LETTER_WORDS.offer : event === 'hand-over-accepted' ? LETTER_WORDS.list : LETTER_WORDS.open,
    }
  }
}

const dueOf = ({ due, dueDay }: Notice, toldAt: Instant) =>
  dueDay ? dayText(dueDay) : due === undefined ? undefined : momentText(due, toldAt)

const EVENT_WORD = {
  'hour-reopened': 'reopened',
  'turned-six': 'turnedSix',
  'letter-failed': 'failed',
  'workflow-repaired': 'repaired',
  'participant-invited': 'participantInvited',
  'glass-broken': 'glassBroken',
  'hand-over-offered': 'handOverOffered',
  'hand-over-taken-back': 'handOverTakenBack',
  'hand-over-accepted': 'handOverAccepted',
  'hand-over-received': 'handOverReceived',
  'hand-over-declined': 'handOverDeclined',
  'hand-over-waits': 'handOverWaits',
  'hand-over-unanswered': 'handOverUnanswered',
  meeting: 'ofMeeting',
  referral: 'ofReferral',
} as const
const isOfProceeding = (event: Notice['event']) => event === 'meeting' || event === 'referral'
const OFFERS: readonly Notice['event'][] = ['hand-over-offered', 'hand-over-taken-back', 'hand-over-waits']
const linesOfEvent = ({ event }: Notice, what: string, lang: Lang) =>
  event && !isOfProceeding(event) && say(EVENT_WORD[event], lang) !== what ? [say(EVENT_WORD[event], lang)] : []

/** CP-127: no letter goes to a family or an institution, so whoever is reminded before the day reads whose measure it is. */
const linesOfMeasure = ({ measureOf }: Notice, { steps }: Recipient, lang: Lang) =>
  measureOf && measureOf !== 'worker'
    ? [say(steps.some((step) => step.do === 'remind') ? 'measureRemind' : 'measurePassed', lang, { whose: MEASURE_OF[measureOf][lang] })]
    : []

function linesOfTime(notice: Notice, steps: readonly NoticeStep[], toldAt: Instant, late: boolean, lang: Lang): string[] {
  const lines: string[] = []
  if (notice.receivedAt !== undefined) lines.push(`${say('received', lang)}: ${momentText(notice.receivedAt, toldAt)}`)
  const due = dueOf(notice, toldAt)
  if (due) lines.push(`${say(late ? 'wasDue' : 'due', lang)}: ${due}${minutesOf(notice, toldAt, late, lang)}`)
  if (notice.lateFromStart) lines.push(say('lateFromStart', lang))
  const cameDue = steps.filter((step) => step.at + LATE_TELLING <= toldAt && step.at >= (notice.receivedAt ?? 0))
  if (notice.cameDueWhileAway && cameDue.length > 0) {
    lines.push(say('away', lang, { due: cameDue.map((step) => momentText(step.at, toldAt)).join(', '), told: timeText(toldAt) }))
  }
  if (steps.length > 1) lines.push(`${say('steps', lang)}: ${steps.map((step) => stepText(step, toldAt, lang)).join('; ')}`)
  return lines
}

function minutesOf(notice: Notice, toldAt: Instant, late: boolean, lang: Lang): string {
  if (!notice.urgent || notice.due === undefined || notice.dueDay !== undefined) return ''
  const n = Math.floor(Math.abs(notice.due - toldAt) / MINUTE)
  return ` (${say(late ? 'ago' : 'left', lang, { n })})`
}

const stepText = (step: NoticeStep, toldAt: Instant, lang: Lang) =>
  `${momentText(step.at, toldAt)} ${say(step.do, lang)}${step.repeat > 0 ? `, ${say('repeat', lang, { n: step.repeat })}` : ''}`

function linesOfPeople({ notice, recipient, others, earlier, confirmed, toldAt }: Required<Omit<Telling, 'webUrl'>>, lang: Lang): string[] {
  const roles = (of: Pick<Recipient, 'roles'> | Earlier) => of.roles.map((role) => TOLD_ROLES[role][lang]).join(', ')
  const standsFor = recipient.standsFor ? ` (${say('standsFor', lang, { name: recipient.standsFor.name })})` : ''
  const lines = [`${say('you', lang)}: ${roles(recipient)}${standsFor}`]
  const now = new Set([recipient, ...others].map(({ person }) => person.id))
  const known = earlier.filter(({ person }) => !now.has(person))
  if (known.length > 0)
    lines.push(`${say('knew', lang)}: ${known.map((one) => `${momentText(one.at, toldAt)} ${one.name} (${roles(one)})`).join('; ')}`)
  if (confirmed.length > 0)
    lines.push(
      `${say('confirmed', lang)}: ${confirmed.map((one) => `${momentText(one.at, toldAt)} ${one.name} (${roles(one)})`).join('; ')}`,
    )
  if (others.length > 0)
    lines.push(`${say('alsoTold', lang)}: ${others.map((other) => `${other.person.name} (${roles(other)})`).join('; ')}`)
  if (notice.next) {
    const next = notice.next.whom.map((role) => TOLD_ROLES[role][lang]).join(', ')
    lines.push(`${say('nextTold', lang, { at: momentText(notice.next.at, toldAt) })}: ${next}`)
  }
  return lines
}

/** A letter of one thing. The subject names the case number and what is due, never a person. `receipt`: it asks to confirm reading. */
export function composeOne(item: Item, lang: Lang, receipt = false): Composed {
  const when = item.due ? `, ${say(item.late ? 'was' : 'until', lang, { at: item.due })}` : ''
  const subject = `${item.urgent ? `${say('urgent', lang)}: ` : ''}${item.caseNumber}: ${item.what}${when}`
  return { subject, items: [item], text: textOf([item], lang, receipt), html: htmlOf(subject, [item], lang, { receipt }) }
}

/** A morning's letter of several things, what is late first. */
export function composeDigest(items: readonly Item[], toldAt: Instant, lang: Lang, webUrl: string): Composed {
  const ordered = [...items.filter((item) => item.late), ...items.filter((item) => !item.late)]
  const subject = say(items.some(hasTerm) ? 'digest' : 'digestNews', lang, { day: dayText(dayOf(toldAt)), n: items.length })
  const list = new URL('/', webUrl).href
  return {
    subject,
    items: ordered,
    text: `${textOf(ordered, lang)}\n${say('list', lang)}: ${list}\n`,
    html: htmlOf(subject, ordered, lang, { list }),
  }
}

/** What was told of a term ends by a record; other news ends by being read. */
const hasTerm = ({ due }: Item) => due !== undefined

const headOf = (item: Item, lang: Lang) => `${say('case', lang)} ${item.caseNumber}. ${item.what}`

function textOf(items: readonly Item[], lang: Lang, receipt = false): string {
  const one = (item: Item) =>
    [headOf(item, lang), `${item.why}. ${say('rule', lang)}: ${item.rule}.`, ...item.lines, `${item.verb}: ${item.link}`].join('\n')
  const asked = receipt ? `${say('receipt', lang, { n: NUMBER_MARK })}: ${LINK_MARK}\n` : ''
  const end = `${asked}${items.some(hasTerm) ? `${say('evidence', lang)}\n` : ''}`
  return `${items.map(one).join('\n\n')}\n${end && `\n${end}`}`
}

const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

function htmlOf(
  subject: string,
  items: readonly Item[],
  lang: Lang,
  { list, receipt = false }: { list?: string; receipt?: boolean } = {},
): string {
  const link = (href: string, words: string) => `<a href="${escape(href)}" style="color:#0b5a6b">${escape(words)}</a>`
  const one = (item: Item) =>
    `<h2 style="font-size:17px;margin:24px 0 4px">${escape(headOf(item, lang))}</h2>` +
    `<p style="margin:0 0 8px">${escape(item.why)}. ${escape(say('rule', lang))}: ${escape(item.rule)}.</p>` +
    `<p style="margin:0 0 8px">${item.lines.map(escape).join('<br>')}</p>` +
    `<p style="margin:0">${link(item.link, item.verb)}</p>`
  return (
    `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${escape(subject)}</title></head>` +
    `<body style="font:15px/1.5 sans-serif;color:#1a1a1a;max-width:640px">${items.map(one).join('')}` +
    (receipt ? `<p style="margin:24px 0 0">${link(LINK_MARK, say('receipt', lang, { n: NUMBER_MARK }))}</p>` : '') +
    `${items.some(hasTerm) ? `<p style="margin:24px 0 0;color:#555">${escape(say('evidence', lang))}</p>` : ''}${list ? `<p>${link(list, say('list', lang))}</p>` : ''}</body></html>`
  )
}
