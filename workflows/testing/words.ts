import { DAY, HOUR, MINUTE } from '@tirek/procedure/time'

/** Lengths in milliseconds. */
export const minutes = (n: number) => n * MINUTE
export const hours = (n: number) => n * HOUR
export const days = (n: number) => n * DAY
