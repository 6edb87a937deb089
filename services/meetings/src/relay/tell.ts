/** Tells the workflow of a meeting the newest facts of the record. Ids are readable and hold nothing personal. */
import { WithStartWorkflowOperation, type Client } from '@temporalio/client'
import { isOver } from '@tirek/procedure/meetings/facts'
import { isGone, within, type TemporalClient } from '@tirek/platform/temporal'
import { meetingTold, meetingWorkflowId, TASK_QUEUES, type MeetingStart } from '@tirek/workflows/messages'
import { factsOf, load } from '../record/loaded.ts'
import { sqlOf, type Store } from '../record/store.ts'
import { aboutOf } from '../steps/about.ts'

/** Any call to Temporal ends within this. */
const LONGEST_CALL_MS = 5_000

type OfCase = MeetingStart & { caseId: string }

export class Tell {
  readonly #work: Store
  readonly #temporal: TemporalClient
  readonly #link: string

  constructor(work: Store, temporal: TemporalClient, link: string) {
    this.#work = work
    this.#temporal = temporal
    this.#link = link
  }

  /** Starts the workflow where there is none. Returns the version that it answered to know; 0: there is no such meeting. */
  async facts(meetingId: string, rowId: string): Promise<number> {
    const start = await this.#read(meetingId)
    if (!start) return 0
    const client = await this.#temporal.get()
    const over = isOver(start.facts)
    // Temporal answers an id that it had before with what it did then: newer facts are another update.
    const updateId = `${rowId}/${start.facts.version}`
    const known = await within(client, LONGEST_CALL_MS, () =>
      over ? this.#tellOnly(client, start, updateId) : this.#tellOrStart(client, start, updateId),
    )
    const version = known?.version ?? start.facts.version
    await this.#acknowledge(meetingId, version, !over)
    return version
  }

  #tellOrStart = (client: Client, { caseId, ...start }: OfCase, updateId: string) =>
    client.workflow.executeUpdateWithStart(meetingTold, {
      args: [start.facts, start.about],
      updateId,
      startWorkflowOperation: new WithStartWorkflowOperation('meetingWorkflow', {
        workflowId: meetingWorkflowId(caseId, start.meetingId),
        taskQueue: TASK_QUEUES.caseWorkflows,
        args: [start],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        staticSummary: start.about?.number ?? start.meetingId,
      }),
    })

  /** A meeting of which nothing is awaited needs no workflow made anew to end at once. */
  #tellOnly = (client: Client, { caseId, ...start }: OfCase, updateId: string) =>
    client.workflow
      .getHandle(meetingWorkflowId(caseId, start.meetingId))
      .executeUpdate(meetingTold, { args: [start.facts, start.about], updateId })
      .catch((error: unknown) => {
        if (!isGone(error)) throw error
      })

  /** Ends what still runs of an erased case's meetings: nobody can read what it was told. */
  async end(caseId: string, meetingIds: readonly string[]): Promise<void> {
    if (meetingIds.length === 0) return
    const client = await this.#temporal.get()
    for (const id of meetingIds)
      await within(client, LONGEST_CALL_MS, () =>
        client.workflow.getHandle(meetingWorkflowId(caseId, id)).terminate('the case is erased'),
      ).catch((error: unknown) => {
        if (!isGone(error)) throw error
      })
  }

  /** Is its workflow there? */
  async isRunning(caseId: string, meetingId: string): Promise<boolean> {
    const client = await this.#temporal.get()
    return within(client, LONGEST_CALL_MS, () => client.workflow.getHandle(meetingWorkflowId(caseId, meetingId)).describe())
      .then((found) => found.status.name === 'RUNNING')
      .catch((error: unknown) => {
        if (isGone(error)) return false
        throw error
      })
  }

  #read(meetingId: string): Promise<OfCase | undefined> {
    return this.#work.asItself(async (tx) => {
      const loaded = await load(tx, meetingId)
      if (!loaded) return undefined
      const taken = await sqlOf(tx)('SELECT key FROM meetings.step WHERE meeting = $1', [meetingId])
      return {
        caseId: loaded.meeting.caseId,
        meetingId,
        facts: factsOf(loaded),
        taken: taken.map((row) => row['key'] as string),
        about: aboutOf(loaded.meeting, this.#link),
      }
    })
  }

  #acknowledge(meetingId: string, version: number, open: boolean): Promise<unknown> {
    return this.#work.asItself((tx) =>
      sqlOf(tx)(
        `INSERT INTO meetings.workflow_ack (meeting, version, open) VALUES ($1, $2, $3)
         ON CONFLICT (meeting) DO UPDATE SET version = greatest(meetings.workflow_ack.version, excluded.version), open = excluded.open`,
        [meetingId, version, open],
      ),
    )
  }
}
