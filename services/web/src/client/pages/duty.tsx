/** Who is asked first in the hour outside working time (CP-10). */
import type { Duty, Organisation } from '@tirek/contract/people'
import { dayOf } from '@tirek/procedure/time'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ask } from '../api.ts'
import { useAll } from '../manage-data.ts'
import { DUTY } from '../manage-forms.ts'
import { useHere, useNow, usePeople } from '../me.tsx'
import { SmallForm } from '../parts/small-form.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { TakeAway } from '../parts/take-away.tsx'
import { dayText } from '../when.ts'
import { manageWords } from '../words-of/manage.ts'

const LIST = '/api/duty'

export function DutyPage() {
  const { me, lang, words } = useHere()
  const say = manageWords(lang)
  const today = dayOf(useNow(60_000))
  const people = usePeople()
  const queries = useQueryClient()
  const list = useAll<Duty>(LIST)
  const organisations = useAll<Organisation>('/api/organisations')
  useEffect(() => void (document.title = `${say.duty} · Тірек`), [say])
  if (list.isPending || organisations.isPending) return <Loading words={words} />
  const isEverywhere = me.role === 'administrator'
  const mayKeep = me.may.includes('keep absences and duty')
  const shown = (organisations.data ?? []).filter((one) => isEverywhere || one.id === me.organisation)
  const schema = isEverywhere
    ? DUTY
    : { ...DUTY, properties: { ...DUTY.properties, organisation: { ...DUTY.properties!['organisation'], readOnly: true } } }
  const options = (path: readonly (string | number)[], value: Record<string, unknown>) => {
    if (path[0] === 'organisation') return shown.map((one) => ({ value: one.id, label: one.name[lang] }))
    if (path[0] !== 'person') return undefined
    return [...people.values()]
      .filter((one) => one.active !== false && one.organisation === value['organisation'])
      .toSorted((a, b) => a.name.localeCompare(b.name, lang))
      .map((one) => ({ value: one.id, label: one.name }))
  }
  return (
    <main id="content" className="narrow">
      <h1>{say.duty}</h1>
      <p>{say.dutyLead}</p>
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      {shown.map((organisation) => {
        const of = (list.data ?? [])
          .filter((one) => one.organisation === organisation.id && (!one.toDay || one.toDay >= today))
          .toSorted((a, b) => a.position - b.position)
        const now = of.filter((one) => one.fromDay <= today)
        const later = of.filter((one) => one.fromDay > today)
        return (
          <section key={organisation.id} className="group" aria-label={organisation.name[lang]}>
            {isEverywhere && <h2>{organisation.name[lang]}</h2>}
            {list.isSuccess && now.length === 0 && <p className="note soon">{say.dutyNone}</p>}
            {now.length > 0 && <Turns title={say.dutyToday} of={now} mayKeep={mayKeep} today={today} inner={isEverywhere} />}
            {later.length > 0 && <Turns title={say.dutyLater} of={later} mayKeep={mayKeep} today={today} inner={isEverywhere} />}
          </section>
        )
      })}
      {mayKeep && (
        <SmallForm
          name="duty"
          title={say.dutyAdd}
          schema={schema}
          first={{ position: 1, fromDay: today, ...(!isEverywhere && { organisation: me.organisation }) }}
          ids={options}
          send={(answers, key) => ask(LIST, { method: 'POST', body: answers, key })}
          done={() => queries.invalidateQueries({ queryKey: ['all', LIST] })}
        />
      )}
    </main>
  )
}

/** `inner`: it stands under the heading of an organisation. */
function Turns({
  title,
  of,
  mayKeep,
  today,
  inner,
}: {
  title: string
  of: readonly Duty[]
  mayKeep: boolean
  today: string
  inner: boolean
}) {
  const { lang, words } = useHere()
  const say = manageWords(lang)
  const people = usePeople()
  const Heading = inner ? 'h3' : 'h2'
  return (
    <>
      <Heading>{title}</Heading>
      <ol className="card tasks gap">
        {of.map((one) => {
          const person = people.get(one.person)
          const name = person?.name ?? words.somebody
          return (
            <li key={one.id} className="task">
              <span className="title">
                <span className="num">{one.position}.</span> {name}
              </span>
              <span className="why">
                {person?.phone ? <a href={`tel:${person.phone}`}>{person.phone}</a> : say.noPhone} ·{' '}
                <span className="num">
                  {dayText(one.fromDay, lang, today)} – {one.toDay ? dayText(one.toDay, lang, today) : say.noEnd}
                </span>
                {mayKeep && <TakeAway what={name} path={`${LIST}/${one.id}`} of={LIST} />}
              </span>
            </li>
          )
        })}
      </ol>
    </>
  )
}
