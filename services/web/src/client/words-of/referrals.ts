/** Words of the pages of referrals (CP-54, CP-56...CP-58). */
import { wordsIn, type Said } from '../words.ts'

export const REFERRALS = {
  title: ['Направления', 'Жолдамалар', 'Referrals'],
  none: ['Направлений еще не было.', 'Жолдама әлі болған жоқ.', 'Nothing has been referred yet.'],
  refer: ['Направить', 'Жолдау', 'Refer'],
  all: ['Все направления', 'Барлық жолдамалар', 'All referrals'],
  unread: ['Направления сейчас не открываются.', 'Жолдамалар қазір ашылмайды.', 'Referrals cannot be opened now.'],
  answerBy: ['ответ до', 'жауап мерзімі', 'answer by'],
  answerLate: ['ответа нет, срок был', 'жауап жоқ, мерзімі өтті', 'no answer, was due'],
  of: ['Направление', 'Жолдама', 'Referral'],
  newTitle: ['Новое направление', 'Жаңа жолдама', 'A new referral'],
  newLead: [
    'Сначала составляется направление и пакет документов, их можно проверить; отправляете вы отдельно.',
    'Алдымен жолдама мен құжаттар топтамасы жасалады, оны тексеруге болады; жіберуді бөлек жасайсыз.',
    'First the referral and its packet are made, so that you can check them; you send them in a step of its own.',
  ],
  order: ['Порядок', 'Тәртібі', 'The order'],
  orderWhy: [
    'Решает пересмотр или совещание. ПМПК высказывается раньше комиссии, если у ребенка особые потребности. Комиссия рекомендует, орган опеки решает с учетом рекомендации (CP-57).',
    'Алдымен қайта қарау не кеңес шешеді. Баланың ерекше қажеттіліктері болса, ПМПК комиссиядан бұрын пікір береді. Комиссия ұсынады, қорғаншылық органы ұсынымды ескеріп шешеді (CP-57).',
    'A review or a meeting decides. The PMPK speaks before the commission when the child has special needs. The commission recommends; the guardianship body decides considering it (CP-57).',
  ],
  stepReview: ['Решение пересмотра или совещания', 'Қайта қарау не кеңес шешімі', 'Decision of a review or a meeting'],
  stepPmpk: ['Заключение ПМПК', 'ПМПК қорытындысы', 'What the PMPK recommends'],
  stepCommission: ['Рекомендация комиссии', 'Комиссия ұсынымы', "The commission's recommendation"],
  stepGuardianship: ['Решение органа опеки', 'Қорғаншылық органының шешімі', 'Decision of the guardianship body'],
  stepDone: ['есть', 'бар', 'done'],
  stepHere: ['это направление', 'осы жолдама', 'this referral'],
  stepMissing: ['еще нет', 'әлі жоқ', 'not yet'],
  stepNotNeeded: ['не требуется', 'қажет емес', 'not needed'],
  firstReview: [
    'Сначала нужно решение пересмотра или совещания: проведите его и запишите.',
    'Алдымен қайта қараудың не кеңестің шешімі керек: өткізіп, жазыңыз.',
    'A review or a meeting has to decide first: hold it and record it.',
  ],
  firstPmpk: [
    'У ребенка особые потребности: сначала ПМПК. Если ждать нельзя, укажите почему.',
    'Баланың ерекше қажеттіліктері бар: алдымен ПМПК. Күтуге болмаса, себебін жазыңыз.',
    'The child has special needs: the PMPK first. If this cannot wait, say why.',
  ],
  firstCommission: [
    'Сначала рекомендация комиссии: орган опеки решает с ее учетом.',
    'Алдымен комиссия ұсынымы: қорғаншылық органы оны ескеріп шешеді.',
    'The commission first: the guardianship body decides considering what it recommends.',
  ],
  noCommission: [
    'Для вашей территории комиссия не задана: укажите это как причину.',
    'Аумағыңызда комиссия белгіленбеген: оны себеп ретінде көрсетіңіз.',
    'No commission is set for your territory: give that as the reason.',
  ],
  toMeeting: ['К совещаниям', 'Кеңестерге', 'To the meetings'],
  decidedBy: ['Решение принято на совещании', 'Шешім кеңесте қабылданды', 'Decided at a meeting'],
  openIt: ['открыть', 'ашу', 'open it'],
  noAgency: [
    'В справочнике нет такого органа для вашей территории (CP-56). Составить можно: супервизору сообщат, а передать можно на бумаге.',
    'Анықтамалықта аумағыңыз үшін мұндай орган жоқ (CP-56). Дайындауға болады: супервайзерге хабарланады, қағазда беруге болады.',
    'The directory has no such body for your territory (CP-56). You may prepare it: the supervisor is told, and it can be handed over on paper.',
  ],
  powers: ['Полномочия по документу', 'Өкілеттік құжаты', 'Powers by the document'],
  onlyPaper: ['эл. почты нет: только на бумаге', 'эл. поштасы жоқ: тек қағазда', 'no email: on paper only'],
  demandsOfProtocol: [
    'Требования участников из протокола: пойдут с направлением сами',
    'Хаттамадағы қатысушылардың талаптары: жолдамамен өзі барады',
    'Demands of members in the protocol: they go with it by themselves',
  ],
  demands: ['Требования участников', 'Қатысушылардың талаптары', 'Demands of members'],
  goesBy: [
    'Кто и чего требовал и почему: комиссия должна это видеть (CP-58).',
    'Кім, не және неліктен талап етті: комиссия мұны көруі керек (CP-58).',
    'Who demanded what and why: the commission has to see it (CP-58).',
  ],
  always: [
    'Сопроводительное письмо, требования и опись с контрольными суммами идут всегда.',
    'Ілеспе хат, талаптар және бақылау сомалары бар тізім әрқашан барады.',
    'The cover letter, the demands and the list of enclosures with their hashes always go.',
  ],
  ownPages: [
    'Направления ведутся на своих страницах: там порядок, пакет, отправка и ответ. Эта форма для того, что направлено помимо них.',
    'Жолдамалар өз беттерінде жүргізіледі: тәртіп, топтама, жіберу және жауап сонда. Бұл нысан олардан тыс жолданғанға арналған.',
    'Referrals have pages of their own: the order, the packet, sending and the answer are there. This form is for what was referred without them.',
  ],
  prepare: ['Составить', 'Дайындау', 'Prepare'],

  nowTitle: ['Сейчас', 'Қазір', 'Now'],
  turn: ['Черед', 'Кезек', 'Turn of'],
  ours: ['ваш и ведущего случай', 'сіздің және іс жүргізушінің', 'you and who leads the case'],
  waitPacket: [
    'Составьте пакет документов: в него войдет то, что отмечено.',
    'Құжаттар топтамасын жасаңыз: оған белгіленгендер кіреді.',
    'Make the packet: it takes what is ticked.',
  ],
  waitSending: ['Проверьте пакет и отправьте.', 'Топтаманы тексеріп, жіберіңіз.', 'Check the packet and send it.'],
  waitAnotherWay: [
    'Письмо не дошло. Передайте на бумаге или отправьте на другой адрес.',
    'Хат жетпеді. Қағазда беріңіз не басқа мекенжайға жіберіңіз.',
    'The mail did not arrive. Hand it over on paper, or send it to another address.',
  ],
  waitReceipt: [
    'Ждем подтверждения, что получено, и ответа.',
    'Алғанын растауды және жауапты күтеміз.',
    'A receipt and the answer are waited for.',
  ],
  waitAnswer: ['Ждем ответа.', 'Жауап күтеміз.', 'The answer is waited for.'],
  waitMore: [
    'Запрошены документы: дополните направление и отправьте снова.',
    'Құжаттар сұралды: жолдаманы толықтырып, қайта жіберіңіз.',
    'More is asked for: add it and send again.',
  ],
  waitGoOn: [
    'Ответ получен. Направьте дальше или запишите, что дальше направлять не нужно.',
    'Жауап алынды. Әрі қарай жолдаңыз не қажет емес екенін жазыңыз.',
    'It was answered. Refer it on, or write down that nothing follows.',
  ],
  waitPlacement: [
    'Решение принято: запишите, где теперь живет ребенок. От этого зависят нормы контактов.',
    'Шешім қабылданды: бала енді қайда тұратынын жазыңыз. Байланыс нормалары соған байланысты.',
    'It is decided: record where the child lives now. Contact norms depend on it.',
  ],
  waitSeen: [
    'Орган ответил сам, по ссылке. Прочтите решение и запишите, что видели его и дальше направлять не нужно.',
    'Орган сілтеме арқылы өзі жауап берді. Шешімді оқып, көргеніңізді және әрі қарай жолдау қажет емес екенін жазыңыз.',
    'The body answered by itself, by the link. Read the decision and write down that you saw it and nothing follows.',
  ],
  waitNothing: ['Больше ничего не ждем.', 'Енді ештеңе күтпейміз.', 'Nothing more is waited for.'],
  sendAgain: ['Отправить снова', 'Қайта жіберу', 'Send again'],
  referOn: ['Направить дальше', 'Әрі қарай жолдау', 'Refer on'],
  referAgain: ['Направить снова', 'Қайта жолдау', 'Refer again'],
  happened: ['Что было', 'Не болды', 'What happened'],
  wasPrepared: ['Составлено', 'Дайындалды', 'Prepared'],
  wasMailed: ['Отправлено эл. почтой', 'Эл. поштамен жіберілді', 'Sent by email'],
  wasHanded: ['Передано на бумаге', 'Қағазда берілді', 'Handed over on paper'],
  wasReceived: ['Получение подтверждено', 'Алынғаны расталды', 'Receipt confirmed'],
  spared: ['не сделано: случай завершен', 'жасалмады: іс аяқталды', 'not done: the case has ended'],
  replies: ['Письма в ответ', 'Жауап хаттар', 'Replies by mail'],
  repliesLead: [
    'Кто написал на самом деле, неизвестно: письмо показано как пришло. Позвоните и запишите ответ сами. Чтение записывается.',
    'Шын мәнінде кім жазғаны белгісіз: хат келген күйінде көрсетілген. Телефон соғып, жауапты өзіңіз жазыңыз. Оқу жазылып алынады.',
    'Who really wrote is not known: the mail is shown as it came. Call them and record the answer yourself. Reading is recorded.',
  ],
  repliesRead: ['Прочитать', 'Оқу', 'Read them'],
  repliesNone: ['Писем в ответ нет', 'Жауап хат жоқ', 'No mail came in reply'],
  byLink: ['по ссылке из письма', 'хаттағы сілтеме арқылы', 'by the link of the mail'],
  toldBody: ['письмо органу', 'органға хат', 'mail to the body'],
  addressee: ['Кому', 'Кімге', 'To'],
  getsFiles: ['пакет вложением', 'топтама тіркеме болып', 'the packet is attached'],
  getsLink: ['пакет по ссылке с кодом', 'топтама кодты сілтеме арқылы', 'the packet by a link with a code'],
  code: [
    'Код для открытия файла (скажите по телефону)',
    'Файлды ашу коды (телефонмен айтыңыз)',
    'Code that opens the file (say it by phone)',
  ],
  delivery: ['Доставка', 'Жеткізу', 'Delivery'],
  packet: ['Пакет документов', 'Құжаттар топтамасы', 'The packet'],
  packetNone: ['Еще не составлен.', 'Әлі жасалмаған.', 'Not made yet.'],
  packetStale: [
    'После изменений его нужно составить заново.',
    'Өзгерістерден кейін қайта жасау керек.',
    'It was edited since: make the packet anew.',
  ],
  packetFrozen: ['Отправлен и больше не меняется', 'Жіберілді, енді өзгермейді', 'It went out and stays as it is'],
  packetMake: ['Составить пакет', 'Топтама жасау', 'Make the packet'],
  packetAgain: ['Составить заново', 'Қайта жасау', 'Make it anew'],
  packetOpen: ['Скачать пакет (PDF)', 'Топтаманы жүктеу (PDF)', 'Download the packet (PDF)'],
  madeAt: ['составлен', 'жасалды', 'made'],
  onlyLetter: ['Сопроводительное письмо и опись.', 'Ілеспе хат және тізім.', 'The cover letter and the list of enclosures.'],
  pages: ['стр.', 'бет', 'p.'],
  hash: ['SHA-256', 'SHA-256', 'SHA-256'],
  letter: ['Сопроводительное письмо', 'Ілеспе хат', 'Cover letter'],
  outOfOrder: ['Вне порядка, потому что', 'Тәртіптен тыс, себебі', 'Out of the order, because'],
  followsFrom: ['Следует из другого направления', 'Басқа жолдамадан туындайды', 'Goes on from another referral'],
  goesOn: ['Направлено дальше', 'Әрі қарай жолданды', 'It was referred on'],
  asked: ['Вопрос', 'Мәселе', 'Question'],
  willMail: ['Письмо уйдет на', 'Хат мына мекенжайға кетеді:', 'The mail goes to'],
  files: ['Файлы ответа', 'Жауап файлдары', 'Files of the answer'],
  filesHint: [
    'PDF, фото или DOCX, до 10 МБ каждый.',
    'PDF, фото не DOCX, әрқайсысы 10 МБ дейін.',
    'PDF, pictures or DOCX, up to 10 MB each.',
  ],
  fileSending: ['Загружается', 'Жүктелуде', 'Uploading'],
  fileBig: ['больше 10 МБ: не загружен', '10 МБ-тан үлкен: жүктелмеді', 'over 10 MB: not uploaded'],
  answerLead: [
    'Что орган сказал по телефону или прислал на бумаге. Сотрудник органа может ответить и сам по ссылке из письма.',
    'Орган телефонмен не айтқанын не қағазда не жібергенін жазыңыз. Орган қызметкері хаттағы сілтемемен өзі де жауап бере алады.',
    'What the body said by phone or sent on paper. Its secretary can also answer by the link of the mail.',
  ],
  placementLead: [
    'Взято из решения; проверьте, с какого дня и у кого.',
    'Шешімнен алынды; қай күннен және кімде екенін тексеріңіз.',
    'Taken from the decision; check from which day and with whom.',
  ],
} as const satisfies Record<string, Said>

