/**
 * Every kind of mail as it came over SMTP, read by parsers that know nothing of ours: postal-mime, ical.js, and Python's `email` with
 * `icalendar` where it is installed (`PYTHON` names another Python). And any series of changes, read back.
 */
import { MailKind, type MailInput } from '@tirek/contract/mails'
import fc from 'fast-check'
import ICAL from 'ical.js'
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { local, mail, useWorld } from '../world.fixture.ts'
import { calendarText } from './calendar.ts'
import { AGENT, cancelled, fileOf, mailTo, movedTo, protocolFor, send, STARTS, UID } from './meeting.fixture.ts'

useWorld()

const PYTHON = process.env['PYTHON'] ?? 'python3'
const READ = `
import email, email.policy, icalendar, json, sys
message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
parts = [part for part in message.walk() if not part.is_multipart()]
calendars = [icalendar.Calendar.from_ical(part.get_payload(decode=True)) for part in parts if part.get_content_type() in ('text/calendar', 'application/ics')]
def told(calendar):
    [event] = calendar.walk('VEVENT')
    attendee = event['ATTENDEE']
    return {'method': str(calendar['METHOD']), 'uid': str(event['UID']), 'sequence': int(event['SEQUENCE']), 'start': event['DTSTART'].dt.isoformat(), 'end': event['DTEND'].dt.isoformat(),
      'stamp': event['DTSTAMP'].dt.isoformat(), 'summary': str(event['SUMMARY']), 'status': str(event['STATUS']), 'organizer': str(event['ORGANIZER']).lower(), 'sentBy': event['ORGANIZER'].params['SENT-BY'].lower(),
      'attendee': str(attendee).lower(), 'rsvp': attendee.params['RSVP'], 'partstat': attendee.params['PARTSTAT'], 'role': attendee.params['ROLE']}
print(json.dumps({'subject': message['subject'], 'from': message['from'].addresses[0].display_name, 'types': [part.get_content_type() for part in parts], 'names': [part.get_filename() for part in parts if part.get_filename()],
  'method': [part.get_param('method') for part in parts if part.get_content_type() == 'text/calendar'], 'text': message.get_body(('plain',)).get_content(), 'calendars': [told(calendar) for calendar in calendars]}))
`
const hasPython = (() => {
  try {
    execFileSync(PYTHON, ['-c', 'import icalendar'], { stdio: 'ignore', timeout: 20_000 })
    return true
  } catch {
    console.warn(`${PYTHON} has no icalendar (pip install icalendar): the parser that is no JavaScript is not tried`)
    return false
  }
})()

const MAILS: Record<MailKind, () => MailInput> = {
  'meeting-invited': () => mailTo('police', { attachments: [fileOf(Buffer.from('%PDF agenda'), 'повестка-7.pdf')] }),
  'meeting-changed': () => movedTo('police', STARTS + 86_400_000),
  'meeting-cancelled': () => cancelled('police', 2),
  'meeting-uninvited': () => ({ ...cancelled('police', 2), kind: 'meeting-uninvited' }),
  'meeting-reminded': () => mailTo('police', { kind: 'meeting-reminded' }),
  'meeting-not-held': () => ({ ...cancelled('police', 3), kind: 'meeting-not-held' }),
  protocol: () => protocolFor('police', { attachments: [fileOf(Buffer.from('%PDF protocol'), 'протокол-12.pdf')] }),
  'protocol-corrected': () =>
    protocolFor('police', { kind: 'protocol-corrected', file: { id: '0190e000-0000-7000-8000-0000000000f1', code: '123456' } }),
}

/** What ical.js reads of one calendar. */
function told(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const events = calendar.getAllSubcomponents('vevent')
  expect(events).toHaveLength(1)
  const event = events[0]!
  const value = (name: string) => String(event.getFirstPropertyValue(name))
  const [organizer, attendee] = ['organizer', 'attendee'].map((name) => event.getFirstProperty(name)!)
  const instant = (name: string) => (event.getFirstPropertyValue(name) as ICAL.Time).toJSDate().toISOString().replace('.000Z', '+00:00')
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    uid: value('uid'),
    sequence: Number(value('sequence')),
    start: instant('dtstart'),
    end: instant('dtend'),
    stamp: instant('dtstamp'),
    summary: value('summary'),
    status: value('status'),
    organizer: value('organizer').toLowerCase(),
    sentBy: String(organizer!.getParameter('sent-by')).toLowerCase(),
    attendee: value('attendee').toLowerCase(),
    rsvp: attendee!.getParameter('rsvp'),
    partstat: attendee!.getParameter('partstat'),
    role: attendee!.getParameter('role'),
  }
}

