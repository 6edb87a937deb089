/** What an organisation may set: the procedure's settings table, and whether contact norms hold before the plan (CP-47). */
import type { Setting } from '@tirek/contract/people'
import { SETTINGS } from '@tirek/procedure/child-protection/settings'
import { RETENTION, type RetentionRow } from '@tirek/procedure/rights/retention'

export type Term = Omit<Setting, 'value'>

const BEFORE_PLAN: Term = {
  term: 'contacts-before-plan',
  rule: 'CP-47',
  unit: 'switch',
  standard: 1,
  least: 0,
  most: 1,
  text: {
    ru: 'Нормы контактов до плана',
    kk: 'Жоспарға дейінгі байланыс нормалары',
    en: 'Contact norms before the plan',
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

/** RT-30: how long each kind of document is kept. */
const retentionOf = (row: RetentionRow): Term => ({
  term: row.setting,
  rule: row.rule,
  unit: 'months',
  standard: row.term,
  least: row.least,
  most: row.most,
  text: {
    ru: `Хранить, месяцев: ${row.text.ru}`,
    kk: `Сақтау, ай: ${row.text.kk}`,
    en: `Keep, months: ${row.text.en}`,
  },
})

export const TERMS: ReadonlyMap<string, Term> = new Map(
  [...Object.entries(SETTINGS).map(termOf), BEFORE_PLAN, ...Object.values(RETENTION).map(retentionOf)].map((term) => [term.term, term]),
)
