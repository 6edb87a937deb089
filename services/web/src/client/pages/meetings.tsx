/** Meetings of one case, and the way to another. */
import { MEETING_KINDS, MEETING_STATES } from '@tirek/contract/forms/meeting-codes'
import { MEETING_ROWS } from '@tirek/procedure/meetings/rows'
import { dayOf } from '@tirek/procedure/time'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useHere, useNow } from '../me.tsx'
import { useMeetings } from '../meeting-data.ts'
import { Failure, Loading } from '../parts/states.tsx'
import { momentText } from '../when.ts'

export function MeetingsPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { lang, words } = useHere()
  const today = dayOf(useNow(60_000))
  const list = useMeetings(id)
  useEffect(() => void (document.title = `${words.meetings} · Тірек`), [words])
  if (list.isPending) return <Loading words={words} />
  if (!list.data)
    return (
      <main id="content" className="narrow">
        <Failure alone error={list.error} words={words} onAgain={() => void list.refetch()} />
      </main>
    )
  return (
    <main id="content" className="narrow">
      <p>
        <Link to="/cases/$id" params={{ id }}>
          ← {words.casePrefix} {list.data.items[0]?.caseNumber ?? ''}
        </Link>
      </p>
      <h1>{words.meetings}</h1>
      {list.data.mayCall && (
        <p>
          <Link className="button" to="/cases/$id/meetings/call" params={{ id }}>
            {words.meetingCall}
          </Link>
        </p>
      )}
      {list.data.items.length === 0 && <p className="soft">{words.meetingsNone}</p>}
      {list.data.items.map((one) => (
        <section key={one.id} className="card pad">
          <h2>
            <Link to="/cases/$id/meetings/$meeting" params={{ id, meeting: one.id }}>
              <span className="num">{momentText(one.startsAt, lang, today)}</span>
            </Link>
          </h2>
          <p>
            {MEETING_KINDS[one.kind][lang]}, {MEETING_STATES[one.state][lang]}
          </p>
          <p className="row wrap tags">
            {one.toCancel && <span className="tag late">{MEETING_ROWS['case-ended'].text[lang]}</span>}
            {one.state === 'called' && one.missing > 0 && !one.toCancel && (
              <span className="tag late">
                {words.meetingMissing}: {one.missing}
              </span>
            )}
          </p>
        </section>
      ))}
    </main>
  )
}
