/** Referrals as rows: to whom, how it stands, by when an answer is due. On the page of the case, and as a list of their own. */
import { REFERRAL_BODIES, REFERRAL_QUESTIONS, REFERRAL_STATES } from '@tirek/contract/forms/referral-codes'
import type { ReferralSummary } from '@tirek/contract/referrals'
import { dayOf } from '@tirek/procedure/time'
import { Link } from '@tanstack/react-router'
import { useHere, useNow } from '../me.tsx'
import { Refused } from '../api.ts'
import { isAwaited } from '@tirek/procedure/referrals/facts'
import { useReferrals } from '../referral-data.ts'
import { capital, dayText } from '../when.ts'
import { referralWords } from '../words-of/referrals.ts'

/** `narrow`: beside something else, so that each part stands on a line of its own. */
export function ReferralRows({ caseId, items, narrow = false }: { caseId: string; items: readonly ReferralSummary[]; narrow?: boolean }) {
  const { lang } = useHere()
  const ref = referralWords(lang)
  const today = dayOf(useNow(60_000))
  return (
    <ul className={`tasks ${narrow ? 'stacked' : ''}`}>
      {items.map((one) => (
        <li key={one.id} className="task">
          <Link className="title" to="/cases/$id/referrals/$referral" params={{ id: caseId, referral: one.id }}>
            {capital(REFERRAL_BODIES[one.body][lang])}: {REFERRAL_QUESTIONS[one.question][lang]}
          </Link>
          <span className={`tag ${one.isOverdue ? 'late' : 'plain'}`}>{REFERRAL_STATES[one.state][lang]}</span>
          <span className="why">
            {dayText(dayOf(one.since), lang, today)}
            {one.addressee && ` · ${one.addressee}`}
            {one.dueDay &&
              isAwaited(one.state) &&
              ` · ${one.isOverdue ? ref.answerLate : ref.answerBy} ${dayText(one.dueDay, lang, today)}`}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Over the forms of the case's own acts: where referrals are kept, those that wait for an answer first. */
export function ReferralsInstead({ caseId }: { caseId: string }) {
  const { lang } = useHere()
  const ref = referralWords(lang)
  const list = useReferrals(caseId)
  if (!list.data) return null
  const awaited = list.data.items.filter(({ state }) => isAwaited(state))
  return (
    <section className="card" aria-label={ref.title}>
      <div className="pad">
        <p>{ref.ownPages}</p>
        {list.data.mayRefer && (
          <Link className="button quiet" to="/cases/$id/referrals/new" params={{ id: caseId }}>
            {ref.newTitle}
          </Link>
        )}
      </div>
      {awaited.length > 0 && <ReferralRows caseId={caseId} items={awaited} />}
    </section>
  )
}

/** On the page of the case: those it has, and the way to another. Whoever has nothing to do with them sees no card. */
export function ReferralsCard({ caseId }: { caseId: string }) {
  const { lang } = useHere()
  const ref = referralWords(lang)
  const list = useReferrals(caseId)
  // Where no such service runs there is nothing to tell.
  if (!list.data && (!list.isError || (list.error instanceof Refused && [403, 404].includes(list.error.problem.status)))) return null
  const { items = [], mayRefer = false } = list.data ?? {}
  if (list.isSuccess && items.length === 0 && !mayRefer) return null
  return (
    <section className="card papers-card" aria-labelledby="referrals-title">
      <div className="pad">
        <h2 id="referrals-title">{ref.title}</h2>
        {list.isError && <p className="soft">{ref.unread}</p>}
        {list.isSuccess && items.length === 0 && <p className="soft">{ref.none}</p>}
        <p className="row wrap">
          {mayRefer && (
            <Link className="button quiet" to="/cases/$id/referrals/new" params={{ id: caseId }}>
              {ref.refer}
            </Link>
          )}
          {items.length > 0 && (
            <Link to="/cases/$id/referrals" params={{ id: caseId }}>
              {ref.all}
            </Link>
          )}
        </p>
      </div>
      {items.length > 0 && <ReferralRows caseId={caseId} items={items.slice(0, 3)} narrow />}
    </section>
  )
}
