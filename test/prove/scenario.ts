/** What a scenario is: a story of acts at instants, and what must come of it, written by hand from the procedure. */
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import type { StaffName } from '../world/clinic.ts'
import { iso, local } from '../world/local.ts'

/** Local time of Asia/Almaty, `2026-11-25 10:05`. */
export type When = string

export type Fault = 'temporal-away' | 'temporal-back' | 'mail-away' | 'mail-back' | 'notifications-stop' | 'notifications-start'

export type Happening =
  | { at: When; who: StaffName; open: 'help-request' | 'from-paper'; form: object }
  | { at: When; who: StaffName; act: ActKind; happened?: When; form: object }
  | { at: When; fault: Fault }

/** A letter that must be accepted by the mail server: when, to whom, for which rule. */
export type ExpectedLetter = [at: When, to: StaffName, rule: string]
/** How a deadline must have ended, or stand: rule, due (minute of the hour, or day), state. */
export type ExpectedDeadline = [rule: string, due: string, state: 'open' | 'kept' | 'kept-late' | 'lapsed' | 'missed']

export type Scenario = {
  name: string
  story: string
  happenings: Happening[]
  letters: ExpectedLetter[]
  deadlines: ExpectedDeadline[]
}

/** Stands for the id of the case's last review, which the protocol belongs to. */
export const OF_LAST_REVIEW = 'of-the-last-review'

// --- forms, shortly ---------------------------------------------------------------------------------------------------

const at = (when: When) => iso(local(when))

export const helpRequest = (reported: When, level: 'high' | 'medium' | 'low', criteria: string[], more: object = {}) => ({
  child: { name: 'Асқар Тестов', address: 'город Примерный, улица Проверки 1', birthDate: '2024-05-05', sex: 'male' },
  asker: { notNamed: true },
  ground: 'Сообщение для проверки порядка',
  channel: 'phone',
  source: 'public',
  reportedAt: at(reported),
  criteria,
  level,
  ...more,
})

export const evidence = (measures: When | undefined, police: When | undefined, juvenile: When | undefined) => ({
  hour: 0,
  ...(measures && { measuresAgreed: { at: at(measures), by: 'супервизор' } }),
  ...(police && { lawEnforcement: { at: at(police), reference: 'КУИ 1' } }),
  ...(juvenile && { juvenileInspection: { at: at(juvenile), reference: 'инспектор' } }),
})

export const safe = (placed: boolean) => ({ confirmedBy: 'участковый врач', placed })
export const visit = (more: object = {}) => ({ by: 'home-visit', childSeen: true, signsOfCruelty: false, ...more })
export const call = () => ({ by: 'phone', childSeen: false, signsOfCruelty: false })

const text = 'Описано для проверки'
export const report = (level: 'high' | 'medium' | 'low') => ({
  cause: text,
  timeAndPeople: text,
  health: { body: text },
  care: { safety: text },
  environment: { housing: text },
  analysis: {
    strengths: text,
    concerns: text,
    consequences: text,
    response: text,
    abilityToProtect: text,
    abilityToChange: text,
    helpNeeded: text,
  },
  recommendations: text,
  familySigned: true,
  signsOfCruelty: false,
  confirmed: 'yes',
  level,
})

export const plan = (measures: { id: string; due: string; responsible: 'family' | 'worker' }[]) => ({
  planVersion: 1,
  needs: [{ kind: 'family', text }],
  measures: measures.map((measure) => ({ ...measure, action: text })),
})
export const closure = (end: string, more: object = {}) => ({ end, criteria: end === 'closed' ? ['C1', 'C2'] : [], ...more })
export const look = (last = false) => ({ copes: true, problemsBack: false, worse: false, last, ...(last && { conclusion: text }) })
export const paper = (more: object) => ({
  child: { name: 'Асем Примерова', birthDate: '2023-03-03', sex: 'female' },
  level: 'medium',
  ...more,
})
