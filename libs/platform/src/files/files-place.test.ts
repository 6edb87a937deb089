import { expect, test } from 'vitest'
import { FolderStore } from './file-store.ts'
import { filesPlace } from './files-place.ts'
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
