import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ROOT } from './place.mjs'

test('every promise of SECURITY.md names a test that is there', () => {
  const rows = readFileSync(`${ROOT}/SECURITY.md`, 'utf8')
    .split('## Promises')[1]!
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => /^\| [A-Z]/.test(line))
  expect(rows.length).toBeGreaterThan(15)
  for (const row of rows.slice(1)) {
    const shown = row.split('|').at(-2)!
    const paths = [...shown.matchAll(/`([\w./*-]+)`/g)].map(([, path]) => path!)
    expect(paths.length, row).toBeGreaterThan(0)
    for (const path of paths) {
      // `x.test.ts` alone stands beside a path given elsewhere on the page.
      const found = globSync(path.includes('/') ? path : `{libs,services,test,infra}/**/${path}`, {
        cwd: ROOT,
        exclude: (name) => String(name).includes('node_modules'),
      })
      expect(found, path).not.toEqual([])
    }
  }
})
