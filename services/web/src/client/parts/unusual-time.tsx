/** Warns of a day off or an hour at which agencies are not at work; it stops nobody. */
import { unusualTimes, USUAL_HOURS } from '@tirek/procedure/meetings/unusual-time'
import { useHere } from '../me.tsx'
import { useCalendar } from '../meeting-data.ts'
import { dayTitle } from '../when.ts'

const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

export function UnusualTime({ startsAt, endsAt }: { startsAt?: unknown; endsAt?: unknown }) {
  const { lang, words } = useHere()
  const calendar = useCalendar()
  const [from, to] = [startsAt, endsAt].map((value) => (typeof value === 'string' ? Date.parse(value) : Number.NaN)) as [number, number]
  const said = Number.isNaN(from) ? [] : unusualTimes({ startsAt: from, ...(to > from && { endsAt: to }) }, calendar)
  return (
    <div role="status">
      {said.map(({ what, day }) => (
        <p key={what + day} className="note">
          {dayTitle(day, lang)}:{' '}
          {what === 'day-off' ? words.meetingDayOff : `${words.meetingHours} ${clock(USUAL_HOURS.from)}-${clock(USUAL_HOURS.to)}`}.{' '}
          {words.meetingTimeMay}
        </p>
      ))}
    </div>
  )
}
