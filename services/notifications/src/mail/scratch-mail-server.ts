/** A real SMTP server for tests: keeps what it takes and misbehaves when told to. */
import PostalMime, { type Email } from 'postal-mime'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** `receivers`: everybody named in the envelope. */
export type TakenLetter = { to: string; receivers: string[]; raw: Buffer; mail: Email; urgent: boolean }

/** What the server does instead of taking a letter. `drop`: takes the bytes and closes without an answer. */
export type Fault = 'take' | { refuse: number; at: 'door' | 'receiver' | 'data' } | 'drop'

export class ScratchMailServer {
  readonly taken: TakenLetter[] = []
  /** Asked for every letter, by receiver; the door is asked without one. */
  fault: (to: string | undefined) => Fault = () => 'take'
  readonly #server: SMTPServer
  url = ''

  private constructor() {
    const say = (code: number) => Object.assign(new Error('not now'), { responseCode: code })
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      logger: false,
      onMailFrom: (_address, _session, done) => {
        const fault = this.fault(undefined)
        done(typeof fault === 'object' && fault.at === 'door' ? say(fault.refuse) : null)
      },
      onRcptTo: ({ address }, _session, done) => {
        const fault = this.fault(address)
        done(typeof fault === 'object' && fault.at === 'receiver' ? say(fault.refuse) : null)
      },
      onData: (stream, session, done) => {
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('end', async () => {
          const to = session.envelope.rcptTo[0]!.address
          const fault = this.fault(to)
          if (typeof fault === 'object' && fault.at === 'data') return done(say(fault.refuse))
          const raw = Buffer.concat(parts)
          const mail = await PostalMime.parse(raw as never)
          this.taken.push({
            to,
            receivers: session.envelope.rcptTo.map(({ address }) => address),
            raw,
            mail,
            urgent: mail.headers.some(({ key, value }) => key === 'x-priority' && value.startsWith('1')),
          })
          // Taken, but the answer is lost on the way (RFC 1047).
          if (fault === 'drop') return void this.#connections().forEach((socket) => socket.destroy())
          done(null)
        })
      },
    })
    this.#server.on('error', () => {})
  }

  static async start(port = 0): Promise<ScratchMailServer> {
    const made = new ScratchMailServer()
    await new Promise<void>((listening) => made.#server.listen(port, '127.0.0.1', listening))
    made.url = `smtp://127.0.0.1:${(made.#server.server.address() as AddressInfo).port}`
    return made
  }

  #connections(): { destroy(): void }[] {
    return [...(this.#server as unknown as { connections: Set<{ _socket: { destroy(): void } }> }).connections].map(
      ({ _socket }) => _socket,
    )
  }

  to(address: string): TakenLetter[] {
    return this.taken.filter((letter) => letter.to === address)
  }

  stop(): Promise<void> {
    for (const socket of this.#connections()) socket.destroy()
    return new Promise((stopped) => this.#server.close(() => stopped()))
  }
}
