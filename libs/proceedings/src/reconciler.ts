/** Finds proceedings whose workflow is missing or behind the record, and steps that nobody took. Nothing is believed but the record. */
import { MINUTE } from '@tirek/procedure/time'
import type { Clock } from '@tirek/platform/clock'
import type { Log } from '@tirek/platform/log'
import { describe } from '@tirek/platform/ticker'
import { takenOf } from './changes.ts'
import type { CasesNow } from './cases-now.ts'
import type { DirectoryViews } from './directory.ts'
import { CASE_ENDED, FORMERLY, openStepsOf, type Kind, type ProceedingFacts, type ProceedingStep } from './kind.ts'
import { tell } from './outbox.ts'
import { sqlOf, type Store } from './store.ts'
import type { StepsAsked } from './take-steps.ts'

/** A step that is later than this was not taken by its workflow: Temporal is away. */
export const LATE_MS = 30 * MINUTE
const AT_ONCE = 50
/** Steps of the end of the case as it stands: spared, or told. `$2`: the row that is told, `$3`: those of an end before. */
const OF_ITS_END = `(spared IS NOT NULL OR "row" = $2) AND key NOT LIKE $3`
const FIRST = '00000000-0000-0000-0000-000000000000'

export type ReconcilerTools<L, F extends ProceedingFacts, S extends ProceedingStep> = {
  kind: Kind<L, F, S>
  work: Store
  clock: Clock
  log: Log
  isRunning(caseId: string, id: string): Promise<boolean>
  directory: DirectoryViews
  cases: CasesNow
  takeSteps(asked: StepsAsked): Promise<{ taken: readonly string[] }>
}

export class Reconciler<L, F extends ProceedingFacts, S extends ProceedingStep> {
  readonly #tools: ReconcilerTools<L, F, S>
  /** Those that failed are passed over for a while (machine's clock), so that they never fill a turn. */
  readonly #failed = new Map<string, number>()
  #from = FIRST

  constructor(tools: ReconcilerTools<L, F, S>) {
    this.#tools = tools
  }

  /** Takes what is late; returns how many steps were taken. One that fails holds up no other. */
  async takeLate(): Promise<number> {
    const { kind, work, clock, log } = this.#tools
    const now = clock.now()
    const late = await work.asItself((tx) =>
      sqlOf(tx)(`SELECT id FROM ${kind.schema}.${kind.of} WHERE next_step_at < $1 ORDER BY next_step_at LIMIT $2`, [
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
        log.error({ [kind.of]: id, error: describe(error) }, 'the watch could not take a step and tries again')
      }
    }
    return took
  }

  async #take(id: string, now: number): Promise<number> {
    const { kind, work, log, directory, takeSteps } = this.#tools
    const stepKeys = await work.asItself(async (tx) => {
      const loaded = await kind.load(tx, id, true)
      if (!loaded) return []
      const calendar = await directory.calendar(kind.rowOf(loaded).calendar)
      const open = openStepsOf(kind, kind.factsOf(loaded), calendar, await takenOf(tx, kind, id))
      const due = open.filter(({ at }) => at <= now).map(({ key }) => key)
      // The row is behind its facts: put right, or it would be looked at in every turn.
      if (due.length === 0) await tx.update(kind.entity, { id }, { nextStepAt: open[0]?.at ?? null })
      return due
    })
    if (stepKeys.length === 0) return 0
    log.warn({ [kind.of]: id, steps: stepKeys.length }, 'steps were late and are taken by the watch')
    return (await takeSteps({ id, stepKeys, by: 'watch' })).taken.length
  }

  /**
   * Whoever leads a case that has ended hears of what goes on after it, also where no step is due. Of one that was opened again the steps that were
   * spared meanwhile come back. In doubt the next turn does it.
   */
  async #byTheirCases(open: readonly { id: string; caseId: string }[]): Promise<void> {
    const { kind, cases, takeSteps, log } = this.#tools
    try {
      const known = new Map((await cases.all([...new Set(open.map(({ caseId }) => caseId))])).map((one) => [one.caseId, one.ended]))
      for (const { id, caseId } of open) if (known.get(caseId)) await takeSteps({ id, stepKeys: [], by: 'watch' })
      const going = open.filter(({ caseId }) => known.get(caseId) === false).map(({ id }) => id)
      for (const id of await this.#markedEnded(going)) await this.#openAgain(id)
    } catch (error) {
      log.warn({ of: kind.of, error: describe(error) }, 'it is not known which cases have ended')
    }
  }

