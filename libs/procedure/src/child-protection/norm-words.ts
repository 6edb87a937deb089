/** Lengths and norms of the rule rows in words, for people. Pure: the numbers are those of the rows. */
import type { Text } from '../programme.ts'
import type { Length } from '../time.ts'
import type { ContactNorm } from './contact-rows.ts'

type Unit = 'minutes' | 'workingDays' | 'days' | 'weeks' | 'months'
type Forms = { ru: readonly [one: string, few: string, many: string]; kk: string; en: string }

/** Russian: after “за”, “каждые”. */
const UNITS = {
  minutes: { ru: ['минуту', 'минуты', 'минут'], kk: 'минут', en: 'minute' },
  workingDays: { ru: ['рабочий день', 'рабочих дня', 'рабочих дней'], kk: 'жұмыс күні', en: 'working day' },
  days: { ru: ['день', 'дня', 'дней'], kk: 'күн', en: 'day' },
  weeks: { ru: ['неделю', 'недели', 'недель'], kk: 'апта', en: 'week' },
  months: { ru: ['месяц', 'месяца', 'месяцев'], kk: 'ай', en: 'month' },
} as const satisfies Record<Unit, Forms>

export const unitOf = (length: Length): [unit: Unit, n: number] => {
  const [unit, n] = Object.entries(length)[0] as [Unit, number]
  return [unit, n]
}

const formOf = (n: number): 0 | 1 | 2 => {
  const tens = n % 100
  const ones = n % 10
  if (ones === 1 && tens !== 11) return 0
  return ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? 1 : 2
}

/** “6 недель”, “6 апта”, “6 weeks”. The sign of a length that is counted back is not said. */
export function lengthWords(length: Length): Text {
  const [unit, signed] = unitOf(length)
  const n = Math.abs(signed)
  const { ru, kk, en } = UNITS[unit]
  return { ru: `${n} ${ru[formOf(n)]}`, kk: `${n} ${kk}`, en: `${n} ${en}${n === 1 ? '' : 's'}` }
}

const ONCE = {
  weeks: { ru: 'раз в неделю', kk: 'аптасына бір рет', en: 'once a week' },
  months: { ru: 'раз в месяц', kk: 'айына бір рет', en: 'once a month' },
} as const

/** “раз в неделю”, “каждые 7 дней”. */
export function everyWords(length: Length): Text {
  const [unit, n] = unitOf(length)
  if (n === 1 && (unit === 'weeks' || unit === 'months')) return ONCE[unit]
  const said = lengthWords(length)
  return { ru: `раз в ${said.ru}`, kk: `${said.kk} сайын`, en: `every ${said.en}` }
}

/** “в первый месяц”, “в первые 3 месяца”. */
function firstWords(length: Length): Text {
  const [unit, n] = unitOf(length)
  const said = lengthWords(length)
  if (n === 1 && unit === 'months') return { ru: 'в первый месяц', kk: 'бірінші айда', en: 'in the first month' }
  return { ru: `в первые ${said.ru}`, kk: `алғашқы ${said.kk} ішінде`, en: `in the first ${said.en}` }
}

/** “раз в неделю в первый месяц, затем раз в месяц”. */
export function normWords(norm: ContactNorm): Text {
  if (norm.kind === 'every') return everyWords(norm.every)
  const [often, first] = [everyWords(norm.kind === 'first-later' ? norm.first : norm.every), firstWords(norm.for)]
  const after: Text =
    norm.kind === 'first-later' ? everyWords(norm.later) : { ru: 'по необходимости', kk: 'қажетіне қарай', en: 'as needed' }
  return {
    ru: `${often.ru} ${first.ru}, затем ${after.ru}`,
    kk: `${first.kk} ${often.kk}, содан кейін ${after.kk}`,
    en: `${often.en} ${first.en}, then ${after.en}`,
  }
}

/** “не позже 6 недель”; a length that is counted back: “не позже чем за 14 дней до”. */
export function withinWords(length: Length): Text {
  const said = lengthWords(length)
  if (unitOf(length)[1] < 0)
    return { ru: `не позже чем за ${said.ru} до него`, kk: `оған ${said.kk} қалғанға дейін`, en: `at least ${said.en} before it` }
  return { ru: `срок: ${said.ru}`, kk: `мерзімі: ${said.kk}`, en: `term: ${said.en}` }
}
