/** Where the files of a service lie: what `FILES_URL` names. */
import { isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../config.ts'
import { FolderStore, type FileStore } from './file-store.ts'
import { S3Store } from './s3-store.ts'

export type FilesPlace = { store(part?: string): FileStore }
export type FilesSettings = Pick<
  Config,
  'FILES_URL' | 'TIREK_HOME' | 'AWS_ENDPOINT_URL_S3' | 'AWS_REGION' | 'AWS_ACCESS_KEY_ID' | 'AWS_SECRET_ACCESS_KEY'
>

/** A folder of this machine: `files` in TIREK_HOME, or `file:///folder`; or `s3://bucket/folder`. Throws, naming what is wrong. */
export function filesPlace(settings: FilesSettings): FilesPlace {
  const { FILES_URL, TIREK_HOME } = settings
  if (!FILES_URL) return inFolder(resolve(TIREK_HOME, 'files'))
  const url = URL.parse(FILES_URL)
  if (url?.search || url?.hash) throw wrong()
  if (url?.protocol === 's3:') return inBucket(url, settings)
  if (url?.protocol !== 'file:' || url.host !== '' || !isAbsolute(fileURLToPath(url))) throw wrong()
  return inFolder(fileURLToPath(url))
}

const wrong = () =>
  new Error('settings are wrong: FILES_URL: give a folder as file:///var/lib/tirek/files, or a bucket as s3://bucket/folder')

const inFolder = (folder: string): FilesPlace => ({ store: (part = '') => new FolderStore(join(folder, part)) })

/** Names of buckets, and folders in them, that need no escaping anywhere. */
const BUCKET = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/
const FOLDER = /^[\w-]+$/

function inBucket(url: URL, settings: FilesSettings): FilesPlace {
  const missing = (['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const).filter((name) => !settings[name])
  if (missing.length > 0) throw new Error(`settings are wrong: FILES_URL names a bucket: ${missing.join(', ')} must be set`)
  const folders = url.pathname.split('/').filter(Boolean)
  if (!BUCKET.test(url.host) || url.username || url.port || !folders.every((one) => FOLDER.test(one))) throw wrong()
  return {
    store: (part) =>
      new S3Store({
        bucket: url.host,
        folder: [...folders, ...(part ? [part] : [])].map((one) => `${one}/`).join(''),
        region: settings.AWS_REGION!,
        keyId: settings.AWS_ACCESS_KEY_ID!,
        secret: settings.AWS_SECRET_ACCESS_KEY!,
        ...(settings.AWS_ENDPOINT_URL_S3 && { endpoint: settings.AWS_ENDPOINT_URL_S3 }),
      }),
  }
}

/** The same place, a folder within it for one service: what another clears at its start is not its own. */
export const filesWithin = (place: FilesPlace, folder: string): FilesPlace => ({
  store: (part) => place.store(part ? `${folder}-${part}` : folder),
})
