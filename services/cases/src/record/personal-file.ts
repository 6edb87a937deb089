/** CP-17: the personal file of a child: what the record holds of its five groups, and what is expected and missing. */
import { definitionOf } from '@tirek/contract/acts'
import type { Origin } from '@tirek/contract/origins'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import type { Deadline } from '@tirek/procedure/deadline'
import { isOverdue } from '@tirek/procedure/next-step'
import type { Text } from '@tirek/procedure/programme'
import { programmeOf } from '@tirek/procedure/programmes'
import type { Instant } from '@tirek/procedure/time'

export type FiledAct = { id: string; kind: ActKind; at: Instant; by: string; origin: Origin | null; form: Record<string, unknown> }

export type PersonalFile = {
  opened: boolean
  number: string
  /** The contents list: each group of the official list with what lies in it. */
  items: {
    code: string
    label: Text
    present: boolean
    rule: string
    documents: { act: string; kind: string; label: Text; at: Instant; by?: string; origin?: Origin }[]
  }[]
  /** Expected and not there. `overdue`: after its term. */
  missing: { code: string; label: Text; rule: string; due?: Instant; overdue: boolean }[]
}

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

// oxfmt-ignore
const GROUPS: readonly { code: string; label: Text; rule: string; kinds: readonly ActKind[] }[] = [
  { code: 'help-request', rule: 'CP-17', label: t('форма обращения за помощью (Приложение 1)', 'көмек сұрау өтінішінің нысаны (1-қосымша)', 'help request form (Appendix 1)'), kinds: ['help-request-registered', 'relapse'] },
  { code: 'assessment-report', rule: 'CP-23', label: t('отчет о комплексной оценке потребностей ребенка и семьи (Приложение 3)', 'бала мен отбасының қажеттіліктерін кешенді бағалау есебі (3-қосымша)', 'comprehensive assessment report (Appendix 3)'), kinds: ['assessment-finished'] },
  { code: 'plan', rule: 'CP-126', label: t('индивидуальный план сопровождения семьи (Приложение 4) и его пересмотры', 'отбасын сүйемелдеудің жеке жоспары (4-қосымша) және оны қайта қарау', 'plan of family support (Appendix 4) and its reviews'), kinds: ['plan-signed', 'plan-signed-by-family', 'review-report-handed-in', 'review-held'] },
  { code: 'requests', rule: 'CP-118', label: t('документированные запросы (исходящие и входящие)', 'құжатталған сұраулар (шығыс және кіріс)', 'requests sent and received'), kinds: ['request-sent', 'request-answered', 'request-received', 'referral-sent', 'referral-answered'] },
  { code: 'papers', rule: 'CP-17', label: t('приказы, письма, сертификаты, протоколы, касающиеся ребенка', 'балаға қатысты бұйрықтар, хаттар, сертификаттар, хаттамалар', 'orders, letters, certificates, protocols about the child'), kinds: ['protocol-approved', 'placement-recorded', 'assessment-term-set', 'closure-decided', 'handed-over', 'taken-over-from-paper'] },
]

/** Rows of deadlines that await a paper of the file. */
const PAPERS_AWAITED = new Set([
  'assessment',
  'plan',
  'family-signature',
  'review-report',
  'protocol',
  'request-answer',
  'referral',
  'form-of-care',
])

/** Stages by which a group must have something in it, whatever its term. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'assessment-report': ['planning', 'implementation', 'monitoring'],
  plan: ['implementation', 'monitoring'],
}

export function fileOf(
  of: { opened: boolean; number: string; stage: string },
  acts: readonly FiledAct[],
  open: readonly Deadline[],
  now: Instant,
): PersonalFile {
  const isPaper = (act: FiledAct, kinds: readonly ActKind[]) =>
    kinds.includes(act.kind) || (act.kind === 'noted' && act.form['what'] === 'document-added' && kinds.includes('protocol-approved'))
  const items = GROUPS.map(({ code, label, rule, kinds }) => {
    const documents = acts
      .filter((act) => isPaper(act, kinds))
      .map(({ id, kind, at, by, origin }) => ({ act: id, kind, label: definitionOf(kind).label, at, ...(origin ? { origin } : { by }) }))
    return { code, label, rule, present: documents.length > 0, documents }
  })
  const absent = items
    .filter((item) => !item.present && (item.code === 'help-request' || EXPECTED[item.code]?.includes(of.stage)))
    .map(({ code, label, rule }) => ({ code, label, rule, overdue: false }))
  const awaited = open
    .filter((deadline) => PAPERS_AWAITED.has(deadline.row))
    .map((deadline) => ({
      code: deadline.row,
      label: programmeOf('child-protection').rowText(deadline.row).what,
      rule: deadline.rule,
      ...(deadline.due === undefined ? {} : { due: deadline.due }),
      overdue: isOverdue(deadline, now),
    }))
  return { opened: of.opened, number: of.number, items, missing: [...absent, ...awaited] }
}
