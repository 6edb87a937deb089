/**
 * A proceeding is a process of its own beside a case, with rows, steps, an outbox and a workflow of its own: a meeting, a referral. What its service
 * must say of it stands here; all else in this package is the same for every kind.
 */
import type { Calendar } from '@tirek/procedure/calendar'
import type { Instant } from '@tirek/procedure/time'
import type { EntityManager, EntityTarget } from 'typeorm'

/** Where its rows are. Both go into statements: constants of the code, never what somebody typed. */
export type Place = {
  /** The schema. */
  schema: 'meetings' | 'referrals'
  /** The table of it, the column by which other tables name it, and how its keys and the trail call it. */
  of: 'meeting' | 'referral'
}

/** The columns that every proceeding has. */
export type ProceedingRow = {
  id: string
  caseId: string
  caseNumber: string
  programme: string
  organisation: string
  /** Grows with every act of a person; `factsVersion` with everything that is learned. */
  version: number
  factsVersion: number
  /** Version of the working calendar. */
  calendar: string
  manager: string | null
  firstPerson: string
  nextStepAt: number | null
}

export type ProceedingFacts = { version: number; calendar: string }

/** Taken once by its key, which holds nothing personal. */
export type ProceedingStep = { key: string; row: string; at: Instant; do: 'mail' | 'tell'; whom: string }

/** `L`: a proceeding with all that belongs to it, as one transaction reads it. */
export type Kind<L, F extends ProceedingFacts = ProceedingFacts, S extends ProceedingStep = ProceedingStep> = Place & {
  entity: EntityTarget<ProceedingRow>
  /** Nothing where these rows are not there for who asks. `lock`: nobody else changes it until the end of the transaction. */
  load(tx: EntityManager, id: string, lock?: boolean): Promise<L | undefined>
  rowOf(loaded: L): ProceedingRow
  factsOf(loaded: L): F
  /** Everything to be done by these facts, taken or not, in order. */
  stepsOf(facts: F, calendar: Calendar): S[]
  /** Of the steps that are due, those that still help. */
  helping(due: readonly S[], facts: F, now: Instant): S[]
  /** Nothing is awaited of it any more. */
  isOver(facts: F): boolean
  /** Once the case has ended: does a step of this row wait for what happens no more? */
  stopsWithCase(row: string): boolean
  /** It is to be ended by hand once the case has ended: `case-ended` is told once. */
  outlivesCase(facts: F): boolean
  /** The rule of a row, for letters. */
  ruleOf(row: string): string
  /** The case refused an act of this kind: takes back what it was thought to have done. True: the row is written otherwise now. */
  refused?(loaded: L, act: string): boolean
  /** How the trail calls an act, where it is not `<of>-<act>`. */
  trailOf?(what: string): string
}

/** Told once of one that goes on after its case has ended, by the row of that name. */
export const CASE_ENDED = 'case-ended'
/** Stands in the key of a step of when its case had ended, before the instant: the case was opened again. */
export const FORMERLY = '/formerly/'

/** The steps that are not taken. */
export const openStepsOf = <F extends ProceedingFacts, S extends ProceedingStep>(
  { stepsOf }: Pick<Kind<never, F, S>, 'stepsOf'>,
  facts: F,
  calendar: Calendar,
  taken: ReadonlySet<string>,
): S[] => stepsOf(facts, calendar).filter(({ key }) => !taken.has(key))
