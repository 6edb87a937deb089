/** Stage 3: comprehensive assessment, plan, meetings. Contacts and reviews stand in their own file. */
import { rule, type Rule } from './row.ts'

// oxfmt-ignore
export const STAGE_3 = {
  'CP-20': rule('stage 3', 'Первоочередные случаи для комплексной оценки', 'Кешенді бағалауға бірінші кезектегі істер', 'Who comes first in line for assessment'),
  'CP-21': rule('stage 3', 'Три части оценки: потребности ребенка, родители, окружение; ребенок прежде всего', 'Бағалаудың үш бөлігі: бала қажеттігі, ата-ана, орта; бала бірінші', 'Three components: the child’s needs, the parents, the environment; the child first'),
  'CP-22': rule('stage 3', 'Источники сведений записывают; других специалистов привлекают', 'Мәлімет көздері жазылады; басқа мамандар тартылады', 'Sources used are recorded; other specialists may take part'),
  'CP-23': rule('stage 3; start and reminders: practice', 'Оценка не дольше шести недель или срока закона или суда', 'Бағалау алты аптадан не заң мен сот мерзімінен аспайды', 'Six weeks at most, or the term set by law or a court'),
  'CP-24': rule('stage 3; Appendix 3', 'Итог обсуждают с родителями; отчет получают только участники', 'Нәтиже ата-анамен талқыланады; есепті тек қатысушылар алады', 'The result is discussed with the family; the report goes only to those taking part'),
  'CP-25': rule('stage 3; Appendix 4', 'План: потребности по важности, меры, ответственные, даты, результат', 'Жоспар: қажеттіктер, шаралар, жауаптылар, күндер, нәтиже', 'The plan: needs by priority, measures, responsible, dates, results'),
  'CP-26': rule('stage 3', 'К плану привлекают специалистов и услуги', 'Жоспарға мамандар мен қызметтер тартылады', 'Specialists and services are brought into the plan'),
  'CP-27': rule('stage 3; Appendix 4; family’s signature: practice', 'Семья участвует и подписывает план вслед за ведущим случай', 'Отбасы қатысады және іс жүргізушіден кейін қол қояды', 'The family takes part and signs after the case manager'),
  'CP-28': rule('stage 3; following: practice', 'Каждое направление за помощью отслеживают до результата', 'Көмекке әр бағыттау нәтижесіне дейін қадағаланады', 'Each direction to help is followed to its result'),
  'CP-29': rule('stage 3; tie to measure: practice', 'Каждая мера называет цель', 'Әр шара мақсатын атайды', 'Each measure names its aim'),
  'CP-121': rule('stage 3', 'Оценка по решению суда: его срок, подача и ее подтверждение', 'Сот бойынша бағалау: мерзімі, тапсыру және растауы', 'Assessment ordered by a court: its term, submission and proof'),
  'CP-122': rule('stage 3; new level: practice', 'Отчет говорит, подтвержден ли риск, и степень ставят заново', 'Есеп қауіптің расталғанын айтады, деңгей қайта қойылады', 'The report says whether the risk is confirmed; the level is set again'),
  'CP-123': rule('stage 3; at each contact: practice', 'На каждой оценке и контакте спрашивают о жестокости; «да» предлагает высокий риск', 'Әр бағалау мен байланыста қатыгездік сұралады; «иә» жоғары қауіпті ұсынады', 'Each assessment and contact asks about cruelty; a yes proposes high risk'),
  'CP-124': rule('stage 3; parts per author: practice', 'Один отчет, у каждой части автор и дата', 'Бір есеп, әр бөлігінде автор мен күн', 'One report; author and date of each part are kept'),
  'CP-125': rule('stage 3; Appendix 3; tie: practice', 'Части отчета привязаны к трем компонентам', 'Есеп бөліктері үш құрамдасқа байланған', 'Parts of the report are tied to the three components'),
  'CP-126': rule('stage 3; term: practice', 'За план отвечает ведущий случай; 14 дней после отчета, если не задано иное', 'Жоспарға іс жүргізуші жауапты; есептен кейін 14 күн', 'The case manager makes the plan: 14 days after the report unless set otherwise'),
  'CP-127': rule('Appendix 4; reminders: practice', 'У каждой меры отметка о выполнении; напоминают до и после даты', 'Әр шарада орындалу белгісі; күніне дейін және кейін еске салынады', 'Each measure carries a mark of completion; reminded before and after its date'),
  'CP-128': rule('§4; listing and reason: practice', 'Принципы: ребенок остается в семье, услуги рядом, быстро при высоком риске', 'Қағидаттар: бала отбасында қалады, қызмет жақын, жоғары қауіпте жедел', 'Principles: the child stays in the family, services near, quick at high risk'),
  'CP-30': rule('stage 3', 'В сложных случаях собирают межведомственную встречу с датой следующей', 'Күрделі істе ведомствоаралық кездесу, келесі күнімен', 'Interagency meeting in complex cases; it agrees the next date'),
  'CP-31': rule('practice', 'Приглашения письмом с календарем; видно, кто придет; молчащим напоминают', 'Шақыру күнтізбесімен; кім келетіні көрінеді; үнсіздерге ескертіледі', 'Invitations as calendar entries; the silent are reminded, then phoned'),
  'CP-32': rule('stage 3; family at both, tracking: practice', 'Протокол решений получают все участники и семья', 'Шешім хаттамасын барлық қатысушы мен отбасы алады', 'A protocol goes to all who took part; the family is told'),
  'CP-33': rule('stage 3; directory: practice', 'Кого приглашают: из справочника, с ролью каждого', 'Кім шақырылады: анықтамалықтан, рөлімен', 'Who may be invited: from the directory, each with a role'),
  'CP-34': rule('stage 3; carrying over: practice', 'Протокол готов, когда есть потребности, меры, ответственные и дата', 'Хаттама қажеттік, шара, жауапты және күн болса дайын', 'The protocol is finished with needs, measures, responsible and next date'),
} as const satisfies Record<string, Rule>
