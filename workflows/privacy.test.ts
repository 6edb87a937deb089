/** Histories are kept long and read by administrators: they hold ids, codes and times, nothing of a person. */
import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

const HISTORIES = new URL('../test/histories/', import.meta.url)

// oxfmt-ignore
const PERSONAL: Record<string, RegExp> = {
  'Cyrillic or Kazakh text, so a name or an address': /\p{Script=Cyrillic}/u,
  'an IIN':         /(?<![\w-])\d{12}(?![\w-])/,
  'a phone number': /(?<![\w-])(\+7|8)[ (-]?7\d{2}[ )-]?\d{3}[ -]?\d{2}[ -]?\d{2}(?![\w-])/,
  'a mail address': /[\w.+-]+@(?!\d)[\w-]+\.[a-z]{2,}/i,
  'a field for a name, phone, address or free text': /"(iin|surname|givenName|patronymic|phone|email|address|note|text|comment)"\s*:\s*"/i,
}

/** A history with its payloads in clear. */
const readable = (json: string): string =>
  JSON.stringify(JSON.parse(json), (key, value: unknown) =>
    key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : value,
  ).replaceAll('\\"', '"')

const findings = (history: string): string[] =>
  Object.entries(PERSONAL).flatMap(([what, pattern]) => (pattern.test(history) ? `${what}: ${pattern.exec(history)![0]}` : []))

test('no history holds anything personal', async () => {
  const names = (await readdir(HISTORIES)).filter((name) => name.endsWith('.json'))
  expect(names.length).toBeGreaterThan(10)
  for (const name of names) {
    const history = readable(await readFile(new URL(name, HISTORIES), 'utf8'))
    expect(history).toContain('"riskLevel"')
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
