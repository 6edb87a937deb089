import type { BaseFacts } from '@tirek/procedure/case'
import type { Deadline, Step } from '@tirek/procedure/deadline'
import { nextStepOf, stepsDue } from '@tirek/procedure/next-step'
import { HOUR, MINUTE, type Instant } from '@tirek/procedure/time'
import type { StepsTaken } from './activities.ts'
import { now } from './clock.ts'
import type { AboutCase, CaseStart } from './messages.ts'

const SHORTEST_PAUSE = MINUTE / 2
/** Between two questions to a record that says it is too early. */
const SHORTEST_WAIT = 1_000

/** Why the workflow cannot go on as it should; shown in its details until it is over. */
export type Trouble = { what: string; since: Instant; tries: number }
export type NextStep = { deadline: Deadline; step: Step; wakeAt: Instant }

/** What a workflow knows of its case. Newest facts win; older ones change nothing. */
export class KnownCase {
  readonly caseId: string
  facts: BaseFacts
  about: AboutCase
  /** Grows whenever something new is learned. */
  news = 0
  private readonly taken: Set<string>
  private readonly heldBack = new Map<string, Instant>()
  readonly troubles = new Map<string, Trouble>()
  private readonly lead: number
  private readonly longestPause: number

  /** `lead`: how long before its instant a step is taken. `longestPause`: between tries of a step that fails. */
  constructor(start: CaseStart, { lead, longestPause }: { lead: number; longestPause: number }) {
    this.caseId = start.caseId
    this.facts = start.facts
    this.about = start.about ?? {}
    this.taken = new Set(start.taken)
    this.lead = lead
    this.longestPause = longestPause
  }

  learn(facts: BaseFacts, about?: AboutCase) {
    if (facts.version < this.facts.version) return
    if (about) this.about = { ...this.about, ...about }
    if (about || isNews(facts, this.facts)) this.news++
    if (!isNews(facts, this.facts)) return
    this.facts = facts
    this.heldBack.clear()
  }

  stepsDue(open: readonly Deadline[]) {
    return stepsDue(
      open.filter((deadline) => this.heldUntil(deadline) <= now()),
      this.taken,
      now() + this.lead,
    )
  }

  /** The step for which the workflow wakes next. */
  nextStep(open: readonly Deadline[]): NextStep | undefined {
    return open
      .flatMap((deadline) => {
        const step = nextStepOf(deadline, this.taken)
        return step ? [{ deadline, step, wakeAt: Math.max(step.at - this.lead, this.heldUntil(deadline)) }] : []
      })
      .sort((a, b) => a.wakeAt - b.wakeAt)[0]
  }

  /** What the record answered for steps of a deadline. Steps it spared are asked again only under newer facts. */
  settle(deadline: Deadline, asked: readonly string[], answer: StepsTaken) {
    const { news } = this
    if (answer.notYet === undefined) this.succeeded(deadline.key)
    this.learn(answer.facts, answer.about)
    for (const key of answer.taken) this.taken.add(key)
    if (answer.notYet !== undefined) this.comeBack(deadline, answer.notYet)
    else if (news === this.news) for (const key of asked) this.taken.add(key)
  }

  /** Something failed in spite of its retries: it is tried again, later and later, for ever. Returns the pause in milliseconds. */
  failed(what: string, key: string, shortestPause = SHORTEST_PAUSE): number {
    const { since, tries } = this.troubles.get(key) ?? { since: now(), tries: 0 }
    this.troubles.set(key, { what, since, tries: tries + 1 })
    const pause = Math.min(shortestPause * 2 ** Math.min(tries, 10), this.longestPause)
    this.heldBack.set(key, now() + pause)
    return pause
  }

  private comeBack(deadline: Deadline, notYet: Instant) {
    if (notYet > now()) this.heldBack.set(deadline.key, Math.max(notYet, now() + SHORTEST_WAIT))
    else this.failed('the clock of the record is behind', deadline.key, SHORTEST_WAIT)
  }

  succeeded(key: string) {
    this.troubles.delete(key)
  }

  /** A deadline closed in the record needs its steps no more. Should a withdrawal open it again, the record knows them. */
  forgetClosed(open: readonly Deadline[]) {
    const isOpen = (key: string) => open.some((deadline) => key.startsWith(`${deadline.key}/`))
    for (const key of this.taken) if (!isOpen(key)) this.taken.delete(key)
    for (const key of this.troubles.keys()) if (!open.some((deadline) => deadline.key === key)) this.troubles.delete(key)
  }

  /** All that the next run needs. */
  carried(): CaseStart {
    return { caseId: this.caseId, facts: this.facts, taken: [...this.taken], about: this.about }
  }

  private heldUntil = (deadline: Deadline): Instant => this.heldBack.get(deadline.key) ?? 0
}

/** A setting or the calendar may change without an act: the version stays then. */
const isNews = (facts: BaseFacts, known: BaseFacts): boolean =>
  facts.version > known.version ||
  facts.calendar !== known.calendar ||
  facts.edition !== known.edition ||
  JSON.stringify(facts.settings) !== JSON.stringify(known.settings)

const SIX_O_CLOCK_BEFORE_NINE = 3 * HOUR
const SPREAD = 165 * MINUTE

/**
 * How long before 09:00 this case takes its day-level steps: between 06:00 and 08:45 local, always the same for one case, so that a
 * morning's wave is spread. The letters themselves go at 09:00.
 */
export const leadOf = (caseId: string): number => SIX_O_CLOCK_BEFORE_NINE - (hash(caseId) % SPREAD)

/** FNV-1a. */
const hash = (text: string): number => [...text].reduce((h, char) => Math.imul(h ^ char.charCodeAt(0), 0x01000193) >>> 0, 0x811c9dc5)
