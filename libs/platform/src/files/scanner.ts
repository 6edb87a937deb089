/** Asks ClamAV's `clamd` over TCP whether bytes hold something known to be harmful. */
import { connect } from 'node:net'

export type Verdict = { harmful: false } | { harmful: true; name: string }
export type Scanner = {
  /** Throws when there is no verdict: then the bytes are neither clean nor harmful. */
  scan(bytes: Buffer): Promise<Verdict>
  /** Throws when it does not answer. */
  ping(): Promise<void>
}

const PART = 65_536
const SCAN_MS = 30_000
const PING_MS = 1_200
const LONGEST_ANSWER = 4_096

/** The scanner that `CLAMAV_URL` (`tcp://host:3310`) names; undefined: none is given. Throws for an address that is none. */
export function scannerOf(url: string | undefined): Scanner | undefined {
  if (!url) return undefined
  const read = URL.parse(url)
  if (read?.protocol !== 'tcp:' || read.hostname === '' || read.pathname.length > 1 || read.username !== '')
    throw new Error('settings are wrong: CLAMAV_URL: give the address of clamd as tcp://host:3310')
  const at = { host: read.hostname.replace(/^\[|\]$/g, ''), port: Number(read.port || 3310) }
  return {
    async scan(bytes) {
      const answer = await talk(at, SCAN_MS, [Buffer.from('zINSTREAM\0'), ...framed(bytes)])
      const found = /^stream: (.+) FOUND$/.exec(answer)
      if (found) return { harmful: true, name: found[1]!.slice(0, 200) }
      if (answer !== 'stream: OK') throw new Error('clamd gives no verdict')
      return { harmful: false }
    },
    async ping() {
      if ((await talk(at, PING_MS, [Buffer.from('zPING\0')])) !== 'PONG') throw new Error('clamd does not answer')
    },
  }
}

/** Each part after its length, an empty one at the end. */
function* framed(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += PART) {
    const part = bytes.subarray(at, at + PART)
    yield lengthOf(part.length)
    yield part
  }
  yield lengthOf(0)
}
const lengthOf = (n: number) => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(n)
  return length
}

/** Sends all of it, and reads what comes back up to the zero byte or the end. */
function talk(at: { host: string; port: number }, longest: number, parts: Iterable<Buffer>): Promise<string> {
  return new Promise((answered, failed) => {
    const socket = connect(at)
    let answer = Buffer.alloc(0)
    const late = setTimeout(() => end(new Error('clamd does not answer in time')), longest)
    const end = (error?: Error) => {
      clearTimeout(late)
      socket.destroy()
      if (error) failed(error)
      else
        answered(
          answer
            .toString('utf8')
            .replace(/\0[\s\S]*$/, '')
            .trim(),
        )
    }
    socket.on('error', end)
    socket.on('data', (part: Buffer) => {
      answer = Buffer.concat([answer, part])
      if (answer.includes(0)) end()
      else if (answer.length > LONGEST_ANSWER) end(new Error('clamd answers too much'))
    })
    // It hangs up on what is too big for it, sometimes before all is sent.
    socket.on('close', () => (answer.length > 0 ? end() : end(new Error('clamd hung up'))))
    socket.on('connect', () => {
      const send = async () => {
        for (const part of parts)
          if (!socket.write(part)) await new Promise((drained) => socket.once('drain', drained).once('close', drained))
      }
      send().catch(end)
    })
  })
}
