/** Which workflows run, whether Temporal knows of them, and what is late. Ids, rules and numbers: no case, no name. */
import type { Organisation } from '@tirek/contract/people'
import { CASE_WORKFLOWS, WORKFLOW_KINDS, WORKFLOW_STATES, type Running } from '@tirek/contract/running'
import type { SystemHealth } from '@tirek/contract/system'
import { dayOf } from '@tirek/procedure/time'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { joined } from '../rule-codes.ts'
import '../admin.css'
import { ask } from '../api.ts'
import { useAll } from '../manage-data.ts'
import { useHere, useNow } from '../me.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { momentText } from '../when.ts'
import { adminWords } from '../words-of/admin.ts'
import { manageWords } from '../words-of/manage.ts'

const TONES = { 'in-step': 'kept', behind: 'soon', missing: 'late' } as const

export function RunningPage() {
  const { lang, words } = useHere()
  const say = manageWords(lang)
  const adm = adminWords(lang)
  const today = dayOf(useNow(60_000))
  const [asked, setAsked] = useState<Asked>({
    kind: '',
    state: '',
    rule: '',
    late: false,
  })
  const rule = /^[A-Z]{2}-\d{1,3}$/.test(asked.rule.trim().toUpperCase()) ? asked.rule.trim().toUpperCase() : ''
  const lists = [
    useRunning('/api/running', asked, rule),
    useRunning('/api/meetings/running', asked, rule),
    useRunning('/api/referrals/running', asked, rule),
  ]
  const organisations = useAll<Organisation>('/api/organisations')
  const system = useQuery({
    queryKey: ['system'],
    queryFn: ({ signal }) => ask<SystemHealth>('/api/system', { signal }),
    staleTime: 60_000,
  })
  useEffect(() => void (document.title = `${adm.running} · Тірек`), [adm])
  if (lists.every((list) => !list.data && !list.isError)) return <Loading words={words} />
  const items = lists.flatMap((list) => (list.isEnabled ? (list.data?.pages.flatMap((page) => page.items) ?? []) : []))
  const told = lists.flatMap((list) => (list.isEnabled ? (list.data?.pages[0]?.counts ?? []) : []))
  const sum = (of: keyof Running['counts']) => told.reduce((all, one) => all + one[of], 0)
  const counts = told.length > 0 && { all: sum('all'), late: sum('late'), behind: sum('behind'), missing: sum('missing') }
  const more = lists.filter((list) => list.isEnabled && list.hasNextPage)
  const nameOf = new Map((organisations.data ?? []).map((one) => [one.id, one.name[lang]]))
  const kinds = { case: adm.kindCase, hour: adm.kindHour, meeting: adm.kindMeeting, referral: adm.kindReferral }
  const states = { 'in-step': adm.stateInStep, behind: adm.stateBehind, missing: adm.stateMissing }
  return (
    <main id="content">
      <h1>{adm.running}</h1>
      <p>{adm.runningLead}</p>
      {lists.map(
        (list) => list.isError && <Failure key={list.path} error={list.error} words={words} onAgain={() => void list.refetch()} />,
      )}
      {counts && (
        <div className={`note ${counts.missing > 0 ? 'late' : counts.behind > 0 ? 'soon' : 'kept'}`} role="status">
          <b className="num">
            {adm.runningAll}: {counts.all} · {adm.runningLate}: {counts.late} · {adm.runningBehind}: {counts.behind} · {adm.runningMissing}:{' '}
            {counts.missing}
          </b>
          {counts.behind + counts.missing > 0 && <p>{adm.runningFix}</p>}
        </div>
      )}
      <form role="search" className="card pad filters" onSubmit={(event) => event.preventDefault()}>
        <div className="field">
          <label htmlFor="kind">{adm.kind}</label>
          <select id="kind" value={asked.kind} onChange={(event) => setAsked({ ...asked, kind: event.target.value })}>
            <option value="">{say.peopleAll}</option>
            {WORKFLOW_KINDS.map((one) => (
              <option key={one} value={one}>
                {kinds[one]}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="state">{adm.state}</label>
          <select id="state" value={asked.state} onChange={(event) => setAsked({ ...asked, state: event.target.value })}>
            <option value="">{say.peopleAll}</option>
            {WORKFLOW_STATES.map((one) => (
              <option key={one} value={one}>
                {states[one]}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="rule">{adm.rule}</label>
          <input
            id="rule"
            autoComplete="off"
            placeholder="CP-40"
            value={asked.rule}
            onChange={(event) => setAsked({ ...asked, rule: event.target.value })}
          />
        </div>
        <label className="tick">
          <input type="checkbox" checked={asked.late} onChange={(event) => setAsked({ ...asked, late: event.target.checked })} />
          <span>{adm.onlyLate}</span>
        </label>
      </form>
      <div aria-live="polite">{lists.every((list) => !list.isFetching) && items.length === 0 && <p>{adm.runningNone}</p>}</div>
      {items.length > 0 && (
        <table className="journal">
          <caption className="hidden">{adm.running}</caption>
          <thead>
            <tr>
              <th scope="col">ID</th>
              <th scope="col">{adm.kind}</th>
              <th scope="col">{adm.state}</th>
              <th scope="col">{adm.rules}</th>
              <th scope="col">{adm.lateSince}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={one.workflow}>
                <th scope="row">
                  {one.number}
                  <small className="soft"> {nameOf.get(one.organisation)}</small>
                  <br />
                  {system.data?.temporalUi ? (
                    <a href={`${system.data.temporalUi}/${encodeURIComponent(one.workflow)}`} rel="noreferrer">
                      {adm.openTemporal} <span className="hidden">{one.number}</span>
                    </a>
                  ) : (
                    <small className="soft tall">{one.workflow}</small>
                  )}
                </th>
                <td data-caption={adm.kind}>{kinds[one.kind]}</td>
                <td data-caption={adm.state}>
                  <span className={`tag ${TONES[one.state]}`}>{states[one.state]}</span>
                </td>
                <td data-caption={adm.rules} className="num">
                  {joined(one.rules.join(', ')) || '—'}
                </td>
                <td data-caption={adm.lateSince} className="num">
                  {one.lateSince === undefined ? (
                    '—'
                  ) : (
                    <span className="tag late">
                      {momentText(one.lateSince, lang, today)} ({one.late})
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more.length > 0 && (
        <button
          type="button"
          className="button quiet"
          disabled={more.some((list) => list.isFetchingNextPage)}
          onClick={() => more.forEach((list) => void list.fetchNextPage())}
        >
          {words.showMore}
        </button>
      )}
    </main>
  )
}

type Asked = { kind: string; state: string; rule: string; late: boolean }
/** Which of the lists knows which workflows, and by which rule all of one list are there. */
const KNOWS: Readonly<Record<string, { kinds: readonly string[]; rule?: string }>> = {
  '/api/running': { kinds: CASE_WORKFLOWS },
  '/api/meetings/running': { kinds: ['meeting'], rule: 'CP-30' },
  '/api/referrals/running': { kinds: ['referral'], rule: 'CP-54' },
}

/** The workflows of one service, page by page; nothing is asked where the filters leave none of them. */
function useRunning(path: string, { kind, state, late }: Asked, rule: string) {
  const { kinds, rule: ofAll } = KNOWS[path]!
  const isEnabled = (kind === '' || kinds.includes(kind)) && (ofAll === undefined || rule === '' || rule === ofAll)
  const list = useInfiniteQuery({
    queryKey: ['running', path, ofAll === undefined ? kind : '', state, late, rule],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({
        ...(ofAll === undefined && kind && { kind }),
        ...(ofAll === undefined && rule && { rule }),
        ...(state && { state }),
        ...(late && { late: 'true' }),
        ...(pageParam && { cursor: pageParam }),
      })
      return ask<Running>(`${path}?${query}`, { again: pageParam === '', signal })
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    enabled: isEnabled,
  })
  return { ...list, path, isEnabled }
}
