/** Bytes of one file that people send. */
export const MOST_UPLOAD = 10 * 1_048_576
/** Such a file as base64 in JSON, with what stands around it. */
export const MOST_UPLOAD_BODY = Math.ceil((MOST_UPLOAD * 4) / 3) + 100_000
