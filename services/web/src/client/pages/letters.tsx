/** What became of letters: which wait, which came back, which need a person. No content of any case. */
import { LETTER_STATES, NOT_COMPOSED, type LetterState, type LetterView } from '@tirek/contract/letters'
import { dayOf } from '@tirek/procedure/time'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ask } from '../api.ts'
import { useHere, useNow } from '../me.tsx'
import { ErrorSummary, Failure, Loading } from '../parts/states.tsx'
import { momentText } from '../when.ts'
import { LETTERS_ARE, manageWords } from '../words-of/manage.ts'

const TONES: Partial<Record<LetterState, string>> = {
  bounced: 'late',
  failed: 'late',
  doubtful: 'soon',
  held: 'soon',
  retry: 'soon',
  accepted: 'kept',
}
/** These a person may send once more. */
const SENT_AGAIN = new Set<LetterState>(['held', 'failed'])

export function LettersPage() {
  const { me, lang, words } = useHere()
  const say = manageWords(lang)
  const today = dayOf(useNow(60_000))
  const queries = useQueryClient()
  const [state, setState] = useState<LetterState | ''>('')
  const list = useInfiniteQuery({
    queryKey: ['letters', state],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: '50', ...(state && { state }), ...(pageParam && { before: String(pageParam) }) })
      return ask<{ items: LetterView[]; before?: number }>(`/api/letters?${query}`, { signal })
    },
    initialPageParam: 0,
    getNextPageParam: (last) => last.before,
  })
  const again = useMutation({
    mutationFn: (id: string) => ask(`/api/letters/${id}/send`, { method: 'POST' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['letters'] }),
  })
  useEffect(() => void (document.title = `${say.letters} · Тірек`), [say])
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <main id="content" className="narrow">
      <h1>{say.letters}</h1>
      <p>{say.lettersLead}</p>
      <div className="field">
        <label htmlFor="state">{say.letterState}</label>
        <select id="state" value={state} onChange={(event) => setState(event.target.value as LetterState | '')}>
          <option value="">{say.peopleAll}</option>
          {LETTER_STATES.map((one) => (
            <option key={one} value={one}>
              {LETTERS_ARE[one][lang]}
            </option>
          ))}
        </select>
      </div>
      <ErrorSummary error={again.error} words={words} lang={lang} />
      {list.isPending && <Loading words={words} />}
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      <div aria-live="polite">{list.isSuccess && items.length === 0 && <p>{say.lettersNone}</p>}</div>
      {items.length > 0 && (
        <ul className="card tasks">
          {items.map((one) => (
            <li key={one.id} className="task">
              <span className="title">{one.subject}</span>
              <span className={`tag ${TONES[one.state] ?? 'plain'}`}>{LETTERS_ARE[one.state][lang]}</span>
              <span className="why">
                <span className="num">{momentText(one.queuedAt, lang, today)}</span>
                {one.name && ` · ${one.name}`}
                {one.urgent && ` · ${say.letterUrgent}`}
                {one.attempts > 1 && ` · ${say.letterTries}: ${one.attempts}`}
                {one.copies > 1 && ` · ${say.letterCopies}: ${one.copies}`}
                {one.nextTryAt !== null &&
                  ['queued', 'retry'].includes(one.state) &&
                  ` · ${say.letterNext} ${momentText(one.nextTryAt, lang, today)}`}
                {one.answer && one.state !== 'accepted' && (
                  <>
                    <br />
                    {one.answer === NOT_COMPOSED ? (
                      say.letterNotComposed
                    ) : (
                      <>
                        {say.letterAnswer}: <span lang="en">{one.answer}</span>
                      </>
                    )}
                  </>
                )}
                {SENT_AGAIN.has(one.state) && me.may.includes('send a letter again') && (
                  <button type="button" className="plain" disabled={again.isPending} onClick={() => again.mutate(one.id)}>
                    {say.sendAgain} <span className="hidden">{one.subject}</span>
                  </button>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <button type="button" className="button quiet" onClick={() => void list.fetchNextPage()}>
          {words.showMore}
        </button>
      )}
    </main>
  )
}
