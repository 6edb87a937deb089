/** CP-90: how many cases another edition would make late, for who sees no case. */
import type { Organisation } from '@tirek/contract/people'
import type { EditionCount } from '@tirek/contract/running'
import { useMutation } from '@tanstack/react-query'
import { ask } from '../api.ts'
import { useAll } from '../manage-data.ts'
import { useHere } from '../me.tsx'
import { adminWords } from '../words-of/admin.ts'
import { manageWords } from '../words-of/manage.ts'
import { ErrorSummary } from './states.tsx'

type Counted = EditionCount['organisations']

/** All open cases, page by page. */
async function countsOf(edition: string): Promise<Counted> {
  const whole = new Map<string, Counted[number]>()
  for (let after: string | undefined; ;) {
    // oxlint-disable-next-line no-await-in-loop -- each page says where the next one begins
    const page = await ask<EditionCount>(`/api/editions/${edition}/count?limit=500${after ? `&after=${after}` : ''}`, { method: 'POST' })
    for (const one of page.organisations) {
      const known = whole.get(one.organisation)
      whole.set(
        one.organisation,
        known ? { ...one, cases: known.cases + one.cases, terms: known.terms + one.terms, late: known.late + one.late } : one,
      )
    }
    after = page.next
    if (!after) return [...whole.values()]
  }
}

export function CountOfEdition({ edition }: { edition: string }) {
  const { lang, words } = useHere()
  const say = manageWords(lang)
  const adm = adminWords(lang)
  const organisations = useAll<Organisation>('/api/organisations')
  const count = useMutation({ mutationFn: () => countsOf(edition) })
  const nameOf = (id: string) => organisations.data?.find((one) => one.id === id)?.name[lang] ?? '…'
  const sum = (of: 'cases' | 'terms' | 'late') => (count.data ?? []).reduce((all, one) => all + one[of], 0)
  return (
    <>
      <p>
        <button type="button" className="button quiet" disabled={count.isPending} onClick={() => count.mutate()}>
          {count.isPending ? words.loading : adm.countEdition} <span className="hidden">{edition}</span>
        </button>
      </p>
      <p className="soft">{adm.countLead}</p>
      <ErrorSummary error={count.error} words={words} lang={lang} />
      <div role="status">
        {count.data && sum('cases') === 0 && <p>{adm.countNone}</p>}
        {count.data && sum('cases') > 0 && (
          <p className={`note ${sum('late') > 0 ? 'late' : 'kept'} num`}>
            <b>
              {sum('late')} {say.previewLate}
            </b>
            <br />
            {say.previewCases}: {sum('cases')} · {sum('terms')} {say.previewTerms}
          </p>
        )}
      </div>
      {(count.data?.length ?? 0) > 1 && (
        <ul className="papers">
          {count.data!.map((one) => (
            <li key={one.organisation}>
              {nameOf(one.organisation)}{' '}
              <small className="num">
                {one.late} {say.previewLate}; {one.terms} {say.previewTerms}
              </small>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
