/** Tells the workflow of a proceeding the newest facts of the record. Ids are readable and hold nothing personal. */
import { WithStartWorkflowOperation, type Client } from '@temporalio/client'
import { isGone, within, type TemporalClient } from '@tirek/platform/temporal'
import { TASK_QUEUES, type AboutCase, type Known } from '@tirek/workflows/messages'
import type { UpdateDefinition } from '@temporalio/common'
import { aboutOf } from './about.ts'
import { takenOf } from './changes.ts'
import type { Kind, ProceedingFacts, ProceedingStep } from './kind.ts'
import { sqlOf, type Store } from './store.ts'

/** Any call to Temporal ends within this. */
const LONGEST_CALL_MS = 5_000

export type StartOf<F> = { facts: F; taken: readonly string[]; about: AboutCase }

/** Its workflow: by what name it is started, and how it is told. */
export type WorkflowOf<F> = {
  name: string
  id(caseId: string, id: string): string
  told: UpdateDefinition<Known, [F, AboutCase?]>
  /** What it is started with. */
  start(id: string, start: StartOf<F>): object
}

export type TellTools<L, F extends ProceedingFacts, S extends ProceedingStep> = {
  kind: Kind<L, F, S>
  workflow: WorkflowOf<F>
  work: Store
  temporal: TemporalClient
  /** Where the pages are. */
  link: string
}

type Read<F> = StartOf<F> & { caseId: string; id: string }

export class Tell<L = unknown, F extends ProceedingFacts = ProceedingFacts, S extends ProceedingStep = ProceedingStep> {
  readonly #tools: TellTools<L, F, S>

  constructor(tools: TellTools<L, F, S>) {
    this.#tools = tools
  }

  /** Starts the workflow where there is none. Returns the version that it answered to know; 0: there is no such proceeding. */
  async facts(id: string, rowId: string): Promise<number> {
    const read = await this.#read(id)
    if (!read) return 0
    const { kind, temporal } = this.#tools
    const client = await temporal.get()
    const over = kind.isOver(read.facts)
    // Temporal answers an id that it had before with what it did then: newer facts are another update.
    const updateId = `${rowId}/${read.facts.version}`
    const known = await within(client, LONGEST_CALL_MS, () =>
      over ? this.#tellOnly(client, read, updateId) : this.#tellOrStart(client, read, updateId),
    )
    const version = known?.version ?? read.facts.version
    await this.#acknowledge(id, version, !over)
    return version
  }

  #tellOrStart(client: Client, { caseId, id, ...start }: Read<F>, updateId: string): Promise<Known> {
    const { workflow } = this.#tools
    return client.workflow.executeUpdateWithStart(workflow.told, {
      args: [start.facts, start.about],
      updateId,
      startWorkflowOperation: new WithStartWorkflowOperation(workflow.name, {
        workflowId: workflow.id(caseId, id),
        taskQueue: TASK_QUEUES.caseWorkflows,
        args: [workflow.start(id, start)],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        staticSummary: start.about.number ?? id,
      }),
    })
  }

  /** One of which nothing is awaited needs no workflow made anew to end at once. */
  #tellOnly(client: Client, { caseId, id, ...start }: Read<F>, updateId: string): Promise<Known | undefined> {
    const { workflow } = this.#tools
    return client.workflow
      .getHandle(workflow.id(caseId, id))
      .executeUpdate(workflow.told, { args: [start.facts, start.about], updateId })
      .catch((error: unknown) => {
        if (isGone(error)) return undefined
        throw error
      })
  }

  /** Ends what still runs of an erased case's proceedings: nobody can read what it was told. */
  async end(caseId: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const client = await this.#tools.temporal.get()
    for (const id of ids)
      await within(client, LONGEST_CALL_MS, () =>
        client.workflow.getHandle(this.#tools.workflow.id(caseId, id)).terminate('the case is erased'),
      ).catch((error: unknown) => {
        if (!isGone(error)) throw error
      })
  }

  /** Is its workflow there? */
  async isRunning(caseId: string, id: string): Promise<boolean> {
    const client = await this.#tools.temporal.get()
    return within(client, LONGEST_CALL_MS, () => client.workflow.getHandle(this.#tools.workflow.id(caseId, id)).describe())
      .then((found) => found.status.name === 'RUNNING')
      .catch((error: unknown) => {
        if (isGone(error)) return false
        throw error
      })
  }

  #read(id: string): Promise<Read<F> | undefined> {
    const { kind, work, link } = this.#tools
    return work.asItself(async (tx) => {
      const loaded = await kind.load(tx, id)
      if (!loaded) return undefined
      const row = kind.rowOf(loaded)
      return {
        caseId: row.caseId,
        id,
        facts: kind.factsOf(loaded),
        taken: [...(await takenOf(tx, kind, id))],
        about: aboutOf(kind, row, link),
      }
    })
  }

  #acknowledge(id: string, version: number, open: boolean): Promise<unknown> {
    const { kind, work } = this.#tools
    const ack = `${kind.schema}.workflow_ack`
    return work.asItself((tx) =>
      sqlOf(tx)(
        `INSERT INTO ${ack} (${kind.of}, version, open) VALUES ($1, $2, $3)
         ON CONFLICT (${kind.of}) DO UPDATE SET version = greatest(${ack}.version, excluded.version), open = excluded.open`,
        [id, version, open],
      ),
    )
  }
}
