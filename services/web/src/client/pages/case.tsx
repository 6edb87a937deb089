/** One case: whose, where it stands, what comes next and why, what was. */
import type { CasePage as CaseAnswer, DeadlineView, TimelineItem } from '@tirek/contract/answers'
import { PLACEMENTS } from '@tirek/contract/forms/codes'
import { ORIGINS } from '@tirek/contract/origins'
import { dayOf } from '@tirek/procedure/time'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import { ask } from '../api.ts'
import { isAct, useCase, useTimeline, type PersonalFile } from '../case-data.ts'
import { useHere, useNow, usePeople } from '../me.tsx'
import { ActLink } from '../parts/act-link.tsx'
import { CaseLine } from '../parts/case-line.tsx'
import { HourCard } from '../parts/hour-card.tsx'
import { PaperLinks, SheetLinks } from '../parts/paper-links.tsx'
import { PlanCard } from '../parts/plan-card.tsx'
import { ReferralsCard } from '../parts/referral-rows.tsx'
import { ReviewCard } from '../parts/review-card.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { TakingPart } from '../parts/taking-part.tsx'
import { RiskTag } from '../parts/tags.tsx'
import { Why } from '../parts/why.tsx'
import { Written } from '../parts/written.tsx'
import { ConsentList } from './rights.tsx'
import { ageText } from '@tirek/contract/ages'
import { dayText, dueWords, momentText, shortDay, timeText } from '../when.ts'
import { STAGES, TOLD, WARNINGS } from '../words.ts'
import { Rule } from '../parts/rule.tsx'
import '../work.css'

const STATIONS = ['registered', 'primary-assessment', 'comprehensive-assessment', 'planning', 'implementation', 'monitoring'] as const

/** Years of a case are not one column: the newest first, more when asked for. */
const HISTORY_FIRST = 15
const HISTORY_MORE = 50

export function CasePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { lang, words } = useHere()
  const now = useNow(30_000)
  const found = useCase(id)
  const timeline = useTimeline(id)
  const number = found.data?.summary.number
  useEffect(() => void (document.title = number ? `${number} · Тірек` : 'Тірек'), [number])
  if (found.isPending) return <Loading words={words} />
  if (!found.data)
    return (
      <main id="content">
        <Failure alone error={found.error} words={words} onAgain={() => void found.refetch()} />
      </main>
    )
  const { summary, deadlines, warnings, earlierUnconfirmed, erased } = found.data
  const open = deadlines.filter((deadline) => deadline.state === 'open')
  const hours = open.filter((deadline) => deadline.hour !== undefined)
  const rest = open.filter((deadline) => deadline.hour === undefined)
  return (
    <>
      <Identity found={found.data} now={now} />
      <main id="content" className="case">
        {hours.length > 0 && (
          <div className="wide">
            {hours.map((deadline) => (
              <HourCard key={deadline.key} caseId={id} number={summary.number} manager={summary.manager} deadline={deadline} onCasePage />
            ))}
          </div>
        )}
        <div>
          {erased && (
            <p className="note">
              {words.erasedOn} {dayText(dayOf(erased.at), lang)} {dayOf(erased.at).slice(0, 4)}, <Rule code={erased.rule} />.
            </p>
          )}
          {(warnings.length > 0 || earlierUnconfirmed > 0) && (
            <section className="note soon">
              <h2>{words.warningsTitle}</h2>
              <ul>
                {warnings.map((warning) => (
                  <li key={warning}>{WARNINGS[warning]?.[lang] ?? warning}</li>
                ))}
                {earlierUnconfirmed > 0 && (
                  <li>
                    {words.earlierUnconfirmed}: {earlierUnconfirmed} (<Rule code="CP-117" />)
                  </li>
                )}
              </ul>
            </section>
          )}
          <CaseLine id={id} timeline={timeline.data?.items ?? []} deadlines={deadlines} now={now} />
          {timeline.isError && <Failure error={timeline.error} words={words} onAgain={() => void timeline.refetch()} />}
          {found.data.mayReadFile && !erased && <PlanCard id={id} timeline={timeline.data?.items ?? []} now={now} />}
          {found.data.mayReadFile && !erased && (
            <ReviewCard
              caseId={id}
              mayCall={found.data.allowedActs.includes('review-held')}
              mayReport={found.data.allowedActs.includes('review-report-handed-in')}
            />
          )}
          {timeline.isSuccess && <History found={found.data} timeline={timeline.data.items} now={now} />}
        </div>
        <aside>
          <Next found={found.data} open={rest} hasHour={hours.length > 0} now={now} />
          {found.data.mayReadFile && <Papers id={id} opened={summary.fileOpened} today={dayOf(now)} />}
          {found.data.mayReadAccess && <TakingPart found={found.data} now={now} />}
          {found.data.mayReadDeadlines && <ReferralsCard caseId={id} />}
          {found.data.mayReadRights && <Consent found={found.data} />}
          <More
            found={found.data}
            family={!erased && (found.data.mayReadFile || timeline.data?.items.some(({ kind }) => kind === 'family-drawn') === true)}
          />
        </aside>
      </main>
    </>
  )
}

