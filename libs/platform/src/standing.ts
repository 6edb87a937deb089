/** What the directory says of a person: role, organisation, whether they may sign in at all. Kept for half a minute, so a change tells within one. */
import type { Lang, Role } from '@tirek/contract/roles'
import type { Row } from './database.ts'
import { isAway } from './database.ts'

export type Standing = {
  person: string
  login: string
  role: Role
  organisation: string | null
  lang: Lang
  active: boolean
  /** Sign-ins up to this instant (ms UTC) are over. */
  signedOutAt: number | null
  /** Ids of sessions of browsers that were ended before their time. */
  endedSessions: readonly string[]
}
export const FIND_BY = ['id', 'login', 'email'] as const
export type FindBy = (typeof FIND_BY)[number]

export type Directory = (by: FindBy, value: string) => Promise<Standing | undefined>

/** So old an answer is asked for again, ms. */
export const FRESH_MS = 30_000
/** So old an answer counts while the directory cannot be asked, ms. */
export const STALE_MS = 60_000
const MOST = 10_000

type Known = { at: number; standing: Standing | undefined }

/** Remembers answers; questions at the same time are one. `now`: ms of a clock that never goes back. */
export function remembered(ask: Directory, now: () => number = () => performance.now()): Directory {
  const known = new Map<string, Known>()
  const asked = new Map<string, Promise<Standing | undefined>>()
  return async (by, value) => {
    const key = `${by}/${value}`
    const last = known.get(key)
    if (last && now() - last.at < FRESH_MS) return last.standing
    let answer = asked.get(key)
    if (!answer) {
      const at = now()
      answer = ask(by, value).then((standing) => {
        known.delete(key)
        if (known.size >= MOST) known.delete(known.keys().next().value!)
        // Nobody is remembered as unknown: a person just entered signs in at once.
        if (standing) known.set(key, { at, standing })
        return standing
      })
      asked.set(key, answer)
      answer.catch(() => {}).finally(() => asked.delete(key))
    }
    try {
      return await answer
    } catch (error) {
      if (last && isAway(error) && now() - last.at < STALE_MS) return last.standing
      throw error
    }
  }
}

const COLUMN = { id: 'id', login: 'login', email: 'lower(email)' } as const satisfies Record<FindBy, string>
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Reads the view `directory.person_view`. Two people of one address are nobody: the address does not say who signs in. */
export const directoryOf =
  (query: (text: string, values: unknown[]) => Promise<Row[]>): Directory =>
  async (by, value) => {
    if (value.length > 254 || value.includes('\0') || (by === 'id' && !UUID.test(value))) return undefined
    const rows = await query(
      `SELECT id, login, role, organisation, lang, active, signed_out_at, ended_sessions FROM directory.person_view WHERE ${COLUMN[by]} = $1 LIMIT 2`,
      [by === 'email' ? value.toLowerCase() : value],
    )
    const [row] = rows
    if (!row || rows.length > 1) return undefined
    const { id: person, signed_out_at: signedOutAt, ended_sessions: ended, ...rest } = row
    return {
      person,
      signedOutAt: signedOutAt === null || signedOutAt === undefined ? null : Number(signedOutAt),
      endedSessions: (ended as string[] | null) ?? [],
      ...(rest as Omit<Standing, 'person' | 'signedOutAt' | 'endedSessions'>),
    }
  }
