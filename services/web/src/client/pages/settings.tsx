/** Terms that the procedure leaves to the organisation: value, standard, rule. */
import type { Organisation, Setting } from '@tirek/contract/people'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ask } from '../api.ts'
import { errorsOf } from '../form-state.ts'
import { useAll } from '../manage-data.ts'
import { useHere } from '../me.tsx'
import { ErrorSummary, Failure, Loading } from '../parts/states.tsx'
import { plural } from '@tirek/contract/plural'
import { manageWords, UNITS } from '../words-of/manage.ts'
import { Rule } from '../parts/rule.tsx'

type Settings = { items: Setting[] }

export function SettingsPage() {
  const { me, lang, words } = useHere()
  const say = manageWords(lang)
  const mayKeep = me.may.includes('keep the directory')
  const organisations = useAll<Organisation>('/api/organisations')
  const [chosen, choose] = useState<string>()
  const organisation = mayKeep ? (chosen ?? organisations.data?.[0]?.id) : me.organisation
  const list = useQuery({
    queryKey: ['settings', organisation],
    queryFn: ({ signal }) => ask<Settings>(`/api/settings?organisation=${organisation}`, { signal }),
    enabled: organisation !== undefined,
  })
  useEffect(() => void (document.title = `${say.settings} · Тірек`), [say])
  if (organisations.isPending) return <Loading words={words} />
  return (
    <main id="content" className="narrow">
      <h1>{say.settings}</h1>
      <p>{say.settingsLead}</p>
      {mayKeep && (
        <div className="field">
          <label htmlFor="of">{say.peopleOf}</label>
          <select id="of" value={organisation} onChange={(event) => choose(event.target.value)}>
            {(organisations.data ?? []).map((one) => (
              <option key={one.id} value={one.id}>
                {one.name[lang]}
              </option>
            ))}
          </select>
        </div>
      )}
      {list.isError && <Failure error={list.error} words={words} onAgain={() => void list.refetch()} />}
      {list.isSuccess && (
        <ul className="card tasks beside">
          {list.data.items.map((one) => (
            <li key={`${organisation}${one.term}`} className="task">
              <One setting={one} organisation={organisation!} mayKeep={mayKeep} />
            </li>
          ))}
        </ul>
      )}
    </main>
  )
}

function One({ setting, organisation, mayKeep }: { setting: Setting; organisation: string; mayKeep: boolean }) {
  const { lang, words } = useHere()
  const say = manageWords(lang)
  const queries = useQueryClient()
  const [typed, type] = useState(String(setting.value))
  const save = useMutation({
    mutationFn: (value: number | null) =>
      ask<Settings>('/api/settings', { method: 'PUT', body: { organisation, term: setting.term, value } }),
    onSuccess: (now) => {
      queries.setQueryData(['settings', organisation], now)
      type(String(now.items.find(({ term }) => term === setting.term)?.value ?? typed))
    },
  })
  const { unit } = setting
  const amount = (n: number) => (unit === 'switch' ? (n ? words.yes : words.no) : plural(lang, n, UNITS[unit]))
  const id = `term-${setting.term}`
  const error = errorsOf(save.error).get('/value')
  const isStandard = setting.value === setting.standard
  return (
    <>
      <label className="title" htmlFor={mayKeep ? id : undefined}>
        {setting.text[lang]}
      </label>
      {!mayKeep && <span className="tag plain num">{amount(setting.value)}</span>}
      {!isStandard && <span className="tag soon">{say.changed}</span>}
      <span className="why" id={`${id}-hint`}>
        <Rule code={setting.rule} /> · {say.standard}: {amount(setting.standard)}
        {unit !== 'switch' && ` · ${say.allowed}: ${setting.least}–${setting.most}`}
      </span>
      {mayKeep && (
        <form
          className="why"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate(typed.trim() === '' ? null : Number(typed))
          }}
        >
          {save.isError && !error && <ErrorSummary error={save.error} words={words} lang={lang} />}
          {error && (
            <p className="error" id={`${id}-error`} role="alert">
              {error}
            </p>
          )}
          <span className="row wrap">
            {unit === 'switch' ? (
              <select id={id} value={typed} aria-describedby={`${id}-hint`} onChange={(event) => type(event.target.value)}>
                <option value="1">{words.yes}</option>
                <option value="0">{words.no}</option>
              </select>
            ) : (
              <input
                id={id}
                type="number"
                inputMode="numeric"
                min={setting.least}
                max={setting.most}
                value={typed}
                aria-describedby={`${id}-hint${error ? ` ${id}-error` : ''}`}
                aria-invalid={error ? true : undefined}
                onChange={(event) => type(event.target.value)}
              />
            )}
            <button className="button quiet" disabled={save.isPending || typed === String(setting.value)}>
              {words.save} <span className="hidden">{setting.text[lang]}</span>
            </button>
            {!isStandard && (
              <button type="button" className="plain" disabled={save.isPending} onClick={() => save.mutate(null)}>
                {say.backToStandard} <span className="hidden">{setting.text[lang]}</span>
              </button>
            )}
            <span role="status">{save.isSuccess ? words.saved : ''}</span>
          </span>
        </form>
      )}
    </>
  )
}
