/** Captions of the protocol, row by row, and the words within it. The official captions are the Russian ones. */
import type { Text } from '@tirek/procedure/programme'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

/** The 17 rows of forms/meeting-protocol.md, in their order. */
export const ROWS = {
  kind: t('1. Вид совещания', 'Кеңес түрі', 'Kind of meeting'),
  held: t('2. Номер, дата, время, место', 'Нөмірі, күні, уақыты, орны', 'Number, date, time, place'),
  child: t('3. Ребенок, номер личного дела', 'Бала, жеке іс нөмірі', 'Child, number of the personal file'),
  coordinator: t('4. Координатор', 'Үйлестіруші', 'Coordinator'),
  agreed: t('5. Согласовано с', 'Келісілді', 'Agreed with'),
  participants: t('6. Участники', 'Қатысушылар', 'Participants'),
  report: t(
    '7. Отчет о реализации плана и предложения',
    'Жоспардың орындалуы туралы есеп және ұсыныстар',
    'Report on the plan and proposals',
  ),
  needs: t('8. Первоочередные потребности ребенка', 'Баланың бірінші кезектегі қажеттіліктері', "The child's first needs"),
  measures: t('9. Меры', 'Шаралар', 'Measures'),
  responsible: t('10. Ответственные', 'Жауаптылар', 'Responsible'),
  decision: t('11. Решение', 'Шешім', 'Decision'),
  opinions: t('12. Особые мнения', 'Ерекше пікірлер', 'Dissenting opinions'),
  commission: t('13. Вынести на Комиссию', 'Комиссияға шығару', 'To be put to the commission'),
  next: t('14. Дата следующего совещания (пересмотра)', 'Келесі кеңес (қайта қарау) күні', 'Date of the next meeting (review)'),
  writtenBy: t('15. Протокол вел', 'Хаттаманы жүргізген', 'Written by'),
  signatures: t('16. Подписи участников', 'Қатысушылардың қолдары', 'Signatures of the participants'),
  sent: t('17. Направлено', 'Жіберілді', 'Sent to'),
} as const satisfies Record<string, Text>

export const KINDS = {
  interagency: t('Межведомственное рассмотрение случая', 'Істі ведомствоаралық қарау', 'Interagency review of the case'),
  review: t('Пересмотр плана', 'Жоспарды қайта қарау', 'Review of the plan'),
  team: t('Совещание команды', 'Топ кеңесі', 'Team meeting'),
} as const satisfies Record<string, Text>

export const ATTENDANCE = {
  came: t('присутствовал(а)', 'қатысты', 'took part'),
  'by-video': t('по видеосвязи', 'бейнебайланыс арқылы', 'by video'),
  absent: t('приглашен(а), отсутствовал(а)', 'шақырылды, келмеді', 'invited, absent'),
} as const satisfies Record<string, Text>

export const DEMANDS = {
  'birth-family': t('оставить в родной семье', 'туған отбасында қалдыру', 'the birth family'),
  'foster-family': t('патронатная семья', 'патронаттық отбасы', 'foster family'),
  'family-type-home': t('детский дом семейного типа', 'отбасы үлгісіндегі балалар үйі', "family-type children's home"),
  other: t('другое', 'басқа', 'other'),
} as const satisfies Record<string, Text>

export const COMMISSIONS = {
  'commission-services': t('Комиссия интегрированной модели', 'Интеграцияланған модель комиссиясы', 'Commission on the integrated model'),
  'commission-minors': t(
    'Комиссия по делам несовершеннолетних',
    'Кәмелетке толмағандардың істері жөніндегі комиссия',
    'Commission on minors',
  ),
} as const satisfies Record<string, Text>

export const WAYS = {
  'mail-file': t('письмо с файлом', 'файлы бар хат', 'mail with the file'),
  'mail-link': t('письмо со ссылкой, файл по коду', 'сілтемесі бар хат, файл код бойынша', 'mail with a link, file by code'),
  paper: t('на бумаге', 'қағазда', 'on paper'),
  'in-person': t('лично', 'жеке', 'in person'),
} as const satisfies Record<string, Text>

