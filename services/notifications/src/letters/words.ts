/** The words of letters in three languages. `{name}` is filled in. */
import type { Notice } from '@tirek/contract/notices'
import type { Lang } from '@tirek/contract/roles'
import type { ToldRole } from '../recipients/recipients.ts'

export const LETTER_WORDS = {
  case: { ru: 'Случай', kk: 'Іс', en: 'Case' },
  rule: { ru: 'Правило', kk: 'Ереже', en: 'Rule' },
  urgent: { ru: 'Срочно', kk: 'Шұғыл', en: 'Urgent' },
  received: { ru: 'Сообщение получено', kk: 'Хабар алынды', en: 'Report received' },
  due: { ru: 'Срок', kk: 'Мерзімі', en: 'Due' },
  wasDue: { ru: 'Срок был', kk: 'Мерзімі болған', en: 'Was due' },
  until: { ru: 'до {at}', kk: '{at} дейін', en: 'by {at}' },
  was: { ru: 'срок был {at}', kk: 'мерзімі {at} болған', en: 'was due {at}' },
  left: { ru: 'осталось {n} мин', kk: '{n} мин қалды', en: '{n} min left' },
  ago: { ru: 'прошло {n} мин', kk: '{n} мин өтті', en: '{n} min ago' },
  lateFromStart: {
    ru: 'Форма записана, когда время части шагов уже прошло: опоздание с самого начала.',
    kk: 'Нысан жазылғанда кейбір қадамдардың уақыты өтіп кеткен: басынан кешіккен.',
    en: 'The form was typed when the time of some steps had passed: late from the start.',
  },
  away: {
    ru: 'Наступило {due}, сообщаем {told}: система была недоступна.',
    kk: '{due} басталды, {told} хабарлаймыз: жүйе қолжетімсіз болды.',
    en: 'Came due {due}, told {told}: the system was away.',
  },
  steps: { ru: 'Пройдено шагов', kk: 'Өткен қадамдар', en: 'Steps passed' },
  remind: { ru: 'напоминание', kk: 'еске салу', en: 'reminder' },
  escalate: { ru: 'сообщение старшему', kk: 'жоғарыға хабарлау', en: 'told to a senior' },
  overdue: { ru: 'срок прошел', kk: 'мерзімі өтті', en: 'term passed' },
  repeat: { ru: 'повтор {n}', kk: '{n}-қайталау', en: 'repeat {n}' },
  you: { ru: 'Вы получили это как', kk: 'Бұл сізге мына рөлде келді', en: 'You get this as' },
  standsFor: { ru: 'вместо: {name}', kk: 'орнына: {name}', en: 'in place of {name}' },
  knew: { ru: 'Уже извещены', kk: 'Бұрын хабарланды', en: 'Told before' },
  confirmed: { ru: 'Подтвердили прочтение', kk: 'Оқығанын растады', en: 'Confirmed reading' },
  receipt: {
    ru: 'Подтвердить, что уведомление № {n} прочитано (без входа)',
    kk: '№ {n} хабарлама оқылғанын растау (жүйеге кірусіз)',
    en: 'Confirm that you have read notice no. {n} (no sign-in)',
  },
  deadline: { ru: 'Срок процедуры', kk: 'Рәсім мерзімі', en: 'Deadline of the procedure' },
  alsoTold: { ru: 'Знают также', kk: 'Сонымен қатар біледі', en: 'Also told' },
  nextTold: {
    ru: 'Если ничего не записать, дальше узнает ({at})',
    kk: 'Ештеңе жазылмаса, келесі біледі ({at})',
    en: 'If nothing is recorded, next told ({at})',
  },
  measureRemind: {
    ru: 'Меру выполняет {whose}: писем от нас там не получают. Напомните о сроке сами.',
    kk: 'Шараны {whose} орындайды: бізден хат алмайды. Мерзімін өзіңіз еске салыңыз.',
    en: 'The measure is up to {whose}, who gets no letter from us. Remind them of the date yourself.',
  },
  measurePassed: {
    ru: 'Меру выполняет {whose}: выясните, сделано ли, и поставьте отметку.',
    kk: 'Шараны {whose} орындайды: орындалғанын анықтап, белгі қойыңыз.',
    en: 'The measure is up to {whose}: find out whether it was done and mark it.',
  },
  open: { ru: 'Открыть случай', kk: 'Істі ашу', en: 'Open the case' },
  offer: { ru: 'Посмотреть предложение', kk: 'Ұсынысты қарау', en: 'See the offer' },
  list: { ru: 'Список дел', kk: 'Істер тізімі', en: 'Work list' },
  evidence: {
    ru: 'Срок закрывает только запись о сделанном, не это письмо.',
    kk: 'Мерзімді бұл хат емес, жасалған істің жазбасы ғана жабады.',
    en: 'Only a record of what was done ends it, not this letter.',
  },
  digestNews: { ru: 'Уведомления на {day}: {n}', kk: '{day} хабарламалары: {n}', en: 'Notices of {day}: {n}' },
  digest: { ru: 'Сроки на {day}: {n}', kk: '{day} мерзімдері: {n}', en: 'Due on {day}: {n}' },
  reopened: {
    ru: 'Подтверждение срочных мер отозвано как ошибочное: час снова открыт с прежним сроком.',
    kk: 'Шұғыл шаралардың растамасы қате ретінде қайтарылды: сағат бұрынғы мерзіммен қайта ашылды.',
    en: 'The evidence of the hour was withdrawn as an error: the hour is open again with its old due.',
  },
  turnedSix: {
    ru: 'Ребенку исполнилось шесть лет: решите, как продолжать',
    kk: 'Бала алты жасқа толды: қалай жалғастыруды шешіңіз',
    en: 'The child has turned six: decide how to go on',
  },
  participantInvited: {
    ru: 'Вас пригласили участвовать в случае',
    kk: 'Сізді іске қатысуға шақырды',
    en: 'You are invited to take part in the case',
  },
  glassBroken: {
    ru: 'Случай открыт в опасности для жизни тем, кто его не ведет',
    kk: 'Істі жүргізбейтін адам оны өмірге қауіп кезінде ашты',
    en: 'The case was opened in danger to life by somebody who does not lead it',
  },
  handOverOffered: {
    ru: 'Вашей организации предложено дело: примите или откажите',
    kk: 'Ұйымыңызға іс ұсынылды: қабылдаңыз немесе бас тартыңыз',
    en: 'A file is offered to your organisation: accept or decline it',
  },
  handOverTakenBack: { ru: 'Предложение дела отозвано', kk: 'Іс ұсынысы қайтарып алынды', en: 'The offer of the file was taken back' },
  handOverAccepted: {
    ru: 'Дело принято другой организацией',
    kk: 'Істі басқа ұйым қабылдады',
    en: 'The file was accepted by the other organisation',
  },
  handOverReceived: {
    ru: 'Дело другой организации принято: теперь случай ведет ваша организация',
    kk: 'Басқа ұйымның ісі қабылданды: енді оны сіздің ұйым жүргізеді',
    en: 'The file of another organisation was accepted: your organisation leads the case now',
  },
  handOverDeclined: {
    ru: 'Организация не приняла дело: оно остается у вас',
    kk: 'Ұйым істі қабылдамады: ол сізде қалады',
    en: 'The organisation declined the file: it stays with you',
  },
  handOverWaits: { ru: 'Предложенное дело ждет ответа', kk: 'Ұсынылған іс жауап күтуде', en: 'An offered file waits for your answer' },
  handOverUnanswered: {
    ru: 'На предложение дела не ответили: оно остается у вас, свяжитесь с организацией',
    kk: 'Іс ұсынысына жауап берілмеді: ол сізде қалады, ұйымға хабарласыңыз',
    en: 'The offer of the file was not answered: it stays with you, call the organisation',
  },
  ofMeeting: { ru: 'Совещание по случаю', kk: 'Іс бойынша кеңес', en: 'A meeting of the case' },
  ofReferral: { ru: 'Направление по случаю', kk: 'Іс бойынша жолдама', en: 'A referral of the case' },
  openReferral: { ru: 'Открыть направление', kk: 'Жолдаманы ашу', en: 'Open the referral' },
  callReview: { ru: 'Созвать пересмотр', kk: 'Қайта қарауды шақыру', en: 'Call the review' },
  openMeeting: { ru: 'Открыть совещание', kk: 'Кеңесті ашу', en: 'Open the meeting' },
  repaired: {
    ru: 'Наблюдение за сроками случая восстановлено.',
    kk: 'Істің мерзімдерін бақылау қалпына келтірілді.',
    en: 'Watching over the deadlines of the case was restored.',
  },
  failed: { ru: 'Письмо не доставлено', kk: 'Хат жеткізілмеді', en: 'A letter was not delivered' },
  failedWhat: {
    ru: 'Письмо для {name} не доставлено. Сообщите другим способом и проверьте адрес.',
    kk: '{name} үшін хат жеткізілмеді. Басқа жолмен хабарлап, мекенжайды тексеріңіз.',
    en: 'A letter to {name} was not delivered. Tell them another way and check the address.',
  },
  failedDoubt: {
    ru: 'Неизвестно, дошло ли письмо для {name}: связь прервалась при отправке. Убедитесь сами.',
    kk: '{name} үшін хаттың жеткені белгісіз: жіберу кезінде байланыс үзілді. Өзіңіз анықтаңыз.',
    en: 'It is not known whether a letter reached {name}: the line dropped while it was sent. Make sure yourself.',
  },
  serverSaid: { ru: 'Ответ почтового сервера', kk: 'Пошта серверінің жауабы', en: "Mail server's answer" },
} as const satisfies Record<string, Record<Lang, string>>

