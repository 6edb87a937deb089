/** Reads open deadlines and takes the steps that nobody took: Temporal is away, or lost a timer. Same keys, so once. */
import type { Calendar } from '@tirek/procedure/calendar'
import { stepsUntil } from '@tirek/procedure/next-step'
import { programmeOf, rulesOf } from '@tirek/procedure/programmes'
import { MINUTE, SECOND } from './units.ts'
import type { StepTools } from './take-steps.ts'
import { createTakeSteps } from './take-steps.ts'
import type { KnownRow } from './people.ts'

/** How late a step is before it is taken here. */
export const GRACE = { urgent: 30 * SECOND, case: 30 * MINUTE } as const

/** One turn; returns how many steps were taken. The hour comes before all else. */
export const createWatch = (tools: StepTools & { calendarOf(version: string): Promise<Calendar> }) => {
  const takeSteps = createTakeSteps(tools)
  return async (limit = 200): Promise<number> => {
    let took = 0
    for (const runBy of ['urgent', 'case'] as const) {
      const now = tools.clock.now()
      const late = await tools.db.query(
        `SELECT d.case_id, d.key FROM cases.deadline d WHERE d.state = 'open' AND d.run_by = $1 AND d.next_step_at < $2 ORDER BY d.next_step_at LIMIT $3`,
        [runBy, now - GRACE[runBy], limit],
        'late-steps',
      )
      for (const { case_id: caseId, key } of late as unknown as { case_id: string; key: string }[]) {
        const [row] = (await tools.db.query(`SELECT c.*, (SELECT coalesce(jsonb_agg(s.key), '[]') FROM cases.step s WHERE s.case_id = c.id) AS taken FROM cases."case" c WHERE c.id = $1`, [caseId])) as unknown as [(KnownRow & { taken: string[] })?]
        if (!row) continue
        const { facts } = row
        const deadline = programmeOf(facts.programme)
          .deadlinesOf(facts, rulesOf(facts.programme, facts.edition), await tools.calendarOf(facts.calendar))
          .find((open) => open.key === key)
        if (!deadline) continue
        const taken = new Set(row.taken)
        const stepKeys = stepsUntil(deadline, now).filter((step) => !taken.has(step.key)).map((step) => step.key)
        if (stepKeys.length === 0) continue
        took += (await takeSteps({ caseId, deadlineKey: key, stepKeys, by: 'watchdog' })).taken.length
      }
    }
    return took
  }
}
