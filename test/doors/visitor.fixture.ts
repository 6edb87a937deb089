/** A browser as far as doors see one: cookies by host, redirects one by one, and nothing tidied on the way. */
import { request, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'

export type Seen = { status: number; headers: IncomingHttpHeaders; text: string; body: any }
export type Sent = { body?: string; headers?: Record<string, string>; cookies?: boolean }

export class Visitor {
  readonly jar = new Map<string, Map<string, string>>()
  readonly #ports: ReadonlyMap<string, number>

  /** `ports`: where a host really is (`tirek.example` → 40123); others are taken from the address. */
  constructor(ports: ReadonlyMap<string, number> = new Map()) {
    this.#ports = ports
  }

  /** One request; a redirect is an answer like any other. */
  ask(method: string, url: string, { body, headers = {}, cookies = true }: Sent = {}): Promise<Seen> {
    const { host, port, pathname, search } = new URL(url)
    const jar = this.jar.get(host)
    const cookie = cookies && jar ? [...jar].map(([name, value]) => `${name}=${value}`).join('; ') : ''
    return new Promise((seen, failed) => {
      const asked = request(
        {
          method,
          host: '127.0.0.1',
          port: this.#ports.get(host) ?? port,
          path: pathname + search,
          headers: {
            host,
            ...(cookie && { cookie }),
            ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
            ...headers,
          },
          agent: false,
          timeout: 15_000,
        },
        async (answer) => {
          let text = ''
          for await (const part of answer) text += String(part)
          for (const line of answer.headers['set-cookie'] ?? []) this.#keep(host, line)
          const isJson =
            /json/.test(answer.headers['content-type'] ?? '') && text !== '' && answer.headers['content-encoding'] === undefined
          seen({ status: answer.statusCode!, headers: answer.headers, text, body: isJson ? JSON.parse(text) : undefined })
        },
      )
      asked.on('error', failed)
      asked.on('timeout', () => asked.destroy(new Error(`no answer: ${method} ${url}`)))
      asked.end(body)
    })
  }

  #keep(host: string, line: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const name = pair.slice(0, pair.indexOf('='))
    const value = pair.slice(pair.indexOf('=') + 1)
    const isGone = value === '' || attributes.some((one) => /^expires=thu, 01 jan 1970|^max-age=0$/i.test(one))
    const jar = this.jar.get(host) ?? new Map<string, string>()
    this.jar.set(host, jar)
    if (isGone) jar.delete(name)
    else jar.set(name, value)
  }

  /** The cookie of the pages' session. */
  session(webUrl: string): string | undefined {
    return [...(this.jar.get(new URL(webUrl).host) ?? [])].find(([name]) => /tirek-\d+$/.test(name))?.[1]
  }

  /** Goes from redirect to redirect; `meet` answers a page in between by a form to send. */
  async follow(url: string, meet: (page: Seen, at: string) => string | undefined = () => undefined): Promise<{ seen: Seen; at: string }> {
    let at = url
    let seen = await this.ask('GET', at)
    for (let hops = 0; hops < 12; hops++) {
      if (seen.headers.location) {
        at = new URL(seen.headers.location, at).href
        seen = await this.ask('GET', at)
        continue
      }
      const form = meet(seen, at)
      if (form === undefined) return { seen, at }
      seen = await this.ask('POST', at, { body: form, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    }
    throw new Error(`too many redirects, last ${at}`)
  }

  /** Signs in at the issuer's page by a login; returns where the browser ended. */
  async signIn(webUrl: string, login: string, to = '/'): Promise<string> {
    const { at } = await this.follow(`${webUrl}/auth/sign-in?to=${encodeURIComponent(to)}`, (_, where) =>
      new URL(where).pathname.startsWith('/interaction/') ? `login=${encodeURIComponent(login)}` : undefined,
    )
    return at
  }
}

/** The status of a request whose path is sent as it is written. */
export function rawStatus(port: number, method: string, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((status, failed) => {
    const lines = Object.entries({ host: 'a', connection: 'close', 'content-length': '0', ...headers }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    )
    const socket = connect(port, '127.0.0.1', () => socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`))
    let answer = ''
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no answer: ${method} ${path}`)))
    socket.on('data', (part) => (answer += part.toString('latin1')))
    socket.on('close', () => status(Number(answer.slice(9, 12))))
    socket.on('error', (error: NodeJS.ErrnoException) => error.code !== 'ECONNRESET' && failed(error))
  })
}
