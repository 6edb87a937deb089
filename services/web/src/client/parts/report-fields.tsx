/** The report before a review (CP-52): each measure of the plan with what it is for, whose and by when; was it done, did it work. */
import { RESPONSIBLES } from '@tirek/contract/forms/codes'
import type { PlanMeasure } from '@tirek/contract/reviews'
import { dayOf } from '@tirek/procedure/time'
import { useHere, useNow } from '../me.tsx'
import { dayText } from '../when.ts'
import { reviewWords } from '../words-of/reviews.ts'
import { Field, Fields } from './field.tsx'
import { useForm } from './form.tsx'

/** Drawn apart from the others: found in the record, and by the page. */
const APART = ['measures', 'planVersion']

export function ReportFields({ plan }: { plan: readonly PlanMeasure[] }) {
  const { lang } = useHere()
  const rev = reviewWords(lang)
  const today = dayOf(useNow(60_000))
  const { schema, value } = useForm()
  const measures = ((value as { measures?: { measure: string }[] }).measures ?? []).map(({ measure }) =>
    plan.find(({ id }) => id === measure),
  )
  return (
    <>
      <p className="note">{rev.reportFilled}</p>
      {measures.length > 0 && (
        <fieldset className="group" id="field-measures">
          <legend>{rev.measures}</legend>
          {measures.map((one, n) => (
            // oxlint-disable-next-line react/no-array-index-key -- the measures of a signed plan stay in their order
            <fieldset key={n} className="sub">
              <legend>
                {n + 1}. {one?.action}
              </legend>
              {one && (
                <p className="soft">
                  {one.need && (
                    <>
                      {rev.need}: {one.need}
                      <br />
                    </>
                  )}
                  {one.who ?? RESPONSIBLES[one.responsible as keyof typeof RESPONSIBLES][lang]}, {rev.by}{' '}
                  <time dateTime={one.due}>{dayText(one.due, lang, today)}</time>
                </p>
              )}
              {['mark', 'worked', 'effect', 'note'].map((name) => (
                <Field key={name} at={['measures', n, name]} />
              ))}
            </fieldset>
          ))}
        </fieldset>
      )}
      <Fields at={[]} schema={schema} without={APART} />
    </>
  )
}
