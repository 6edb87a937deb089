/** Files in a bucket of S3, or of anything that speaks like it: an object is there whole or not at all. */
import { AwsClient } from 'aws4fetch'
import { createHash, randomUUID } from 'node:crypto'
import {
  FileDamaged,
  idAt,
  isFileKey,
  NoSuchFile,
  pathOf,
  sha256Of,
  TooManyBytes,
  type FileStore,
  type Kept,
  type Listed,
  type Source,
} from './file-store.ts'

/** `folder`: within the bucket. `endpoint`: of a server that is not Amazon's; its buckets are named in the path. */
export type S3Place = { bucket: string; folder: string; region: string; endpoint?: string; keyId: string; secret: string }

/** A request ends within this, ms. */
const LONGEST_MS = 20_000
/** How often one is sent again that was answered with "not now". */
const RETRIES = 3

export class S3Store implements FileStore {
  readonly #client: AwsClient
  readonly #base: string
  readonly #folder: string

  constructor({ bucket, folder, region, endpoint, keyId, secret }: S3Place) {
    this.#client = new AwsClient({ accessKeyId: keyId, secretAccessKey: secret, region, service: 's3', retries: RETRIES })
    this.#base = endpoint ? `${endpoint.replace(/\/$/, '')}/${bucket}` : `https://${bucket}.s3.${region}.amazonaws.com`
    this.#folder = folder
  }

  async put(source: Source, { type, key = randomUUID(), most = Infinity }: { type: string; key?: string; most?: number }): Promise<Kept> {
    if (!isFileKey(key)) throw new TypeError('the key of a file is a UUID')
    const bytes = await gathered(source, most)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const id = `${sha256}.${key}`
    // The hash is signed: the server refuses other bytes than these.
    await this.#ask('PUT', id, bytes, { 'content-type': type, 'x-amz-content-sha256': sha256 })
    return { id, sha256, size: bytes.length, type }
  }

  async get(id: string): Promise<Buffer> {
    const sha256 = sha256Of(id)
    const answer = await this.#ask('GET', id)
    if (!answer) throw new NoSuchFile('there is no such file')
    const bytes = Buffer.from(await answer.arrayBuffer())
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new FileDamaged(`the bytes of ${id} are not those that were put`)
    return bytes
  }

  async sizeOf(id: string): Promise<number | undefined> {
    const answer = await this.#ask('HEAD', id)
    return answer && Number(answer.headers.get('content-length'))
  }

  async remove(id: string): Promise<void> {
    await this.#ask('DELETE', id)
  }

  async *list(): AsyncIterable<Listed> {
    for (let after = ''; ;) {
      const asked = new URLSearchParams({ 'list-type': '2', prefix: this.#folder, ...(after && { 'continuation-token': after }) })
      const text = await (await this.#answerOf('GET', `${this.#base}/?${asked}`)).text()
      for (const one of text.split('<Contents>').slice(1)) {
        // Names of ours need no escaping; whatever else lies there is not ours.
        const key = /<Key>([^<]*)<\/Key>/.exec(one)?.[1] ?? ''
        const at = Date.parse(/<LastModified>([^<]*)<\/LastModified>/.exec(one)?.[1] ?? '')
        const id = key.startsWith(this.#folder) ? idAt(key.slice(this.#folder.length)) : undefined
        if (id && !Number.isNaN(at)) yield { id, at }
      }
      after = /<NextContinuationToken>([^<]*)<\/NextContinuationToken>/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? ''
      if (!after) return
    }
  }

  async clearAside(): Promise<void> {}

  /** Is the bucket there, may we use it, and is what is removed from it gone? One that keeps versions erases nothing. */
  async check(): Promise<void> {
    const answer = await this.#answerOf('GET', `${this.#base}/?versioning`)
    if (/<Status>/.test((await answer.text()).slice(0, 2_000)))
      throw new Error('the bucket of files keeps versions (or did): what is erased would stay; take one without versioning')
  }

  /** Undefined: there is no such object. */
  async #ask(method: string, id: string, body?: Buffer, headers: Record<string, string> = {}): Promise<Response | undefined> {
    const answer = await this.#answerOf(method, `${this.#base}/${this.#folder}${pathOf(id)}`, body, headers)
    return answer.status === 404 ? undefined : answer
  }

  async #answerOf(method: string, url: string, body?: Buffer, headers: Record<string, string> = {}): Promise<Response> {
    const answer = await this.#client.fetch(url, {
      method,
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(LONGEST_MS),
      ...(body && { body: new Uint8Array(body) }),
    })
    if (answer.ok) return answer
    const { code, isAbsent } = await whatItSays(answer)
    if (isAbsent && method !== 'PUT' && !url.startsWith(`${this.#base}/?`)) return answer
    throw new Error(`the store of files answered ${method} with ${answer.status}${code ? ` ${code}` : ''}`)
  }
}

/** A bucket that is not there is no file that is not there. HEAD tells only the number. */
async function whatItSays(answer: Response): Promise<{ code: string | undefined; isAbsent: boolean }> {
  const code = /<Code>(\w{1,60})<\/Code>/.exec((await answer.text()).slice(0, 2_000))?.[1]
  return { code, isAbsent: answer.status === 404 && (code === undefined || code === 'NoSuchKey') }
}

async function gathered(source: Source, most: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of source instanceof Uint8Array ? [source] : source) {
    size += part.byteLength
    if (size > most) throw new TooManyBytes(`more than ${most} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}
