/**
 * Reads a mailbox to which mail to our own addresses is delivered (IMAP). A mail is marked when the database has it: one that was taken by a process
 * which died before it marked it is known by its hash. Nothing is deleted; whoever looks after the mailbox does that.
 */
import type { Log } from '@tirek/platform/log'
import { describe } from '@tirek/platform/ticker'
import type { ImapFlow } from 'imapflow'
import type { InboundService } from './inbound.service.ts'
import { MOST_READ } from './read-mail.ts'

export const MAILBOX_EVERY = 30_000
/** Mails of one turn. */
const BATCH = 50
/** A keyword of our own, where the mailbox keeps such: then people may read in it too. */
const TAKEN = '$TirekTaken'

export class Mailbox {
  readonly #inbound: Pick<InboundService, 'take'>
  readonly #url: URL
  readonly #log: Log

  /** `url`: `imaps://name:password@host/INBOX`; `?tls=any` takes any certificate, `imap:` with `?tls=off` none at all. */
  constructor(inbound: Pick<InboundService, 'take'>, url: string, log: Log) {
    this.#inbound = inbound
    this.#url = new URL(url)
    this.#log = log
  }

  /** Takes what is not taken yet; returns how much it was. A mailbox that is away is asked again at the next turn. */
  async poll(): Promise<number> {
    const client = await this.#connect()
    if (!client) return 0
    try {
      const lock = await client.getMailboxLock(decodeURIComponent(this.#url.pathname.slice(1)) || 'INBOX')
      try {
        return await this.#take(client)
      } finally {
        lock.release()
      }
    } catch (error) {
      this.#log.warn({ error: describe(error) }, 'the mailbox could not be read and is asked again')
      return 0
    } finally {
      await client.logout().catch(() => client.close())
    }
  }

  async #take(client: ImapFlow): Promise<number> {
    const box = client.mailbox
    const keeps = box !== false && (box.permanentFlags?.has('\\*') ?? false)
    const found = await client.search(keeps ? { unKeyword: TAKEN } : { seen: false }, { uid: true })
    const uids = (found || []).slice(0, BATCH)
    let taken = 0
    for (const uid of uids) {
      const mail = await client.fetchOne(String(uid), { size: true, source: { maxLength: MOST_READ } }, { uid: true })
      // Somebody has moved it away meanwhile.
      if (!mail || !mail.source) continue
      // Only the header tells to whom it went: the envelope is gone.
      try {
        await this.#inbound.take({ raw: mail.source, ...(mail.size === undefined ? {} : { size: mail.size }) })
      } catch (error) {
        // The others do not wait for it.
        this.#log.warn({ error: describe(error) }, 'mail could not be taken in and stays in the mailbox')
        continue
      }
      await client.messageFlagsAdd(String(uid), keeps ? [TAKEN] : ['\\Seen'], { uid: true })
      taken++
    }
    return taken
  }

  async #connect(): Promise<ImapFlow | undefined> {
    const { protocol, hostname, port, username, password, searchParams } = this.#url
    const isSecure = protocol === 'imaps:'
    const tls = searchParams.get('tls')
    const { ImapFlow: Client } = await import('imapflow')
    const client = new Client({
      host: hostname,
      port: port ? Number(port) : isSecure ? 993 : 143,
      secure: isSecure,
      ...(tls === 'off' ? { doSTARTTLS: false } : isSecure ? {} : { doSTARTTLS: true }),
      ...(tls === 'any' ? { tls: { rejectUnauthorized: false } } : {}),
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
      logger: false,
      connectionTimeout: 5_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
    })
    // A connection that breaks while nothing is asked says so here.
    client.on('error', (error: Error) => this.#log.info({ error: describe(error) }, 'the connection to the mailbox broke'))
    try {
      await client.connect()
      return client
    } catch (error) {
      this.#log.warn({ error: describe(error) }, 'the mailbox is away and is asked again')
      client.close()
      return undefined
    }
  }
}
