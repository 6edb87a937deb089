/** What is asked of a case that was led on paper, by the stage it has come to: what its terms are counted from, and what came before, folded. Pure. */

export const PAPER_STAGES = ['primary-assessment', 'comprehensive-assessment', 'planning', 'implementation', 'monitoring'] as const
export type PaperStage = (typeof PAPER_STAGES)[number]

/** In the order of the case. */
export const PAPER_GROUPS = {
  registration: ['registeredDay'],
  assessment: ['assessmentDecidedDay', 'assessmentFinishedDay'],
  plan: ['planDay', 'lastReview'],
  monitoring: ['closedDay', 'monitoringEnd', 'lastLook'],
  living: ['placement', 'placementSince'],
  contacts: ['lastHomeContact', 'lastPhoneContact'],
} as const
export type PaperGroup = keyof typeof PAPER_GROUPS
export type PaperField = (typeof PAPER_GROUPS)[PaperGroup][number]
const GROUPS = ['registration', 'assessment', 'plan', 'monitoring', 'living', 'contacts'] as const satisfies PaperGroup[]

const ALWAYS: readonly PaperField[] = ['registeredDay', 'placement', 'placementSince']
const CONTACTS: readonly PaperField[] = PAPER_GROUPS.contacts
/** What the terms of a stage are counted from (the fold of an act from paper), and what else its papers may tell. */
const ASKED: Readonly<Record<PaperStage, { now: readonly PaperField[]; before: readonly PaperField[] }>> = {
  'primary-assessment': { now: ALWAYS, before: [] },
  'comprehensive-assessment': { now: [...ALWAYS, 'assessmentDecidedDay', ...CONTACTS], before: [] },
  planning: { now: [...ALWAYS, ...PAPER_GROUPS.assessment, ...CONTACTS], before: [] },
  implementation: { now: [...ALWAYS, ...PAPER_GROUPS.plan, ...CONTACTS], before: PAPER_GROUPS.assessment },
  monitoring: { now: [...ALWAYS, ...PAPER_GROUPS.monitoring], before: [...PAPER_GROUPS.assessment, ...PAPER_GROUPS.plan] },
}

export const isPaperStage = (stage: unknown): stage is PaperStage => (PAPER_STAGES as readonly unknown[]).includes(stage)

const grouped = (fields: readonly PaperField[]) =>
  GROUPS.map((group) => ({ group, fields: PAPER_GROUPS[group].filter((field) => fields.includes(field)) })).filter(
    (one) => one.fields.length > 0,
  )
export const askedAt = (stage: PaperStage) => ({ now: grouped(ASKED[stage].now), before: grouped(ASKED[stage].before) })

/** Typed for another stage: it stays in the draft and is not sent. */
export const leftOut = (stage: PaperStage, value: Readonly<Record<string, unknown>>): PaperField[] =>
  GROUPS.flatMap((group) => PAPER_GROUPS[group] as readonly PaperField[]).filter(
    (field) => value[field] && !ASKED[stage].now.includes(field) && !ASKED[stage].before.includes(field),
  )

export function paperToSend(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { stage } = value
  const left: readonly string[] = isPaperStage(stage) ? leftOut(stage, value) : []
  return Object.fromEntries(Object.entries(value).filter(([name]) => !left.includes(name)))
}
