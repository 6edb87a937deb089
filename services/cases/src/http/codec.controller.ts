/** The codec server of the Temporal UI: what Temporal keeps sealed is opened for administrators, and each opening stands in the trail. */
import { Body, Controller, Headers, HttpCode, Inject, Post } from '@nestjs/common'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { DataKeys } from '@tirek/platform/keys/data-keys'
import { UnreadableError } from '@tirek/platform/keys/unreadable'
import { ProblemError } from '@tirek/platform/problem'
import { Trail } from '@tirek/platform/trail'
import { Trailed } from '@tirek/platform/trail-keeper'
import { z } from 'zod'

/** A payload as Temporal writes it in JSON: bytes in base64. */
const Payload = z.looseObject({ metadata: z.record(z.string().max(100), z.base64()).optional(), data: z.base64().optional() })
const Asked = z.looseObject({ payloads: z.array(Payload).max(2_000) })
type JsonPayload = z.infer<typeof Payload>

@Controller('api/codec')
export class CodecController {
  constructor(
    @Inject(DataKeys) private readonly keys: DataKeys,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  /**
   * `{ payloads }` sealed in, `{ payloads }` in clear out, in the same order. What is not sealed (search attributes) comes back as it is; what
   * cannot be opened comes back as a text that says why: one erased case must not hide the rest of a list.
   */
  @Post('decode')
  @Trailed('read-workflow')
  @HttpCode(200)
  async decode(
    @Body({ schema: Asked }) { payloads }: z.infer<typeof Asked>,
    @Headers('x-namespace') namespace: string | undefined,
    @WhoIs() who: Who,
  ) {
    if (namespace !== this.keys.namespace) throw new ProblemError('not-found')
    const owners = new Set<string>()
    const opened = await Promise.all(payloads.map((payload) => this.#open(payload, owners)))
    await this.#record(owners, who)
    return { payloads: opened }
  }

  async #open(json: JsonPayload, owners: Set<string>): Promise<JsonPayload> {
    // Temporal's protocol takes fifteen megabytes, and few ever look here: it is loaded when somebody does.
    const { CasePayloadCodec, isEncrypted } = await import('@tirek/platform/keys/payload-codec')
    const sealed = {
      metadata: Object.fromEntries(Object.entries(json.metadata ?? {}).map(([name, value]) => [name, Buffer.from(value, 'base64')])),
      data: Buffer.from(json.data ?? '', 'base64'),
    }
    if (!isEncrypted(sealed)) return json
    try {
      const { payload, owner } = await new CasePayloadCodec(this.keys).open(sealed)
      owners.add(owner)
      return {
        metadata: Object.fromEntries(Object.entries(payload.metadata ?? {}).map(([name, value]) => [name, base64(value)])),
        data: base64(payload.data ?? new Uint8Array()),
      }
    } catch (error) {
      // A database that is away is away for all of them.
      if (!(error instanceof UnreadableError)) throw error
      if (error.why === 'away') throw new ProblemError('unavailable')
      const text = error.why === 'erased' ? 'erased: the key of this case was destroyed' : `not readable: ${error.message}`
      return { metadata: { encoding: base64(Buffer.from('json/plain')) }, data: base64(Buffer.from(JSON.stringify(text))) }
    }
  }

  /** One row for each case that was looked into; nothing is answered that is not recorded. */
  #record(owners: ReadonlySet<string>, who: Who): Promise<void> {
    return this.trail.record(
      [...owners].map((owner) => ({
        who,
        what: 'read-workflow',
        ...(owner.startsWith('case/') && { caseId: owner.slice('case/'.length) }),
      })),
    )
  }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
