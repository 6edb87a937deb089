/** Which fields belong to which answer of a body, and which answers end its waiting. */
import type { ReferralAnswer } from '@tirek/procedure/referrals/facts'
import type { ReferralAnswerForm } from './forms/referral.ts'

export type AnswerField = Exclude<keyof ReferralAnswerForm, 'answer' | 'files' | 'name' | 'position'>

const DOCUMENT = ['documentNumber', 'documentDay'] as const
/** In the order in which they are asked for. */
export const ANSWER_FIELDS = {
  received: ['text'],
  'more-asked-for': ['text'],
  postponed: ['newDay', 'reasons'],
  recommended: ['recommended', ...DOCUMENT, 'text'],
  returned: ['reasons', ...DOCUMENT],
  decided: ['decision', 'placement', ...DOCUMENT, 'reasons', 'text'],
} as const satisfies Record<ReferralAnswer, readonly AnswerField[]>

/** Nothing more is awaited of the body. */
export const isLastAnswer = (answer: ReferralAnswer): boolean => answer === 'recommended' || answer === 'returned' || answer === 'decided'

/** What was typed, without the fields of other answers and without the empty ones. */
export function answerOf(typed: Readonly<Record<string, string>>): Record<string, string> {
  const answer = typed['answer'] ?? ''
  const fields: readonly string[] = Object.hasOwn(ANSWER_FIELDS, answer) ? ANSWER_FIELDS[answer as ReferralAnswer] : []
  const wanted = ['answer', ...fields, 'name', 'position']
  return Object.fromEntries(wanted.flatMap((name) => (typed[name]?.trim() ? [[name, typed[name].trim()]] : [])))
}
