/** Ages in words. Pure. */
import type { Day } from '@tirek/procedure/time'
import { plural } from './plural.ts'
import type { Lang } from './roles.ts'

const MONTHS: Record<Lang, string> = { ru: 'мес.', kk: 'ай', en: 'mo' }
const partsOf = (day: Day) => ({ year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), date: Number(day.slice(8, 10)) })

/** Age in years and months of somebody born on a day. */
export function ageText(birthDate: Day, today: Day, lang: Lang): string {
  const [born, is] = [partsOf(birthDate), partsOf(today)]
  const months = Math.max(0, (is.year - born.year) * 12 + is.month - born.month - (is.date < born.date ? 1 : 0))
  const [years, rest] = [Math.floor(months / 12), months % 12]
  const yearWords = plural(lang, years, { ru: ['год', 'года', 'лет'], kk: 'жас', en: ['year', 'years'] })
  if (years === 0) return `${rest} ${MONTHS[lang]}`
  return rest === 0 || years >= 7 ? yearWords : `${yearWords} ${rest} ${MONTHS[lang]}`
}
