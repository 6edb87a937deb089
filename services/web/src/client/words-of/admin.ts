/** Words of the supervisor's board and decisions, and of the administrator's pages. */
import type { Figure } from '@tirek/contract/system'
import { wordsIn, type Said } from '../words.ts'

export const ADMIN = {
  boardLead: [
    'Кто сколько ведет, что просрочено и чье, что предстоит за четыре недели.',
    'Кім қанша іс жүргізеді, ненің мерзімі өткен және кімдікі, төрт аптада не күтіп тұр.',
    'Who leads how many cases, what is overdue and whose, what comes in four weeks.',
  ],
  unownedNone: ['Случаев без ведущего: 0', 'Жүргізушісі жоқ істер: 0', 'Cases without an owner: 0'],
  unownedSome: ['Случаи без ведущего', 'Жүргізушісі жоқ істер', 'Cases without an owner'],
  unownedWhat: [
    'Поручите каждый сегодня: пока ведущего нет, за сроками и ребенком никто не следит (CP-64).',
    'Әрқайсысын бүгін тапсырыңыз: жүргізушісі жоқта мерзімдер мен баланы ешкім қадағаламайды (CP-64).',
    'Assign each today: until then nobody looks after its terms and the child (CP-64).',
  ],
  nobodyLeads: ['никто не ведет', 'ешкім жүргізбейді', 'nobody leads it'],
  ownerGone: ['ведущий здесь больше не работает', 'жүргізушісі енді мұнда жұмыс істемейді', 'its worker works here no more'],
  since: ['с', 'ашылған күні', 'since'],
  assignIt: ['Поручить', 'Тапсыру', 'Assign'],
  askHead: ['поручает руководитель', 'басшы тапсырады', 'for the head to assign'],
  andMore: ['и еще', 'және тағы', 'and more:'],
  load: ['Случаи и просроченное', 'Істер және мерзімі өткендер', 'Cases and overdue'],
  coming: ['Четыре недели вперед', 'Алдағы төрт апта', 'Four weeks ahead'],
  comingLead: [
    'Сроки по неделям. Посещения посчитаны столько раз, сколько требует нынешняя частота.',
    'Мерзімдер апта бойынша. Барулар қазіргі жиілік талап еткенше саналған.',
    'Terms by week. Visits are counted as often as their present norm asks.',
  ],
  contacts: ['контакты', 'байланыстар', 'contacts'],
  reviews: ['пересмотры', 'қайта қараулар', 'reviews'],
  assessments: ['оценки', 'бағалаулар', 'assessments'],
  others: ['другое', 'басқасы', 'other'],
  away: ['отсутствует до', 'жұмыста жоқ, соңғы күні', 'away until'],
  standsIn: ['замещает', 'орнында', 'deputy'],
  noDeputy: ['заместителя нет', 'орынбасар жоқ', 'no deputy'],
  noWorkers: [
    'В команде пока никого нет. Супервизора указывает администратор на странице человека.',
    'Топта әзірге ешкім жоқ. Супервайзерді әкімші адамның бетінде көрсетеді.',
    "There is nobody in the team yet. The administrator names the supervisor on the person's page.",
  ],
  overdueOf: ['Просроченные сроки', 'Мерзімі өткендер', 'Overdue terms'],
  overdueNone: ['Просроченных сроков нет.', 'Мерзімі өткендер жоқ.', 'Nothing is overdue.'],
  overdueRest: ['Остальные на странице «Сегодня».', 'Қалғандары «Бүгін» бетінде.', 'The rest is on the page Today.'],

  approvals: ['Ждут решения', 'Шешім күтеді', 'Waiting for a decision'],
  approvalsLead: [
    'Завершения, дни пересмотров, протоколы, планы и переданные дела. Каждое решается отдельно.',
    'Аяқтаулар, қайта қарау күндері, хаттамалар, жоспарлар және тапсырылған істер. Әрқайсысы бөлек шешіледі.',
    'Closures, days of reviews, protocols, plans and files handed over. Each is decided by itself.',
  ],
  approvalsNone: [
    'Ничего не ждет решения. Новое появится здесь и в уведомлениях.',
    'Шешім күтетін ештеңе жоқ. Жаңасы осында және хабарламаларда пайда болады.',
    'Nothing waits. What comes appears here and in the notices.',
  ],
  approvalsPart: ['Показаны самые срочные.', 'Ең шұғылдары көрсетілген.', 'The most urgent are shown.'],
  closures: ['Завершение случая', 'Істің аяқталуы', 'End of a case'],
  reviewDays: ['Назначить день пересмотра', 'Қайта қарау күнін белгілеу', 'Set the day of a review'],
  protocols: ['Протоколы встреч', 'Кездесу хаттамалары', 'Protocols of meetings'],
  plans: ['Новые версии планов', 'Жоспарлардың жаңа нұсқалары', 'New versions of plans'],
  plansLead: [
    'Регламент не требует утверждать план: прочтите, что изменилось, и при необходимости запишите замечание.',
    'Регламент жоспарды бекітуді талап етпейді: не өзгергенін оқып, қажет болса ескерту жазыңыз.',
    'The procedure asks nobody to approve a plan: read what changed, and write a remark where one is needed.',
  ],
  filesOffered: ['Переданные дела', 'Тапсырылған істер', 'Files handed over'],
  filesOfferedHint: ['Принять или отклонить', 'Қабылдау не бас тарту', 'Accept or decline'],
  askedBy: ['Предложено', 'Ұсынған', 'Asked by'],
  returnedBefore: ['Прошлый раз возвращено', 'Өткен жолы қайтарылған', 'Returned the last time'],
  changedSince: ['Что изменилось с прошлого раза', 'Өткен жолдан бері не өзгерді', 'What changed since'],
  nothingChanged: ['Ничего не изменилось.', 'Ештеңе өзгерген жоқ.', 'Nothing changed.'],
  was: ['было', 'болған', 'was'],
  is: ['стало', 'болды', 'is'],
  wholeForm: ['Показать целиком', 'Толық көрсету', 'Show it whole'],
  approve: ['Утвердить завершение', 'Аяқталуын бекіту', 'Approve the end'],
  approveSure: [
    'Случай завершится, его сроки закроются. Утвердить?',
    'Іс аяқталады, мерзімдері жабылады. Бекіту керек пе?',
    'The case will end and its terms close. Approve?',
  ],
  approveYes: ['Да, утвердить', 'Иә, бекіту', 'Yes, approve'],
  giveBack: ['Вернуть с причиной', 'Себебімен қайтару', 'Return with a reason'],
  whyBack: ['Что нужно доделать', 'Нені толықтыру керек', 'What is still to be done'],
  goThere: ['Открыть', 'Ашу', 'Open'],
  setDay: ['Назначить день', 'Күнін белгілеу', 'Set the day'],
  remark: ['Записать замечание', 'Ескерту жазу', 'Write a remark'],

  assignTo: ['Кому поручить', 'Кімге тапсыру', 'Whom to assign it to'],
  casesOf: ['случаев', 'іс', 'cases'],
  ofNorm: ['при норме до', 'норма:', 'norm up to'],
  wouldBeAbove: [
    'Это выше нормы: укажите, почему (CP-18).',
    'Бұл нормадан жоғары: себебін көрсетіңіз (CP-18).',
    'This is above the norm: say why (CP-18).',
  ],

  organisations: ['Организации и территории', 'Ұйымдар мен аумақтар', 'Organisations and territories'],
  organisationsLead: [
    'Кто руководит, кого извещают следующим и в какие часы работают.',
    'Кім басқарады, келесі кімге хабарланады және қай сағатта жұмыс істейді.',
    'Who leads, who is told next, and the hours of work.',
  ],
  organisationAdd: ['Добавить организацию', 'Ұйым қосу', 'Add an organisation'],
  organisationNew: ['Новая организация', 'Жаңа ұйым', 'A new organisation'],
  organisationsNone: [
    'Организаций еще нет: добавьте первую, потом ее людей.',
    'Ұйым әлі жоқ: алдымен ұйымды, содан кейін адамдарын қосыңыз.',
    'There is no organisation yet: add the first one, then its people.',
  ],
  organisationGone: ['Такой организации нет.', 'Мұндай ұйым жоқ.', 'There is no such organisation.'],
  territory: ['территория', 'аумақ', 'territory'],
  headIs: ['руководит', 'басшысы', 'led by'],
  headNone: ['руководитель не указан', 'басшысы көрсетілмеген', 'no head is named'],
  headNoneHint: [
    'Некому решать и получать тревогу часа: укажите руководителя.',
    'Шешетін және сағат дабылын алатын ешкім жоқ: басшыны көрсетіңіз.',
    'Nobody decides or is woken by the hour: name the head.',
  ],

  quarantine: ['Карантин', 'Карантин', 'Quarantine'],
  quarantineLead: [
    'Пока на территории строгий карантин, звонок или видеосвязь считаются посещением (RS-01, CP-45).',
    'Аумақта қатаң карантин болғанда қоңырау не бейнебайланыс бару болып саналады (RS-01, CP-45).',
    'While a territory is in strict quarantine a call or video counts as a visit (RS-01, CP-45).',
  ],
  quarantineNone: [
    'Карантина нет: ребенка навещают.',
    'Карантин жоқ: баланы барып көреді.',
    'There is no quarantine: children are visited.',
  ],
  quarantineNow: ['Действует', 'Қолданыста', 'In force'],
  quarantineLater: ['Начнется', 'Басталады', 'Coming'],
  quarantineBefore: ['Завершен', 'Аяқталған', 'Ended'],
  quarantineDeclare: ['Объявить карантин', 'Карантин жариялау', 'Declare a quarantine'],
  quarantineSure: [
    'Сроки контактов всех открытых случаев территории будут посчитаны заново. Объявляйте только по документу.',
    'Аумақтың барлық ашық істерінің байланыс мерзімдері қайта саналады. Тек құжат бойынша жариялаңыз.',
    'Contact terms of all open cases of the territory will be counted anew. Declare it only by a document.',
  ],
  quarantineEnd: ['Завершить', 'Аяқтау', 'End it'],
  quarantineEndSure: [
    'С завтрашнего дня считаются только посещения. Завершить сегодня?',
    'Ертеңнен бастап тек барулар саналады. Бүгін аяқтау керек пе?',
    'From tomorrow only visits count. End it today?',
  ],
  quarantineEndYes: ['Да, завершить сегодня', 'Иә, бүгін аяқтау', 'Yes, end it today'],
  untilRevoked: ['до отмены', 'жойылғанға дейін', 'until it is ended'],
  document: ['основание', 'негізі', 'by'],

  running: ['Идущие процессы', 'Жүріп жатқан процестер', 'Running workflows'],
  runningLead: [
    'Какие процессы идут, ждет ли их Temporal и что опаздывает. Содержания и имен здесь нет.',
    'Қай процестер жүріп жатыр, Temporal олардан хабардар ма және не кешігеді. Мазмұны мен аттары жоқ.',
    'Which workflows run, whether Temporal knows of them, and what is late. No content and no names.',
  ],
  runningNone: ['Таких процессов нет.', 'Мұндай процестер жоқ.', 'There are no such workflows.'],
  runningAll: ['всего', 'барлығы', 'in all'],
  runningLate: ['опаздывают', 'кешігеді', 'late'],
  runningBehind: ['отстают', 'артта', 'behind'],
  runningMissing: ['нет в Temporal', 'Temporal-да жоқ', 'not in Temporal'],
  runningFix: [
    'Сверка запустит их снова в течение минуты. Если число не падает: проверьте «Передачу событий» и Temporal.',
    'Салыстыру оларды бір минут ішінде қайта бастайды. Саны азаймаса: «Оқиғаларды жеткізу» мен Temporal-ды тексеріңіз.',
    'The reconciler starts them again within a minute. If the number stays: look at the relay and at Temporal.',
  ],
  kind: ['Вид', 'Түрі', 'Kind'],
  kindCase: ['случай', 'іс', 'case'],
  kindMeeting: ['совещание', 'кеңес', 'meeting'],
  kindReferral: ['направление', 'жолдама', 'referral'],
  kindHour: ['неотложный час', 'шұғыл сағат', 'the hour'],
  state: ['Состояние', 'Күйі', 'State'],
  stateInStep: ['в порядке', 'қалыпты', 'in step'],
  stateBehind: ['отстает', 'артта', 'behind'],
  stateMissing: ['нет в Temporal', 'Temporal-да жоқ', 'not in Temporal'],
  rules: ['Открытые сроки', 'Ашық мерзімдер', 'Open terms'],
  lateSince: ['Опаздывает с', 'Кешігуде', 'Late since'],
  onlyLate: ['Только опаздывающие', 'Тек кешігетіндер', 'Late ones only'],
  rule: ['Правило', 'Ереже', 'Rule'],
  openTemporal: ['Открыть в Temporal', 'Temporal-да ашу', 'Open in Temporal'],

  night: ['Что делать', 'Не істеу керек', 'What to do'],
  processes: ['Процессы', 'Процестер', 'Processes'],
  processesWell: ['Работают', 'Жұмыс істеп тұр', 'Working'],
  figures: ['Показатели', 'Көрсеткіштер', 'Figures'],
  figuresUsual: ['В обычных пределах', 'Әдеттегі шамада', 'Within what is usual'],
  queuesServed: ['С работниками', 'Жұмысшылары бар', 'With workers'],
  queues: ['Очереди Temporal', 'Temporal кезектері', 'Task queues of Temporal'],
  queuesNone: [
    'Temporal не отвечает: сколько работников на очередях, неизвестно. Сторож берет их шаги.',
    'Temporal жауап бермейді: кезектерде қанша жұмысшы бары белгісіз. Қадамдарын күзетші алады.',
    'Temporal does not answer: how many workers ask is not known. The watchdog takes their steps.',
  ],
  queue: ['Очередь', 'Кезек', 'Queue'],
  workers: ['Работников', 'Жұмысшылар', 'Workers'],
  lastAsked: ['Последний опрос', 'Соңғы сұрау', 'Last asked'],
  ago: ['назад', 'бұрын', 'ago'],
  never: ['никогда', 'ешқашан', 'never'],
  typeWorkflow: ['ход', 'барысы', 'workflows'],
  typeActivity: ['шаги', 'қадамдар', 'steps'],
  queueEmpty: [
    'Никто не берет работу из этой очереди: перезапустите процесс, который названы выше неработающим.',
    'Бұл кезектен ешкім жұмыс алмайды: жоғарыда жұмыс істемейді делінген процесті қайта іске қосыңыз.',
    'Nobody takes work from this queue: restart the process that is named above as away.',
  ],
  unknown: ['неизвестно', 'белгісіз', 'not known'],
  notWell: ['не все в порядке', 'бәрі дұрыс емес', 'not all is well'],
  partsOf: ['не отвечает', 'жауап бермейді', 'away'],
  nothingToDo: ['Делать ничего не нужно.', 'Ештеңе істеудің қажеті жоқ.', 'There is nothing to do.'],
  toDo: ['Требует внимания', 'Назар аудару керек', 'Needs attention'],

  countEdition: ['Посчитать, что изменится', 'Не өзгеретінін санау', 'Count what would change'],
  countLead: [
    'Только числа: содержание случаев администратору не показывается.',
    'Тек сандар: істердің мазмұны әкімшіге көрсетілмейді.',
    'Numbers only: administrators are shown no content of cases.',
  ],
  countNone: ['Открытых случаев нет.', 'Ашық істер жоқ.', 'There are no open cases.'],
} as const satisfies Record<string, Said>

