/** Every word of the pages, Russian, Kazakh and English side by side: a missing one does not compile. */
import type { Lang } from '@tirek/contract/roles'

type Said = readonly [ru: string, kk: string, en: string]

export const WORDS = {
  today: ['Сегодня', 'Бүгін', 'Today'],
  cases: ['Случаи', 'Істер', 'Cases'],
  newRequest: ['Новое обращение', 'Жаңа өтініш', 'New request'],
  notices: ['Уведомления', 'Хабарламалар', 'Notices'],
  menu: ['Разделы', 'Бөлімдер', 'Sections'],
  skip: ['К содержанию', 'Мазмұнға өту', 'Skip to content'],
  language: ['Язык', 'Тіл', 'Language'],
  signIn: ['Войти', 'Кіру', 'Sign in'],
  signOut: ['Выйти', 'Шығу', 'Sign out'],
  signInLead: [
    'Система ведет случаи помощи детям и семьям по регламенту: каждый срок, каждое напоминание.',
    'Жүйе балалар мен отбасыларға көмек істерін регламент бойынша жүргізеді: әр мерзім, әр ескерту.',
    'Carries cases of help to children and families by the procedure: every term, every reminder.',
  ],
  signInAgain: [
    'Вход не завершен. Войдите еще раз: введенное на этом устройстве не потеряно.',
    'Кіру аяқталмады. Қайта кіріңіз: осы құрылғыда енгізілгені жоғалған жоқ.',
    'Sign-in was not finished. Sign in again: nothing typed on this device is lost.',
  ],
  signInWait: [
    'С этого адреса было много неудачных попыток входа. Подождите минуту и войдите снова.',
    'Осы мекенжайдан кіруге сәтсіз әрекеттер көп болды. Бір минут күтіп, қайта кіріңіз.',
    'There were many failed sign-ins from this address. Wait a minute, then sign in again.',
  ],
  sessionEnded: [
    'Сеанс закончился. Войдите снова: введенное сохранено на этом устройстве.',
    'Сеанс аяқталды. Қайта кіріңіз: енгізілгені осы құрылғыда сақталды.',
    'The session has ended. Sign in again: what was typed is kept on this device.',
  ],
  loading: ['Загрузка…', 'Жүктелуде…', 'Loading…'],
  failed: ['Не получилось загрузить', 'Жүктеу мүмкін болмады', 'Could not be loaded'],
  offline: [
    'Нет связи. Введенное сохранено здесь; повторите, когда связь появится.',
    'Байланыс жоқ. Енгізілгені осында сақталды; байланыс болғанда қайталаңыз.',
    'No connection. What was typed is kept here; try again when the connection is back.',
  ],
  tryAgain: ['Повторить', 'Қайталау', 'Try again'],
  notFoundTitle: ['Такой страницы нет', 'Мұндай бет жоқ', 'There is no such page'],
  toToday: ['На страницу «Сегодня»', '«Бүгін» бетіне', 'To the page “Today”'],
  requestNumber: ['Номер запроса', 'Сұрау нөмірі', 'Request number'],

  mine: ['Мои', 'Менікі', 'Mine'],
  team: ['Команда', 'Топ', 'Team'],
  overdue: ['Просрочено', 'Мерзімі өтті', 'Overdue'],
  dueToday: ['Сегодня', 'Бүгін', 'Today'],
  week: ['До конца недели', 'Апта соңына дейін', 'This week'],
  later: ['Позже', 'Кейін', 'Later'],
  tomorrow: ['завтра', 'ертең', 'tomorrow'],
  todayTag: ['сегодня', 'бүгін', 'today'],
  waits: ['ждет', 'күтуде', 'waiting'],
  emptyTitle: ['На сегодня все сделано', 'Бүгінге бәрі жасалды', 'Everything is done for today'],
  emptyNext: ['Следующий срок', 'Келесі мерзім', 'Next due'],
  emptyNone: [
    'Открытых сроков нет. Новый случай начинается с обращения.',
    'Ашық мерзім жоқ. Жаңа іс өтініштен басталады.',
    'No open deadlines. A new case starts with a request.',
  ],
  readers: ['Кто читал этот случай', 'Бұл істі кім оқыды', 'Who read this case'],
  readersHint: [
    'Каждое действие и каждый просмотр, и кому было отказано. Дело конфиденциально (CP-19).',
    'Әр әрекет пен әр қарау, кімге рұқсат берілмегені. Іс құпия (CP-19).',
    'Every act and every reading, and whom it was refused. Files are confidential (CP-19).',
  ],
  somebody: ['Кто-то из другой организации', 'Басқа ұйымнан біреу', 'Somebody of another organisation'],
  sameSince: ['и раньше, с', 'және бұрын, мына уақыттан', 'and before, since'],
  wasRefused: ['отказано', 'рұқсат берілмеді', 'refused'],
  wasDone: ['сделано', 'орындалды', 'done'],
  trail: ['Журнал действий', 'Әрекеттер журналы', 'Trail'],
  trailHint: [
    'Кто, что, когда, почему разрешено и откуда. Содержания случаев здесь нет. Этот просмотр тоже записан.',
    'Кім, не, қашан, неге рұқсат және қайдан. Мұнда істердің мазмұны жоқ. Бұл қарау да жазылды.',
    'Who, what, when, why it was allowed and from where. No content of cases. This reading is recorded too.',
  ],
  trailCase: ['Номер случая', 'Іс нөмірі', 'Case number'],
  trailPerson: ['Логин работника', 'Қызметкер логині', 'Login of a person'],
  trailFrom: ['С', 'Бастап', 'From'],
  trailTo: ['До', 'Дейін', 'Until'],
  trailOutcome: ['Итог', 'Нәтиже', 'Outcome'],
  trailAll: ['все', 'барлығы', 'all'],
  trailExport: ['Скачать таблицу', 'Кестені жүктеу', 'Download as a table'],
  trailNone: ['Таких записей нет.', 'Мұндай жазба жоқ.', 'There are no such rows.'],
  showMore: ['Показать еще', 'Тағы көрсету', 'Show more'],
  caseWord: ['случай', 'іс', 'case'],
  casePrefix: ['Случай', 'Іс', 'Case'],

  hourTitle: ['Неотложные меры', 'Шұғыл шаралар', 'Urgent measures'],
  hourReceived: ['Сообщение принято в', 'Хабар алынған уақыт', 'Report received at'],
  hourDue: ['срок', 'мерзімі', 'due'],
  hourLate: ['просрочено', 'мерзімі өтті', 'overdue'],
  hourLeft: ['осталось', 'қалды', 'left'],
  hourRecord: ['Записать, что сделано', 'Не жасалғанын жазу', 'Record what was done'],
  told: ['знает', 'хабардар', 'knows'],
  willKnow: ['узнает', 'хабарланады', 'will know'],
  you: ['вы', 'сіз', 'you'],
  confirmedRead: ['Прочтение письма подтвердили', 'Хатты оқығанын растады', 'Confirmed reading the letter'],
  receiptsUnknown: [
    'Кто подтвердил прочтение, сейчас не известно.',
    'Оқығанын кім растағаны қазір белгісіз.',
    'Who has confirmed reading is not known now.',
  ],
  whoKnows: ['Кто знает и кто узнает', 'Кім біледі және кім біледі кейін', 'Who knows and who will know'],

  stage: ['Этап', 'Кезең', 'Stage'],
  riskHigh: ['высокий риск', 'жоғары қауіп', 'high risk'],
  riskMedium: ['средний риск', 'орташа қауіп', 'medium risk'],
  riskLow: ['низкий риск', 'төмен қауіп', 'low risk'],
  riskUnknown: ['риск не определен', 'қауіп анықталмаған', 'risk not set'],
  riskNone: ['риска нет', 'қауіп жоқ', 'no risk'],
  boy: ['Мальчик', 'Ұл бала', 'Boy'],
  girl: ['Девочка', 'Қыз бала', 'Girl'],
  child: ['Ребенок, пол не указан', 'Бала, жынысы көрсетілмеген', 'Child, sex not given'],
  ageUnknown: ['возраст не указан', 'жасы көрсетілмеген', 'age not given'],
  years: ['г.', 'жас', 'y'],
  monthsShort: ['мес.', 'ай', 'mo'],
  since: ['с', 'бастап', 'since'],
  ledBy: ['ведет', 'жүргізуші', 'led by'],
  noManager: ['ведущий не назначен', 'жүргізуші тағайындалмаған', 'nobody leads it yet'],
  showName: ['Показать имя', 'Атын көрсету', 'Show the name'],
  hideName: ['Скрыть имя', 'Атын жасыру', 'Hide the name'],
  nameUnknown: ['имя не известно', 'аты белгісіз', 'name not known'],
  ended: ['завершен', 'аяқталды', 'ended'],
  record: ['Записать', 'Жазу', 'Record'],
  next: ['Что дальше', 'Әрі қарай не', 'What happens next'],
  firstTheHour: [
    'Сначала неотложные меры. Следующие сроки появятся, когда час закроют факты.',
    'Алдымен шұғыл шаралар. Келесі мерзімдер сағат деректермен жабылғанда пайда болады.',
    'Urgent measures first. The next terms appear when facts have closed the hour.',
  ],
  nothingNext: ['Случай завершен: сроков больше нет.', 'Іс аяқталды: мерзім қалмады.', 'The case has ended: there are no more terms.'],
  why: ['Почему?', 'Неге?', 'Why?'],
  rule: ['Правило', 'Ереже', 'Rule'],
  countedFrom: ['Отсчет от', 'Есеп басы', 'Counted from'],
  turnOf: ['Ждем', 'Күтеміз', 'Waiting for'],
  tryBy: ['Новая попытка до', 'Келесі әрекет мерзімі', 'Try again by'],
  line: ['Линия случая', 'Істің сызығы', 'Line of the case'],
  lineList: ['То же списком', 'Тізім түрінде', 'The same as a list'],
  linePicture: [
    'Дела и сроки на одной линии: прошедшие слева, предстоящие справа',
    'Әрекеттер мен мерзімдер бір сызықта: өткені сол жақта, алдағысы оң жақта',
    'Acts and terms on one line: past on the left, coming on the right',
  ],
  earlier: ['Раньше', 'Бұрын', 'Earlier'],
  coming: ['предстоит', 'алда', 'coming'],
  history: ['Что было', 'Не болды', 'What happened'],
  recordedAt: ['записано', 'жазылды', 'recorded'],
  whatWritten: ['Что записано', 'Не жазылды', 'What was written'],
  withdrawn: ['внесено ошибочно', 'қате енгізілген', 'entered in error'],
  stepRemind: ['Напоминание', 'Еске салу', 'Reminder'],
  stepEscalate: ['Сообщено выше', 'Жоғарыға хабарланды', 'Escalated'],
  stepOverdue: ['Срок прошел', 'Мерзімі өтті', 'Term passed'],
  activeCases: ['Активных случаев', 'Белсенді істер', 'Active cases'],
  norm: ['норма', 'норма', 'norm'],
  notCounted: ['не считается', 'есепке алынбайды', 'does not count'],
  kept: ['в срок', 'мерзімінде', 'in time'],
  keptLate: ['с опозданием', 'кешігіп', 'late'],
  file: ['Личное дело', 'Жеке іс қағазы', 'Personal file'],
  fileNone: ['Личное дело еще не открыто.', 'Жеке іс қағазы әлі ашылмаған.', 'No personal file has been opened yet.'],
  fileHas: ['Есть', 'Бар', 'Present'],
  fileMissing: ['Не хватает', 'Жетіспейді', 'Missing'],
  fileComplete: ['Все нужное есть.', 'Қажеттінің бәрі бар.', 'Nothing is missing.'],
  yes: ['Да', 'Иә', 'Yes'],
  no: ['Нет', 'Жоқ', 'No'],
  warningsTitle: ['Обратите внимание', 'Назар аударыңыз', 'Please note'],
  earlierUnconfirmed: [
    'Раньше обращения о ребенке не подтверждались',
    'Бұрын бала туралы өтініштер расталмаған',
    'Earlier requests on this child were not confirmed',
  ],

  whenHappened: ['Когда это произошло', 'Бұл қашан болды', 'When it happened'],
  whenHint: [
    'Сроки считаются от этого времени, а не от времени записи.',
    'Мерзім жазылған уақыттан емес, осы уақыттан есептеледі.',
    'Terms count from this time, not from the time of writing.',
  ],
  save: ['Сохранить', 'Сақтау', 'Save'],
  saving: ['Сохраняем…', 'Сақталуда…', 'Saving…'],
  cancel: ['Отмена', 'Бас тарту', 'Cancel'],
  draftKept: ['Черновик сохранен на этом устройстве', 'Жоба осы құрылғыда сақталды', 'Draft kept on this device'],
  draftFound: ['Продолжаем с черновика.', 'Жобадан жалғастырамыз.', 'Going on from the draft.'],
  draftDrop: ['Начать заново', 'Жаңадан бастау', 'Start afresh'],
  changedBy: ['Что изменилось', 'Не өзгерді', 'What changed'],
  sendAnyway: ['Посмотрел(а), сохранить', 'Қарадым, сақтау', 'Seen, save now'],
  optional: ['необязательно', 'міндетті емес', 'optional'],
  choose: ['Выберите', 'Таңдаңыз', 'Choose'],
  add: ['Добавить', 'Қосу', 'Add'],
  remove: ['Убрать', 'Алып тастау', 'Remove'],
  oneEach: ['по одному в строке', 'әр жолда біреу', 'one on each line'],

  chooseAct: ['Что произошло?', 'Не болды?', 'What happened?'],
  actsNone: ['Сейчас записать нечего.', 'Қазір жазатын ештеңе жоқ.', 'There is nothing to record now.'],

  evidenceLead: [
    'Час закрывают три факта. Можно записывать по одному.',
    'Сағатты үш дерек жабады. Бір-бірлеп жазуға болады.',
    'Three facts close the hour. They can be recorded one by one.',
  ],
  alreadyRecorded: ['уже записано', 'жазылып қойған', 'recorded already'],
  noGrounds: ['Оснований для срочных мер нет', 'Шұғыл шараларға негіз жоқ', 'No grounds for urgent measures'],
  alsoFor: ['То же сделано и по другим случаям', 'Бұл басқа істер бойынша да жасалды', 'The same was done for other cases'],
  whom: ['Кого или номер', 'Кім немесе нөмірі', 'Name or reference'],

  contact: ['Контакт', 'Байланыс', 'Contact'],
  contactMade: ['Контакт состоялся', 'Байланыс болды', 'Contact was made'],
  contactAttempted: ['Попытка: никого не было', 'Әрекет: ешкім болмады', 'Attempt: nobody seen'],
  contactHow: ['Что вышло', 'Нәтижесі қандай', 'How did it go'],
  attemptHint: [
    'Попытка не закрывает срок: система назначит новую.',
    'Әрекет мерзімді жаппайды: жүйе жаңасын белгілейді.',
    'An attempt does not end the term: another try is set.',
  ],
  cruelHint: [
    'При признаках жестокости риск пересматривают сразу.',
    'Қатыгездік белгілері болса, қауіп дереу қайта қаралады.',
    'With signs of cruelty the risk is looked at again at once.',
  ],

  partChild: ['О ком', 'Кім туралы', 'About whom'],
  noteTo: ['Пояснение', 'Түсіндірме', 'Note'],
  partAsker: ['Кто обратился', 'Кім жүгінді', 'Who asks'],
  partParents: ['О родителях', 'Ата-анасы туралы', 'About the parents'],
  partWhat: ['Что случилось', 'Не болды', 'What happened'],
  partRisk: ['Критерии риска', 'Қауіп критерийлері', 'Risk criteria'],
  mother: ['Мать', 'Анасы', 'Mother'],
  father: ['Отец', 'Әкесі', 'Father'],
  searchTitle: ['Похожие в регистре', 'Тіркелімдегі ұқсастар', 'Similar in the register'],
  searchNone: ['Похожих случаев в регистре нет.', 'Тіркелімде ұқсас іс жоқ.', 'The register holds no similar case.'],
  searchWaiting: [
    'Введите имя, ИИН, телефон или адрес: регистр проверяется сам.',
    'Атын, ЖСН, телефонын не мекенжайын енгізіңіз: тіркелім өзі тексеріледі.',
    'Type name, IIN, phone or address: the register is searched by itself.',
  ],
  anotherChild: ['Это другой ребенок', 'Бұл басқа бала', 'This is another child'],
  searchBox: ['Найти случай: имя, ИИН, телефон, номер', 'Істі табу: аты, ЖСН, телефон, нөмір', 'Find a case: name, IIN, phone, number'],
  search: ['Найти', 'Табу', 'Find'],
  byIin: ['совпал ИИН', 'ЖСН сәйкес келді', 'same IIN'],
  byName: ['похожее имя', 'ұқсас ат', 'similar name'],
  byPhone: ['тот же телефон', 'сол телефон', 'same phone'],
  byAddress: ['похожий адрес', 'ұқсас мекенжай', 'similar address'],
  proposal: ['Предлагаемая степень', 'Ұсынылатын деңгей', 'Proposed level'],
  proposalNone: [
    'Отметьте, что известно: степень появится здесь.',
    'Белгілісін белгілеңіз: деңгей осында шығады.',
    'Tick what is known: the level appears here.',
  ],
  decidedBy: ['решили отметки', 'шешкен белгілер', 'decided by'],
  missingM6: [
    'Ответьте, есть ли данные об опасности для жизни и здоровья (последняя отметка среднего риска).',
    'Өмірі мен денсаулығына қауіп туралы дерек бар-жоғын белгілеңіз (орташа қауіптің соңғы белгісі).',
    'Say whether there are data of danger to life and health (last tick of the medium list).',
  ],
  startsHour: [
    'После сохранения пойдет час: он считается от времени сообщения.',
    'Сақталған соң сағат жүреді: ол хабар уақытынан есептеледі.',
    'Saving starts the hour: it counts from the time of the report.',
  ],
  levelChosen: ['Степень, которую выбираю я', 'Мен таңдайтын деңгей', 'The level I choose'],
  levelAsProposed: ['как предложено', 'ұсынылғандай', 'as proposed'],
  levelUndecided: ['решу позже', 'кейін шешемін', 'to be decided'],
  groupHigh: ['Ситуации высокого риска', 'Жоғары қауіп жағдайлары', 'High-risk situations'],
  groupSafety: ['Безопасность ребенка', 'Баланың қауіпсіздігі', "Child's safety"],
  groupHealth: ['Здоровье и уход', 'Денсаулығы мен күтімі', 'Health and care'],
  groupFamily: ['Семья и отношения', 'Отбасы және қарым-қатынас', 'Family and relations'],
  groupUrgent: ['Требуют срочных мер', 'Шұғыл шара қажет', 'Need urgent measures'],
  groupMedium: ['Ситуации среднего риска', 'Орташа қауіп жағдайлары', 'Medium-risk situations'],
  groupLow: ['Ситуации низкого риска', 'Төмен қауіп жағдайлары', 'Low-risk situations'],
  groupFirst: ['Первоочередные для комплексной оценки', 'Кешенді бағалауға бірінші кезектегілер', 'First in line for assessment'],
  register: ['Зарегистрировать обращение', 'Өтінішті тіркеу', 'Register the request'],
  kinds: ['Виды риска', 'Қауіп түрлері', 'Kinds of risk'],

  rights: ['Права семьи', 'Отбасының құқықтары', 'Rights of the family'],
  consent: ['Согласие', 'Келісім', 'Consent'],
  consentNone: ['О согласии ещё не записано.', 'Келісім туралы әлі жазылмаған.', 'Nothing is recorded on consent yet.'],
  consentNotAsked: ['не спрашивали', 'сұралмаған', 'not asked'],
  consentGive: ['Записать согласие', 'Келісімді жазу', 'Record consent'],
  consentRefuse: ['Записать отказ', 'Бас тартуды жазу', 'Record a refusal'],
  consentWithdraw: ['Записать отзыв', 'Қайтарып алуды жазу', 'Record a withdrawal'],
  consentText: ['Текст согласия, редакция', 'Келісім мәтіні, редакция', 'Text of the consent, version'],
  correction: ['Исправление данных', 'Деректерді түзету', 'Correction of data'],
  correctionLead: [
    'Неверное имя, дату, ИИН, адрес или телефон исправляют здесь. Неверную запись отмечают «внесено ошибочно» и записывают верную.',
    'Қате атты, күнді, ЖСН-ді, мекенжайды не телефонды осында түзетеді. Қате жазба «қате енгізілген» деп белгіленіп, дұрысы жазылады.',
    'A wrong name, date, IIN, address or phone is corrected here. A wrong entry is marked as entered in error, and the right one recorded.',
  ],
  correct: ['Исправить данные ребенка', 'Бала деректерін түзету', "Correct the child's data"],
  correctRefused: ['Записать отказ исправить', 'Түзетуден бас тартуды жазу', 'Record a refused correction'],
  giveOut: ['Выдать всё, что хранится', 'Сақталғанның бәрін беру', 'Give out all that is held'],
  giveOutLead: [
    'Выдает супервизор команды по записанной просьбе. Кто сообщил и где ребенка укрывают, в выдачу не входит. Перед передачей прочитайте: свободный текст может назвать сообщившего.',
    'Жазылған өтініш бойынша топ супервайзері береді. Кім хабарлағаны және бала қайда жасырылғаны берілмейді. Берер алдында оқып шығыңыз: еркін мәтін хабарлаушыны атауы мүмкін.',
    'The supervisor of the team gives it out on a recorded request. Who reported and where the child is kept safe are left out. Read it before handing it over: free text may name who reported.',
  ],
  giveOutFirst: ['Сначала запишите, кто просит.', 'Алдымен кім сұрайтынын жазыңыз.', 'First record who asks.'],
  giveOutAsk: ['Записать просьбу', 'Өтінішті жазу', 'Record a request'],
  giveOutPage: ['Скачать для печати', 'Басып шығаруға жүктеу', 'Download to print'],
  giveOutData: ['Скачать как данные', 'Дерек ретінде жүктеу', 'Download as data'],
  keeping: ['Хранение', 'Сақтау', 'Keeping'],
  keepingLead: [
    'После срока хранения руководитель разрешает стереть данные. Суд или прокуратура могут это остановить.',
    'Сақтау мерзімінен соң басшы деректерді өшіруге рұқсат береді. Сот не прокуратура мұны тоқтата алады.',
    'After the term of keeping the head approves erasure. A court or prosecutor can stop it.',
  ],
  holdErasure: ['Запретить стирание', 'Өшіруге тыйым салу', 'Hold erasure'],
  letErase: ['Снять запрет', 'Тыйымды алу', 'Let erasure go on'],
  erasures: ['Хранение', 'Сақтау', 'Keeping'],
  erasuresLead: [
    'Срок хранения прошел. Ничего не стирается без вашего разрешения.',
    'Сақтау мерзімі өтті. Сіздің рұқсатыңызсыз ештеңе өшірілмейді.',
    'The term of keeping has passed. Nothing is erased without your approval.',
  ],
  erasuresNone: ['Стирать пока нечего.', 'Әзірге өшіретін ештеңе жоқ.', 'There is nothing to erase now.'],
  erasuresMore: [
    'Показаны не все: остальные появятся после этих.',
    'Бәрі көрсетілген жоқ: қалғаны бұлардан кейін шығады.',
    'Not all are shown: the others come after these.',
  ],
  erasuresDone: ['Стерто.', 'Өшірілді.', 'Erased.'],
  erasureHeld: ['стирание запрещено', 'өшіруге тыйым салынған', 'erasure is held'],
  erase: ['Стереть отмеченное', 'Белгіленгенді өшіру', 'Erase what is ticked'],
  eraseSure: [
    'Вернуть стертое нельзя. Останутся номер, этап, даты и журнал действий.',
    'Өшірілгенді қайтаруға болмайды. Нөмірі, кезеңі, күндері және әрекеттер журналы қалады.',
    'What is erased cannot be brought back. Number, stage, dates and the trail stay.',
  ],
  eraseForGood: ['Стереть навсегда', 'Біржола өшіру', 'Erase for good'],
  erasedOn: ['Данные этого случая стерты', 'Бұл істің деректері өшірілді', 'The data of this case were erased on'],
  keptFrom: ['хранится с', 'сақталу басы', 'kept from'],
  keptUntil: ['до', 'дейін:', 'until'],
  toCase: ['к случаю', 'іске', 'to the case'],
  journalEntries: ['Записи журналов, сделанные от руки', 'Қолмен жасалған журнал жазбалары', 'Journal entries made by hand'],
  olderThan: ['раньше', 'мынадан бұрын:', 'before'],

  noticesNone: ['Уведомлений нет.', 'Хабарлама жоқ.', 'There are no notices.'],
  unread: ['новое', 'жаңа', 'new'],
  markRead: ['Прочитано', 'Оқылды', 'Read'],
  casesHint: [
    'Случаи с открытыми сроками. Остальные находит поиск.',
    'Ашық мерзімі бар істер. Қалғандарын іздеу табады.',
    'Cases with open terms. The search finds the others.',
  ],
  casesNone: ['Открытых случаев нет.', 'Ашық іс жоқ.', 'There are no open cases.'],
} as const satisfies Record<string, Said>

