/** Codes of access to a case with their captions; without a schema library, since pages read them too. */
import type { Text } from '@tirek/procedure/programme'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

/** Parts of a case that somebody may be invited to. */
export const GIVEN_PARTS = {
  request: t('обращения и рецидивы', 'өтініштер мен қайталанулар', 'requests and relapses'),
  danger: t('срочные меры и их доказательства', 'шұғыл шаралар және дәлелдері', 'urgent measures and their evidence'),
  assessment: t('оценки', 'бағалаулар', 'assessments'),
  plan: t('план и меры', 'жоспар мен шаралар', 'plan and measures'),
  contacts: t('контакты', 'байланыстар', 'contacts'),
  reviews: t('пересмотры и мониторинг', 'қайта қараулар мен мониторинг', 'reviews and monitoring'),
  meetings: t('встречи и протоколы', 'кездесулер мен хаттамалар', 'meetings and protocols'),
  correspondence: t('запросы и направления', 'сұраулар мен жолдамалар', 'requests sent and referrals'),
  placement: t('где живет ребенок', 'бала қайда тұрады', 'where the child lives'),
} as const satisfies Record<string, Text>

/** What a review of an opening in danger may find. */
export const CONCLUSIONS = {
  justified: t('обоснованно', 'негізді', 'justified'),
  'not-justified': t('необоснованно', 'негізсіз', 'not justified'),
} as const satisfies Record<string, Text>

/** AC-01: so many signs at least. */
export const LEAST_REASON = 20
