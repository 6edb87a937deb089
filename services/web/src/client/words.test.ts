import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { plural } from '@tirek/contract/plural'
import { LABELS } from '@tirek/procedure/child-protection/labels'
import { expect, test } from 'vitest'
import { ACT_WORDS } from './words-of/acts.ts'
import { ADMIN } from './words-of/admin.ts'
import { AGENCIES } from './words-of/agencies.ts'
import { COMES_FIRST, PLACES, WHY } from './words-of/comes-first.ts'
import { FIGURES } from './words-of/figures.ts'
import { FORMS } from './words-of/forms.ts'
import { FROM_PAPER, PAPER_TITLES } from './words-of/from-paper.ts'
import { FAMILY } from './words-of/family.ts'
import { MANAGE } from './words-of/manage.ts'
import { PUSH } from './words-of/push.ts'
import { PAPERS } from './words-of/papers.ts'
import { REFERRALS } from './words-of/referrals.ts'
import { SHEETS } from './words-of/sheets.ts'
import { REVIEWS } from './words-of/reviews.ts'
import { WORK } from './words-of/work.ts'
import { DAYS, STAGES, TOLD, WARNINGS, WORDS, wordsOf, type Said } from './words.ts'

/** Each table, and by which name pages say its words. */
const TABLES: readonly [name: string, table: Readonly<Record<string, Said>>][] = [
  ['words', WORDS],
  ['say', MANAGE],
  ['adm', ADMIN],
  ['agn', AGENCIES],
  ['ref', REFERRALS],
  ['rev', REVIEWS],
  ['tell', WORK],
  ['push', PUSH],
  ['pap', PAPERS],
  ['fig', FIGURES],
  ['fam', FAMILY],
  ['sht', SHEETS],
  ['frm', FORMS],
  ['choose', ACT_WORDS],
  ['bar', COMES_FIRST],
  ['why', WHY],
  ['place', PLACES],
  ['old', FROM_PAPER],
  ['titles', PAPER_TITLES],
]

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/words|\.test\./.test(file))
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .join('\n')

test.each(TABLES)('no word is kept that no page says (%s)', (name, table) => {
  const unused = Object.keys(table).filter((key) => !new RegExp(`${name}\\??\\.${key}\\b|'${key}'`).test(sources))
  expect(unused).toEqual([])
})

test.each(TABLES)('each language says it in its own letters (%s)', (_, table) => {
  for (const [key, [ru, kk, en]] of Object.entries(table)) {
    expect.soft(ru.trim() && kk.trim() && en.trim(), key).toBeTruthy()
    expect.soft(/[А-Яа-я]/.test(en), `${key}: ${en}`).toBe(false)
    // Letters that only Kazakh has must not slip into Russian.
    expect.soft(/[ӘәҒғҚқҢңӨөҰұҮүҺһ]/.test(ru), `${key}: ${ru}`).toBe(false)
  }
})

test('counts are worded by each language', () => {
  expect([1, 2, 5, 11, 21, 22].map((n) => plural('ru', n, DAYS))).toEqual(['1 день', '2 дня', '5 дней', '11 дней', '21 день', '22 дня'])
  expect(plural('kk', 5, DAYS)).toBe('5 күн')
  expect([1, 2].map((n) => plural('en', n, DAYS))).toEqual(['1 day', '2 days'])
})

test('stages, roles told and warnings have words in all languages', () => {
  for (const table of [STAGES, TOLD, WARNINGS])
    for (const text of Object.values(table)) expect(Object.values(text).every((one) => one.length > 0)).toBe(true)
  expect(Object.keys(LABELS).length).toBeGreaterThan(20)
  expect(wordsOf('kk').today).toBe('Бүгін')
})
