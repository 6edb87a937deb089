/** What is printed besides the papers of single acts: sheets of a whole case and of an edition. Pages read it too, so it draws on no form. */
import type { Text } from '@tirek/procedure/programme'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

export const CASE_SHEETS = {
  reach: t(
    'Как с нами связаться: лист для семьи',
    'Бізге қалай хабарласуға болады: отбасына арналған парақ',
    'How to reach us: sheet for the family',
  ),
  plan: t('План и все его пересмотры', 'Жоспар және оның барлық қайта қараулары', 'The plan and all its reviews'),
  contacts: t('Журнал контактов', 'Байланыстар журналы', 'Log of contacts'),
  file: t('Обложка и опись личного дела', 'Жеке іс қағазының мұқабасы мен тізімдемесі', 'Cover and contents of the personal file'),
  'hand-over': t('Акт приема-передачи дела', 'Істі қабылдау-тапсыру актісі', 'Act of handing over the file'),
  'urgent-notice': t('Экстренное извещение', 'Шұғыл хабарлама', 'Urgent notice'),
} as const satisfies Record<string, Text>
export type CaseSheet = keyof typeof CASE_SHEETS
export const isCaseSheet = (name: string): name is CaseSheet => Object.hasOwn(CASE_SHEETS, name)

/** The drawings of a family, each with its table. */
export const FAMILY_SHEETS = ['genogram', 'ecomap'] as const
export type FamilySheet = (typeof FAMILY_SHEETS)[number]
export const isFamilySheet = (name: string): name is FamilySheet => (FAMILY_SHEETS as readonly string[]).includes(name)

export const EDITION_SHEETS = {
  changes: t('Лист регистрации изменений', 'Өзгерістерді тіркеу парағы', 'Sheet of changes'),
  acquaintance: t('Лист ознакомления', 'Танысу парағы', 'Acquaintance sheet'),
} as const satisfies Record<string, Text>
export type EditionSheet = keyof typeof EDITION_SHEETS
export const isEditionSheet = (name: string): name is EditionSheet => Object.hasOwn(EDITION_SHEETS, name)

/** More rows than these are no paper any more. */
export const MOST_PRINTED_ROWS = 1_000
