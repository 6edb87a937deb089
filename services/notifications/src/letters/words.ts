/** The words of letters in three languages. `{name}` is filled in. */
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
  overdue: { ru: 'срок прошёл', kk: 'мерзімі өтті', en: 'term passed' },
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
  list: { ru: 'Список дел', kk: 'Істер тізімі', en: 'Work list' },
  evidence: {
    ru: 'Срок закрывает только запись о сделанном, не это письмо.',
    kk: 'Мерзімді бұл хат емес, жасалған істің жазбасы ғана жабады.',
    en: 'Only a record of what was done ends it, not this letter.',
  },
  digest: { ru: 'Сроки на {day}: {n}', kk: '{day} мерзімдері: {n}', en: 'Due on {day}: {n}' },
  reopened: {
    ru: 'Подтверждение срочных мер отозвано как ошибочное: час снова открыт с прежним сроком.',
    kk: 'Шұғыл шаралардың растамасы қате ретінде қайтарылды: сағат бұрынғы мерзіммен қайта ашылды.',
    en: 'The evidence of the hour was withdrawn as an error: the hour is open again with its old due.',
  },
  turnedSix: {
    ru: 'Ребёнку исполнилось шесть лет: решите, как продолжать',
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
