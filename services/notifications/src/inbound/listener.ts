/**
 * Takes mail to our own addresses by SMTP, behind the organisation's mail server: no other address, no relaying, no sign-in. It answers 250 when
 * the database has what was read; while the database is away the sender keeps the mail.
 */
import type { Log } from '@tirek/platform/log'
import { describe } from '@tirek/platform/ticker'
import type { AddressInfo } from 'node:net'
import type { SMTPServer } from 'smtp-server'
import type { InboundService } from './inbound.service.ts'
import { MOST_READ } from './read-mail.ts'

/** Beyond this not even the rest of a mail is waited for. */
const MOST_TAKEN = 64_000_000
const MOST_RECEIVERS = 20
const say = (responseCode: number, words: string) => Object.assign(new Error(words), { responseCode })

export class Listener {
  readonly #server: SMTPServer

  private constructor(server: SMTPServer) {
    this.#server = server
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port
  }

  static async start(
    inbound: Pick<InboundService, 'take' | 'isOurs'>,
    { port, host }: { port: number; host: string },
    log: Log,
  ): Promise<Listener> {
    const { SMTPServer: Server } = await import('smtp-server')
    const server = new Server({
      banner: 'Tirek',
      authOptional: true,
      // Between two servers of one organisation: whoever needs more puts it before this port.
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      disableReverseLookup: true,
      maxClients: 20,
      socketTimeout: 60_000,
      closeTimeout: 2_000,
      onRcptTo: (address, session, done) => {
        if (session.envelope.rcptTo.length >= MOST_RECEIVERS) return done(say(452, 'too many receivers'))
        inbound.isOurs(address.address).then(
          (isOurs) => done(isOurs ? null : say(550, 'no such address here')),
          () => done(say(451, 'try again later')),
        )
      },
      onData: (stream, session, done) => {
        const parts: Buffer[] = []
        let [size, kept] = [0, 0]
        stream.on('data', (part: Buffer) => {
          size += part.length
          if (size > MOST_TAKEN) return void stream.destroy()
          // What is too long is counted and told, not kept.
          if (kept < MOST_READ) {
            parts.push(part)
            kept += part.length
          }
        })
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope
          inbound
            .take({ raw: Buffer.concat(parts), size, to: rcptTo.map(({ address }) => address), from: mailFrom ? mailFrom.address : '' })
            .then(({ read }) => (read === 'too-big' ? done(say(552, 'the mail is too big and was not read')) : done(null)))
            .catch((error: unknown) => {
              log.warn({ error: describe(error) }, 'mail could not be taken in and is left to its sender')
              done(say(451, 'try again later'))
            })
        })
      },
    })
    server.on('error', (error) => log.info({ error: describe(error) }, 'a connection of incoming mail broke'))
    await new Promise<void>((listening, failed) => {
      server.server.once('error', failed)
      server.listen(port, host, listening)
    })
    return new Listener(server)
  }

  close(): Promise<void> {
    return new Promise((closed) => this.#server.close(() => closed()))
  }
}
