/** Taking a step: the record has the last word. Asked by the proceeding's workflow, and by the watch should Temporal be away, with the same keys. */
import type { Clock } from '@tirek/platform/clock'
import type { AboutCase } from '@tirek/workflows/messages'
import type { EntityManager } from 'typeorm'
import { aboutOf } from './about.ts'
import { nextStepOf, takenOf } from './changes.ts'
import type { CasesNow } from './cases-now.ts'
import type { DirectoryViews } from './directory.ts'
import { CASE_ENDED, FORMERLY, type Kind, type ProceedingFacts, type ProceedingStep } from './kind.ts'
import { noticeOf, type ToldStep } from './notice.ts'
import { tell, type Told } from './outbox.ts'
import { sqlOf, type Store } from './store.ts'

/** A clock may be a second behind the one that asks. */
const CLOCKS_DIFFER = 1_000

export type StepsAsked = { id: string; stepKeys: readonly string[]; by: 'workflow' | 'watch' }
export type StepsTaken<F> = { facts: F; about: AboutCase; taken: readonly string[]; notYet?: number }

export type StepTools<L, F extends ProceedingFacts, S extends ProceedingStep> = {
  kind: Kind<L, F, S>
  work: Store
  clock: Clock
  directory: DirectoryViews
  cases: CasesNow
  /** Where the pages are. */
  link: string
  /** Mails of steps that go to people without an account. */
  mailsOf(tx: EntityManager, loaded: L, mails: readonly S[], now: number): Promise<Told[]>
}

export const createTakeSteps =
  <L, F extends ProceedingFacts, S extends ProceedingStep>(tools: StepTools<L, F, S>) =>
  async ({ id, stepKeys, by }: StepsAsked): Promise<StepsTaken<F>> => {
    const { kind, work, clock, directory, cases, link } = tools
    const [of] = await work.asItself((tx) => sqlOf(tx)(`SELECT case_id FROM ${kind.schema}.${kind.of} WHERE id = $1`, [id]))
    if (!of) throw new Error(`no such ${kind.of}`)
    const isCaseEnded = (await cases.of(of['case_id'] as string))?.ended ?? false
    return work.asItself(async (tx) => {
      const loaded = await kind.load(tx, id, true)
      if (!loaded) throw new Error(`no such ${kind.of}`)
      const sql = sqlOf(tx)
      const now = clock.now()
      const row = kind.rowOf(loaded)
      const taken = await takenOf(tx, kind, id)
      const wanted = new Set(stepKeys)
      const facts = kind.factsOf(loaded)
      const asked = kind.stepsOf(facts, await directory.calendar(row.calendar)).filter(({ key }) => wanted.has(key) && !taken.has(key))
      const due = asked.filter(({ at }) => at <= now + CLOCKS_DIFFER)
      const early = asked.find(({ at }) => at > now + CLOCKS_DIFFER)
      const isSpared = ({ row: of }: { row: string }) => isCaseEnded && kind.stopsWithCase(of)
      const end = endKeyOf(taken)
      if (isCaseEnded && kind.outlivesCase(facts) && !taken.has(end))
        due.push({ key: end, row: CASE_ENDED, at: now, do: 'tell', whom: 'case-manager' } as unknown as S)
      for (const step of due) {
        await sql(
          `INSERT INTO ${kind.schema}.step (${kind.of}, key, "row", at, taken_at, taken_by, spared) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
          [...[id, step.key, step.row, step.at, now, by], isSpared(step) ? CASE_ENDED : null],
        )
        taken.add(step.key)
      }
      const left = due.filter((step) => !isSpared(step))
      if (due.length > 0) await act(tx, tools, loaded, kind.helping(left, facts, now), now)
      return {
        facts: kind.factsOf(loaded),
        about: aboutOf(kind, row, link),
        taken: stepKeys.filter((key) => taken.has(key)),
        ...(early && { notYet: early.at }),
      }
    })
  }

/** A case may end, be opened again and end once more: told once each time. */
function endKeyOf(taken: ReadonlySet<string>): string {
  const before = [...taken].filter((key) => key.startsWith(CASE_ENDED) && key.includes(FORMERLY)).length
  return before === 0 ? CASE_ENDED : `${CASE_ENDED}/${before}`
}

/** Mails go to those without an account; of what is told, steps of one row go in one letter. */
async function act<L, F extends ProceedingFacts, S extends ProceedingStep>(
  tx: EntityManager,
  { kind, directory, mailsOf }: StepTools<L, F, S>,
  loaded: L,
  due: readonly S[],
  now: number,
): Promise<void> {
  const row = kind.rowOf(loaded)
  const mails = due.filter((step) => step.do === 'mail')
  const told: Told[] = mails.length > 0 ? await mailsOf(tx, loaded, mails, now) : []
  const tellings = due.filter((step) => step.do === 'tell')
  for (const steps of Map.groupBy(tellings, (step) => step.row).values())
    told.push({ kind: 'notice', payload: noticeOf(kind, row, steps as unknown as ToldStep[], now) })
  await tx.update(kind.entity, { id: row.id }, { nextStepAt: await nextStepOf(tx, kind, directory, loaded) })
  await tell(sqlOf(tx), kind, { id: row.id, caseId: row.caseId, version: row.factsVersion, now }, told)
}
