import { Inject, Injectable } from '@nestjs/common'
import type { CalendarVersion, NewCalendar } from '@tirek/contract/people'
import type { Who } from '@tirek/platform/auth'
import type { Database, Row } from '@tirek/platform/database'
import { CALENDARS, CURRENT_CALENDAR, UNCONFIRMED } from '@tirek/procedure/calendar'
import { asInput, DirectoryRecord } from '../record.ts'

const versionOf = (row: Row): CalendarVersion => ({
  version: row['version'],
  holidays: row['holidays'],
  workingWeekends: row['working_weekends'],
  current: row['current'],
})

/** Working calendars by version. Cases name the version that they were counted with, so one that was used never changes. */
@Injectable()
export class CalendarService {
  constructor(@Inject(DirectoryRecord) private readonly record: DirectoryRecord) {}

  async list(who: Who) {
    const rows = await this.record.rows(
      who,
      'SELECT version, holidays, working_weekends, current FROM directory.calendar ORDER BY current DESC, version',
    )
    return { items: rows.map(versionOf), unconfirmed: UNCONFIRMED }
  }

  add(calendar: NewCalendar, who: Who): Promise<CalendarVersion> {
    return this.record.change(who, { body: calendar }, async ({ sql, trail, tellCases }) => {
      await sql('UPDATE directory.calendar SET current = false WHERE current')
      await asInput(
        'version',
        sql('INSERT INTO directory.calendar (version, holidays, working_weekends, current) VALUES ($1, $2, $3, true)', [
          calendar.version,
          JSON.stringify([...new Set(calendar.holidays)].sort()),
          JSON.stringify([...new Set(calendar.workingWeekends)].sort()),
        ]),
      )
      await trail('calendar-added', null, undefined, calendar)
      await tellCases({ kind: 'calendar', calendar: calendar.version })
      return { ...calendar, current: true }
    })
  }
}

/** Brings in the versions that came with this release. The newest of ours becomes current unless the administrator made one. */
export async function addReleasedCalendars(db: Database): Promise<void> {
  for (const calendar of Object.values(CALENDARS)) {
    await db.query(
      'INSERT INTO directory.calendar (version, holidays, working_weekends, current) VALUES ($1, $2, $3, false) ON CONFLICT (version) DO NOTHING',
      [calendar.version, JSON.stringify(calendar.holidays), JSON.stringify(calendar.workingWeekends)],
    )
  }
  await db.query(
    'UPDATE directory.calendar SET current = true WHERE version = $1 AND NOT EXISTS (SELECT 1 FROM directory.calendar WHERE current)',
    [CURRENT_CALENDAR],
  )
}
