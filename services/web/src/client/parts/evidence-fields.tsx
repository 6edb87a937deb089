/** Evidence of the hour: three facts, one by one or together; or that there are no grounds. */
import type { CasePage } from '@tirek/contract/answers'
import type { Instant } from '@tirek/procedure/time'
import { useState } from 'react'
import { getAt } from '../fields.ts'
import { systemNow, useHere } from '../me.tsx'
import { groupsOf } from '../today.ts'
import { timeText } from '../when.ts'
import { useWorkList } from '../pages/today.tsx'
import { Field } from './field.tsx'
import { useForm } from './form.tsx'
import { Rule } from './rule.tsx'

export type OtherHour = { caseId: string; hour: number }

const FACTS = [
  { field: 'measuresAgreed', known: 'measuresAgreedAt', first: 'by' },
  { field: 'lawEnforcement', known: 'lawEnforcementInformedAt', first: 'reference' },
  { field: 'juvenileInspection', known: 'juvenileInspectionInformedAt', first: 'reference' },
] as const

export function EvidenceFields({
  found,
  others,
  setOthers,
  now,
}: {
  found: CasePage
  others: readonly OtherHour[]
  setOthers(others: readonly OtherHour[]): void
  now: Instant
}) {
  const { lang, words } = useHere()
  const { value, change, schema } = useForm()
  const [noGrounds, setNoGrounds] = useState(getAt(value, ['noGrounds']) !== undefined)
  const running = found.hours.find((hour) => hour.n === getAt(value, ['hour']))
  const list = useWorkList('mine')
  const otherHours = groupsOf(list.data?.pages.flatMap((page) => page.items) ?? [], now).hours.filter(
    (item) => item.caseId !== found.summary.id,
  )
  return (
    <>
      <p className="soft">{words.evidenceLead}</p>
      {FACTS.map(({ field, known }) => {
        const title = schema.properties?.[field]
        const at = running?.[known]
        const open = getAt(value, [field]) !== undefined
        const caption = title ? (lang === 'ru' ? title.title : title[lang]) : field
        if (at !== undefined)
          return (
            <p key={field}>
              <span className="tag kept">
                ✓ {caption}: {timeText(at)}, {words.alreadyRecorded}
              </span>
            </p>
          )
        return (
          <div key={field} className="field">
            <label className="tick">
              <input
                type="checkbox"
                id={`field-${field}`}
                checked={open}
                onChange={(event) => change([field], event.target.checked ? { at: new Date(systemNow()).toISOString() } : undefined)}
              />
              <span>{caption}</span>
            </label>
            {open && (
              <fieldset className="sub">
                <legend className="hidden">{caption}</legend>
                {Object.keys(title?.properties ?? {}).map((name) => (
                  <Field key={name} at={[field, name]} />
                ))}
              </fieldset>
            )}
          </div>
        )
      })}
      {otherHours.length > 0 && (
        <fieldset className="field">
          <legend>{words.alsoFor}</legend>
          {otherHours.map((item) => {
            const other = { caseId: item.caseId, hour: item.deadline.hour ?? 0 }
            const chosen = others.some((one) => one.caseId === other.caseId && one.hour === other.hour)
            return (
              <label key={item.caseId + other.hour} className="tick">
                <input
                  type="checkbox"
                  checked={chosen}
                  onChange={(event) =>
                    setOthers(
                      event.target.checked
                        ? [...others, other]
                        : others.filter((one) => one.caseId !== other.caseId || one.hour !== other.hour),
                    )
                  }
                />
                <span>
                  {words.casePrefix} {item.number}
                </span>
              </label>
            )
          })}
        </fieldset>
      )}
      <div className="field">
        <label className="tick">
          <input
            type="checkbox"
            checked={noGrounds}
            onChange={(event) => {
              setNoGrounds(event.target.checked)
              change(['noGrounds'], event.target.checked ? { agreedAt: new Date(systemNow()).toISOString() } : undefined)
            }}
          />
          <span>
            {words.noGrounds} (<Rule code="CP-111" />)
          </span>
        </label>
        {noGrounds && (
          <fieldset className="sub">
            <legend className="hidden">{words.noGrounds}</legend>
            {Object.keys(schema.properties?.['noGrounds']?.properties ?? {}).map((name) => (
              <Field key={name} at={['noGrounds', name]} />
            ))}
          </fieldset>
        )}
      </div>
    </>
  )
}