/** Why an event is told, or what it changes: one sentence. */
export const EVENT_WHY: Readonly<Record<NonNullable<Notice['event']>, Record<Lang, string>>> = {
  'hour-reopened': {
    ru: 'Доказательств срочных мер снова нет',
    kk: 'Шұғыл шаралардың дәлелі қайтадан жоқ',
    en: 'There is no evidence of urgent measures again',
  },
  'turned-six': {
    ru: 'Регламент рассчитан на детей до пяти лет включительно',
    kk: 'Регламент бес жасқа дейінгі балаларға арналған',
    en: 'The procedure is for children up to five',
  },
  'letter-failed': {
    ru: 'Человек о сроке не узнал',
    kk: 'Адам мерзім туралы білген жоқ',
    en: 'The person has not learnt of the term',
  },
  'workflow-repaired': { ru: 'Сроки не потеряны', kk: 'Мерзімдер жоғалған жоқ', en: 'No term was lost' },
  'participant-invited': {
    ru: 'Вам открыты только те части дела, на которые вас пригласили',
    kk: 'Сізге істің шақырылған бөліктері ғана ашық',
    en: 'Only the parts of the case that you were invited to are open to you',
  },
  'glass-broken': {
    ru: 'Случай открыт на час с записанной причиной; открытие проверит другой человек',
    kk: 'Іс жазылған себеппен бір сағатқа ашылды; ашуды басқа адам тексереді',
    en: 'The case is open for an hour, with the reason written down; somebody else reviews the opening',
  },
  'hand-over-offered': {
    ru: 'До вашего ответа случай ведет прежняя организация',
    kk: 'Жауап бергенше істі бұрынғы ұйым жүргізеді',
    en: 'Until you answer the former organisation leads the case',
  },
  'hand-over-taken-back': { ru: 'Отвечать больше не нужно', kk: 'Жауап берудің қажеті жоқ', en: 'No answer is needed any more' },
  'hand-over-accepted': {
    ru: 'Случай и его сроки больше не у вас',
    kk: 'Іс пен оның мерзімдері енді сізде емес',
    en: 'The case and its terms are no longer yours',
  },
  'hand-over-received': {
    ru: 'Сроки случая теперь ваши: они шли и во время передачи',
    kk: 'Істің мерзімдері енді сіздікі: олар тапсыру кезінде де жүрді',
    en: 'The terms of the case are yours now: they ran while it was handed over',
  },
  'hand-over-declined': {
    ru: 'Случай и его сроки у вас, как и были',
    kk: 'Іс пен оның мерзімдері бұрынғыдай сізде',
    en: 'The case and its terms are yours as before',
  },
  'hand-over-waits': {
    ru: 'До вашего ответа случай ведет прежняя организация',
    kk: 'Жауап бергенше істі бұрынғы ұйым жүргізеді',
    en: 'Until you answer the former organisation leads the case',
  },
  'hand-over-unanswered': {
    ru: 'Случай и его сроки у вас, как и были',
    kk: 'Іс пен оның мерзімдері бұрынғыдай сізде',
    en: 'The case and its terms are yours as before',
  },
  meeting: {
    ru: 'Кто придет и что решено, видно на странице совещания',
    kk: 'Кім келетіні және не шешілгені кеңес бетінде көрінеді',
    en: 'Who comes and what was decided is seen on the page of the meeting',
  },
  referral: {
    ru: 'Что отправлено и что отвечено, видно на странице направления',
    kk: 'Не жіберілгені мен не жауап берілгені жолдама бетінде көрінеді',
    en: 'What was sent and what was answered is seen on the page of the referral',
  },
}

