/** What kinds of agencies there are. Without a schema: the pages load it too. */
import type { Text } from '@tirek/procedure/programme'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

/** CP-93, and CP-56 for the commissions. */
export const AGENCY_KINDS = {
  'social-protection': t('социальная защита', 'әлеуметтік қорғау', 'social protection'),
  education: t('образование', 'білім беру', 'education'),
  police: t('полиция', 'полиция', 'police'),
  'juvenile-inspection': t('ювенальная инспекция', 'ювеналды инспекция', 'juvenile inspection'),
  'childrens-rights': t('департамент по охране прав детей', 'балалар құқықтарын қорғау департаменті', "department for children's rights"),
  akimat: t('акимат', 'әкімдік', 'akimat'),
  ngo: t('НПО', 'ҮЕҰ', 'NGO'),
  'guardianship-body': t('орган опеки и попечительства', 'қорғаншылық және қамқоршылық органы', 'guardianship body'),
  'commission-services': t(
    'комиссия интегрированной модели оказания специальных социальных услуг',
    'арнаулы әлеуметтік қызметтердің интеграцияланған моделі комиссиясы',
    'commission for the integrated model of special social services',
  ),
  'commission-minors': t(
    'комиссия по делам несовершеннолетних',
    'кәмелетке толмағандардың істері жөніндегі комиссия',
    'commission on minors',
  ),
  pmpk: t(
    'психолого-медико-педагогическая комиссия',
    'психологиялық-медициналық-педагогикалық комиссия',
    'psychological-medical-pedagogical commission',
  ),
  'childrens-home': t('дом ребенка', 'балалар үйі', "children's home"),
  'day-centre': t('дневной центр', 'күндізгі орталық', 'day centre'),
  'maternity-hospital': t('родильный дом', 'перзентхана', 'maternity hospital'),
  preschool: t('дошкольная организация', 'мектепке дейінгі ұйым', 'preschool'),
  court: t('суд', 'сот', 'court'),
  prosecutor: t('прокуратура', 'прокуратура', 'prosecutor'),
} as const satisfies Record<string, Text>
