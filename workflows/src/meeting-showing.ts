/** What administrators see of a meeting in the Temporal UI: counts of answers and what comes next. No name, no id of a person invited. */
import { isDistributed, missing, standingOf, type MeetingFacts, type Standing } from '@tirek/procedure/meetings/facts'
import type { MeetingRules } from '@tirek/procedure/meetings/rows'
import type { MeetingStep } from '@tirek/procedure/meetings/steps'
import { setCurrentDetails } from '@temporalio/workflow'
import { now } from './clock.ts'
import type { KnownProceeding } from './known-proceeding.ts'
import { headOf, nextOf, troubleOf, upsertChanged } from './proceeding-showing.ts'
import { localTime } from './showing.ts'

export type KnownMeeting = KnownProceeding<MeetingFacts, MeetingStep, MeetingRules>

const STANDINGS: readonly Standing[] = ['accepted', 'tentative', 'declined', 'silent', 'bounced']

export function showMeeting(known: KnownMeeting, open: readonly MeetingStep[]) {
  const { facts, about } = known
  setCurrentDetails(meetingDetailsOf(known, open))
  const isDone = facts.state === 'cancelled' || (facts.state === 'held' && isDistributed(facts))
  upsertChanged(about, open, isDone ? null : waitingFor(facts), facts.state === 'called' && facts.endsAt <= now())
}

/** Markdown. */
export function meetingDetailsOf(
  { facts, about, id, trouble }: Pick<KnownMeeting, 'facts' | 'about' | 'id' | 'trouble'>,
  open: readonly MeetingStep[],
): string {
  const count = (some: MeetingFacts['invitees'], standing: Standing) => some.filter((one) => standingOf(one) === standing).length
  const needed = facts.invitees.filter((one) => one.needed)
  const standing = `${facts.kind} · ${facts.state} · ${localTime(facts.startsAt)} · asked ${facts.sequence + 1} times · version ${facts.version}`
  return [
    headOf(about, id, standing),
    '',
    ...troubleOf(trouble),
    nextOf(open),
    '',
    `| Answers | ${STANDINGS.join(' | ')} |`,
    `|---|${STANDINGS.map(() => '---|').join('')}`,
    `| all ${facts.invitees.length} | ${STANDINGS.map((one) => count(facts.invitees, one)).join(' | ')} |`,
    `| needed ${needed.length} | ${STANDINGS.map((one) => count(needed, one)).join(' | ')} |`,
    ...(facts.protocol ? ['', protocolLine(facts)] : []),
  ].join('\n')
}

function protocolLine(facts: MeetingFacts): string {
  const { version, recipients } = facts.protocol!
  const of = (state: string) => recipients.filter((one) => one.state === state).length
  return `Protocol, version ${version}: ${of('delivered')} of ${recipients.length} have it, ${of('waiting')} waiting, ${of('failed')} failed`
}

/** What is awaited, in one word. */
const waitingFor = ({ state, protocol, invitees }: MeetingFacts): string => {
  if (state === 'draft') return 'calling'
  if (state === 'held') return protocol ? 'distribution' : 'protocol'
  return missing(invitees).length > 0 ? 'needed-answers' : 'meeting'
}
