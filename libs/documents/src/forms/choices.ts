/** Choices on paper: boxes to tick. */
import { CRITERIA, type Code } from '@tirek/procedure/child-protection/criteria'
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'
import type { Field } from '../prints/form-blocks.ts'

const OPEN = '☐'
const TICKED = '☒'
export const YES_NO = { ru: ['да', 'нет'], kk: ['иә', 'жоқ'], en: ['yes', 'no'] } as const
/** More of them stand one below the other. */
const ON_ONE_LINE = 60

type Choice = Field & { anyOf?: { const?: unknown }[] }

const boxes = (labels: readonly string[]) => {
  const all = labels.map((label) => `${OPEN} ${label}`)
  const line = all.join('   ')
  return line.length <= ON_ONE_LINE ? line : all.join('\n')
}

/** What may be ticked where nothing is written; nothing for a field that is written in words. */
export function choicesOf(field: Choice, lang: Lang): string {
  if (field.type === 'boolean') return boxes(YES_NO[lang])
  const labels = field.labels ?? field.items?.labels
  if (labels) return boxes(Object.values(labels).map((label) => label[lang]))
  return field.anyOf ? boxes(field.anyOf.map((one) => String(one.const))) : ''
}

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
/** Lists of the criteria, as SOP-CM prints them (forms/risk-criteria.md). */
const GROUPS: readonly { of: RegExp; head: Text }[] = [
  { of: /^H\d/, head: t('Ситуации высокого риска', 'Жоғары қауіп жағдайлары', 'Situations of high risk') },
  { of: /^HS/, head: t('Обеспечение безопасности ребенка', 'Баланың қауіпсіздігін қамтамасыз ету', "The child's safety") },
  { of: /^HH/, head: t('Охрана здоровья ребенка', 'Баланың денсаулығын қорғау', "The child's health") },
  { of: /^HF/, head: t('Семья и семейные отношения', 'Отбасы және отбасылық қарым-қатынас', 'The family and its relations') },
  {
    of: /^U/,
    head: t('Ситуации, требующие срочных мер', 'Шұғыл шараларды талап ететін жағдайлар', 'Situations that need urgent measures'),
  },
  { of: /^M/, head: t('Ситуации среднего риска', 'Орташа қауіп жағдайлары', 'Situations of medium risk') },
  { of: /^L/, head: t('Ситуации низкого риска', 'Төмен қауіп жағдайлары', 'Situations of low risk') },
  {
    of: /^P/,
    head: t(
      'Первоочередные случаи для комплексной оценки',
      'Кешенді бағалаудың кезектен тыс жағдайлары',
      'First in line for the assessment',
    ),
  },
]

/** A list of choices: what was ticked, or, where nothing was, all of them, the criteria under their heads. */
export function ticked(field: Field, value: unknown, lang: Lang): string[] {
  const chosen = Array.isArray(value) ? (value as string[]) : []
  const labels = field.labels ?? {}
  if (chosen.length > 0) return [chosen.map((code) => `${TICKED} ${labels[code]?.[lang] ?? code}`).join('\n')]
  const codes = Object.keys(labels)
  const line = (code: string) => `${OPEN} ${labels[code]![lang]}`
  if (!codes.every((code) => code in CRITERIA) || codes.length < 12) return [codes.map(line).join('\n')]
  return GROUPS.flatMap(({ of, head }) => {
    const own = codes.filter((code): code is Code => of.test(code))
    return own.length === 0 ? [] : [[head[lang], ...own.map(line)].join('\n')]
  })
}
