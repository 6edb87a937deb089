/** Reviews of a case for who may open its personal file: each reading a row of the trail; their papers made when asked for. */
import { RESPONSIBLES, type PLACEMENTS, type REVIEW_DECISIONS, type RISK_LEVELS } from '@tirek/contract/forms/codes'
import type { PRINTED_ACTS, ReviewState } from '@tirek/contract/reviews'
import type { Lang } from '@tirek/contract/roles'
import type { Print } from '@tirek/documents/printing/printer'
import type { ReviewReportView, ReviewSheetView } from '@tirek/documents/review/view'
import type { RecordedAct } from '@tirek/procedure/case'
import type { ChildProtectionCase } from '@tirek/procedure/child-protection/facts'
import { dayOf } from '@tirek/procedure/time'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import { ProblemError } from '@tirek/platform/problem'
import type { Trail } from '@tirek/platform/trail'
import { ACCESS, mustMay, type AsPerson } from '../record/as-person.ts'
import type { Contexts } from '../record/contexts.ts'
import type { Procedure } from '../record/facts.ts'
import type { CaseRow } from '../record/pages.ts'
import { awaitedOf, measuresOf, plansOf, reportForm, stateOf, type OfCase, type Written } from '../record/reviews.ts'

type Known = Written & RecordedAct
type PrintedAct = (typeof PRINTED_ACTS)[number]
type Opened = Omit<OfCase, 'acts'> & { row: CaseRow; acts: Known[]; mayHandIn: boolean; names: ReadonlyMap<string, string>; child: string }

const ACTS = `SELECT a.id, a.kind, a.happened_at AS at, a.happened_at AS "happenedAt", a.recorded_at AS "recordedAt", a.by, a.form, a.fact, a.version
   FROM cases.act a WHERE a.case_id = $1 AND NOT EXISTS (SELECT 1 FROM cases.act w WHERE w.case_id = $1 AND w.kind = 'withdrawn' AND w.fact->>'act' = a.id::text)
  ORDER BY a.happened_at, a.recorded_at, a.version`

export class Reviews {
  readonly #clock: Clock
  readonly #trail: Trail
  readonly #contexts: Contexts
  readonly #asPerson: AsPerson
  readonly #procedure: Procedure
  readonly #print: Print

  constructor(clock: Clock, trail: Trail, contexts: Contexts, asPerson: AsPerson, procedure: Procedure, print: Print) {
    this.#print = print
    this.#clock = clock
    this.#trail = trail
    this.#contexts = contexts
    this.#asPerson = asPerson
    this.#procedure = procedure
  }

