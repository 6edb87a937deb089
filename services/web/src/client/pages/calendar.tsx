/** The working calendar: which days are off. A correction is a new version; open terms are counted anew with it. */
import type { Lang } from '@tirek/contract/roles'
import type { CalendarVersion } from '@tirek/contract/people'
import { dayOf, type Day } from '@tirek/procedure/time'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ask, newKey } from '../api.ts'
import { differences, standingOf, toggled, weeksOf, type DaysOff } from '../calendar-year.ts'
import { errorsOf, useFilling } from '../form-state.ts'
import { systemNow, useHere } from '../me.tsx'
import { ErrorSummary, Failure, Loading } from '../parts/states.tsx'
import { dayText, monthTitle, weekdaysFromMonday } from '../when.ts'
import { manageWords } from '../words-of/manage.ts'

type Answer = { items: CalendarVersion[]; unconfirmed: Record<string, Record<Lang, string>[]> }

export function CalendarPage() {
  const { me, lang, words } = useHere()
  const say = manageWords(lang)
  const list = useQuery({ queryKey: ['calendar'], queryFn: ({ signal }) => ask<Answer>('/api/calendar', { signal }) })
  useEffect(() => void (document.title = `${say.calendar} · Тірек`), [say])
  if (list.isPending) return <Loading words={words} />
  const current = list.data?.items.find((one) => one.current)
  return (
    <main id="content">
      <h1>{say.calendar}</h1>
      <p>{say.calendarLead}</p>
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      {current && (
        <Years
          key={current.version}
          current={current}
          unconfirmed={list.data!.unconfirmed}
          mayKeep={me.may.includes('keep the directory')}
        />
      )}
    </main>
  )
}

function Years({ current, unconfirmed, mayKeep }: { current: CalendarVersion; unconfirmed: Answer['unconfirmed']; mayKeep: boolean }) {
  const { me, lang, words } = useHere()
  const say = manageWords(lang)
  const queries = useQueryClient()
  const today = dayOf(systemNow())
  const [year, setYear] = useState(Number(today.slice(0, 4)))
  const known: DaysOff = { holidays: current.holidays, workingWeekends: current.workingWeekends }
  // Of another version than the one shown a draft says nothing.
  const filling = useFilling(me.person, `calendar/${current.version}`, () => ({
    value: { ...known, version: `kz-${today}` },
    key: newKey(),
  }))
  const value = filling.typed.value as DaysOff & { version: string }
  const changes = differences(known, value)
  const save = useMutation({
    mutationFn: () => ask('/api/calendar', { method: 'POST', body: value }),
    onSuccess: () => {
      filling.drop()
      return queries.invalidateQueries({ queryKey: ['calendar'] })
    },
  })
  const error = errorsOf(save.error).get('/version')
  const press = (day: Day) => {
    const { holidays, workingWeekends } = toggled(day, value)
    filling.change([], { ...value, holidays, workingWeekends })
  }
  const doubts = unconfirmed[year] ?? []
  return (
    <>
      <p className="row wrap years" role="group" aria-label={say.year}>
        <button type="button" className="button quiet" onClick={() => setYear(year - 1)}>
          ← {year - 1}
        </button>
        <b className="num" aria-live="polite">
          {year}
        </b>
        <button type="button" className="button quiet" onClick={() => setYear(year + 1)}>
          {year + 1} →
        </button>
        <span className="soft">
          {say.version}: {current.version}
        </span>
      </p>
      {doubts.length > 0 && (
        <div className="note soon">
          <p>{say.yearUnconfirmed}</p>
          <ul>
            {doubts.map((one) => (
              <li key={one.en}>{one[lang]}</li>
            ))}
          </ul>
        </div>
      )}
      <ul className="row wrap legend soft">
        <li>
          <i className="day off" /> {say.dayOff}
        </li>
        <li>
          <i className="day holiday" /> {say.holiday}
        </li>
        <li>
          <i className="day moved" /> {say.movedDay}
        </li>
      </ul>
      {mayKeep && <p className="soft">{say.pressDay}</p>}
      <nav aria-label={String(year)} className="narrow-only">
        <ul className="row wrap">
          {Array.from({ length: 12 }, (_, month) => (
            <li key={month}>
              <a className="tag plain" href={`#month-${month}`}>
                {monthTitle(month, lang)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="months">
        {Array.from({ length: 12 }, (_, month) => (
          <Month key={month} year={year} month={month} days={value} changes={changes} press={mayKeep ? press : undefined} />
        ))}
      </div>
      {mayKeep && changes.length > 0 && (
        <form
          className="card pad proposal"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (!save.isPending) save.mutate()
          }}
        >
          <ErrorSummary error={save.error} words={words} lang={lang} />
          <h2>{say.calendarNew}</h2>
          <ul>
            {changes.map((day) => (
              <li key={day}>
                <span className="num">
                  {dayText(day, lang)} {day.slice(0, 4)}
                </span>
                : {wordOf(day, known)} → {wordOf(day, value)}
              </li>
            ))}
          </ul>
          <div className="field">
            <label htmlFor="field-version">{say.versionName}</label>
            <input
              id="field-version"
              autoComplete="off"
              value={value.version}
              aria-invalid={error ? true : undefined}
              aria-describedby={error ? 'field-version-error' : undefined}
              onChange={(event) => filling.change(['version'], event.target.value)}
            />
            {error && (
              <p className="error" id="field-version-error">
                {error}
              </p>
            )}
          </div>
          <p className="soft">{say.calendarCounts}</p>
          <p className="row wrap">
            <button className="button" disabled={save.isPending}>
              {save.isPending ? words.saving : words.save}
            </button>
            <button type="button" className="plain" onClick={filling.drop}>
              {words.cancel}
            </button>
          </p>
        </form>
      )}
    </>
  )

  function wordOf(day: Day, days: DaysOff): string {
    return { work: say.workDay, off: say.dayOff, holiday: say.holiday, moved: say.movedDay }[standingOf(day, days)]
  }
}

function Month({
  year,
  month,
  days,
  changes,
  press,
}: {
  year: number
  month: number
  days: DaysOff
  changes: readonly Day[]
  press: ((day: Day) => void) | undefined
}) {
  const { lang } = useHere()
  const say = manageWords(lang)
  const names = { work: say.workDay, off: say.dayOff, holiday: say.holiday, moved: say.movedDay }
  return (
    <table className="month">
      <caption id={`month-${month}`}>{monthTitle(month, lang)}</caption>
      <thead>
        <tr>
          {weekdaysFromMonday(lang).map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(year, month).map((week, n) => (
          // oxlint-disable-next-line react/no-array-index-key -- the weeks of a month have nothing but their place
          <tr key={n}>
            {week.map((day, place) => {
              // oxlint-disable-next-line react/no-array-index-key -- an empty place has nothing but its place
              if (!day) return <td key={place} />
              const standing = standingOf(day, days)
              const shown = (
                <>
                  {Number(day.slice(8))}
                  {standing !== 'work' && <span className="hidden">, {names[standing]}</span>}
                </>
              )
              return (
                <td key={day}>
                  {press ? (
                    <button
                      type="button"
                      className={`day ${standing}${changes.includes(day) ? ' changed' : ''}`}
                      aria-pressed={changes.includes(day)}
                      onClick={() => press(day)}
                    >
                      {shown}
                    </button>
                  ) : (
                    <span className={`day ${standing}`}>{shown}</span>
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
