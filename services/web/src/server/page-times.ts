/** Days and times on pages without scripts, in Asia/Almaty: read the same in all three languages. */
import { paperDay } from '@tirek/contract/paper-day'
import { dayOf, minuteOfDay, type Instant } from '@tirek/procedure/time'

/** `24.11.2026` */
export const dayText = (at: Instant): string => paperDay(dayOf(at))

/** `18:52` */
export const timeText = (at: Instant): string => {
  const minute = minuteOfDay(at)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}
