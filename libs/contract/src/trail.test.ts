import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { whatText, whyText } from './trail.ts'

const CASES = join(import.meta.dirname, '../../../services/cases')

test('what has no words of its own stays itself, also when every object has a member of that name', () => {
  expect(whatText('read').en).toBe('the case was opened')
  for (const name of ['constructor', '__proto__', 'toString', 'nothing-of-ours']) {
    expect(whatText(name)).toEqual({ ru: name, kk: name, en: name })
    expect(whyText(name)).toEqual({ ru: name, kk: name, en: name })
  }
})

test('whatever the routes of the cases service write into the trail has words: no code stands on a page', () => {
  const routes = globSync('src/**/*.controller.ts', { cwd: CASES }).map((file) => readFileSync(join(CASES, file), 'utf8'))
  const names = routes.flatMap((text) => [...text.matchAll(/@Trailed\('([a-z-]+)'/g)].map(([, name]) => name!))
  expect(names.length).toBeGreaterThan(20)
  expect([...new Set(names)].filter((name) => name !== 'act' && whatText(name).ru === name)).toEqual([])
})
