import { expect, test } from 'vitest'
import { proposedOf } from './proposed.ts'

const agency = (id: string, kind: string, territory = 'Тараз') => ({ id, name: id, kind, territory })

test('agencies of the territory that answer the needs of the plan, in their order; one of several is not chosen by itself', () => {
  const plan = { needs: [{ kind: 'parents' }], measures: [{ help: 'guardianship' }] }
  const agencies = [
    agency('опека', 'guardianship-body'),
    agency('соц1', 'social-protection'),
    agency('соц2', 'social-protection'),
    agency('чужая', 'ngo', 'Алматы'),
    agency('полиция', 'police'),
  ]
  expect(proposedOf(plan, 'Тараз', agencies)).toEqual([
    { id: 'соц1', name: 'соц1', kind: 'social-protection', isOnly: false },
    { id: 'соц2', name: 'соц2', kind: 'social-protection', isOnly: false },
    { id: 'опека', name: 'опека', kind: 'guardianship-body', isOnly: true },
  ])
  expect(proposedOf({}, 'Тараз', agencies)).toEqual([])
})
