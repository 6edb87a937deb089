/**
 * The working calendar of Kazakhstan as versioned data. A corrected calendar is a new version; facts name the version
 * they were made with.
 */
import type { Day } from './time.ts'

/** Saturdays and Sundays are off but for `workingWeekends`; `holidays` (with the days off moved by them) are off. */
export type Calendar = { version: string; holidays: readonly Day[]; workingWeekends: readonly Day[] }

/** Shown to whoever edits the calendar. */
type Said = { ru: string; kk: string; en: string }

/** A year of the calendar with what we could not confirm, so that whoever edits it knows where to look. */
type Year = { holidays: readonly Day[]; workingWeekends?: readonly Day[]; unconfirmed: readonly Said[] }

const t = (ru: string, kk: string, en: string): Said => ({ ru, kk, en })
const FIXED_ONLY = t(
  'весь год — только постоянные праздники; переносов по решению правительства в нем нет',
  'бүкіл жыл — тек тұрақты мерекелер; Үкімет шешімімен ауыстырулар енгізілмеген',
  'the whole year stands by the fixed holidays only; transfers by government decision are not in it',
)

/**
 * Holidays by law, and the day off moved to the next working day when one of them falls on a weekend. 7 January and the
 * first day of Kurban Ait are days off that are never moved.
 */
const YEARS: Record<number, Year> = {
  2024: {
    // oxfmt-ignore
    holidays: ['2024-01-01', '2024-01-02', '2024-01-07', '2024-03-08', '2024-03-21', '2024-03-22', '2024-03-23', '2024-03-25', '2024-05-01', '2024-05-07', '2024-05-09', '2024-06-16', '2024-07-06', '2024-07-08', '2024-08-30', '2024-10-25', '2024-12-16'],
    unconfirmed: [FIXED_ONLY],
  },
  2025: {
    // oxfmt-ignore
    holidays: ['2025-01-01', '2025-01-02', '2025-01-07', '2025-03-08', '2025-03-10', '2025-03-21', '2025-03-22', '2025-03-23', '2025-03-24', '2025-03-25', '2025-05-01', '2025-05-07', '2025-05-09', '2025-06-06', '2025-07-06', '2025-07-07', '2025-08-30', '2025-09-01', '2025-10-25', '2025-10-27', '2025-12-16'],
    unconfirmed: [FIXED_ONLY],
  },
  // Compared with the list published on the e-government portal and reported on 2 January 2026.
  2026: {
    // oxfmt-ignore
    holidays: ['2026-01-01', '2026-01-02', '2026-01-07', '2026-03-08', '2026-03-09', '2026-03-21', '2026-03-22', '2026-03-23', '2026-03-24', '2026-03-25', '2026-05-01', '2026-05-07', '2026-05-09', '2026-05-11', '2026-05-27', '2026-07-06', '2026-08-30', '2026-08-31', '2026-10-25', '2026-10-26', '2026-12-16'],
    unconfirmed: [
      t(
        'переносы, о которых правительство могло решить в течение года',
        'Үкімет жыл бойы шешуі мүмкін ауыстырулар',
        'transfers that the government may have decided during the year',
      ),
    ],
  },
  2027: {
    // oxfmt-ignore
    holidays: ['2027-01-01', '2027-01-02', '2027-01-04', '2027-01-07', '2027-03-08', '2027-03-21', '2027-03-22', '2027-03-23', '2027-03-24', '2027-05-01', '2027-05-03', '2027-05-07', '2027-05-09', '2027-05-10', '2027-05-16', '2027-07-06', '2027-08-30', '2027-10-25', '2027-12-16'],
    unconfirmed: [
      t(
        'Курбан-айт 16 мая 2027 года (воскресенье): день каждый год объявляет духовное управление',
        'Құрбан айт 2027 жылғы 16 мамыр (жексенбі): күнін жыл сайын діни басқарма жариялайды',
        'Kurban Ait on 16 May 2027 (a Sunday): announced each year by the religious authority',
      ),
      t(
        'выходные, перенесенные со 2 января, 21 марта, 1 и 9 мая: по общему правилу, перечня на 2027 год еще не видели',
        '2 қаңтар, 21 наурыз, 1 және 9 мамырдан ауысқан демалыс: жалпы ереже бойынша, 2027 жылғы тізім әлі көрілген жоқ',
        'the days off moved by 2 January, 21 March, 1 May and 9 May: by the general rule, no list for 2027 was seen',
      ),
      t('переносы по решению правительства', 'Үкімет шешімімен ауыстырулар', 'transfers by government decision'),
    ],
  },
  2028: {
    // oxfmt-ignore
    holidays: ['2028-01-01', '2028-01-02', '2028-01-03', '2028-01-04', '2028-01-07', '2028-03-08', '2028-03-21', '2028-03-22', '2028-03-23', '2028-05-01', '2028-05-05', '2028-05-07', '2028-05-08', '2028-05-09', '2028-07-06', '2028-08-30', '2028-10-25', '2028-12-16', '2028-12-18'],
    unconfirmed: [
      t(
        'весь год — только постоянные праздники; Курбан-айт 5 мая 2028 года вычислен',
        'бүкіл жыл — тек тұрақты мерекелер; Құрбан айттың 2028 жылғы 5 мамыры есептеп шығарылған',
        'the whole year stands by the fixed holidays only; Kurban Ait on 5 May 2028 is a calculation',
      ),
    ],
  },
}

/** Every released version, by name. */
export const CALENDARS: Readonly<Record<string, Calendar>> = {
  'kz-2026-1': {
    version: 'kz-2026-1',
    holidays: Object.values(YEARS).flatMap((year) => year.holidays),
    workingWeekends: Object.values(YEARS).flatMap((year) => year.workingWeekends ?? []),
  },
}

/** Name of the version that new facts are made with. */
export const CURRENT_CALENDAR = 'kz-2026-1'

/** What in each year of the current version could not be confirmed. */
export const UNCONFIRMED: Readonly<Record<number, readonly Said[]>> = Object.fromEntries(
  Object.entries(YEARS).map(([year, { unconfirmed }]) => [Number(year), unconfirmed]),
)

export const calendarOf = (version: string): Calendar => {
  const calendar = CALENDARS[version]
  if (!calendar) throw new RangeError(`no working calendar ${version}`)
  return calendar
}
