/** What the page one comes to asks for, asked while its scripts still travel. Small, and loaded before them. */
import type { Work } from '@tirek/policy/work'
import { askAhead, SESSION, speak } from './api.ts'
import type { Me } from './me.tsx'
import { firstLang, storedLang } from './spoken.ts'

export type Whose = 'mine' | 'team'

/** A page of the work list. */
export const workListPath = (whose: Whose, cursor = ''): string =>
  `/api/worklist${whose === 'team' ? '/team' : ''}?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`

/** Under which pages keep it. */
export const workListKey = (whose: Whose) => ['worklist', whose] as const

/** The list that somebody comes to: whoever leads a team to the team's. Nobody else's work has one. */
export const firstList = (may: readonly Work[]): Whose | undefined =>
  may.includes('own work list') ? (may.includes('team work list') ? 'team' : 'mine') : undefined

const HOUR_MS = 3_600_000
/** Meetings of the hour before, since what has begun is under way, and of seven days. */
export const comingPath = (hour: number): string => `/api/meetings?from=${hour - HOUR_MS}&till=${hour + 7 * 24 * HOUR_MS}&limit=50`
export const hourOf = (now: number): number => Math.floor(now / HOUR_MS) * HOUR_MS

export const comingKey = (hour: number) => ['meetings', 'coming', hour] as const
/** Whether somebody is shown the meetings of the week. */
export const seesMeetings = (may: readonly Work[]): boolean => may.includes('work with a case')

type First = { whose: Whose | undefined; meets: boolean }
const firstOf = (may: readonly Work[]): First => ({ whose: firstList(may), meets: seesMeetings(may) })

/** What was shown here last is asked for before it is known who is here. Says which pages somebody has, not who. */
const FIRST = 'tirek-first'
export const storeFirst = (may: readonly Work[]): void => window.localStorage.setItem(FIRST, JSON.stringify(firstOf(may)))
function storedFirst(): First {
  try {
    const { whose, meets } = JSON.parse(window.localStorage.getItem(FIRST) ?? '{}') as Partial<First>
    return { whose: whose === 'mine' || whose === 'team' ? whose : undefined, meets: meets === true }
  } catch {
    return { whose: undefined, meets: false }
  }
}

/** Who is here, which every page asks; where the day's work is shown, that. */
export async function askFirst(pathname: string): Promise<void> {
  speak(firstLang())
  const session = askAhead<Me>(SESSION)
  const asked = new Set<string>()
  const askAll = ({ whose, meets }: First, now: number) => {
    const paths = [...(whose ? [workListPath(whose)] : []), ...(meets ? [comingPath(hourOf(now))] : [])]
    for (const path of paths) {
      if (asked.has(path)) continue
      asked.add(path)
      askAhead(path, { again: true }).catch(() => undefined)
    }
  }
  if (pathname === '/') askAll(storedFirst(), Date.now())
  const me = await session.catch(() => undefined)
  if (!me || pathname !== '/') return
  speak(storedLang() ?? me.lang)
  askAll(firstOf(me.may), me.now)
}
