/** Examples of what is written when a family gives or refuses consent, corrects its data or asks for them: invented people. */
import type { Forms } from './forms.ts'

const mother = { by: 'parent', name: 'Гульнара Ахметова', basis: 'свидетельство о рождении' } as const

export const RIGHTS = {
  'consent-given': {
    for: ['support', 'share-agencies'],
    ...mother,
    text: '2026-1',
    way: 'paper',
    until: '2027-11-24',
    note: 'Просит звонить вечером',
  },
  'consent-refused': { for: ['photographs'], ...mother, text: '2026-1', way: 'in-system', reason: 'Не хочет снимков' },
  'consent-withdrawn': { for: ['share-agencies'], ...mother, way: 'paper', reason: 'Семья переезжает' },
  'child-corrected': {
    name: 'Мирас Ерланулы Ахметов',
    birthDate: '2024-03-06',
    iin: '240306500114',
    phone: '+77015550010',
    address: 'г. Алматы, ул. Примерная, 21',
    remove: ['age'],
    reason: 'Опечатка при регистрации',
    source: 'свидетельство о рождении',
  },
  'correction-refused': {
    asked: 'Убрать запись о посещении 24 ноября',
    askedBy: 'Гульнара Ахметова, мать',
    reason: 'Посещение было, запись верна',
    objection: 'Семья считает, что в квартире было убрано',
  },
  'access-asked': {
    about: 'child',
    askedBy: 'Гульнара Ахметова',
    relation: 'мать',
    identity: 'document',
    identityNote: 'МВД РК',
    granted: false,
    reason: 'Суд ограничил мать в правах',
    givenTo: 'лично, под подпись',
  },
  'erasure-held': { held: true, ground: 'court', document: 'Определение суда № 9', reason: 'Идет разбирательство' },
} satisfies Partial<Forms>
