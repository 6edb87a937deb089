/** The plan in a few lines on the page of its case: which version stands, what is done of it. */
import type { TimelineItem } from '@tirek/contract/answers'
import { dayOf, type Instant } from '@tirek/procedure/time'
import { Link } from '@tanstack/react-router'
import { useHere } from '../me.tsx'
import { marksOf, versionsOf } from '../plan.ts'
import { dayText } from '../when.ts'
import { workWords } from '../words-of/work.ts'

export function PlanCard({ id, timeline, now }: { id: string; timeline: readonly TimelineItem[]; now: Instant }) {
  const { lang } = useHere()
  const tell = workWords(lang)
  const [standing] = versionsOf(timeline)
  if (!standing) return null
  const measures = standing.plan.measures ?? []
  const marks = marksOf(timeline)
  const today = dayOf(now)
  const done = measures.filter(({ id: measure }) => marks.get(measure)?.mark === 'done').length
  const next = measures
    .filter(({ id: measure, due }) => !marks.has(measure) && due !== undefined)
    .toSorted((a, b) => a.due!.localeCompare(b.due!))[0]
  return (
    <section className="card pad" aria-labelledby="plan-title">
      <h2 id="plan-title">{tell.plan}</h2>
      <p>
        {tell.planVersion} {standing.plan.planVersion}, {dayText(dayOf(standing.at), lang, today)}
        <br />
        {tell.measuresDone}: {done} / {measures.length}
      </p>
      {next && (
        <p>
          {tell.planNext}: {next.action}, {dayText(next.due!, lang, today)}{' '}
          {next.due! < today && <span className="tag late">{tell.planLate}</span>}
        </p>
      )}
      <p>
        <Link to="/cases/$id/plan" params={{ id }}>
          {tell.planOpen}
        </Link>
      </p>
    </section>
  )
}
