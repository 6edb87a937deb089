/** Delivery reports (RFC 3464) that come back to the sender's mailbox. */
export type Bounce = {
  /** X-Tirek-Letter or the envelope id: our own id of the letter. */
  letter?: string
  /** Message-ID of the letter as it was returned. */
  messageId?: string
  /** failed, delayed, delivered, relayed, expanded */
  action: string
  /** x.y.z; 5.x.x is final. */
  status: string
  diagnostic?: string
}

/** Reads a raw message; `undefined`: it is no delivery report. */
export async function readBounce(raw: Uint8Array): Promise<Bounce | undefined> {
  // Loaded when the first report comes: a service at rest stays small.
  const { default: PostalMime } = await import('postal-mime')
  const mail = await PostalMime.parse(raw as never, { forceRfc822Attachments: true } as never)
  const partOf = (...types: string[]) => mail.attachments.find(({ mimeType }) => types.includes(mimeType))
  const report = partOf('message/delivery-status', 'message/global-delivery-status')
  if (!report) return undefined
  const fields = fieldsOf(textOf(report.content))
  const action = fields['action']?.toLowerCase()
  const status = fields['status']?.match(/\d\.\d{1,3}\.\d{1,3}/)?.[0]
  if (!action || !status) return undefined
  const returned = partOf('text/rfc822-headers', 'message/rfc822', 'message/rfc822-headers', 'message/global-headers')
  const headers = returned ? fieldsOf(textOf(returned.content).split(/\r?\n\r?\n/)[0] ?? '') : {}
  const letter = uuidIn(fields['original-envelope-id']) ?? uuidIn(headers['x-tirek-letter'])
  const messageId = headers['message-id']?.match(/<[^<>\s]+>/)?.[0]
  return {
    ...(letter && { letter }),
    ...(messageId && { messageId }),
    action,
    status,
    ...(fields['diagnostic-code'] && { diagnostic: fields['diagnostic-code'].slice(0, 300) }),
  }
}

const textOf = (content: unknown): string => (typeof content === 'string' ? content : Buffer.from(content as ArrayBuffer).toString('utf8'))
const uuidIn = (text: string | undefined) => text?.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i)?.[0]?.toLowerCase()

/** `Name: value` lines, folded ones joined; of several with one name the last counts (the recipient's come after the message's). */
function fieldsOf(text: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const line of text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const at = line.indexOf(':')
    if (at > 0) fields[line.slice(0, at).trim().toLowerCase()] = line.slice(at + 1).trim()
  }
  return fields
}
