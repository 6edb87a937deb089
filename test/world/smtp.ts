/** A real SMTP server that keeps what it accepted, and can be taken away. */
import type { Clock } from '@tirek/platform/clock'
import PostalMime from 'postal-mime'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export type Letter = {
  /** By the world's clock, ms UTC. */
  at: number
  to: string
  subject: string
  text: string
  html: string
  messageId: string
  /** Its calendar part, where it has one. */
  calendar: string | undefined
}

const calendarOf = (attachments: readonly { mimeType: string; content: unknown }[]): string | undefined => {
  const part = attachments.find(({ mimeType }) => mimeType === 'text/calendar')
  return part && Buffer.from(part.content as ArrayBuffer).toString('utf8')
}

export class PostOffice {
  readonly letters: Letter[] = []
  /** While away every connection is refused with 421. */
  isAway = false
  /** Waited for before it says that it took a letter to this address. */
  beforeAnswer: (to: string) => Promise<void> = async () => {}
  /** How often it refused while away. */
  refusals = 0
  readonly #clock: Clock
  #server: SMTPServer | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  async open(): Promise<string> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onConnect: (_, done) => done(this.#refusal()),
      onMailFrom: (_, __, done) => done(this.#refusal()),
      onData: (stream, session, done) => {
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('end', () => {
          PostalMime.parse(Buffer.concat(parts)).then((mail) => {
            const to = session.envelope.rcptTo.map(({ address }) => address)
            for (const address of to)
              this.letters.push({
                at: this.#clock.now(),
                to: address,
                subject: mail.subject ?? '',
                text: mail.text ?? '',
                html: mail.html ?? '',
                messageId: mail.messageId ?? '',
                calendar: calendarOf(mail.attachments),
              })
            void Promise.all(to.map((address) => this.beforeAnswer(address))).then(() => done())
          }, done)
        })
      },
    })
    server.on('error', () => {})
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    this.#server = server
    return `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  }

  #refusal(): Error | null {
    if (!this.isAway) return null
    this.refusals++
    return Object.assign(new Error('away for a while'), { responseCode: 421 })
  }

  close(): Promise<void> {
    return new Promise((closed) => (this.#server ? this.#server.close(() => closed()) : closed()))
  }
}
