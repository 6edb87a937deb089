/** A chosen day once more in words, where the browser's own language writes the month first: 11/12 is read in two ways. */
import type { Day } from '@tirek/procedure/time'
import { useHere } from '../me.tsx'
import { weekdayText } from '../when.ts'

/** The browser draws its date fields in its own language, not in that of the page. */
const MONTH_FIRST = new Intl.DateTimeFormat().formatToParts().find(({ type }) => type === 'day' || type === 'month')?.type === 'month'

export function DayInWords({ day }: { day: Day }) {
  const { lang } = useHere()
  if (!MONTH_FIRST || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return null
  return <p className="hint num">{`${weekdayText(day, lang)} ${day.slice(0, 4)}`}</p>
}
