/** Days and times as people read them, in Asia/Almaty. */
import { paperDay } from '@tirek/contract/paper-day'
import { dayOf, minuteOfDay, type Instant } from '@tirek/procedure/time'

/** `24.11.2026`: read the same in all three languages. */
export const dayText = paperDay

/** `14:05` */
export const timeText = (at: Instant): string => {
  const minute = minuteOfDay(at)
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** `14:05`, with the day when it is another one than `today`. */
export const momentText = (at: Instant, today: Instant): string =>
  dayOf(at) === dayOf(today) ? timeText(at) : `${dayText(dayOf(at))} ${timeText(at)}`
