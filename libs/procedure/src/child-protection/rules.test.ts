import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { hashOf } from '../hash.ts'
import { ACT_KINDS } from './acts.ts'
import { codesOf, CRITERIA, proposeRisk, type Criterion } from './criteria.ts'
import { EDITIONS } from './editions.ts'
import { LABELS } from './labels.ts'
import type { TermRule } from './row-steps.ts'
import { RULE_ROWS } from './rows.ts'
import { isRuleId, ruleOf, RULES } from './rules.ts'
import { SETTINGS } from './settings.ts'

const ids = readFileSync(new URL('../../rule-ids.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')
const NEWEST = EDITIONS.at(-1)!.rules
const spoken = (text: { ru: string; kk: string; en: string }) => {
  for (const words of [text.ru, text.kk, text.en]) expect(words.trim().length).toBeGreaterThan(2)
}

describe('the rule table', () => {
  test('every id of the list has a row, every row an id of the list', () => {
    expect(ids).toHaveLength(96)
    expect(Object.keys(RULES).sort()).toEqual([...ids].sort())
  })
  test.each(Object.entries(RULES))('%s has a source and short words in three languages', (_id, { source, text }) => {
    expect(source.length).toBeGreaterThan(1)
    spoken(text)
    for (const words of Object.values(text)) expect(words.length).toBeLessThan(140)
  })
  test('ids are compared whole', () => {
    expect(ruleOf('CP-10')).not.toBe(ruleOf('CP-101'))
    expect(isRuleId('CP-1')).toBe(false)
    expect(() => ruleOf('CP-1')).toThrow(RangeError)
  })
  test('every deadline, contact, criterion and setting row names a rule that exists and a source', () => {
    const terms = Object.values(NEWEST.terms) as TermRule[]
    const named = [
      RULE_ROWS.hour,
      ...terms,
      ...Object.values(RULE_ROWS.contacts).flat(),
      ...RULE_ROWS.asParents,
      RULE_ROWS.contactSteps,
      RULE_ROWS.monitoring,
      ...(Object.values(CRITERIA) as Criterion[]),
      ...Object.values(SETTINGS).filter((setting) => setting.unit !== 'cases'),
    ]
    for (const { rule, source } of named) {
      expect(isRuleId(rule), rule).toBe(true)
      expect(source.length, rule).toBeGreaterThan(1)
    }
    for (const row of terms) for (const { rule } of Object.values(row.variants ?? {})) if (rule) expect(isRuleId(rule), rule).toBe(true)
  })
  test('every deadline row says in three languages what is awaited, why, and the act that ends it', () => {
    const rows = [...Object.keys(NEWEST.terms), 'urgent-measures', 'contact-home', 'contact-phone', 'contact-hospital']
    expect(Object.keys(LABELS).sort()).toEqual(rows.sort())
    for (const { what, why, verb, act } of Object.values(LABELS)) {
      for (const text of [what, why, verb]) spoken(text)
      expect(ACT_KINDS).toContain(act)
    }
  })
  test('steps of a row have their own ids: keys never meet', () => {
    for (const row of Object.values(NEWEST.terms) as TermRule[]) {
      const named = [...row.steps.map((step) => step.id), ...(row.again ? [row.again.id] : [])]
      expect(new Set(named).size).toBe(named.length)
    }
  })
  test('a setting’s default stands in its row', () => {
    expect(SETTINGS['primary-assessment-medium']).toMatchObject({ rule: 'CP-116', unit: 'workingDays', default: 3 })
    expect(SETTINGS['referral-pmpk']).toMatchObject({ rule: 'CP-57', unit: 'days', default: 30 })
    expect(SETTINGS.plan).toMatchObject({ rule: 'CP-126', unit: 'days', default: 14 })
    for (const [id, { least, most, default: standard, text }] of Object.entries(SETTINGS)) {
      expect(standard, id).toBeGreaterThanOrEqual(least)
      expect(standard, id).toBeLessThanOrEqual(most)
      spoken(text)
    }
  })
  test('SV-20: 10 to 30 active cases', () => expect(RULE_ROWS.caseload).toMatchObject({ least: 10, most: 30 }))
})

describe('editions', () => {
  test('a released edition never changes: correct it by a new one', () => {
    for (const { id, rules, hash } of EDITIONS) expect(hashOf(rules), `edition ${id}`).toBe(hash)
    // The hash of each released edition, by hand: changing the row and the hash beside it is not enough.
    expect(EDITIONS.map(({ id, hash }) => `${id} ${hash}`)).toEqual(['2026-1 508cae7f477bcabb', '2026-2 e5678c2abe2b9159'])
  })
  test('the hash notices one changed number, not the order of keys', () => {
    const rules = JSON.parse(JSON.stringify(RULE_ROWS)) as typeof RULE_ROWS
    expect(hashOf(rules)).toBe(hashOf(RULE_ROWS))
    expect(hashOf({ b: 1, a: 2 })).toBe(hashOf({ a: 2, b: 1 }))
    expect(hashOf({ ...rules, hour: { ...rules.hour, length: { minutes: 61 } } })).not.toBe(hashOf(RULE_ROWS))
  })
  test('oldest first', () => {
    const from = EDITIONS.map((edition) => edition.from)
    expect(from).toEqual([...from].sort())
  })
})

describe('CP-03, CP-05, CP-06, CP-104: the level that the criteria say', () => {
  test.each([
    [['H3'], 'high', ['H3'], 'CP-03'],
    [['U2', 'L3', 'M1', 'M6'], 'high', ['U2'], 'CP-03'],
    [['HS1', 'M6', 'M2'], 'high', ['HS1'], 'CP-03'],
    [['M1', 'M6'], 'medium', ['M1', 'M6'], 'CP-05'],
    [['M2', 'M5', 'M6', 'L3'], 'medium', ['M2', 'M5', 'M6'], 'CP-05'],
    [['M1'], undefined, ['M1'], 'CP-104'],
    [['M1', 'L3'], undefined, ['M1'], 'CP-104'],
    [['M6'], undefined, [], 'CP-07'],
    [['M6', 'L1'], 'low', ['L1'], 'CP-06'],
    [['L7'], 'low', ['L7'], 'CP-06'],
    [['P1', 'K2', 'HF1'], undefined, [], 'CP-07'],
    [[], undefined, [], 'CP-07'],
    [['unknown'], undefined, [], 'CP-07'],
  ] as const)('%j: %s', (codes, level, decidedBy, rule) => {
    expect(proposeRisk(codes)).toMatchObject({ decidedBy, rule })
    expect(proposeRisk(codes).level).toBe(level)
  })
  test('every single high or urgent situation is enough', () => {
    for (const code of [...codesOf('high-situation'), ...codesOf('urgent'), ...codesOf('safety')])
      expect(proposeRisk([code]).level).toBe('high')
  })
  test('each of M1-M5 needs M6', () => {
    for (const code of ['M1', 'M2', 'M3', 'M4', 'M5']) {
      expect(proposeRisk([code, 'M6']).level).toBe('medium')
      expect(proposeRisk([code])).toMatchObject({ missing: ['M6'] })
    }
  })
  test('all criteria, in three languages', () => {
    const count = Object.fromEntries(
      (
        ['high-situation', 'safety', 'health', 'family', 'urgent', 'medium', 'low', 'first-in-line', 'kind-of-risk', 'closure'] as const
      ).map((group) => [group, codesOf(group).length]),
    )
    expect(count).toEqual({
      'high-situation': 5,
      safety: 4,
      health: 3,
      family: 3,
      urgent: 3,
      medium: 6,
      low: 7,
      'first-in-line': 4,
      'kind-of-risk': 5,
      closure: 6,
    })
    for (const { text } of Object.values(CRITERIA)) spoken(text)
  })
})