function Identity({ found, now }: { found: CaseAnswer; now: number }) {
  const { me, lang, words } = useHere()
  const people = usePeople()
  const { summary } = found
  const { child } = summary
  const today = dayOf(now)
  const sex = child?.sex === 'male' ? words.boy : child?.sex === 'female' ? words.girl : words.child
  const age = child?.birthDate
    ? ageText(child.birthDate, today, lang)
    : child?.age
      ? `≈ ${child.age.n} ${child.age.unit === 'months' ? words.monthsShort : words.years}`
      : words.ageUnknown
  const leads = !summary.manager
    ? words.noManager
    : summary.manager === me.person
      ? words.ledByYou
      : `${words.ledBy} ${people.get(summary.manager)?.name ?? TOLD['case-manager']![lang]}`
  return (
    <section className="identity" aria-label={`${words.casePrefix} ${summary.number}`}>
      <div>
        <div className="row between wrap">
          <div>
            <h1>
              {words.casePrefix} {summary.number}
            </h1>
            <p className="soft">
              {child && `${sex}, ${age} · `}
              {summary.placement && `${words.livesWhere} ${PLACEMENTS[summary.placement as keyof typeof PLACEMENTS]?.[lang] ?? ''} · `}
              {leads} · {words.since} {dayText(dayOf(summary.openedAt), lang, today)}
            </p>
            {found.mayReadName && <Name id={summary.id} />}
          </div>
          <div className="row wrap">
            {summary.risk && <RiskTag risk={summary.risk} words={words} />}
            {found.allowedActs.length > 0 && (
              <Link className="button" to="/cases/$id/record" params={{ id: summary.id }}>
                {words.record}
              </Link>
            )}
          </div>
        </div>
        <Stages stage={summary.stage} ended={summary.ended} high={summary.risk === 'high'} />
      </div>
    </section>
  )
}

/** The child's name: told when asked for, where nobody looks over the shoulder; the reading is recorded. */
function Name({ id }: { id: string }) {
  const { words } = useHere()
  const [shown, setShown] = useState(false)
  const child = useQuery({
    queryKey: ['case', id, 'child'],
    queryFn: ({ signal }) => ask<{ name?: string }>(`/api/cases/${id}/child`, { signal }),
    enabled: shown,
    staleTime: 60_000,
    retry: false,
  })
  return (
    <p className="row wrap">
      {shown && child.isSuccess && <b>{child.data.name ?? words.nameUnknown}</b>}
      {shown && child.isError && <span className="error">{words.failed}</span>}
      <button type="button" className="plain" aria-pressed={shown} onClick={() => setShown(!shown)}>
        {shown ? words.hideName : words.showName}
      </button>
    </p>
  )
}

function Stages({ stage, ended, high }: { stage: string; ended: boolean; high: boolean }) {
  const { lang, words } = useHere()
  // At high risk urgent measures stand where the primary assessment would.
  const stations: readonly string[] = STATIONS.map((one) =>
    one === 'primary-assessment' && (stage === 'urgent-measures' || (high && stage !== one)) ? 'urgent-measures' : one,
  )
  const at = ended ? stations.length : stations.indexOf(stage)
  return (
    <ol className="stages" aria-label={words.stage}>
      {stations.map((one, i) => (
        <li key={one} className={i < at ? 'done' : i === at ? 'now' : ''} aria-current={i === at ? 'step' : undefined}>
          {STAGES[one]?.[lang]}
          {i < at && <span className="hidden"> ✓</span>}
        </li>
      ))}
      {ended && (
        <li className="now" aria-current="step">
          {STAGES['ended']![lang]}
        </li>
      )}
    </ol>
  )
}

