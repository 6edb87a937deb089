/** Words of the drawings of a family and of the tables that say the same: Russian, Kazakh, English. */
import type { Lang } from '../roles.ts'

export type Said = readonly [ru: string, kk: string, en: string]
export const AT = { ru: 0, kk: 1, en: 2 } as const satisfies Record<Lang, number>

export const DRAWN = {
  genogram: ['Генограмма', 'Генограмма', 'Genogram'],
  ecomap: ['Экокарта', 'Экокарта', 'Ecomap'],
  legend: ['Обозначения', 'Шартты белгілер', 'Legend'],
  man: ['мужчина', 'ер адам', 'man'],
  woman: ['женщина', 'әйел', 'woman'],
  unknownSex: ['пол неизвестен', 'жынысы белгісіз', 'sex not known'],
  unborn: ['беременность', 'жүктілік', 'pregnancy'],
  indexChild: ['ребенок, чье это дело', 'осы істегі бала', 'the child of this case'],
  dead: ['умер(ла), внутри возраст', 'қайтыс болған, ішінде жасы', 'has died; the age inside'],
  together: ['живут вместе', 'бірге тұрады', 'live together'],
  family: ['семья', 'отбасы', 'family'],
  wholeFamily: ['вся семья', 'бүкіл отбасы', 'the whole family'],
  flow: ['стрелка: куда идут силы и помощь', 'бағыттама: күш пен көмек қайда бағытталады', 'arrow: where energy and help go'],
  table: ['То же таблицей', 'Сол мәлімет кесте түрінде', 'The same as a table'],
  people: ['Члены семьи', 'Отбасы мүшелері', 'Members of the family'],
  who: ['Кто', 'Кім', 'Who'],
  age: ['Возраст', 'Жасы', 'Age'],
  home: ['В доме', 'Үйде', 'In the home'],
  ties: ['Связи', 'Байланыстар', 'Ties'],
  relations: ['Отношения', 'Қатынастар', 'Relations'],
  relation: ['Отношение', 'Қатынас', 'Relation'],
  surroundings: ['Окружение', 'Орта', 'Surroundings'],
  noTies: ['Связей пока нет.', 'Байланыс әзірге жоқ.', 'No ties yet.'],
  parentOf: ['{a}: {kind} родитель, ребенок: {b}', '{a}: {kind} ата-анасы, баласы: {b}', '{a}: {kind} parent of {b}'],
  oneWayTo: ['{a} → {b}: {kind}', '{a} → {b}: {kind}', '{a} → {b}: {kind}'],
  pair: ['{a} и {b}: {kind}', '{a} мен {b}: {kind}', '{a} and {b}: {kind}'],
  months: ['{n} мес.', '{n} ай', '{n} mo'],
  born: ['род.', 'туған', 'b.'],
  died: ['умер(ла)', 'қайтыс болған', 'has died'],
  livesIn: ['живет в доме', 'үйде тұрады', 'lives in the home'],
} as const satisfies Record<string, Said>
export type DrawnWords = Readonly<Record<keyof typeof DRAWN, string>>

export const drawnWords = (lang: Lang): DrawnWords =>
  Object.fromEntries(Object.entries(DRAWN).map(([key, said]) => [key, said[AT[lang]]])) as DrawnWords
