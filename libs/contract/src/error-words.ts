/** What is wrong with a field and what to do about it. zod has no Kazakh, so the wording is ours. `{n}` is filled in. */
import type { Lang } from './roles.ts'

const w = (ru: string, kk: string, en: string): Record<Lang, string> => ({ ru, kk, en })

export const ERROR_WORDS = {
  required: w('Заполните это поле.', 'Бұл өрісті толтырыңыз.', 'Fill in this field.'),
  'yes-or-no': w('Ответьте: да или нет.', 'Жауап беріңіз: иә не жоқ.', 'Answer yes or no.'),
  'at-least-one': w('Укажите хотя бы одно.', 'Кемінде біреуін көрсетіңіз.', 'Give at least one.'),
  invalid: w(
    'Значение не подходит. Проверьте, как оно написано.',
    'Мән жарамайды. Қалай жазылғанын тексеріңіз.',
    'This value does not fit. Check how it is written.',
  ),
  'reason-short': w(
    'Опишите опасность словами: не короче 20 знаков.',
    'Қауіпті сөзбен сипаттаңыз: кемінде 20 таңба.',
    'Say in words what the danger is: at least 20 characters.',
  ),
  choice: w('Выберите одно из предложенного.', 'Ұсынылғандардың бірін таңдаңыз.', 'Choose one of those offered.'),
  day: w(
    'Такого дня нет. Напишите дату как ГГГГ-ММ-ДД или выберите в календаре.',
    'Мұндай күн жоқ. Күнді ЖЖЖЖ-АА-КК түрінде жазыңыз не күнтізбеден таңдаңыз.',
    'There is no such day. Write the date as YYYY-MM-DD or pick it in the calendar.',
  ),
  moment: w(
    'Укажите и день, и время (с часовым поясом, например 2026-11-24T14:05:00+05:00).',
    'Күнді де, уақытты да көрсетіңіз (уақыт белдеуімен, мысалы 2026-11-24T14:05:00+05:00).',
    'Give both day and time (with its zone, for example 2026-11-24T14:05:00+05:00).',
  ),
  format: w(
    'Проверьте год: такая дата невозможна.',
    'Жылды тексеріңіз: мұндай күн болуы мүмкін емес.',
    'Check the year: this date is not possible.',
  ),
  'in-future': w(
    'Это время еще не наступило. Укажите, когда это было на самом деле.',
    'Бұл уақыт әлі келген жоқ. Шын мәнінде қашан болғанын көрсетіңіз.',
    'This lies in the future. Say when it really was.',
  ),
  'before-report': w(
    'Это раньше первого сообщения о случае. Проверьте дату и время.',
    'Бұл іс туралы алғашқы хабардан бұрын. Күні мен уақытын тексеріңіз.',
    "This lies before the case's first report. Check date and time.",
  ),
  order: w(
    'Конец раньше начала. Поменяйте одну из дат.',
    'Соңы басынан ерте. Күндердің бірін өзгертіңіз.',
    'The end lies before the beginning. Change one of the dates.',
  ),
  'too-long': w(
    'Совещание дольше двенадцати часов. Проверьте начало и конец.',
    'Кеңес он екі сағаттан ұзақ. Басталуы мен аяқталуын тексеріңіз.',
    'The meeting is longer than twelve hours. Check start and end.',
  ),
  'in-past': w(
    'Это время уже прошло. Укажите будущее.',
    'Бұл уақыт өтіп кеткен. Болашақты көрсетіңіз.',
    'This time has passed. Give one that lies ahead.',
  ),
  'place-needed': w(
    'Укажите место или ссылку на видеовстречу.',
    'Орнын немесе бейнекездесу сілтемесін көрсетіңіз.',
    'Give a place or a video link.',
  ),
  'personal-data': w(
    'Похоже на ИИН или телефон. Это прочтут все приглашенные: уберите личные данные.',
    'ЖСН немесе телефонға ұқсайды. Мұны барлық шақырылғандар оқиды: жеке деректерді алып тастаңыз.',
    'This looks like an IIN or a phone number. Everybody invited reads it: take personal data out.',
  ),
  'nobody-came': w(
    'Отметьте, кто присутствовал. Если никого не было, запишите «Не состоялось».',
    'Кім қатысқанын белгілеңіз. Ешкім болмаса, «Өтпеді» деп жазыңыз.',
    'Mark who was there. If nobody was, record "It was not held".',
  ),
  'next-needed': w(
    'Назначьте следующее совещание: без него протокол готов, только если решено закрыть дело (CP-34).',
    'Келесі кеңесті белгілеңіз: онсыз хаттама тек істі жабу шешілсе дайын (CP-34).',
    'Set the next meeting: without one a protocol is finished only if it decides to close the case (CP-34).',
  ),
  'mail-not-open': w(
    'Этого письма уже нет в списке: его разобрали. Обновите страницу.',
    'Бұл хат тізімде жоқ: ол анықталған. Бетті жаңартыңыз.',
    'This mail is not open: somebody has settled it. Load the page again.',
  ),
  'mail-of-before': w(
    'Письмо пришло раньше, чем участника спросили о нынешнем времени. Отложите его и спросите по телефону.',
    'Хат қатысушыдан қазіргі уақыт туралы сұралғанға дейін келген. Оны шетке қойып, телефонмен сұраңыз.',
    'The mail came before they were asked about the present time. Set it aside and ask them by phone.',
  ),
  'not-of-meeting': w(
    'Такого участника у совещания нет. Обновите страницу и выберите из списка.',
    'Кеңесте мұндай қатысушы жоқ. Бетті жаңартып, тізімнен таңдаңыз.',
    'This meeting has no such participant. Load the page again and choose from the list.',
  ),
  'not-of-body': w(
    'Этот орган так ответить не может. Выберите другой ответ.',
    'Бұл орган олай жауап бере алмайды. Басқа жауапты таңдаңыз.',
    'This body cannot answer so. Choose another answer.',
  ),
  'not-this-body': w(
    'Это ведомство не решает такие вопросы: выберите другое (CP-56).',
    'Бұл ведомство мұндай мәселені шешпейді: басқасын таңдаңыз (CP-56).',
    'This agency does not take such questions: choose another (CP-56).',
  ),
  'not-of-case': w(
    'Это не относится к этому случаю. Обновите страницу и выберите из списка.',
    'Бұл осы іске қатысты емес. Бетті жаңартып, тізімнен таңдаңыз.',
    'This does not belong to the case. Load the page again and choose from the list.',
  ),
  'added-already': w(
    'Этот файл уже приложен. Выберите другой.',
    'Бұл файл тіркеліп қойған. Басқасын таңдаңыз.',
    'This file is there already. Choose another.',
  ),
  'before-sending': w(
    'Это раньше, чем направление отправлено. Проверьте дату.',
    'Бұл жолдама жіберілгеннен бұрын. Күнін тексеріңіз.',
    'This lies before the referral went out. Check the date.',
  ),
  'not-in-directory': w(
    'В справочнике этого нет. Выберите из списка или попросите администратора добавить.',
    'Анықтамалықта бұл жоқ. Тізімнен таңдаңыз немесе әкімшіден қосуды сұраңыз.',
    'The directory does not hold this. Choose from the list, or ask the administrator to add it.',
  ),
  'sharing-refused': w(
    'Семья отказала в передаче сведений этому ведомству (RT-03). Уберите его; при высоком риске отказ не действует.',
    'Отбасы бұл ведомствоға мәлімет беруден бас тартқан (RT-03). Оны алып тастаңыз; қауіп жоғары болса, бас тарту күшінде емес.',
    'The family refuses that this agency is told (RT-03). Leave it out; at high risk the refusal does not hold.',
  ),
  short: w('Слишком мало: нужно хотя бы {n}.', 'Тым аз: кемінде {n} керек.', 'Too little: at least {n}.'),
  small: w('Число слишком маленькое: не меньше {n}.', 'Сан тым кіші: кемінде {n}.', 'The number is too small: at least {n}.'),
  long: w(
    'Слишком длинно: не больше {n} знаков. Сократите текст.',
    'Тым ұзын: {n} таңбадан аспасын. Мәтінді қысқартыңыз.',
    'Too long: at most {n} characters. Shorten the text.',
  ),
  many: w(
    'Слишком много: не больше {n}. Уберите лишнее.',
    'Тым көп: {n} аспасын. Артығын алып тастаңыз.',
    'Too many: at most {n}. Take some away.',
  ),
  big: w('Число слишком большое: не больше {n}.', 'Сан тым үлкен: {n} аспасын.', 'The number is too big: at most {n}.'),
  unknown: w(
    'Такого поля в форме нет: {n}. Уберите его.',
    'Нысанда мұндай өріс жоқ: {n}. Оны алып тастаңыз.',
    'The form has no such field: {n}. Take it away.',
  ),
  'one-of': w(
    'Укажите хотя бы одно: имя ребенка, адрес или последнее известное место.',
    'Кемінде біреуін көрсетіңіз: баланың аты, мекенжайы немесе соңғы белгілі орны.',
    "Give at least one: the child's name, address or last known whereabouts.",
  ),
  'name-or-mark': w(
    'Назовите обратившегося или отметьте, что он не назвал себя.',
    'Жүгінушіні атаңыз немесе өзін атамағанын белгілеңіз.',
    'Name the person who asks, or mark that they gave no name.',
  ),
  'name-and-mark': w(
    'Имя указано, а отмечено, что обратившийся не назвал себя: оставьте одно из двух.',
    'Аты көрсетілген, бірақ өзін атамады деп белгіленген: екеуінің бірін қалдырыңыз.',
    'A name is given, yet it is marked that there is none: keep one of the two.',
  ),
  'one-head': w(
    'Заполните хотя бы один пункт этой части.',
    'Осы бөлімнің кемінде бір тармағын толтырыңыз.',
    'Fill in at least one head of this part.',
  ),
  'signature-missing': w(
    'Подпись еще не сохранена: распишитесь на экране или приложите скан.',
    'Қолтаңба әлі сақталмаған: экранда қол қойыңыз не сканын тіркеңіз.',
    'The signature is not saved yet: sign on the screen or attach a scan.',
  ),
  'signature-not-confirmed': w(
    'Подтвердите, что план прочитан и имя заменяет подпись.',
    'Жоспар оқылғанын және ат қолтаңбаны алмастыратынын растаңыз.',
    'Confirm that the plan was read and the name stands for a signature.',
  ),
  'reason-needed': w('Укажите причину или поясните.', 'Себебін көрсетіңіз немесе түсіндіріңіз.', 'Give the reason, or explain.'),
  'first-criterion': w(
    'Закрыть можно, только если риск сократился до приемлемого уровня (CP-60).',
    'Қауіп қолайлы деңгейге төмендегенде ғана жабуға болады (CP-60).',
    'A case closes only when the risk is reduced to an acceptable level (CP-60).',
  ),
  'not-superior': w(
    'Пересмотр проводит руководитель или супервизор (CP-51). Выберите из списка того, кто его провел.',
    'Қайта қарауды басшы не супервайзер өткізеді (CP-51). Өткізген адамды тізімнен таңдаңыз.',
    'A review is coordinated by the manager or a supervisor (CP-51). Choose from the list who coordinated it.',
  ),
  'decided-already': w(
    'Решение пересмотра уже стоит в случае, и сроки по нему идут. Если оно записано неверно, внесите в случае «Внесено ошибочно» и запишите пересмотр заново.',
    'Қайта қарау шешімі істе тұр, ол бойынша мерзімдер жүріп жатыр. Қате жазылса, істе «Қате енгізілген» деп белгілеп, қайта қарауды жаңадан жазыңыз.',
    'The decision of the review stands in the case, and its terms run. If it was written down wrongly, record in the case that it was entered in error, and record the review anew.',
  ),
  'no-such-person': w(
    'Такого работника нет в организации: выберите из списка.',
    'Ұйымда мұндай қызметкер жоқ: тізімнен таңдаңыз.',
    'There is no such worker in the organisation: choose from the list.',
  ),
  'not-of-the-organisation': w(
    'У меры семьи или ведомства нет ответственного из организации: уберите имя или выберите работника или специалиста.',
    'Отбасының не ведомствоның шарасында ұйымнан жауапты болмайды: атын алып тастаңыз не қызметкерді немесе маманды таңдаңыз.',
    'A measure of the family or an agency has no responsible of the organisation: take the name away, or choose worker or specialist.',
  ),
  'no-such-need': w(
    'Потребности с таким номером в плане нет.',
    'Жоспарда мұндай нөмірлі қажеттілік жоқ.',
    'The plan has no need of this number.',
  ),
  'nothing-corrected': w(
    'Укажите верное значение хотя бы одного поля или отметьте, что убрать.',
    'Кемінде бір өрістің дұрыс мәнін көрсетіңіз немесе нені алып тастауды белгілеңіз.',
    'Give the right value of one field at least, or tick what to take out.',
  ),
  twice: w(
    'Это уже указано выше. Оставьте один раз.',
    'Бұл жоғарыда көрсетілген. Бірін қалдырыңыз.',
    'This is given above already. Keep it once.',
  ),
  'one-child-itself': w(
    'Отметьте одного ребенка, чье это дело: не меньше и не больше одного.',
    'Осы істегі бір баланы белгілеңіз: кем де, артық та емес.',
    'Mark the one child of this case: no less and no more than one.',
  ),
  'died-needed': w(
    'Указан год смерти: отметьте, что человек умер, или уберите год.',
    'Қайтыс болған жылы көрсетілген: қайтыс болғанын белгілеңіз немесе жылды алып тастаңыз.',
    'A year of death is given: mark that the person has died, or take the year away.',
  ),
  'not-on-drawing': w(
    'Такого человека или окружения на рисунке нет. Выберите из тех, кто есть.',
    'Суретте мұндай адам не орта жоқ. Барлардың бірін таңдаңыз.',
    'Nobody and nothing of this number is on the drawing. Choose one that is.',
  ),
  'with-oneself': w(
    'Это связь человека с самим собой. Выберите другого.',
    'Бұл адамның өзімен байланысы. Басқасын таңдаңыз.',
    'This relates a person to themselves. Choose another one.',
  ),
  'own-ancestor': w(
    'Выходит, что человек предок самому себе. Проверьте, кто чей родитель.',
    'Адам өзіне өзі ата-тек болып шығады. Кім кімнің ата-анасы екенін тексеріңіз.',
    'This makes somebody their own ancestor. Check who is whose parent.',
  ),
  'column-missing': w(
    'В таблице нет этого столбца. Добавьте его в первую строку.',
    'Кестеде бұл баған жоқ. Оны бірінші жолға қосыңыз.',
    'The table has no such column. Add it to the first line.',
  ),
  'column-unknown': w(
    'Такого столбца нет: {n}. Уберите его или исправьте название.',
    'Мұндай баған жоқ: {n}. Оны алып тастаңыз немесе атауын түзетіңіз.',
    'There is no such column: {n}. Take it away or correct its name.',
  ),
  'cells-too-many': w(
    'В строке больше ячеек, чем столбцов. Проверьте кавычки и разделители.',
    'Жолда бағандардан көп ұяшық бар. Тырнақшалар мен бөлгіштерді тексеріңіз.',
    'The line has more cells than there are columns. Check quotes and separators.',
  ),
  'quote-open': w(
    'Кавычки открыты и не закрыты, или стоят посреди ячейки. Исправьте эту строку.',
    'Тырнақша ашылып, жабылмаған немесе ұяшықтың ортасында тұр. Осы жолды түзетіңіз.',
    'A quotation mark is not closed or stands within a cell. Correct this line.',
  ),
  'unlike-line': w(
    'Строка {n} говорит о том же ведомстве другое. Сделайте их одинаковыми.',
    '{n}-жол осы ведомство туралы басқаша айтады. Оларды бірдей етіңіз.',
    'Line {n} says otherwise of the same agency. Make them alike.',
  ),
  'lines-too-many': w(
    'В таблице больше {n} строк. Разделите ее.',
    'Кестеде {n} жолдан көп. Оны бөліңіз.',
    'The table has more than {n} lines. Divide it.',
  ),
  'table-empty': w(
    'В таблице нет ни одного ведомства. Проверьте файл.',
    'Кестеде бірде-бір ведомство жоқ. Файлды тексеріңіз.',
    'The table holds no agency. Check the file.',
  ),
  'contact-unnamed': w(
    'Назовите контактное лицо или приемную: указан адрес, телефон или должность без имени.',
    'Байланыс тұлғасын немесе қабылдауды атаңыз: мекенжай, телефон не лауазым аты-жөнсіз көрсетілген.',
    'Name the contact or the office: an address, phone or position is given without one.',
  ),
  'marked-on-page': w(
    'Можно ли посылать файлы на этот адрес, отмечают на странице ведомств, не таблицей. Очистите ячейку.',
    'Бұл мекенжайға файл жіберуге болатынын кестемен емес, ведомстволар бетінде белгілейді. Ұяшықты тазалаңыз.',
    'Whether files may go to this address is marked on the page of agencies, not by a table. Clear the cell.',
  ),
  'another-address': w(
    'Адрес уже другой. Обновите страницу и посмотрите на него.',
    'Мекенжай басқа болған. Бетті жаңартып, оны қараңыз.',
    'The address is another one by now. Load the page again and look at it.',
  ),
  'zero-byte': w(
    'В тексте недопустимый знак. Введите текст заново.',
    'Мәтінде жол берілмейтін таңба бар. Мәтінді қайта теріңіз.',
    'The text holds a character that cannot be kept. Type it again.',
  ),
} as const satisfies Record<string, Record<Lang, string>>

export type ErrorCode = keyof typeof ERROR_WORDS
export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_WORDS, code)
