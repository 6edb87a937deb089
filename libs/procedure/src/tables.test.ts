import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { RULES } from './child-protection/rules.ts'
import { sopTables } from './tables.ts'

const printed = readFileSync(new URL('../SOP-TABLES.md', import.meta.url), 'utf8')

test('SOP-TABLES.md is as the tables say (run `npm run tables`)', () => {
  expect(printed).toBe(sopTables())
})

test('it holds every rule', () => {
  for (const id of Object.keys(RULES)) expect(printed).toContain(`| ${id} |`)
})
