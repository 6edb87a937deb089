/** A row of a journal that is kept by hand. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ask } from '../api.ts'
import type { Schema } from '../fields.ts'
import { isJournal, JOURNALS } from '@tirek/contract/journals'
import { systemNow, useHere } from '../me.tsx'
import { SmallForm } from '../parts/small-form.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { manageWords } from '../words-of/manage.ts'
import { LostPage } from './lost.tsx'

export function JournalRowPage() {
  const { name } = useParams({ strict: false }) as { name: string }
  const { lang, words } = useHere()
  const say = manageWords(lang)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const isKept = isJournal(name) && JOURNALS[name].byHand
  const schema = useQuery({
    queryKey: ['forms', 'journals', name],
    queryFn: ({ signal }) => ask<Schema>(`/api/forms/journals/${name}`, { signal }),
    staleTime: 300_000,
    enabled: isKept,
  })
  useEffect(() => void (document.title = `${say.journalAdd} · Тірек`), [say])
  if (!isKept) return <LostPage />
  if (schema.isPending) return <Loading words={words} />
  return (
    <main id="content" className="narrow">
      <p>
        <Link to="/journals/$name" params={{ name }}>
          ← {JOURNALS[name].title[lang]}
        </Link>
      </p>
      {schema.data ? (
        <>
          <h1>{say.journalAdd}</h1>
          <SmallForm
            name={`journal/${name}`}
            schema={schema.data}
            first={{ happenedAt: new Date(systemNow()).toISOString() }}
            send={(answers, key) => ask(`/api/journals/${name}`, { method: 'POST', body: answers, key })}
            done={async () => {
              await queries.invalidateQueries({ queryKey: ['journal', name] })
              await navigate({ to: '/journals/$name', params: { name } })
            }}
          />
        </>
      ) : (
        <Failure alone error={schema.error} words={words} onAgain={() => void schema.refetch()} />
      )}
    </main>
  )
}
