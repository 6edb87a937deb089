/** A row of a journal that is kept by hand; `again`: written anew after the entry of this id was struck out. */
import { isJournal, JOURNALS, type JournalName } from '@tirek/contract/journals'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ask } from '../api.ts'
import type { Schema } from '../fields.ts'
import { systemNow, useHere } from '../me.tsx'
import { SmallForm } from '../parts/small-form.tsx'
import { Failure, Loading, NotForRole } from '../parts/states.tsx'
import { manageWords } from '../words-of/manage.ts'
import { sheetWords } from '../words-of/sheets.ts'
import { useEntry, writesIn } from './journal-entry.tsx'
import { LostPage } from './lost.tsx'

/** CP-71, CP-72: of information it is asked for whom and on what, of a visit what was found. */
const OF_KIND: Readonly<Record<string, { needs: readonly string[]; without: readonly string[] }>> = {
  information: { needs: ['audience', 'topic'], without: ['found', 'request'] },
  'patronage-visit': { needs: ['found'], without: ['audience', 'number'] },
}
function ofKind(schema: Schema, value: Record<string, unknown>): Schema {
  const { needs, without } = OF_KIND[String(value['kind'])] ?? { needs: [], without: ['audience', 'number', 'topic', 'found', 'request'] }
  const properties = Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([field]) => !without.includes(field)))
  return { ...schema, properties, required: [...(schema.required ?? []), ...needs] }
}

export function JournalRowPage() {
  const { me, words } = useHere()
  const { name } = useParams({ strict: false }) as { name: string }
  if (!isJournal(name) || !JOURNALS[name].byHand) return <LostPage />
  return writesIn(name, me) ? <NewRow key={name} name={name} /> : <NotForRole words={words} />
}

function NewRow({ name }: { name: JournalName }) {
  const { me, lang, words } = useHere()
  const say = manageWords(lang)
  const sht = sheetWords(lang)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { again, edition } = useSearch({ strict: false }) as { again?: string; edition?: string }
  const before = useEntry(name, again)
  const schema = useQuery({
    queryKey: ['forms', 'journals', name],
    queryFn: ({ signal }) => ask<Schema>(`/api/forms/journals/${name}`, { signal }),
    staleTime: 300_000,
  })
  useEffect(() => void (document.title = `${say.journalAdd} · Тірек`), [say])
  if (schema.isPending || (again !== undefined && before.isPending)) return <Loading words={words} />
  const now = new Date(systemNow()).toISOString()
  const first = before.data
    ? { ...before.data.entry, happenedAt: new Date(before.data.at).toISOString() }
    : { happenedAt: now, ...(name === 'changes' && { changedBy: me.name, ...(edition !== undefined && { edition }) }) }
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
          {before.data && <p className="note">{sht.anew}</p>}
          <SmallForm
            name={`journal/${name}${before.data ? `/again/${before.data.id}` : ''}`}
            schema={schema.data}
            isOfficial
            {...(name === 'prevention' && { shape: ofKind })}
            first={first}
            send={(answers, key) => ask(`/api/journals/${name}`, { method: 'POST', body: answers, key })}
            done={async () => {
              await Promise.all([
                queries.invalidateQueries({ queryKey: ['journal', name] }),
                queries.invalidateQueries({ queryKey: ['edition'] }),
              ])
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