export type AdminWord = keyof typeof ADMIN

export const adminWords = wordsIn(ADMIN)

const t = (ru: string, kk: string, en: string) => ({ ru, kk, en })
type Text = ReturnType<typeof t>

/** What is to be done at three in the morning while a process is away. */
export const NIGHT: Readonly<Record<string, Text>> = {
  cases: t(
    'Перезапустите процесс cases. До того обращения принимают на бумаге; час отсчитывается от сообщения.',
    'cases процесін қайта іске қосыңыз. Оған дейін өтініштер қағазға жазылады; сағат хабардан есептеледі.',
    'Restart the process cases. Until then take requests on paper; the hour counts from the report.',
  ),
  directory: t(
    'Перезапустите процесс directory: без него никто не войдет.',
    'directory процесін қайта іске қосыңыз: онсыз ешкім кірмейді.',
    'Restart the process directory: without it nobody signs in.',
  ),
  notifications: t(
    'Перезапустите процесс notifications. Идет час: позвоните супервизору сами.',
    'notifications процесін қайта іске қосыңыз. Сағат жүріп жатса: супервайзерге өзіңіз қоңырау шалыңыз.',
    'Restart the process notifications. If an hour runs, call the supervisor yourself.',
  ),
  meetings: t(
    'Можно до утра: перезапустите meetings.',
    'Таңға дейін күтуге болады: meetings процесін қайта іске қосыңыз.',
    'It can wait till morning: restart meetings.',
  ),
  referrals: t(
    'Можно до утра: перезапустите referrals.',
    'Таңға дейін күтуге болады: referrals процесін қайта іске қосыңыз.',
    'It can wait till morning: restart referrals.',
  ),
  issuer: t(
    'Перезапустите issuer, или спросите, кто держит вход организации.',
    'issuer процесін қайта іске қосыңыз немесе ұйымның кіруін ұстайтын адамнан сұраңыз.',
    'Restart issuer, or ask whoever keeps the sign-in of the organisation.',
  ),
  relay: t(
    'Перезапустите relay сейчас: без него час не начинается, его ведет только сторож.',
    'relay процесін қазір қайта іске қосыңыз: онсыз сағат басталмайды, оны тек күзетші жүргізеді.',
    'Restart relay now: without it no hour begins, and the watchdog alone carries it.',
  ),
  steps: t(
    'Перезапустите steps. До того шаги берет сторож.',
    'steps процесін қайта іске қосыңыз. Оған дейін қадамдарды күзетші алады.',
    'Restart steps. The watchdog takes them meanwhile.',
  ),
  urgent: t(
    'Перезапустите urgent. Час ведет сторож, с опозданием до минуты.',
    'urgent процесін қайта іске қосыңыз. Сағатты күзетші бір минутқа дейін кешігіп жүргізеді.',
    'Restart urgent. The watchdog carries the hour, up to a minute late.',
  ),
  watchdog: t(
    'Перезапустите watchdog сейчас: больше некому подхватить час.',
    'watchdog процесін қазір қайта іске қосыңыз: сағатты басқа ешкім алмайды.',
    'Restart watchdog now: nobody else would take over an hour.',
  ),
  worker: t(
    'Перезапустите worker. Напоминания придут от сторожа.',
    'worker процесін қайта іске қосыңыз. Ескертулер күзетшіден келеді.',
    'Restart worker. Reminders come from the watchdog.',
  ),
}

