import { whatText } from '@tirek/contract/trail'
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ROOT } from './place.mjs'

test('whatever a service records has words in three languages', () => {
  const names = new Set<string>()
  for (const file of globSync('services/*/src/**/*.ts', { cwd: ROOT })) {
    if (file.includes('.test.')) continue
    const code = readFileSync(`${ROOT}/${file}`, 'utf8')
    for (const [, name] of code.matchAll(/(?:@Trailed\(|\btrail\()'([a-z-]+)'/g)) names.add(name!)
  }
  expect(names.size).toBeGreaterThan(40)
  for (const name of names) {
    const text = whatText(name)
    for (const lang of ['ru', 'kk', 'en'] as const) expect(text[lang], `${name} ${lang}`).not.toBe(name)
  }
})
