/** What administrators see of a referral in the Temporal UI: where it stands, how often it went out, what comes next. No name, no word of it. */
import { isOver, type ReferralFacts } from '@tirek/procedure/referrals/facts'
import type { ReferralRules } from '@tirek/procedure/referrals/rows'
import type { ReferralStep } from '@tirek/procedure/referrals/steps'
import { endOfDay } from '@tirek/procedure/time'
import { setCurrentDetails } from '@temporalio/workflow'
import { now } from './clock.ts'
import type { KnownProceeding } from './known-proceeding.ts'
import { headOf, nextOf, stepInWords, troubleOf, upsertChanged } from './proceeding-showing.ts'
import { localTime } from './showing.ts'

export type KnownReferral = KnownProceeding<ReferralFacts, ReferralStep, ReferralRules>

export function showReferral(known: KnownReferral, open: readonly ReferralStep[]) {
  const { facts, about } = known
  setCurrentDetails(referralDetailsOf(known, open))
  upsertChanged(about, open, isOver(facts) ? null : waitingFor(facts), isLate(facts))
}

/** Markdown. */
export function referralDetailsOf(
  { facts, about, id, trouble }: Pick<KnownReferral, 'facts' | 'about' | 'id' | 'trouble'>,
  open: readonly ReferralStep[],
): string {
  const { body, state, since, sendings, answers, delivery, receivedAt, dueDay, placement } = facts
  return [
    headOf(about, id, `${body} · ${state} since ${localTime(since)} · version ${facts.version}`),
    '',
    ...troubleOf(trouble),
    nextOf(open),
    '',
    '| Sent | Delivery | Received | Answers | Answer by | Placement |',
    '|---|---|---|---|---|---|',
    `| ${sendings} | ${delivery ? `${delivery.reach} ${delivery.state}` : '-'} | ${receivedAt === undefined ? '-' : localTime(receivedAt)} | ${answers} | ${dueDay ?? '-'}${isLate(facts) ? ' **overdue**' : ''} | ${placement} |`,
    ...(open.length > 1 ? ['', ...open.slice(0, 10).map((step) => `- ${stepInWords(step)}`)] : []),
  ].join('\n')
}

const isLate = ({ state, dueDay }: ReferralFacts): boolean =>
  dueDay !== undefined && ['sent', 'received', 'more-asked-for', 'postponed'].includes(state) && now() >= endOfDay(dueDay)

/** What is awaited, in one word. */
const waitingFor = ({ state, placement }: ReferralFacts): string => {
  if (state === 'prepared') return 'sending'
  if (state === 'more-asked-for') return 'documents'
  if (state === 'decided') return placement === 'waiting' ? 'placement' : 'nothing'
  return state === 'recommended' || state === 'returned' ? 'what-follows' : 'answer'
}
