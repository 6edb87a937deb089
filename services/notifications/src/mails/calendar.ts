/**
 * The calendar part of a mail (RFC 5545, 5546, 6047): times in UTC, one attendee, an organiser whose address is the meeting's own. What calendars
 * copy to telephones and locked screens names a case by its number and who invites, and nothing else: the place stands in the mail.
 */
import type { Mail, MailCalendar } from '@tirek/contract/mails'
import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalAttendeeType, ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { oneLine } from '../mail/bytes.ts'
import { aboutText } from './compose.ts'
import { line } from './words.ts'

export const domainOf = (address: string): string => address.split('@').at(-1)!
/** The address that calendars answer to. */
export const agentAddress = ({ agent }: Pick<MailCalendar, 'agent'>, mailFrom: string): string => `${agent}@${domainOf(mailFrom)}`

/** `stamp`: DTSTAMP, the same for the same bytes. */
export function calendarText(
  { about, to, calendar }: Pick<Mail, 'about' | 'to'> & { calendar: MailCalendar },
  { mailFrom, stamp }: { mailFrom: string; stamp: number },
): string {
  const isCancelled = calendar.method === 'CANCEL'
  const agent = agentAddress(calendar, mailFrom)
  const words = oneLine(aboutText({ about, to }))
  const made = ical({
    prodId: { company: 'Tirek', product: 'Tirek', language: to.lang.toUpperCase() },
    method: isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  })
  made.createEvent({
    id: calendar.uid,
    sequence: calendar.sequence,
    stamp: new Date(stamp),
    start: new Date(about.startsAt),
    end: new Date(about.endsAt),
    summary: `${line('meeting', to.lang)}: ${words}`,
    location: oneLine(about.organisationName),
    description: words,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: oneLine(about.organisationName), email: agent, sentBy: mailFrom },
    attendees: [
      {
        name: oneLine(to.name),
        email: to.address,
        type: ICalAttendeeType.INDIVIDUAL,
        role: ICalAttendeeRole.REQ,
        status: ICalAttendeeStatus.NEEDSACTION,
        rsvp: !isCancelled,
      },
    ],
  })
  return made.toString()
}
