/** Meetings of the next seven days, over all cases that this person sees. Nothing where there are none. */
import { MEETING_KINDS, MEETING_STATES } from '@tirek/contract/forms/meeting-codes'
import { dayOf } from '@tirek/procedure/time'
import { Link } from '@tanstack/react-router'
import { seesMeetings } from '../first-asked.ts'
import { useHere, useNow } from '../me.tsx'
import { useComing } from '../meeting-data.ts'
import { momentText } from '../when.ts'

export function WeekMeetings() {
  const { me, lang, words } = useHere()
  const now = useNow(60_000)
  const list = useComing(now, seesMeetings(me.may))
  const items = list.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="group">
      <h2>
        {words.meetingsOfWeek} <small className="num">{items.length}</small>
      </h2>
      <ul className="card tasks">
        {items.map((one) => (
          <li key={one.id} className="task">
            <Link className="title" to="/cases/$id/meetings/$meeting" params={{ id: one.caseId, meeting: one.id }}>
              <span className="num">{momentText(one.startsAt, lang, dayOf(now))}</span>, {MEETING_KINDS[one.kind][lang]}:{' '}
              <span className="nowrap">
                {words.caseWord} {one.caseNumber}
              </span>
            </Link>
            {one.toCancel ? (
              <span className="tag late">{words.meetingToCancel}</span>
            ) : one.state === 'called' && one.missing > 0 ? (
              <span className="tag late">
                {words.meetingMissing}: {one.missing}
              </span>
            ) : (
              <span className="tag plain">{MEETING_STATES[one.state][lang]}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
