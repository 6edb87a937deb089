/** Words of the pages that keep the organisation: people, absences, duty, terms, calendar, letters, journals. */
import { wordsIn, type Said } from '../words.ts'

export const MANAGE = {
  manageLead: [
    'Кто работает, кто замещает, какие сроки действуют.',
    'Кім жұмыс істейді, кім алмастырады, қандай мерзімдер қолданылады.',
    'Who works, who stands in, which terms hold.',
  ],
  absences: ['Отсутствия и заместители', 'Жұмыста болмау және орынбасарлар', 'Absences and deputies'],
  absencesLead: [
    'Пока человека нет, его случаи, сроки и письма получает заместитель (CP-64).',
    'Адам болмаған кезде оның істерін, мерзімдері мен хаттарын орынбасары алады (CP-64).',
    'While somebody is away the deputy gets their cases, terms and letters (CP-64).',
  ],
  absencesNone: ['Никто не записан отсутствующим.', 'Жұмыста жоқ деп ешкім жазылмаған.', 'Nobody is recorded as away.'],
  absenceAdd: ['Записать отсутствие', 'Жұмыста болмауды жазу', 'Record an absence'],
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
  allowed: ['можно', 'рұқсат етіледі', 'allowed'],
  standard: ['норма', 'норма', 'standard'],
  changed: ['изменено', 'өзгертілген', 'changed'],
  backToStandard: ['Вернуть норму', 'Нормаға қайтару', 'Back to the standard'],
  calendar: ['Рабочий календарь', 'Жұмыс күнтізбесі', 'Working calendar'],
  calendarLead: [
    'По нему считаются рабочие дни всех сроков. Отметьте праздники и переносы, как их объявило правительство.',
    'Барлық мерзімнің жұмыс күндері осы бойынша саналады. Мерекелер мен ауыстыруларды үкімет жариялағандай белгілеңіз.',
    'Working days of all terms are counted by it. Mark holidays and moved days as the government announced them.',
  ],
  year: ['Год', 'Жыл', 'Year'],
  version: ['Действует', 'Қолданыста', 'In force'],
  yearUnconfirmed: [
    'Этот год проверен не весь. Сверьте с официальным перечнем:',
    'Бұл жыл толық тексерілмеген. Ресми тізіммен салыстырыңыз:',
    'Not all of this year was confirmed. Compare it with the official list:',
  ],
  workDay: ['рабочий', 'жұмыс күні', 'working day'],
  dayOff: ['выходной', 'демалыс', 'day off'],
  holiday: ['праздник', 'мереке', 'holiday'],
  movedDay: ['рабочий выходной', 'жұмыс істейтін демалыс', 'worked weekend'],
  pressDay: [
    'Нажмите на день, чтобы сделать его нерабочим или рабочим. Сохраняется новая редакция, прежняя остается.',
    'Күнді демалыс не жұмыс күні ету үшін басыңыз. Жаңа редакция сақталады, бұрынғысы қалады.',
    'Press a day to make it off or worked. A new version is saved, the former one stays.',
  ],
  calendarNew: ['Что изменится', 'Не өзгереді', 'What will change'],
  versionName: ['Название редакции', 'Редакция атауы', 'Name of the version'],
  calendarCounts: [
    'Сроки открытых случаев будут посчитаны заново.',
    'Ашық істердің мерзімдері қайта есептеледі.',
    'Terms of open cases will be counted anew.',
  ],
  system: ['Работа системы', 'Жүйенің жұмысы', 'System health'],
  systemLead: [
    'Какие части работают и что ждет, пока одной из них нет.',
    'Қай бөліктер жұмыс істейді және біреуі болмаса не күтеді.',
    'Which parts work, and what waits while one is away.',
  ],
  systemWell: ['Все части работают', 'Барлық бөлік жұмыс істейді', 'Every part works'],
  lookedAt: ['Проверено в', 'Тексерілген уақыты', 'Looked at'],
  partWell: ['работает', 'жұмыс істейді', 'works'],
  partAway: ['не отвечает', 'жауап бермейді', 'does not answer'],
  letters: ['Письма', 'Хаттар', 'Letters'],
  lettersLead: [
    'Что стало с каждым письмом. Вернувшиеся и не ушедшие требуют человека: проверьте адрес.',
    'Әр хатпен не болды. Қайтқан және кетпеген хаттарға адам керек: мекенжайды тексеріңіз.',
    'What became of each letter. Those that came back or did not leave need a person: check the address.',
  ],
  lettersNone: ['Таких писем нет.', 'Мұндай хат жоқ.', 'There are no such letters.'],
  letterState: ['Что стало', 'Не болды', 'What became of it'],
  letterUrgent: ['неотложное', 'шұғыл', 'urgent'],
  letterTries: ['попыток', 'әрекет', 'tries'],
  letterCopies: ['могло прийти раз', 'келуі мүмкін рет', 'copies it may have'],
  letterNext: ['следующая попытка', 'келесі әрекет', 'next try'],
  letterNotComposed: [
    'Письмо не составлено: то, о чем оно, уже не действует, например прошло время для ответа.',
    'Хат құрастырылмады: оның мазмұны енді күшінде емес, мысалы, жауап уақыты өтті.',
    'The letter was not composed: what it is about does not hold any more, e.g. the time for answers has passed.',
  ],
  letterAnswer: ['Почтовый сервер ответил', 'Пошта серверінің жауабы', 'The mail server said'],
  sendAgain: ['Отправить снова', 'Қайта жіберу', 'Send again'],
  team: ['Нагрузка команды', 'Топ жүктемесі', "The team's load"],
  worker: ['Работник', 'Қызметкер', 'Worker'],
  weekTo: ['нед. до', 'апта соңы', 'week to'],
  aboveNorm: ['выше нормы', 'нормадан жоғары', 'above the norm'],
  belowNorm: ['ниже нормы', 'нормадан төмен', 'below the norm'],
  editions: ['Редакции регламента', 'Регламент редакциялары', 'Editions of the procedure'],
  editionsLead: [
    'Какая редакция с какого дня, кто с ней ознакомлен и что она изменит в открытых случаях (CP-90, CP-91).',
    'Қай редакция қай күннен бастап, кім таныс және ашық істерде нені өзгертеді (CP-90, CP-91).',
    'Which edition from which day, who has read it, and what it would change in open cases (CP-90, CP-91).',
  ],
  edition: ['Редакция', 'Редакция', 'Edition'],
  editionFrom: ['Действует с', 'Қолданылатын күні:', 'In force from'],
  editionRead: ['Я ознакомлен', 'Мен таныстым', 'I have read it'],
  readBy: ['Ознакомлены', 'Танысқандар', 'Have read it'],
  notReadBy: ['нет', 'танысқан жоқ', 'have not'],
  notYet: ['не ознакомлен', 'таныспаған', 'not yet'],
  editionPreview: ['Что изменится в случаях команды', 'Топ істерінде не өзгереді', "What would change in the team's cases"],
  previewCases: ['Открытых случаев', 'Ашық істер', 'Open cases'],
  previewTerms: ['сроков изменится', 'мерзім өзгереді', 'terms would change'],
  previewLate: ['случаев станут просроченными', 'істің мерзімі өтіп кетеді', 'cases would become late'],
  becomesLate: ['станет просроченным', 'мерзімі өтіп кетеді', 'would become late'],
  journals: ['Журналы', 'Журналдар', 'Journals'],
  journalsLead: [
    'Посетители, неподтвердившиеся обращения, профилактика, клубы, запросы: найти, распечатать, выгрузить.',
    'Келушілер, расталмаған өтініштер, алдын алу, клубтар, сұраулар: табу, басып шығару, жүктеу.',
    'Visitors, requests not confirmed, prevention, clubs, requests sent and received: find, print, export.',
  ],
  figures: ['Показатели', 'Көрсеткіштер', 'Figures'],
  figuresLead: [
    'Сколько случаев, какие сроки соблюдены, как быстро отвечают на час.',
    'Қанша іс бар, қай мерзімдер сақталды, сағатқа қаншалықты тез жауап беріледі.',
    'How many cases, which terms were kept, how fast the hour is answered.',
  ],
  journalFind: ['Найти в записях', 'Жазбалардан табу', 'Find in the entries'],
  journalFrom: ['С дня', 'Бастапқы күні', 'From day'],
  journalTo: ['По день', 'Соңғы күні', 'To day'],
  journalNone: ['Таких записей нет.', 'Мұндай жазба жоқ.', 'There are no such entries.'],
  journalAdd: ['Сделать запись', 'Жазба жасау', 'Make an entry'],
  toCase: ['случай', 'іс', 'case'],
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

const t = (ru: string, kk: string, en: string) => ({ ru, kk, en })

/** Parts of the system by the name that health gives them; what waits while one is away. */
export const PARTS: Readonly<Record<string, { name: ReturnType<typeof t>; waits: ReturnType<typeof t> }>> = {
  cases: {
    name: t('Случаи', 'Істер', 'Cases'),
    waits: t('Без них формы не сохраняются.', 'Онсыз нысандар сақталмайды.', 'Without them no form is saved.'),
  },
  directory: {
    name: t('Справочник и люди', 'Анықтамалық және адамдар', 'Directory and people'),
    waits: t('Без него никто не войдет.', 'Онсыз ешкім кіре алмайды.', 'Without it nobody signs in.'),
  },
  notifications: {
    name: t('Письма и уведомления', 'Хаттар мен хабарламалар', 'Letters and notices'),
    waits: t(
      'Письма ждут и уйдут потом, каждое один раз.',
      'Хаттар күтеді, кейін әрқайсысы бір рет кетеді.',
      'Letters wait and go later, each once.',
    ),
  },
  meetings: {
    name: t('Совещания', 'Кеңестер', 'Meetings'),
    waits: t('Приглашения и протоколы ждут.', 'Шақырулар мен хаттамалар күтеді.', 'Invitations and protocols wait.'),
  },
  referrals: {
    name: t('Направления', 'Жолдамалар', 'Referrals'),
    waits: t('Пакеты документов ждут.', 'Құжаттар топтамасы күтеді.', 'Packets wait.'),
  },
  issuer: {
    name: t('Вход', 'Кіру', 'Sign-in'),
    waits: t('Кто уже вошел, работает дальше.', 'Кіріп қойғандар жұмысын жалғастырады.', 'Whoever is signed in works on.'),
  },
  relay: {
    name: t('Передача событий', 'Оқиғаларды жеткізу', 'Relay of events'),
    waits: t('Сроки начнутся с задержкой, час тоже.', 'Мерзімдер кешігіп басталады, сағат та.', 'Terms begin late, the hour too.'),
  },
  steps: {
    name: t('Напоминания по срокам', 'Мерзім ескертулері', 'Reminders of terms'),
    waits: t(
      'Их подхватит сторож, с опозданием до получаса.',
      'Оларды күзетші жарты сағатқа дейін кешігіп алады.',
      'The watchdog takes them over, up to half an hour late.',
    ),
  },
  'meetings-steps': {
    name: t('Напоминания о совещаниях', 'Кеңестер туралы ескертулер', 'Reminders of meetings'),
    waits: t(
      'Их подхватит сторож самой службы, с опозданием около получаса.',
      'Оларды қызметтің өз күзетшісі шамамен жарты сағат кешігіп алады.',
      'The watch of the service itself takes them over, about half an hour late.',
    ),
  },
  'referrals-steps': {
    name: t('Напоминания о направлениях', 'Жолдамалар туралы ескертулер', 'Reminders of referrals'),
    waits: t(
      'Их подхватит сторож самой службы, с опозданием около получаса.',
      'Оларды қызметтің өз күзетшісі шамамен жарты сағат кешігіп алады.',
      'The watch of the service itself takes them over, about half an hour late.',
    ),
  },
  urgent: {
    name: t('Неотложный час', 'Шұғыл сағат', 'The hour'),
    waits: t(
      'Шаги часа возьмет сторож в течение минуты.',
      'Сағат қадамдарын күзетші бір минут ішінде алады.',
      'The watchdog takes its steps within a minute.',
    ),
  },
  watchdog: {
    name: t('Сторож', 'Күзетші', 'Watchdog'),
    waits: t(
      'Некому подхватить, если замолчит другая часть.',
      'Басқа бөлік тоқтаса, алмастыратын ешкім жоқ.',
      'Nobody takes over should another part fall silent.',
    ),
  },
  worker: {
    name: t('Ход случаев', 'Істердің барысы', 'Running of cases'),
    waits: t('Напоминания придут от сторожа.', 'Ескертулер күзетшіден келеді.', 'Reminders come from the watchdog.'),
  },
}

export const LETTERS_ARE = {
  queued: t('ждет отправки', 'жіберуді күтуде', 'waits to be sent'),
  sending: t('отправляется', 'жіберілуде', 'being sent'),
  accepted: t('принято сервером', 'сервер қабылдады', 'taken by the server'),
  retry: t('попробуем снова', 'қайта жіберіледі', 'will be tried again'),
  doubtful: t('неясно, ушло ли', 'кеткені белгісіз', 'in doubt'),
  failed: t('не ушло', 'кетпеді', 'did not leave'),
  bounced: t('вернулось', 'қайтты', 'came back'),
  superseded: t('заменено новым', 'жаңасымен ауыстырылды', 'replaced by a newer one'),
  held: t('ждет решения человека', 'адам шешімін күтуде', 'waits for a person'),
  shown: t('показано на сайте', 'сайтта көрсетілді', 'shown in the pages'),
} as const
