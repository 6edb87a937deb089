/** “Why is this due?”: the rule, where it comes from, the norm, and the facts of the case it was counted from; asked of the case when it is opened. */
import type { DeadlineGrounds, DeadlineView } from '@tirek/contract/answers'
import { dayOf } from '@tirek/procedure/time'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../api.ts'
import { useHere } from '../me.tsx'
import { dayText, momentText } from '../when.ts'
import { workWords } from '../words-of/work.ts'
import { TOLD } from '../words.ts'
import { Failure } from './states.tsx'
import { Rule } from './rule.tsx'

export function Why({ id, deadline, now }: { id: string; deadline: DeadlineView; now: number }) {
  const { words } = useHere()
  const [open, setOpen] = useState(false)
  return (
    <details className="due-why" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {words.why} <span className="hidden">{deadline.rule}</span>
      </summary>
      {open && <Grounds id={id} deadline={deadline} now={now} />}
    </details>
  )
}

function Grounds({ id, deadline, now }: { id: string; deadline: DeadlineView; now: number }) {
  const { lang, words } = useHere()
  const tell = workWords(lang)
  const today = dayOf(now)
  const grounds = useQuery({
    queryKey: ['case', id, 'grounds', deadline.key],
    queryFn: ({ signal }) => ask<DeadlineGrounds>(`/api/cases/${id}/grounds?deadline=${encodeURIComponent(deadline.key)}`, { signal }),
    retry: false,
  })
  const found = grounds.data
  return (
    <>
      <p>{deadline.why[lang]}.</p>
      {grounds.isPending && <p className="soft">{words.loading}</p>}
      {grounds.isError && <Failure error={grounds.error} words={words} onAgain={() => void grounds.refetch()} />}
      {found && (
        <dl>
          <dt>{words.rule}</dt>
          <dd>
            <Rule code={found.rule} />. {found.text[lang]}
          </dd>
          <dt>{tell.source}</dt>
          <dd>{found.source[lang]}</dd>
          {found.norm && (
            <>
              <dt>{tell.norm}</dt>
              <dd>{found.norm[lang]}</dd>
            </>
          )}
          <dt>{tell.fromFacts}</dt>
          <dd>
            <ul className="facts">
              {found.facts.map((fact, i) => (
                // oxlint-disable-next-line react/no-array-index-key -- facts of a deadline stay in their order
                <li key={i}>
                  {fact.what[lang]}
                  {factText(fact, lang, today, tell.notYet)}
                </li>
              ))}
            </ul>
          </dd>
          <dt>{words.turnOf}</dt>
          <dd>{TOLD[deadline.waitsFor]?.[lang] ?? deadline.waitsFor}</dd>
          {deadline.tryAgainBy && (
            <>
              <dt>{words.tryBy}</dt>
              <dd>{dayText(deadline.tryAgainBy, lang, today)}</dd>
            </>
          )}
          {deadline.steps.length > 0 && (
            <>
              <dt>{tell.whoIsTold}</dt>
              <dd>
                <ul className="facts">
                  {deadline.steps.slice(0, 6).map((step) => (
                    <li key={step.key}>
                      {momentText(step.takenAt ?? step.at, lang, today)}: {step.whom.map((role) => TOLD[role]?.[lang] ?? role).join(', ')}{' '}
                      {step.takenAt === undefined ? words.willKnow : words.told}
                    </li>
                  ))}
                </ul>
              </dd>
            </>
          )}
        </dl>
      )}
    </>
  )
}

type Fact = DeadlineGrounds['facts'][number]

function factText({ at, day, missing, value }: Fact, lang: 'ru' | 'kk' | 'en', today: string, notYet: string): string {
  const told = [
    value?.[lang],
    at === undefined ? undefined : momentText(at, lang, today),
    day === undefined ? undefined : dayText(day, lang, today),
  ].filter(Boolean)
  if (told.length > 0) return `: ${told.join(', ')}`
  return missing ? `: ${notYet}` : ''
}
