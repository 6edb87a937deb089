/** The hour of a case: what is left of it, what to do, whom to call, what was done, who has been told and when. */
import type { CasePage as CaseAnswer } from '@tirek/contract/answers'
import { dayOf } from '@tirek/procedure/time'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useCase, useTimeline, useActNames } from '../case-data.ts'
import { useHere, useNow } from '../me.tsx'
import { ActSheet } from '../parts/act-sheet.tsx'
import { CallList } from '../parts/call-list.tsx'
import { HourCard } from '../parts/hour-card.tsx'
import { Rule } from '../parts/rule.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { useFormSchema } from '../parts/written.tsx'
import { momentText, timeText } from '../when.ts'
import { workWords } from '../words-of/work.ts'
import '../work.css'

const EVIDENCE = 'urgent-measures-evidenced'

export function HourPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { lang, words } = useHere()
  const tell = workWords(lang)
  const now = useNow(30_000)
  const found = useCase(id)
  const timeline = useTimeline(id)
  const schema = useFormSchema(EVIDENCE)
  const names = useActNames()
  const number = found.data?.summary.number
  useEffect(() => void (document.title = `${words.hourTitle} · ${number ?? ''} · Тірек`), [words, number])
  if (found.isPending || timeline.isPending || schema.isPending || names.isPending) return <Loading words={words} />
  if (!found.data || !schema.data)
    return (
      <main id="content" className="narrow">
        <Failure
          alone
          error={found.error ?? schema.error}
          words={words}
          onAgain={() => void Promise.all([found.refetch(), schema.refetch()])}
        />
      </main>
    )
  const { summary, deadlines, hours, allowedActs } = found.data
  const asked = new URLSearchParams(window.location.search).get('hour')
  const running = deadlines.filter((one) => one.state === 'open' && one.hour !== undefined)
  const deadline = running.find((one) => String(one.hour) === asked) ?? running[0]
  const label = names.data?.find((act) => act.kind === EVIDENCE)?.label ?? { ru: EVIDENCE, kk: EVIDENCE, en: EVIDENCE }
  const last = hours.findLast((one) => one.closedAt !== undefined)
  return (
    <main id="content" className="hour-page">
      <p>
        <Link to="/cases/$id" params={{ id }}>
          ← {words.casePrefix} {summary.number}
        </Link>
      </p>
      <h1>
        {words.hourTitle}: {words.caseWord} {summary.number}
      </h1>
      {running.length > 1 && (
        <p className="row wrap">
          {running.map((one) => (
            <Link
              key={one.key}
              to="/cases/$id/hour"
              params={{ id }}
              search={{ hour: one.hour } as never}
              aria-current={one === deadline ? 'true' : undefined}
            >
              {words.hourReceived} {timeText(one.from)}
            </Link>
          ))}
        </p>
      )}
      {deadline ? (
        <>
          <div className="wide">
            <HourCard caseId={id} number={summary.number} manager={summary.manager} deadline={deadline} onForm whole />
          </div>
          <ToDo found={found.data} hour={deadline.hour!} now={now} mayRecord={allowedActs.includes(EVIDENCE)} />
          <CallList organisation={summary.organisation} manager={summary.manager} />
          <div className="done-now">
            {allowedActs.includes(EVIDENCE) ? (
              <section aria-labelledby="evidence-title">
                <h2 id="evidence-title" tabIndex={-1}>
                  {tell.evidence}
                </h2>
                <ActSheet
                  key={deadline.key}
                  kind={EVIDENCE}
                  hour={deadline.hour}
                  found={found.data}
                  timeline={timeline.data?.items ?? []}
                  schema={schema.data}
                  label={label}
                />
              </section>
            ) : (
              <p className="note">{tell.hourMayNot}</p>
            )}
          </div>
        </>
      ) : (
        <section className="note kept">
          <h2>{last?.closedAt ? `${tell.hourOver}: ${momentText(last.closedAt, lang, dayOf(now))}` : tell.hourNone}</h2>
          <p>
            <Link to="/cases/$id" params={{ id }}>
              {words.casePrefix} {summary.number}
            </Link>
          </p>
        </section>
      )}
    </main>
  )
}

/** The three facts that close the hour (CP-11), each with what is done already. */
function ToDo({ found, hour, now, mayRecord }: { found: CaseAnswer; hour: number; now: number; mayRecord: boolean }) {
  const { lang } = useHere()
  const tell = workWords(lang)
  const facts = found.hours.find(({ n }) => n === hour)
  const steps = [
    { what: tell.doPolice, at: facts?.lawEnforcementInformedAt },
    { what: tell.doInspection, at: facts?.juvenileInspectionInformedAt },
    { what: tell.doAgree, at: facts?.measuresAgreedAt },
  ]
  return (
    <section className="card pad" aria-labelledby="do-title">
      <h2 id="do-title">{tell.hourDo}</h2>
      <p className="soft">
        {tell.hourDoLead} <Rule code="CP-11" />
      </p>
      <ol className="todo">
        {steps.map(({ what, at }) => (
          <li key={what} className={at === undefined ? '' : 'done'}>
            <span>{what}</span>
            <span className={`tag ${at === undefined ? 'late' : 'kept'}`}>
              {at === undefined ? tell.notYet : `✓ ${dayOf(at) === dayOf(now) ? timeText(at) : momentText(at, lang, dayOf(now))}`}
            </span>
          </li>
        ))}
      </ol>
      {mayRecord && (
        <a className="button" href="#evidence-title">
          {tell.toEvidence}
        </a>
      )}
    </section>
  )
}
