/** CP-57 as four steps: which are done, which one this referral is, and what has to come first. */
import { REFERRAL_QUESTIONS } from '@tirek/contract/forms/referral-codes'
import type { ReferralList, ReferralOffer } from '@tirek/contract/referrals'
import type { ReferralBody, ReferralQuestion } from '@tirek/procedure/referrals/facts'
import { outOfOrder, type OutOfOrder } from '@tirek/procedure/referrals/order'
import { Link } from '@tanstack/react-router'
import { useHere } from '../me.tsx'
import { referralWords } from '../words-of/referrals.ts'

export type Chosen = { body?: ReferralBody; question?: ReferralQuestion; specialNeeds?: boolean }
type Known = { offer: ReferralOffer; list: ReferralList | undefined }

const isQuestion = (text: string | undefined): text is ReferralQuestion => text !== undefined && Object.hasOwn(REFERRAL_QUESTIONS, text)
export const questionFrom = (text: string | null | undefined): ReferralQuestion | undefined =>
  isQuestion(text ?? undefined) ? (text as ReferralQuestion) : undefined

/** Has a meeting decided? Else every body waits for it. */
const isDecided = ({ bodies }: ReferralOffer): boolean => bodies.every(({ first }) => first !== 'review')

/** What has to come first, by what is typed; the service has the last word. */
export function firstOf({ offer, list }: Known, { body, question, specialNeeds = false }: Chosen): OutOfOrder | undefined {
  if (!body || !question) return undefined
  return outOfOrder({
    body,
    question,
    specialNeeds,
    isDecided: isDecided(offer),
    hasNoCommission: offer.bodies.some((one) => one.body === 'commission' && one.agencies.length === 0),
    earlier: list?.items ?? [],
  })
}

export function ReferralOrder({ offer, list, chosen }: Known & { chosen: Chosen }) {
  const { lang } = useHere()
  const ref = referralWords(lang)
  const first = firstOf({ offer, list }, chosen)
  // An examination may be asked for at any time.
  if (chosen.question === 'examination') return null
  const has = (body: ReferralBody) => (list?.items ?? []).some((one) => one.body === body && ['recommended', 'decided'].includes(one.state))
  const standing = (body: ReferralBody) =>
    chosen.body === body ? 'here' : has(body) ? 'done' : body === 'pmpk' && !chosen.specialNeeds ? 'free' : 'missing'
  const steps = [
    [ref.stepReview, isDecided(offer) ? 'done' : 'missing'],
    [ref.stepPmpk, standing('pmpk')],
    [ref.stepCommission, standing('commission')],
    [ref.stepGuardianship, standing('guardianship-body')],
  ] as const
  const said = { done: ref.stepDone, here: ref.stepHere, missing: ref.stepMissing, free: ref.stepNotNeeded }
  const tones = { done: 'kept', here: 'soon', missing: 'plain', free: 'plain' }
  const why = first && { review: ref.firstReview, pmpk: ref.firstPmpk, commission: ref.firstCommission }[first.first]
  return (
    <section aria-labelledby="order-title">
      <h2 className="small" id="order-title">
        {ref.order}
      </h2>
      <ol className="order">
        {steps.map(([step, state]) => (
          <li key={step} className={state}>
            {step} <span className={`tag ${tones[state]}`}>{said[state]}</span>
          </li>
        ))}
      </ol>
      <p className="soft">{ref.orderWhy}</p>
      <div role="status">
        {first && (
          <p className={`note ${first.mayOverride ? 'soon' : 'late'}`}>
            {why} {first.first === 'commission' && first.mayOverride && ref.noCommission}{' '}
            {first.first === 'review' && (
              <Link to="/cases/$id/meetings" params={{ id: offer.caseId }}>
                {ref.toMeeting}
              </Link>
            )}
          </p>
        )}
      </div>
    </section>
  )
}
