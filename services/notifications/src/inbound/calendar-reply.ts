/** What a calendar program answers (RFC 5546, 6047): one event, one attendee. */
import type { Instant } from '@tirek/procedure/time'
import type ICAL from 'ical.js'
import { plain } from '../mail/plain-text.ts'

export type CalendarReply = {
  method: string
  uid: string
  sequence: number
  /** DTSTAMP, ms; absent where it cannot be read. */
  stamp?: Instant
  attendee: string
  partstat: string
  /** Somebody comes instead, or somebody who comes instead answers. */
  delegate?: string
  comment?: string
  start?: Instant
  end?: Instant
}

/** Throws when it is not one answer of one person about one event. */
export async function readReply(text: string): Promise<CalendarReply> {
  const { default: Ical } = await import('ical.js')
  const parsed = Ical.parse(text) as unknown[]
  // Several calendars in one text are read as a list of them.
  if (typeof parsed[0] !== 'string') throw new Error('more than one calendar')
  const calendar = new Ical.Component(parsed as never)
  const [event, ...more] = calendar.getAllSubcomponents('vevent')
  if (!event || more.length > 0) throw new Error('not one event')
  const [attendee, ...others] = event.getAllProperties('attendee')
  if (!attendee || others.length > 0) throw new Error('not one attendee')
  const method = calendar.getFirstPropertyValue('method')
  const uid = event.getFirstPropertyValue('uid')
  const address = addressOf(attendee.getFirstValue())
  if (typeof method !== 'string' || typeof uid !== 'string' || !address) throw new Error('not an answer')
  const parameter = (name: string) => [attendee.getParameter(name) ?? []].flat().map(String)[0]
  const delegate = addressOf(parameter('delegated-to')) ?? addressOf(parameter('delegated-from'))
  const comment = plain(
    event
      .getAllProperties('comment')
      .map((one) => String(one.getFirstValue()).slice(0, 4_000))
      .join('\n'),
  ).slice(0, 1_000)
  const instant = (name: string) => {
    const value = event.getFirstPropertyValue(name) as ICAL.Time | null
    const at = value && typeof value === 'object' ? value.toJSDate().getTime() : Number.NaN
    return Number.isSafeInteger(at) ? at : undefined
  }
  const [stamp, start, end] = [instant('dtstamp'), instant('dtstart'), instant('dtend')]
  const sequence = Number(event.getFirstPropertyValue('sequence') ?? 0)
  return {
    method: method.toUpperCase(),
    uid,
    sequence: Number.isSafeInteger(sequence) && sequence >= 0 ? sequence : 0,
    ...(stamp === undefined ? {} : { stamp }),
    attendee: address,
    partstat: (parameter('partstat') ?? '').toUpperCase(),
    ...(delegate ? { delegate } : {}),
    ...(comment ? { comment } : {}),
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
  }
}

/** `mailto:Name@Host` → `name@host`. */
const addressOf = (value: unknown): string | undefined => {
  const address =
    typeof value === 'string'
      ? value
          .replace(/^mailto:/i, '')
          .trim()
          .toLowerCase()
      : ''
  return address.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(address) ? address : undefined
}
