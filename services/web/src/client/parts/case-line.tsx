/** The line of the case: drawn across on a wide page, from top to bottom on a phone, and as a list for everybody. */
import type { DeadlineView, TimelineItem } from '@tirek/contract/answers'
import { dayOf } from '@tirek/procedure/time'
import { MEETING_KINDS } from '@tirek/contract/forms/meeting-codes'
import { labelStart, placedOf, pointsOf, type Placed, type Point } from '../line.ts'
import { useHere } from '../me.tsx'
import { useMeetings } from '../meeting-data.ts'
import { shortDay, timeText } from '../when.ts'

const WIDTH = 720
const MIDDLE = 66
/** Past points that a phone shows at once. */
const PAST_SHOWN = 3

export function CaseLine({
  id,
  timeline,
  deadlines,
  now,
}: {
  id: string
  timeline: readonly TimelineItem[]
  deadlines: readonly DeadlineView[]
  now: number
}) {
  const { lang, words } = useHere()
  const meetings = useMeetings(id).data?.items ?? []
  const points = pointsOf(
    timeline,
    deadlines,
    meetings.map(({ id: key, startsAt, kind, state }) => ({
      id: key,
      startsAt,
      label: MEETING_KINDS[kind][lang],
      cancelled: state === 'cancelled',
    })),
    now,
    lang,
    words.letterWord,
  )
  if (points.length === 0) return null
  const today = dayOf(now)
  const { placed, nowAt } = placedOf(points, now, (at) => (dayOf(at) === today ? timeText(at) : shortDay(dayOf(at), lang, today)))
  const past = points.filter((point) => point.past)
  const hidden = past.slice(0, Math.max(0, past.length - PAST_SHOWN))
  const shown = points.filter((point) => !hidden.includes(point))
  return (
    <section className="card pad" aria-labelledby="line-title">
      <div className="row between wrap">
        <h2 id="line-title">{words.line}</h2>
        <small>
          {shortDay(dayOf(points[0]!.at), lang, today)} – {shortDay(dayOf(points.at(-1)!.at), lang, today)}
        </small>
      </div>
      <div className="wide-only">
        <svg className="line-picture" viewBox={`0 0 ${WIDTH} 132`} role="img" aria-label={words.linePicture}>
          <rect x="0" y={MIDDLE - 20} width={WIDTH * nowAt} height="40" fill="var(--quiet)" />
          <rect x={WIDTH * nowAt} y={MIDDLE - 20} width={WIDTH * (1 - nowAt)} height="40" fill="var(--accent-soft)" />
          <line x1="0" x2={WIDTH} y1={MIDDLE} y2={MIDDLE} stroke="var(--field)" />
          <line x1={WIDTH * nowAt} x2={WIDTH * nowAt} y1={MIDDLE - 20} y2={MIDDLE + 34} stroke="var(--ink)" strokeWidth="2" />
          <text className="strong" x={WIDTH * nowAt} y={MIDDLE + 50} textAnchor="middle">
            {words.todayTag}
          </text>
          {placed.map((point) => (
            <Dot key={point.key} point={point} />
          ))}
        </svg>
        <details>
          <summary>{words.lineList}</summary>
          <List points={points} now={now} />
        </details>
      </div>
      <div className="narrow-only">
        {hidden.length > 0 && (
          <details>
            <summary>
              {words.earlier}: {hidden.length}
            </summary>
            <List points={hidden} now={now} plain />
          </details>
        )}
        <List points={shown} now={now} />
      </div>
    </section>
  )
}

function Dot({ point }: { point: Placed }) {
  const x = point.x * WIDTH
  return (
    <g>
      <title>{point.text}</title>
      {point.mark === 'letter' ? (
        <path d={`M${x} ${MIDDLE - 5}l5 5l-5 5l-5 -5z`} fill="var(--card)" stroke="var(--field)" strokeWidth="1.5" />
      ) : point.mark === 'meeting' ? (
        <rect
          x={x - 6}
          y={MIDDLE - 6}
          width="12"
          height="12"
          rx="3"
          fill={point.past ? 'var(--accent)' : 'var(--card)'}
          stroke="var(--accent)"
          strokeWidth="2"
        />
      ) : point.mark === 'review' ? (
        <rect x={x - 8} y={MIDDLE - 8} width="16" height="16" rx="3" fill="var(--card)" stroke="var(--accent)" strokeWidth="2" />
      ) : (
        <circle
          cx={x}
          cy={MIDDLE}
          r="6"
          fill={point.mark === 'act' ? 'var(--kept)' : point.mark === 'overdue' ? 'var(--late)' : 'var(--card)'}
          stroke={
            point.mark === 'act'
              ? 'var(--card)'
              : point.mark === 'overdue' || point.mark === 'attempt'
                ? 'var(--late)'
                : point.mark === 'coming'
                  ? 'var(--soon)'
                  : 'var(--field)'
          }
          strokeWidth="2"
        />
      )}
      {(point.mark === 'attempt' || point.mark === 'withdrawn') && (
        <path
          d={`M${x - 4} ${MIDDLE - 4}l8 8m0-8l-8 8`}
          stroke={point.mark === 'attempt' ? 'var(--late)' : 'var(--field)'}
          strokeWidth="2"
        />
      )}
      {point.labelled && (
        <>
          <line
            x1={x}
            x2={x}
            y1={point.labelled === 'above' ? MIDDLE - 26 : MIDDLE + 22}
            y2={point.labelled === 'above' ? MIDDLE - 9 : MIDDLE + 9}
            stroke="var(--field)"
          />
          <text
            className={point.mark === 'overdue' ? 'late' : ''}
            x={labelStart(point.x, point.text) * WIDTH}
            y={point.labelled === 'above' ? MIDDLE - 32 : MIDDLE + 34}
          >
            {point.text}
          </text>
        </>
      )}
    </g>
  )
}

function List({ points, now, plain = false }: { points: readonly Point[]; now: number; plain?: boolean }) {
  const { lang, words } = useHere()
  const today = dayOf(now)
  const nowBefore = points.find((point) => !point.past)?.key
  return (
    <ol className="line-list">
      {points.flatMap((point) => {
        const row = (
          <li key={point.key} className={point.mark}>
            <time dateTime={dayOf(point.at)}>{shortDay(dayOf(point.at), lang, today)}</time>
            <i aria-hidden="true" />
            <span>
              {point.label}
              {point.mark === 'overdue' && <b> · {words.hourLate}</b>}
              {point.mark === 'attempt' && ` · ${words.notCounted}`}
              {point.mark === 'withdrawn' && ` · ${words.withdrawn}`}
              {!point.past && <span className="hidden"> · {words.coming}</span>}
            </span>
          </li>
        )
        if (plain || point.key !== nowBefore) return [row]
        return [
          <li key="now" className="is-now">
            <time dateTime={today}>{shortDay(today, lang, today)}</time>
            <i aria-hidden="true" />
            <span>{words.todayTag}</span>
          </li>,
          row,
        ]
      })}
    </ol>
  )
}