  /** The review that comes and those that were held; the report's form filled, for who may hand it in. */
  async state(caseId: string, who: Who): Promise<ReviewState> {
    const of = await this.#open(caseId, who, 'read-review')
    const now = this.#clock.now()
    const state = stateOf(of, now, (person) => of.names.get(person))
    const form = of.mayHandIn ? reportForm(of, await this.#factsThen(of), now, who.lang) : undefined
    return { ...state, ...(form && { form }) }
  }

  /** One paper as a file. Same act, same bytes. */
  async paper(caseId: string, actId: string, ending: 'pdf' | 'docx', who: Who): Promise<{ name: string; bytes: Buffer }> {
    const of = await this.#open(caseId, who, 'review-paper-read', actId)
    const act = of.acts.find(({ id }) => id === actId)
    if (!act || !isPrinted(act.kind)) throw new ProblemError('not-found')
    const { reportSheet, reviewFileName, reviewSheet } = await import('@tirek/documents/review/sheets')
    if (act.kind === 'review-report-handed-in') {
      const view = await this.#reportView(of, act, who.lang)
      return { name: reviewFileName('report', view, ending), bytes: await this.#print(reportSheet(view), ending) }
    }
    const view = await this.#sheetView(of, act, who.lang)
    return { name: reviewFileName('sheet', view, ending), bytes: await this.#print(reviewSheet(view), ending) }
  }

  /** The sheets of all reviews that were held, in order: for a paper whose reading is recorded by whoever makes it. */
  async held(caseId: string, who: Who, lang: Lang): Promise<{ at: number; review: ReviewSheetView }[]> {
    const of = await this.#open(caseId, who)
    const held = of.acts.filter(({ kind }) => kind === 'review-held')
    return Promise.all(held.map(async (act) => ({ at: act.at, review: { ...(await this.#sheetView(of, act, lang)), lang } })))
  }

  async #reportView(of: Opened, act: Known, lang: Lang): Promise<ReviewReportView> {
    const form = act.form as ReportForm
    const plan = plansOf(of.acts).findLast(({ at }) => at <= act.at)
    const known = new Map(
      plansOf(of.acts).flatMap((one) => measuresOf(one.form, of.acts, (id) => of.names.get(id)).map((line) => [line.id, line])),
    )
    return {
      ...(await this.#common(of, act, lang)),
      day: dayOf(act.at),
      planVersion: form.planVersion ?? plan?.form.planVersion,
      since: form.since,
      until: form.until,
      text: form.report,
      measures: (form.measures ?? []).map(({ measure, ...said }) => {
        const line = known.get(measure)
        return {
          text: line?.action ?? '',
          need: line?.need,
          from: line?.from,
          due: line?.due,
          responsible: line && whose(line, lang),
          ...said,
        }
      }),
      contacts: form.contacts,
      assessments: form.assessments,
      placement: form.placement,
      changes: form.changes,
      levelThen: form.levelThen,
      levelNow: form.levelNow,
      closureCriteria: form.closureCriteria ?? [],
      proposal: form.proposal && { code: form.proposal, reason: form.proposalReason },
      writtenBy: named(of.names.get(act.by)),
    }
  }

  async #sheetView(of: Opened, act: Known, lang: Lang): Promise<ReviewSheetView> {
    const form = act.form as HeldForm
    const next = of.acts.find((one) => one.kind === 'review-held' && one.at > act.at)?.at ?? Infinity
    const plans = plansOf(of.acts)
    // The version that this review made; without one, the version that stood at it.
    const revised = plans.find(({ at }) => at > act.at && at < next)
    const plan = revised ?? plans.findLast(({ at }) => at <= act.at)
    const measures = plan ? measuresOf(plan.form, of.acts, (id) => of.names.get(id), revised ? next : act.at) : []
    return {
      ...(await this.#common(of, act, lang)),
      day: dayOf(act.at),
      present: form.present ?? [],
      coordinator: named(form.coordinator && of.names.get(form.coordinator)),
      measures: measures.map((line) => ({
        text: line.action,
        need: line.need,
        from: line.from,
        due: line.due,
        responsible: whose(line, lang),
        mark: line.mark,
      })),
      planVersion: revised?.form.planVersion,
      decision: { code: form.decision, reason: form.reason },
      earlierReason: form.earlierReason,
      next: form.nextDay,
    }
  }

  async #common(of: Opened, act: Known, lang: Lang) {
    const held = of.acts.filter((one) => one.kind === 'review-held')
    const before = held.filter(({ at }) => at < act.at).length
    return {
      // The official form is Russian; who works in Kazakh gets both.
      lang: lang === 'kk' ? ('kk' as const) : ('ru' as const),
      createdAt: act.recordedAt,
      organisation: (await this.#contexts.organisationName(of.row.organisation))[lang === 'kk' ? 'kk' : 'ru'],
      number: before + 1,
      child: { name: of.child, fileNumber: of.number },
    }
  }

  /** Facts as they were when the period of the coming review began. */
  async #factsThen(of: Opened): Promise<ChildProtectionCase> {
    const since = awaitedOf(of.facts)?.from ?? 0
    const context = await this.#contexts.of(of.row.organisation)
    const acts = of.acts.filter(({ at }) => at <= since)
    const { facts } = await this.#procedure.stateOf(of.row.programme, acts, of.row.edition, of.row.version, context)
    return facts as unknown as ChildProtectionCase
  }

  async #open(caseId: string, who: Who, what?: string, about?: string): Promise<Opened> {
    const { standing, db } = await this.#asPerson.of(who)
    const [found] = await db.query(
      `SELECT c.*, ${ACCESS}, ch.name AS child_name FROM cases."case" c LEFT JOIN cases.child ch ON ch.id = c.child WHERE c.id = $1`,
      [caseId],
      'case-for-review',
    )
    const row = found as unknown as (CaseRow & { child_name: string | null }) | undefined
    const decision = mustMay(standing, row, 'read-file')
    if (!decision.sees('reviews') || !decision.sees('plan')) throw new ProblemError('not-allowed')
    if (row!.erased_at) throw new ProblemError('case-erased')
    if (what) await this.#trail.record([{ who, what, why: decision.why('read-file'), caseId, ...(about && { about }) }])
    const acts = (await db.query(ACTS, [caseId], 'acts-for-review')) as unknown as Known[]
    const people = await db.query(
      'SELECT id, name FROM directory.person_view WHERE id = ANY($1)',
      [[...new Set(acts.flatMap(({ by, form }) => [by, ...peopleIn(form)]))]],
      'people-of-review',
    )
    return {
      id: row!.id,
      number: row!.number,
      row: row!,
      facts: row!.facts as unknown as ChildProtectionCase,
      acts: acts.filter((act) => decision.shows({ ...act, version: act.version ?? 0 })),
      history: await this.#procedure.historyOf(row!.facts),
      mayHandIn: decision.mayRecord('review-report-handed-in'),
      names: new Map(people.map(({ id, name }) => [id as string, name as string])),
      child: decision.sees('name') ? (row!.child_name ?? '') : '',
    }
  }
}

type ReportForm = {
  report: string
  planVersion?: number
  since?: string
  until?: string
  measures?: ({ measure: string } & Pick<ReviewReportView['measures'][number], 'mark' | 'worked' | 'effect' | 'note'>)[]
  contacts?: ReviewReportView['contacts']
  assessments?: string
  placement?: keyof typeof PLACEMENTS
  changes?: string
  levelThen?: keyof typeof RISK_LEVELS
  levelNow?: keyof typeof RISK_LEVELS
  closureCriteria?: string[]
  proposal?: keyof typeof REVIEW_DECISIONS
  proposalReason?: string
}
type HeldForm = {
  decision: keyof typeof REVIEW_DECISIONS
  present?: string[]
  coordinator?: string
  reason?: string
  earlierReason?: string
  nextDay?: string
}

export const isPrinted = (kind: string): kind is PrintedAct => kind === 'review-report-handed-in' || kind === 'review-held'
const named = (name: string | undefined) => (name ? { name } : undefined)
const whose = ({ who, responsible }: { who?: string | undefined; responsible: string }, lang: Lang) =>
  who ?? RESPONSIBLES[responsible as keyof typeof RESPONSIBLES][lang]

function peopleIn(form: Record<string, unknown>): string[] {
  const measures = (form['measures'] ?? []) as { person?: string }[]
  return [form['coordinator'], ...(Array.isArray(measures) ? measures.map(({ person }) => person) : [])].filter(
    (one): one is string => typeof one === 'string',
  )
}
