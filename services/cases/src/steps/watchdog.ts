/** Reads open deadlines and takes the steps that nobody took: Temporal is away, or lost a timer. Same keys, so once. */
import type { Log } from '@tirek/platform/log'
import { describe } from '@tirek/platform/ticker'
import { nextStepOf, stepsUntil } from '@tirek/procedure/next-step'
import { programmeOf, rulesOf } from '@tirek/procedure/programmes'
import { MINUTE } from '@tirek/procedure/time'
import type { KnownRow } from './people.ts'
import { createTakeSteps, type StepTools } from './take-steps.ts'

/** How late a step is before it is taken here. */
export const GRACE = { urgent: MINUTE / 2, case: 30 * MINUTE } as const

type Late = { case_id: string; key: string; next_step_at: number }

/** One turn; returns how many steps were taken. The hour comes before all else, and one case that fails holds up no other. */
export const createWatch = (tools: StepTools, log: Log) => {
  const takeSteps = createTakeSteps(tools)

  async function take({ case_id: caseId, key, next_step_at: late }: Late, now: number): Promise<number> {
    const [row] = (await tools.db.query(
      `SELECT c.*, (SELECT coalesce(jsonb_agg(s.key), '[]') FROM cases.step s WHERE s.case_id = c.id AND s.deadline_key = $2) AS taken FROM cases."case" c WHERE c.id = $1`,
      [caseId, key],
      'late-case',
    )) as unknown as [(KnownRow & { taken: string[] })?]
    if (!row) return 0
    const { facts } = row
    const taken = new Set(row.taken)
    const deadline = programmeOf(facts.programme)
      .deadlinesOf(facts, rulesOf(facts.programme, facts.edition), await tools.calendarOf(facts.calendar))
      .find((open) => open.key === key)
    const stepKeys = deadline
      ? stepsUntil(deadline, now)
          .filter((step) => !taken.has(step.key))
          .map((step) => step.key)
      : []
    if (stepKeys.length > 0) return (await takeSteps({ caseId, deadlineKey: key, stepKeys, by: 'watchdog' })).taken.length
    // The row is behind its facts: put right, or it would be looked at in every turn.
    const next = deadline ? (nextStepOf(deadline, taken)?.at ?? null) : null
    // Only what was seen: whoever changed the case meanwhile knows better.
    await tools.db.query('UPDATE cases.deadline SET next_step_at = $3 WHERE case_id = $1 AND key = $2 AND next_step_at = $4', [
      caseId,
      key,
      next,
      late,
    ])
    return 0
  }

  /** Deadlines that failed are passed over for a while (machine's clock), so that they never fill a turn. */
  const failed = new Map<string, number>()

  return async (limit = 200): Promise<number> => {
    let took = 0
    for (const runBy of ['urgent', 'case'] as const) {
      const now = tools.clock.now()
      const late = (await tools.db.query(
        `SELECT d.case_id, d.key, d.next_step_at FROM cases.deadline d WHERE d.state = 'open' AND d.run_by = $1 AND d.next_step_at <= $2 ORDER BY d.next_step_at LIMIT $3`,
        [runBy, now - GRACE[runBy], limit + failed.size],
        'late-steps',
      )) as unknown as Late[]
      for (const one of late) {
        const name = `${one.case_id}/${one.key}`
        if ((failed.get(name) ?? 0) > performance.now()) continue
        try {
          took += await take(one, now)
          failed.delete(name)
        } catch (error) {
          failed.set(name, performance.now() + MINUTE)
          log.error({ case: one.case_id, deadline: one.key, error: describe(error) }, 'the watchdog could not take a step and tries again')
        }
      }
    }
    return took
  }
}
