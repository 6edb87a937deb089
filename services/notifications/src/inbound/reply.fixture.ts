/** Mail as calendars and people send it. */
import { AGENT, UID } from '../mails/meeting.fixture.ts'

export type ReplyOf = {
  from?: string
  to?: string
  attendee?: string
  partstat?: string
  sequence?: number
  stamp?: string
  uid?: string
  method?: string
  comment?: string
  /** More parameters of the attendee, with their `;`. */
  params?: string
  headers?: readonly string[]
  /** Instead of the calendar. */
  calendar?: string
}

export const calendarOf = (of: ReplyOf): string =>
  [
    'BEGIN:VCALENDAR',
    'PRODID:-//Google Inc//Google Calendar 70.9054//EN',
    'VERSION:2.0',
    `METHOD:${of.method ?? 'REPLY'}`,
    'BEGIN:VEVENT',
    'DTSTART:20261201T090000Z',
    'DTEND:20261201T100000Z',
    `DTSTAMP:${of.stamp ?? '20261124T070000Z'}`,
    `UID:${of.uid ?? UID}`,
    `SEQUENCE:${of.sequence ?? 0}`,
    `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${of.partstat ?? 'ACCEPTED'}${of.params ?? ''}:mailto:${of.attendee ?? of.from ?? 'police@agency.example'}`,
    ...(of.comment ? [`COMMENT:${of.comment}`] : []),
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n')

export const replyOf = (of: ReplyOf = {}): Buffer =>
  Buffer.from(
    [
      `From: Some Body <${of.from ?? 'police@agency.example'}>`,
      `To: <${of.to ?? `${AGENT}@example.org`}>`,
      'Subject: =?utf-8?B?0J/RgNC40L3Rj9GC0L4=?=: meeting',
      'MIME-Version: 1.0',
      `Message-ID: <${Math.random()}@agency.example>`,
      ...(of.headers ?? []),
      'Content-Type: multipart/alternative; boundary="b1"',
      '',
      '--b1',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Some Body has answered.',
      '--b1',
      `Content-Type: text/calendar; charset=utf-8; method=${of.method ?? 'REPLY'}`,
      'Content-Transfer-Encoding: base64',
      '',
      ...(Buffer.from(of.calendar ?? calendarOf(of))
        .toString('base64')
        .match(/.{1,76}/g) ?? []),
      '--b1--',
      '',
    ].join('\r\n'),
  )

export const letterOf = (
  text: string,
  headers: readonly string[] = [],
  from = 'police@agency.example',
  to = `${AGENT}@example.org`,
): Buffer => Buffer.from([`From: <${from}>`, `To: <${to}>`, 'Subject: Re: meeting', ...headers, '', text, ''].join('\r\n'))
