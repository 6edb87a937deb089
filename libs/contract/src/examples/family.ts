/** An example of a family as it is drawn: three generations, a divorce, a foster family, a grandfather who has died. Invented people. */
import type { Forms } from './forms.ts'

export const FAMILY = {
  'family-drawn': {
    asOf: '2026-11-24',
    members: [
      {
        id: 'm1',
        isChild: true,
        name: 'Мирас Ахметов',
        role: 'ребенок',
        sex: 'male',
        birthDate: '2023-03-06',
        note: 'Скучает по матери, с бабушкой видится каждую неделю',
      },
      { id: 'm2', name: 'Гульнара Ахметова', sex: 'female', birthYear: 1996 },
      { id: 'm3', name: 'Ерлан Сапаров', sex: 'male', birthYear: 1990 },
      { id: 'm4', name: 'Алия Ахметова', sex: 'female', birthYear: 2019 },
      { id: 'm5', name: 'Роза Ахметова', sex: 'female', birthYear: 1968 },
      { id: 'm6', name: 'Бекзат Ахметов', sex: 'male', birthYear: 1964, died: true, deathYear: 2020 },
      { id: 'm7', role: 'патронатный воспитатель', sex: 'female', birthYear: 1980, inHousehold: true },
      { id: 'm8', role: 'муж патронатного воспитателя', sex: 'male', birthYear: 1978, inHousehold: true },
    ],
    parents: [
      { parent: 'm2', child: 'm1', kind: 'biological' },
      { parent: 'm3', child: 'm1', kind: 'biological' },
      { parent: 'm2', child: 'm4', kind: 'biological' },
      { parent: 'm3', child: 'm4', kind: 'biological' },
      { parent: 'm5', child: 'm2', kind: 'biological' },
      { parent: 'm6', child: 'm2', kind: 'biological' },
      { parent: 'm7', child: 'm1', kind: 'foster' },
      { parent: 'm8', child: 'm1', kind: 'foster' },
    ],
    couples: [
      { a: 'm3', b: 'm2', kind: 'divorced', from: 2018, until: 2024 },
      { a: 'm6', b: 'm5', kind: 'married', from: 1990 },
      { a: 'm8', b: 'm7', kind: 'married' },
    ],
    bonds: [
      { from: 'm3', to: 'm2', kind: 'violence', oneWay: true },
      { from: 'm5', to: 'm1', kind: 'close' },
    ],
    systems: [
      { id: 's1', kind: 'clinic', name: 'Поликлиника № 1' },
      { id: 's2', kind: 'police' },
    ],
    ties: [
      { system: 's1', strength: 'strong', flow: 'to-family' },
      { system: 's2', member: 'm3', strength: 'stressful', flow: 'none' },
    ],
    conclusions: 'Опора семьи: бабушка со стороны матери. Отец применял насилие к матери.',
  },
} satisfies Partial<Forms>
