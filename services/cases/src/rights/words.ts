/** The words of an export. */
import type { Text } from '@tirek/procedure/programme'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

// oxfmt-ignore
export const EXPORT_WORDS = {
  title:     t('Все, что хранится о ребенке и семье', 'Бала мен отбасы туралы сақталғанның бәрі', 'All that is held on the child and the family'),
  reporter:  t('Что хранится о том, кто сообщил', 'Хабарлаған адам туралы сақталғаны', 'What is held on who reported'),
  case:      t('Случай', 'Іс', 'Case'),
  made:      t('Составлено', 'Жасалған уақыты', 'Made'),
  askedBy:   t('По просьбе', 'Кімнің өтініші бойынша', 'On the request of'),
  leftOut:   t('Не выдается (RT-11)', 'Берілмейді (RT-11)', 'Left out (RT-11)'),
  why:       t('По правилу RT-11 не выдают, кто сообщил, его слова и где ребенка укрывают.', 'RT-11 ережесі бойынша кім хабарлағаны, оның сөздері және бала қайда жасырылғаны берілмейді.', 'By rule RT-11 it is not told who reported, in which words, and where a child is kept safe.'),
  withdrawn: t('внесено ошибочно', 'қате енгізілген', 'entered in error'),
  happened:  t('произошло', 'болған уақыты', 'happened'),
  recorded:  t('записано', 'жазылған уақыты', 'recorded'),
  by:        t('кем', 'кім', 'by'),
  role:      t('роль', 'рөлі', 'role'),
  at:        t('когда', 'қашан', 'when'),
  what:      t('что', 'не', 'what'),
  due:       t('срок', 'мерзімі', 'due'),
  state:     t('как закончился', 'қалай аяқталды', 'how it ended'),
  whom:      t('кому', 'кімге', 'to whom'),
  number:    t('номер', 'нөмірі', 'number'),
  confirmed: t('прочтение подтверждено', 'оқылғаны расталды', 'reading confirmed'),
  until:     t('до', 'дейін', 'until'),
  reason:    t('почему', 'неге', 'why'),
  fileType:  t('вид файла', 'файл түрі', 'type of the file'),
  fileSize:  t('размер, байт', 'көлемі, байт', 'size, bytes'),
  none:      t('Ничего нет.', 'Ештеңе жоқ.', 'Nothing.'),
  erased:    t('Стерто', 'Өшірілді', 'Erased'),
} as const satisfies Record<string, Text>

// oxfmt-ignore
export const SECTIONS = {
  child:     t('О ребенке в регистре', 'Тіркелімдегі бала туралы', 'The child in the register'),
  acts:      t('Что записано', 'Не жазылды', 'What was recorded'),
  deadlines: t('Сроки и чем они закончились', 'Мерзімдер және қалай аяқталды', 'Terms and how they ended'),
  steps:     t('Кому напоминали', 'Кімге еске салынды', 'Who was reminded'),
  journals:  t('Записи в журналах', 'Журналдардағы жазбалар', 'Entries in journals'),
  drafts:    t('Незаконченные формы', 'Аяқталмаған нысандар', 'Forms that are not finished'),
  files:     t('Файлы, которые названы в записях', 'Жазбаларда аталған файлдар', 'Files that records name'),
  letters:   t('Письма о случае', 'Іс туралы хаттар', 'Letters about the case'),
  meetings:  t('Совещания', 'Кеңестер', 'Meetings'),
  referrals: t('Направления', 'Жолдамалар', 'Referrals'),
  access:    t('Кому открыт случай', 'Іс кімге ашылған', 'Who was given access'),
  readings:  t('Кто открывал и читал', 'Кім ашып оқыды', 'Who opened and read it'),
} as const satisfies Record<string, Text>
export type SectionName = keyof typeof SECTIONS

// oxfmt-ignore
export const MEETING_WORDS = {
  place:    t('где', 'қайда', 'where'),
  video:    t('видеосвязь', 'бейнебайланыс', 'video call'),
  phone:    t('телефон', 'телефон', 'phone'),
  agenda:   t('повестка', 'күн тәртібі', 'agenda'),
  invitee:  t('приглашен', 'шақырылған', 'invited'),
  mail:     t('письмо', 'хат', 'mail'),
  protocol: t('протокол', 'хаттама', 'protocol'),
  dissent:  t('особое мнение', 'ерекше пікір', 'dissenting opinion'),
  unmatched: t('письма неизвестных отправителей', 'белгісіз жіберушілердің хаттары', 'mail from senders who are not known'),
} as const satisfies Record<string, Text>

