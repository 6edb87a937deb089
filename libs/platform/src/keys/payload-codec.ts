/** What goes to Temporal is sealed with the data key of its case: inputs, results, messages, summaries, details, failures. */
import { METADATA_ENCODING_KEY, type Payload, type PayloadCodec, type SerializationContext } from '@temporalio/common'
import proto from '@temporalio/proto'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DataKey, DataKeys } from './data-keys.ts'
import { OF_FAILURE } from './failure-converter.ts'
import { seal, unseal } from './key-ring.ts'
import { UnreadableError } from './unreadable.ts'

const ProtoPayload = proto.temporal.api.common.v1.Payload

/** As Temporal's documents name it, so that its tools know what they see. */
export const ENCRYPTED = 'binary/encrypted'
const KEY_ID = 'encryption-key-id'
const FORMAT = 'encryption-format'
const FORMAT_1 = '1'

const OWNER = /^([a-z]+\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/|$)/
/** A workflow's id begins with whose it is (`case/<uuid>`, `case/<uuid>/urgent/0`, `case/<uuid>/meeting/<uuid>`); any other one belongs to the namespace. */
export const ownerOf = (workflowId: string | undefined): string | undefined => OWNER.exec(workflowId ?? '')?.[1]

const text = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('utf8')
const encodingOf = (payload: Payload): string => text(payload.metadata?.[METADATA_ENCODING_KEY])
export const isEncrypted = (payload: Payload): boolean => encodingOf(payload) === ENCRYPTED

/** The whole payload is sealed and bound to namespace and key; the workflow's id is not, since the Temporal UI does not send it. */
const binding = (namespace: string, keyId: string) => `tirek payload ${FORMAT_1}|${namespace}|${keyId}`

export class CasePayloadCodec implements PayloadCodec {
  readonly #keys: DataKeys

  constructor(keys: DataKeys) {
    this.#keys = keys
  }

  async encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    if (payloads.length === 0) return payloads
    const owner = ownerOf(context?.workflowId) ?? this.#keys.namespaceOwner
    try {
      const key = await this.#keyOf(owner)
      return payloads.map((payload) => this.#seal(payload, key))
    } catch (error) {
      const refused = this.#refuse(error, context)
      // A worker whose report of a failure fails ends: what only tells of a failure is sealed with the key of the namespace then.
      if (payloads.every(isOfFailure)) return payloads.map((payload) => this.#seal(payload, this.#keys.ofNamespace))
      throw refused
    }
  }

  async decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    try {
      return await Promise.all(payloads.map(async (payload) => (await this.open(payload, context)).payload))
    } catch (error) {
      throw this.#refuse(error, context)
    }
  }

  /** Opens one payload and says whose it is. Throws UnreadableError. */
  async open(sealed: Payload, context?: SerializationContext): Promise<{ payload: Payload; owner: string }> {
    if (!isEncrypted(sealed)) throw new UnreadableError('plain', `a payload is not encrypted but ${encodingOf(sealed) || 'of no encoding'}`)
    const format = text(sealed.metadata?.[FORMAT])
    const keyId = text(sealed.metadata?.[KEY_ID])
    if (format !== FORMAT_1 || !/^[0-9a-f-]{36}$/.test(keyId)) throw new UnreadableError('damaged', 'a payload is of an unknown format')
    const { namespaceOwner, namespace } = this.#keys
    const key = await this.#keys.byId(keyId)
    let payload: Payload
    try {
      payload = ProtoPayload.decode(unseal(key.key, sealed.data ?? new Uint8Array(), binding(namespace, keyId)))
    } catch (error) {
      throw new UnreadableError('damaged', `a payload does not open with the data key ${keyId}`, { cause: error })
    }
    // Who can write in Temporal's database might give one case what was sealed for another.
    const owner = context && (ownerOf(context.workflowId) ?? namespaceOwner)
    if (owner && key.owner !== owner && !(key.owner === namespaceOwner && isOfFailure(payload)))
      throw new UnreadableError('foreign', `a payload of ${owner} is sealed for ${key.owner}`)
    return { payload, owner: key.owner }
  }

  async #keyOf(owner: string): Promise<DataKey> {
    return owner === this.#keys.namespaceOwner ? this.#keys.ofNamespace : this.#keys.of(owner)
  }

  #seal(payload: Payload, { id, key }: DataKey): Payload {
    return {
      metadata: {
        [METADATA_ENCODING_KEY]: Buffer.from(ENCRYPTED),
        [KEY_ID]: Buffer.from(id),
        [FORMAT]: Buffer.from(FORMAT_1),
      },
      data: seal(key, ProtoPayload.encode(payload).finish(), binding(this.#keys.namespace, id)),
    }
  }

  #refuse(error: unknown, context: SerializationContext | undefined): unknown {
    return error instanceof UnreadableError ? this.#keys.refuse(error, { workflowId: context?.workflowId }) : error
  }
}

const isOfFailure = (payload: Payload): boolean => payload.metadata?.[OF_FAILURE] !== undefined

/** What clients and workers take: the codec, and failures whose text is in a payload. */
export const dataConverterOf = (keys: DataKeys) => ({
  payloadCodecs: [new CasePayloadCodec(keys)],
  failureConverterPath: failureConverterPath(),
})

const FAILURE_CONVERTER = 'libs/platform/src/keys/failure-converter.ts'

/** Sought upwards from this file: it is itself bundled into the services. */
function failureConverterPath(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const path = join(folder, FAILURE_CONVERTER)
    if (existsSync(path)) return path
    if (folder === dirname(folder)) throw new Error(`${FAILURE_CONVERTER} is missing`)
  }
}
