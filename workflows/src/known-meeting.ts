import type { MeetingFacts } from '@tirek/procedure/meetings/facts'
import { openMeetingSteps, type MeetingStep } from '@tirek/procedure/meetings/steps'
import { MINUTE, type Instant } from '@tirek/procedure/time'
import { setHandler } from '@temporalio/workflow'
import type { MeetingActivities, MeetingStepsTaken } from './activities.ts'
import { now } from './clock.ts'
import type { Trouble } from './known-case.ts'
import { meetingTold, type AboutMeeting, type Known, type MeetingStart } from './messages.ts'

export type LoadedMeetingRules = Awaited<ReturnType<MeetingActivities['loadMeetingRules']>>

const SHORTEST_PAUSE = MINUTE / 2
const LONGEST_PAUSE = 10 * MINUTE
/** Between two questions to a record that says it is too early. */
const SHORTEST_WAIT = 1_000

/** What a workflow knows of its meeting. Newest facts win; older ones change nothing. */
export class KnownMeeting {
  readonly meetingId: string
  facts: MeetingFacts
  about: AboutMeeting
  rules?: LoadedMeetingRules
  trouble?: Trouble
  /** Grows whenever something new is learned. */
  news = 0
  private readonly taken: Set<string>
  /** Nothing is asked before this instant. */
  private heldUntil: Instant = 0

  constructor(start: MeetingStart) {
    this.meetingId = start.meetingId
    this.facts = start.facts
    this.about = start.about ?? {}
    this.taken = new Set(start.taken)
  }

  learn(facts: MeetingFacts, about?: AboutMeeting) {
    if (facts.version < this.facts.version) return
    if (about) this.about = { ...this.about, ...about }
    if (facts.version === this.facts.version) return
    this.news++
    this.facts = facts
    this.heldUntil = 0
  }

  openSteps = ({ rules, calendar }: LoadedMeetingRules): MeetingStep[] => openMeetingSteps(this.facts, rules, calendar, this.taken)

  due = (open: readonly MeetingStep[]): MeetingStep[] => (now() < this.heldUntil ? [] : open.filter(({ at }) => at <= now()))

  /** The step for which it wakes next. */
  next(open: readonly MeetingStep[]): { step: MeetingStep; wakeAt: Instant } | undefined {
    const [step] = open
    return step && { step, wakeAt: Math.max(step.at, this.heldUntil) }
  }

  /** What the record answered. Steps that it does not know any more are asked again only under newer facts. */
  settle(asked: readonly string[], { facts, about, taken, notYet }: MeetingStepsTaken) {
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

  carried = (): MeetingStart => ({ meetingId: this.meetingId, facts: this.facts, taken: [...this.taken], about: this.about })
}

/** Whatever happened, the message is the newest facts. */
export function listenToMeeting(known: KnownMeeting) {
  const learn = (facts: MeetingFacts, about?: AboutMeeting): Known => {
    known.learn(facts, about)
    return { version: known.facts.version }
  }
  const validator = (facts: MeetingFacts, _about?: AboutMeeting) => {
    if (!Number.isInteger(facts?.version)) throw new TypeError('the message holds no facts with a version')
  }
  setHandler(meetingTold, learn, { validator, description: 'the meeting, its answers or its protocol changed' })
}