export const referralWords = wordsIn(REFERRALS)

const t = (ru: string, kk: string, en: string) => ({ ru, kk, en })

/** What became of a mail to the body. */
export const MAILS_ARE = {
  queued: t('ждет отправки', 'жіберуді күтуде', 'waits to be sent'),
  accepted: t('почта адресата приняла', 'адресат поштасы қабылдады', 'their mail server took it'),
  doubtful: t('неясно, дошло ли', 'жеткені белгісіз', 'in doubt'),
  failed: t('не ушло', 'кетпеді', 'did not leave'),
  bounced: t('вернулось', 'қайтты', 'came back'),
  opened: t('файл открыли', 'файл ашылды', 'the file was opened'),
  confirmed: t('получение подтвердили', 'алғанын растады', 'receipt was confirmed'),
  locked: t('файл закрылся: код вводили неверно', 'файл жабылды: код қате енгізілді', 'the file is locked: wrong codes'),
} as const

export const MAIL_KINDS: Readonly<Record<string, ReturnType<typeof t>>> = {
  'referral-sent': t('письмо с пакетом', 'топтамасы бар хат', 'mail with the packet'),
  'referral-reminded': t('напоминание', 'еске салу', 'reminder'),
  'referral-withdrawn': t('письмо об отзыве', 'қайтарып алу туралы хат', 'mail that it is withdrawn'),
}

/** Acts as they stand in what happened. */
export const ACTS_DONE: Readonly<Record<string, ReturnType<typeof t>>> = {
  changed: t('Направление исправлено', 'Жолдама түзетілді', 'The referral was edited'),
  'packet-made': t('Пакет документов составлен', 'Құжаттар топтамасы жасалды', 'The packet was made'),
  'placement-confirmed': t('Записано, где живет ребенок', 'Бала қайда тұратыны жазылды', 'Where the child lives was recorded'),
  'nothing-follows': t('Дальше направлять не нужно', 'Әрі қарай жолдау қажет емес', 'Nothing follows'),
  withdrawn: t('Отозвано', 'Қайтарып алынды', 'Withdrawn'),
}
