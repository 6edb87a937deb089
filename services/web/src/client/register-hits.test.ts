import type { RegisterHit } from '@tirek/contract/answers'
import { expect, test } from 'vitest'
import { joinedHits } from './register-hits.ts'

const hit = (number: string, why: RegisterHit['why'], likeness: number): RegisterHit => ({
  number,
  why,
  likeness,
  ended: false,
  stage: 'planning',
  mayOpen: false,
  openedAt: 0,
})

test('a case found by several words is one row with all that matched, and stands first', () => {
  const lists = [
    [hit('A', 'name', 0.9), hit('B', 'name', 0.6)],
    [hit('B', 'address', 0.8), hit('C', 'address', 0.7)],
  ]
  expect(joinedHits(lists).map(({ number, whys, likeness }) => [number, whys.join(), likeness])).toEqual([
    ['B', 'name,address', 0.8],
    ['A', 'name', 0.9],
    ['C', 'address', 0.7],
  ])
  expect(joinedHits([])).toEqual([])
})
