/** A time-skipping server with the workers of all queues around the record in memory. Months pass in seconds. */
import type { BaseFacts, RecordedAct } from '@tirek/procedure/case'
import type { ActKind, ChildProtectionFacts } from '@tirek/procedure/child-protection/acts'
import { CURRENT_CALENDAR } from '@tirek/procedure/calendar'
import { programmeOf } from '@tirek/procedure/programmes'
import type { Instant } from '@tirek/procedure/time'
import { Client, WithStartWorkflowOperation, type WorkflowHandle } from '@temporalio/client'
import type { DataConverter } from '@temporalio/common'
import { Worker, type NativeConnection } from '@temporalio/worker'
import { randomUUID } from 'node:crypto'
import type { caseWorkflow, urgentResponse } from '../src/index.ts'
import { caseWorkflowId, TASK_QUEUES, told, urgentWorkflowId, type AboutCase } from '../src/messages.ts'
import { quiet } from './quiet.ts'
import { MEETING, meetingActivities, meetingRecord, ProceedingFile, REFERRAL, referralActivities, referralRecord } from './proceedings.ts'
import { RecordInMemory } from './record.ts'
import { openRealServer, openTimeSkipping } from './server.ts'
import { bundleWithShiftedClock } from './shifted-bundle.ts'

const CHILD_PROTECTION = programmeOf('child-protection')
const EDITION = CHILD_PROTECTION.editions.at(-1)!

type Place = {
  client: Client
  nativeConnection: NativeConnection
  /** Now by the clock of Temporal's server. */
  serverNow(): Promise<Instant>
  sleep(milliseconds: number): Promise<void>
  teardown(): Promise<void>
}

export class World {
  readonly client: Client
  readonly record: RecordInMemory
  readonly meetings: ReturnType<typeof meetingRecord>
  readonly referrals: ReturnType<typeof referralRecord>
  private readonly place: Place
  private readonly shift: number
  private workers: readonly Worker[] = []
  private running: Promise<unknown> = Promise.resolve()

  private constructor(place: Place, shift: number, record: RecordInMemory, client: Client) {
    this.client = client
    this.record = record
    this.place = place
    this.shift = shift
    this.meetings = meetingRecord(() => this.now())
    this.referrals = referralRecord(() => this.now())
  }

  /** A world where it is `startsAt` now. */
  static async open(startsAt: Instant): Promise<World> {
    quiet()
    const env = await openTimeSkipping()
    const serverNow = () => env.currentTimeMs()
    const place = {
      client: env.client,
      nativeConnection: env.nativeConnection,
      serverNow,
      sleep: (ms: number) => env.sleep(ms),
      teardown: () => env.teardown(),
    }
    return World.at(place, startsAt - (await serverNow()))
  }

  /** A world on a real server, where time passes as it does. `dataConverter`: what seals and opens payloads; without it they are plain. */
  static async real(dataConverter?: DataConverter): Promise<World> {
    quiet()
    const env = await openRealServer()
    const { client, nativeConnection } = env
    const sleep = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds))
    const place = { client, nativeConnection, serverNow: async () => Date.now(), sleep, teardown: () => env.teardown() }
    return World.at(place, 0, dataConverter)
  }

  private static async at(place: Place, shift: number, dataConverter?: DataConverter): Promise<World> {
    const record = new RecordInMemory(async () => (await place.serverNow()) + shift, EDITION.rules)
    const { connection, options } = place.client
    const client = dataConverter ? new Client({ connection, namespace: options.namespace, dataConverter }) : place.client
    const world = new World(place, shift, record, client)
    await world.startWorkers(dataConverter)
    return world
  }

  /** Workers of all queues, with nothing in their memory. */
  async startWorkers(dataConverter?: DataConverter): Promise<void> {
    const workflowBundle = await bundleWithShiftedClock(this.shift)
    const all = { connection: this.place.nativeConnection, ...(dataConverter && { dataConverter }) }
    const activities = { takeSteps: this.record.takeSteps, loadProcedure: this.record.loadProcedure }
    this.workers = await Promise.all([
      Worker.create({ ...all, taskQueue: TASK_QUEUES.caseWorkflows, workflowBundle }),
      Worker.create({ ...all, taskQueue: TASK_QUEUES.urgent, workflowBundle, activities }),
      Worker.create({ ...all, taskQueue: TASK_QUEUES.cases, activities }),
      Worker.create({ ...all, taskQueue: TASK_QUEUES.meetings, activities: meetingActivities(this.meetings) }),
      Worker.create({ ...all, taskQueue: TASK_QUEUES.referrals, activities: referralActivities(this.referrals) }),
    ])
    this.running = Promise.all(this.workers.map((worker) => worker.run()))
  }

  async stopWorkers(): Promise<void> {
    for (const worker of this.workers) worker.shutdown()
    await this.running
  }

  async now(): Promise<Instant> {
    return (await this.place.serverNow()) + this.shift
  }

  /** Lets time pass up to an instant. */
  async until(instant: Instant): Promise<void> {
    const left = instant - (await this.now())
    if (left > 0) await this.place.sleep(left)
  }

  newCase = (): CaseFile => new CaseFile(this)
  newMeeting = () => new ProceedingFile(this.client, this.meetings, MEETING)
  newReferral = () => new ProceedingFile(this.client, this.referrals, REFERRAL)

  async close(): Promise<void> {
    await this.stopWorkers()
    await this.place.teardown()
  }
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
  /** The procedure edition of the case; the record in memory has one set of rows for all. */
  private edition: string = EDITION.id
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
      edition: this.edition,
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
      const known = await this.world.client.workflow.executeUpdateWithStart(told(kind), {
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

  /** Moves the case to another edition: its workflow loads that edition's rows. */
  async moveTo(edition: string): Promise<void> {
    this.edition = edition
    await this.act('moved-to-edition', { edition })
  }

  async startHour(hour: number): Promise<void> {
    await this.world.client.workflow.start<typeof urgentResponse>('urgentResponse', {
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

  hour = (hour: number) => this.world.client.workflow.getHandle<typeof urgentResponse>(urgentWorkflowId(this.id, hour))
  workflow = () => this.world.client.workflow.getHandle<typeof caseWorkflow>(caseWorkflowId(this.id))

  /** Steps taken, in the words of the procedure. */
  get steps() {
    return this.world.record.steps.filter(({ caseId }) => caseId === this.id)
  }
}
