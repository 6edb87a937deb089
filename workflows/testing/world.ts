/** A time-skipping server with the workers of all queues around the record in memory. Months pass in seconds. */
import type { BaseFacts, RecordedAct } from '@tirek/procedure/case'
import type { ActKind, ChildProtectionFacts } from '@tirek/procedure/child-protection/acts'
import { CURRENT_CALENDAR } from '@tirek/procedure/calendar'
import { programmeOf } from '@tirek/procedure/programmes'
import type { Instant } from '@tirek/procedure/time'
import { WithStartWorkflowOperation, type WorkflowHandle } from '@temporalio/client'
import type { TestWorkflowEnvironment } from '@temporalio/testing'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { randomUUID } from 'node:crypto'
import type { caseWorkflow, urgentResponse } from '../src/index.ts'
import { caseWorkflowId, TASK_QUEUES, told, urgentWorkflowId, type AboutCase } from '../src/messages.ts'
import { RecordInMemory } from './record.ts'
import { openTimeSkipping } from './server.ts'
import { bundleWithShiftedClock } from './shifted-bundle.ts'

const CHILD_PROTECTION = programmeOf('child-protection')
const EDITION = CHILD_PROTECTION.editions.at(-1)!

export class World {
  readonly env: TestWorkflowEnvironment
  readonly record: RecordInMemory
  private readonly shift: number
  private readonly stop: () => Promise<void>

  private constructor(env: TestWorkflowEnvironment, record: RecordInMemory, shift: number, stop: () => Promise<void>) {
    this.env = env
    this.record = record
    this.shift = shift
    this.stop = stop
  }

  /** A world where it is `startsAt` now. */
  static async open(startsAt: Instant): Promise<World> {
    quiet()
    const env = await openTimeSkipping()
    const shift = startsAt - (await env.currentTimeMs())
    const record = new RecordInMemory(async () => (await env.currentTimeMs()) + shift, EDITION.rules)
    const workflowBundle = await bundleWithShiftedClock(shift)
    const { nativeConnection: connection } = env
    const activities = { takeSteps: record.takeSteps, loadProcedure: record.loadProcedure }
    const workers = await Promise.all([
      Worker.create({ connection, taskQueue: TASK_QUEUES.caseWorkflows, workflowBundle }),
      Worker.create({ connection, taskQueue: TASK_QUEUES.urgent, workflowBundle, activities }),
      Worker.create({ connection, taskQueue: TASK_QUEUES.cases, activities }),
    ])
    const running = Promise.all(workers.map((worker) => worker.run()))
    const stop = async () => {
      for (const worker of workers) worker.shutdown()
      await running
      await env.teardown()
    }
    return new World(env, record, shift, stop)
  }

  async now(): Promise<Instant> {
    return (await this.env.currentTimeMs()) + this.shift
  }

  /** Lets time pass up to an instant. */
  async until(instant: Instant): Promise<void> {
    const left = instant - (await this.now())
    if (left > 0) await this.env.sleep(left)
  }

  newCase = (): CaseFile => new CaseFile(this)
  close = () => this.stop();
  [Symbol.asyncDispose] = () => this.stop()
}

/** One case: its acts, and how they are told to its workflows. */
export class CaseFile {
  readonly id = randomUUID()
  readonly about: AboutCase = {
    number: 'T-2026-1',
    organisation: randomUUID(),
    manager: randomUUID(),
    link: `http://localhost:3000/cases/${this.id}`,
  }
  private readonly acts: RecordedAct[] = []
  private readonly world: World
  private readonly by = randomUUID()

  constructor(world: World) {
    this.world = world
  }

  /** Saves an act in the record; nobody is told. Returns its id. */
  async saved<K extends ActKind>(kind: K, fact: ChildProtectionFacts[K], happenedAt?: Instant): Promise<string> {
    const recordedAt = await this.world.now()
    const act = { id: randomUUID(), kind, happenedAt: happenedAt ?? recordedAt, recordedAt, by: this.by, fact }
    this.acts.push(act)
    const context = {
      edition: EDITION.id,
      calendar: CURRENT_CALENDAR,
      version: this.acts.length,
      settings: { terms: {}, contactsBeforePlan: true, quarantine: [] },
      now: recordedAt,
    }
    this.world.record.save(this.id, CHILD_PROTECTION.factsOf(this.acts, context))
    return act.id
  }

  get facts(): BaseFacts {
    return this.world.record.factsOf(this.id)
  }

  /** Tells the case's workflow its newest facts, starting it where there is none, as the relay does. */
  async tell(kind: ActKind, updateId: string = randomUUID(), facts = this.facts, left = 5): Promise<number> {
    const { caseId, about } = { caseId: this.id, about: this.about }
    const startWorkflowOperation = new WithStartWorkflowOperation<typeof caseWorkflow>('caseWorkflow', {
      workflowId: caseWorkflowId(caseId),
      taskQueue: TASK_QUEUES.caseWorkflows,
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [{ caseId, facts, taken: [], about }],
    })
    try {
      const known = await this.world.env.client.workflow.executeUpdateWithStart(told(kind), {
        args: [facts],
        updateId,
        startWorkflowOperation,
      })
      return known.version
    } catch (error) {
      // It met the moment of continue-as-new, or the end of the run.
      if (left === 0) throw error
      return this.tell(kind, updateId, facts, left - 1)
    }
  }

  /** Saves an act and tells the case's workflow. */
  async act<K extends ActKind>(kind: K, fact: ChildProtectionFacts[K], happenedAt?: Instant): Promise<void> {
    await this.saved(kind, fact, happenedAt)
    await this.tell(kind)
  }

  async startHour(hour: number): Promise<void> {
    await this.world.env.client.workflow.start<typeof urgentResponse>('urgentResponse', {
      workflowId: urgentWorkflowId(this.id, hour),
      taskQueue: TASK_QUEUES.urgent,
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [{ caseId: this.id, hour, facts: this.facts, taken: [], about: this.about }],
    })
  }

  async tellHour(hour: number, kind: ActKind): Promise<void> {
    await this.hour(hour).executeUpdate(told(kind), { args: [this.facts], updateId: randomUUID() })
  }

  // Not by `result()`: awaiting it lets the server skip years.
  isOver = async (workflow: WorkflowHandle) => (await workflow.describe()).status.name === 'COMPLETED'

  /** The current details as the Temporal UI asks for them. */
  async details(workflow: WorkflowHandle): Promise<string> {
    const { currentDetails } = await workflow.query<{ currentDetails: string }>('__temporal_workflow_metadata')
    return currentDetails
  }

  hour = (hour: number) => this.world.env.client.workflow.getHandle<typeof urgentResponse>(urgentWorkflowId(this.id, hour))
  workflow = () => this.world.env.client.workflow.getHandle<typeof caseWorkflow>(caseWorkflowId(this.id))

  /** Steps taken, in the words of the procedure. */
  get steps() {
    return this.world.record.steps.filter(({ caseId }) => caseId === this.id)
  }
}

/** What the workers of a test warn of, and why not. */
const EXPECTED = ['No activities registered', 'No workflows registered', 'Activity failed', 'Temporal Server 1.16']
let installed = false
function quiet() {
  const logger = new DefaultLogger('WARN', ({ level, message }) => {
    if (!EXPECTED.some((text) => message.startsWith(text))) console.warn(level, message)
  })
  if (!installed) Runtime.install({ logger })
  installed = true
}
