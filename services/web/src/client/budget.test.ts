/** How much script travels before the first page can be used: what is built now, measured without a browser. */
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { buildPages } from '../../../../infra/dev/build.mjs'

/** Bytes, gzipped: what begins, all scripts of the first page, those that we wrote, and each page that is loaded on demand. */
const MOST = { beginning: 5_000, first: 210_000, ours: 60_000, onDemand: 60_000 }

type Chunk = {
  type: 'chunk'
  fileName: string
  name: string
  code: string
  isEntry: boolean
  imports: string[]
  modules: Record<string, { renderedLength: number }>
}
const chunks = new Map<string, Chunk>()

beforeAll(async () => {
  const built = (await buildPages({ write: false } as never)) as unknown as { output: (Chunk | { type: 'asset' })[] }
  for (const one of built.output) if (one.type === 'chunk') chunks.set(one.fileName, one)
})

/** The chunk with everything that it needs before it runs. */
function closure(from: Chunk, seen = new Set<Chunk>()): Set<Chunk> {
  if (seen.has(from)) return seen
  seen.add(from)
  for (const name of from.imports) if (chunks.has(name)) closure(chunks.get(name)!, seen)
  return seen
}
const bytesOf = (chunk: Chunk): number => gzipSync(chunk.code, { level: 9 }).length
const sum = (all: Iterable<Chunk>, of: (chunk: Chunk) => number): number => [...all].reduce((total, one) => total + of(one), 0)
/** Ours of a chunk: by the part of its text that comes from our files. */
const oursOf = (chunk: Chunk): number => {
  const lengths = Object.entries(chunk.modules).map(
    ([file, { renderedLength }]) => [!file.includes('node_modules'), renderedLength] as const,
  )
  const all = lengths.reduce((total, [, length]) => total + length, 0)
  const ours = lengths.reduce((total, [isOurs, length]) => total + (isOurs ? length : 0), 0)
  return all === 0 ? 0 : (bytesOf(chunk) * ours) / all
}
/** All that runs before the first page can be used: the beginning, and the pages that it loads. */
function first(): Set<Chunk> {
  const all = [...chunks.values()]
  const [entry, app] = [
    all.find(({ isEntry }) => isEntry),
    all.find(({ modules }) => Object.keys(modules).some((file) => file.endsWith('/client/app.tsx'))),
  ]
  if (!entry || !app) throw new Error('the first page has no beginning')
  return closure(app, closure(entry))
}

test('the first page is light, and what is ours of it', () => {
  const bytes = sum(first(), bytesOf)
  const ours = sum(first(), oursOf)
  console.log(`first page ${Math.round(bytes / 1_000)} kB, ours ${Math.round(ours / 1_000)} kB`)
  // React for development would be among it otherwise.
  expect([...chunks.values()].some(({ code }) => code.includes('jsxDEV'))).toBe(false)
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThanOrEqual(MOST.first)
  expect(ours).toBeLessThanOrEqual(MOST.ours)
})

test('what the first page shows is asked for before its scripts are there: what does so is small', () => {
  const entry = [...chunks.values()].find(({ isEntry }) => isEntry)!
  expect(sum(closure(entry), bytesOf)).toBeLessThanOrEqual(MOST.beginning)
  expect(entry.code).not.toContain('createRoot')
})

test('each other page brings little of its own', () => {
  const there = first()
  const heavy = [...chunks.values()]
    .map(
      (one) =>
        [
          one.name,
          sum(
            [...closure(one)].filter((part) => !there.has(part)),
            oursOf,
          ),
        ] as const,
    )
    .filter(([, bytes]) => bytes > MOST.onDemand)
  expect(heavy).toEqual([])
})
