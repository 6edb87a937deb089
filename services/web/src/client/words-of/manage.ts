/** Words of the pages that keep the organisation: people, absences, duty, terms, calendar, letters, journals. */
import { wordsIn, type Said } from '../words.ts'

export const MANAGE = {
  manageLead: [
    'Кто работает, кто замещает, какие сроки действуют.',
    'Кім жұмыс істейді, кім алмастырады, қандай мерзімдер қолданылады.',
    'Who works, who stands in, which terms hold.',
  ],
  absences: ['Отсутствия и заместители', 'Болмау және орынбасарлар', 'Absences and deputies'],
  absencesLead: [
    'Пока человека нет, его случаи, сроки и письма получает заместитель (CP-64).',
    'Адам болмаған кезде оның істерін, мерзімдері мен хаттарын орынбасары алады (CP-64).',
    'While somebody is away the deputy gets their cases, terms and letters (CP-64).',
  ],
  absencesNone: ['Никто не записан отсутствующим.', 'Ешкім жоқ деп жазылмаған.', 'Nobody is recorded as away.'],
  absenceAdd: ['Записать отсутствие', 'Болмауды жазу', 'Record an absence'],
  awayNow: ['Сейчас', 'Қазір', 'Now'],
  awayLater: ['Впереди', 'Алда', 'Coming'],
  awayBefore: ['Прошлые', 'Өткендері', 'Past'],
  deputyIs: ['Замещает', 'Алмастырады:', 'Deputy:'],
  deputyNone: ['заместителя нет', 'орынбасар жоқ', 'no deputy'],
  deputyNoneHint: [
    'Письма уходят супервизору; назначьте заместителя.',
    'Хаттар супервайзерге барады; орынбасар тағайындаңыз.',
    'Letters go to the supervisor; name a deputy.',
  ],
  takeAway: ['Убрать', 'Алып тастау', 'Remove'],
  takeAwaySure: ['Точно убрать?', 'Шынымен алып тастау керек пе?', 'Really remove it?'],
  takeAwayYes: ['Да, убрать', 'Иә, алып тастау', 'Yes, remove'],
  duty: ['Дежурство', 'Кезекшілік', 'Duty list'],
  dutyLead: [
    'Кого спросят в неотложный час вне рабочего времени: сначала первого по списку, через два часа всех (CP-10).',
    'Шұғыл сағатта жұмыс уақытынан тыс кімге хабарланады: алдымен тізімдегі бірінші, екі сағаттан кейін барлығы (CP-10).',
    'Who is asked in the hour outside working time: first the first of the list, after two hours all of them (CP-10).',
  ],
  dutyNone: [
    'Сегодня никто не дежурит: ночью час останется без первого звонка. Назначьте дежурного.',
    'Бүгін ешкім кезекші емес: түнде алғашқы қоңырау болмайды. Кезекші тағайындаңыз.',
    'Nobody is on duty today: at night the hour has nobody to call first. Name somebody.',
  ],
  dutyToday: ['Дежурят сегодня', 'Бүгін кезекшілер', 'On duty today'],
  dutyLater: ['Другие дни', 'Басқа күндер', 'Other days'],
  dutyAdd: ['Поставить в список', 'Тізімге қосу', 'Put on the list'],
  noEnd: ['без срока', 'мерзімсіз', 'no end'],
  noPhone: ['телефона нет', 'телефоны жоқ', 'no phone'],
  people: ['Люди и роли', 'Адамдар мен рөлдер', 'People and roles'],
  peopleLead: [
    'Кто может войти и что ему видно. Изменение роли действует в течение минуты.',
    'Кім кіре алады және не көреді. Рөл өзгерісі бір минут ішінде күшіне енеді.',
    'Who may sign in and what they see. A changed role holds within a minute.',
  ],
  peopleFind: ['Имя или логин', 'Аты немесе логині', 'Name or login'],
  peopleOf: ['Организация', 'Ұйым', 'Organisation'],
  peopleAll: ['Все', 'Барлығы', 'All'],
  peopleNone: ['Никого не найдено.', 'Ешкім табылмады.', 'Nobody was found.'],
  personAdd: ['Добавить человека', 'Адам қосу', 'Add a person'],
  personNew: ['Новый человек', 'Жаңа адам', 'A new person'],
  notActive: ['не работает', 'жұмыс істемейді', 'no longer works'],
  noMail: ['нет адреса: писем не получит', 'мекенжайы жоқ: хат алмайды', 'no address: gets no letters'],
  signThemOut: ['Завершить все входы', 'Барлық кіруді аяқтау', 'End all sign-ins'],
  signThemOutLead: [
    'Если телефон потерян или доступ больше не нужен: на всех устройствах выход произойдет в течение минуты.',
    'Телефон жоғалса немесе қолжетім қажет болмаса: барлық құрылғыда бір минут ішінде шығарылады.',
    'When a phone is lost or access is over: every device is signed out within a minute.',
  ],
  signedOut: ['Входы завершены.', 'Кірулер аяқталды.', 'Sign-ins are ended.'],
  settings: ['Сроки и нормы', 'Мерзімдер мен нормалар', 'Terms and norms'],
  settingsLead: [
    'Что регламент оставляет организации. Рядом правило и норма; изменение пересчитывает сроки открытых случаев.',
    'Регламент ұйымға қалдырған мәндер. Жанында ереже мен норма; өзгеріс ашық істердің мерзімдерін қайта есептейді.',
    'What the procedure leaves to the organisation. Rule and standard stand beside; a change counts the terms of open cases anew.',
  ],
  standard: ['норма', 'норма', 'standard'],
  changed: ['изменено', 'өзгертілген', 'changed'],
  backToStandard: ['Вернуть норму', 'Нормаға қайтару', 'Back to the standard'],
  agenciesHint: [
    'Кому пишут и куда направляют; каким адресам можно слать файлы.',
    'Кімге жазылады, қайда жіберіледі; файлды қай мекенжайға жіберуге болады.',
    'Whom we write and refer to; which addresses may receive files.',
  ],
} as const satisfies Record<string, Said>

export type ManageWord = keyof typeof MANAGE

export const manageWords = wordsIn(MANAGE)

/** What a term is counted in. */
export const UNITS = {
  workingDays: { ru: ['рабочий день', 'рабочих дня', 'рабочих дней'], kk: 'жұмыс күні', en: ['working day', 'working days'] },
  days: { ru: ['день', 'дня', 'дней'], kk: 'күн', en: ['day', 'days'] },
  months: { ru: ['месяц', 'месяца', 'месяцев'], kk: 'ай', en: ['month', 'months'] },
  cases: { ru: ['случай', 'случая', 'случаев'], kk: 'іс', en: ['case', 'cases'] },
} as const
