import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findTemporal } from './temporal.mjs'
import { findTestServer } from './test-server.mjs'

const before = { ...process.env }
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tirek-cli-'))
})
afterEach(() => {
  process.env = { ...before }
  rmSync(folder, { recursive: true })
})

/** A program that says this when asked for its version. */
function programSaying(words: string): string {
  const path = join(folder, 'temporal')
  writeFileSync(path, `#!/bin/sh\necho '${words}'\n`)
  chmodSync(path, 0o755)
  return path
}

test('TEMPORAL_CLI goes before all else', async () => {
  process.env['TEMPORAL_CLI'] = programSaying('temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)')
  expect(await findTemporal()).toBe(process.env['TEMPORAL_CLI'])
})

test('a TEMPORAL_CLI that is something else is told, not passed over', async () => {
  process.env['TEMPORAL_CLI'] = programSaying('hello')
  await expect(findTemporal()).rejects.toThrow(/TEMPORAL_CLI names .* not a Temporal CLI/)
})

test('a program on the PATH is taken when its server is new enough; only the part about the server counts', async () => {
  delete process.env['TEMPORAL_CLI']
  programSaying('temporal version 0.0.0-DEV (Server 1.31.2, UI 2.50.1)')
  process.env['PATH'] = `${folder}:${before['PATH']}`
  expect(await findTemporal()).toBe('temporal')
})

test('a TEMPORAL_TEST_SERVER that is not there is told', async () => {
  process.env['TEMPORAL_TEST_SERVER'] = join(folder, 'none')
  await expect(findTestServer()).rejects.toThrow(/TEMPORAL_TEST_SERVER names .* does not exist/)
})
