/** Recording an act: a contact, or any other, in one short form. */
import { Link, Navigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { PLAN, REPORT } from '../act-values.ts'
import { formsOf, useAccess, useActNames, useCase, useTimeline } from '../case-data.ts'
import { barOf, NEED_ACCESS } from '../comes-first.ts'
import { titleOf } from '../forms/faces.ts'
import { useHere } from '../me.tsx'
import { ActSheet, CONTACTS } from '../parts/act-sheet.tsx'
import { ReferralsInstead } from '../parts/referral-rows.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { useFormSchema } from '../parts/written.tsx'
import { useReview } from '../review-data.ts'
import { workWords } from '../words-of/work.ts'
import '../work.css'

const NotNow = lazy(() => import('../parts/not-now.tsx').then((part) => ({ default: part.NotNow })))

export function RecordPage() {
  const { id, kind } = useParams({ strict: false }) as { id: string; kind: string }
  const { me, lang, words } = useHere()
  const tell = workWords(lang)
  const found = useCase(id)
  const timeline = useTimeline(id)
  const schema = useFormSchema(kind)
  const names = useActNames()
  const ofReview = kind === REPORT || kind === 'review-held'
  const review = useReview(id, ofReview)
  const needsAccess = NEED_ACCESS.has(kind) && found.data?.mayReadAccess === true
  const access = useAccess(id, needsAccess)
  if (
    found.isPending ||
    (needsAccess && access.isPending) ||
    timeline.isPending ||
    schema.isPending ||
    names.isPending ||
    (ofReview && review.isPending)
  )
    return <Loading words={words} />
  const error = found.error ?? timeline.error ?? schema.error ?? names.error
  // Looked at again without a connection: the form stays.
  if (!found.data || !timeline.data || !schema.data || !names.data)
    return (
      <main id="content" className="narrow">
        <Failure
          alone
          error={error}
          words={words}
          onAgain={() => void Promise.all([found.refetch(), timeline.refetch(), schema.refetch()])}
        />
      </main>
    )
  // The hour has a page of its own: whom to call stands there too.
  if (kind === 'urgent-measures-evidenced' && found.data.hours.some((hour) => hour.closedAt === undefined))
    return <Navigate to="/cases/$id/hour" params={{ id }} replace />
  // The family is drawn, not typed.
  if (kind === 'family-drawn') return <Navigate to="/cases/$id/family" params={{ id }} replace />
  const { data: acts } = names
  const page = found.data
  const act = acts.find((one) => one.kind === kind)
  const label = act?.label ?? { ru: kind, kk: kind, en: kind }
  const bar = barOf(kind, page, timeline.data.items, me.role, act?.roles, needsAccess ? access.data : undefined)
  const plans = formsOf(timeline.data.items, PLAN).length
  return (
    <main id="content" className="narrow">
      <p>
        <Link to="/cases/$id" params={{ id }}>
          ← {words.casePrefix} {found.data.summary.number}
        </Link>
      </p>
      <h1>
        {CONTACTS.has(kind)
          ? words.contact
          : kind === PLAN
            ? plans > 0
              ? tell.planNewVersion
              : tell.planWrite
            : (titleOf(kind, lang) ?? label[lang])}
      </h1>
      {(kind === 'referral-sent' || kind === 'referral-answered') && <ReferralsInstead caseId={id} />}
      {kind === 'assessment-finished' && (
        <p>
          <Link to="/cases/$id/family" params={{ id }}>
            {words.familyDrawn}
          </Link>
        </p>
      )}
      <ActSheet
        key={`${id}${kind}`}
        kind={kind}
        found={page}
        timeline={timeline.data.items}
        schema={schema.data}
        label={label}
        review={review.data}
        notNow={
          bar &&
          ((hasDraft) => (
            <Suspense fallback={<p className="soft">{words.loading}</p>}>
              <NotNow bar={bar} found={page} act={act} names={acts} hasDraft={hasDraft} />
            </Suspense>
          ))
        }
      />
    </main>
  )
}
