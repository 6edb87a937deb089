/** What is read of mail that came in: to whom, from whom, whether a program wrote it, and its calendar part. Hostile until shown otherwise. */
import { plain } from '../mail/plain-text.ts'

/** More than this is not read: an answer of a calendar has some kilobytes. */
export const MOST_READ = 1_000_000
const MOST_CALENDAR = 256_000
const MOST_TEXT = 1_000
const MOST_HEADERS = 64_000
const MOST_REFERENCES = 30

export type Handed = {
  raw: Buffer
  /** Bytes of the whole mail, when only its beginning was handed in. */
  size?: number
  /** The envelope, where it is known. */
  to?: readonly string[]
  from?: string
}

export type ReadMail = {
  from?: string
  subject?: string
  isAutomatic: boolean
  /** Message-IDs of what it replies to. */
  references?: string[]
  /** The text of the first calendar part. */
  calendar?: string
  text?: string
}

const RECEIVERS = new Set(['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'])

/** Addresses of ours that it went to: of the envelope, else of the header. Lower case. */
export function receiversOf({ raw, to }: Pick<Handed, 'raw' | 'to'>, domain: string): string[] {
  const among =
    to ??
    headerOf(raw).flatMap(({ name, value }) =>
      RECEIVERS.has(name) ? value.split(/[\s<>,;:"()]/).filter((word) => word.length <= 320 && word.includes('@')) : [],
    )
  const own = among.map((address) => address.toLowerCase()).filter((address) => address.endsWith(`@${domain.toLowerCase()}`))
  return [...new Set(own)]
}

const headerOf = (raw: Buffer): { name: string; value: string }[] => {
  const head = raw.subarray(0, MOST_HEADERS).toString('latin1')
  const end = /\r?\n\r?\n/.exec(head)?.index ?? head.length
  return head
    .slice(0, end)
    .replaceAll(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .map((line) => ({ name: line.slice(0, Math.max(0, line.indexOf(':'))).toLowerCase(), value: line.slice(line.indexOf(':') + 1).trim() }))
}

/** Written by a program: RFC 3834, mailing lists, lost loops of our own. */
const isByProgram = (header: (name: string) => string | undefined, from: string | undefined): boolean =>
  (header('auto-submitted') ?? 'no').split(';')[0]!.trim().toLowerCase() !== 'no' ||
  /^(bulk|junk|list|auto_reply)$/i.test(header('precedence')?.trim() ?? '') ||
  header('x-autoreply') !== undefined ||
  header('x-autorespond') !== undefined ||
  header('list-id') !== undefined ||
  header('x-tirek-letter') !== undefined ||
  /^(mailer-daemon|postmaster)@/i.test(from ?? '') ||
  /report-type\s*=\s*"?disposition-notification/i.test(header('content-type') ?? '')

/** Throws when it is no mail that can be read. */
export async function readMail({ raw, from: envelopeFrom }: Pick<Handed, 'raw' | 'from'>): Promise<ReadMail> {
  // Loaded when the first mail comes: a service at rest stays small.
  const { default: PostalMime } = await import('postal-mime')
  const mail = await PostalMime.parse(raw, { maxNestingDepth: 20, maxHeadersSize: MOST_HEADERS, forceRfc822Attachments: true })
  const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value
  const from = mail.from?.address?.toLowerCase()
  const references = `${header('in-reply-to') ?? ''} ${header('references') ?? ''}`.match(/<[^<>\s]{1,320}>/g)?.slice(0, MOST_REFERENCES)
  const part =
    mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar') ??
    mail.attachments.find(({ mimeType }) => mimeType === 'application/ics')
  const calendar = part && (typeof part.content === 'string' ? part.content : Buffer.from(part.content as ArrayBuffer).toString('utf8'))
  const text = plain((mail.text ?? '').slice(0, 4 * MOST_TEXT)).slice(0, MOST_TEXT)
  return {
    ...(from ? { from: from.slice(0, 254) } : {}),
    ...(mail.subject ? { subject: plain(mail.subject).slice(0, 300) } : {}),
    isAutomatic: isByProgram(header, from) || envelopeFrom === '',
    ...(references ? { references } : {}),
    ...(calendar ? { calendar: calendar.slice(0, MOST_CALENDAR) } : {}),
    ...(text ? { text } : {}),
  }
}