function Next({ found, open, hasHour, now }: { found: CaseAnswer; open: readonly DeadlineView[]; hasHour: boolean; now: number }) {
  const { lang, words } = useHere()
  const today = dayOf(now)
  const { id, ended } = found.summary
  const may = new Set<string>(found.allowedActs)
  const none = ended ? words.nothingNext : !found.mayReadDeadlines ? words.termsWithManager : hasHour ? words.firstTheHour : words.noneOpen
  const far = Number.MAX_SAFE_INTEGER
  const sorted = open.toSorted((a, b) => (a.due ?? far) - (b.due ?? far))
  return (
    <section className="card pad next-card" aria-labelledby="next-title">
      <h2 id="next-title">{words.next}</h2>
      {open.length === 0 && <p className="soft">{none}</p>}
      <ul className="next">
        {sorted.map((deadline) => {
          const due = dueWords(deadline, now, lang)
          const day = deadline.dueDay ?? (deadline.due === undefined ? undefined : dayOf(deadline.due))
          return (
            <li key={deadline.key}>
              {day ? <time dateTime={day}>{shortDay(day, lang, today)}</time> : <span className="soft">—</span>}
              <div>
                {due.tone !== 'plain' || !day ? <span className={`tag ${due.tone}`}>{due.text}</span> : null}
                <span>{deadline.what[lang]}</span>
                <Why id={id} deadline={deadline} now={now} />
                {may.has(deadline.act) && (
                  <ActLink
                    id={id}
                    deadline={deadline}
                    className={`button ${due.tone === 'late' ? '' : 'quiet'}`}
                    label={`${deadline.verb[lang]}: ${deadline.what[lang]}`}
                  >
                    {deadline.verb[lang]}
                  </ActLink>
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function History({ found, timeline, now }: { found: CaseAnswer; timeline: readonly TimelineItem[]; now: number }) {
  const { id } = found.summary
  const { lang, words } = useHere()
  const people = usePeople()
  const today = dayOf(now)
  const [shown, setShown] = useState(HISTORY_FIRST)
  const all = useQuery({
    queryKey: ['case', id, 'deadlines'],
    queryFn: ({ signal }) => ask<{ items: DeadlineView[] }>(`/api/cases/${id}/deadlines`, { signal }),
    enabled: found.mayReadDeadlines === true,
  })
  const closedAt = new Map(
    (all.data?.items ?? []).flatMap((deadline) =>
      deadline.closedAt !== undefined && (deadline.state === 'kept' || deadline.state === 'kept-late')
        ? [[`${deadline.act}${deadline.closedAt}`, deadline.state] as const]
        : [],
    ),
  )
  return (
    <section className="history-card" aria-labelledby="history-title">
      <h2 id="history-title">{words.history}</h2>
      {timeline.length === 0 && <p className="soft">{words.historyNone}</p>}
      <ul className="history gap">
        {timeline.slice(0, shown).map((item) => {
          const kept = closedAt.get(`${item.kind}${item.happenedAt}`)
          const sameMinute = Math.abs(item.recordedAt - item.happenedAt) < 120_000
          const by = item.origin ? ORIGINS[item.origin][lang] : item.by && people.get(item.by)?.name
          return (
            <li key={item.id} className={!isAct(item) || item.withdrawn || item.kind === 'contact-attempted' ? 'hollow' : ''}>
              {isAct(item) ? <b>{item.withdrawn ? <del>{item.label[lang]}</del> : item.label[lang]}</b> : <Step item={item} />}{' '}
              {item.withdrawn && <span className="tag plain">{words.withdrawn}</span>}
              {!item.withdrawn && item.kind === 'contact-attempted' && <span className="tag plain">{words.notCounted}</span>}
              {!item.withdrawn && kept && (
                <span className={`tag ${kept === 'kept' ? 'kept' : 'soon'}`}>{kept === 'kept' ? words.kept : words.keptLate}</span>
              )}
              <br />
              <small className="num">
                {item.kind === 'taken-over-from-paper'
                  ? dayText(dayOf(item.happenedAt), lang, today)
                  : momentText(item.happenedAt, lang, today)}
                {!sameMinute &&
                  `, ${words.recordedAt} ${dayOf(item.recordedAt) === dayOf(item.happenedAt) ? timeText(item.recordedAt) : momentText(item.recordedAt, lang, today)}`}
                {by && ` · ${by}`}
              </small>
              {item.kind === 'family-drawn' && (
                <div>
                  <Link to="/cases/$id/family" params={{ id }}>
                    {words.familyDrawn}
                  </Link>
                </div>
              )}
              {isAct(item) && item.kind !== 'family-drawn' && item.form && Object.keys(item.form).length > 0 && (
                <Opened kind={item.kind} form={item.form} words={words.whatWritten}>
                  <PaperLinks caseId={id} act={item.id} name={item.label[lang]} />
                </Opened>
              )}
            </li>
          )
        })}
      </ul>
      {timeline.length > shown && (
        <button type="button" className="button quiet" onClick={() => setShown(shown + HISTORY_MORE)}>
          {words.showMore}: {timeline.length - shown}
        </button>
      )}
    </section>
  )
}

/** A step the system took: what it did, whom it told, on which term. */
function Step({ item }: { item: TimelineItem }) {
  const { lang, words } = useHere()
  const whom = ((item.form?.['whom'] as string[] | undefined) ?? []).map((role) => TOLD[role]?.[lang] ?? role).join(', ')
  const what =
    { 'step-remind': words.stepRemind, 'step-escalate': words.stepEscalate, 'step-overdue': words.stepOverdue }[item.kind] ?? item.kind
  return (
    <span>
      {what}: {item.label[lang]} <small>→ {whom}</small>
    </span>
  )
}

function Opened({ kind, form, words, children }: { kind: string; form: Record<string, unknown>; words: string; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words}</summary>
      {open && <Written kind={kind} form={form} />}
      {open && children}
    </details>
  )
}

/** Pages of the case that have no card of their own. */
function More({ found, family }: { found: CaseAnswer; family: boolean }) {
  const { words } = useHere()
  const params = { id: found.summary.id }
  if (!family && !found.mayReadRights && !found.mayReadReaders) return null
  return (
    <nav className="card pad papers-card" aria-labelledby="more-title">
      <h2 id="more-title">{words.moreOfCase}</h2>
      <ul className="papers">
        {family && (
          <li>
            <Link to="/cases/$id/family" params={params}>
              {words.familyDrawn}
            </Link>
          </li>
        )}
        {found.mayReadRights && (
          <>
            <li>
              <Link to="/cases/$id/meetings" params={params}>
                {words.meetings}
              </Link>
            </li>
            <li>
              <Link to="/cases/$id/rights" params={params}>
                {words.rights}
              </Link>
            </li>
          </>
        )}
        {found.mayReadReaders && (
          <li>
            <Link to="/cases/$id/readers" params={params} preload={false}>
              {words.readers}
            </Link>
          </li>
        )}
      </ul>
    </nav>
  )
}

/** RT-01: what the family agreed to. */
function Consent({ found }: { found: CaseAnswer }) {
  const { words } = useHere()
  return (
    <section className="card pad papers-card" aria-labelledby="consent-title">
      <h2 id="consent-title">{words.consent}</h2>
      {found.consents.length === 0 ? <p className="soft">{words.consentNone}</p> : <ConsentList found={found} short />}
    </section>
  )
}

function Papers({ id, opened, today }: { id: string; opened: boolean; today: string }) {
  const { lang, words } = useHere()
  const file = useQuery({
    queryKey: ['case', id, 'file'],
    queryFn: ({ signal }) => ask<PersonalFile>(`/api/cases/${id}/file`, { signal }),
    retry: false,
  })
  const missing = file.data?.missing ?? []
  const present = (file.data?.items ?? []).flatMap((item) => item.documents)
  return (
    <section className="card pad papers-card" aria-labelledby="file-title">
      <h2 id="file-title">{words.file}</h2>
      {!opened && <p className="soft">{words.fileNone}</p>}
      {file.isError && <Failure error={file.error} words={words} />}
      {missing.length > 0 && (
        <>
          <p className="label">{words.fileMissing}</p>
          <ul className="papers">
            {missing.map((item) => (
              <li key={item.code}>
                ○ {item.label[lang]}{' '}
                <small>
                  <Rule code={item.rule} />
                </small>{' '}
                {item.overdue && <span className="tag late">{words.hourLate}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      {file.isSuccess && opened && missing.length === 0 && <p>{words.fileComplete}</p>}
      {present.length > 0 && (
        <details>
          <summary>
            {words.fileHas}: {present.length}
          </summary>
          <ul className="papers">
            {present.map((item) => (
              <li key={item.act}>
                ● {item.label[lang]} <small className="num">{shortDay(dayOf(item.at), lang, today)}</small>
                <PaperLinks caseId={id} act={item.act} name={item.label[lang]} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <SheetLinks caseId={id} />
    </section>
  )
}
