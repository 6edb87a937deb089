/** What the system told me, newest first. */
import type { MyNotice } from '@tirek/contract/letters'
import { dayOf } from '@tirek/procedure/time'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ask } from '../api.ts'
import { useHere, useNow } from '../me.tsx'
import { PushCard } from '../parts/push-card.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { momentText } from '../when.ts'
import { Rule } from '../parts/rule.tsx'

export function NoticesPage() {
  const { me, lang, words } = useHere()
  const now = useNow(30_000)
  const queries = useQueryClient()
  const notices = useQuery({
    queryKey: ['notices'],
    queryFn: ({ signal }) => ask<{ items: MyNotice[] }>('/api/notices?limit=100', { signal }),
  })
  const read = useMutation({
    mutationFn: (id: string) => ask(`/api/notices/${id}/read`, { method: 'POST', body: {} }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['notices'] }),
  })
  useEffect(() => void (document.title = `${words.notices} · Тірек`), [words])
  if (notices.isPending) return <Loading words={words} />
  const items = notices.data?.items ?? []
  return (
    <main id="content">
      <h1>{words.notices}</h1>
      {notices.isError && <Failure error={notices.error} words={words} onAgain={() => void notices.refetch()} />}
      <PushCard />
      {notices.isSuccess && items.length === 0 && <p className="soft">{words.noticesNone}</p>}
      {items.length > 0 && (
        <ul className="card tasks gap">
          {items.map((notice) => {
            const isRead = notice.readAt !== null
            return (
              <li key={notice.id} className="task">
                <span className="title" lang={me.lang}>
                  {notice.subject}
                </span>
                {isRead ? (
                  <span className="tag plain">{words.markRead}</span>
                ) : (
                  <span className={`tag ${notice.urgent ? 'late' : 'soon'}`}>{words.unread}</span>
                )}
                {!isRead && (
                  <button
                    type="button"
                    className="button quiet"
                    onClick={() => read.mutate(notice.id)}
                    aria-label={`${words.markRead}: ${notice.subject}`}
                  >
                    {words.markRead}
                  </button>
                )}
                <div className="why">
                  <span className="num">{momentText(notice.at, lang, dayOf(now))}</span>
                  {/* As in the letter: in the language of whom it was written to. */}
                  <ul lang={me.lang}>
                    {notice.items.map((item) => (
                      <li key={item.caseId + item.rule + item.what}>
                        <Link to={pageOf(item) as '/'}>{item.caseNumber}</Link>
                        {/* Of one thing the subject says what it is. */}
                        {`: ${notice.items.length === 1 ? item.why : item.what} (`}
                        <Rule code={item.rule} />){item.due && `, ${item.due}`}{' '}
                        {item.late && <span className="tag late">{words.hourLate}</span>}
                      </li>
                    ))}
                  </ul>
                </div>
              </li>
            )
          })}
        </ul>
      )}
    </main>
  )
}

/** As in the letter; of a case its page, which leads to the rest. */
function pageOf({ link, caseId }: MyNotice['items'][number]): string {
  const { pathname } = new URL(link)
  return pathname.startsWith('/cases/') ? `/cases/${caseId}` : pathname
}
