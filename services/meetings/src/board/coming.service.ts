/** Meetings of a time over all cases that somebody may see: who sees which case is asked of the cases service, page by page. */
import { Inject, Injectable } from '@nestjs/common'
import type { MeetingList, MeetingSummary } from '@tirek/contract/meetings'
import type { CaseDecision } from '@tirek/contract/proceedings'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import { ProblemError } from '@tirek/platform/problem'
import { Trail } from '@tirek/platform/trail'
import { dayOf, startOfDay } from '@tirek/procedure/time'
import { Decisions } from '@tirek/proceedings/decisions'
import { sqlOf, Store } from '@tirek/proceedings/store'
import { CLOCK } from '@tirek/proceedings/tokens'
import type { EntityManager } from 'typeorm'
import { load } from '../record/loaded.ts'
import { summaryOf } from './board.service.ts'

type Asked = { from: number; till: number; cursor?: string | undefined; limit: number }
type Place = { at: number; id: string }
type Found = Place & { caseId: string }

/** Meetings that are looked at for one page, most of which may be of cases that this person does not see. */
const LOOKED_AT = 200
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

@Injectable()
export class ComingService {
  constructor(
    @Inject(Store) private readonly store: Store,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(Trail) private readonly trail: Trail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Those that begin in the time, drafts among them and cancelled ones not, the earliest first. A page may be short, or empty, and have a next one. */
  async list({ from, till, cursor, limit }: Asked, who: Who): Promise<MeetingList> {
    const after = cursor === undefined ? { at: from, id: FIRST_ID } : placeOf(cursor)
    const found = await this.#between(who, after, till)
    const seen = await this.#seen(who, found)
    const shown = found.filter(({ caseId }) => seen.has(caseId)).slice(0, limit)
    // All that were looked at are done with, unless the page was full before.
    const last = shown.length === limit ? shown.at(-1) : found.length === LOOKED_AT ? found.at(-1) : undefined
    const cases = [...new Set(shown.map(({ caseId }) => caseId))]
    const items = await this.store.asPerson(who.person, cases, async (tx) => {
      const summaries: MeetingSummary[] = []
      for (const { id } of shown) {
        const loaded = await load(tx, id)
        if (loaded) summaries.push(summaryOf(loaded, seen.get(loaded.meeting.caseId)!))
      }
      await this.#record(tx, who, cases, seen)
      return summaries
    })
    return { items, mayCall: false, ...(last && { next: cursorOf(last) }) }
  }

  /** Ids alone, of the organisation and of cases that this person leads: what a person may not see is not read here. */
  async #between({ person, organisation }: Who, after: Place, till: number): Promise<Found[]> {
    const rows = await this.store.asPerson(person, [], (tx) =>
      sqlOf(tx)('SELECT id, case_id, starts_at FROM meetings.coming($1, $2, $3, $4, $5, $6)', [
        organisation ?? null,
        person,
        after.at,
        after.id,
        till,
        LOOKED_AT,
      ]),
    )
    return rows.map((row) => ({ id: row['id'] as string, caseId: row['case_id'] as string, at: Number(row['starts_at']) }))
  }

  async #seen(who: Who, found: readonly Found[]): Promise<Map<string, CaseDecision>> {
    const ids = [...new Set(found.map(({ caseId }) => caseId))]
    const decided = ids.length === 0 ? [] : await this.decisions.of(who, ids)
    return new Map(decided.filter(({ parts }) => parts.includes('meetings')).map((one) => [one.caseId, one]))
  }

  /** The list each time, and each of its cases once a day: a page that is looked at every minute would fill their chains. */
  async #record(tx: EntityManager, who: Who, cases: readonly string[], seen: ReadonlyMap<string, CaseDecision>): Promise<void> {
    const sql = sqlOf(tx)
    const today = startOfDay(dayOf(this.clock.now()))
    const rows = await sql(
      `SELECT DISTINCT case_id FROM meetings.trail WHERE who = $1 AND what = 'read-meetings' AND at >= $2 AND case_id = ANY($3)`,
      [who.person, today, cases],
    )
    const known = new Set(rows.map((row) => row['case_id'] as string))
    const fresh = cases.filter((caseId) => !known.has(caseId))
    const what = 'read-meetings'
    await this.trail.record([{ who, what }, ...fresh.map((caseId) => ({ who, what, caseId, why: seen.get(caseId)?.relations[0] }))], sql)
  }
}

const cursorOf = ({ at, id }: Place): string => Buffer.from(JSON.stringify([at, id])).toString('base64url')

function placeOf(cursor: string): Place {
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [unknown, unknown]
    if (Number.isSafeInteger(at) && typeof id === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
      return { at: at as number, id }
  } catch {
    // Not one of ours.
  }
  throw new ProblemError('bad-input', { issues: [{ code: 'custom', message: 'invalid', path: ['cursor'] }] })
}
