/** The trail, for auditors: who did or read what, when, why, from where. No content of any case. */
import type { TrailPage as Answer } from '@tirek/contract/trail'
import { dayOf } from '@tirek/procedure/time'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ask, saveFile } from '../api.ts'
import { useHere } from '../me.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { capital, dayTitle, fromLocalInput, timeText } from '../when.ts'

/** Every service keeps its own trail. */
const TRAILS = {
  cases: '/api/trail',
  meetings: '/api/meetings/trail',
  people: '/api/directory/trail',
  letters: '/api/notifications/trail',
} as const
type Of = keyof typeof TRAILS
/** At a time: a phone is not scrolled through a day of reading. */
const SHOWN = window.matchMedia('(max-width: 720px)').matches ? 15 : 25

export function TrailPage() {
  const { lang, words } = useHere()
  const [of, setOf] = useState<Of>('cases')
  const [filters, setFilters] = useState('')
  const save = useMutation({ mutationFn: saveFile })
  const list = useInfiniteQuery({
    queryKey: ['trail', of, filters],
    queryFn: ({ pageParam, signal }) =>
      ask<Answer>(
        `${TRAILS[of]}?${new URLSearchParams([['limit', String(SHOWN)], ...new URLSearchParams(filters), ...(pageParam ? [['cursor', pageParam]] : [])])}`,
        {
          signal,
        },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })
  useEffect(() => void (document.title = `${words.trail} · Тірек`), [words])
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <main id="content">
      <h1>{words.trail}</h1>
      <p className="soft">{words.trailHint}</p>
      <form
        role="search"
        className="card pad filters"
        onSubmit={(event) => {
          event.preventDefault()
          const form = new FormData(event.currentTarget)
          const chosen = String(form.get('of'))
          form.delete('of')
          if (Object.hasOwn(TRAILS, chosen)) setOf(chosen as Of)
          setFilters(queryOf(form))
          save.reset()
        }}
      >
        <div className="field">
          <label htmlFor="of">{words.trailOf}</label>
          <select id="of" name="of">
            <option value="cases">{words.trailOfCases}</option>
            <option value="meetings">{words.trailOfMeetings}</option>
            <option value="people">{words.trailOfPeople}</option>
            <option value="letters">{words.trailOfLetters}</option>
          </select>
        </div>
        <div className="field">
          <label htmlFor="case">{words.trailCase}</label>
          <input id="case" name="case" autoComplete="off" maxLength={60} />
        </div>
        <div className="field">
          <label htmlFor="outcome">{words.trailOutcome}</label>
          <select id="outcome" name="outcome">
            <option value="">{words.trailAll}</option>
            <option value="refused">{words.wasRefused}</option>
            <option value="done">{words.wasDone}</option>
          </select>
        </div>
        <details className="whole">
          <summary>{words.trailMore}</summary>
          <div className="filters">
            <div className="field">
              <label htmlFor="person">{words.trailPerson}</label>
              <input id="person" name="person" autoComplete="off" maxLength={100} />
            </div>
            <div className="field">
              <label htmlFor="from">{words.trailFrom}</label>
              <input id="from" name="from" type="datetime-local" />
            </div>
            <div className="field">
              <label htmlFor="to">{words.trailTo}</label>
              <input id="to" name="to" type="datetime-local" />
            </div>
            <div className="field">
              <label htmlFor="what">{words.trailWhat}</label>
              <select id="what" name="what">
                <option value="">{words.trailAll}</option>
                <option value="searched-much">{words.trailMuch}</option>
              </select>
            </div>
          </div>
        </details>
        <div className="row wrap">
          <button className="button">{words.search}</button>
          <button
            type="button"
            className="button quiet"
            disabled={save.isPending}
            onClick={() => save.mutate(`${TRAILS[of]}/export.csv?${filters}`)}
          >
            {words.trailExport}
          </button>
        </div>
      </form>
      {save.isError && <Failure error={save.error} words={words} />}
      {list.isPending && <Loading words={words} />}
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && <p>{words.trailNone}</p>}
      {items.length > 0 &&
        [...Map.groupBy(items, ({ at }) => dayOf(at))].map(([day, of]) => (
          <section key={day} className="group" aria-label={dayTitle(day, lang)}>
            <h2>{dayTitle(day, lang)}</h2>
            <ul className="card tasks dense">
              {of.map((item) => (
                <li key={item.seq} className="task">
                  <span className="title">{capital(item.whatText[lang])}</span>
                  {item.outcome === 'refused' && <span className="tag late">{words.wasRefused}</span>}
                  <span className="why">
                    <span className="num">{timeText(item.at)}</span> · {item.name ?? words.somebody}
                    {item.caseNumber && (
                      <>
                        {' · '}
                        <span className="nowrap">{item.caseNumber}</span>
                      </>
                    )}
                    {' · '}
                    {item.whyText[lang]}
                    {item.from && ` · ${item.from}`}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      {list.hasNextPage && (
        <button type="button" className="button quiet" onClick={() => void list.fetchNextPage()}>
          {words.showMore}
        </button>
      )}
    </main>
  )
}

/** What was typed, as the server takes it: instants with their zone, nothing that is empty. */
function queryOf(form: FormData): string {
  const query = new URLSearchParams()
  for (const [name, value] of form) {
    const text = typeof value === 'string' ? value.trim() : ''
    const instant = name === 'from' || name === 'to' ? fromLocalInput(text) : undefined
    if (instant !== undefined) query.set(name, new Date(instant).toISOString())
    else if (text !== '' && name !== 'from' && name !== 'to') query.set(name, text)
  }
  return query.toString()
}
