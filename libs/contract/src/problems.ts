/**
 * Every refusal: its status, whether sending the same again may help, what it is and what to do next, in three languages.
 * `{name}` in a text is filled from the refusal's params.
 */
import type { Text } from '@tirek/procedure/programme'

export type ProblemKind = { status: number; retryable: boolean; rule?: string; title: Text; next: Text }

const problem = (status: number, title: Text, next: Text, rule?: string, retryable = false): ProblemKind => ({
  status,
  retryable,
  title,
  next,
  ...(rule ? { rule } : {}),
})
const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

export const PROBLEMS = {
  'bad-input': problem(
    400,
    t('Форма заполнена не полностью или с ошибками', 'Нысан толық емес немесе қатемен толтырылған', 'The form is incomplete or has errors'),
    t(
      'Исправьте отмеченные поля и отправьте снова: введенное не потеряно.',
      'Белгіленген өрістерді түзетіп, қайта жіберіңіз: енгізілгені жоғалған жоқ.',
      'Correct the marked fields and send again: nothing typed is lost.',
    ),
  ),
  'bad-json': problem(
    400,
    t('Запрос не прочитан', 'Сұрау оқылмады', 'The request could not be read'),
    t('Отправьте JSON в UTF-8.', 'UTF-8 түріндегі JSON жіберіңіз.', 'Send JSON in UTF-8.'),
  ),
  'not-signed-in': problem(
    401,
    t('Вход не выполнен', 'Жүйеге кірмегенсіз', 'Not signed in'),
    t('Войдите и повторите.', 'Жүйеге кіріп, қайталаңыз.', 'Sign in and try again.'),
  ),
  'sign-in-again': problem(
    403,
    t('Для этого действия войдите еще раз', 'Бұл әрекет үшін жүйеге қайта кіріңіз', 'Sign in once more for this act'),
    t(
      'Войдите снова: введенное сохранится, и вы вернетесь на эту страницу.',
      'Қайта кіріңіз: енгізілгені сақталады, осы бетке оралсыз.',
      'Sign in again: what is typed is kept, and you come back to this page.',
    ),
  ),
  'too-many-tries': problem(
    429,
    t('Слишком много попыток', 'Әрекет тым көп', 'Too many tries'),
    t('Повторите через {seconds} с.', '{seconds} с кейін қайталаңыз.', 'Try again in {seconds} s.'),
    undefined,
    true,
  ),
  'not-allowed': problem(
    403,
    t('Это действие не для вашей роли', 'Бұл әрекет сіздің рөліңізге берілмеген', 'This act is not for your role'),
    t(
      'Попросите ведущего случай или супервизора.',
      'Іс жүргізушіден немесе супервайзерден сұраңыз.',
      'Ask the case manager or the supervisor.',
    ),
    'CP-19',
  ),
  'not-found': problem(
    404,
    t('Не найдено', 'Табылмады', 'Not found'),
    t('Проверьте адрес или номер.', 'Мекенжайды немесе нөмірді тексеріңіз.', 'Check the address or the number.'),
  ),
  'too-large': problem(
    413,
    t('Запрос слишком велик', 'Сұрау тым үлкен', 'The request is too large'),
    t('Отправьте не больше 1 МБ.', '1 МБ-тан асырмаңыз.', 'Send at most 1 MB.'),
  ),
  'file-empty': problem(
    422,
    t('Файл пуст', 'Файл бос', 'The file is empty'),
    t('Выберите другой файл.', 'Басқа файлды таңдаңыз.', 'Choose another file.'),
  ),
  'file-too-large': problem(
    413,
    t('Файл больше 10 МБ', 'Файл 10 МБ-тан үлкен', 'The file is larger than 10 MB'),
    t(
      'Уменьшите его: отсканируйте с меньшим разрешением или разделите.',
      'Оны кішірейтіңіз: төмен ажыратымдылықпен сканерлеңіз немесе бөліңіз.',
      'Make it smaller: scan at a lower resolution, or divide it.',
    ),
  ),
  'file-too-many': problem(
    422,
    t('Передано уже слишком много файлов', 'Файлдар тым көп берілді', 'Too many files were handed in'),
    t(
      'Продолжите с тем, что уже приложено; остальное соберите в один PDF и передайте ведущему случай.',
      'Тіркелгенімен жалғастырыңыз; қалғанын бір PDF-ке жинап, істі жүргізушіге беріңіз.',
      'Go on with what is there; put the rest into one PDF and hand it to the case manager.',
    ),
  ),
  'file-no-pages': problem(
    422,
    t(
      'Из этого файла не получаются страницы пакета',
      'Бұл файлдан топтама беттері шықпайды',
      'This file cannot become pages of the packet',
    ),
    t(
      'Сохраните его как обычный PDF без пароля (в редакторе: «Печать», затем PDF) или пришлите скан либо фото.',
      'Оны құпиясөзсіз қарапайым PDF ретінде сақтаңыз (редакторда «Басып шығару», кейін PDF) не скан немесе фото жіберіңіз.',
      'Save it as a plain PDF without a password (in the editor: Print, then PDF), or send a scan or a picture.',
    ),
    'CP-54',
  ),
  'packet-too-large': problem(
    413,
    t('Пакет был бы больше 10 МБ', 'Топтама 10 МБ-тан үлкен болар еді', 'The packet would be larger than 10 MB'),
    t(
      'Почта столько не примет. Уберите лишнее, отсканируйте с меньшим разрешением или передайте часть документов на бумаге.',
      'Пошта онша қабылдамайды. Артығын алып тастаңыз, төмен ажыратымдылықпен сканерлеңіз немесе құжаттардың бір бөлігін қағазда беріңіз.',
      'Mail does not carry that much. Take something out, scan at a lower resolution, or hand some documents over on paper.',
    ),
    'CP-54',
  ),
  'file-type': problem(
    422,
    t('Такие файлы не принимаются', 'Мұндай файлдар қабылданбайды', 'Such files are not taken'),
    t('Пришлите PDF, JPEG, PNG или DOCX.', 'PDF, JPEG, PNG немесе DOCX жіберіңіз.', 'Send PDF, JPEG, PNG or DOCX.'),
  ),
  'file-not-as-named': problem(
    422,
    t('В файле не то, о чем говорит его название', 'Файлдың мазмұны атауына сай емес', 'The file is not what its name says'),
    t(
      'Откройте его, сохраните как PDF и пришлите снова.',
      'Оны ашып, PDF ретінде сақтап, қайта жіберіңіз.',
      'Open it, save it as PDF and send it again.',
    ),
  ),
  'file-broken': problem(
    422,
    t('Файл поврежден или защищен паролем', 'Файл бүлінген немесе құпиясөзбен қорғалған', 'The file is damaged or locked'),
    t(
      'Откройте его, сохраните заново без пароля и пришлите снова.',
      'Оны ашып, құпиясөзсіз қайта сақтап, жіберіңіз.',
      'Open it, save it anew without a password and send it again.',
    ),
  ),
  'file-harmful': problem(
    422,
    t(
      'Файл может навредить: в нем программа или вирус',
      'Файл зиянды болуы мүмкін: ішінде бағдарлама не вирус бар',
      'The file may do harm: it holds a program or a virus',
    ),
    t(
      'Он не сохранен. Пришлите PDF или документ без макросов.',
      'Ол сақталған жоқ. PDF немесе макросы жоқ құжат жіберіңіз.',
      'It was not kept. Send a PDF or a document without macros.',
    ),
  ),
  'file-waits': problem(
    409,
    t('Файл еще проверяется', 'Файл әлі тексерілуде', 'The file is still being checked'),
    t('Повторите через минуту.', 'Бір минуттан кейін қайталаңыз.', 'Try again in a minute.'),
    undefined,
    true,
  ),
  'wrong-media-type': problem(
    415,
    t('Тип содержимого не принимается', 'Мазмұн түрі қабылданбайды', 'This content type is not taken'),
    t('Отправьте application/json.', 'application/json жіберіңіз.', 'Send application/json.'),
  ),
  'handed-over': problem(
    409,
    t('Дело передано другой организации', 'Іс басқа ұйымға тапсырылды', 'The file was handed over to another organisation'),
    t(
      'Его ведет теперь она: сообщите туда о том, что хотели записать.',
      'Енді оны сол ұйым жүргізеді: жазғыңыз келгенін сонда хабарлаңыз.',
      'It leads the case now: tell it what you wanted to record.',
    ),
    'CP-64',
  ),
  'offer-first': problem(
    422,
    t('Другой организации дело сначала предлагают', 'Басқа ұйымға іс алдымен ұсынылады', 'A file is first offered to another organisation'),
    t('Запишите «Дело предложено организации».', '«Іс ұйымға ұсынылды» деп жазыңыз.', 'Record "File offered to an organisation".'),
    'CP-64',
  ),
  'offered-already': problem(
    409,
    t('Дело уже предложено и ждет ответа', 'Іс ұсынылған, жауап күтуде', 'The file is offered already and waits for an answer'),
    t(
      'Дождитесь ответа или отзовите предложение.',
      'Жауап күтіңіз немесе ұсынысты қайтарып алыңыз.',
      'Wait for the answer or take the offer back.',
    ),
    'CP-64',
  ),
  'no-offer': problem(
    409,
    t('Предложения дела нет', 'Іс ұсынысы жоқ', 'There is no offer of the file'),
    t(
      'На него уже ответили или его отозвали: обновите список.',
      'Оған жауап берілді немесе қайтарып алынды: тізімді жаңартыңыз.',
      'It was answered or taken back: load the list again.',
    ),
    'CP-64',
  ),
  'no-such-organisation': problem(
    422,
    t('Такой организации нет', 'Мұндай ұйым жоқ', 'There is no such organisation'),
    t('Выберите другую из списка.', 'Тізімнен басқасын таңдаңыз.', 'Choose another one from the list.'),
    'CP-64',
  ),
  'cannot-be-invited': problem(
    422,
    t('Этого человека пригласить нельзя', 'Бұл адамды шақыруға болмайды', 'This person cannot be invited'),
    t(
      'Выберите того, кто работает со случаями в вашей организации, или работника дома ребенка.',
      'Ұйымыңызда істермен жұмыс істейтін адамды немесе балалар үйінің қызметкерін таңдаңыз.',
      "Choose somebody who works with cases in your organisation, or a worker of a children's home.",
    ),
    'CP-19',
  ),
  'placement-only': problem(
    422,
    t(
      'Работнику дома ребенка открывают только «где живет ребенок»',
      'Балалар үйінің қызметкеріне тек «бала қайда тұрады» ашылады',
      "A children's home worker is shown only where the child lives",
    ),
    t('Оставьте одну эту часть.', 'Тек осы бөлікті қалдырыңыз.', 'Choose this part alone.'),
    'CP-15',
  ),
  'no-such-participant': problem(
    422,
    t('Этот человек в случае не участвует', 'Бұл адам іске қатыспайды', 'This person does not take part in the case'),
    t('Обновите страницу случая.', 'Іс бетін жаңартыңыз.', 'Load the page of the case again.'),
    'CP-19',
  ),
  'cannot-be-withdrawn': problem(
    422,
    t(
      'Эту запись отозвать нельзя: по ней уже все сделано',
      'Бұл жазбаны қайтаруға болмайды: ол орындалған',
      'This act cannot be withdrawn: what followed from it has happened',
    ),
    t(
      'Запишите обратное действие: пригласите снова, отзовите предложение или предложите дело обратно.',
      'Кері әрекетті жазыңыз: қайта шақырыңыз, ұсынысты қайтарып алыңыз немесе істі кері ұсыныңыз.',
      'Record the opposite: invite again, take the offer back, or offer the file back.',
    ),
    'CP-64',
  ),
  'not-your-own': problem(
    403,
    t('Свое открытие случая проверяет другой', 'Өз ашуыңызды басқа адам тексереді', 'Your own opening is reviewed by somebody else'),
    t(
      'Попросите аудитора или другого супервизора.',
      'Аудитордан немесе басқа супервайзерден сұраңыз.',
      'Ask the auditor or another supervisor.',
    ),
    'AC-02',
  ),
  'reviewed-already': problem(
    409,
    t('Это открытие уже проверено', 'Бұл ашу тексерілген', 'This opening is reviewed already'),
    t('Обновите список.', 'Тізімді жаңартыңыз.', 'Load the list again.'),
    'AC-02',
  ),
  stale: problem(
    409,
    t('Случай изменился, пока вы писали', 'Сіз жазып жатқанда іс өзгерді', 'The case changed while you were writing'),
    t('Посмотрите, что изменилось, и отправьте снова.', 'Не өзгергенін қарап, қайта жіберіңіз.', 'See what changed and send again.'),
  ),
  'draft-changed': problem(
    409,
    t('Черновик изменен на другом устройстве', 'Жоба басқа құрылғыда өзгертілді', 'The draft was changed on another device'),
    t(
      'Посмотрите, что изменилось там, и выберите, что оставить.',
      'Онда не өзгергенін қарап, нені қалдыратыныңызды таңдаңыз.',
      'See what changed there and choose what stays.',
    ),
  ),
  'draft-too-large': problem(
    413,
    t('Черновик слишком длинный для хранения в системе', 'Жоба жүйеде сақтауға тым ұзын', 'The draft is too long to be kept in the system'),
    t(
      'Он остается на этом устройстве. Сократите самые длинные тексты или завершите отчет.',
      'Ол осы құрылғыда қалады. Ең ұзын мәтіндерді қысқартыңыз не есепті аяқтаңыз.',
      'It stays on this device. Shorten the longest texts, or finish the report.',
    ),
  ),
  'key-reused': problem(
    422,
    t(
      'Этот ключ повтора уже принадлежит другому запросу',
      'Бұл қайталау кілті басқа сұрауға тиесілі',
      'This idempotency key belongs to another request',
    ),
    t('Отправьте с новым ключом.', 'Жаңа кілтпен жіберіңіз.', 'Send with a new key.'),
  ),
  'key-missing': problem(
    400,
    t('Нет ключа повтора', 'Қайталау кілті жоқ', 'No idempotency key'),
    t('Добавьте заголовок Idempotency-Key.', 'Idempotency-Key тақырыбын қосыңыз.', 'Add the header Idempotency-Key.'),
  ),
  'happened-in-future': problem(
    422,
    t('Время события еще не наступило', 'Оқиға уақыты әлі келген жоқ', 'The time of the event lies in the future'),
    t('Укажите, когда это произошло.', 'Қашан болғанын көрсетіңіз.', 'Say when it happened.'),
  ),
  'happened-before-report': problem(
    422,
    t(
      'Событие раньше первого сообщения о случае',
      'Оқиға іс туралы алғашқы хабардан бұрын',
      "The event lies before the case's first report",
    ),
    t('Проверьте дату и время.', 'Күні мен уақытын тексеріңіз.', 'Check date and time.'),
  ),
  'over-norm': problem(
    422,
    t(
      'У работника больше случаев, чем рекомендует норма ({most})',
      'Қызметкерде норма ұсынғаннан көп іс бар ({most})',
      'The worker has more cases than the norm recommends ({most})',
    ),
    t('Укажите причину или выберите другого.', 'Себебін көрсетіңіз немесе басқасын таңдаңыз.', 'Give a reason or choose somebody else.'),
    'CP-18',
  ),
  'no-such-person': problem(
    422,
    t('Такого работника нет в организации', 'Ұйымда мұндай қызметкер жоқ', 'There is no such worker in the organisation'),
    t('Выберите из списка.', 'Тізімнен таңдаңыз.', 'Choose from the list.'),
    'CP-64',
  ),
  'similar-found': problem(
    409,
    t('В регистре есть похожий случай', 'Тіркелімде ұқсас іс бар', 'The register holds a similar case'),
    t(
      'Откройте найденный или подтвердите, что это другой ребенок.',
      'Табылғанын ашыңыз немесе бұл басқа бала екенін растаңыз.',
      'Open the one found, or confirm that this is another child.',
    ),
    'CP-02',
  ),
  'too-many-searches': problem(
    429,
    t('Слишком много поисков по регистру подряд', 'Тіркелімнен іздеу тым жиі', 'Too many searches of the register in a row'),
    t(
      'Искать можно снова через {minutes} мин. Обращение сохраняется и без поиска.',
      'Қайта іздеуге {minutes} мин кейін болады. Өтініш іздеусіз де сақталады.',
      'Search again in {minutes} min. A help request is saved without a search too.',
    ),
    'CP-19',
    true,
  ),
  'too-many-exports': problem(
    429,
    t('Слишком много журналов выгружено подряд', 'Журналдар тым жиі жүктеп алынды', 'Too many journals were taken away in a row'),
    t(
      'Выгрузить снова можно через {minutes} мин. Читать и печатать журнал можно и сейчас.',
      'Қайта жүктеуге {minutes} мин кейін болады. Журналды қазір де оқуға және басып шығаруға болады.',
      'Take one away again in {minutes} min. Reading and printing a journal go on.',
    ),
    'CP-19',
    true,
  ),
  'journal-too-long': problem(
    422,
    t('В таблице было бы больше {most} строк', 'Кестеде {most} жолдан көп болар еді', 'The table would have more than {most} rows'),
    t(
      'Выберите более короткий период или возьмите таблицу CSV: она любой длины.',
      'Қысқарақ кезеңді таңдаңыз не CSV кестесін алыңыз: оның ұзындығы шектелмеген.',
      'Choose a shorter time, or take the CSV table, which may be of any length.',
    ),
  ),
  'too-many-rows': problem(
    422,
    t('В таблице было бы больше {most} строк', 'Кестеде {most} жолдан көп болар еді', 'The table would have more than {most} rows'),
    t(
      'Сузьте отбор: период, человек или случай.',
      'Іріктеуді тарылтыңыз: кезең, адам немесе іс.',
      'Narrow it down: a time, a person or a case.',
    ),
  ),
  'export-not-asked': problem(
    422,
    t(
      'Нет записанной и удовлетворенной просьбы о выдаче',
      'Жазылған және қанағаттандырылған беру өтініші жоқ',
      'There is no recorded and granted request',
    ),
    t(
      'Сначала запишите, кто просит и как проверена личность. Просьба действует 30 дней.',
      'Алдымен кім сұрайтынын және жеке басы қалай тексерілгенін жазыңыз. Өтініш 30 күн жарамды.',
      'First record who asks and how the identity was checked. A request holds for 30 days.',
    ),
    'RT-10',
  ),
  'case-erased': problem(
    410,
    t('Данные этого случая стерты', 'Бұл істің деректері өшірілген', 'The data of this case were erased'),
    t(
      'Страница случая говорит, когда и по какому правилу.',
      'Іс беті қашан және қай ереже бойынша екенін айтады.',
      'The case page says when and by which rule.',
    ),
    'RT-30',
  ),
  'not-due-for-erasure': problem(
    409,
    t('Случай {number} стирать нельзя', '{number} ісін өшіруге болмайды', 'Case {number} may not be erased'),
    t(
      'Он не завершен, срок хранения не прошел или действует запрет. Обновите список.',
      'Іс аяқталмаған, сақтау мерзімі өтпеген немесе тыйым бар. Тізімді жаңартыңыз.',
      'It has not ended, its term has not passed, or it is held. Look at the list again.',
    ),
  ),
  refused: problem(
    422,
    t('Правило {rule} не разрешает это сейчас', '{rule} ережесі қазір бұған рұқсат бермейді', 'Rule {rule} does not allow this now'),
    t(
      'Посмотрите на странице случая, что нужно сначала.',
      'Іс бетінен алдымен не керегін қараңыз.',
      'See on the case page what is needed first.',
    ),
  ),
  'agreement-needed': problem(
    422,
    t(
      'Совещание сначала согласуют с руководителем или супервизором',
      'Кеңес алдымен басшымен немесе супервайзермен келісіледі',
      'A meeting is first agreed with the manager or supervisor',
    ),
    t(
      'Поговорите с супервизором и запишите, кто и когда согласовал.',
      'Супервайзермен сөйлесіп, кім және қашан келіскенін жазыңыз.',
      'Speak with the supervisor and write down who agreed, and when.',
    ),
    'CP-30',
  ),
  'meeting-state': problem(
    409,
    t('С этим совещанием так уже нельзя', 'Бұл кеңеспен енді олай істеуге болмайды', 'This is not possible with the meeting as it stands'),
    t(
      'Обновите страницу: она показывает, что возможно сейчас.',
      'Бетті жаңартыңыз: қазір не мүмкін екенін көрсетеді.',
      'Load the page again: it shows what is possible now.',
    ),
    'CP-31',
  ),
  'meeting-not-begun': problem(
    422,
    t('Совещание еще не началось', 'Кеңес әлі басталған жоқ', 'The meeting has not begun yet'),
    t(
      'Запишите решения, когда оно пройдет, или перенесите его.',
      'Ол өткенде шешімдерді жазыңыз немесе уақытын ауыстырыңыз.',
      'Write down its decisions when it has been held, or move it.',
    ),
    'CP-30',
  ),
  'protocol-final': problem(
    409,
    t('Протокол утвержден и больше не правится', 'Хаттама бекітілді, енді түзетілмейді', 'The protocol is approved and final'),
    t(
      'Запишите исправление: оно станет новой версией и скажет, что изменилось.',
      'Түзету жазыңыз: ол жаңа нұсқа болып, не өзгергенін айтады.',
      'Record a correction: it becomes a new version that says what changed.',
    ),
    'CP-32',
  ),
  'protocol-not-approved': problem(
    409,
    t('Протокол еще не утвержден', 'Хаттама әлі бекітілген жоқ', 'The protocol is not approved yet'),
    t('Сначала утвердите его.', 'Алдымен оны бекітіңіз.', 'Approve it first.'),
    'CP-32',
  ),
  'referral-state': problem(
    409,
    t(
      'С этим направлением так уже нельзя',
      'Бұл жолдамамен енді олай істеуге болмайды',
      'This is not possible with the referral as it stands',
    ),
    t(
      'Обновите страницу: она показывает, что возможно сейчас.',
      'Бетті жаңартыңыз: қазір не мүмкін екенін көрсетеді.',
      'Load the page again: it shows what is possible now.',
    ),
    'CP-54',
  ),
  'review-first': problem(
    422,
    t('Сначала решает пересмотр или совещание', 'Алдымен қайта қарау немесе кеңес шешеді', 'A review or a meeting decides first'),
    t(
      'Проведите пересмотр, запишите решение отделить или продлить пребывание (или вынести на комиссию), затем направьте.',
      'Қайта қарау өткізіп, бөлу не болуды ұзарту (не комиссияға шығару) шешімін жазыңыз, содан кейін жолдаңыз.',
      'Hold the review and record its decision to separate or to extend the stay (or to put it to the commission), then refer.',
    ),
    'CP-57',
  ),
  'pmpk-first': problem(
    422,
    t(
      'У ребенка особые потребности: сначала заключение ПМПК',
      'Баланың ерекше қажеттіліктері бар: алдымен ПМПК қорытындысы',
      'The child has special needs: the PMPK recommends first',
    ),
    t(
      'Направьте в ПМПК и запишите ее рекомендацию. Если ждать нельзя, укажите, почему вне порядка.',
      'ПМПК-ға жолдап, ұсынымын жазыңыз. Күтуге болмаса, неліктен тәртіптен тыс екенін көрсетіңіз.',
      'Refer to the PMPK and record what it recommends. If this cannot wait, say why it goes out of the order.',
    ),
    'CP-57',
  ),
  'commission-first': problem(
    422,
    t(
      'Орган опеки решает с учетом рекомендации комиссии: сначала комиссия',
      'Қорғаншылық органы комиссия ұсынымын ескере отырып шешеді: алдымен комиссия',
      "The guardianship body decides considering the commission's recommendation: the commission first",
    ),
    t(
      'Направьте в комиссию и запишите ее рекомендацию. Если на территории нет комиссии, укажите это как причину.',
      'Комиссияға жолдап, ұсынымын жазыңыз. Аумақта комиссия болмаса, оны себеп ретінде көрсетіңіз.',
      'Refer to the commission and record what it recommends. Where the territory has no commission, give that as the reason.',
    ),
    'CP-57',
  ),
  'addressee-missing': problem(
    422,
    t('Не задано, куда отправить', 'Қайда жіберу керегі белгіленбеген', 'It is not set where to send it'),
    t(
      'Выберите ведомство из справочника. Если его там нет, попросите внести; на бумаге укажите, кому передано.',
      'Анықтамалықтан ведомствоны таңдаңыз. Ол жоқ болса, енгізуді сұраңыз; қағазда кімге берілгенін көрсетіңіз.',
      'Choose the agency from the directory. If it is not there, ask to enter it; on paper, say to whom it was handed.',
    ),
    'CP-56',
  ),
  'no-address': problem(
    422,
    t('У адресата нет эл. почты', 'Адресаттың эл. поштасы жоқ', 'The addressee has no email address'),
    t(
      'Передайте на бумаге с номером и датой или внесите адрес в справочник.',
      'Нөмірі мен күнін көрсетіп қағазда беріңіз не мекенжайды анықтамалыққа енгізіңіз.',
      'Hand it over on paper with number and date, or enter the address in the directory.',
    ),
    'CP-54',
  ),
  'packet-needed': problem(
    422,
    t(
      'Пакет документов не составлен или устарел',
      'Құжаттар топтамасы жасалмаған не ескірген',
      'The packet is not made, or not of what stands now',
    ),
    t('Составьте пакет, посмотрите его и отправьте.', 'Топтаманы жасап, қарап, жіберіңіз.', 'Make the packet, look at it, then send it.'),
    'CP-54',
  ),
  unavailable: problem(
    503,
    t('Хранилище сейчас недоступно', 'Қойма қазір қолжетімсіз', 'The record is not available at the moment'),
    t(
      'Повторите через несколько секунд: введенное не потеряно.',
      'Бірнеше секундтан кейін қайталаңыз.',
      'Try again in a few seconds: nothing typed is lost.',
    ),
    undefined,
    true,
  ),
  'our-fault': problem(
    500,
    t('Ошибка на нашей стороне', 'Біздің тараптағы қате', 'A fault of ours'),
    t(
      'Повторите; если снова, сообщите номер запроса.',
      'Қайталаңыз; қайталанса, сұрау нөмірін хабарлаңыз.',
      'Try again; if it stays, tell the request number.',
    ),
    undefined,
    true,
  ),
} as const satisfies Record<string, ProblemKind>

export type ProblemCode = keyof typeof PROBLEMS

export const isProblemCode = (code: string): code is ProblemCode => code in PROBLEMS

/** A text with `{name}` filled in. */
export const fill = (text: string, params: Record<string, string | number> = {}): string =>
  text.replace(/\{(\w+)\}/g, (all, name: string) => String(params[name] ?? all))
