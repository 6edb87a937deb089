/** From the acts of a case to its facts and deadlines: the pure procedure with what this service knows of rules and calendars. */
import { monitoringNow, type MonitoringNow } from '@tirek/procedure/child-protection/deadlines/monitoring'
import type { ChildProtectionCase } from '@tirek/procedure/child-protection/facts'
import type { Rules } from '@tirek/procedure/child-protection/rows'
import type { Day } from '@tirek/procedure/time'
import type { BaseFacts, ProgrammeId, RecordedAct } from '@tirek/procedure/case'
import type { Deadline } from '@tirek/procedure/deadline'
import { programmeOf, rulesOf } from '@tirek/procedure/programmes'
import type { Grounds, Refusal } from '@tirek/procedure/programme'
import type { Contexts, OrganisationContext } from './contexts.ts'

/** What of a case's facts this service reads beyond BaseFacts; every programme has them or leaves them out. */
export type KnownFacts = BaseFacts & { manager?: string; end?: string; placement?: string; firstReportAt?: number }

export type State = { facts: KnownFacts; history: Deadline[] }

export class Procedure {
  readonly #contexts: Contexts
  constructor(contexts: Contexts) {
    this.#contexts = contexts
  }

  /** Facts and every deadline after these acts. */
  async stateOf(
    programme: ProgrammeId,
    acts: readonly RecordedAct[],
    edition: string,
    version: number,
    context: Pick<OrganisationContext, 'calendar' | 'settings'>,
  ): Promise<State> {
    const facts = programmeOf(programme).factsOf(acts, {
      edition,
      calendar: context.calendar,
      version,
      settings: context.settings,
    }) as KnownFacts
    return { facts, history: await this.historyOf(facts) }
  }

  async historyOf(facts: KnownFacts): Promise<Deadline[]> {
    const calendar = await this.#contexts.calendar(facts.calendar)
    return programmeOf(facts.programme).historyOf(facts, rulesOf(facts.programme, facts.edition), calendar)
  }

  async openDeadlines(facts: KnownFacts): Promise<Deadline[]> {
    return (await this.historyOf(facts)).filter((deadline) => deadline.state === 'open')
  }

  async groundsOf(deadline: Deadline, facts: KnownFacts): Promise<Grounds> {
    const calendar = await this.#contexts.calendar(facts.calendar)
    return programmeOf(facts.programme).groundsOf(deadline, facts, rulesOf(facts.programme, facts.edition), calendar)
  }

  /** CP-62: the monitoring that runs; `today`: the day of its next look. */
  async monitoringOf(facts: KnownFacts, today: Day): Promise<MonitoringNow | undefined> {
    const calendar = await this.#contexts.calendar(facts.calendar)
    return monitoringNow(facts as unknown as ChildProtectionCase, rulesOf('child-protection', facts.edition) as Rules, calendar, today)
  }

  async refusal(
    act: RecordedAct,
    facts: KnownFacts | undefined,
    programme: ProgrammeId,
    edition: string,
    calendar: string,
  ): Promise<Refusal | undefined> {
    return programmeOf(programme).refusalOf(act, facts, rulesOf(programme, edition), await this.#contexts.calendar(calendar))
  }
}