export const DELIVERED = {
  queued: t('в очереди', 'кезекте', 'queued'),
  accepted: t('принято сервером', 'сервер қабылдады', 'taken by the server'),
  bounced: t('не доставлено', 'жеткізілмеді', 'not delivered'),
  opened: t('открыто', 'ашылды', 'opened'),
  confirmed: t('получение подтверждено', 'алғаны расталды', 'receipt confirmed'),
  'handed-over': t('вручено', 'тапсырылды', 'handed over'),
} as const satisfies Record<string, Text>

export const WORDS = {
  protocol: t('Протокол', 'Хаттама', 'Protocol'),
  agenda: t('Повестка', 'Күн тәртібі', 'Agenda'),
  version: t('версия', 'нұсқа', 'version'),
  name: t('Имя', 'Аты-жөні', 'Name'),
  organisation: t('Организация, роль', 'Ұйым, рөлі', 'Organisation, role'),
  family: t('семья', 'отбасы', 'family'),
  attendance: t('Участие', 'Қатысуы', 'Attendance'),
  signature: t('Подпись', 'Қолы', 'Signature'),
  day: t('Дата', 'Күні', 'Date'),
  due: t('Срок', 'Мерзімі', 'Due'),
  author: t('Кто', 'Кім', 'Who'),
  demand: t('Чего требует', 'Нені талап етеді', 'Demand'),
  reasons: t('Мнение и обоснование', 'Пікір және негіздеме', 'Opinion and reasons'),
  to: t('Кому', 'Кімге', 'To whom'),
  way: t('Способ', 'Тәсілі', 'Way'),
  delivered: t('Доставка', 'Жеткізілуі', 'Delivery'),
  proposals: t('Предложения', 'Ұсыныстар', 'Proposals'),
  notReview: t('это не пересмотр', 'бұл қайта қарау емес', 'this is no review'),
  noOpinions: t('нет', 'жоқ', 'none'),
  yes: t('да', 'иә', 'yes'),
  no: t('нет', 'жоқ', 'no'),
  pmpkFirst: t('сначала ПМПК', 'алдымен ПМПК', 'PMPK first'),
  closes: t('не назначается: решено закрыть дело', 'тағайындалмайды: істі жабу шешілді', 'none: it was decided to close the case'),
  reason: t('Обоснование', 'Негіздеме', 'Reason'),
  fileNumber: t('личное дело № {n}', 'жеке іс № {n}', 'personal file no. {n}'),
  byVideo: t('видеосвязь', 'бейнебайланыс', 'by video'),
  familyTold: t('Семья (опекун) извещена', 'Отбасына (қамқоршыға) хабарланды', 'Family (guardian) told'),
  copyInFile: t('Копия в личном деле', 'Көшірмесі жеке іс қағазында', 'Copy in the personal file'),
  corrected: t(
    'Исправленная версия {n} от {day}. Заменяет версию {of}.',
    '{day} түзетілген {n}-нұсқа. {of}-нұсқаны алмастырады.',
    'Corrected version {n} of {day}. It replaces version {of}.',
  ),
  correctedBy: t('Исправил(а)', 'Түзеткен', 'Corrected by'),
  changed: t('Что изменено', 'Не өзгерді', 'What is changed'),
  caseNumber: t('Случай', 'Іс', 'Case'),
  when: t('Дата и время', 'Күні мен уақыты', 'Date and time'),
  where: t('Место', 'Орны', 'Place'),
  invites: t('Приглашает', 'Шақырады', 'Invited by'),
  invited: t('Приглашены', 'Шақырылғандар', 'Invited'),
  questions: t('Вопросы', 'Сұрақтар', 'Items'),
  phone: t('Телефон для ответа', 'Жауап беру телефоны', 'Phone for answers'),
} as const satisfies Record<string, Text>
