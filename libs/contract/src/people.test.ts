import { expect, test } from 'vitest'
import { PersonChange } from './people.ts'

const errorsOf = (email: string) => PersonChange.safeParse({ email }).error?.issues.map(({ message }) => message) ?? []

test('an address is one that a mail server takes: a host whose part ends in a hyphen, or a part too long, is named as a wrong form', () => {
  for (const good of ['a@b.kz', 'a.b+c@x-y.z1.kz', `${'a'.repeat(64)}@b.kz`, `a@${'b'.repeat(63)}.kz`])
    expect(errorsOf(good), good).toEqual([])
  for (const bad of ['a@b-.kz', 'a@b-c-.d.kz', `${'a'.repeat(65)}@b.kz`, `a@${'b'.repeat(64)}.kz`])
    expect(errorsOf(bad), bad).toEqual(['format'])
})
