/** A case's review: which one comes and by when, its report, what the last one decided and is not done, and the sheets of those that were held. */
import { REVIEW_DECISIONS } from '@tirek/contract/forms/codes'
import type { MeetingPage } from '@tirek/contract/meetings'
import type { ReviewState } from '@tirek/contract/reviews'
import { dayOf } from '@tirek/procedure/time'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ask } from '../api.ts'
import { intoPlan } from '../into-plan.ts'
import { useHere, useNow } from '../me.tsx'
import { useReview } from '../review-data.ts'
import { dayText, momentText } from '../when.ts'
import { reviewWords } from '../words-of/reviews.ts'
import { PaperLinks } from './paper-links.tsx'
import { Failure } from './states.tsx'

/** `mayCall`, `mayReport`: offered to who may do it alone. */
export function ReviewCard({ caseId, mayCall, mayReport }: { caseId: string; mayCall: boolean; mayReport: boolean }) {
  const { lang } = useHere()
  const rev = reviewWords(lang)
  const today = dayOf(useNow(60_000))
  const { data: state } = useReview(caseId)
  if (!state || (state.since === undefined && state.held.length === 0)) return null
  return (
    <section className="card pad" aria-labelledby="review-title">
      <h2 id="review-title">{rev.title}</h2>
      {state.since !== undefined && (
        <>
          <p>
            {rev.nth} {state.nth}
            {state.due && (
              <>
                , {rev.due} <time dateTime={state.due}>{dayText(state.due, lang, today)}</time>
              </>
            )}
          </p>
          <Report state={state} mayReport={mayReport} />
          {mayCall && (
            <p>
              <Link className="button quiet" to="/cases/$id/meetings/call" params={{ id: caseId }} search={{ kind: 'review' } as never}>
                {rev.call}
              </Link>
            </p>
          )}
        </>
      )}
      {state.outcome && <Outcome state={state} />}
      {state.held.length > 0 && (
        <details>
          <summary>
            {rev.held}: {state.held.length}
          </summary>
          <ul className="papers">
            {state.held.toReversed().map((one) => (
              <li key={one.act}>
                {rev.nth} {one.nth}, <span className="num">{dayText(one.day, lang, today)}</span>: {REVIEW_DECISIONS[one.decision][lang]}
                <br />
                {rev.sheet}: <PaperLinks caseId={caseId} act={one.act} name={`${rev.sheet}, ${rev.nth} ${one.nth}`} />
                {one.meeting && (
                  <Link to="/cases/$id/meetings/$meeting" params={{ id: caseId, meeting: one.meeting }}>
                    {rev.openIt}
                  </Link>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

/** CP-52: handed in and to be read, or to be written. */
export function Report({ state, mayReport }: { state: ReviewState; mayReport: boolean }) {
  const { lang } = useHere()
  const rev = reviewWords(lang)
  const today = dayOf(useNow(60_000))
  const { report, caseId } = state
  return (
    <div>
      {rev.report}:{' '}
      {report ? (
        <>
          <span className="tag kept">{rev.reportThere}</span> <span className="num">{momentText(report.at, lang, today)}</span>
          <PaperLinks caseId={caseId} act={report.act} name={rev.report} />
        </>
      ) : (
        <span className="tag soon">{rev.reportMissing}</span>
      )}{' '}
      {!report && mayReport && (
        <Link to="/cases/$id/record/$kind" params={{ id: caseId, kind: 'review-report-handed-in' }}>
          {rev.reportWrite}
        </Link>
      )}
    </div>
  )
}

/** The form of the plan's next version, with the measures that the meeting decided. */
function NewVersion({ id, meeting }: { id: string; meeting: string | undefined }) {
  const { me, lang, words } = useHere()
  const rev = reviewWords(lang)
  const navigate = useNavigate()
  const carry = useMutation({
    mutationFn: async () => meeting && intoPlan(me.person, await ask<MeetingPage>(`/api/meetings/${meeting}`)),
    onSuccess: () => navigate({ to: '/cases/$id/record/$kind', params: { id, kind: 'plan-signed' } }),
  })
  return (
    <>
      <button type="button" className="button" disabled={carry.isPending} onClick={() => carry.mutate()}>
        {rev.plan}
      </button>
      {carry.isError && <Failure error={carry.error} words={words} />}
    </>
  )
}

/** CP-53: each decision leads somewhere. */
export function Outcome({ state }: { state: ReviewState }) {
  const { lang } = useHere()
  const rev = reviewWords(lang)
  const today = dayOf(useNow(60_000))
  const { outcome, caseId: id } = state
  if (!outcome) return null
  const { decision, due, overdue, meeting } = outcome
  return (
    <div className={`note ${overdue ? 'late' : 'soon'}`}>
      <p>
        <b>{rev.follows}</b>: {REVIEW_DECISIONS[decision][lang]}
        {due && (
          <>
            , {rev.doBy} <time dateTime={due}>{dayText(due, lang, today)}</time>
          </>
        )}
        {overdue && ` (${rev.late})`}
      </p>
      <p>
        {decision === 'separate' || decision === 'extend-stay' ? (
          <Link
            className="button"
            to="/cases/$id/referrals/new"
            params={{ id }}
            search={{ question: decision === 'separate' ? 'removal' : 'longer-stay', ...(meeting && { meeting }) } as never}
          >
            {rev.referral}
          </Link>
        ) : decision === 'close' ? (
          <Link className="button" to="/cases/$id/record/$kind" params={{ id, kind: 'closure-asked' }}>
            {rev.closure}
          </Link>
        ) : (
          <NewVersion id={id} meeting={meeting} />
        )}
      </p>
    </div>
  )
}
