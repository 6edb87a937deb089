/** The words of mail to people without an account, in three languages. `{name}` is filled in. No word of a family: only a number of a case. */
import type { Mail, MailKind } from '@tirek/contract/mails'
import { fill } from '@tirek/contract/problems'
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

export const MEETING_KINDS = {
  interagency: t('межведомственное совещание', 'ведомствоаралық жиналыс', 'interagency meeting'),
  review: t('совещание по пересмотру плана', 'жоспарды қайта қарау жиналысы', 'meeting to review the plan'),
  team: t('совещание команды', 'топ жиналысы', 'team meeting'),
} as const satisfies Record<Mail['about']['meetingKind'], Text>

/** `title`: the subject and heading. `intro`: the first sentence. */
export const MAIL_WORDS = {
  'meeting-invited': {
    title: t('Приглашение на совещание', 'Жиналысқа шақыру', 'Invitation to a meeting'),
    intro: t(
      '{organisation} приглашает вас: {kind}, случай {case}.',
      '{organisation} сізді шақырады: {kind}, іс {case}.',
      '{organisation} invites you: {kind}, case {case}.',
    ),
  },
  'meeting-changed': {
    title: t('Совещание изменено', 'Жиналыс өзгертілді', 'The meeting has changed'),
    intro: t(
      'Время или место теперь другие: {kind}, случай {case}. Приглашает {organisation}. Прежний ответ относился к прежнему времени.',
      'Уақыты немесе орны енді басқа: {kind}, іс {case}. Шақырушы: {organisation}. Бұрынғы жауап бұрынғы уақытқа қатысты болды.',
      'Time or place is another one now: {kind}, case {case}. {organisation} invites. An earlier answer was about the earlier time.',
    ),
  },
  'meeting-cancelled': {
    title: t('Совещание отменено', 'Жиналыс болмайды', 'The meeting is cancelled'),
    intro: t(
      'Отменено: {kind}, случай {case}, {organisation}. Приходить не нужно.',
      'Болмайды: {kind}, іс {case}, {organisation}. Келудің қажеті жоқ.',
      'Cancelled: {kind}, case {case}, {organisation}. You need not come.',
    ),
  },
  'meeting-uninvited': {
    title: t('Вам не нужно приходить на совещание', 'Сізге жиналысқа келу қажет емес', 'You need not come to the meeting'),
    intro: t(
      'Приглашение вам отозвано: {kind}, случай {case}, {organisation}. Приходить вам не нужно. Само совещание не отменено.',
      'Сізге жіберілген шақыру қайтарып алынды: {kind}, іс {case}, {organisation}. Сізге келудің қажеті жоқ. Жиналыстың өзі болады.',
      'Your invitation is taken back: {kind}, case {case}, {organisation}. You need not come. The meeting itself is not cancelled.',
    ),
  },
  'meeting-reminded': {
    title: t('Напоминание о совещании', 'Жиналыс туралы еске салу', 'Reminder of a meeting'),
    intro: t(
      'Мы еще не знаем, придете ли вы: {kind}, случай {case}. Приглашает {organisation}.',
      'Келетініңізді әлі білмейміз: {kind}, іс {case}. Шақырушы: {organisation}.',
      'We do not know yet whether you will come: {kind}, case {case}. {organisation} invites.',
    ),
  },
  'meeting-not-held': {
    title: t('Совещание не состоялось', 'Жиналыс өтпеді', 'The meeting was not held'),
    intro: t(
      'Не состоялось: {kind}, случай {case}, {organisation}. О новом времени напишем отдельно.',
      'Өтпеді: {kind}, іс {case}, {organisation}. Жаңа уақыты туралы бөлек жазамыз.',
      'Not held: {kind}, case {case}, {organisation}. We shall write about a new time.',
    ),
  },
  protocol: {
    title: t('Протокол совещания', 'Жиналыс хаттамасы', 'Minutes of a meeting'),
    intro: t(
      'Протокол № {protocol}: {kind}, случай {case}, {organisation}.',
      '№ {protocol} хаттама: {kind}, іс {case}, {organisation}.',
      'Minutes no. {protocol}: {kind}, case {case}, {organisation}.',
    ),
  },
  'protocol-corrected': {
    title: t('Исправленный протокол совещания', 'Жиналыстың түзетілген хаттамасы', 'Corrected minutes of a meeting'),
    intro: t(
      'Исправленный протокол № {protocol}, редакция {version}: {kind}, случай {case}, {organisation}. Прежняя редакция больше не действует.',
      '№ {protocol} түзетілген хаттама, {version}-редакция: {kind}, іс {case}, {organisation}. Бұрынғы редакция енді күшінде емес.',
      'Corrected minutes no. {protocol}, version {version}: {kind}, case {case}, {organisation}. The former version is no longer valid.',
    ),
  },
} as const satisfies Record<MailKind, { title: Text; intro: Text }>

