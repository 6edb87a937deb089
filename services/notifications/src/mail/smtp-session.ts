/** One connection to the mail server, kept between letters, that knows how far a failed letter had come. */
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { Readable } from 'node:stream'
import { withoutAddresses } from './without-addresses.ts'

/** What became of one try. `away`: the server was not reached, so other letters need not be tried now. */
export type Outcome =
  | { kind: 'accepted'; answer: string }
  | { kind: 'retry'; answer: string; away: boolean }
  | { kind: 'doubtful'; answer: string }
  | { kind: 'failed'; answer: string }

/** nodemailer waits up to ten minutes by itself; a letter of the hour cannot. */
const LIMITS = { connectionTimeout: 5_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 5_000 }
/** An idle connection is given back after this, ms. */
const IDLE_MS = 3_000
const MOST_LETTERS = 100

type SmtpError = Error & { code?: string; responseCode?: number; response?: string }

export class SmtpSession {
  readonly #url: URL
  #connection: SMTPConnection | undefined
  #sent = 0
  #idle: NodeJS.Timeout | undefined

  constructor(url: string) {
    this.#url = new URL(url)
  }

  get server(): string {
    return this.#url.host
  }

  /** Sends the bytes to one recipient. Never throws: every end is an outcome. */
  async send(from: string, to: string, bytes: Buffer, id: string): Promise<Outcome> {
    clearTimeout(this.#idle)
    let connection: SMTPConnection
    try {
      connection = this.#connection ?? (await this.#connect())
    } catch (error) {
      // What a server says at the door it says of the door, not of this letter.
      return { kind: 'retry', answer: answerOf(error), away: true }
    }
    // The server asks for the bytes after 354: read from then on, the letter may have arrived.
    let handedOver = false
    const message = new Readable({
      read() {
        handedOver = true
        this.push(bytes)
        this.push(null)
      },
    })
    const lost = Promise.withResolvers<never>()
    const onError = (error: Error) => lost.reject(error)
    connection.on('error', onError)
    connection.on('end', () => onError(Object.assign(new Error('Connection closed'), { code: 'ECONNECTION' })))
    lost.promise.catch(() => {})
    try {
      const info = await Promise.race([
        new Promise<{ response?: string; rejected?: unknown[] }>((sent, failed) => {
          connection.send(
            { from, to: [to], size: bytes.length, dsn: { id, return: 'headers', notify: ['failure', 'delay'] } } as never,
            message as never,
            (error: Error | null, result?: unknown) => (error ? failed(error) : sent(result as never)),
          )
        }),
        lost.promise,
      ])
      if (info.rejected?.length) return { kind: 'failed', answer: `refused: ${info.response ?? ''}`.trim() }
      this.#keep()
      return { kind: 'accepted', answer: info.response ?? '' }
    } catch (error) {
      this.#drop()
      return outcomeOf(error as SmtpError, handedOver)
    }
  }

  async #connect(): Promise<SMTPConnection> {
    const { protocol, hostname, port, username, password, searchParams } = this.#url
    const connection = new SMTPConnection({
      host: hostname,
      port: port ? Number(port) : protocol === 'smtps:' ? 465 : 25,
      secure: protocol === 'smtps:',
      ...LIMITS,
      ...(searchParams.get('tls') === 'off' ? { ignoreTLS: true } : {}),
      ...(searchParams.get('tls') === 'any' ? { tls: { rejectUnauthorized: false } } : {}),
    })
    try {
      await new Promise<void>((connected, failed) => {
        connection.once('error', failed)
        connection.connect((error?: Error | null) => (error ? failed(error) : connected()))
      })
      if (username) {
        await new Promise<void>((done, failed) =>
          connection.login({ user: decodeURIComponent(username), pass: decodeURIComponent(password) } as never, (error?: Error | null) =>
            error ? failed(error) : done(),
          ),
        )
      }
    } catch (error) {
      connection.on('error', () => {})
      connection.close()
      throw error
    }
    connection.removeAllListeners('error')
    this.#connection = connection
    this.#sent = 0
    return connection
  }

  #keep(): void {
    const connection = this.#connection
    if (!connection) return
    connection.removeAllListeners('error')
    connection.removeAllListeners('end')
    // Ended while idle: the next letter connects anew.
    const forget = () => {
      if (this.#connection === connection) this.#connection = undefined
    }
    connection.on('error', forget)
    connection.on('end', forget)
    this.#sent++
    if (this.#sent >= MOST_LETTERS) return this.close()
    this.#idle = setTimeout(() => this.close(), IDLE_MS)
    this.#idle.unref()
  }

  #drop(): void {
    const connection = this.#connection
    this.#connection = undefined
    connection?.removeAllListeners('error')
    connection?.on('error', () => {})
    connection?.close()
  }

  close(): void {
    clearTimeout(this.#idle)
    const connection = this.#connection
    this.#connection = undefined
    connection?.removeAllListeners('error')
    connection?.on('error', () => {})
    connection?.quit()
  }
}

/** 5xx is final, 4xx and silence before the bytes are tried again, silence after them is doubt. */
export function outcomeOf(error: SmtpError, handedOver: boolean): Outcome {
  const answer = answerOf(error)
  if (error.responseCode === 421) return { kind: 'retry', answer, away: true } // the server closes its door
  if (error.responseCode !== undefined && error.responseCode >= 500) return { kind: 'failed', answer }
  if (error.responseCode !== undefined && error.responseCode >= 400) return { kind: 'retry', answer, away: false }
  if (handedOver) return { kind: 'doubtful', answer }
  // A letter that cannot be sent at all, whatever the server: too long, or an address that is none.
  if (error.code === 'EMESSAGE' || error.code === 'EENVELOPE') return { kind: 'failed', answer }
  return { kind: 'retry', answer, away: true }
}

/** The server's words without addresses that it may repeat. */
function answerOf(error: unknown): string {
  const { response, message, code } = error as SmtpError
  return withoutAddresses(`${code ? `${code}: ` : ''}${response ?? message}`).slice(0, 500)
}
