/** Editions of the procedure: what changed in them (CP-90), who has read them (CP-91), what they rest on (CP-92), and what another one would make late. */
import type { PreviewRow } from '@tirek/procedure/programmes'
import { LABELS } from '@tirek/procedure/child-protection/labels'
import { REFERENCES } from '@tirek/procedure/child-protection/references'
import { dayOf } from '@tirek/procedure/time'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ask } from '../api.ts'
import { useHere, useNow } from '../me.tsx'
import { CountOfEdition } from '../parts/edition-count.tsx'
import { BlankForms } from '../parts/blank-forms.tsx'
import { AcquaintanceSheet, ChangeSheet, type Sheets } from '../parts/edition-sheets.tsx'
import { Fold } from '../parts/fold.tsx'
import { ErrorSummary, Failure, Loading } from '../parts/states.tsx'
import { dayText } from '../when.ts'
import { manageWords } from '../words-of/manage.ts'
import { sheetWords } from '../words-of/sheets.ts'
import { Rule } from '../parts/rule.tsx'

type Edition = { id: string; from: string; hash: string }
type Preview = { cases: number; items: PreviewRow[] }
const SHOWN = 50

/** All cases of the team, page by page. */
async function previewOf(edition: string): Promise<Preview> {
  const whole: Preview = { cases: 0, items: [] }
  for (let after: string | undefined; ;) {
    // oxlint-disable-next-line no-await-in-loop -- each page says where the next one begins
    const page = await ask<Preview & { next?: string }>(`/api/editions/${edition}/preview?limit=500${after ? `&after=${after}` : ''}`, {
      method: 'POST',
    })
    whole.cases += page.cases
    whole.items.push(...page.items)
    after = page.next
    if (!after) return whole
  }
}

export function EditionsPage() {
  const { lang, words } = useHere()
  const say = manageWords(lang)
  const sht = sheetWords(lang)
  const list = useQuery({ queryKey: ['editions'], queryFn: ({ signal }) => ask<{ items: Edition[] }>('/api/editions', { signal }) })
  useEffect(() => void (document.title = `${say.editions} · Тірек`), [say])
  const today = dayOf(useNow(60_000))
  if (list.isPending) return <Loading words={words} />
  const current = list.data?.items.findLast(({ from }) => from <= today)
  return (
    <main id="content" className="narrow">
      <h1>{say.editions}</h1>
      <p>{say.editionsLead}</p>
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      <details className="card pad">
        <summary>
          {sht.references} (<Rule code="CP-92" />)
        </summary>
        <ul className="papers" lang="ru">
          {REFERENCES.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </details>
      {(list.data?.items ?? []).toReversed().map((edition) => (
        <One key={edition.id} edition={edition} isNow={edition === current} />
      ))}
      <BlankForms />
    </main>
  )
}

function One({ edition, isNow }: { edition: Edition; isNow: boolean }) {
  const { me, lang, words } = useHere()
  const say = manageWords(lang)
  const sht = sheetWords(lang)
  const today = dayOf(useNow(60_000))
  const queries = useQueryClient()
  const path = `/api/editions/${edition.id}/acquaintance`
  const sheet = useQuery({
    queryKey: ['edition', edition.id],
    queryFn: ({ signal }) => ask<Sheets>(path, { signal }),
    enabled: me.may.includes('read editions'),
  })
  const confirm = useMutation({
    mutationFn: () => ask<Sheets>(path, { method: 'POST' }),
    onSuccess: (now) => queries.setQueryData(['edition', edition.id], now),
  })
  const unread = sheet.data?.unread ?? []
  return (
    <section className="card pad" aria-labelledby={`edition-${edition.id}`}>
      <h2 id={`edition-${edition.id}`}>
        {say.edition} {edition.id} {isNow && <span className="tag kept">{sht.newestEdition}</span>}
      </h2>
      <p className="soft">
        {edition.from > today ? sht.comingEdition : say.editionFrom} {dayText(edition.from, lang, today)}
      </p>
      {sheet.isError && <Failure error={sheet.error} words={words} onAgain={() => void sheet.refetch()} />}
      <ErrorSummary error={confirm.error} words={words} lang={lang} />
      {unread.includes(me.person) && (
        <p>
          <button type="button" className="button" disabled={confirm.isPending} onClick={() => confirm.mutate()}>
            {say.editionRead} <span className="hidden">{edition.id}</span>
          </button>
        </p>
      )}
      {sheet.data && (
        <Fold
          isOld={!isNow && edition.from <= today}
          summary={`${sht.changesMade}: ${sheet.data.changes.length} · ${say.readBy}: ${sheet.data.read.length} · ${say.notReadBy}: ${unread.length}`}
        >
          <ChangeSheet edition={edition.id} changes={sheet.data.changes} />
          <AcquaintanceSheet edition={edition.id} sheets={sheet.data} />
        </Fold>
      )}
      {me.may.includes('preview an edition') && <Preview edition={edition.id} />}
      {me.may.includes('count what an edition changes') && <CountOfEdition edition={edition.id} />}
    </section>
  )
}

function Preview({ edition }: { edition: string }) {
  const { lang, words } = useHere()
  const say = manageWords(lang)
  const today = dayOf(useNow(60_000))
  const look = useMutation({ mutationFn: () => previewOf(edition) })
  const day = (at: number | undefined) => (at === undefined ? '—' : dayText(dayOf(at), lang, today))
  const items = (look.data?.items ?? []).toSorted((a, b) => Number(b.becomesLate) - Number(a.becomesLate))
  const late = new Set(items.filter(({ becomesLate }) => becomesLate).map(({ caseId }) => caseId)).size
  return (
    <>
      <p>
        <button type="button" className="button quiet" disabled={look.isPending} onClick={() => look.mutate()}>
          {look.isPending ? words.loading : say.editionPreview} <span className="hidden">{edition}</span>
        </button>
      </p>
      <ErrorSummary error={look.error} words={words} lang={lang} />
      <div role="status">
        {look.data && (
          <p className={`note ${late > 0 ? 'late' : 'kept'}`}>
            {say.previewCases}: {look.data.cases} · {say.previewTerms}: {items.length} · {say.previewLate}: {late}
          </p>
        )}
      </div>
      {items.length > 0 && (
        <ul className="papers">
          {items.slice(0, SHOWN).map((one) => (
            <li key={`${one.caseId}${one.row}${one.of}`}>
              <Link to="/cases/$id" params={{ id: one.caseId }}>
                {LABELS[one.row as keyof typeof LABELS]?.what[lang] ?? one.row}
              </Link>{' '}
              <small className="num">
                <Rule code={one.rule} />: {day(one.before)} → {day(one.after)}
              </small>{' '}
              {one.becomesLate && <span className="tag late">{say.becomesLate}</span>}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
