/** AC-02: cases that were opened in danger to life, for the auditor and the supervisors to review. */
import type { BrokenGlass } from '@tirek/contract/access'
import { CONCLUSIONS } from '@tirek/contract/access-codes'
import { dayOf } from '@tirek/procedure/time'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ask, newKey } from '../api.ts'
import { useHere, useNow } from '../me.tsx'
import { ErrorSummary, Failure, Loading } from '../parts/states.tsx'
import { momentText } from '../when.ts'

export function OpeningsPage() {
  const { words } = useHere()
  const [reviewed, setReviewed] = useState(false)
  const list = useQuery({
    queryKey: ['openings', reviewed],
    queryFn: ({ signal }) => ask<{ items: BrokenGlass[] }>(`/api/break-glass?reviewed=${reviewed}`, { signal }),
  })
  useEffect(() => void (document.title = `${words.openings} · Тірек`), [words])
  if (list.isPending) return <Loading words={words} />
  return (
    <main id="content" className="narrow">
      <h1>{words.openings}</h1>
      <p className="soft">{words.openingsHint}</p>
      <p>
        <label className="tick">
          <input type="checkbox" checked={reviewed} onChange={(event) => setReviewed(event.target.checked)} />
          <span>{words.openingsReviewed}</span>
        </label>
      </p>
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <p>{words.openingsNone}</p>}
      {(list.data?.items ?? []).map((opening) => (
        <Opening key={opening.id} opening={opening} />
      ))}
    </main>
  )
}

function Opening({ opening }: { opening: BrokenGlass }) {
  const { me, lang, words } = useHere()
  const queries = useQueryClient()
  const today = dayOf(useNow(60_000))
  const [key] = useState(newKey)
  const [conclusion, setConclusion] = useState('')
  const [said, setSaid] = useState('')
  const review = useMutation({
    mutationFn: () => ask(`/api/break-glass/${opening.id}/review`, { method: 'POST', body: { conclusion, words: said }, key }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['openings'] }),
  })
  const id = `words-${opening.id}`
  return (
    <section className="card pad" aria-label={`${words.casePrefix} ${opening.number}`}>
      <h2>
        {words.casePrefix} {opening.number} {opening.late && <span className="tag late">{words.reviewLate}</span>}
      </h2>
      <p>
        <b>{opening.name ?? words.somebody}</b>, <span className="num">{momentText(opening.at, lang, today)}</span>
        {!opening.review && ` · ${words.reviewBy} ${momentText(opening.reviewDue, lang, today)}`}
      </p>
      <blockquote>{opening.reason}</blockquote>
      {opening.review && (
        <p>
          {CONCLUSIONS[opening.review.conclusion as keyof typeof CONCLUSIONS]?.[lang]}, {momentText(opening.review.at, lang, today)}:{' '}
          {opening.review.words}
        </p>
      )}
      {!opening.review && opening.person !== me.person && (
        <form
          className="sheet"
          onSubmit={(event) => {
            event.preventDefault()
            review.mutate()
          }}
        >
          <ErrorSummary error={review.error} words={words} lang={lang} />
          <fieldset className="field">
            <legend>{words.conclusion}</legend>
            <div className="ticks across">
              {Object.entries(CONCLUSIONS).map(([one, label]) => (
                <label key={one} className="tick">
                  <input type="radio" name={`conclusion-${opening.id}`} checked={conclusion === one} onChange={() => setConclusion(one)} />
                  <span>{label[lang]}</span>
                </label>
              ))}
            </div>
          </fieldset>
          <div className="field">
            <label htmlFor={id}>{words.inWords}</label>
            <textarea id={id} rows={3} value={said} onChange={(event) => setSaid(event.target.value)} />
          </div>
          <p>
            <button className="button" disabled={conclusion === '' || said.trim() === '' || review.isPending}>
              {words.save}
            </button>
          </p>
        </form>
      )}
    </section>
  )
}
