import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FolderStore } from './file-store.ts'
import { filesPlace, filesWithin } from './files-place.ts'
import { S3Store } from './s3-store.ts'

const place = (FILES_URL: string | undefined, more = {}) => filesPlace({ FILES_URL, TIREK_HOME: '/srv/tirek', ...more } as never)
const KEYS = { AWS_REGION: 'kz-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' }

test('where files lie: a folder of one’s own, a bucket, else the folder of the copy', () => {
  expect(place(undefined).store()).toBeInstanceOf(FolderStore)
  expect(place('file:///var/lib/tirek/files').store('quarantine')).toBeInstanceOf(FolderStore)
  expect(place('s3://tirek-files/clinic-1', KEYS).store()).toBeInstanceOf(S3Store)
})

test.each([
  'files',
  'http://x/y',
  'file://host/share',
  'file:///a?b',
  'ftp://x',
  's3://UPPER/x',
  's3://b',
  's3://bucket/a/../b%20c',
  's3://u@bucket',
  's3://bucket:9/x',
])('%s is refused, and what is possible is named', (url) => {
  expect(() => place(url, KEYS)).toThrow(/FILES_URL: give a folder as file:\/\/.*, or a bucket as s3:\/\//)
})

test('a bucket without its keys names those that are missing', () => {
  expect(() => place('s3://bucket', { AWS_REGION: 'kz-1' })).toThrow(/: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY must be set/)
})

test('what one service clears at its start is no other’s', async () => {
  const home = mkdtempSync(join(tmpdir(), 'tirek-place-'))
  const all = filesPlace({ FILES_URL: undefined, TIREK_HOME: home } as never)
  const own = filesWithin(all, 'referrals')
  const half = join(home, 'files', 'referrals', '.incoming')
  mkdirSync(half, { recursive: true })
  await all.store().clearAside()
  expect(existsSync(half)).toBe(true)
  await own.store().clearAside()
  expect(existsSync(half)).toBe(false)
  rmSync(home, { recursive: true })
})