// oxfmt-ignore
export const REFERRAL_WORDS = {
  question:   t('вопрос', 'мәселе', 'question'),
  addressee:  t('кому', 'кімге', 'to'),
  letter:     t('письмо', 'хат', 'letter'),
  document:   t('приложенный документ', 'қоса берілген құжат', 'enclosed document'),
  demand:     t('требование участника', 'қатысушының талабы', 'demand of a member'),
  outOfOrder: t('почему вне порядка', 'неліктен тәртіптен тыс', 'why out of the order'),
  sending:    t('отправлено', 'жіберілді', 'sent'),
  answer:     t('ответ', 'жауап', 'answer'),
  reply:      t('письмо в ответ', 'жауап хат', 'reply by mail'),
} as const satisfies Record<string, Text>

// oxfmt-ignore
export const STATES: Readonly<Record<string, Text>> = {
  open:        t('открыт', 'ашық', 'open'),
  kept:        t('выполнен в срок', 'мерзімінде орындалды', 'kept'),
  'kept-late': t('выполнен поздно', 'кеш орындалды', 'kept late'),
  lapsed:      t('отпал', 'күші жойылды', 'lapsed'),
  missed:      t('пропущен', 'өткізіп алынды', 'missed'),
}

// oxfmt-ignore
export const STEP_WORDS: Readonly<Record<string, Text>> = {
  remind:   t('напоминание', 'еске салу', 'reminder'),
  escalate: t('сообщено выше', 'жоғарыға хабарланды', 'told the next in line'),
  overdue:  t('срок прошел', 'мерзімі өтті', 'overdue'),
}

// oxfmt-ignore
export const WHOM: Readonly<Record<string, Text>> = {
  'case-manager': t('ведущий случай', 'іс жүргізуші', 'case manager'),
  'first-person': t('кто принял обращение', 'өтінішті қабылдаған', 'who took the request'),
  supervisor:     t('супервизор', 'супервайзер', 'supervisor'),
  'next-in-line': t('следующий по цепочке', 'тізбектегі келесі', 'next in line'),
  head:           t('руководитель', 'басшы', 'head'),
  'duty-list':    t('список дежурных', 'кезекшілер тізімі', 'duty list'),
  'on-duty':      t('дежурный', 'кезекші', 'person on duty'),
  responsible:    t('ответственный', 'жауапты', 'who is responsible'),
}

type JournalField = { text: Text; protected?: true }
/** Entries that acts make have no form of their own: their columns. RT-11 holds here too. */
// oxfmt-ignore
export const JOURNAL_FIELDS: Readonly<Record<string, JournalField>> = {
  request:             { text: t('номер случая', 'іс нөмірі', 'number of the case') },
  case:                { text: t('номер случая', 'іс нөмірі', 'number of the case') },
  kind:                { text: t('вид записи', 'жазба түрі', 'kind of entry') },
  child:               { text: t('ребенок', 'бала', 'child') },
  visitor:             { text: t('посетитель', 'келуші', 'visitor'), protected: true },
  contact:             { text: t('контакт посетителя', 'келушінің байланысы', 'contact of the visitor'), protected: true },
  question:            { text: t('вопрос', 'сұрақ', 'what was asked'), protected: true },
  asked:               { text: t('кого спросили', 'кімнен сұралды', 'who was asked'), protected: true },
  askerTold:           { text: t('что сказали обратившемуся', 'жүгінушіге не айтылды', 'what the person who asked was told'), protected: true },
  asker:               { text: t('кто обратился', 'кім жүгінді', 'who asked for help'), protected: true },
  ground:              { text: t('основание', 'негізі', 'ground'), protected: true },
  channel:             { text: t('как поступило', 'қалай түсті', 'channel') },
  reportedAt:          { text: t('дата обращения', 'өтініш күні', 'date of the request') },
  level:               { text: t('степень риска', 'қауіп деңгейі', 'risk level') },
  levelAtRegistration: { text: t('степень риска при регистрации', 'тіркеудегі қауіп деңгейі', 'risk level at registration') },
  work:                { text: t('проведенная работа', 'жасалған жұмыс', 'work done') },
  result:              { text: t('результат', 'нәтиже', 'result') },
  why:                 { text: t('почему не подтвердилось', 'неге расталмады', 'why it was not confirmed') },
}
