import { expect, test } from 'vitest'
import { whatText, whyText } from './trail.ts'

test('what has no words of its own stays itself, also when every object has a member of that name', () => {
  expect(whatText('read').en).toBe('the case was opened')
  for (const name of ['constructor', '__proto__', 'toString', 'nothing-of-ours']) {
    expect(whatText(name)).toEqual({ ru: name, kk: name, en: name })
    expect(whyText(name)).toEqual({ ru: name, kk: name, en: name })
  }
})