export const TOLD_ROLES: Readonly<Record<ToldRole, Record<Lang, string>>> = {
  'case-manager': { ru: 'ведущий случай', kk: 'іс жүргізуші', en: 'case manager' },
  'first-person': { ru: 'принявший обращение', kk: 'өтінішті қабылдаған', en: 'who took the request' },
  supervisor: { ru: 'супервизор', kk: 'супервайзер', en: 'supervisor' },
  'next-in-line': { ru: 'следующий руководитель', kk: 'келесі басшы', en: 'next in line' },
  head: { ru: 'руководитель организации', kk: 'ұйым басшысы', en: 'head of the organisation' },
  'duty-list': { ru: 'дежурный список', kk: 'кезекшілер тізімі', en: 'duty list' },
  'on-duty': { ru: 'дежурный', kk: 'кезекші', en: 'on duty' },
  invited: { ru: 'приглашенный в случай', kk: 'іске шақырылған', en: 'invited to the case' },
  responsible: { ru: 'ответственный за меру', kk: 'шараға жауапты', en: 'responsible for the measure' },
}

/** Whose a measure is, when no account stands behind it. */
export const MEASURE_OF: Readonly<Record<'family' | 'agency' | 'specialist', Record<Lang, string>>> = {
  family: { ru: 'семья', kk: 'отбасы', en: 'the family' },
  agency: { ru: 'ведомство или учреждение', kk: 'ведомство немесе мекеме', en: 'an agency or institution' },
  specialist: { ru: 'специалист', kk: 'маман', en: 'a specialist' },
}

/** A phrase with its blanks filled. */
export const say = (word: keyof typeof LETTER_WORDS, lang: Lang, blanks: Record<string, string | number> = {}): string =>
  LETTER_WORDS[word][lang].replace(/\{(\w+)\}/g, (_, name: string) => String(blanks[name] ?? ''))
