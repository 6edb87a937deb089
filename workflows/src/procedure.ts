import type { BaseFacts } from '@tirek/procedure/case'
import type { Deadline } from '@tirek/procedure/deadline'
import { programmeOf } from '@tirek/procedure/programmes'
import { isCancellation } from '@temporalio/workflow'
import type { Procedure } from './activities.ts'
import type { KnownCase } from './known-case.ts'
import { messageOf, type AskedOfCases } from './asking.ts'
import { show } from './showing.ts'
import { newsOrPause } from './waiting.ts'

const LOADING = 'procedure'

type Wanted = Pick<BaseFacts, 'programme' | 'edition' | 'calendar'>
type Loaded = Procedure & { wanted: Wanted }

const fits = ({ wanted }: Loaded, facts: Wanted): boolean =>
  wanted.programme === facts.programme && wanted.edition === facts.edition && wanted.calendar === facts.calendar

/** The procedure a case goes by. It is loaded anew only when the facts name another edition or calendar. */
export class LoadedProcedure {
  private readonly cases: AskedOfCases
  private loaded?: Loaded

  constructor(cases: AskedOfCases) {
    this.cases = cases
  }

  /** The open deadlines by the newest facts; waits for as long as the rules cannot be loaded. */
  async openDeadlines(known: KnownCase): Promise<Deadline[]> {
    let loaded = this.loaded
    while (!loaded || !fits(loaded, known.facts)) loaded = await this.load(known)
    this.loaded = loaded
    return programmeOf(known.facts.programme).deadlinesOf(known.facts, loaded.rules, loaded.calendar)
  }

  private async load(known: KnownCase): Promise<Loaded | undefined> {
    const { programme, edition, calendar } = known.facts
    const wanted = { programme, edition, calendar }
    try {
      const procedure = await this.cases.loadProcedure.executeWithOptions({ summary: `rules ${edition}, calendar ${calendar}` }, [wanted])
      known.succeeded(LOADING)
      return { ...procedure, wanted }
    } catch (error) {
      if (isCancellation(error)) throw error
      const pause = known.failed(`loading the rules ${edition}: ${messageOf(error)}`, LOADING)
      show(known, [])
      await newsOrPause(known, pause)
      return undefined
    }
  }
}
