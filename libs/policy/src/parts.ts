/** What there is to be seen of a case, and which part each act belongs to. */
import { GIVEN_PARTS as GIVEN } from '@tirek/contract/forms/codes'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import type { Text } from '@tirek/procedure/programme'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

// oxfmt-ignore
export const PARTS = {
  summary:        t('номер, этап, кто ведет', 'нөмірі, кезеңі, кім жүргізеді', 'number, stage, who leads it'),
  risk:           t('степень риска', 'қауіп деңгейі', 'risk level'),
  child:          t('пол и возраст', 'жынысы мен жасы', 'sex and age'),
  name:           t('имя, ИИН, семья', 'аты, ЖСН, отбасы', 'name, IIN, family'),
  whereabouts:    t('адрес и телефон', 'мекенжайы мен телефоны', 'address and phone'),
  deadlines:      t('сроки и кто извещен', 'мерзімдер және кімге хабарланды', 'deadlines and who was told'),
  hours:          t('час срочных мер', 'шұғыл шаралар сағаты', 'the hour of urgent measures'),
  request:        t('обращения и рецидивы', 'өтініштер мен қайталанулар', 'requests and relapses'),
  danger:         t('срочные меры и их доказательства', 'шұғыл шаралар және дәлелдері', 'urgent measures and their evidence'),
  placement:      t('где живет ребенок', 'бала қайда тұрады', 'where the child lives'),
  assessment:     t('оценки', 'бағалаулар', 'assessments'),
  plan:           t('план и меры', 'жоспар мен шаралар', 'plan and measures'),
  contacts:       t('контакты', 'байланыстар', 'contacts'),
  reviews:        t('пересмотры и мониторинг', 'қайта қараулар мен мониторинг', 'reviews and monitoring'),
  meetings:       t('встречи и протоколы', 'кездесулер мен хаттамалар', 'meetings and protocols'),
  correspondence: t('запросы и направления', 'сұраулар мен жолдамалар', 'requests sent and referrals'),
  closure:        t('завершение', 'аяқтау', 'closure'),
  orders:         t('поручения, передачи, доступ', 'тапсырмалар, беру, қолжетім', 'assignments, hand-overs, access'),
  rights:         t('согласия, просьбы выдать данные, запреты на стирание', 'келісімдер, деректерді беру өтініштері, өшіруге тыйымдар', 'consents, requests for access, holds on erasure'),
  notes:          t('записи', 'жазбалар', 'notes'),
} as const satisfies Record<string, Text>

export type Part = keyof typeof PARTS
export const ALL_PARTS = Object.keys(PARTS) as Part[]

/** The part that an act's form belongs to. A kind forgotten does not compile. */
export const PART_OF = {
  'help-request-registered': 'request',
  'taken-by-social-worker': 'orders',
  'risk-assessed': 'danger',
  'urgent-measures-evidenced': 'danger',
  'child-safe': 'danger',
  'placement-recorded': 'placement',
  'primary-assessment-done': 'assessment',
  'assessment-decided': 'assessment',
  'assessment-term-set': 'assessment',
  'assessment-finished': 'assessment',
  'family-drawn': 'assessment',
  'plan-signed': 'plan',
  'plan-signed-by-family': 'plan',
  'measure-marked': 'plan',
  'contact-made': 'contacts',
  'contact-attempted': 'contacts',
  'next-contact-set': 'contacts',
  'review-agreed': 'reviews',
  'review-report-handed-in': 'reviews',
  'review-held': 'reviews',
  'meeting-held': 'meetings',
  'protocol-approved': 'meetings',
  'referral-sent': 'correspondence',
  'referral-answered': 'correspondence',
  'request-sent': 'correspondence',
  'request-answered': 'correspondence',
  'request-received': 'correspondence',
  'closure-asked': 'closure',
  'closure-decided': 'closure',
  'monitoring-look': 'reviews',
  relapse: 'request',
  assigned: 'orders',
  'handed-over': 'orders',
  'taken-over-from-paper': 'request',
  withdrawn: 'notes',
  'merged-into': 'orders',
  'moved-to-edition': 'orders',
  noted: 'notes',
  'consent-given': 'rights',
  'consent-refused': 'rights',
  'consent-withdrawn': 'rights',
  // Its form holds the data of before and after.
  'child-corrected': 'whereabouts',
  'correction-refused': 'rights',
  'access-asked': 'rights',
  'erasure-held': 'rights',
  'participant-invited': 'orders',
  'participation-ended': 'orders',
  'hand-over-offered': 'orders',
  'hand-over-accepted': 'orders',
  'hand-over-declined': 'orders',
  'hand-over-taken-back': 'orders',
} as const satisfies Record<ActKind, Part>

/** Parts that somebody may be invited to: those that the invitation's form names. */
export const GIVEN_PARTS = Object.keys(GIVEN) as (keyof typeof GIVEN & Part)[]
