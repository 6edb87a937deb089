/** Finds meetings whose workflow is missing or behind the record, and steps that nobody took. Nothing is believed but the record. */
import { MEETING_RULES } from '@tirek/procedure/meetings/rows'
import { openMeetingSteps } from '@tirek/procedure/meetings/steps'
import { MINUTE } from '@tirek/procedure/time'
import type { Clock } from '@tirek/platform/clock'
import type { Log } from '@tirek/platform/log'
import type { TakeMeetingSteps } from '@tirek/workflows/activities'
import type { DirectoryViews } from '../record/directory.ts'
import { factsOf, load } from '../record/loaded.ts'
import { tell } from '../record/outbox.ts'
import { sqlOf, type Store } from '../record/store.ts'
import type { Tell } from './tell.ts'

/** A step that is later than this was not taken by its workflow: Temporal is away. */
export const LATE_MS = 30 * MINUTE
const AT_ONCE = 50

export type ReconcilerTools = {
  work: Store
  clock: Clock
  log: Log
  tell: Tell
  directory: DirectoryViews
  takeSteps(input: TakeMeetingSteps): Promise<unknown>
}

export class Reconciler {
  readonly #tools: ReconcilerTools
  #from = '00000000-0000-0000-0000-000000000000'

  constructor(tools: ReconcilerTools) {
    this.#tools = tools
  }

  /** Takes what is late; returns how many meetings had something late. */
  async takeLate(): Promise<number> {
    const { work, clock, log, directory, takeSteps } = this.#tools
    const now = clock.now()
    const late = await work.asItself((tx) =>
      sqlOf(tx)('SELECT id FROM meetings.meeting WHERE next_step_at < $1 ORDER BY next_step_at LIMIT $2', [now - LATE_MS, AT_ONCE]),
    )
    for (const { id } of late) {
      const stepKeys = await work.asItself(async (tx) => {
        const loaded = await load(tx, id as string)
        if (!loaded) return []
        const rows = await sqlOf(tx)('SELECT key FROM meetings.step WHERE meeting = $1', [id])
        const calendar = await directory.calendar(loaded.meeting.calendar)
        return openMeetingSteps(factsOf(loaded), MEETING_RULES, calendar, new Set(rows.map((row) => row['key'] as string)))
          .filter(({ at }) => at <= now)
          .map(({ key }) => key)
      })
      log.warn({ meeting: id, steps: stepKeys.length }, 'steps were late and are taken by the watch')
      await takeSteps({ meetingId: id as string, stepKeys, by: 'watch' })
    }
    return late.length
  }

  /** Asks Temporal for the next meetings that await something whether their workflow is there. Returns repairs queued. */
  async turn(): Promise<number> {
    const { work, clock, log, tell: told } = this.#tools
    const open = await work.asItself((tx) =>
      sqlOf(tx)(
        `SELECT m.id, m.case_id, m.facts_version FROM meetings.meeting m JOIN meetings.workflow_ack a ON a.meeting = m.id AND a.open
          WHERE m.id > $1 AND NOT EXISTS (SELECT 1 FROM meetings.outbox o WHERE o.meeting = m.id AND o.kind = 'facts') ORDER BY m.id LIMIT $2`,
        [this.#from, AT_ONCE],
      ),
    )
    this.#from = open.length < AT_ONCE ? '00000000-0000-0000-0000-000000000000' : (open.at(-1)!['id'] as string)
    let repaired = 0
    for (const { id, case_id: caseId, facts_version: version } of open) {
      if (await told.isRunning(id as string)) continue
      log.warn({ meeting: id }, 'its workflow was missing and is started again')
      await work.asItself((tx) =>
        tell(sqlOf(tx), { meeting: id as string, caseId: caseId as string, version: version as number, now: clock.now() }, [
          { kind: 'facts' },
        ]),
      )
      repaired++
    }
    return repaired
  }
}
