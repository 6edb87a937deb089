/** Terms that the text leaves to the organisation, and norms that it may look up: id, unit, default. */
import type { Text } from '../programme.ts'
import { CONTACT_SCHEDULE } from './contact-rows.ts'
import { REVIEW_OUTCOME_RULES } from './review-rows.ts'
import type { TermLength, TermRule } from './row-steps.ts'
import { CASELOAD, TERM_RULES } from './rows.ts'

export type Setting = {
  rule: string
  source: 'practice' | 'STD-153 §11'
  unit: 'workingDays' | 'days' | 'cases'
  default: number
  least: number
  most: number
  text: Text
}

type Wording = Omit<Setting, 'unit' | 'default' | 'rule' | 'source'>

const wording = (least: number, most: number, ru: string, kk: string, en: string): Wording => ({ least, most, text: { ru, kk, en } })

// oxfmt-ignore
const WORDING = {
  'level-decision':             wording(1, 3,   'Подтвердить степень риска', 'Қауіп деңгейін растау', 'Confirm the risk level'),
  'primary-assessment-medium':  wording(1, 10,  'Первичная оценка, средний риск', 'Бастапқы бағалау, орташа қауіп', 'Primary assessment, medium risk'),
  'primary-assessment-low':     wording(1, 30,  'Первичная оценка, низкий риск', 'Бастапқы бағалау, төмен қауіп', 'Primary assessment, low risk'),
  plan:                         wording(1, 30,  'План после отчета', 'Есептен кейінгі жоспар', 'Plan after the report'),
  'family-signature':           wording(1, 30,  'Подпись семьи', 'Отбасы қолы', "Family's signature"),
  'review-after-hour':          wording(1, 30,  'Пересмотр после высокого риска', 'Жоғары қауіптен кейін қайта қарау', 'Review after risk was raised to high'),
  'review-outcome':             wording(1, 30,  'Выполнить решение пересмотра', 'Қайта қарау шешімін орындау', 'Carry out what a review decided'),
  protocol:                     wording(1, 10,  'Протокол встречи', 'Кездесу хаттамасы', 'Protocol of a meeting'),
  'referral-pmpk':              wording(1, 90,  'Ответ ПМПК', 'ПМПК жауабы', 'Answer of the PMPK'),
  'referral-commission':        wording(1, 60,  'Ответ комиссии', 'Комиссия жауабы', 'Answer of the commission'),
  'referral-guardianship-body': wording(1, 60,  'Ответ органа опеки', 'Қорғаншылық органының жауабы', 'Answer of the guardianship body'),
  'closure-approval':           wording(1, 10,  'Утверждение завершения', 'Аяқталуын бекіту', 'Approval of the end of a case'),
  'request-answer':             wording(1, 60,  'Ответ на запрос', 'Сұрау салуға жауап', 'Answer to a request'),
  'contact-hospital':           wording(1, 14,  'Контакт с больницей', 'Ауруханамен байланыс', 'Contact with the ward'),
} as const satisfies Record<string, Wording>

export type SettingId = keyof typeof WORDING | 'caseload-least' | 'caseload-most'

/** Unit and default of a setting stand in the rule row that it changes. */
function lengthOf(id: string): { rule: string; term: TermLength } {
  for (const row of [...Object.values(TERM_RULES), ...Object.values(REVIEW_OUTCOME_RULES)] as TermRule[]) {
    for (const term of [row.term, ...Object.values(row.variants ?? {})])
      if (term?.setting === id) return { rule: term.rule ?? row.rule, term }
  }
  for (const contact of Object.values(CONTACT_SCHEDULE).flat()) {
    if (contact.norm.kind === 'every' && contact.norm.setting === id)
      return { rule: contact.rule, term: { length: contact.norm.every, setting: id } }
  }
  throw new RangeError(`no row has the setting ${id}`)
}

const term = ([id, words]: [string, Wording]): [string, Setting] => {
  const found = lengthOf(id)
  const [unit, count] = Object.entries(found.term.length)[0] as ['workingDays' | 'days', number]
  return [id, { rule: found.rule, source: 'practice', unit, default: count, ...words }]
}

const load = (count: number, ru: string, kk: string, en: string): Setting => ({
  rule: CASELOAD.rule,
  source: CASELOAD.source,
  unit: 'cases',
  default: count,
  least: 1,
  most: 100,
  text: { ru, kk, en },
})

export const SETTINGS = {
  ...(Object.fromEntries(Object.entries(WORDING).map(term)) as Record<keyof typeof WORDING, Setting>),
  'caseload-least': load(CASELOAD.least, 'Активных случаев не меньше', 'Белсенді істер кемінде', 'Active cases, at least'),
  'caseload-most': load(CASELOAD.most, 'Активных случаев не больше', 'Белсенді істер ең көбі', 'Active cases, at most'),
} satisfies Record<SettingId, Setting>
