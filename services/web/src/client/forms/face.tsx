/** The form of an act that has a face of its own: what it is given, and pieces that several of them show. */
import type { CasePage, DeadlineView, TimelineItem } from '@tirek/contract/answers'
import type { ReviewState } from '@tirek/contract/reviews'
import { dayOf } from '@tirek/procedure/time'
import type { ReactNode } from 'react'
import type { Filling } from '../form-state.ts'
import { useHere } from '../me.tsx'
import { useForm } from '../parts/form.tsx'
import { Happened } from '../parts/happened.tsx'
import { dueWords, momentText, shortDay } from '../when.ts'
import { formWords } from '../words-of/forms.ts'
import { Rule } from '../parts/rule.tsx'

export type FaceProps = {
  found: CasePage
  timeline: readonly TimelineItem[]
  review: ReviewState | undefined
  filling: Filling
  now: number
}

/** What is recorded as it happens asks for no time; who records it later opens the field. */
export function WhenFolded({ filling, now }: Pick<FaceProps, 'filling' | 'now'>) {
  const { lang } = useHere()
  const frm = formWords(lang)
  const { errors } = useForm()
  const at = filling.typed['happenedAt'] as string | undefined
  return (
    <details open={errors.has('/happenedAt') || undefined}>
      <summary>
        {at ? momentText(Date.parse(at), lang, dayOf(now)) : frm.whenFolded} <span className="optional">({frm.whenChange})</span>
      </summary>
      <div className="sub">
        <Happened typed={filling.typed} set={filling.set} errors={errors} now={now} />
      </div>
    </details>
  )
}

const FAR = Number.MAX_SAFE_INTEGER

/** Open terms, the late ones first. `without`: rows that the act itself ends. */
export function OpenTerms({
  deadlines,
  now,
  title,
  without = [],
  children,
}: {
  deadlines: readonly DeadlineView[]
  now: number
  title: string
  without?: readonly string[]
  children?: ReactNode
}) {
  const { lang } = useHere()
  const frm = formWords(lang)
  const today = dayOf(now)
  const open = deadlines
    .filter(({ state, row }) => state === 'open' && !without.includes(row))
    .toSorted((a, b) => (a.due ?? FAR) - (b.due ?? FAR))
  return (
    <section className="field">
      <h2>
        {title} {open.length > 0 && <small className="num">{open.length}</small>}
      </h2>
      {open.length === 0 ? (
        <p className="soft">{frm.openNone}</p>
      ) : (
        <ul className="plan-rows terms">
          {open.map((one) => {
            const due = dueWords(one, now, lang)
            const day = one.dueDay ?? (one.due === undefined ? undefined : dayOf(one.due))
            return (
              <li key={one.key}>
                <span>
                  {one.what[lang]}{' '}
                  <small>
                    <Rule code={one.rule} />
                  </small>
                </span>
                {due.tone === 'plain' && day ? (
                  <time className="soft num" dateTime={day}>
                    {shortDay(day, lang, today)}
                  </time>
                ) : (
                  <span className={`tag ${due.tone}`}>{due.text}</span>
                )}
              </li>
            )
          })}
        </ul>
      )}
      {children}
    </section>
  )
}
