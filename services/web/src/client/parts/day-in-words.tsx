/** A chosen day once more in words, where the browser's own language writes the month first: 11/12 is read in two ways. */
import type { Day } from '@tirek/procedure/time'
import { useHere } from '../me.tsx'
import { weekdayText } from '../when.ts'

/** The browser draws its date fields in its own language, not in that of the page. */
const MONTH_FIRST = new Intl.DateTimeFormat().formatToParts().find(({ type }) => type === 'day' || type === 'month')?.type === 'month'

/** While it is typed, or kept from a draft, it may be no day of the calendar: then nothing is said of it. */
function isDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(day)
}

export function DayInWords({ day }: { day: Day }) {
  const { lang } = useHere()
  if (!MONTH_FIRST || !isDay(day)) return null
  return <p className="hint num">{`${weekdayText(day, lang)} ${day.slice(0, 4)}`}</p>
}
