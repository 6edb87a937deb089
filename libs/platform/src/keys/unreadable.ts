/** Why something that Temporal keeps cannot be read or written. Messages name ids only. */
export type Why =
  /** The data key was erased on purpose: what it sealed is gone for ever. */
  | 'erased'
  /** No row of the data key: the database and Temporal do not fit together. */
  | 'lost'
  /** The ring lacks the key that wraps the data key. */
  | 'ring-key-missing'
  /** The database with the keys does not answer. */
  | 'away'
  /** Not encrypted: nobody of ours wrote it. */
  | 'plain'
  /** Sealed for another case or namespace. */
  | 'foreign'
  /** It was changed, or is of a format not known here. */
  | 'damaged'

export class UnreadableError extends Error {
  readonly why: Why
  constructor(why: Why, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'UnreadableError'
    this.why = why
  }
}