export type Words = { readonly [K in keyof typeof WORDS]: string }

const AT = { ru: 0, kk: 1, en: 2 } as const

const made = new Map<Lang, Words>()

/** All words in one language. */
export function wordsOf(lang: Lang): Words {
  const known = made.get(lang)
  if (known) return known
  const words = Object.fromEntries(Object.entries(WORDS).map(([key, said]) => [key, said[AT[lang]]])) as unknown as Words
  made.set(lang, words)
  return words
}

/** `one few many` for Russian, `one other` for the rest. */
export function plural(
  lang: Lang,
  n: number,
  forms: { ru: readonly [string, string, string]; kk: string; en: readonly [string, string] },
): string {
  if (lang === 'kk') return `${n} ${forms.kk}`
  const kind = new Intl.PluralRules(lang).select(n)
  if (lang === 'en') return `${n} ${forms.en[kind === 'one' ? 0 : 1]}`
  return `${n} ${forms.ru[kind === 'one' ? 0 : kind === 'few' ? 1 : 2]}`
}

export const DAYS = { ru: ['день', 'дня', 'дней'], kk: 'күн', en: ['day', 'days'] } as const

const t = (ru: string, kk: string, en: string) => ({ ru, kk, en })

export const STAGES: Readonly<Record<string, { ru: string; kk: string; en: string }>> = {
  registered: t('Регистрация', 'Тіркеу', 'Registration'),
  'urgent-measures': t('Неотложные меры', 'Шұғыл шаралар', 'Urgent measures'),
  'primary-assessment': t('Первичная оценка', 'Бастапқы бағалау', 'Primary assessment'),
  'comprehensive-assessment': t('Комплексная оценка', 'Кешенді бағалау', 'Comprehensive assessment'),
  planning: t('План', 'Жоспар', 'Plan'),
  implementation: t('Помощь', 'Көмек', 'Support'),
  monitoring: t('Мониторинг', 'Мониторинг', 'Monitoring'),
  ended: t('Завершен', 'Аяқталды', 'Ended'),
}

