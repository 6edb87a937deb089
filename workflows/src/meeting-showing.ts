/** What administrators see of a meeting in the Temporal UI: counts of answers and what comes next. No name, no id of a person invited. */
import { isDistributed, missing, standingOf, type MeetingFacts, type Standing } from '@tirek/procedure/meetings/facts'
import type { MeetingStep } from '@tirek/procedure/meetings/steps'
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow'
import { now } from './clock.ts'
import type { KnownMeeting } from './known-meeting.ts'
import { SEARCH, type SearchValue } from './search-attributes.ts'
import { localTime } from './showing.ts'

/** A step in a few words, for summaries of timers and activities. */
export const stepInWords = ({ row, do: what, whom, at }: MeetingStep): string => `${row}: ${what} ${whom}, ${localTime(at)}`

const STANDINGS: readonly Standing[] = ['accepted', 'tentative', 'declined', 'silent', 'bounced']

export function showMeeting(known: KnownMeeting, open: readonly MeetingStep[]) {
  setCurrentDetails(meetingDetailsOf(known, open))
  upsertChanged(known, open)
}

/** Markdown. */
export function meetingDetailsOf(
  { facts, about, meetingId, trouble }: Pick<KnownMeeting, 'facts' | 'about' | 'meetingId' | 'trouble'>,
  open: readonly MeetingStep[],
): string {
  const name = about.number ?? meetingId
  const [next] = open
  const count = (some: MeetingFacts['invitees'], standing: Standing) => some.filter((one) => standingOf(one) === standing).length
  const needed = facts.invitees.filter((one) => one.needed)
  return [
    `**${about.link ? `[${name}](${about.link})` : name}** · ${facts.kind} · ${facts.state} · ${localTime(facts.startsAt)} · asked ${facts.sequence + 1} times · version ${facts.version}`,
    '',
    ...(trouble ? [`> **In trouble** since ${localTime(trouble.since)}, tried ${trouble.tries} times: ${trouble.what}\n`] : []),
    next ? `Next: ${stepInWords(next)}` : 'Only people are awaited.',
    '',
    `| Answers | ${STANDINGS.join(' | ')} |`,
    `|---|${STANDINGS.map(() => '---|').join('')}`,
    `| all ${facts.invitees.length} | ${STANDINGS.map((standing) => count(facts.invitees, standing)).join(' | ')} |`,
    `| needed ${needed.length} | ${STANDINGS.map((standing) => count(needed, standing)).join(' | ')} |`,
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

function upsertChanged({ facts, about }: KnownMeeting, open: readonly MeetingStep[]) {
  const isDone = facts.state === 'cancelled' || (facts.state === 'held' && isDistributed(facts))
  const wanted: SearchValue[] = [
    { key: SEARCH.organisation, value: about.organisation ?? null },
    { key: SEARCH.manager, value: about.manager ?? null },
    { key: SEARCH.waitingFor, value: isDone ? null : waitingFor(facts) },
    { key: SEARCH.nextDeadlineAt, value: open[0] ? new Date(open[0].at) : null },
    { key: SEARCH.overdue, value: facts.state === 'called' && facts.endsAt <= now() },
  ]
  const known = workflowInfo().typedSearchAttributes
  const textOf = (value: unknown) => (value instanceof Date ? value.toISOString() : String(value ?? null))
  const changed = wanted.filter(({ key, value }) => textOf(known.get(key)) !== textOf(value))
  if (changed.length > 0) upsertSearchAttributes(changed)
}
