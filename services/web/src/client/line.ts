/** The line of the case: past acts and coming terms on one axis. Pure: places and words, no drawing. */
import type { DeadlineView, TimelineItem } from '@tirek/contract/answers'
import type { Lang } from '@tirek/contract/roles'
import { DAY, dayOf, type Instant } from '@tirek/procedure/time'

export type Mark = 'act' | 'attempt' | 'withdrawn' | 'overdue' | 'coming' | 'review' | 'letter' | 'meeting'

/** A meeting of the case: when, and what kind. */
export type LineMeeting = { id: string; startsAt: Instant; label: string; cancelled: boolean }

export type Point = { key: string; at: Instant; mark: Mark; label: string; past: boolean }

const HELD_BACK = new Set(['contact-attempted'])

/** Acts, letters of the system (those of one day are one point), meetings and open terms, in order of time. */
export function pointsOf(
  timeline: readonly TimelineItem[],
  deadlines: readonly DeadlineView[],
  meetings: readonly LineMeeting[],
  now: Instant,
  lang: Lang,
  /** What letters are called. */
  letterWord: string,
): Point[] {
  const acts = timeline
    .filter((item) => item.by !== undefined || item.origin !== undefined)
    .map((item): Point => ({
      key: item.id,
      at: item.happenedAt,
      mark: item.withdrawn ? 'withdrawn' : HELD_BACK.has(item.kind) ? 'attempt' : 'act',
      label: item.label[lang],
      past: true,
    }))
  const terms = deadlines
    .filter((deadline) => deadline.state === 'open' && deadline.due !== undefined)
    .map((deadline): Point => {
      // A day's term ends at its last instant: drawn within its day.
      const at = deadline.dueDay === undefined ? deadline.due! : deadline.due! - 1
      const late = deadline.overdue
      return {
        key: deadline.key,
        at,
        mark: late ? 'overdue' : deadline.row === 'review' ? 'review' : 'coming',
        label: deadline.what[lang],
        past: at < now,
      }
    })
  const held = meetings
    .filter((meeting) => !meeting.cancelled)
    .map((meeting): Point => ({
      key: meeting.id,
      at: meeting.startsAt,
      mark: 'meeting',
      label: meeting.label,
      past: meeting.startsAt < now,
    }))
  return [...acts, ...lettersOf(timeline, lang, letterWord), ...held, ...terms].toSorted((a, b) => a.at - b.at)
}

function lettersOf(timeline: readonly TimelineItem[], lang: Lang, word: string): Point[] {
  const days = new Map<string, TimelineItem[]>()
  for (const item of timeline) {
    if (item.by !== undefined) continue
    const day = dayOf(item.happenedAt)
    days.set(day, [...(days.get(day) ?? []), item])
  }
  return [...days].map(([day, items]) => ({
    key: `letters-${day}`,
    at: Math.max(...items.map(({ happenedAt }) => happenedAt)),
    mark: 'letter',
    label: items.length === 1 ? `${word}: ${items[0]!.label[lang]}` : `${word}: ${items.length}`,
    past: true,
  }))
}

export type Placed = Point & { x: number; text: string; labelled?: 'above' | 'below' }

/** Width of a letter and of the space between labels, as shares of the line's width. */
export const LETTER = 0.0097
const SPACE = 0.015
const LONGEST = 26

export const labelOf = (label: string, day: string): string =>
  `${label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label} · ${day}`

/** Where a label begins: centred on its point, but never beyond the ends of the line. */
export const labelStart = (x: number, label: string): number =>
  Math.min(Math.max(0, x - (label.length * LETTER) / 2), 1 - label.length * LETTER)

/**
 * Places on a line 0…1 that begins a little before the first point and ends after the last; now is always on it. Time is stretched by
 * its root on both sides of now, so that this week can be told apart beside half a year. Terms are labelled first, where there is room.
 */
export function placedOf(points: readonly Point[], now: Instant, dayTextOf: (at: Instant) => string): { placed: Placed[]; nowAt: number } {
  const before = Math.max(DAY, ...points.map(({ at }) => now - at))
  const after = Math.max(DAY, ...points.map(({ at }) => at - now))
  const nowAt = points.some(({ at }) => at < now) ? (points.some(({ at }) => at > now) ? 0.46 : 0.86) : 0.1
  const xOf = (at: Instant) =>
    at <= now ? nowAt - Math.sqrt((now - at) / before) * (nowAt - 0.03) : nowAt + Math.sqrt((at - now) / after) * (0.97 - nowAt)
  const placed = points.map((point): Placed => ({ ...point, x: xOf(point.at), text: labelOf(point.label, dayTextOf(point.at)) }))
  const taken = { above: [] as [number, number][], below: [[nowAt - 0.05, nowAt + 0.05]] as [number, number][] }
  const isFree = (side: 'above' | 'below', from: number, to: number) =>
    taken[side].every(([start, end]) => to + SPACE < start || from - SPACE > end)
  const wanted = [
    ...placed.filter(({ mark }) => mark === 'overdue'),
    ...placed.filter(({ mark, past }) => !past && (mark === 'coming' || mark === 'review' || mark === 'meeting')),
    ...placed.filter(({ past, mark }) => past && mark !== 'overdue' && mark !== 'letter').toReversed(),
  ]
  for (const point of wanted) {
    const from = labelStart(point.x, point.text)
    const to = from + point.text.length * LETTER
    const side = isFree('above', from, to) ? 'above' : isFree('below', from, to) ? 'below' : undefined
    if (!side) continue
    point.labelled = side
    taken[side].push([from, to])
  }
  return { placed, nowAt }
}
