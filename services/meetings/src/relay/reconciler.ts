/** Finds meetings whose workflow is missing or behind the record, and steps that nobody took. Nothing is believed but the record. */
import { MEETING_RULES } from '@tirek/procedure/meetings/rows'
import { openMeetingSteps } from '@tirek/procedure/meetings/steps'
import { MINUTE } from '@tirek/procedure/time'
import type { Clock } from '@tirek/platform/clock'
import type { Log } from '@tirek/platform/log'
import type { MeetingStepsTaken, TakeMeetingSteps } from '@tirek/workflows/activities'
import { describe } from '@tirek/platform/ticker'
import { MeetingEntity } from '../calling/meeting.entity.ts'
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
  takeSteps(input: TakeMeetingSteps): Promise<MeetingStepsTaken>
}

export class Reconciler {
  readonly #tools: ReconcilerTools
  /** Meetings that failed are passed over for a while (machine's clock), so that they never fill a turn. */
  readonly #failed = new Map<string, number>()
  #from = '00000000-0000-0000-0000-000000000000'

  constructor(tools: ReconcilerTools) {
    this.#tools = tools
  }

  /** Takes what is late; returns how many steps were taken. One meeting that fails holds up no other. */
  async takeLate(): Promise<number> {
    const { work, clock, log } = this.#tools
    const now = clock.now()
    const late = await work.asItself((tx) =>
      sqlOf(tx)('SELECT id FROM meetings.meeting WHERE next_step_at < $1 ORDER BY next_step_at LIMIT $2', [
        now - LATE_MS,
        AT_ONCE + this.#failed.size,
      ]),
    )
    let took = 0
    for (const row of late) {
      const id = row['id'] as string
      if ((this.#failed.get(id) ?? 0) > performance.now()) continue
      try {
        took += await this.#take(id, now)
        this.#failed.delete(id)
      } catch (error) {
        this.#failed.set(id, performance.now() + MINUTE)
        log.error({ meeting: id, error: describe(error) }, 'the watch could not take a step and tries again')
      }
    }
    return took
  }

  async #take(id: string, now: number): Promise<number> {
    const { work, log, directory, takeSteps } = this.#tools
    const stepKeys = await work.asItself(async (tx) => {
      const loaded = await load(tx, id, true)
      if (!loaded) return []
      const rows = await sqlOf(tx)('SELECT key FROM meetings.step WHERE meeting = $1', [id])
      const calendar = await directory.calendar(loaded.meeting.calendar)
      const open = openMeetingSteps(factsOf(loaded), MEETING_RULES, calendar, new Set(rows.map((row) => row['key'] as string)))
      const due = open.filter(({ at }) => at <= now).map(({ key }) => key)
      // The row is behind its facts: put right, or it would be looked at in every turn.
      if (due.length === 0) await tx.update(MeetingEntity, { id }, { nextStepAt: open[0]?.at ?? null })
      return due
    })
    if (stepKeys.length === 0) return 0
    log.warn({ meeting: id, steps: stepKeys.length }, 'steps were late and are taken by the watch')
    return (await takeSteps({ meetingId: id, stepKeys, by: 'watch' })).taken.length
  }

  /** Tells again what a workflow does not know yet, and asks Temporal whether those that await something are there. Returns repairs queued. */
  async turn(): Promise<number> {
    const { work, clock, log, tell: told } = this.#tools
    const open = await work.asItself((tx) =>
      sqlOf(tx)(
        `SELECT m.id, m.case_id, m.facts_version, a.version IS NULL OR a.version < m.facts_version AS behind
           FROM meetings.meeting m LEFT JOIN meetings.workflow_ack a ON a.meeting = m.id
          WHERE m.id > $1 AND (a.version IS NULL OR a.open OR a.version < m.facts_version) AND NOT EXISTS (SELECT 1 FROM meetings.outbox o WHERE o.meeting = m.id AND o.kind = 'facts') ORDER BY m.id LIMIT $2`,
        [this.#from, AT_ONCE],
      ),
    )
    this.#from = open.length < AT_ONCE ? '00000000-0000-0000-0000-000000000000' : (open.at(-1)!['id'] as string)
    let repaired = 0
    // Those that are behind first: nobody need be asked about them.
    for (const { id, case_id: caseId, facts_version: version, behind } of open.toSorted(
      (a, b) => Number(b['behind']) - Number(a['behind']),
    )) {
      if (!behind && (await told.isRunning(caseId as string, id as string))) continue
      log.warn(
        { meeting: id },
        behind ? 'its workflow is behind the record and is told again' : 'its workflow was missing and is started again',
      )
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
