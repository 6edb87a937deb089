import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, expect, test } from 'vitest'
import { healthOf, isWell } from '../health-server.ts'
import { PDF, realDocx } from './archives.fixture.ts'
import { scannerOf } from './scanner.ts'
import { filesPlace } from './files-place.ts'
import { downloadHeaders, Uploads } from './uploads.ts'

const placeOf = (folder: string) => filesPlace({ FILES_URL: pathToFileURL(folder).href, TIREK_HOME: folder } as never)

const home = mkdtempSync(join(tmpdir(), 'tirek-uploads-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))
const servers: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

/** Speaks clamd's protocol on a real socket: reads the lengths and parts, and finds the test string that all scanners know. */
const EICAR = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'
type Mood = 'well' | 'silent' | 'hangs-up' | 'error'
async function startClamd(port = 0) {
  const seen: number[] = []
  const state = { mood: 'well' as Mood }
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    let bytes = Buffer.alloc(0)
    socket.on('data', (part: Buffer) => {
      bytes = Buffer.concat([bytes, part])
      if (state.mood === 'hangs-up') return void socket.destroy()
      if (state.mood === 'silent') return
      if (bytes.toString('latin1') === 'zPING\0') return void socket.end('PONG\0')
      const body = streamed(bytes)
      if (!body) return
      seen.push(body.length)
      const answer =
        state.mood === 'error'
          ? 'INSTREAM size limit exceeded. ERROR'
          : body.includes(EICAR)
            ? 'stream: Eicar-Test-Signature FOUND'
            : 'stream: OK'
      socket.end(`${answer}\0`)
    })
  })
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  servers.push({
    close: () =>
      new Promise((closed) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => closed())
      }),
  })
  return { url: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, state }
}
/** The parts joined, once the empty one has come. */
function streamed(bytes: Buffer): Buffer | undefined {
  const command = 'zINSTREAM\0'
  if (!bytes.toString('latin1').startsWith(command)) return undefined
  const parts: Buffer[] = []
  for (let at = command.length; at + 4 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    if (length === 0) return Buffer.concat(parts)
    if (at + 4 + length > bytes.length) return undefined
    parts.push(bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}

const newFolder = () => join(home, randomUUID())
const filesIn = (folder: string) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
const withText = (text: string) => Buffer.concat([PDF.subarray(0, 9), Buffer.from(`% ${text}\n`), PDF.subarray(9)])

test('a clean file goes through the scanner whole and can be had; a harmful one is refused and nothing of it stays', async () => {
  const clamd = await startClamd()
  const folder = newFolder()
  const uploads = new Uploads(placeOf(folder), scannerOf(clamd.url))
  const large = Buffer.concat([PDF.subarray(0, 9), Buffer.alloc(1_000_000, 0x20), PDF.subarray(9)])
  const taken = await uploads.take(large, { name: 'скан.pdf' })
  expect(taken).toMatchObject({ state: 'clean', name: 'скан.pdf', size: large.length })
  expect(clamd.seen).toEqual([large.length])
  expect(await uploads.get(taken.id)).toEqual(large)
  await expect(uploads.take(withText(EICAR), { name: 'x.pdf' })).rejects.toMatchObject({ code: 'file-harmful' })
  expect(filesIn(folder)).toHaveLength(1)
  await uploads.remove(taken.id)
  await expect(uploads.get(taken.id)).rejects.toMatchObject({ code: 'not-found' })
  await expect(uploads.get('../x')).rejects.toMatchObject({ code: 'not-found' })
})

test.each<Mood>(['silent', 'hangs-up', 'error'])(
  'while the scanner is %s the file waits, nobody is given it, and nothing is lost',
  async (mood) => {
    const clamd = await startClamd()
    const real = scannerOf(clamd.url)!
    // Half a minute of silence is too long for a test: the line is cut as the time limit would.
    const uploads = new Uploads(placeOf(newFolder()), mood === 'silent' ? { ...real, scan: () => Promise.reject(new Error('late')) } : real)
    clamd.state.mood = mood
    const key = randomUUID()
    const taken = await uploads.take(PDF, { name: 'a.pdf', key })
    expect(taken.state).toBe('waiting')
    await expect(uploads.get(taken.id)).rejects.toMatchObject({ code: 'file-waits' })
    expect(await uploads.settle(taken.id, taken.type)).toBe('waiting')
  },
)

test('when the scanner is back what waited is settled, once, by whoever asks', async () => {
  const clamd = await startClamd()
  const folder = newFolder()
  const uploads = new Uploads(placeOf(folder), scannerOf(clamd.url))
  clamd.state.mood = 'hangs-up'
  const good = await uploads.take(PDF, { name: 'a.pdf' })
  const bad = await uploads.take(withText(EICAR), { name: 'b.pdf' })
  clamd.state.mood = 'well'
  // As after a kill between the copy and the removal: both may be done again.
  expect(await Promise.all([uploads.settle(good.id, good.type), uploads.settle(good.id, good.type)])).toEqual(['clean', 'clean'])
  expect(await uploads.settle(good.id, good.type)).toBe('clean')
  expect(await uploads.get(good.id)).toEqual(PDF)
  expect(await uploads.settle(bad.id, bad.type)).toBe('harmful')
  expect(await uploads.settle(bad.id, bad.type)).toBe('gone')
  await expect(uploads.get(bad.id)).rejects.toMatchObject({ code: 'not-found' })
  expect(filesIn(folder)).toHaveLength(1)
})

test('without a scanner files are given out unscanned, and health says that it is absent; one that is away is not well', async () => {
  const none = new Uploads(placeOf(newFolder()), scannerOf(undefined))
  expect((await none.take(await realDocx(), { name: 'a.docx' })).state).toBe('unscanned')
  const states = await healthOf({ scanner: () => none.scannerPart() })
  expect(states).toEqual({ scanner: 'absent' })
  expect(isWell(states)).toBe(true)
  const clamd = await startClamd()
  const scanned = new Uploads(placeOf(newFolder()), scannerOf(clamd.url))
  expect(await healthOf({ scanner: () => scanned.scannerPart() })).toEqual({ scanner: 'ok' })
  clamd.state.mood = 'hangs-up'
  const away = await healthOf({ scanner: () => scanned.scannerPart() })
  expect(away).toEqual({ scanner: 'away' })
  expect(isWell(away)).toBe(false)
})

test('an address that is none of clamd is refused by its name', () => {
  for (const url of ['clamd', 'http://x:1', 'tcp://', 'tcp://a:b@c:1', 'tcp://h:1/path'])
    expect(() => scannerOf(url), url).toThrow('CLAMAV_URL')
})

test('a download is a file with our name, and no page', () => {
  expect(downloadHeaders({ name: 'Заключение-5.pdf', type: 'application/pdf' })).toEqual({
    'content-type': 'application/pdf',
    'content-disposition': expect.stringMatching(/^attachment; filename=.*filename\*=UTF-8''%D0%97/),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'no-store',
  })
  expect(downloadHeaders({ name: 'a".pdf\r\nx: y', type: 'image/png' })['content-disposition']).toMatch(
    /^attachment; filename="?[\w-]+\.png"?$/,
  )
})