/** Not held, and the mail asks for a new time. */
export const PUT_OFF = {
  title: t('Совещание не состоялось и перенесено', 'Жиналыс өтпеді, басқа уақытқа ауыстырылды', 'The meeting was not held and is put off'),
  intro: t(
    'Не состоялось и перенесено: {kind}, случай {case}, {organisation}. Новое время указано ниже.',
    'Өтпеді, басқа уақытқа ауыстырылды: {kind}, іс {case}, {organisation}. Жаңа уақыты төменде көрсетілген.',
    'Not held and put off: {kind}, case {case}, {organisation}. The new time stands below.',
  ),
} as const satisfies { title: Text; intro: Text }

const LINES = {
  case: t('случай', 'іс', 'case'),
  meeting: t('Совещание', 'Жиналыс', 'Meeting'),
  when: t('Когда', 'Қашан', 'When'),
  was: t('Было', 'Бұрын', 'Was'),
  wasWhere: t('Место было', 'Бұрынғы орны', 'The place was'),
  where: t('Где', 'Қайда', 'Where'),
  video: t('По видео', 'Бейне арқылы', 'By video'),
  phone: t('Телефон', 'Телефон', 'Phone'),
  zone: t('время Казахстана, UTC+5', 'Қазақстан уақыты, UTC+5', 'time of Kazakhstan, UTC+5'),
  answer: t(
    'Ответить, придете ли вы (входить в систему не нужно)',
    'Келетініңізді білдіру (жүйеге кіру қажет емес)',
    'Say whether you will come (no sign-in)',
  ),
  otherWays: t(
    'Можно ответить и в календаре: приглашение приложено. Считается последний ответ.',
    'Күнтізбеде де жауап беруге болады: шақыру қоса берілген. Соңғы жауап есептеледі.',
    'You can answer in your calendar too: the invitation is attached. The latest answer counts.',
  ),
  calendarChanged: t(
    'Запись в вашем календаре изменится сама, когда вы откроете вложение.',
    'Қосымшаны ашқанда күнтізбеңіздегі жазба өзі өзгереді.',
    'The entry of your calendar changes when you open the attachment.',
  ),
  byPhone: t(
    'Ответить можно и по телефону {phone}.',
    '{phone} телефоны арқылы да жауап беруге болады.',
    'You can answer by phone too: {phone}.',
  ),
  receipt: t(
    'Подтвердить, что вы получили протокол (входить в систему не нужно)',
    'Хаттаманы алғаныңызды растау (жүйеге кіру қажет емес)',
    'Confirm that you have received the minutes (no sign-in)',
  ),
  file: t('Открыть протокол', 'Хаттаманы ашу', 'Open the minutes'),
  code: t(
    'Нужен код: его вам скажут по телефону или дадут на бумаге. В письмах код не бывает.',
    'Код қажет: оны сізге телефон арқылы айтады немесе қағазда береді. Код хатта болмайды.',
    'You need a code: you are told it by phone or on paper. No mail holds it.',
  ),
  attached: t('Вложено', 'Қоса берілді', 'Attached'),
  number: t(
    'Письмо № {n}. Пришло второй раз с тем же номером: это одно и то же письмо.',
    '№ {n} хат. Сол нөмірмен екінші рет келсе, бұл сол хат.',
    'Mail no. {n}. If it comes twice with one number, it is the same mail.',
  ),
  robot: t(
    'Письмо отправлено программой. Имен и сведений о семье в письмах нет: они сообщаются на совещании.',
    'Хатты бағдарлама жіберді. Хаттарда отбасы туралы аттар мен деректер жоқ: олар жиналыста айтылады.',
    'This mail was sent by a program. Mail holds no names and nothing of a family: these are told at the meeting.',
  ),
} as const satisfies Record<string, Text>

export const line = (what: keyof typeof LINES, lang: Lang, params: Record<string, string | number> = {}): string =>
  fill(LINES[what][lang], params)

const WEEKDAYS = {
  ru: ['воскресенье', 'понедельник', 'вторник', 'среда', 'четверг', 'пятница', 'суббота'],
  kk: ['жексенбі', 'дүйсенбі', 'сейсенбі', 'сәрсенбі', 'бейсенбі', 'жұма', 'сенбі'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
} as const satisfies Record<Lang, readonly string[]>
/** `day` is 0 for Sunday. */
export const weekdayOf = (day: number, lang: Lang): string => WEEKDAYS[lang][day]!
