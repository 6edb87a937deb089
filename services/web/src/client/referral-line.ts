/** What happened with a referral, in order, and what is waited for now. Pure: the pages put it into words. */
import { REFERRAL_ACT_LABELS } from '@tirek/contract/forms/referral-codes'
import type { ReferralPage } from '@tirek/contract/referrals'
import { isUnseen, type ReferralFacts } from '@tirek/procedure/referrals/facts'

type Sending = ReferralPage['sendings'][number]
type Answer = ReferralPage['answers'][number]
export type Happened = { key: string; at: number; by?: string | undefined } & (
  | { what: 'prepared' | 'received' }
  | { what: 'act'; act: string }
  | { what: 'sent'; sending: Sending }
  | { what: 'answered'; answer: Answer }
  | { what: 'step'; row: string; spared?: boolean }
)

/** What was sent and answered is said with more than the act's name. */
const SAID_BY_NAME = new Set(Object.keys(REFERRAL_ACT_LABELS).filter((act) => act !== 'sent' && act !== 'answered'))

/** All that happened, the first on top. */
export function lineOf(page: ReferralPage): Happened[] {
  // Whatever else is answered says too that it has arrived.
  const isConfirmed = page.sendings.some(({ mails }) => mails.some(({ state }) => state === 'confirmed'))
  const line: Happened[] = [
    { key: 'prepared', what: 'prepared', at: page.preparedAt, by: page.changes.find(({ version }) => version === 1)?.by },
    ...page.sendings.map((sending): Happened => ({ key: `sent-${sending.n}`, what: 'sent', at: sending.at, by: sending.by, sending })),
    ...page.answers.map((answer): Happened => ({
      key: `answer-${answer.n}`,
      what: 'answered',
      at: answer.at,
      by: answer.recordedBy,
      answer,
    })),
    ...(page.receivedAt !== undefined && isConfirmed
      ? [{ key: 'received', what: 'received', at: page.receivedAt } satisfies Happened]
      : []),
    ...page.steps.map(({ row, at, spared }): Happened => ({ key: `${row}-${at}`, what: 'step', at, row, ...(spared && { spared: true }) })),
    ...page.changes
      .filter(({ what }) => SAID_BY_NAME.has(what))
      .map(({ version, what, at, by }): Happened => ({ key: `act-${version}`, what: 'act', act: what, at, by })),
  ]
  return line.toSorted((a, b) => a.at - b.at)
}

export type Waits = {
  /** Whose turn it is. */
  whose: 'us' | 'body' | 'nobody'
  what: 'packet' | 'sending' | 'another-way' | 'receipt' | 'answer' | 'more' | 'go-on' | 'placement' | 'seen' | 'nothing'
}

/** Did what went out last not arrive, for all that is known? */
export const didNotArrive = (sending: Sending | undefined): boolean =>
  sending !== undefined && sending.mails.length > 0 && sending.mails.every(({ state }) => state === 'failed' || state === 'bounced')

/** What is waited for, and by whom. */
export function waitsFor(page: ReferralPage): Waits {
  const isFollowed = page.next !== undefined || page.changes.some(({ what }) => what === 'nothing-follows')
  switch (page.state) {
    case 'prepared':
      return { whose: 'us', what: !page.packet || page.packet.isStale ? 'packet' : 'sending' }
    case 'more-asked-for':
      return { whose: 'us', what: 'more' }
    case 'sent':
      return didNotArrive(page.sendings.at(-1)) ? { whose: 'us', what: 'another-way' } : { whose: 'body', what: 'receipt' }
    case 'received':
    case 'postponed':
      return { whose: 'body', what: 'answer' }
    case 'recommended':
    case 'returned':
      return isFollowed ? { whose: 'nobody', what: 'nothing' } : { whose: 'us', what: 'go-on' }
    case 'decided':
      if (page.placement === 'waiting') return { whose: 'us', what: 'placement' }
      return isUnseen({ state: page.state, placement: page.placement, isFollowed, answeredBy: page.answers.at(-1)?.by } as ReferralFacts)
        ? { whose: 'us', what: 'seen' }
        : { whose: 'nobody', what: 'nothing' }
    case 'withdrawn':
      return { whose: 'nobody', what: 'nothing' }
  }
}

/** Which fields of an answer are asked for, by what was answered; the rest would be empty for all time. */
export const FIELDS_OF_ANSWER: Readonly<Record<string, readonly string[]>> = {
  received: ['text'],
  'more-asked-for': ['text'],
  postponed: ['newDay', 'reasons'],
  recommended: ['recommended', 'text', 'documentNumber', 'documentDay'],
  returned: ['reasons'],
  decided: ['decision', 'placement', 'documentNumber', 'documentDay', 'reasons'],
}
