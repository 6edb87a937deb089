import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { Ledger, toldKey } from './ledger.ts'

const folders: string[] = []
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'tirek-ledger-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const AT = Date.parse('2026-11-24T14:45:00+05:00')
const letter = (n: number, ...steps: string[]) => ({
  messageId: `<${n}@example.org>`,
  told: steps.map((step) => toldKey('case', step, 'Айгүл')),
})

test('what was noted is known at once and after a new start, with its time', async () => {
  const folder = newFolder()
  const ledger = Ledger.open(folder, AT)
  expect(ledger.sentAt(letter(1, 'a'))).toBeUndefined()
  await Promise.all([ledger.note(letter(1, 'a'), AT), ledger.note(letter(2, 'b'), AT + 1)])
  expect(ledger.sentAt(letter(1))).toBe(AT)
  await ledger.close()
  const again = Ledger.open(folder, AT + 5)
  expect(again.sentAt(letter(2, 'never'))).toBe(AT + 1)
  // Cut another way: each step was told, by whichever letter.
  expect(again.sentAt(letter(9, 'a', 'b'))).toBe(AT + 1)
  expect(again.sentAt(letter(9, 'a', 'c'))).toBeUndefined()
  expect(again.sentAt(letter(9))).toBeUndefined()
  await again.close()
})

test('nothing of it can be read: hashes and times only', async () => {
  const folder = newFolder()
  const ledger = Ledger.open(folder, AT)
  await ledger.note(letter(1, 'CP-10/0/nudge'), AT)
  await ledger.close()
  expect(readdirSync(folder)).toEqual(['letters-2026-11.log'])
  expect(readFileSync(join(folder, 'letters-2026-11.log'), 'utf8')).toMatch(/^\n\d+ [0-9a-f]{32} [0-9a-f]{32}\n$/)
})

test('a line that a crash tore is passed over, those before and after it count', async () => {
  const folder = newFolder()
  const ledger = Ledger.open(folder, AT)
  await ledger.note(letter(1, 'a'), AT)
  await ledger.close()
  appendFileSync(join(folder, 'letters-2026-11.log'), `${AT} 0123456789abcdef`)
  const again = Ledger.open(folder, AT)
  await again.note(letter(2, 'b'), AT + 2)
  await again.close()
  const last = Ledger.open(folder, AT)
  expect([last.sentAt(letter(1)), last.sentAt(letter(2))]).toEqual([AT, AT + 2])
  await last.close()
})

test('a new month has a file of its own; after half a year a file is read no more', async () => {
  const folder = newFolder()
  const ledger = Ledger.open(folder, AT)
  await ledger.note(letter(1), AT)
  await ledger.note(letter(2), Date.parse('2026-12-01T00:00:00Z'))
  await ledger.close()
  expect(readdirSync(folder).sort()).toEqual(['letters-2026-11.log', 'letters-2026-12.log'])
  const known = (at: string) => [letter(1), letter(2)].map((one) => Ledger.open(folder, Date.parse(at)).sentAt(one) !== undefined)
  expect(known('2027-04-30T23:59:59Z')).toEqual([true, true])
  expect(known('2027-05-01T00:00:00Z')).toEqual([false, true])
})

test('a disk that takes nothing is told, and healed when it takes again', async () => {
  const folder = newFolder()
  const ledger = Ledger.open(folder, AT)
  rmSync(folder, { recursive: true })
  await expect(ledger.note(letter(1), AT)).rejects.toThrow(/ENOENT/)
  expect(() => ledger.check()).toThrow(/ENOENT/)
  // Still known to this process: it was sent.
  expect(ledger.sentAt(letter(1))).toBe(AT)
})
