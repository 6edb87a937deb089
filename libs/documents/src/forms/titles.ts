/** How each act is called at the head of its paper. Appendices and numbers of forms are text of the edition (CP-92). */
import { definitionOf } from '@tirek/contract/acts'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import type { Text } from '@tirek/procedure/programme'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

export const APPENDICES = {
  1: t('Приложение 1', '1-қосымша', 'Appendix 1'),
  3: t('Приложение 3. Приложение № 7 (б) к приказу 907, МЗ РК', '3-қосымша', 'Appendix 3'),
  4: t('Приложение 4. Приложение № 7 (г) к приказу № 907, МЗ РК', '4-қосымша', 'Appendix 4'),
} as const satisfies Record<number, Text>

export const PLAN_TITLE = t(
  'Индивидуальный план сопровождения семьи',
  'Отбасын сүйемелдеудің жеке жоспары',
  'Individual plan of family support',
)

const TITLES: Partial<Record<ActKind, { title: Text; appendix?: keyof typeof APPENDICES }>> = {
  'help-request-registered': { title: t('Форма обращения за помощью', 'Көмек сұрау нысаны', 'Help request form'), appendix: 1 },
  'risk-assessed': {
    title: t('Лист критериев определения уровня риска', 'Қауіп деңгейін анықтау критерийлерінің парағы', 'List of the criteria of risk'),
  },
  'urgent-measures-evidenced': {
    title: t('Запись о срочных мерах', 'Шұғыл шаралар туралы жазба', 'Record of urgent measures'),
  },
  'child-safe': {
    title: t('Запись о том, что ребенок в безопасности', 'Баланың қауіпсіздікте екені туралы жазба', 'Record that the child is safe'),
  },
  'placement-recorded': {
    title: t('Запись о местонахождении ребенка', 'Баланы орналастыру туралы жазба', 'Record of where the child lives'),
  },
  'primary-assessment-done': { title: t('Лист первичной оценки', 'Бастапқы бағалау парағы', 'Primary assessment') },
  'assessment-decided': {
    title: t('Решение о проведении комплексной оценки', 'Кешенді бағалау жүргізу туралы шешім', 'Decision on a comprehensive assessment'),
  },
  'assessment-finished': {
    title: t(
      'Отчет о комплексной оценке потребностей ребенка и семьи',
      'Бала мен отбасының қажеттіліктерін кешенді бағалау есебі',
      'Report of the comprehensive assessment',
    ),
    appendix: 3,
  },
  'plan-signed': { title: PLAN_TITLE, appendix: 4 },
  'plan-signed-by-family': {
    title: t('Лист подписи семьи к плану', 'Жоспарға отбасы қолының парағы', "The family's signature to the plan"),
  },
  'contact-made': { title: t('Лист контакта с ребенком', 'Баламен байланыс парағы', 'Record of a contact with the child') },
  'contact-attempted': {
    title: t('Лист попытки контакта', 'Байланыс әрекетінің парағы', 'Record of an attempted contact'),
  },
  'request-sent': { title: t('Запрос исходящий', 'Шығыс сұрау', 'Request sent') },
  'request-received': { title: t('Запрос входящий', 'Кіріс сұрау', 'Request received') },
  'request-answered': { title: t('Ответ на запрос', 'Сұрауға жауап', 'Answer to a request') },
  'review-report-handed-in': {
    title: t('Отчет к пересмотру плана', 'Жоспарды қайта қарауға есеп', 'Report for the review of the plan'),
  },
  'review-held': { title: t('Лист пересмотра плана', 'Жоспарды қайта қарау парағы', 'Sheet of the review of the plan') },
  'closure-asked': { title: t('Предложение о закрытии случая', 'Істі жабу туралы ұсыныс', 'Proposal to close the case') },
  'closure-decided': { title: t('Решение о закрытии случая', 'Істі жабу туралы шешім', 'Decision on the closure') },
  'monitoring-look': {
    title: t('Лист мониторинга после закрытия', 'Жабылғаннан кейінгі мониторинг парағы', 'Monitoring after closure'),
  },
  relapse: { title: t('Сообщение о рецидиве', 'Қайталану туралы хабар', 'Report of a relapse') },
  assigned: {
    title: t('Назначение ответственного за случай', 'Іске жауаптыны тағайындау', 'Assignment of the case'),
  },
}

export const titleOf = (kind: ActKind): Text => TITLES[kind]?.title ?? definitionOf(kind).label
export const appendixOf = (kind: ActKind): Text | undefined => {
  const appendix = TITLES[kind]?.appendix
  return appendix && APPENDICES[appendix]
}
