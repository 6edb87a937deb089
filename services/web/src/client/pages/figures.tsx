/** Figures: cases by stage, risk and territory, terms kept and missed by rule, how fast the hour is answered; each behind its number as a list. */
import type { CasesCounted, Figures as Answer, TermsCounted } from '@tirek/contract/figures'
import { TERMS_BEHIND, type HOURS_BEHIND } from '@tirek/contract/figures-behind'
import { RISKS } from '@tirek/contract/journals'
import { paperDay } from '@tirek/contract/paper-day'
import { STAGE_NAMES } from '@tirek/contract/stages'
import { addDays, addMonths, dayOf, type Day } from '@tirek/procedure/time'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ask } from '../api.ts'
import { systemNow, useHere } from '../me.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { BarTable, type BarRow } from '../tables/bar-table.tsx'
import { countText, keptShare, minutesOf } from '../tables/shown-count.ts'
import { TakeTable } from '../tables/take-table.tsx'
import { figureWords } from '../words-of/figures.ts'
import { manageWords } from '../words-of/manage.ts'
import { joined } from '../rule-codes.ts'
import '../tables/tables.css'

export type FiguresSearch = { from?: string; to?: string; whose?: string }

export const figuresPath = ({ from, to, whose }: FiguresSearch, everywhere: boolean): string => {
  const asked = Object.entries({ from, to, ...(everywhere ? {} : { whose }) }).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return `/api/figures${everywhere ? '/everywhere' : ''}?${new URLSearchParams(asked)}`
}

export function FiguresPage() {
  const { me, lang, words } = useHere()
  const fig = figureWords(lang)
  const say = manageWords(lang)
  const search = useSearch({ strict: false }) as FiguresSearch
  const everywhere = me.may.includes('compare figures')
  const figures = useQuery({
    queryKey: ['figures', search.from, search.to, everywhere ? 'everywhere' : search.whose],
    queryFn: ({ signal }) => ask<Answer>(figuresPath(search, everywhere), { signal }),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
    placeholderData: keepPreviousData,
  })
  useEffect(() => void (document.title = `${say.figures} · Тірек`), [say])
  if (figures.isPending) return <Loading words={words} />
  const told = figures.data
  return (
    <main id="content" className="figures" aria-busy={figures.isFetching}>
      <h1>{say.figures}</h1>
      <p className="no-print">{say.figuresLead}</p>
      <Period told={told} search={search} />
      {figures.isError && <Failure error={figures.error} words={words} onAgain={() => void figures.refetch()} />}
      {told && (
        <>
          <p className="print-only">
            {fig[told.whose]} · {paperDay(told.from)}–{paperDay(told.to)}
          </p>
          {told.rounded && <p className="note soon">{fig.rounded}</p>}
          <ul className="numbers" aria-label={fig.total}>
            <Big label={fig.openNow} n={countText(told.total.open, fig.few)} />
            <Big label={fig.openedThen} n={countText(told.total.opened, fig.few)} />
            <Big label={fig.within.replace('{n}', String(told.hour.limitMinutes))} n={withinText(told.hour, fig)} />
          </ul>
          <Cases
            told={told}
            title={fig.byStage}
            of={fig.stage}
            by="stage"
            rows={told.stages}
            nameOf={(key) => STAGE_NAMES[key]?.[lang] ?? key}
          />
          <Cases told={told} title={fig.byRisk} of={fig.risk} by="risk" rows={told.risks} nameOf={(key) => RISKS[key]?.[lang] ?? key} />
          <Cases told={told} title={fig.byTerritory} of={fig.territory} by="territory" rows={told.territories} nameOf={(key) => key} />
          <Terms told={told} />
          <Hour told={told} />
        </>
      )}
    </main>
  )
}

/** Of so many; nothing where none was answered yet. */
const withinText = ({ answered, within }: Answer['hour'], fig: { few: string; ofThem: string }): string =>
  answered === null || within === null ? fig.few : answered === 0 ? '—' : `${within} ${fig.ofThem} ${answered}`

const Big = ({ label, n }: { label: string; n: string }) => (
  <li className="card">
    <b className="num">{n}</b> <span>{label}</span>
  </li>
)

