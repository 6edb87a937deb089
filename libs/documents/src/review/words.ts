/** Captions of the report for a review and of its sheet in the plan. The official captions are the Russian ones. */
import type { Text } from '@tirek/procedure/programme'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

/** The parts of the report, in the order of forms/family-support-plan.md. */
export const REPORT_ROWS = {
  plan: t('1. План и период', 'Жоспар және кезең', 'Plan and period'),
  child: t('2. Ребенок, номер личного дела', 'Бала, жеке іс нөмірі', 'Child, number of the personal file'),
  measures: t(
    '3. Меры плана: выполнение и результат',
    'Жоспар шаралары: орындалуы мен нәтижесі',
    'Measures of the plan: completion and effect',
  ),
  contacts: t('4. Контакты за период', 'Кезеңдегі байланыстар', 'Contacts in the period'),
  assessments: t('5. Оценки за период', 'Кезеңдегі бағалаулар', 'Assessments in the period'),
  changes: t(
    '6. Изменения в положении ребенка и семьи',
    'Бала мен отбасы жағдайындағы өзгерістер',
    "Changes in the child's and family's situation",
  ),
  placement: t('7. Где живет ребенок', 'Бала қайда тұрады', 'Where the child lives'),
  level: t('8. Степень риска тогда и сейчас', 'Сол кездегі және қазіргі қауіп деңгейі', 'Risk level then and now'),
  report: t('9. Отчет о выполнении плана', 'Жоспардың орындалуы туралы есеп', 'Report on the plan'),
  criteria: t('10. Критерии закрытия', 'Жабу критерийлері', 'Closure criteria'),
  proposal: t('11. Предложение', 'Ұсыныс', 'Proposal'),
  signature: t('12. Отчет составил', 'Есепті жасаған', 'Report made by'),
} as const satisfies Record<string, Text>

/** R1 to R4 of Appendix 4. */
export const SHEET_ROWS = {
  number: t(
    '{n}. Пересмотр индивидуального плана сопровождения семьи',
    'Отбасын сүйемелдеудің жеке жоспарын {n}-қайта қарау',
    'Review {n} of the individual plan of family support',
  ),
  held: t(
    'Дата совещания, участники совещания по пересмотру плана действий',
    'Кеңес күні, іс-қимыл жоспарын қайта қарау кеңесіне қатысушылар',
    'Date of the meeting, those who took part',
  ),
  measures: t('Пересмотренный план действий:', 'Қайта қаралған іс-қимыл жоспары:', 'Revised plan of action:'),
  signatures: t(
    'Имена и подписи участников совещания:',
    'Кеңеске қатысушылардың аты-жөні мен қолдары:',
    'Names and signatures of those who took part:',
  ),
} as const satisfies Record<string, Text>

/** The five columns of the table of measures, as printed. */
export const COLUMNS = {
  n: t('№', '№', '№'),
  measure: t('Действия, мероприятия', 'Әрекеттер, шаралар', 'Actions, measures'),
  dates: t('Сроки', 'Мерзімі', 'Dates'),
  responsible: t('Ответственные', 'Жауаптылар', 'Responsible'),
  mark: t('Отметка о выполнении', 'Орындалу белгісі', 'Mark of completion'),
} as const satisfies Record<string, Text>

export const WORDS = {
  report: t('Отчет к пересмотру плана', 'Жоспарды қайта қарауға есеп', 'Report for the review of the plan'),
  sheet: t('Лист пересмотра плана', 'Жоспарды қайта қарау парағы', 'Sheet of the review of the plan'),
  plan: t('Индивидуальный план сопровождения семьи', 'Отбасын сүйемелдеудің жеке жоспары', 'Individual plan of family support'),
  version: t('версия {n}', '{n}-нұсқа', 'version {n}'),
  unsigned: t(
    'новая версия еще не подписана: меры действующей версии',
    'жаңа нұсқаға қол қойылмаған: қолданыстағы нұсқаның шаралары',
    'the new version is not signed yet: measures of the version that stands',
  ),
  period: t('с {from} по {to}', '{from} – {to}', '{from} to {to}'),
  fileNumber: t('личное дело № {n}', 'жеке іс № {n}', 'personal file no. {n}'),
  worked: t('Помогло', 'Көмектесті', 'Did it work'),
  need: t('Потребность', 'Қажеттілік', 'Need'),
  made: t('состоялось', 'болды', 'made'),
  attempted: t('попыток без встречи', 'кездесусіз әрекет', 'attempted, nobody seen'),
  late: t('позже срока', 'мерзімінен кеш', 'later than the norm'),
  missed: t('пропущено', 'өткізіп алынды', 'missed'),
  before: t('тогда', 'сол кезде', 'then'),
  now: t('сейчас', 'қазір', 'now'),
  met: t('выполнен', 'орындалды', 'met'),
  notMet: t('не выполнен', 'орындалмады', 'not met'),
  name: t('Имя', 'Аты-жөні', 'Name'),
  signature: t('Подпись', 'Қолы', 'Signature'),
  day: t('Дата', 'Күні', 'Date'),
  reason: t('Обоснование', 'Негіздеме', 'Reason'),
  coordinator: t('Координатор', 'Үйлестіруші', 'Coordinator'),
  decision: t('Решение', 'Шешім', 'Decision'),
  next: t('Следующий пересмотр', 'Келесі қайта қарау', 'Next review'),
  earlier: t('Почему раньше шести месяцев', 'Неге алты айдан ерте', 'Why earlier than six months'),
} as const satisfies Record<string, Text>
