import { globSync, readFileSync } from 'node:fs'
import { CONSENT_TEXTS } from '@tirek/procedure/rights/consent'
import { expect, test } from 'vitest'
import { ROOT } from './place.mjs'

/** Words of a text that are spelt with ё; letters of Kazakh beside it: a list of letters, not a word. */
const spelt = (text: string): string[] =>
  [...text.normalize('NFC').matchAll(/\p{L}+/gu)].map(([word]) => word).filter((word) => /^(?=.*ё)[а-яё]{2,}$/i.test(word))

/** Released: another letter would be another text than the one that was signed. */
const AS_SIGNED: readonly string[] = CONSENT_TEXTS.filter(({ id }) => id === '2026-1').map(({ text }) => text.ru)

test('Russian is spelt as the official texts spell it: е where others put ё', () => {
  expect(spelt('Отчёт о ребенке')).toEqual(['Отчёт'])
  expect(spelt('әөүұқңғһіёй')).toEqual([])
  const files = globSync('{libs,services,workflows}/**/*.{ts,tsx}', {
    cwd: ROOT,
    exclude: (name) => /(^|\/)(node_modules|dist)(\/|$)/.test(String(name)),
  })
    // What people type in a test they spell as people do.
    .filter((file) => !/\.(test|fixture)\.tsx?$/.test(file))
  expect(files.length).toBeGreaterThan(300)
  const found = files.flatMap((file) => {
    const text = AS_SIGNED.reduce((rest, signed) => rest.replace(signed, ''), readFileSync(`${ROOT}/${file}`, 'utf8'))
    return spelt(text).map((word) => `${file}: ${word}`)
  })
  expect(found).toEqual([])
})
