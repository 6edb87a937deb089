import { expect, test } from 'vitest'
import { Drafts, type Keys, type Shelf } from './draft.ts'

function shelf(): Shelf & { all: Map<string, string> } {
  const all = new Map<string, string>()
  return {
    all,
    get length() {
      return all.size
    },
    key: (i) => [...all.keys()][i] ?? null,
    getItem: (name) => all.get(name) ?? null,
    setItem: (name, text) => void all.set(name, text),
    removeItem: (name) => void all.delete(name),
  }
}
/** A browser's keys: one until it is forgotten. */
function key(): Keys {
  let known: Promise<CryptoKey> | undefined
  return {
    key: () => (known ??= crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])),
    forget: async () => void (known = undefined),
  }
}

test('a draft comes back to the person who typed it, and to nobody else', async () => {
  const drafts = new Drafts(shelf(), key())
  expect(await drafts.keep('p1', 'help-request', { child: { name: 'Әлия' } })).toBe(true)
  expect(await drafts.find('p1', 'help-request')).toEqual({ child: { name: 'Әлия' } })
  expect(await drafts.find('p2', 'help-request')).toBeUndefined()
})

test('what lies on the device cannot be read', async () => {
  const place = shelf()
  await new Drafts(place, key()).keep('p1', 'help-request', { name: 'Серик Ахметов' })
  expect([...place.all.values()].join()).not.toMatch(/Серик|Ахметов|name/)
  // Another browser profile has another key: nothing is shown and the rest is thrown away.
  expect(await new Drafts(place, key()).find('p1', 'help-request')).toBeUndefined()
  expect(place.all.size).toBe(0)
})

test('a draft ends after 72 hours and at sign-out', async () => {
  const place = shelf()
  let now = 0
  const drafts = new Drafts(place, key(), () => now)
  await drafts.keep('p1', 'a', 1)
  await drafts.keep('p1', 'b', 2)
  place.setItem('tirek-lang', 'kk')
  now = 72 * 3_600_000
  expect(await drafts.find('p1', 'a')).toBe(1)
  now += 1
  expect(await drafts.find('p1', 'a')).toBeUndefined()
  await drafts.dropAll()
  expect([...place.all.keys()]).toEqual(['tirek-lang'])
})

test('what was being sealed when it was sent, or when the person signed out, stays away', async () => {
  const place = shelf()
  const drafts = new Drafts(place, key())
  const slow = drafts.keep('p1', 'a', 'sent meanwhile')
  drafts.drop('p1', 'a')
  expect(await slow).toBe(false)
  // Begun anew after it.
  expect(await drafts.keep('p1', 'a', 'another')).toBe(true)
  const last = drafts.keep('p1', 'b', 'typed last')
  await drafts.dropAll()
  expect(await last).toBe(false)
  expect(await drafts.keep('p1', 'b', 'kept by a page that is going')).toBe(false)
  expect(place.all.size).toBe(0)
})

test('what cannot be read takes nothing away that is typed meanwhile', async () => {
  const place = shelf()
  await new Drafts(place, key()).keep('p1', 'a', 'under a key that is gone')
  const drafts = new Drafts(place, key())
  expect(await Promise.all([drafts.find('p1', 'a'), drafts.keep('p1', 'a', 'typed at once')])).toEqual([undefined, true])
  expect(await drafts.find('p1', 'a')).toBe('typed at once')
})

test('a draft moved to another person or form does not open; at sign-out the key goes too, so that a copy stays shut', async () => {
  const place = shelf()
  const keys = key()
  const drafts = new Drafts(place, keys)
  await drafts.keep('p1', 'a', 'тайна')
  const copy = place.getItem('tirek-draft:p1:a')!
  place.setItem('tirek-draft:p2:a', copy)
  expect(await drafts.find('p2', 'a')).toBeUndefined()
  expect(await drafts.find('p1', 'a')).toBe('тайна')
  await drafts.dropAll()
  place.setItem('tirek-draft:p1:a', copy)
  expect(await new Drafts(place, keys).find('p1', 'a')).toBeUndefined()
})

test('what nobody came back for goes when anybody opens the pages', async () => {
  const place = shelf()
  let now = 0
  const drafts = new Drafts(place, key(), () => now)
  await drafts.keep('p1', 'a', 1)
  now = 72 * 3_600_000
  drafts.dropOld()
  expect(drafts.names('p1', '')).toEqual(['a'])
  now += 1
  drafts.dropOld()
  expect(drafts.names('p1', '')).toEqual([])
})
