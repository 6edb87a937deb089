/** Histories are kept long and read by administrators: they hold ids, codes and times, nothing of a person. */
import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { findings, readable } from './testing/personal.ts'

const HISTORIES = new URL('../test/histories/', import.meta.url)

test('no history holds anything personal', async () => {
  const names = (await readdir(HISTORIES)).filter((name) => name.endsWith('.json'))
  expect(names.length).toBeGreaterThan(10)
  for (const name of names) {
    const history = readable(await readFile(new URL(name, HISTORIES), 'utf8'))
    expect(history).toMatch(/"riskLevel"|"sequence"|"sendings"/)
    expect([name, ...findings(history)]).toEqual([name])
  }
})

test('the scan finds what it looks for, in clear and inside a payload', () => {
  const hidden = (text: string) =>
    readable(JSON.stringify({ payloads: [{ data: Buffer.from(JSON.stringify({ fact: text })).toString('base64') }] }))
  expect(findings(hidden('Әлия Серікқызы'))).toHaveLength(1)
  expect(findings(hidden('150312501234'))).toHaveLength(1)
  expect(findings(hidden('+77011234567'))).toHaveLength(1)
  expect(findings(hidden('aliya@example.kz'))).toHaveLength(1)
  expect(findings(readable('{"surname":"Aliya"}'))).toHaveLength(1)
  expect(findings(hidden('01a20de8-be76-7ec8-b52f-150312501234 1795499160000'))).toEqual([])
})
