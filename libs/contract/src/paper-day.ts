/** Days as official papers write them. */
import type { Day } from '@tirek/procedure/time'

/** `25.11.2026` */
export const paperDay = (day: Day): string => day.split('-').toReversed().join('.')
