/** Everybody who may sign in: who they are, where, as what. */
import { fold } from '@tirek/contract/names'
import type { Organisation, Person } from '@tirek/contract/people'
import { ROLES } from '@tirek/contract/roles'
import { Link } from '@tanstack/react-router'
import { useDeferredValue, useEffect, useState } from 'react'
import { useAll } from '../manage-data.ts'
import { useHere } from '../me.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { manageWords } from '../words-of/manage.ts'

export function PeoplePage() {
  const { lang, words } = useHere()
  const say = manageWords(lang)
  const list = useAll<Person>('/api/people')
  const organisations = useAll<Organisation>('/api/organisations')
  const [text, setText] = useState('')
  const [organisation, setOrganisation] = useState('')
  const asked = useDeferredValue(fold(text))
  useEffect(() => void (document.title = `${say.people} · Тірек`), [say])
  if (list.isPending || organisations.isPending) return <Loading words={words} />
  const nameOf = new Map((organisations.data ?? []).map((one) => [one.id, one.name[lang]]))
  const found = (list.data ?? [])
    .filter((one) => (!organisation || one.organisation === organisation) && fold(`${one.name} ${one.login}`).includes(asked))
    .toSorted((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name, lang))
  return (
    <main id="content" className="narrow">
      <h1>{say.people}</h1>
      <p>{say.peopleLead}</p>
      <p>
        <Link className="button" to="/people/new">
          {say.personAdd}
        </Link>
      </p>
      <form role="search" className="card pad filters" onSubmit={(event) => event.preventDefault()}>
        <div className="field">
          <label htmlFor="find">{say.peopleFind}</label>
          <input id="find" type="search" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
        </div>
        <div className="field">
          <label htmlFor="of">{say.peopleOf}</label>
          <select id="of" value={organisation} onChange={(event) => setOrganisation(event.target.value)}>
            <option value="">{say.peopleAll}</option>
            {[...nameOf].map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
      </form>
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      <div aria-live="polite">{list.isSuccess && found.length === 0 && <p>{say.peopleNone}</p>}</div>
      {found.length > 0 && (
        <ul className="card tasks">
          {found.map((one) => (
            <li key={one.id} className="task">
              <Link className="title" to="/people/$person" params={{ person: one.id }}>
                {one.name}
              </Link>
              {!one.active && <span className="tag plain">{say.notActive}</span>}
              <span className="why">
                {[
                  ROLES[one.role][lang],
                  one.organisation && nameOf.get(one.organisation),
                  one.login,
                  one.active && !one.email && say.noMail,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </main>
  )
}
