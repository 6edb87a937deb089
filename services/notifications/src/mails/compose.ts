/** What a mail to somebody without an account says: pure, from what is asked. It stands alone: day, time, place, how to answer. */
import type { Mail } from '@tirek/contract/mails'
import { fill } from '@tirek/contract/problems'
import type { Lang } from '@tirek/contract/roles'
import { dayOf, type Instant } from '@tirek/procedure/time'
import { LINK_MARK, NUMBER_MARK, type Composed } from '../letters/compose.ts'
import { dayText, timeText } from '../letters/when.ts'
import { line, MAIL_WORDS, MEETING_KINDS, PUT_OFF, weekdayOf } from './words.ts'

/** Where the links stand: made when the mail is sent, and kept nowhere else. */
export const ANSWER_MARK = '{link-of-answer}'
export const FILE_MARK = '{link-of-file}'

/** Without the bytes of attachments: their names are enough. */
export type ToWrite = Pick<Mail, 'kind' | 'caseId' | 'to' | 'about' | 'calendar' | 'answerUntil' | 'receipt'> & {
  file?: unknown
  attachments: readonly { name: string }[]
}

/** `вторник, 24.11.2026, 14:00–15:30`; with both days when it ends on another one. */
export function spanText({ startsAt, endsAt }: { startsAt: Instant; endsAt: Instant }, lang: Lang): string {
  const day = (at: Instant) => `${weekdayOf(new Date(`${dayOf(at)}T12:00:00Z`).getUTCDay(), lang)}, ${dayText(dayOf(at))}`
  return dayOf(startsAt) === dayOf(endsAt)
    ? `${day(startsAt)}, ${timeText(startsAt)}–${timeText(endsAt)}`
    : `${day(startsAt)}, ${timeText(startsAt)} – ${day(endsAt)}, ${timeText(endsAt)}`
}

/** The number of a case and who invites; nothing else stands in a subject or in a calendar. */
export const aboutText = ({ about, to: { lang } }: Pick<Mail, 'about' | 'to'>): string =>
  `${line('case', lang)} ${about.caseNumber}, ${about.organisationName}`

/** One part of the text: words, or words with a link. `grave`: the link is the way to answer. */
export type Part = { text: string; href?: string; grave?: boolean }

export function composeMail(mail: ToWrite): Composed {
  const { about, to, kind } = mail
  const { lang } = to
  const words = isPutOff(mail) ? PUT_OFF : MAIL_WORDS[kind]
  const subject = `${words.title[lang]}: ${aboutText(mail)}`
  const intro = fill(words.intro[lang], {
    organisation: about.organisationName,
    kind: MEETING_KINDS[about.meetingKind][lang],
    case: about.caseNumber,
    protocol: about.protocol?.number ?? '',
    version: about.protocol?.version ?? 1,
  })
  const parts = [{ text: intro }, { text: placesOf(mail).join('\n') }, ...waysOf(mail)]
  return written(mail, { subject, parts, rule: 'CP-30' })
}

/** A mail of these parts, as text and as HTML. */
export function written(
  { to, caseId, about }: { to: Mail['to']; caseId: string; about: { caseNumber: string } },
  { subject, parts, rule }: { subject: string; parts: readonly Part[]; rule: string },
): Composed {
  return {
    subject,
    text: `${to.name}\n\n${parts.map(({ text, href }) => (href ? `${text}:\n${href}` : text)).join('\n\n')}\n`,
    html: htmlOf(subject, to.name, parts, to.lang),
    items: [
      {
        caseId,
        caseNumber: about.caseNumber,
        rule,
        what: subject,
        why: '',
        late: false,
        urgent: false,
        lines: [],
        verb: '',
        link: '',
      },
    ],
  }
}

const isPutOff = ({ kind, answerUntil }: Pick<ToWrite, 'kind' | 'answerUntil'>): boolean =>
  kind === 'meeting-not-held' && answerUntil !== undefined

/** When and where, line by line. */
function placesOf({ about, to: { lang }, kind, answerUntil }: ToWrite): string[] {
  const ofWords = (at: { startsAt: number; endsAt: number }) => `${spanText(at, lang)} (${line('zone', lang)})`
  const isOver =
    kind === 'protocol' ||
    kind === 'protocol-corrected' ||
    kind === 'meeting-cancelled' ||
    kind === 'meeting-uninvited' ||
    (kind === 'meeting-not-held' && !isPutOff({ kind, answerUntil }))
  const { was } = about
  return [
    `${line('when', lang)}: ${ofWords(about)}`,
    ...(was && (was.startsAt !== about.startsAt || was.endsAt !== about.endsAt) ? [`${line('was', lang)}: ${ofWords(was)}`] : []),
    ...(about.place ? [`${line('where', lang)}: ${about.place}`] : []),
    ...(was?.place && was.place !== about.place ? [`${line('wasWhere', lang)}: ${was.place}`] : []),
    ...(about.video && !isOver ? [`${line('video', lang)}: ${about.video}`] : []),
    ...(about.phone ? [`${line('phone', lang)}: ${about.phone}`] : []),
  ]
}

/** What the reader can do, and what stands below. */
function waysOf({ about, to: { lang }, calendar, answerUntil, receipt, file, attachments }: ToWrite): Part[] {
  return [
    ...(answerUntil === undefined ? [] : [{ text: line('answer', lang), href: ANSWER_MARK, grave: true }]),
    ...(answerUntil !== undefined && calendar ? [{ text: line('otherWays', lang) }] : []),
    ...(answerUntil !== undefined && about.phone ? [{ text: line('byPhone', lang, { phone: about.phone }) }] : []),
    ...(calendar && (calendar.sequence > 0 || calendar.method === 'CANCEL') ? [{ text: line('calendarChanged', lang) }] : []),
    ...(attachments.length > 0 ? [{ text: `${line('attached', lang)}: ${attachments.map(({ name }) => name).join(', ')}` }] : []),
    ...(file ? [{ text: line('file', lang), href: FILE_MARK, grave: true }, { text: line('code', lang) }] : []),
    ...(receipt ? [{ text: line('receipt', lang), href: LINK_MARK, grave: !file }] : []),
    { text: line('number', lang, { n: NUMBER_MARK }) },
    { text: line('robot', lang) },
  ]
}

const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

function htmlOf(subject: string, name: string, parts: readonly Part[], lang: Lang): string {
  const link = ({ text, href, grave }: Part) =>
    `<a href="${escape(href!)}" style="${grave ? 'display:inline-block;padding:12px 20px;background:#0b5a6b;color:#fff;border-radius:6px;font-weight:bold;text-decoration:none' : 'color:#0b5a6b'}">${escape(text)}</a>`
  const one = (part: Part) => `<p style="margin:0 0 16px">${part.href ? link(part) : escape(part.text).replaceAll('\n', '<br>')}</p>`
  return (
    `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${escape(subject)}</title></head>` +
    `<body style="font:16px/1.5 sans-serif;color:#1a1a1a;max-width:640px"><h1 style="font-size:20px;margin:0 0 12px">${escape(subject)}</h1>` +
    `<p style="margin:0 0 16px">${escape(name)}</p>${parts.map(one).join('')}</body></html>`
  )
}
