/** One person: role, organisation, addresses; whether they work here; the end of all their sign-ins. */
import type { Organisation, Person } from '@tirek/contract/people'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ask } from '../api.ts'
import type { Path } from '../fields.ts'
import { useAll } from '../manage-data.ts'
import { PERSON } from '../manage-forms.ts'
import { useHere } from '../me.tsx'
import { SmallForm } from '../parts/small-form.tsx'
import { ErrorSummary, Failure, Loading } from '../parts/states.tsx'
import { manageWords } from '../words-of/manage.ts'

const { login: _, ...kept } = PERSON.properties!
/** A login stays: what was done stands under it. */
const CHANGE = { ...PERSON, properties: kept }
const EMPTIED = ['organisation', 'supervisor', 'email', 'phone']

export function PersonPage() {
  const { person } = useParams({ strict: false }) as { person?: string }
  const { lang, words } = useHere()
  const say = manageWords(lang)
  const list = useAll<Person>('/api/people')
  const organisations = useAll<Organisation>('/api/organisations')
  const found = list.data?.find(({ id }) => id === person)
  const title = person === undefined ? say.personNew : (found?.name ?? say.people)
  useEffect(() => void (document.title = `${say.people} · Тірек`), [say])
  if (list.isPending || organisations.isPending) return <Loading words={words} />
  const back = (
    <p>
      <Link to="/people">← {say.people}</Link>
    </p>
  )
  if (list.isError || (person !== undefined && !found))
    return (
      <main id="content" className="narrow">
        {back}
        {list.isError ? <Failure alone error={list.error} words={words} onAgain={() => void list.refetch()} /> : <h1>{say.peopleNone}</h1>}
      </main>
    )
  return (
    <main id="content" className="narrow">
      {back}
      <h1>{title}</h1>
      <Sheet key={person ?? 'new'} found={found} people={list.data} organisations={organisations.data ?? []} />
      {found && <SignOut person={found.id} />}
    </main>
  )
}

function Sheet({
  found,
  people,
  organisations,
}: {
  found: Person | undefined
  people: readonly Person[]
  organisations: readonly Organisation[]
}) {
  const { lang } = useHere()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const ids = (path: Path, value: Record<string, unknown>) => {
    if (path[0] === 'organisation') return organisations.map((one) => ({ value: one.id, label: one.name[lang] }))
    if (path[0] !== 'supervisor') return undefined
    return people
      .filter((one) => one.role === 'supervisor' && one.active && one.organisation === value['organisation'] && one.id !== found?.id)
      .map((one) => ({ value: one.id, label: one.name }))
  }
  const { id, login: __, ...known } = found ?? ({ lang: 'ru', digest: true, active: true } as Partial<Person>)
  return (
    <SmallForm
      name={`person/${id ?? 'new'}`}
      schema={found ? CHANGE : PERSON}
      first={known}
      ids={ids}
      send={(answers, key) => {
        if (!found) return ask('/api/people', { method: 'POST', body: answers, key })
        // What was emptied is taken away and not left as it was.
        const emptied = Object.fromEntries(EMPTIED.map((name) => [name, null]))
        return ask(`/api/people/${found.id}`, { method: 'PATCH', body: { ...emptied, ...answers } })
      }}
      done={async () => {
        await Promise.all([
          queries.invalidateQueries({ queryKey: ['all', '/api/people'] }),
          queries.invalidateQueries({ queryKey: ['people'] }),
        ])
        await navigate({ to: '/people' })
      }}
    />
  )
}

function SignOut({ person }: { person: string }) {
  const { lang, words } = useHere()
  const say = manageWords(lang)
  const end = useMutation({ mutationFn: () => ask(`/api/people/${person}/sign-out`, { method: 'POST' }) })
  return (
    <section className="card pad" aria-labelledby="sign-out-title">
      <h2 id="sign-out-title">{say.signThemOut}</h2>
      <p className="soft">{say.signThemOutLead}</p>
      <ErrorSummary error={end.error} words={words} lang={lang} />
      <p className="row wrap">
        <button type="button" className="button quiet" disabled={end.isPending} onClick={() => end.mutate()}>
          {say.signThemOut}
        </button>
        <span role="status">{end.isSuccess ? say.signedOut : ''}</span>
      </p>
    </section>
  )
}
