/** Acts of a case as parts of documents, for a packet that somebody sends to a body: by their rights, and a reading of its own. */
import { definitionOf } from '@tirek/contract/acts'
import { formOf } from '@tirek/contract/forms/described'
import type { MARKS } from '@tirek/contract/forms/codes'
import type { Block, Print, Prints, PrintsAsked } from '@tirek/contract/prints'
import type { Lang } from '@tirek/contract/roles'
import { assessmentBlocks } from '@tirek/documents/prints/assessment'
import { formBlocks, type Printing } from '@tirek/documents/prints/form-blocks'
import { planBlocks, type PlanBeside, type PlanForm, type SignatureFile } from '@tirek/documents/prints/plan'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import type { Text } from '@tirek/procedure/programme'
import { dayOf } from '@tirek/procedure/time'
import type { Queries } from '@tirek/platform/database'
import { ProblemError } from '@tirek/platform/problem'
import type { Trail } from '@tirek/platform/trail'
import { ACCESS, mustMay, type AsPerson } from '../record/as-person.ts'
import type { Contexts } from '../record/contexts.ts'
import type { CaseRow } from '../record/pages.ts'

type Act = { id: string; kind: ActKind; at: number; recordedAt: number; by: string; version: number; form: Record<string, unknown> }
type Child = { name: string | null; birthDate: string | null }
type Of = { acts: readonly Act[]; child: Child; manager: string | null; names: ReadonlyMap<string, string>; lang: Lang }

const ACTS = `SELECT a.id, a.kind, a.happened_at AS at, a.recorded_at AS "recordedAt", a.by, a.version, a.form FROM cases.act a
  WHERE a.case_id = $1 AND NOT EXISTS (SELECT 1 FROM cases.act w WHERE w.case_id = $1 AND w.kind = 'withdrawn' AND w.fact->>'act' = a.id::text)
  ORDER BY a.happened_at, a.recorded_at, a.version`

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
/** As the personal file names them. */
const TITLES: Partial<Record<ActKind, Text>> = {
  'assessment-finished': t(
    'Отчет о комплексной оценке потребностей ребенка и семьи',
    'Бала мен отбасының қажеттіліктерін кешенді бағалау есебі',
    'Report of the comprehensive assessment',
  ),
  'plan-signed': t('Индивидуальный план сопровождения семьи', 'Отбасын сүйемелдеудің жеке жоспары', 'Individual plan of family support'),
}
const VERSION = t('версия', 'нұсқа', 'version')

export class CasePrints {
  readonly #trail: Trail
  readonly #contexts: Contexts
  readonly #asPerson: AsPerson

  constructor(trail: Trail, contexts: Contexts, asPerson: AsPerson) {
    this.#trail = trail
    this.#contexts = contexts
    this.#asPerson = asPerson
  }

  /** Throws `not-found` for a case or an act that this person does not see, `not-allowed` when they may not open the personal file. */
  async of({ who: { person }, caseId, lang, acts: wanted }: PrintsAsked): Promise<Prints> {
    const who = await this.#contexts.person(person)
    if (!who) throw new ProblemError('not-allowed')
    const { standing, db } = await this.#asPerson.of(who)
    const [row] = (await db.query(`SELECT c.*, ${ACCESS} FROM cases."case" c WHERE c.id = $1 AND c.erased_at IS NULL`, [
      caseId,
    ])) as CaseRow[]
    const decision = mustMay(standing, row, 'read-file')
    if (!decision.may('read-name') || !decision.sees('name')) throw new ProblemError('not-allowed')
    const all = (await db.query(ACTS, [caseId])) as Act[]
    const acts = all.filter((act) => decision.shows(act))
    const chosen = wanted
      ? wanted.map((id) => acts.find((act) => act.id === id))
      : (['assessment-finished', 'plan-signed'] as const).flatMap((kind) => acts.findLast((act) => act.kind === kind) ?? [])
    if (chosen.includes(undefined)) throw new ProblemError('not-found')
    const [child] = (await db.query(
      'SELECT ch.name, ch.birth_date AS "birthDate" FROM cases.child ch JOIN cases."case" c ON c.child = ch.id WHERE c.id = $1',
      [caseId],
    )) as Child[]
    await this.#trail.record([{ who, what: 'read-for-packet', why: decision.why('read-file'), caseId }])
    const of: Of = { acts, child: child!, manager: row!.manager, names: await namesOf(chosen as Act[], row!.manager, db), lang }
    return {
      child: {
        name: child!.name ?? '',
        ...(child!.birthDate === null ? {} : { birthDay: child!.birthDate }),
        fileNumber: row!.number,
      },
      items: (chosen as Act[]).map((act) => printOf(act, of)),
    }
  }
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** Of everybody of ours whom these forms name, and of who leads the case. */
async function namesOf(acts: readonly Act[], manager: string | null, db: Queries): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set([...(JSON.stringify(acts.map(({ form }) => form)).match(UUID) ?? []), ...(manager ? [manager] : [])])]
  const rows = await db.query('SELECT id, name FROM directory.person_view WHERE id = ANY($1)', [ids])
  return new Map(rows.map((row) => [row['id'] as string, row['name'] as string]))
}

function printOf(act: Act, of: Of): Print {
  const { lang } = of
  const title = (TITLES[act.kind] ?? definitionOf(act.kind).label)[lang]
  return {
    act: act.id,
    kind: act.kind,
    title: act.kind === 'plan-signed' ? `${title}, ${VERSION[lang]} ${(act.form as PlanForm).planVersion}` : title,
    day: dayOf(act.at),
    recordedAt: act.recordedAt,
    blocks: blocksOf(act, of),
  }
}

function blocksOf(act: Act, of: Of): Block[] {
  const printing: Printing = { lang: of.lang, nameOf: (id) => of.names.get(id) }
  if (act.kind === 'assessment-finished') return assessmentBlocks(act.form, printing)
  if (act.kind === 'plan-signed') return planBlocks(act.form as PlanForm, besideOf(act, of), printing)
  return formBlocks(formOf(act.kind), act.form, printing)
}

/** What else the record knows of a plan: marks of its measures, what the family said to it, who leads the case. */
export function besideOf(
  plan: Act,
  { acts, child, manager, names, signatures }: Omit<Of, 'lang'> & { signatures?: ReadonlyMap<string, SignatureFile> },
): PlanBeside {
  const later = acts.filter(({ at, version }) => at > plan.at || (at === plan.at && version > plan.version))
  const next = later.find(({ kind }) => kind === 'plan-signed')
  const version = (plan.form as { planVersion?: number }).planVersion
  // The last word counts; a form that names its version speaks of that one alone.
  const family = acts.findLast(
    (act) =>
      act.kind === 'plan-signed-by-family' &&
      (act.form['planVersion'] === undefined
        ? later.includes(act) && (!next || act.version < next.version)
        : act.form['planVersion'] === version),
  )
  return {
    day: dayOf(plan.at),
    child: { name: child.name ?? '', birthDay: child.birthDate ?? undefined },
    marks: new Map(
      acts
        .filter(({ kind }) => kind === 'measure-marked')
        .map(({ at, form }) => [
          form['measure'] as string,
          { mark: form['mark'] as keyof typeof MARKS, day: dayOf(at), note: form['note'] as string | undefined },
        ]),
    ),
    family: family?.form as PlanBeside['family'],
    signature: family && signatures?.get(family.id),
    manager: manager === null ? undefined : names.get(manager),
  }
}
