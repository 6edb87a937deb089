/** What an organisation may set: the procedure's settings table, and whether contact norms hold before the plan (CP-47). */
import type { Setting } from '@tirek/contract/people'
import { SETTINGS } from '@tirek/procedure/child-protection/settings'

export type Term = Omit<Setting, 'value'>

const BEFORE_PLAN: Term = {
  term: 'contacts-before-plan',
  rule: 'CP-47',
  unit: 'switch',
  standard: 1,
  least: 0,
  most: 1,
  text: {
    ru: 'Нормы контактов до плана (1: да, 0: нет)',
    kk: 'Жоспарға дейінгі байланыс нормалары (1: иә, 0: жоқ)',
    en: 'Contact norms before the plan (1: yes, 0: no)',
  },
}

const termOf = ([term, setting]: [string, (typeof SETTINGS)[keyof typeof SETTINGS]]): Term => ({
  term,
  rule: setting.rule,
  unit: setting.unit,
  standard: setting.default,
  least: setting.least,
  most: setting.most,
  text: setting.text,
})

export const TERMS: ReadonlyMap<string, Term> = new Map(
  [...Object.entries(SETTINGS).map(termOf), BEFORE_PLAN].map((term) => [term.term, term]),
)
