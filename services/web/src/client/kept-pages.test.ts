import { expect, test } from 'vitest'
import { isKept } from './kept-pages.ts'

test('a page below a kept one is kept too; cases, and agencies with their own place in the head, are not', () => {
  for (const path of ['/people', '/people/new', '/journals/sent', '/figures/cases', '/running']) expect(isKept(path), path).toBe(true)
  for (const path of ['/', '/manage', '/agencies', '/cases/1', '/peoples']) expect(isKept(path), path).toBe(false)
})
