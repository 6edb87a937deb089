/** What people read of a deadline: what is awaited, why, and the act that ends it. */
import type { Text } from '../programme.ts'
import type { ActKind } from './acts.ts'
import type { DeadlineRow } from './rows.ts'

export type Label = { what: Text; why: Text; act: ActKind; verb: Text }

const text = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

// oxfmt-ignore
export const LABELS = {
  'urgent-measures': {
    what: text('Срочные меры в течение часа', 'Бір сағат ішіндегі шұғыл шаралар', 'Urgent measures within the hour'),
    why: text('Ребенок может быть в опасности: меры согласуют, полицию и ювенальную инспекцию извещают за 60 минут', 'Балаға қауіп төнуі мүмкін: шаралар келісіліп, полиция мен ювеналды инспекцияға 60 минутта хабарланады', 'The child may be in danger: measures are agreed, police and juvenile inspection informed within 60 minutes'),
    act: 'urgent-measures-evidenced',
    verb: text('Записать принятые меры', 'Қабылданған шараларды жазу', 'Record the measures'),
  },
  'level-decision': {
    what: text('Подтвердить степень риска', 'Қауіп деңгейін растау', 'Confirm the risk level'),
    why: text('От степени зависит, что делать дальше; решает социальный работник', 'Келесі қадам деңгейге байланысты; әлеуметтік қызметкер шешеді', 'What follows depends on the level; the social worker decides'),
    act: 'risk-assessed',
    verb: text('Подтвердить степень', 'Деңгейді растау', 'Confirm the level'),
  },
  'take-over': {
    what: text('Социальный работник принимает обращение', 'Әлеуметтік қызметкер өтінішті қабылдайды', 'A social worker takes the request over'),
    why: text('Кто бы ни принял обращение, его ведет социальный работник', 'Өтінішті кім қабылдаса да, оны әлеуметтік қызметкер жүргізеді', 'Whoever took it, the information goes to the social worker'),
    act: 'taken-by-social-worker',
    verb: text('Принять', 'Қабылдау', 'Take over'),
  },
  'child-safe': {
    what: text('Подтвердить, что ребенок в безопасности', 'Баланың қауіпсіз екенін растау', 'Confirm that the child is safe'),
    why: text('Только после этого начинается комплексная оценка', 'Кешенді бағалау содан кейін ғана басталады', 'Only then does the comprehensive assessment start'),
    act: 'child-safe',
    verb: text('Записать', 'Жазу', 'Record it'),
  },
  'form-of-care': {
    what: text('Узнать форму устройства ребенка', 'Баланы орналастыру нысанын білу', 'Ask which form of care was set'),
    why: text('От нее зависит график контактов', 'Байланыс кестесі соған байланысты', 'It decides how often the child is seen'),
    act: 'placement-recorded',
    verb: text('Записать местонахождение', 'Орналасқан жерін жазу', 'Record the placement'),
  },
  'primary-assessment': {
    what: text('Первичная оценка', 'Бастапқы бағалау', 'Primary assessment'),
    why: text('Выяснить, подтверждается ли обращение', 'Өтініштің расталатынын анықтау', 'Find out whether the request is confirmed'),
    act: 'primary-assessment-done',
    verb: text('Записать итог', 'Нәтижесін жазу', 'Record the outcome'),
  },
  assessment: {
    what: text('Комплексная оценка', 'Кешенді бағалау', 'Comprehensive assessment'),
    why: text('Не дольше шести недель или срока, данного законом или судом', 'Алты аптадан не заң мен сот берген мерзімнен аспайды', 'Six weeks at most, or the term set by law or a court'),
    act: 'assessment-finished',
    verb: text('Завершить отчет', 'Есепті аяқтау', 'Finish the report'),
  },
  plan: {
    what: text('Индивидуальный план', 'Жеке жоспар', 'Individual plan'),
    why: text('План составляют вслед за отчетом об оценке', 'Жоспар бағалау есебінен кейін жасалады', 'The plan follows the assessment report'),
    act: 'plan-signed',
    verb: text('Подписать план', 'Жоспарға қол қою', 'Sign the plan'),
  },
  'family-signature': {
    what: text('Подпись семьи в плане', 'Жоспардағы отбасы қолы', "Family's signature on the plan"),
    why: text('Семья участвует в плане; если не подписала, записывают почему', 'Отбасы жоспарға қатысады; қол қоймаса, себебі жазылады', 'The family takes part; if it does not sign, the reason is recorded'),
    act: 'plan-signed-by-family',
    verb: text('Записать подпись или причину', 'Қолын не себебін жазу', 'Record the signature or the reason'),
  },
  measure: {
    what: text('Мера плана', 'Жоспар шарасы', 'Measure of the plan'),
    why: text('Каждая мера получает отметку о выполнении', 'Әр шараға орындалу белгісі қойылады', 'Each measure gets a mark of completion'),
    act: 'measure-marked',
    verb: text('Отметить выполнение', 'Орындалуын белгілеу', 'Mark it'),
  },
  'contact-home': {
    what: text('Посещение ребенка дома', 'Баланың үйіне бару', 'Visit to the child at home'),
    why: text('Ребенка видят не реже установленного', 'Бала белгіленген жиіліктен сирек көрілмейді', 'The child is seen no less often than set'),
    act: 'contact-made',
    verb: text('Записать контакт', 'Байланысты жазу', 'Record the contact'),
  },
  'contact-phone': {
    what: text('Звонок туда, где живет ребенок', 'Бала тұратын жерге қоңырау шалу', 'Call to where the child lives'),
    why: text('Связь ребенка с семьей сохраняется', 'Баланың отбасымен байланысы сақталады', "Keeps the child's link with the family"),
    act: 'contact-made',
    verb: text('Записать звонок', 'Қоңырауды жазу', 'Record the call'),
  },
  'contact-hospital': {
    what: text('Посещение или звонок в больницу', 'Ауруханаға бару не қоңырау шалу', 'Visit or call to the ward'),
    why: text('Пока ребенок в больнице, связь держат еженедельно', 'Бала ауруханада болғанда байланыс апта сайын', 'Contact is kept while the child is in hospital'),
    act: 'contact-made',
    verb: text('Записать контакт', 'Байланысты жазу', 'Record the contact'),
  },
  review: {
    what: text('Пересмотр плана', 'Жоспарды қайта қарау', 'Review of the plan'),
    why: text('Не реже раза в полгода', 'Жарты жылда бір реттен сирек емес', 'At least every six months'),
    act: 'review-held',
    verb: text('Записать решение', 'Шешімді жазу', 'Record the decision'),
  },
  'review-day': {
    what: text('Назначить день пересмотра и провести его', 'Қайта қарау күнін белгілеп, өткізу', 'Set the day of the review and hold it'),
    why: text('Риск поднимался до высокого: план пересматривают раньше', 'Қауіп жоғары деңгейге көтерілді: жоспар ертерек қаралады', 'Risk was raised to high: the plan is reviewed earlier'),
    act: 'review-agreed',
    verb: text('Назначить день', 'Күнін белгілеу', 'Set the day'),
  },
  'review-report': {
    what: text('Отчет к пересмотру', 'Қайта қарауға есеп', 'Report before the review'),
    why: text('Участники читают его до встречи', 'Қатысушылар оны кездесуге дейін оқиды', 'Those who come read it before the meeting'),
    act: 'review-report-handed-in',
    verb: text('Сдать отчет', 'Есепті тапсыру', 'Hand the report in'),
  },
  'review-plan': {
    what: text('Новая версия плана после пересмотра', 'Қайта қараудан кейінгі жоспардың жаңа нұсқасы', 'New version of the plan after the review'),
    why: text('Пересмотр решил продолжить с изменениями: их вносят в план и подписывают', 'Қайта қарау өзгерістермен жалғастыруды шешті: олар жоспарға енгізіліп, қол қойылады', 'The review decided to go on with changes: they go into the plan, which is signed'),
    act: 'plan-signed',
    verb: text('Составить новую версию', 'Жаңа нұсқасын жасау', 'Make the new version'),
  },
  'review-plan-signature': {
    what: text('Подпись семьи в новой версии плана', 'Жоспардың жаңа нұсқасындағы отбасы қолы', "Family's signature on the new version"),
    why: text('Измененный план семья подписывает заново; если не подписала, записывают почему', 'Өзгертілген жоспарға отбасы қайта қол қояды; қол қоймаса, себебі жазылады', 'The family signs the changed plan anew; if it does not, the reason is recorded'),
    act: 'plan-signed-by-family',
    verb: text('Записать подпись или причину', 'Қолын не себебін жазу', 'Record the signature or the reason'),
  },
  'review-referral': {
    what: text('Направление в комиссию по решению пересмотра', 'Қайта қарау шешімі бойынша комиссияға жолдама', 'Referral that the review decided'),
    why: text('Отделение от семьи и продление пребывания выносят на комиссию', 'Отбасынан бөлу мен болу мерзімін ұзарту комиссияға шығарылады', 'Separation and a longer stay are put to the commission'),
    act: 'referral-sent',
    verb: text('Подготовить направление', 'Жолдама дайындау', 'Prepare the referral'),
  },
  'review-closure': {
    what: text('Предложить закрытие по решению пересмотра', 'Қайта қарау шешімі бойынша жабуды ұсыну', 'Ask for the closure that the review decided'),
    why: text('Пересмотр решил закрыть дело; закрытие утверждает супервизор', 'Қайта қарау істі жабуды шешті; жабуды супервайзер бекітеді', 'The review decided to close; the supervisor approves it'),
    act: 'closure-asked',
    verb: text('Предложить закрытие', 'Жабуды ұсыну', 'Ask for closure'),
  },
  protocol: {
    what: text('Протокол встречи', 'Кездесу хаттамасы', 'Protocol of the meeting'),
    why: text('Решения получают все участники и семья', 'Шешімді барлық қатысушы мен отбасы алады', 'All who took part and the family get the decisions'),
    act: 'protocol-approved',
    verb: text('Утвердить протокол', 'Хаттаманы бекіту', 'Approve the protocol'),
  },
  referral: {
    what: text('Ответ комиссии или органа опеки', 'Комиссияның не қорғаншылық органының жауабы', 'Answer of the commission or guardianship body'),
    why: text('Направление ждет решения', 'Жолдама шешім күтуде', 'The referral waits for its decision'),
    act: 'referral-answered',
    verb: text('Записать ответ', 'Жауапты жазу', 'Record the answer'),
  },
  'closure-approval': {
    what: text('Утвердить завершение случая', 'Істің аяқталуын бекіту', 'Approve the end of the case'),
    why: text('Случай завершается с согласия супервизора', 'Іс супервайзердің келісімімен аяқталады', 'A case ends with the supervisor’s approval'),
    act: 'closure-decided',
    verb: text('Утвердить или вернуть', 'Бекіту не қайтару', 'Approve or return'),
  },
  'monitoring-look': {
    what: text('Мониторинг семьи', 'Отбасын мониторингілеу', 'Look at the family after closure'),
    why: text('Справляется ли семья, не вернулись ли проблемы', 'Отбасы үлгере ме, мәселелер қайталанбады ма', 'Does the family cope, did problems come back'),
    act: 'monitoring-look',
    verb: text('Записать', 'Жазу', 'Record the look'),
  },
  'request-answer': {
    what: text('Ответ на запрос', 'Сұрау салуға жауап', 'Answer to a request'),
    why: text('О просроченном ответе напоминают', 'Кешіккен жауап еске салынады', 'A late answer is asked for again'),
    act: 'request-answered',
    verb: text('Записать ответ', 'Жауапты жазу', 'Record the answer'),
  },
} as const satisfies Record<DeadlineRow, Label>

export const labelOf = (row: string): Label => {
  const label = (LABELS as Record<string, Label>)[row]
  if (!label) throw new RangeError(`no deadline row ${row}`)
  return label
}
