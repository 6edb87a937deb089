/** Days and times in words, Asia/Almaty. Own month names: browsers do not all know Kazakh. */
import { plural } from '@tirek/contract/plural'
import type { Lang } from '@tirek/contract/roles'
import { addDays, dayOf, daysBetween, minuteOfDay, startOfDay, type Day, type Instant } from '@tirek/procedure/time'
import { DAYS, wordsOf } from './words.ts'

// oxfmt-ignore
const MONTHS: Readonly<Record<Lang, readonly string[]>> = {
  ru: ['января', 'февраля', 'марта', 'апреля', 'мая', 'июня', 'июля', 'августа', 'сентября', 'октября', 'ноября', 'декабря'],
  kk: ['қаңтар', 'ақпан', 'наурыз', 'сәуір', 'мамыр', 'маусым', 'шілде', 'тамыз', 'қыркүйек', 'қазан', 'қараша', 'желтоқсан'],
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
}
// oxfmt-ignore
const RU_MONTHS = ['январь', 'февраль', 'март', 'апрель', 'май', 'июнь', 'июль', 'август', 'сентябрь', 'октябрь', 'ноябрь', 'декабрь']
// oxfmt-ignore
const SHORT_MONTHS: Readonly<Record<Lang, readonly string[]>> = {
  ru: ['янв', 'фев', 'мар', 'апр', 'мая', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'],
  kk: ['қаң', 'ақп', 'нау', 'сәу', 'мам', 'мау', 'шіл', 'там', 'қыр', 'қаз', 'қар', 'жел'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
}
// oxfmt-ignore
const WEEKDAYS: Readonly<Record<Lang, readonly string[]>> = {
  ru: ['воскресенье', 'понедельник', 'вторник', 'среда', 'четверг', 'пятница', 'суббота'],
  kk: ['жексенбі', 'дүйсенбі', 'сейсенбі', 'сәрсенбі', 'бейсенбі', 'жұма', 'сенбі'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
}
// oxfmt-ignore
const SHORT_WEEKDAYS: Readonly<Record<Lang, readonly string[]>> = {
  ru: ['вс', 'пн', 'вт', 'ср', 'чт', 'пт', 'сб'],
  kk: ['жс', 'дс', 'сс', 'ср', 'бс', 'жм', 'сн'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}

const partsOf = (day: Day) => ({ year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)) - 1, date: Number(day.slice(8)) })
/** 0 is Sunday. */
export const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay()
/** With a large first letter. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** “25 ноября”; with the year when it is not this one. */
export function dayText(day: Day, lang: Lang, today?: Day): string {
  const { year, month, date } = partsOf(day)
  return `${date} ${MONTHS[lang][month]}${today && year !== partsOf(today).year ? ` ${year}` : ''}`
}

/** “25 ноя”, for narrow columns. */
export function shortDay(day: Day, lang: Lang, today?: Day): string {
  const { year, month, date } = partsOf(day)
  return `${date} ${SHORT_MONTHS[lang][month]}${today && year !== partsOf(today).year ? ` ${year}` : ''}`
}

/** “Ноябрь”; Russian names it in another form by itself. `month` from 0. */
export const monthTitle = (month: number, lang: Lang): string => capital(lang === 'ru' ? RU_MONTHS[month]! : MONTHS[lang][month]!)
/** Short names of the days of a week, Monday first. */
export const weekdaysFromMonday = (lang: Lang): readonly string[] => [...SHORT_WEEKDAYS[lang].slice(1), SHORT_WEEKDAYS[lang][0]!]

/** “Среда, 25 ноября”. */
export function dayTitle(day: Day, lang: Lang): string {
  const weekday = WEEKDAYS[lang][weekdayOf(day)]!
  return capital(lang === 'kk' ? `${dayText(day, lang)}, ${weekday}` : `${weekday}, ${dayText(day, lang)}`)
}

/** “пт, 27 ноября”. */
export const weekdayText = (day: Day, lang: Lang, today?: Day): string =>
  `${SHORT_WEEKDAYS[lang][weekdayOf(day)]}, ${dayText(day, lang, today)}`

/** “10:05”. */
export function timeText(instant: Instant): string {
  const minute = minuteOfDay(instant)
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** “23 ноября 16:20”. */
export const momentText = (instant: Instant, lang: Lang, today?: Day): string =>
  `${dayText(dayOf(instant), lang, today)} ${timeText(instant)}`

/** What an `<input type="datetime-local">` shows of an instant. */
export const localInput = (instant: Instant): string => `${dayOf(instant)}T${timeText(instant)}`

/** The instant that was typed into such an input; `undefined` while it is not whole. */
export function fromLocalInput(text: string): Instant | undefined {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(text)
  if (!found) return undefined
  const [, day, hour, minute] = found
  const instant = startOfDay(day!) + (Number(hour) * 60 + Number(minute)) * 60_000
  return Number.isNaN(instant) ? undefined : instant
}

export type DueWords = { text: string; tone: 'late' | 'soon' | 'plain' }

/** How a term stands: “просрочено на 2 дня”, “сегодня”, “пт, 27 ноября”. */
export function dueWords(deadline: { due?: number | undefined; dueDay?: string | undefined }, now: Instant, lang: Lang): DueWords {
  const words = wordsOf(lang)
  const today = dayOf(now)
  if (deadline.due === undefined && deadline.dueDay === undefined) return { text: words.waits, tone: 'plain' }
  const day = deadline.dueDay ?? dayOf(deadline.due!)
  if (deadline.dueDay === undefined && deadline.due !== undefined && now > deadline.due) return { text: words.hourLate, tone: 'late' }
  const left = daysBetween(today, day)
  if (left < 0) {
    const days = plural(lang, -left, DAYS)
    return { text: lang === 'ru' ? `просрочено на ${days}` : lang === 'kk' ? `${days} кешікті` : `${days} overdue`, tone: 'late' }
  }
  if (left === 0) return { text: words.todayTag, tone: 'soon' }
  if (left === 1) return { text: words.tomorrow, tone: 'soon' }
  return { text: weekdayText(day, lang, today), tone: 'plain' }
}

/** The Sunday that ends the week of a day. */
export const endOfWeek = (day: Day): Day => addDays(day, (7 - weekdayOf(day)) % 7)
