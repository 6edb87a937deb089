import type { BaseFacts, CaseSettings, ProgrammeId, RecordedAct } from './case.ts'
import type { Deadline } from './deadline.ts'
import type { Calendar } from './calendar.ts'
import type { Day, Instant } from './time.ts'

export type Text = { ru: string; kk: string; en: string }

/** Why an act may not happen now: names its rule and what to do next. `code` is translated by libs/contract problems. */
export type Refusal = { code: string; rule: string; params?: Record<string, string | number> }

/** A programme is tables, forms and these pure functions. Workflows and services know a programme only by this. */
export interface Programme<F extends BaseFacts = BaseFacts, Rules = unknown> {
  id: ProgrammeId
  /** Dated versions of the rule tables, oldest first. A released one never changes. */
  editions: readonly { id: string; from: Day; rules: Rules; hash: string }[]
  /** State is a pure fold over the acts not withdrawn. Order of the list does not matter: they are sorted by happened, recorded, the procedure's own order, id. */
  factsOf(acts: readonly RecordedAct[], context: FactsContext): F
  /** Every deadline that is or was: open ones and how the others were closed. */
  historyOf(facts: F, rules: Rules, calendar: Calendar): Deadline[]
  /** The open ones of `historyOf`. */
  deadlinesOf(facts: F, rules: Rules, calendar: Calendar): Deadline[]
  /** May this act be recorded on a case with these facts? `undefined`: yes. */
  refusalOf(act: RecordedAct, facts: F | undefined, rules: Rules, calendar: Calendar): Refusal | undefined
  /** What a deadline row awaits and why, the kind of act that ends it, and the words for doing it. */
  rowText(row: string): { what: Text; why: Text; act: string; verb: Text }
  /** The norm of a row in words, where neither the case nor the organisation changes it. */
  listedNorm(deadline: Pick<Deadline, 'row' | 'rule'>, rules: Rules): Text | undefined
  /** Why a deadline of the case is due: its rule, the norm, and the facts it was counted from. */
  groundsOf(deadline: Deadline, facts: F, rules: Rules, calendar: Calendar): Grounds
}

/** A fact that a deadline was counted from. `value.code`: of a list of the procedure, e.g. a form of care. `missing`: it is awaited. Nothing personal. */
export type Ground = {
  what: Text
  code: string
  at?: Instant
  day?: Day
  missing?: true
  value?: { of: string; code: string } | { said: Text }
}
/** `text`: the rule in short words. `source`: the place in the procedure that the term comes from. */
export type Grounds = { text: Text; source: Text; norm?: Text; facts: readonly Ground[] }

export type FactsContext = { edition: string; calendar: string; version: number; settings: CaseSettings; now?: Instant }