function Period({ told, search }: { told: Answer | undefined; search: FiguresSearch }) {
  const { lang } = useHere()
  const fig = figureWords(lang)
  const navigate = useNavigate()
  const today = dayOf(systemNow())
  const first = `${today.slice(0, 7)}-01`
  const go = (to: FiguresSearch) => void navigate({ to: '.', search: to as never, replace: true })
  const ready: readonly [string, Day, Day][] = [
    [fig.thisMonth, first, today],
    [fig.lastMonth, addMonths(first, -1), addDays(first, -1)],
    [fig.thisYear, `${today.slice(0, 4)}-01-01`, today],
  ]
  const { from = told?.from ?? first, to = told?.to ?? today } = search
  const whose = told?.whose ?? ''
  return (
    <form
      key={from + to + whose}
      role="search"
      className="card pad filters no-print"
      onSubmit={(event) => {
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        const given = (field: string) => String(form.get(field) ?? '') || undefined
        const asked = { from: given('from'), to: given('to'), whose: given('whose') }
        go(Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)))
      }}
    >
      {told && told.may.length > 1 && (
        <div className="field">
          <label htmlFor="whose">{fig.whose}</label>
          <select id="whose" name="whose" defaultValue={whose}>
            {told.may.map((one) => (
              <option key={one} value={one}>
                {fig[one]}
              </option>
            ))}
          </select>
        </div>
      )}
      <div className="field">
        <label htmlFor="from">{fig.from}</label>
        <input id="from" name="from" type="date" required defaultValue={from} />
      </div>
      <div className="field">
        <label htmlFor="to">{fig.to}</label>
        <input id="to" name="to" type="date" required defaultValue={to} />
      </div>
      <div className="row wrap">
        <button className="button">{fig.filter}</button>
        {ready.map(([label, since, until]) => (
          <button
            key={label}
            type="button"
            className="button quiet"
            onClick={() => go({ ...(search.whose && { whose: search.whose }), from: since, to: until })}
          >
            {label}
          </button>
        ))}
        <button type="button" className="button quiet" onClick={() => window.print()}>
          {fig.print}
        </button>
      </div>
    </form>
  )
}

type CasesProps = {
  told: Answer
  title: string
  of: string
  by: 'stage' | 'risk' | 'territory'
  rows: readonly CasesCounted[]
  nameOf(key: string): string
}
function Cases({ told, title, of, by, rows, nameOf }: CasesProps) {
  const { me, lang } = useHere()
  const fig = figureWords(lang)
  // Who sees no case has no list behind a number.
  const drills = me.may.includes('list cases')
  const link = (key: string, column: 'open' | 'opened', n: number | null) =>
    drills && n !== 0 ? (
      <Link
        to="/figures/cases"
        search={
          {
            by,
            key,
            column,
            whose: told.whose,
            from: told.from,
            to: told.to,
          } as never
        }
        aria-label={`${nameOf(key)}, ${column === 'open' ? fig.openNow : fig.openedThen}: ${countText(n, fig.few)}`}
      >
        {countText(n, fig.few)}
      </Link>
    ) : (
      countText(n, fig.few)
    )
  const bars: BarRow[] = rows.map(({ key, open, opened }) => ({
    key,
    name: nameOf(key),
    values: [
      { n: open, shown: link(key, 'open', open) },
      { n: opened, shown: link(key, 'opened', opened) },
    ],
  }))
  const captions = [of, fig.openNow, fig.openedThen]
  return (
    <section className="card pad figure" aria-labelledby={`figure-${by}`}>
      <h2 id={`figure-${by}`}>{title}</h2>
      {rows.length === 0 ? (
        <p>{fig.nothing}</p>
      ) : (
        <>
          <BarTable caption={title} captions={captions} rows={bars} />
          <TakeTable
            title={title}
            table={{
              name: `cases-by-${by}`,
              captions,
              rows: rows.map(({ key, open, opened }) => [nameOf(key), open ?? fig.few, opened ?? fig.few]),
            }}
          />
        </>
      )}
    </section>
  )
}

