/** The plan of a case: each need with its measures, who, by when and what became of them; and what each version changed. */
import { MARKS, NEED_KINDS, RESPONSIBLES } from '@tirek/contract/forms/codes'
import { dayOf } from '@tirek/procedure/time'
import { Link, useParams } from '@tanstack/react-router'
import { Fragment, useEffect } from 'react'
import { useCase, useTimeline } from '../case-data.ts'
import { useHere, useNow, usePeople } from '../me.tsx'
import { FamilySaidTo } from '../parts/family-said.tsx'
import { PlanChanges } from '../parts/plan-changes.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { familySaid, marksOf, placesOf, versionsOf, type MarkOfMeasure, type Plan } from '../plan.ts'
import { dayText } from '../when.ts'
import { formWords } from '../words-of/forms.ts'
import { workWords } from '../words-of/work.ts'
import '../work.css'

export function PlanPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { lang, words } = useHere()
  const tell = workWords(lang)
  const frm = formWords(lang)
  const today = dayOf(useNow(60_000))
  const found = useCase(id)
  const timeline = useTimeline(id)
  const number = found.data?.summary.number
  useEffect(() => void (document.title = `${tell.plan} · ${number ?? ''} · Тірек`), [tell, number])
  if (found.isPending || timeline.isPending) return <Loading words={words} />
  if (!found.data || !timeline.data)
    return (
      <main id="content" className="narrow">
        <Failure
          alone
          error={found.error ?? timeline.error}
          words={words}
          onAgain={() => void Promise.all([found.refetch(), timeline.refetch()])}
        />
      </main>
    )
  const versions = versionsOf(timeline.data.items)
  const [standing] = versions
  const marks = marksOf(timeline.data.items)
  const said = familySaid(timeline.data.items)
  const may = new Set<string>(found.data.allowedActs)
  return (
    <main id="content" className="narrow">
      <p>
        <Link to="/cases/$id" params={{ id }}>
          ← {words.casePrefix} {number}
        </Link>
      </p>
      <div className="row between wrap">
        <h1>{tell.plan}</h1>
        {may.has('plan-signed') && (
          <Link className="button" to="/cases/$id/record/$kind" params={{ id, kind: 'plan-signed' }}>
            {standing ? tell.planNewVersion : tell.planWrite}
          </Link>
        )}
      </div>
      {!standing && <p className="soft">{tell.planNone}</p>}
      {standing && (
        <>
          <p className="soft">
            {tell.planVersion} {standing.plan.planVersion}, {dayText(dayOf(standing.at), lang, today)}
          </p>
          <FamilySaidTo caseId={id} said={said.get(standing.plan.planVersion ?? 0)} today={today} />
          {may.has('plan-signed-by-family') && !said.get(standing.plan.planVersion ?? 0)?.signed && (
            <p>
              <Link className="button quiet" to="/cases/$id/record/$kind" params={{ id, kind: 'plan-signed-by-family' }}>
                {frm.saidRecord}
              </Link>
            </p>
          )}
          <Needs plan={standing.plan} marks={marks} today={today} {...(may.has('measure-marked') && { markIn: id })} />
        </>
      )}
      {versions.slice(0, -1).map((version, i) => {
        const before = versions[i + 1]!
        const saidBefore = said.get(before.plan.planVersion ?? 0)
        return (
          <Fragment key={version.act}>
            <PlanChanges
              before={before.plan}
              after={version.plan}
              title={`${tell.planVersion} ${before.plan.planVersion} → ${version.plan.planVersion}`}
            />
            {saidBefore && (
              <section aria-label={`${tell.planVersion} ${before.plan.planVersion}`}>
                <p className="soft">
                  {tell.planVersion} {before.plan.planVersion}
                </p>
                <FamilySaidTo caseId={id} said={saidBefore} today={today} />
              </section>
            )}
          </Fragment>
        )
      })}
    </main>
  )
}

/** `markIn`: the case in which measures may be marked. */
function Needs({ plan, marks, today, markIn }: { plan: Plan; marks: ReadonlyMap<string, MarkOfMeasure>; today: string; markIn?: string }) {
  const { lang } = useHere()
  const tell = workWords(lang)
  const needs = plan.needs ?? []
  const groups = [
    ...needs.map((need, i) => ({
      key: String(i),
      title: need.text ?? '',
      kind: NEED_KINDS[need.kind as keyof typeof NEED_KINDS]?.[lang],
      places: placesOf(plan, i + 1),
    })),
    { key: 'none', title: tell.planLoose, kind: undefined, places: placesOf(plan, undefined) },
  ].filter(({ key, places }) => key !== 'none' || places.length > 0)
  return groups.map(({ key, title, kind, places }, i) => (
    <section key={key} className="card pad plan-need">
      <h2>
        {key === 'none' ? title : `${i + 1}. ${title}`} {kind && <small>{kind}</small>}
      </h2>
      {places.length === 0 && <p className="soft">{tell.planNoMeasures}</p>}
      <ul className="plan-rows">
        {places.map((at) => (
          <Row key={at} plan={plan} at={at} marks={marks} today={today} {...(markIn && { markIn })} />
        ))}
      </ul>
    </section>
  ))
}

function Row({
  plan,
  at,
  marks,
  today,
  markIn,
}: {
  plan: Plan
  at: number
  marks: ReadonlyMap<string, MarkOfMeasure>
  today: string
  markIn?: string
}) {
  const { lang } = useHere()
  const tell = workWords(lang)
  const people = usePeople()
  const measure = plan.measures![at]!
  const mark = marks.get(measure.id)
  const late = !mark && measure.due !== undefined && measure.due < today
  const who =
    (measure.person && people.get(measure.person)?.name) ||
    measure.responsibleName ||
    RESPONSIBLES[measure.responsible as keyof typeof RESPONSIBLES]?.[lang]
  return (
    <li>
      <span>
        <b>{measure.action}</b>
        <small>
          {who}
          {measure.due && `, ${tell.planBy} ${dayText(measure.due, lang, today)}`}
          {mark?.note && `. ${mark.note}`}
        </small>
      </span>
      {mark ? (
        <span className={`tag ${mark.mark === 'done' ? 'kept' : 'soon'}`}>
          {MARKS[mark.mark as keyof typeof MARKS]?.[lang] ?? mark.mark}
        </span>
      ) : (
        <span className={`tag ${late ? 'late' : 'plain'}`}>{late ? tell.planLate : tell.planOpenMeasure}</span>
      )}
      {!mark && markIn && (
        <Link to="/cases/$id/record/$kind" params={{ id: markIn, kind: 'measure-marked' }} search={{ measure: measure.id } as never}>
          {tell.planMark} <span className="hidden">{measure.action}</span>
        </Link>
      )}
    </li>
  )
}
