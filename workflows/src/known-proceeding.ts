import type { Calendar } from '@tirek/procedure/calendar'
import { MINUTE, type Instant } from '@tirek/procedure/time'
import type { UpdateDefinition } from '@temporalio/common'
import { setHandler } from '@temporalio/workflow'
import { now } from './clock.ts'
import type { Trouble } from './known-case.ts'
import type { AboutCase, Known } from './messages.ts'

/** A proceeding is a process of its own beside a case: a meeting, a referral. */
export type ProceedingFacts = { version: number; calendar: string }
export type ProceedingStep = { key: string; row: string; at: Instant; do: string; whom: string }
export type LoadedRules<R> = { rules: R; calendar: Calendar }
export type ProceedingStart<F> = { facts: F; taken: readonly string[]; about?: AboutCase }
export type ProceedingStepsTaken<F> = { facts: F; about: AboutCase; taken: readonly string[]; notYet?: Instant }
/** The steps that are not taken. */
export type OpenSteps<F, S, R> = (facts: F, rules: R, calendar: Calendar, taken: ReadonlySet<string>) => S[]

const SHORTEST_PAUSE = MINUTE / 2
const LONGEST_PAUSE = 10 * MINUTE
/** Between two questions to a record that says it is too early. */
const SHORTEST_WAIT = 1_000

/** What a workflow knows of its proceeding. Newest facts win; older ones change nothing. */
export class KnownProceeding<F extends ProceedingFacts, S extends ProceedingStep, R> {
  readonly id: string
  facts: F
  about: AboutCase
  rules?: LoadedRules<R>
  trouble?: Trouble
  /** Grows whenever something new is learned. */
  news = 0
  private readonly openOf: OpenSteps<F, S, R>
  private readonly taken: Set<string>
  /** Nothing is asked before this instant. */
  private heldUntil: Instant = 0

  constructor(id: string, start: ProceedingStart<F>, openOf: OpenSteps<F, S, R>) {
    this.id = id
    this.facts = start.facts
    this.about = start.about ?? {}
    this.taken = new Set(start.taken)
    this.openOf = openOf
  }

  learn(facts: F, about?: AboutCase) {
    if (facts.version < this.facts.version) return
    if (about) this.about = { ...this.about, ...about }
    if (facts.version === this.facts.version) return
    this.news++
    this.facts = facts
    this.heldUntil = 0
  }

  openSteps = ({ rules, calendar }: LoadedRules<R>): S[] => this.openOf(this.facts, rules, calendar, this.taken)

  due = (open: readonly S[]): S[] => (now() < this.heldUntil ? [] : open.filter(({ at }) => at <= now()))

  /** The step for which it wakes next. */
  next(open: readonly S[]): { step: S; wakeAt: Instant } | undefined {
    const [step] = open
    return step && { step, wakeAt: Math.max(step.at, this.heldUntil) }
  }

  /** What the record answered. Steps that it does not know any more are asked again only under newer facts. */
  settle(asked: readonly string[], { facts, about, taken, notYet }: ProceedingStepsTaken<F>) {
    const { news } = this
    delete this.trouble
    this.learn(facts, about)
    for (const key of taken) this.taken.add(key)
    if (notYet !== undefined) this.heldUntil = Math.max(notYet, now() + SHORTEST_WAIT)
    else if (news === this.news) for (const key of asked) this.taken.add(key)
  }

  /** Something failed in spite of its retries: it is tried again, later and later, for ever. Returns the pause in milliseconds. */
  failed(what: string): number {
    const { since, tries } = this.trouble ?? { since: now(), tries: 0 }
    this.trouble = { what, since, tries: tries + 1 }
    const pause = Math.min(SHORTEST_PAUSE * 2 ** Math.min(tries, 10), LONGEST_PAUSE)
    this.heldUntil = now() + pause
    return pause
  }

  carried = (): ProceedingStart<F> => ({ facts: this.facts, taken: [...this.taken], about: this.about })
}

/** Whatever happened, the message is the newest facts. */
export function listenToProceeding<F extends ProceedingFacts, S extends ProceedingStep, R>(
  known: KnownProceeding<F, S, R>,
  told: UpdateDefinition<Known, [F, AboutCase?]>,
  description: string,
) {
  const learn = (facts: F, about?: AboutCase): Known => {
    known.learn(facts, about)
    return { version: known.facts.version }
  }
  const validator = (facts: F, _about?: AboutCase) => {
    if (!Number.isInteger(facts?.version)) throw new TypeError('the message holds no facts with a version')
  }
  setHandler(told, learn, { validator, description })
}