function Terms({ told }: { told: Answer }) {
  const { lang } = useHere()
  const rows = told.rules
  const fig = figureWords(lang)
  const columns = TERMS_BEHIND
  const caption = {
    kept: fig.kept,
    keptLate: fig.keptLate,
    missed: fig.missed,
    late: fig.lateNow,
    running: fig.running,
    lapsed: fig.lapsed,
  }
  const percent = (row: TermsCounted) => {
    const share = keptShare(row)
    return share === undefined ? '—' : `${share} %`
  }
  return (
    <section className="card pad figure" aria-labelledby="figure-terms">
      <h2 id="figure-terms">{fig.terms}</h2>
      <p className="soft">{fig.termsHint}</p>
      {rows.length === 0 ? (
        <p>{fig.nothing}</p>
      ) : (
        <>
          <table className="journal">
            <caption className="hidden">{fig.terms}</caption>
            <thead>
              <tr>
                <th scope="col">{fig.rule}</th>
                {columns.map((column) => (
                  <th key={column} scope="col" className="number">
                    {caption[column]}
                  </th>
                ))}
                <th scope="col" className="number">
                  {fig.keptShare}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.row + row.rule}>
                  <th scope="row">
                    {row.what[lang]} <small>{joined(row.rule)}</small>
                  </th>
                  {columns.map((column) => (
                    <td key={column} data-caption={caption[column]} className={`num number ${row[column] === 0 ? 'none' : ''}`}>
                      <Behind
                        told={told}
                        by="term"
                        of={row.row}
                        column={column}
                        n={row[column]}
                        said={`${row.what[lang]}, ${caption[column]}`}
                      />
                    </td>
                  ))}
                  <td data-caption={fig.keptShare} className="num number">
                    {percent(row)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <TakeTable
            title={fig.terms}
            table={{
              name: 'terms-by-rule',
              captions: [fig.rule, '', ...columns.map((column) => caption[column]), fig.keptShare],
              rows: rows.map((row) => [row.rule, row.what[lang], ...columns.map((column) => row[column] ?? fig.few), percent(row)]),
            }}
          />
        </>
      )}
    </section>
  )
}

const isLate = (column: string) => column === 'missed' || column === 'late' || column === 'slower'

/** A number of terms or hours, with the way to their cases; none for who sees no case. */
function Behind({
  told,
  by,
  of,
  column,
  n,
  said,
}: {
  told: Answer
  by: 'term' | 'hour'
  of: string
  column: string
  n: number | null
  said: string
}) {
  const { me, lang } = useHere()
  const text = countText(n, figureWords(lang).few)
  const shown = isLate(column) && n !== 0 ? <span className="tag late">{text}</span> : text
  if (n === 0 || !me.may.includes('list cases')) return shown
  return (
    <Link
      className="behind"
      to="/figures/cases"
      search={{ by, key: of, column, whose: told.whose, from: told.from, to: told.to } as never}
      aria-label={`${said}: ${text}`}
    >
      {shown}
    </Link>
  )
}

function Hour({ told }: { told: Answer }) {
  const { lang } = useHere()
  const { hour } = told
  const fig = figureWords(lang)
  const minutes = (ms: number | undefined) => (ms === undefined ? '—' : String(minutesOf(ms)))
  // Of rounded numbers one is not taken from another.
  const slower = told.rounded || hour.answered === null || hour.within === null ? undefined : hour.answered - hour.within
  const rows: { label: string; text: string; column?: (typeof HOURS_BEHIND)[number]; n?: number | null }[] = [
    { label: fig.begun, text: countText(hour.begun, fig.few), column: 'begun', n: hour.begun },
    { label: fig.answered, text: countText(hour.answered, fig.few), column: 'answered', n: hour.answered },
    {
      label: fig.within.replace('{n}', String(hour.limitMinutes)),
      text: countText(hour.within, fig.few),
      column: 'within',
      n: hour.within,
    },
    ...(slower === undefined ? [] : [{ label: fig.slower, text: String(slower), column: 'slower' as const, n: slower }]),
    { label: fig.median, text: minutes(hour.medianMs) },
    { label: fig.p90, text: minutes(hour.p90Ms) },
  ]
  return (
    <section className="card pad figure" aria-labelledby="figure-hour">
      <h2 id="figure-hour">
        {fig.hour} <small>{joined('CP-10')}</small>
      </h2>
      <table className="journal measures">
        <caption className="hidden">{fig.hour}</caption>
        <thead>
          <tr>
            <th scope="col">{fig.measure}</th>
            <th scope="col" className="number">
              {fig.number}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, text, column, n }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td data-caption={fig.number} className="num number">
                {column === undefined ? (
                  text
                ) : (
                  <Behind told={told} by="hour" of="urgent-measures" column={column} n={n ?? null} said={label} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <TakeTable
        title={fig.hour}
        table={{ name: 'hour', captions: [fig.measure, fig.number], rows: rows.map(({ label, text }) => [label, text]) }}
      />
    </section>
  )
}
