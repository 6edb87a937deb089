/** Stage 4, prevention, journals, the procedure itself. */
import { rule, type Rule } from './row.ts'

// oxfmt-ignore
export const STAGE_4 = {
  'CP-60': rule('stages 3, 4; approval: practice', 'Закрытие решает пересмотр; снижение риска обязательно; утверждает супервизор', 'Жабуды қайта қарау шешеді; қауіптің төмендеуі міндетті; супервайзер бекітеді', 'Closure is a review decision; risk reduced is required; the supervisor approves'),
  'CP-61': rule('stage 4; sheet and record: practice', 'При закрытии семье дают памятку, куда обратиться', 'Жабылғанда отбасыға қайда жүгіну керегі беріледі', 'At closure the family gets a sheet on how to reach help'),
  'CP-62': rule('stage 4; monthly: practice', 'Мониторинг 3-6 месяцев после закрытия, не реже раза в месяц', 'Жабылғаннан кейін 3-6 ай мониторинг, айына бір реттен сирек емес', 'Monitoring 3 to 6 months after closure, a look a month at least'),
  'CP-63': rule('stage 4', 'Рецидив: случай открывают снова, история сохраняется', 'Қайталанса іс қайта ашылады, тарихы сақталады', 'Relapse: the case is reopened and keeps its history'),
  'CP-64': rule('practice; STD-153 §12', 'Смена работника, района, организации: дело передают целиком, с открытыми сроками', 'Қызметкер, аудан, ұйым ауысса бәрі ашық мерзімдерімен беріледі', 'A change of worker or organisation hands over the whole file with its deadlines'),
  'CP-65': rule('stage 4; proposal and conclusion: practice', 'Три вопроса мониторинга; последний взгляд дает заключение', 'Мониторингтің үш сұрағы; соңғысында қорытынды', 'Three questions at each look; the last one draws the conclusion'),
  'CP-66': rule('practice', 'Другие завершения: с документом и утверждением; отказ не при высоком риске', 'Басқа аяқталулар: құжатпен және бекітумен; жоғары қауіпте бас тарту жоқ', 'Other ends need a document and approval; no refusal while risk is high'),
  'CP-70': rule('"Preventive work"; request from a finding: practice', 'Профилактическую работу записывают; находка становится обращением', 'Алдын алу жұмысы жазылады; табылған өтінішке айналады', 'Preventive work is logged; a finding can become a request'),
  'CP-71': rule('"Preventive work"; fields: practice', 'Информирование: дата, место, аудитория, тема', 'Ақпараттандыру: күні, орны, аудиториясы, тақырыбы', 'Information work: date, place, audience, topic'),
  'CP-72': rule('"Preventive work"; fields: practice', 'Социальный патронаж: кто, где, что выявлено', 'Әлеуметтік патронаж: кім, қайда, не анықталды', 'Social patronage visit: who, where, what was found'),
  'CP-73': rule('"Preventive work"; fields: practice', 'Реестр клубов, групп самопомощи и лидеров', 'Клубтар, өзара көмек топтары және көшбасшылар тізілімі', 'Register of clubs, self-help groups and leaders'),
  'CP-80': rule('§6; stage 1; columns: practice', 'Журнал посетителей социального работника', 'Әлеуметтік қызметкердің келушілер журналы', 'Visitors’ journal of the social worker'),
  'CP-81': rule('§6; stage 2; columns: practice', 'Журнал неподтвержденных обращений', 'Расталмаған өтініштер журналы', 'Journal of unconfirmed requests'),
  'CP-82': rule('§6', 'Восемь видов документов, у каждого экран и печать', 'Құжаттың сегіз түрі, әрқайсысында экран мен басып шығару', 'Eight kinds of documents, each with screen and print'),
  'CP-90': rule('last pages; publishing: practice', 'Лист изменений редакции', 'Редакцияның өзгерістер парағы', 'Change sheet of the edition'),
  'CP-91': rule('§3; last pages; unread: practice', 'Лист ознакомления: кто прочел, кто нет', 'Танысу парағы: кім оқыды, кім оқымады', 'Acquaintance sheet: who read it, who has not'),
  'CP-92': rule('§8; Appendices 3, 4; change: practice', 'Ссылки редакции на законы и приказы', 'Редакцияның заңдар мен бұйрықтарға сілтемелері', 'References of the edition to laws and orders'),
  'CP-93': rule('§3; §5; stages 1-3; directory: practice', 'Справочник партнеров по территории', 'Аумақ бойынша серіктестер анықтамалығы', 'Directory of partners by territory'),
  'CP-95': rule('picture; use: practice', '«Риск отсутствует»: неподтвержденное обращение или успешный мониторинг', '«Қауіп жоқ»: расталмаған өтініш не сәтті мониторинг', '"No risk": an unconfirmed request, or monitoring that ended well'),
} as const satisfies Record<string, Rule>