/** Parts that several processes lean on: named once, with what to do. */
export const LEANED_ON: Readonly<Record<string, { name: Text; night: Text }>> = {
  database: {
    name: t('База данных', 'Дерекқор', 'Database'),
    night: t(
      'Проверьте Postgres и место на диске. Ничего не теряется, но ничего и не сохраняется; принимайте на бумаге.',
      'Postgres пен дискідегі орынды тексеріңіз. Ештеңе жоғалмайды, бірақ сақталмайды да; қағазға жазыңыз.',
      'Look at Postgres and at the disk. Nothing is lost, and nothing is saved: take requests on paper.',
    ),
  },
  temporal: {
    name: t('Temporal', 'Temporal', 'Temporal'),
    night: t(
      'Запустите Temporal снова. Формы сохраняются, шаги берет сторож, после запуска отставание наверстается само.',
      'Temporal-ды қайта іске қосыңыз. Нысандар сақталады, қадамдарды күзетші алады, кейін бәрі өзі қуып жетеді.',
      'Start Temporal again. Forms are saved, the watchdog takes steps, and all catches up by itself.',
    ),
  },
  keys: {
    name: t('Ключи', 'Кілттер', 'Keys'),
    night: t(
      'Нет ключа, которым закрыто хранимое в Temporal: верните файл ключей из сейфа. Не создавайте новый.',
      'Temporal-да сақталғанды жапқан кілт жоқ: кілттер файлын сейфтен қайтарыңыз. Жаңасын жасамаңыз.',
      'The key to what Temporal keeps is missing: bring the key file back from the safe. Make no new one.',
    ),
  },
  files: {
    name: t('Хранилище файлов', 'Файлдар қоймасы', 'Store of files'),
    night: t(
      'Проверьте место и доступ к хранилищу файлов. Можно до утра.',
      'Файлдар қоймасының орны мен қолжетімін тексеріңіз. Таңға дейін күтеді.',
      'Look at space and access of the store. It can wait till morning.',
    ),
  },
  scanner: {
    name: t('Проверка на вирусы', 'Вирусқа тексеру', 'Virus scanner'),
    night: t(
      'Присланные файлы ждут проверки. Можно до утра.',
      'Келген файлдар тексеруді күтеді. Таңға дейін күтеді.',
      'Files that came in wait to be scanned. It can wait till morning.',
    ),
  },
  ledger: {
    name: t('Журнал отправленных писем', 'Жіберілген хаттар журналы', 'Ledger of sent letters'),
    night: t(
      'Проверьте место на диске: без него письма не уходят, чтобы не уйти дважды.',
      'Дискідегі орынды тексеріңіз: онсыз хаттар екі рет кетпеуі үшін жіберілмейді.',
      'Look at the disk: without it no letter goes, lest it go twice.',
    ),
  },
  carrying: {
    name: t('Передача часа', 'Сағатты жеткізу', 'Carrying of hours'),
    night: t(
      'Перезапустите relay: он работает, но ничего не передает.',
      'relay процесін қайта іске қосыңыз: жұмыс істейді, бірақ ештеңе жеткізбейді.',
      'Restart relay: it runs and carries nothing.',
    ),
  },
  watching: {
    name: t('Обход сторожа', 'Күзетші аралауы', 'Rounds of the watchdog'),
    night: t(
      'Перезапустите watchdog: он давно не смотрел.',
      'watchdog процесін қайта іске қосыңыз: ол көптен қараған жоқ.',
      'Restart watchdog: it has not looked for long.',
    ),
  },
  sealing: {
    name: t('Печать журнала', 'Журнал мөрі', 'Seal of the trail'),
    night: t(
      'Журнал действий не запечатан больше двух часов. Утром сообщите аудитору.',
      'Әрекеттер журналы екі сағаттан астам мөрленбеген. Таңертең аудиторға айтыңыз.',
      'The trail was not sealed for two hours. Tell the auditor in the morning.',
    ),
  },
  steps: {
    name: t('Шаги встреч и направлений', 'Кездесу мен жолдама қадамдары', 'Steps of meetings and referrals'),
    night: t(
      'Их берет сторож службы, с опозданием до получаса. Можно до утра.',
      'Оларды қызмет күзетшісі жарты сағатқа дейін кешігіп алады. Таңға дейін күтеді.',
      'The watch of the service takes them, half an hour late. It can wait till morning.',
    ),
  },
}

