/**
 * The one policy: what a relation to a case allows. What no row allows is refused. Which profession may record an act stands with the act
 * (libs/contract acts.ts); here stands from which relation. `npm run tables` prints it as POLICY.md.
 */
import { KINDS } from '@tirek/contract/acts'
import type { Origin } from '@tirek/contract/origins'
import type { ActKind, Stage } from '@tirek/procedure/child-protection/acts'
import type { Text } from '@tirek/procedure/programme'
import { ALL_PARTS, type Part } from './parts.ts'
import type { Relation } from './relations.ts'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

/** What is done with a case besides recording an act. */
// oxfmt-ignore
export const ACTIONS = {
  'be-told':        t('получать письма о случае', 'іс туралы хат алу', 'be told of it by letter'),
  list:             t('видеть в списках', 'тізімдерде көру', 'see it in lists'),
  open:             t('открыть страницу', 'бетін ашу', 'open its page'),
  'read-name':      t('узнать, кто ребенок', 'баланың кім екенін білу', 'ask who the child is'),
  'read-timeline':  t('читать ленту', 'таспаны оқу', 'read the timeline'),
  'read-deadlines': t('читать сроки', 'мерзімдерді оқу', 'read its deadlines'),
  'read-file':      t('открыть личное дело', 'жеке іс қағазын ашу', 'open the personal file'),
  'read-readers':   t('видеть, кто читал', 'кім оқығанын көру', 'see who read it'),
  'read-receipts':  t('видеть, кто подтвердил письмо', 'хатты кім растағанын көру', 'see who confirmed a letter'),
  export:           t('выдать все, что хранится', 'сақталғанның бәрін беру', 'give out all that is held'),
  erase:            t('утвердить стирание', 'өшіруді бекіту', 'approve its erasure'),
  'read-access':    t('видеть, кто участвует', 'кім қатысатынын көру', 'see who takes part'),
  'see-offer':      t('видеть предложение дела', 'іс ұсынысын көру', 'see that it is offered'),
} as const satisfies Record<string, Text>
export type Action = keyof typeof ACTIONS

export type PolicyRow = {
  may: readonly Action[]
  /** `given`: the parts named in the invitation. */
  parts: readonly Part[] | 'given'
  /** Acts that may be recorded from here, by whom the act is open to. */
  record: readonly ActKind[]
  /** Only what the person recorded themselves is shown of the timeline. */
  ownOnly?: true
  /** Only in these stages; absent: in all. */
  stages?: readonly Stage[]
  rule: string
  source: string
}

const WHOLE = [
  'be-told',
  'list',
  'open',
  'read-name',
  'read-timeline',
  'read-deadlines',
  'read-file',
  'read-readers',
  'read-receipts',
  'read-access',
] as const satisfies readonly Action[]

/** What is decided by somebody else than who leads the case. */
export const DECISIONS = [
  'closure-decided',
  'assigned',
  'handed-over',
  'hand-over-offered',
  'hand-over-taken-back',
  'merged-into',
  'moved-to-edition',
  'correction-refused',
  'access-asked',
  'erasure-held',
] as const satisfies readonly ActKind[]
const OPENING: readonly ActKind[] = ['help-request-registered', 'taken-over-from-paper']

/** Recorded by the organisation that a file is offered to, and by nobody else. */
const ANSWERS_TO_OFFER = ['hand-over-accepted', 'hand-over-declined'] as const satisfies readonly ActKind[]
export const answersOffer = (kind: ActKind): boolean => (ANSWERS_TO_OFFER as readonly ActKind[]).includes(kind)

const EVERY_ACT = KINDS.filter((kind) => !OPENING.includes(kind) && !answersOffer(kind))
const ACTS_OF_CARE = EVERY_ACT.filter((kind) => !(DECISIONS as readonly ActKind[]).includes(kind))
const FIRST_STEPS = [
  'taken-by-social-worker',
  'risk-assessed',
  'urgent-measures-evidenced',
  'child-safe',
  'placement-recorded',
  'primary-assessment-done',
  'contact-made',
  'contact-attempted',
  'noted',
] as const satisfies readonly ActKind[]

