import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { settingsOf } from '../dev/migrate.ts'
import { TEMPORAL_ROLE } from '../dev/temporal-databases.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const compose = parse(read('../../docker-compose.yml'), { merge: true }) as {
  services: Record<
    string,
    {
      image: string
      command?: string[]
      volumes?: string[]
      environment?: Record<string, string>
      depends_on?: Record<string, { condition: string }>
    }
  >
}

test('docker-compose.yml is valid by the schema of the Compose Specification', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  const validate = ajv.compile(JSON.parse(read('./compose-spec.json')) as object)
  const { ...document } = compose as Record<string, unknown>
  validate(document)
  expect(validate.errors).toBeNull()
})

test('it takes no auto-setup image, and the Temporal server and its tools have one version', () => {
  const images = Object.values(compose.services).map(({ image }) => image)
  expect(images.filter((image) => image.includes('auto-setup'))).toEqual([])
  const goModule = read('../temporal/tools/go.mod')
  const version = /go\.temporal\.io\/server v([\d.]+)/.exec(goModule)?.[1]
  expect(compose.services['temporal']?.image).toBe(`temporalio/server:${version}`)
  expect(compose.services['temporal-schema']?.image).toBe(`temporalio/admin-tools:${version}`)
})

test('the files it mounts lie in the repository', () => {
  const mounted = Object.values(compose.services)
    .flatMap(({ volumes }) => volumes ?? [])
    .filter((volume) => volume.startsWith('./'))
  expect(mounted.length).toBeGreaterThan(0)
  for (const volume of mounted) expect(read(`../../${volume.split(':')[0]}`).length).toBeGreaterThan(0)
})

test('the way to the keys is told to those who speak with Temporal, and to nobody else', () => {
  const told = (name: string) =>
    Object.keys(compose.services[name]?.environment ?? {}).some((one) => /^(KEYS_DATABASE_URL|ENCRYPTION_)/.test(one))
  const reads = (name: string) => (compose.services[name]?.volumes ?? []).some((volume) => volume.includes(':/run/keys'))
  const names = Object.keys(compose.services)
  expect(names.filter(told).toSorted()).toEqual(['cases', 'cases-steps', 'meetings', 'referrals', 'relay', 'urgent', 'worker'])
  expect(names.filter(reads)).toEqual(names.filter(told))
})

test('the superuser’s password is told to the database itself and to the job alone, which all others wait for', () => {
  const told = Object.entries(compose.services).filter(([, { environment }]) =>
    JSON.stringify(environment ?? {}).includes('POSTGRES_PASSWORD'),
  )
  expect(told.map(([name]) => name)).toEqual(['postgres', 'migrate'])
  for (const name of ['temporal-schema', 'temporal']) {
    const { environment = {}, depends_on: waitsFor = {} } = compose.services[name]!
    expect(environment, name).toMatchObject({ POSTGRES_USER: TEMPORAL_ROLE, POSTGRES_PWD: expect.stringContaining('TEMPORAL_DB_PASSWORD') })
    expect(Object.values(waitsFor), name).toEqual([{ condition: 'service_completed_successfully' }])
  }
  const ours = Object.entries(compose.services).filter(
    ([name, { image }]) => image.startsWith('tirek:') && !['migrate', 'temporal-namespace'].includes(name),
  )
  expect(ours.length).toBeGreaterThan(7)
  for (const [name, { environment, depends_on: waitsFor = {} }] of ours) {
    expect(Object.keys(environment ?? {}), name).not.toContain('DATABASE_ADMIN_URL')
    // The pages hold no data: they wait for the services that do.
    if (name !== 'web') expect(waitsFor['migrate'], name).toEqual({ condition: 'service_completed_successfully' })
  }
})

test('the job is told what it asks for, and the settings of the compose file are those that `npm run keys` prints', () => {
  const { environment } = compose.services['migrate']!
  expect(() => settingsOf({ ...environment, NODE_ENV: 'test', DATABASE_ADMIN_URL: 'postgres://postgres:x@postgres/tirek' })).not.toThrow()
  const printed = execFileSync(process.execPath, [fileURLToPath(new URL('../dev/keys.mjs', import.meta.url))], { encoding: 'utf8' })
  for (const [, name] of JSON.stringify(compose).matchAll(/\$\{(\w+_(?:DB_PASSWORD|SERVICE_KEY)|POSTGRES_PASSWORD)/g))
    expect(printed).toContain(`${name}=`)
})

test('the pages of the Temporal UI have payloads decoded by the web application', () => {
  expect(compose.services['temporal-ui']?.environment).toMatchObject({
    TEMPORAL_CODEC_ENDPOINT: expect.stringMatching(/\/codec$/),
    TEMPORAL_CODEC_INCLUDE_CREDENTIALS: 'true',
  })
  expect(compose.services['web']?.environment).toHaveProperty('TEMPORAL_UI_URL')
})