export const TOLD: Readonly<Record<string, { ru: string; kk: string; en: string }>> = {
  'case-manager': t('ведущий случай', 'іс жүргізуші', 'case manager'),
  'first-person': t('кто принял обращение', 'өтінішті қабылдаған', 'who took the request'),
  supervisor: t('супервизор', 'супервайзер', 'supervisor'),
  'next-in-line': t('следующий по цепочке', 'тізбектегі келесі', 'next in line'),
  head: t('руководитель', 'басшы', 'head'),
  'duty-list': t('список дежурных', 'кезекшілер тізімі', 'duty list'),
  'on-duty': t('дежурный', 'кезекші', 'person on duty'),
  responsible: t('ответственный', 'жауапты', 'who is responsible'),
}

export const WARNINGS: Readonly<Record<string, { ru: string; kk: string; en: string }>> = {
  'iin-form': t('ИИН записан не по форме (12 цифр).', 'ЖСН пішіні дұрыс емес (12 сан).', 'The IIN is not in its form (12 digits).'),
  'iin-check-digit': t(
    'Контрольная цифра ИИН не сходится: проверьте.',
    'ЖСН бақылау саны сәйкес емес: тексеріңіз.',
    'The check digit of the IIN does not fit: please check.',
  ),
  'iin-birth-date': t(
    'ИИН и дата рождения расходятся. Это бывает: проверьте.',
    'ЖСН мен туған күні сәйкес емес. Бұл болады: тексеріңіз.',
    'IIN and birth date differ. It happens: please check.',
  ),
  'iin-sex': t('ИИН и пол расходятся: проверьте.', 'ЖСН мен жынысы сәйкес емес: тексеріңіз.', 'IIN and sex differ: please check.'),
  'similar-found': t('В регистре есть похожий случай.', 'Тіркелімде ұқсас іс бар.', 'The register holds a similar case.'),
  'older-than-five': t(
    'Ребенку больше пяти лет: регламент для детей 0–5 лет.',
    'Бала бес жастан үлкен: регламент 0–5 жастағы балаларға арналған.',
    'The child is older than five: the procedure is for children of 0–5.',
  ),
  'foster-family-over-three': t(
    'Патронатная семья: ребенку больше трех лет.',
    'Патронаттық отбасы: бала үш жастан үлкен.',
    'Foster family: the child is older than three.',
  ),
  'sibling-not-adult': t(
    'Брат или сестра несовершеннолетние.',
    'Аға-інісі не апа-сіңлісі кәмелетке толмаған.',
    'Brother or sister is no adult.',
  ),
  'level-differs': t(
    'Степень отличается от предложенной по критериям.',
    'Деңгей критерийлер бойынша ұсынылғаннан өзгеше.',
    'The level differs from what the criteria propose.',
  ),
  'signs-of-cruelty': t(
    'Записаны признаки жестокости: пересмотрите степень риска.',
    'Қатыгездік белгілері жазылды: қауіп деңгейін қайта қараңыз.',
    'Signs of cruelty are recorded: look at the risk level again.',
  ),
  'monitoring-worse': t(
    'По мониторингу положение хуже: решите, не рецидив ли это.',
    'Мониторинг бойынша жағдай нашар: қайталану емес пе, шешіңіз.',
    'Monitoring says it is worse: decide whether this is a relapse.',
  ),
  'phone-unreadable': t(
    'Телефон не прочитан как номер: проверьте.',
    'Телефон нөмір ретінде оқылмады: тексеріңіз.',
    'The phone could not be read as a number: please check.',
  ),
  'consent-none': t(
    'Согласие семьи на сопровождение не записано (RT-04): помощь не останавливается, спросите при встрече.',
    'Отбасының сүйемелдеуге келісімі жазылмаған (RT-04): көмек тоқтамайды, кездескенде сұраңыз.',
    "The family's consent to support is not recorded (RT-04): help goes on, ask when you meet.",
  ),
  'consent-refused': t(
    'Семья в чём-то отказала (RT-03): посмотрите, что нельзя передавать.',
    'Отбасы бір нәрседен бас тартты (RT-03): нені беруге болмайтынын қараңыз.',
    'The family refused something (RT-03): see what may not be shared.',
  ),
}

export const CONSENT_STATES: Readonly<Record<string, { ru: string; kk: string; en: string }>> = {
  given: t('согласны', 'келіседі', 'agreed'),
  refused: t('отказ', 'бас тартты', 'refused'),
  withdrawn: t('отозвано', 'қайтарып алынды', 'withdrawn'),
  expired: t('срок вышел', 'мерзімі өтті', 'expired'),
}

export const ENDS_SHORT: Readonly<Record<string, { ru: string; kk: string; en: string }>> = {
  closed: t('закрыто', 'жабылды', 'closed'),
  'not-confirmed': t('не подтвердилось', 'расталмады', 'not confirmed'),
  adopted: t('усыновлен', 'асырап алынды', 'adopted'),
  'moved-away': t('семья переехала', 'отбасы көшіп кетті', 'moved away'),
  'child-died': t('смерть ребенка', 'баланың қайтыс болуы', 'death of the child'),
  'family-refused': t('семья отказалась', 'отбасы бас тартты', 'family refused'),
  'one-off-help': t('разовая помощь', 'бір реттік көмек', 'one-off help'),
  merged: t('объединено', 'біріктірілді', 'merged'),
}
