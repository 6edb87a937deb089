/**
 * Failures as Temporal keeps them: message and stack go into a payload, so that the codec encrypts them too. Loaded by its path on both
 * sides of the workflow sandbox.
 */
import { DefaultFailureConverter, type PayloadConverter, type ProtoFailure, type SerializationContext } from '@temporalio/common'

/** Stands in the metadata of such a payload until it is encrypted: the codec must be able to report a failure whatever else fails. */
export const OF_FAILURE = 'of-failure'
const YES = new Uint8Array([49])

class EncodedFailures extends DefaultFailureConverter {
  constructor() {
    super({ encodeCommonAttributes: true })
  }

  override errorToFailure(error: unknown, converter: PayloadConverter, context?: SerializationContext): ProtoFailure {
    const failure = super.errorToFailure(error, converter, context)
    for (let one: ProtoFailure | null | undefined = failure; one; one = one.cause)
      if (one.encodedAttributes) one.encodedAttributes.metadata = { ...one.encodedAttributes.metadata, [OF_FAILURE]: YES }
    return failure
  }
}

export const failureConverter = new EncodedFailures()
