/** CP-18: to whom a case is assigned, with what each carries against the norm; above it a reason is asked for. */
import type { Absence } from '@tirek/contract/people'
import { dayOf } from '@tirek/procedure/time'
import { useQuery } from '@tanstack/react-query'
import '../admin.css'
import { ask } from '../api.ts'
import { getAt, idOf, pointerOf } from '../fields.ts'
import { useAll } from '../manage-data.ts'
import { useHere, useNow, usePeople } from '../me.tsx'
import { dayText } from '../when.ts'
import { adminWords } from '../words-of/admin.ts'
import { manageWords } from '../words-of/manage.ts'
import { Field } from './field.tsx'
import { useForm } from './form.tsx'

const MANAGERS = new Set(['social-worker', 'psychologist', 'supervisor'])
type Caseload = { least: number; most: number; items: { person: string; active: number }[] }

/** `except`: who leads it now. `isAbovePermitted`: above the norm it is said and no reason is asked for (a hand-over has its own). */
export function AssignFields({ except, isAbovePermitted = false }: { except?: string | undefined; isAbovePermitted?: boolean }) {
  const { me, lang } = useHere()
  const say = manageWords(lang)
  const adm = adminWords(lang)
  const { value, change, errors } = useForm()
  const people = usePeople()
  const today = dayOf(useNow(60_000))
  const load = useQuery({ queryKey: ['caseload'], queryFn: ({ signal }) => ask<Caseload>('/api/caseload', { again: true, signal }) })
  const absences = useAll<Absence>('/api/absences')
  const active = new Map((load.data?.items ?? []).map((one) => [one.person, one.active]))
  const most = load.data?.most ?? Number.POSITIVE_INFINITY
  const workers = [...people.values()]
    .filter((one) => MANAGERS.has(one.role) && one.active !== false && one.organisation === me.organisation && one.id !== except)
    // Whoever carries least comes first; of others than social workers no number is kept.
    .toSorted((a, b) => (active.get(a.id) ?? 1_000) - (active.get(b.id) ?? 1_000) || a.name.localeCompare(b.name, lang))
  const chosen = getAt(value, ['manager']) as string | undefined
  const isAbove = (person: string | undefined) => person !== undefined && (active.get(person) ?? 0) >= most
  const id = idOf(pointerOf(['manager']))
  const error = errors.get(pointerOf(['manager']))
  return (
    <>
      <fieldset className="field" id={id} aria-describedby={error ? `${id}-error` : undefined}>
        <legend>{adm.assignTo}</legend>
        <div className="ticks">
          {workers.map((one) => {
            const n = active.get(one.id)
            const away = absences.data?.find((absence) => absence.person === one.id && absence.fromDay <= today && today <= absence.toDay)
            return (
              <label key={one.id} className="tick">
                <input
                  type="radio"
                  name={id}
                  checked={chosen === one.id}
                  onChange={() => {
                    change(['manager'], one.id)
                    // A reason for somebody else is none.
                    if (!isAbovePermitted && !isAbove(one.id)) change(['overNormReason'], undefined)
                  }}
                />
                <span>
                  {one.name}
                  {n !== undefined && (
                    <small className="soft num">
                      {' '}
                      · {adm.casesOf} {n}, {adm.ofNorm} {most}
                    </small>
                  )}{' '}
                  {isAbove(one.id) && <span className="tag late">{say.aboveNorm}</span>}
                  {away && (
                    <span className="tag soon">
                      {adm.away} {dayText(away.toDay, lang, today)}
                    </span>
                  )}
                </span>
              </label>
            )
          })}
        </div>
        {error && (
          <p className="error" id={`${id}-error`}>
            {error}
          </p>
        )}
      </fieldset>
      {isAbove(chosen) && !isAbovePermitted && <p className="note soon">{adm.wouldBeAbove}</p>}
      {/* Without the numbers nobody knows whether one is needed. */}
      {!isAbovePermitted && (isAbove(chosen) || load.isError) && <Field at={['overNormReason']} required={isAbove(chosen)} />}
    </>
  )
}