const ENDS: readonly MailKind[] = ['meeting-cancelled', 'meeting-uninvited', 'meeting-not-held']

test.each(MailKind.options)('%s', async (kind) => {
  await send(MAILS[kind]())
  const { raw, mail: read } = mail.taken.at(-1)!
  const calendars = read.attachments
    .filter(({ mimeType }) => mimeType === 'text/calendar' || mimeType === 'application/ics')
    .map(({ content }) => told(Buffer.from(content as ArrayBuffer).toString()))
  const names = read.attachments.flatMap(({ filename }) => filename ?? [])
  expect(read.subject).toMatch(/случай П1-2026-7, Поликлиника № 3$/)
  expect(calendars).toHaveLength(read.attachments.some(({ method }) => method) ? 2 : 0)
  for (const one of calendars)
    expect(one).toMatchObject({
      method: ENDS.includes(kind) ? 'CANCEL' : 'REQUEST',
      uid: UID,
      status: ENDS.includes(kind) ? 'CANCELLED' : 'CONFIRMED',
      organizer: `mailto:${AGENT}@example.org`,
      sentBy: 'mailto:tirek@example.org',
      attendee: 'mailto:police@agency.example',
      partstat: 'NEEDS-ACTION',
      role: 'REQ-PARTICIPANT',
    })
  if (!hasPython) return
  const python = JSON.parse(execFileSync(PYTHON, ['-c', READ], { input: raw, timeout: 20_000, encoding: 'utf8' }))
  expect(python).toMatchObject({
    subject: read.subject,
    from: 'Поликлиника № 3',
    names,
    calendars,
    method: calendars.slice(0, 1).map(({ method }) => method),
  })
  expect(python.text.replaceAll('\r', '').trim()).toBe(read.text!.replaceAll('\r', '').trim())
})

test('any series of moves, changes of place and a cancellation: one UID, a SEQUENCE that rises where it must, times and words that read back equal', () => {
  const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).filter((text) => text.trim() !== '')
  fc.assert(
    fc.property(
      fc.record({ number: word, organisation: word, name: word, lang: fc.constantFrom('ru' as const, 'kk' as const, 'en' as const) }),
      fc.array(fc.oneof(fc.record({ minutes: fc.integer({ min: -500_000, max: 500_000 }) }), fc.constant('place'), fc.constant('cancel')), {
        maxLength: 12,
      }),
      ({ number, organisation, name, lang }, changes) => {
        let [sequence, startsAt, cancels] = [0, local('2026-12-01T14:00'), false]
        const seen: { sequence: number; mustRise: boolean; uid: string }[] = []
        for (const change of ['first', ...changes] as const) {
          if (cancels) break
          const mustRise = change !== 'first' && change !== 'place' && (change === 'cancel' || change.minutes !== 0)
          if (mustRise) sequence++
          if (typeof change === 'object') startsAt += change.minutes * 60_000
          cancels = change === 'cancel'
          const text = calendarText(
            {
              about: { caseNumber: number, organisationName: organisation, meetingKind: 'review', startsAt, endsAt: startsAt + 3_600_000 },
              to: { name, address: 'a@agency.example', lang },
              calendar: { method: cancels ? 'CANCEL' : 'REQUEST', uid: UID, sequence, agent: AGENT },
            },
            { mailFrom: 'tirek@example.org', stamp: startsAt - 1_000 },
          )
          const read = told(text)
          // oxlint-disable-next-line no-control-regex -- what a line cannot hold is a space
          const asLine = (words: string) => words.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim()
          expect(read.summary.replace(/^[^:]+: /, '')).toBe(
            asLine(`${{ ru: 'случай', kk: 'іс', en: 'case' }[lang]} ${number}, ${organisation}`),
          )
          expect([read.start, read.attendee, read.method]).toEqual([
            new Date(startsAt).toISOString().replace('.000Z', '+00:00'),
            'mailto:a@agency.example',
            cancels ? 'CANCEL' : 'REQUEST',
          ])
          // RFC 5545: no line is longer than 75 octets.
          for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
          seen.push({ sequence: read.sequence, mustRise, uid: read.uid })
        }
        expect(new Set(seen.map(({ uid }) => uid))).toEqual(new Set([UID]))
        for (const [n, { sequence: now, mustRise }] of seen.entries()) if (n > 0) expect(now > seen[n - 1]!.sequence).toBe(mustRise)
      },
    ),
    { numRuns: 300 },
  )
})
