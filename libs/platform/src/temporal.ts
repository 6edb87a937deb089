/** The way to Temporal: a client that may come up later than the service, the namespace and what people can search by. */
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client'
import type { DataKeys } from './keys/data-keys.ts'
import { dataConverterOf } from './keys/payload-codec.ts'
import type { Log } from './log.ts'
import { describe } from './ticker.ts'

/** Indexed value types of Temporal's API. */
const INDEXED = { Text: 1, Keyword: 2, Int: 3, Double: 4, Bool: 5, Datetime: 6, KeywordList: 7 } as const

/** Search attributes of every workflow of ours: codes and ids, nothing personal. */
export const SEARCH_ATTRIBUTES = {
  CaseStage: 'Keyword',
  RiskLevel: 'Keyword',
  Programme: 'Keyword',
  Organisation: 'Keyword',
  CaseManager: 'Keyword',
  WaitingFor: 'Keyword',
  NextDeadlineAt: 'Datetime',
  Overdue: 'Bool',
  Emergency: 'Bool',
} as const satisfies Record<string, keyof typeof INDEXED>

export class TemporalClient {
  readonly #address: string
  readonly #namespace: string
  readonly #keys: DataKeys
  readonly #log: Log
  #client: Promise<Client> | undefined
  #connection: Connection | undefined

  /** Speaks with the namespace of `keys`; all that it sends is sealed with them. */
  constructor(address: string, keys: DataKeys, log: Log) {
    this.#address = address
    this.#namespace = keys.namespace
    this.#keys = keys
    this.#log = log
  }

  /** The client; connects when first asked and again after a failed try. Rejects while Temporal is away. */
  get(): Promise<Client> {
    this.#client ??= (async () => {
      await this.#keys.ready(() => true)
      const connection = await Connection.connect({
        address: this.#address,
        connectTimeout: 3_000,
        channelArgs: { 'grpc.keepalive_time_ms': 10_000, 'grpc.keepalive_timeout_ms': 5_000 },
      })
      this.#connection = connection
      return new Client({ connection, namespace: this.#namespace, dataConverter: dataConverterOf(this.#keys) })
    })().catch((error: unknown) => {
      this.#client = undefined
      throw error
    })
    return this.#client
  }

  /** Asks the server for a sign of life. */
  async check(): Promise<void> {
    const client = await this.get()
    await client.connection.withDeadline(Date.now() + 1_400, () => client.workflowService.describeNamespace({ namespace: this.#namespace }))
  }

  async close(): Promise<void> {
    await this.#connection
      ?.close()
      .catch((error: unknown) => this.#log.warn({ error: describe(error) }, 'closing the connection to Temporal'))
  }
}

/** A call to Temporal that ends within so many ms (sockets go by the machine's clock). */
export const within = <T>(client: Client, ms: number, call: () => Promise<T>): Promise<T> =>
  client.connection.withDeadline(Date.now() + ms, call)

/** The workflow has ended, or was never there. */
export const isGone = (error: unknown): boolean =>
  error instanceof WorkflowNotFoundError ||
  /not found|already completed|Completed workflow/i.test(
    error instanceof Error ? `${error.message} ${(error.cause as Error | undefined)?.message ?? ''}` : '',
  )

/** Registers namespace and search attributes; safe to repeat. `retentionDays`: how long a closed history stays. */
export async function prepareTemporal(address: string, namespace: string, retentionDays = 30): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 5_000 })
  try {
    await connection.workflowService
      .registerNamespace({ namespace, workflowExecutionRetentionPeriod: { seconds: (retentionDays * 86_400) as never } })
      .catch(ignoreExisting)
    const searchAttributes = Object.fromEntries(Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => [name, INDEXED[type]]))
    // A new namespace is known to all parts of the server only after some seconds.
    for (let left = 40; ; left--) {
      try {
        await connection.operatorService.addSearchAttributes({ namespace, searchAttributes })
        return
      } catch (error) {
        if (isExisting(error)) return
        if (left === 0) throw error
        await new Promise((again) => setTimeout(again, 500))
      }
    }
  } finally {
    await connection.close()
  }
}

const isExisting = (error: unknown) => (error as { code?: number }).code === 6 || /already exist/i.test(String((error as Error).message))
const ignoreExisting = (error: unknown) => {
  if (!isExisting(error)) throw error
}
