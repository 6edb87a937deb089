/** Stages of a case in words, in their order. */
import type { Text } from '@tirek/procedure/programme'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

export const STAGE_NAMES: Readonly<Record<string, Text>> = {
  registered: t('Регистрация', 'Тіркеу', 'Registration'),
  'urgent-measures': t('Неотложные меры', 'Шұғыл шаралар', 'Urgent measures'),
  'primary-assessment': t('Первичная оценка', 'Бастапқы бағалау', 'Primary assessment'),
  'comprehensive-assessment': t('Комплексная оценка', 'Кешенді бағалау', 'Comprehensive assessment'),
  planning: t('План', 'Жоспар', 'Plan'),
  implementation: t('Помощь', 'Көмек', 'Support'),
  monitoring: t('Мониторинг', 'Мониторинг', 'Monitoring'),
  ended: t('Завершен', 'Аяқталды', 'Ended'),
}
