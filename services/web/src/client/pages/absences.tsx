/** Who is away and who stands in for them (CP-64). */
import type { Absence } from '@tirek/contract/people'
import { dayOf } from '@tirek/procedure/time'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ask } from '../api.ts'
import { useAll } from '../manage-data.ts'
import { ABSENCE } from '../manage-forms.ts'
import { useHere, useNow, usePeople } from '../me.tsx'
import { SmallForm } from '../parts/small-form.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { TakeAway } from '../parts/take-away.tsx'
import { dayText } from '../when.ts'
import { manageWords } from '../words-of/manage.ts'

const LIST = '/api/absences'

export function AbsencesPage() {
  const { me, lang, words } = useHere()
  const say = manageWords(lang)
  const today = dayOf(useNow(60_000))
  const people = usePeople()
  const queries = useQueryClient()
  const list = useAll<Absence>(LIST)
  useEffect(() => void (document.title = `${say.absences} · Тірек`), [say])
  if (list.isPending) return <Loading words={words} />
  const absences = (list.data ?? []).toSorted((a, b) => a.fromDay.localeCompare(b.fromDay))
  const mayKeep = me.may.includes('keep absences and duty')
  const workers = [...people.values()].filter((one) => one.active !== false).toSorted((a, b) => a.name.localeCompare(b.name, lang))
  const groups = [
    [say.awayNow, absences.filter((one) => one.fromDay <= today && one.toDay >= today)],
    [say.awayLater, absences.filter((one) => one.fromDay > today)],
    [say.awayBefore, absences.filter((one) => one.toDay < today).toReversed()],
  ] as const
  const ids = (path: readonly (string | number)[], value: Record<string, unknown>) => {
    const away = people.get(String(value['person']))
    // Only somebody of the same organisation may get letters of its cases.
    const others = workers.filter((one) => one.id !== away?.id && (!away || one.organisation === away.organisation))
    return (path[0] === 'deputy' ? others : workers.filter((one) => one.organisation)).map((one) => ({ value: one.id, label: one.name }))
  }
  return (
    <main id="content" className="narrow">
      <h1>{say.absences}</h1>
      <p>{say.absencesLead}</p>
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      {list.isSuccess && absences.length === 0 && <p className="soft">{say.absencesNone}</p>}
      {groups.map(
        ([title, of]) =>
          of.length > 0 && (
            <section key={title} className="group">
              <h2>{title}</h2>
              <ul className="card tasks">
                {of.map((one) => {
                  const name = people.get(one.person)?.name ?? words.somebody
                  const deputy = one.deputy ? (people.get(one.deputy)?.name ?? words.somebody) : undefined
                  return (
                    <li key={one.id} className="task">
                      <span className="title">{name}</span>
                      {!deputy && one.toDay >= today && <span className="tag soon">{say.deputyNone}</span>}
                      <span className="why">
                        <span className="num">
                          {dayText(one.fromDay, lang, today)} – {dayText(one.toDay, lang, today)}
                        </span>
                        {deputy && ` · ${say.deputyIs} ${deputy}`}
                        {!deputy && one.toDay >= today && ` · ${say.deputyNoneHint}`}
                        {mayKeep && one.toDay >= today && <TakeAway what={name} path={`${LIST}/${one.id}`} of={LIST} />}
                      </span>
                    </li>
                  )
                })}
              </ul>
            </section>
          ),
      )}
      {mayKeep && (
        <SmallForm
          name="absence"
          title={say.absenceAdd}
          schema={ABSENCE}
          ids={(path, value) => (path[0] === 'person' || path[0] === 'deputy' ? ids(path, value) : undefined)}
          send={(answers, key) => ask(LIST, { method: 'POST', body: answers, key })}
          done={() => queries.invalidateQueries({ queryKey: ['all', LIST] })}
        />
      )}
    </main>
  )
}
