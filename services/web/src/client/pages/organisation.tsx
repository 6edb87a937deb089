/** One organisation: its names, the prefix of its cases, its territory, who leads it, the hours it works. */
import type { Organisation, Person } from '@tirek/contract/people'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ask } from '../api.ts'
import type { Path } from '../fields.ts'
import { useAll } from '../manage-data.ts'
import { clockText, ORGANISATION } from '../manage-forms.ts'
import { useHere } from '../me.tsx'
import { SmallForm } from '../parts/small-form.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { adminWords } from '../words-of/admin.ts'

const LIST = '/api/organisations'
const EMPTIED = ['head', 'nextInLine', 'supervisor']
/** Every quarter of the day. */
const CLOCK = Array.from({ length: 97 }, (_, n) => ({ value: String(15 * n), label: clockText(15 * n) }))
/** Whoever stands in these offices. */
const OFFICES: Readonly<Record<string, readonly string[]>> = {
  head: ['head'],
  nextInLine: ['head', 'supervisor', 'social-worker'],
  supervisor: ['supervisor'],
}

export function OrganisationPage() {
  const { organisation } = useParams({ strict: false }) as { organisation?: string }
  const { lang, words } = useHere()
  const adm = adminWords(lang)
  const list = useAll<Organisation>(LIST)
  const people = useAll<Person>('/api/people')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const found = list.data?.find(({ id }) => id === organisation)
  useEffect(() => void (document.title = `${adm.organisations} · Тірек`), [adm])
  if (list.isPending || people.isPending) return <Loading words={words} />
  const back = (
    <p>
      <Link to="/organisations">← {adm.organisations}</Link>
    </p>
  )
  if (list.isError || (organisation !== undefined && !found))
    return (
      <main id="content" className="narrow">
        {back}
        {list.isError ? (
          <Failure alone error={list.error} words={words} onAgain={() => void list.refetch()} />
        ) : (
          <h1>{adm.organisationGone}</h1>
        )}
      </main>
    )
  const ids = (path: Path) => {
    const name = String(path[0])
    if (name === 'worksFrom' || name === 'worksTo') return CLOCK
    const roles = OFFICES[name]
    if (!roles) return undefined
    return (people.data ?? [])
      .filter((one) => one.active && roles.includes(one.role) && (!found || one.organisation === found.id))
      .map((one) => ({ value: one.id, label: one.name }))
  }
  const { id, worksFrom = 540, worksTo = 1080, ...known } = found ?? ({} as Partial<Organisation>)
  return (
    <main id="content" className="narrow">
      {back}
      <h1>{found?.name[lang] ?? adm.organisationNew}</h1>
      <SmallForm
        key={id ?? 'new'}
        name={`organisation/${id ?? 'new'}`}
        schema={ORGANISATION}
        first={{ ...known, worksFrom: String(worksFrom), worksTo: String(worksTo) }}
        ids={ids}
        send={(answers, key) => {
          const minutes = (name: string) => (answers[name] === undefined ? undefined : Number(answers[name]))
          const body = { ...answers, worksFrom: minutes('worksFrom'), worksTo: minutes('worksTo') }
          if (!found) return ask(LIST, { method: 'POST', body, key })
          // What was emptied is taken away and not left as it was.
          return ask(`${LIST}/${found.id}`, {
            method: 'PATCH',
            body: { ...Object.fromEntries(EMPTIED.map((name) => [name, null])), ...body },
          })
        }}
        done={async () => {
          await queries.invalidateQueries({ queryKey: ['all', LIST] })
          await navigate({ to: '/organisations' })
        }}
      />
    </main>
  )
}
