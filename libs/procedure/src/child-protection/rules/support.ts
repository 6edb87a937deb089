/** Stage 3: contacts and reviews. */
import { rule, type Rule } from './row.ts'

// oxfmt-ignore
export const SUPPORT = {
  'CP-40': rule('stage 3', 'Родители, опекун, приемные родители: дома еженедельно в первый месяц, затем ежемесячно', 'Ата-ана, қорғаншы, қабылдаушы ата-ана: алғашқы айда апта сайын, кейін ай сайын үйде', 'Parents, guardians, foster parents: at home weekly in the first month, then monthly'),
  'CP-41': rule('stage 3', 'Расширенная семья: дома ежемесячно три месяца, затем по необходимости', 'Кеңейтілген отбасы: үш ай ай сайын үйде, кейін қажетінше', 'Extended family: at home monthly for three months, then as needed'),
  'CP-42': rule('stage 3', 'Дом ребенка, учреждение: звонок ежемесячно', 'Балалар үйі, мекеме: ай сайын қоңырау', 'Children’s home, institution: a call a month'),
  'CP-43': rule('stage 3', 'Патронатная семья: посещения как у родителей и звонок ежемесячно', 'Патронат отбасы: ата-анадағыдай бару және ай сайын қоңырау', 'Foster family: visits as with parents, and a call a month'),
  'CP-44': rule('stage 3', 'С исполнителями услуг по плану связываются по необходимости', 'Жоспар қызметін көрсетушілермен қажетінше байланысады', 'Providers of services within the plan are contacted as needed'),
  'CP-45': rule('stage 3; practice', 'Смена местонахождения меняет график; попытка не контакт; пропуск видит супервизор', 'Орын ауысса кесте өзгереді; әрекет байланыс емес; өткізілгенін супервайзер біледі', 'A change of placement rewrites the schedule; an attempt is no contact; a missed one is escalated'),
  'CP-46': rule('stage 3', 'Ребенок в учреждении: за семью отвечает работник по месту жительства', 'Бала мекемеде: отбасыға тұрғылықты жердегі қызметкер жауапты', 'Child in an institution: the worker at the place of residence stays responsible'),
  'CP-47': rule('stage 3; counting: practice', 'Нормы контактов идут от плана и от каждой смены места; до плана от подтверждения', 'Байланыс нормасы жоспардан және орын ауысқаннан; жоспарға дейін растаудан', 'Contact norms run from the plan and each change of placement; before it from confirmation'),
  'CP-48': rule('stage 3; fields: practice', 'Домашний контакт - с ребенком: виден ли, кем, где, что дальше', 'Үйдегі байланыс - баламен: көрілді ме, кім, қайда, әрі қарай не', 'A home contact is with the child: seen, by whom, where, what next'),
  'CP-49': rule('practice', 'Остальные места: родственник-опекун, центр, больница', 'Қалған орындар: туыс қорғаншы, орталық, аурухана', 'Other placements: relative guardian, centre, hospital'),
  'CP-50': rule('stage 3; counting and reminders: practice', 'Пересмотр плана раз в шесть месяцев, раньше при росте риска', 'Жоспар алты айда бір қаралады, қауіп өссе ертерек', 'Review every six months, earlier when risk is raised'),
  'CP-51': rule('stage 3', 'Пересмотр - встреча, ведет супервизор, с семьей и исполнителями', 'Қайта қарау - супервайзер жүргізетін кездесу, отбасымен', 'The review is a meeting led by the supervisor, with family and agencies'),
  'CP-52': rule('stage 3', 'До встречи ведущий случай готовит отчет и предложения', 'Кездесуге дейін іс жүргізуші есеп пен ұсыныс дайындайды', 'The case manager prepares a report and proposals before the meeting'),
  'CP-53': rule('stages 3, 4', 'Решения: продолжить, продлить пребывание, отделить, закрыть', 'Шешімдер: жалғастыру, мерзімін ұзарту, бөлу, жабу', 'Decisions: continue, extend the stay, separate, close'),
  'CP-54': rule('stage 3 and its footnote; deadline: practice', 'Вне семьи: комиссия рекомендует, орган опеки решает', 'Отбасынан тыс: комиссия ұсынады, қорғаншылық органы шешеді', 'Out of the family: the commission recommends, the guardianship body decides'),
  'CP-55': rule('stage 3; Appendix 4', 'Пересмотр смотрит каждую меру; это пронумерованный лист плана', 'Қайта қарау әр шараны қарайды; жоспардың нөмірленген парағы', 'A review looks at each measure and is a numbered sheet of the plan'),
  'CP-56': rule('§5; stage 3 footnote; setting: practice', 'Для территории задают, какая комиссия есть и кто секретарь', 'Аумаққа қандай комиссия бар, хатшысы кім екені беріледі', 'Set per territory: which commission exists and its secretary'),
  'CP-57': rule('stage 3; order of PMPK and recording: practice', 'Порядок: решение, ПМПК при особых нуждах, комиссия, опека', 'Реті: шешім, ерекше қажеттікте ПМПК, комиссия, қорғаншылық', 'Order: review, PMPK when needed, commission, guardianship body'),
  'CP-58': rule('stage 3; with the referral: practice', 'Мотивированное требование участника идет в протокол и с направлением', 'Қатысушының дәлелді талабы хаттамаға және жолдамаға кіреді', 'A member’s reasoned demand goes into the protocol and with the referral'),
} as const satisfies Record<string, Rule>
