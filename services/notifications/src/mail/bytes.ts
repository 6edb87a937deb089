/** A letter as bytes: made once, sent again the same. */
import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'

export type Envelope = { from: { name: string; address: string }; to: { name: string; address: string } }
export type ToCompose = Envelope & {
  id: string
  messageId: string
  subject: string
  text: string
  html: string | null
  at: number
  urgent: boolean
  /** Where answers go, when not to the sender. */
  replyTo?: string
  /** One iCalendar object: a part beside the text, and once more as `invite.ics`. */
  calendar?: { method: 'REQUEST' | 'CANCEL'; text: string }
  attachments?: readonly { name: string; type: string; content: Buffer }[]
}

export const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex')

/** Message-ID of a business key: the same letter has the same id however often it is sent. */
export const messageIdOf = (key: string, from: string): string =>
  `<${sha256(key).slice(0, 40)}@${from.split('@')[1]?.replace(/[^A-Za-z0-9.-]/g, '') || 'tirek'}>`

/** A name or subject with anything that could end a header line taken out. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
export const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim()

export function bytesOf(letter: ToCompose): Promise<Buffer> {
  const composer = new MailComposer({
    // Addresses as objects: a name never becomes a second address.
    from: { name: oneLine(letter.from.name), address: letter.from.address },
    to: { name: oneLine(letter.to.name), address: letter.to.address },
    subject: oneLine(letter.subject),
    text: letter.text,
    ...(letter.html ? { html: letter.html } : {}),
    messageId: letter.messageId,
    date: new Date(letter.at),
    // RFC 3834: out-of-office robots stay silent.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Tirek-Letter': letter.id },
    ...(letter.urgent ? { priority: 'high' as const } : {}),
    ...(letter.replyTo ? { replyTo: letter.replyTo } : {}),
    ...(letter.calendar ? { icalEvent: { method: letter.calendar.method, filename: 'invite.ics', content: letter.calendar.text } } : {}),
    ...(letter.attachments?.length
      ? {
          attachments: letter.attachments.map(({ name, type, content }) => ({
            filename: oneLine(name),
            contentType: type,
            content,
            contentDisposition: 'attachment' as const,
          })),
        }
      : {}),
    // Made of the id: the same letter has the same borders whenever it is made.
    baseBoundary: sha256(letter.messageId).slice(0, 32),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return new Promise((made, failed) => composer.compile().build((error, message) => (error ? failed(error) : made(message as Buffer))))
}
