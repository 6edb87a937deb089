/** Code lists of referrals with their captions. */
import type { Text } from '@tirek/procedure/programme'
import type { ReferralAnswer, ReferralBody, ReferralQuestion, ReferralState } from '@tirek/procedure/referrals/facts'
import { PLACEMENTS } from './codes.ts'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

export const REFERRAL_BODIES = {
  pmpk: t('ПМПК', 'ПМПК', 'PMPK'),
  commission: t('комиссия', 'комиссия', 'commission'),
  'guardianship-body': t('орган опеки и попечительства', 'қорғаншылық және қамқоршылық органы', 'guardianship body'),
} as const satisfies Record<ReferralBody, Text>

export const REFERRAL_QUESTIONS = {
  removal: t('отделение ребенка от семьи', 'баланы отбасынан бөлу', 'taking the child out of the family'),
  'longer-stay': t('продление пребывания в учреждении', 'мекемеде болуды ұзарту', 'a longer stay in the institution'),
  'form-of-care': t('другая семейная форма устройства', 'отбасылық орналастырудың басқа түрі', 'another family form of care'),
  examination: t('обследование ребенка', 'баланы тексеру', 'an examination of the child'),
} as const satisfies Record<ReferralQuestion, Text>

export const REFERRAL_STATES = {
  prepared: t('составлено', 'дайындалды', 'prepared'),
  sent: t('отправлено', 'жіберілді', 'sent'),
  received: t('получено', 'алынды', 'received'),
  'more-asked-for': t('запрошены документы', 'құжаттар сұралды', 'more asked for'),
  postponed: t('отложено', 'кейінге қалдырылды', 'postponed'),
  recommended: t('дана рекомендация', 'ұсыным берілді', 'recommended'),
  returned: t('возвращено', 'қайтарылды', 'returned'),
  decided: t('принято решение', 'шешім қабылданды', 'decided'),
  withdrawn: t('отозвано', 'қайтарып алынды', 'withdrawn'),
} as const satisfies Record<ReferralState, Text>

export const REFERRAL_ANSWERS = {
  received: t('получено', 'алынды', 'received'),
  'more-asked-for': t('нужны еще документы', 'тағы құжаттар керек', 'more is asked for'),
  postponed: t('отложено', 'кейінге қалдырылды', 'postponed'),
  recommended: t('дана рекомендация', 'ұсыным берілді', 'recommended'),
  returned: t('возвращено с причинами', 'себептерімен қайтарылды', 'returned with reasons'),
  decided: t('принято решение', 'шешім қабылданды', 'decided'),
} as const satisfies Record<ReferralAnswer, Text>

export const REFERRAL_DECISIONS = {
  granted: t('решено, как просили', 'сұралғандай шешілді', 'decided as asked'),
  otherwise: t('решено иначе', 'басқаша шешілді', 'decided otherwise'),
  refused: t('отказано', 'бас тартылды', 'refused'),
}

/** What a commission recommends: where the child is to live. */
export const RECOMMENDED_FORMS = {
  ...PLACEMENTS,
  'family-home': t('детский дом семейного типа', 'отбасы үлгісіндегі балалар үйі', "family-type children's home"),
}

export const SENDING_WAYS = {
  mail: t('эл. почтой', 'эл. поштамен', 'by email'),
  paper: t('на бумаге', 'қағазда', 'on paper'),
}

/** What the packet holds, in this order. */
export const ENCLOSURE_KINDS = {
  letter: t('сопроводительное письмо', 'ілеспе хат', 'cover letter'),
  assessment: t('отчет о комплексной оценке', 'кешенді бағалау есебі', 'assessment report'),
  plan: t('индивидуальный план', 'жеке жоспар', 'plan'),
  protocol: t('протокол совещания', 'кеңес хаттамасы', 'protocol of the meeting'),
  demands: t('особые мнения и требования участников', 'қатысушылардың ерекше пікірлері мен талаптары', 'demands of members'),
  upload: t('приложенный документ', 'қоса берілген құжат', 'attached document'),
}

/** Documents that go with a referral besides what the system holds. */
// oxfmt-ignore
export const DOCUMENT_KINDS = {
  'pmpk-conclusion': t('заключение ПМПК', 'ПМПК қорытындысы', 'conclusion of the PMPK'),
  medical:           t('медицинская справка, выписка или заключение', 'медициналық анықтама, үзінді не қорытынды', 'medical certificate, extract or conclusion'),
  identity:          t('документ о рождении или личности', 'туу туралы не жеке куәлік', 'birth certificate or identity document'),
  certificate:       t('справка', 'анықтама', 'certificate'),
  characteristic:    t('характеристика', 'мінездеме', 'report of a school or a kindergarten'),
  answer:            t('ответ ведомства', 'ведомствоның жауабы', 'answer of a body'),
  decision:          t('решение или приказ', 'шешім не бұйрық', 'decision or order'),
  statement:         t('заявление или согласие', 'өтініш не келісім', 'statement or consent'),
  other:             t('другой документ', 'басқа құжат', 'another document'),
}
export type DocumentKind = keyof typeof DOCUMENT_KINDS

/** What people do with a referral, by the name of its act. */
// oxfmt-ignore
export const REFERRAL_ACT_LABELS = {
  changed: t('Править направление', 'Жолдаманы түзету', 'Edit the referral'),
  'document-added': t('Приложить документ', 'Құжат тіркеу', 'Add a document'),
  'document-removed': t('Убрать документ', 'Құжатты алып тастау', 'Take a document out'),
  'packet-made': t('Составить пакет документов', 'Құжаттар топтамасын жасау', 'Make the packet'),
  sent: t('Отправить', 'Жіберу', 'Send'),
  answered: t('Записать ответ', 'Жауапты жазу', 'Write down the answer'),
  'placement-confirmed': t('Записать, где живет ребенок', 'Бала қайда тұратынын жазу', 'Record where the child lives'),
  'nothing-follows': t('Дальше направлять не нужно', 'Әрі қарай жолдау қажет емес', 'Nothing follows'),
  withdrawn: t('Отозвать', 'Қайтарып алу', 'Withdraw'),
}
