import fc from 'fast-check'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { KeyRing, newKey, parseKeys, seal, unseal, unwrap, wrap } from './key-ring.ts'

const [a, b] = [newKey('a'), newKey('b')]

test('keys are read from a list or from lines; the first is the current one', () => {
  expect(parseKeys(`${a},${b}`).map(({ id }) => id)).toEqual(['a', 'b'])
  expect(parseKeys(`${b}\n${a}\n`).map(({ id }) => id)).toEqual(['b', 'a'])
  expect(new KeyRing({ ENCRYPTION_KEYS: `${b},${a}` }).current.id).toBe('b')
})

test.each([
  ['', 'there is no encryption key'],
  ['a b', 'is not 32 bytes'],
  ['a:b:c', 'is not "id:base64"'],
  [`A:${a.split(':')[1]}`, 'is not "id:base64"'],
  ['a:AAAA', 'the encryption key a is not 32 bytes'],
  [`${a}x`, 'the encryption key a is not 32 bytes'],
  [`a:${Buffer.alloc(31, 7).toString('base64')}`, 'the encryption key a is not 32 bytes'],
  [`a:${Buffer.alloc(33, 7).toString('base64')}`, 'the encryption key a is not 32 bytes'],
  [`a:${Buffer.alloc(32, 7).toString('base64')}`, 'the encryption key a is not random'],
  [`${a},${b},${newKey('a')}`, 'the encryption key a is named twice'],
])('the ring %j is refused: %s', (text, why) => {
  expect(() => parseKeys(text)).toThrow(why)
})

test('an error never shows a key', () => {
  const secret = newKey('a').split(':')[1]!
  for (const text of [`a:${secret}x`, `A:${secret}`, `a:${secret}:b`, `a:${secret},a:${secret}`])
    expect(() => parseKeys(text)).toThrow(expect.not.objectContaining({ message: expect.stringContaining(secret.slice(0, 20)) }))
})

test('production starts neither without keys nor with one of development', () => {
  expect(() => new KeyRing({})).toThrow(/settings are missing: ENCRYPTION_KEYS_FILE/)
  expect(() => new KeyRing({ ENCRYPTION_KEYS: a, ENCRYPTION_KEYS_FILE: 'x' })).toThrow(/not both/)
  const ofDevelopment = newKey('dev-2026-11-26')
  expect(new KeyRing({ NODE_ENV: 'development', ENCRYPTION_KEYS: ofDevelopment }).current.id).toBe('dev-2026-11-26')
  for (const ring of [ofDevelopment, `${a},${ofDevelopment}`])
    expect(() => new KeyRing({ NODE_ENV: 'production', ENCRYPTION_KEYS: ring })).toThrow(/dev-2026-11-26 is one of development/)
})

test('a key added to the file is found at once; a file half written changes nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tirek-ring-'))
  const file = join(folder, 'keys')
  writeFileSync(file, a)
  const ring = new KeyRing({ ENCRYPTION_KEYS_FILE: file })
  expect(ring.find('b')).toBeUndefined()
  writeFileSync(file, 'b:half')
  expect(ring.find('b')).toBeUndefined()
  expect(ring.current.id).toBe('a')
  writeFileSync(file, `${b}\n${a}\n`)
  expect(ring.find('b')?.id).toBe('b')
  expect(ring.current.id).toBe('b')
  rmSync(folder, { recursive: true })
})

test('what is sealed opens only whole, with its key, under its binding', () => {
  const [key, other] = parseKeys(`${a},${b}`).map((one) => one.key) as [Buffer, Buffer]
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), fc.string(), fc.nat(), fc.integer({ min: 1, max: 255 }), (plain, bound, at, flip) => {
      const sealed = seal(key, plain, bound)
      expect(new Uint8Array(unseal(key, sealed, bound))).toEqual(plain)
      expect(seal(key, plain, bound).equals(sealed)).toBe(false)
      const changed = Buffer.from(sealed)
      changed[at % changed.length]! ^= flip
      expect(() => unseal(key, changed, bound)).toThrow()
      expect(() => unseal(key, sealed.subarray(0, at % sealed.length), bound)).toThrow()
      expect(() => unseal(key, sealed, `${bound}.`)).toThrow()
      expect(() => unseal(other, sealed, bound)).toThrow()
    }),
  )
})

test('a wrapped data key moved to another row, owner or ring key does not open', () => {
  const [one, two] = parseKeys(`${a},${b}`)
  const dataKey = { id: 'id', owner: 'case/1', key: Buffer.alloc(32, 9) }
  const wrapped = wrap(one!, dataKey)
  expect(wrapped).toHaveLength(60)
  expect(unwrap(one!, { id: 'id', owner: 'case/1', wrapped })).toEqual(dataKey.key)
  for (const row of [
    { id: 'other', owner: 'case/1', wrapped },
    { id: 'id', owner: 'case/2', wrapped },
  ])
    expect(() => unwrap(one!, row)).toThrow()
  expect(() => unwrap(two!, { ...dataKey, wrapped })).toThrow()
  expect(() => unwrap({ id: 'b', key: one!.key }, { ...dataKey, wrapped })).toThrow()
})