/** Figures in words: what it is, and what to do when it is more than it should be. */
export const FIGURE_WORDS: Readonly<Record<Figure, { name: Text; night: Text }>> = {
  relayOldestMs: {
    name: t('Самое старое непереданное событие', 'Жеткізілмеген ең ескі оқиға', 'Oldest event not carried'),
    night: t(
      'События не доходят до Temporal или до писем: проверьте Temporal и notifications, затем перезапустите relay.',
      'Оқиғалар Temporal-ға не хаттарға жетпейді: Temporal мен notifications процесін тексеріп, relay процесін қайта іске қосыңыз.',
      'Events do not reach Temporal or the letters: look at Temporal and notifications, then restart relay.',
    ),
  },
  relayRows: {
    name: t('Событий в очереди', 'Кезектегі оқиғалар', 'Events that wait'),
    night: t(
      'Много сразу бывает после смены календаря: подождите десять минут.',
      'Күнтізбе ауысқаннан кейін көп болады: он минут күтіңіз.',
      'Many at once are usual after a new calendar: wait ten minutes.',
    ),
  },
  reconcilerSeconds: {
    name: t('Последняя сверка', 'Соңғы салыстыру', 'Last round of the reconciler'),
    night: t(
      'Сверка не кончается: Temporal не отвечает. Запустите его снова.',
      'Салыстыру аяқталмайды: Temporal жауап бермейді. Оны қайта іске қосыңыз.',
      'The reconciler does not come to an end: Temporal does not answer. Start it again.',
    ),
  },
  reconcilerRepairs: {
    name: t('Исправлено сверкой с запуска', 'Іске қосылғаннан бері түзетілді', 'Repaired since the start'),
    night: t(
      'Процессы пропадали и запущены снова. Утром узнайте, кто их завершал.',
      'Процестер жоғалып, қайта басталды. Таңертең кім аяқтағанын анықтаңыз.',
      'Workflows were lost and started again. In the morning find out who ended them.',
    ),
  },
  stepsLate: {
    name: t('Шагов опаздывает', 'Кешіккен қадамдар', 'Steps that are late'),
    night: t(
      'Сторож возьмет их в течение получаса. Если число растет: перезапустите steps и urgent.',
      'Күзетші жарты сағатта алады. Саны өссе: steps пен urgent процестерін қайта іске қосыңыз.',
      'The watchdog takes them within half an hour. If they grow: restart steps and urgent.',
    ),
  },
  hoursOpen: {
    name: t('Идет неотложных часов', 'Жүріп жатқан шұғыл сағаттар', 'Hours that run'),
    night: t(
      'Дежурный извещен. Не перезапускайте то, что работает.',
      'Кезекші хабардар. Жұмыс істеп тұрғанды қайта іске қоспаңыз.',
      'Whoever is on duty is told. Restart nothing that works.',
    ),
  },
  deadlinesOverdue: {
    name: t('Просроченных сроков', 'Мерзімі өткендер', 'Overdue terms'),
    night: t(
      'Это дело работников и супервизоров, не системы.',
      'Бұл жүйенің емес, қызметкерлер мен супервайзерлердің ісі.',
      'That is for workers and supervisors, not for the system.',
    ),
  },
  watchdogSteps: {
    name: t('Взял сторож с запуска', 'Іске қосылғаннан бері күзетші алды', 'Taken by the watchdog since the start'),
    night: t(
      'Temporal пропускал шаги: проверьте urgent, steps и worker.',
      'Temporal қадамдарды өткізіп алды: urgent, steps және worker процестерін тексеріңіз.',
      'Temporal missed steps: look at urgent, steps and worker.',
    ),
  },
  urgentLetterSeconds: {
    name: t('Самое старое неотложное письмо', 'Ең ескі шұғыл хат', 'Oldest urgent letter'),
    night: t(
      'Почта не берет письма часа: позвоните супервизору и проверьте почтовый сервер.',
      'Пошта сағат хаттарын алмайды: супервайзерге қоңырау шалып, пошта серверін тексеріңіз.',
      'Mail does not take letters of the hour: call the supervisor, then look at the mail server.',
    ),
  },
  letterSeconds: {
    name: t('Самое старое письмо', 'Ең ескі хат', 'Oldest letter'),
    night: t(
      'Проверьте почтовый сервер. Письма уйдут потом, каждое один раз.',
      'Пошта серверін тексеріңіз. Хаттар кейін бір реттен кетеді.',
      'Look at the mail server. Letters go later, each once.',
    ),
  },
  lettersBounced: {
    name: t('Вернулось писем', 'Қайтқан хаттар', 'Letters that came back'),
    night: t(
      'Утром исправьте адреса на странице «Письма».',
      'Таңертең «Хаттар» бетінде мекенжайларды түзетіңіз.',
      'In the morning put the addresses right, on the page Letters.',
    ),
  },
  lettersFailed: {
    name: t('Не ушло писем', 'Кетпеген хаттар', 'Letters that did not leave'),
    night: t(
      'Откройте «Письма»: сервер сказал, почему. Отправьте снова.',
      '«Хаттар» бетін ашыңыз: сервер себебін айтты. Қайта жіберіңіз.',
      'Open Letters: the server said why. Send them again.',
    ),
  },
  lettersHeld: {
    name: t('Писем ждет решения', 'Шешім күткен хаттар', 'Letters that wait for a person'),
    night: t(
      'После восстановления: решите на странице «Письма», какие еще нужны.',
      'Қалпына келтіруден кейін: «Хаттар» бетінде қайсысы керегін шешіңіз.',
      'After a restore: decide on the page Letters which are still wanted.',
    ),
  },
}
