import { minuteOfDay } from '@tirek/procedure/time'

const two = (n: number) => String(n).padStart(2, '0')
/** `HH:MM` of the place where it is. */
export const timeOfDay = (ms: number): string => `${two(Math.floor(minuteOfDay(ms) / 60))}:${two(minuteOfDay(ms) % 60)}`
