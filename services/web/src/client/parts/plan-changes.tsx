/** What one version of a plan does otherwise than another: in words, with a mark for each change. */
import { captionOf, kindOf, type Schema } from '../fields.ts'
import { useHere, usePeople } from '../me.tsx'
import { changesBetween, type Plan } from '../plan.ts'
import { dayText } from '../when.ts'
import { workWords } from '../words-of/work.ts'
import { useFormSchema } from './written.tsx'

const MARKS = { added: '+', removed: '−', changed: '~' } as const

export function PlanChanges({ before, after, title }: { before: Plan; after: Plan; title: string }) {
  const { lang, words } = useHere()
  const tell = workWords(lang)
  const people = usePeople()
  const schema = useFormSchema('plan-signed').data
  const changes = changesBetween(before, after)
  const how = { added: tell.planAdded, removed: tell.planRemoved, changed: tell.planChanged }
  const what = { need: tell.planNeed, measure: tell.planMeasure }
  const fieldOf = (of: 'need' | 'measure', name: string): Schema =>
    schema?.properties?.[of === 'need' ? 'needs' : 'measures']?.items?.properties?.[name] ?? {}
  const said = (found: Schema, value: unknown): string => {
    if (value === undefined || value === '') return tell.planNothing
    if (typeof value === 'boolean') return value ? words.yes : words.no
    if (found.labels?.[String(value)]) return found.labels[String(value)]![lang]
    if (kindOf(found) === 'day') return `${dayText(String(value), lang)} ${String(value).slice(0, 4)}`
    return people.get(String(value))?.name ?? String(value)
  }
  return (
    <section className="note changes" aria-label={title}>
      <h2>{title}</h2>
      {changes.length === 0 && <p className="soft">{tell.planSame}</p>}
      <ul>
        {changes.map((change) => (
          <li key={`${change.what}${change.how}${change.text}`} className={change.how}>
            <b aria-hidden="true">{MARKS[change.how]}</b> {what[change.what]} {how[change.how]}:{' '}
            {change.how === 'removed' ? <del>{change.text}</del> : change.how === 'added' ? <ins>{change.text}</ins> : change.text}
            {change.fields.length > 0 && (
              <ul>
                {change.fields.map(({ name, before: was, after: is }) => {
                  const found = fieldOf(change.what, name)
                  return (
                    <li key={name}>
                      {captionOf(found, lang, name)}: <del>{said(found, was)}</del> → <ins>{said(found, is)}</ins>
                    </li>
                  )
                })}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