  /** Those of these whose case had ended once, and that do not know yet that it goes on. */
  async #markedEnded(ids: readonly string[]): Promise<string[]> {
    const { work, kind } = this.#tools
    if (ids.length === 0) return []
    const { schema, of } = kind
    const rows = await work.asItself((tx) =>
      sqlOf(tx)(`SELECT DISTINCT ${of} AS id FROM ${schema}.step WHERE ${of} = ANY($1) AND ${OF_ITS_END}`, [
        ids,
        CASE_ENDED,
        `%${FORMERLY}%`,
      ]),
    )
    return rows.map(({ id }) => id as string)
  }

  /** What was spared is open again: what is due of it is taken now. That it was spared stays in the history, under a key of its own. */
  async #openAgain(id: string): Promise<void> {
    const { kind, work, clock, log, directory, takeSteps } = this.#tools
    const { schema, of } = kind
    const due = await work.asItself(async (tx) => {
      const loaded = await kind.load(tx, id, true)
      if (!loaded) return []
      const rows = await sqlOf(tx)(
        `UPDATE ${schema}.step SET key = key || $4 || taken_at WHERE ${of} = $1 AND ${OF_ITS_END} RETURNING key`,
        [id, CASE_ENDED, `%${FORMERLY}%`, FORMERLY],
      )
      const back = new Set(rows.map(({ key }) => (key as string).split(FORMERLY)[0]))
      const open = openStepsOf(
        kind,
        kind.factsOf(loaded),
        await directory.calendar(kind.rowOf(loaded).calendar),
        await takenOf(tx, kind, id),
      )
      await tx.update(kind.entity, { id }, { nextStepAt: open[0]?.at ?? null })
      return open.filter(({ key, at }) => back.has(key) && at <= clock.now()).map(({ key }) => key)
    })
    log.info({ [of]: id, steps: due.length }, 'its case was opened again: what was spared is due')
    if (due.length > 0) await takeSteps({ id, stepKeys: due, by: 'watch' })
  }

  /** Tells again what a workflow does not know yet, and asks Temporal whether those that await something are there. Returns repairs queued. */
  async turn(): Promise<number> {
    const { kind, work, clock, log, isRunning } = this.#tools
    const { schema, of } = kind
    const open = await work.asItself((tx) =>
      sqlOf(tx)(
        `SELECT m.id, m.case_id, m.facts_version, a.version IS NULL OR a.version < m.facts_version AS behind
           FROM ${schema}.${of} m LEFT JOIN ${schema}.workflow_ack a ON a.${of} = m.id
          WHERE m.id > $1 AND (a.version IS NULL OR a.open OR a.version < m.facts_version) AND NOT EXISTS (SELECT 1 FROM ${schema}.outbox o WHERE o.${of} = m.id AND o.kind = 'facts') ORDER BY m.id LIMIT $2`,
        [this.#from, AT_ONCE],
      ),
    )
    this.#from = open.length < AT_ONCE ? FIRST : (open.at(-1)!['id'] as string)
    await this.#byTheirCases(open.map((row) => ({ id: row['id'] as string, caseId: row['case_id'] as string })))
    let repaired = 0
    // Those that are behind first: nobody need be asked about them.
    for (const row of open.toSorted((a, b) => Number(b['behind']) - Number(a['behind']))) {
      const {
        id,
        case_id: caseId,
        facts_version: version,
        behind,
      } = row as { id: string; case_id: string; facts_version: number; behind: boolean }
      if (!behind && (await isRunning(caseId, id))) continue
      log.warn(
        { [of]: id },
        behind ? 'its workflow is behind the record and is told again' : 'its workflow was missing and is started again',
      )
      await work.asItself((tx) => tell(sqlOf(tx), kind, { id, caseId, version, now: clock.now() }, [{ kind: 'facts' }]))
      repaired++
    }
    return repaired
  }
}