export const POLICY = {
  manager: { may: WHOLE, parts: ALL_PARTS, record: ACTS_OF_CARE, rule: 'CP-17', source: 'SOP-CM stage 2; decisions by another: practice' },
  deputy: { may: WHOLE, parts: ALL_PARTS, record: ACTS_OF_CARE, rule: 'CP-64', source: 'practice' },
  'team-supervisor': { may: [...WHOLE, 'export'], parts: ALL_PARTS, record: EVERY_ACT, rule: 'CP-18', source: 'SOP-CM stages 2, 3' },
  'first-person': { may: WHOLE, parts: ALL_PARTS, record: [...FIRST_STEPS, 'withdrawn'], rule: 'CP-103', source: 'SOP-CM stage 1' },
  unled: { may: WHOLE, parts: ALL_PARTS, record: FIRST_STEPS, rule: 'CP-103', source: 'SOP-CM stage 1; all social workers: practice' },
  'on-duty': {
    may: WHOLE,
    parts: ALL_PARTS,
    record: [...FIRST_STEPS, 'assigned'],
    stages: ['urgent-measures'],
    rule: 'CP-10',
    source: 'SOP-CM stage 1; until the child is safe: practice',
  },
  'break-glass': {
    may: WHOLE,
    parts: ALL_PARTS,
    record: FIRST_STEPS.filter((kind) => kind !== 'taken-by-social-worker'),
    rule: 'CP-19',
    source: 'practice',
  },
  participant: {
    may: ['list', 'open', 'read-name', 'read-timeline'],
    parts: 'given',
    record: ['risk-assessed', 'contact-made', 'contact-attempted', 'noted'],
    rule: 'CP-19',
    source: 'SOP-CM stage 2: who takes part; what is given: practice',
  },
  placement: {
    may: ['list', 'open', 'read-name', 'read-timeline'],
    parts: ['summary', 'name', 'placement'],
    record: ['placement-recorded'],
    rule: 'CP-15',
    source: 'SOP-CM stage 2',
  },
  'organisation-lead': {
    may: ['be-told', 'list', 'open', 'read-timeline', 'read-deadlines', 'read-readers', 'read-receipts', 'read-access', 'erase'],
    parts: ['summary', 'risk', 'deadlines', 'hours', 'closure', 'orders', 'rights'],
    record: [
      'closure-decided',
      'assigned',
      'handed-over',
      'hand-over-offered',
      'hand-over-taken-back',
      'moved-to-edition',
      'correction-refused',
      'access-asked',
      'erasure-held',
    ],
    rule: 'CP-18',
    source: 'SOP-CM stages 2, 4; approvals without the content of the file: practice',
  },
  reporter: {
    may: ['open', 'read-timeline'],
    parts: ['summary', 'request'],
    record: [],
    ownOnly: true,
    rule: 'CP-103',
    source: 'practice',
  },
  'hand-over-receiver': { may: ['see-offer'], parts: [], record: ANSWERS_TO_OFFER, rule: 'CP-64', source: 'practice' },
  'hand-over-sender': {
    may: ['open', 'read-timeline'],
    parts: ALL_PARTS.filter((part) => !['child', 'whereabouts', 'deadlines', 'hours', 'name', 'risk'].includes(part)),
    record: [],
    rule: 'CP-64',
    source: 'practice',
  },
} as const satisfies Record<Relation, PolicyRow>

/** What nobody of ours does and no relation allows, by how it comes. `from`: the service that tells it, and no other. */
export const BY_NOBODY = {
  'one-time-link': { record: ['referral-answered'], from: 'referrals', rule: 'CP-54' },
} as const satisfies Record<Origin, { record: readonly ActKind[]; from: string; rule: string }>
export const mayComeBy = (origin: Origin, kind: ActKind): boolean => (BY_NOBODY[origin].record as readonly ActKind[]).includes(kind)

/** Beside the parts that are given, an invited person always sees these. */
export const WITH_GIVEN: readonly Part[] = ['summary', 'name', 'child']

export const relationsThat = (action: Action): Relation[] =>
  (Object.keys(POLICY) as Relation[]).filter((relation) => (POLICY[relation].may as readonly Action[]).includes(action))

/** Relations from which this act may be recorded; without an act: any. */
export const relationsThatRecord = (kind?: ActKind): Relation[] =>
  (Object.keys(POLICY) as Relation[]).filter((relation) => {
    const record: readonly ActKind[] = POLICY[relation].record
    return kind ? record.includes(kind) : record.length > 0
  })
