/** Organisations and the territories they work in: who leads, who is told, when they work. */
import type { Organisation } from '@tirek/contract/people'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useAll } from '../manage-data.ts'
import { clockText } from '../manage-forms.ts'
import { useHere, usePeople } from '../me.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { adminWords } from '../words-of/admin.ts'

export function OrganisationsPage() {
  const { lang, words } = useHere()
  const adm = adminWords(lang)
  const people = usePeople()
  const list = useAll<Organisation>('/api/organisations')
  useEffect(() => void (document.title = `${adm.organisations} · Тірек`), [adm])
  if (list.isPending) return <Loading words={words} />
  const found = (list.data ?? []).toSorted(
    (a, b) => a.territory.localeCompare(b.territory, lang) || a.name[lang].localeCompare(b.name[lang], lang),
  )
  return (
    <main id="content" className="narrow">
      <h1>{adm.organisations}</h1>
      <p>{adm.organisationsLead}</p>
      <p>
        <Link className="button" to="/organisations/new">
          {adm.organisationAdd}
        </Link>
      </p>
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      {list.isSuccess && found.length === 0 && <p className="soft">{adm.organisationsNone}</p>}
      {found.length > 0 && (
        <ul className="card tasks">
          {found.map((one) => (
            <li key={one.id} className="task">
              <Link className="title" to="/organisations/$organisation" params={{ organisation: one.id }}>
                {one.name[lang]}
              </Link>
              {!one.head && <span className="tag late">{adm.headNone}</span>}
              <span className="why">
                {[
                  `${adm.territory} ${one.territory}`,
                  one.prefix,
                  `${clockText(one.worksFrom)}–${clockText(one.worksTo)}`,
                  one.head ? `${adm.headIs} ${people.get(one.head)?.name ?? words.somebody}` : adm.headNoneHint,
                ].join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </main>
  )
}
