/** The procedure's refusals in words: what is not possible now and what to do first. Keys are the codes of libs/procedure. */
import type { Text } from '@tirek/procedure/programme'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

export const REFUSALS: Readonly<Record<string, { title: Text; next: Text }>> = {
  'support-refused': {
    title: t('Семья отказалась от сопровождения', 'Отбасы сүйемелдеуден бас тартты', 'The family refuses support'),
    next: t(
      'Поговорите с семьей и запишите согласие, или предложите завершить случай (CP-66). При высоком риске помощь продолжается без согласия.',
      'Отбасымен сөйлесіп, келісімді жазыңыз немесе істі аяқтауды ұсыныңыз (CP-66). Жоғары қауіпте көмек келісімсіз жалғасады.',
      'Speak with the family and record its consent, or ask for the end of the case (CP-66). At high risk help goes on without consent.',
    ),
  },
  'sharing-refused': {
    title: t(
      'Семья не согласна на передачу сведений этому адресату',
      'Отбасы бұл адресатқа мәлімет беруге келіспейді',
      'The family does not agree to sharing with this addressee',
    ),
    next: t(
      'Не отправляйте. Поговорите с семьей и запишите согласие, или обойдитесь без личных данных. По обязанности закона сообщают и без согласия.',
      'Жібермеңіз. Отбасымен сөйлесіп, келісімді жазыңыз немесе жеке деректерсіз шешіңіз. Заң міндеті бойынша келісімсіз де хабарланады.',
      'Do not send it. Speak with the family and record its consent, or do without personal data. What the law obliges to tell goes without consent.',
    ),
  },
  'addressee-unknown': {
    title: t(
      'Семья отказала в передаче сведений: укажите вид адресата',
      'Отбасы мәлімет беруден бас тартты: адресат түрін көрсетіңіз',
      'The family refuses sharing: say which kind of addressee it is',
    ),
    next: t('Выберите вид адресата в форме.', 'Нысанда адресат түрін таңдаңыз.', 'Choose the kind of addressee in the form.'),
  },
  'no-consent-to-withdraw': {
    title: t('Такого согласия нет', 'Мұндай келісім жоқ', 'There is no such consent'),
    next: t(
      'Если семья не согласна, запишите отказ.',
      'Отбасы келіспесе, бас тартуды жазыңыз.',
      'If the family does not agree, record a refusal.',
    ),
  },
  'not-held': {
    title: t('Запрета на стирание нет', 'Өшіруге тыйым жоқ', 'Erasure is not held'),
    next: t('Записывать нечего.', 'Жазатын ештеңе жоқ.', 'There is nothing to record.'),
  },
  'happened-in-the-future': {
    title: t('Время события еще не наступило', 'Оқиға уақыты әлі келген жоқ', 'The time of the event lies in the future'),
    next: t('Укажите, когда это произошло на самом деле.', 'Шын мәнінде қашан болғанын көрсетіңіз.', 'Say when it really happened.'),
  },
  'before-the-first-report': {
    title: t(
      'Событие раньше первого сообщения о случае',
      'Оқиға іс туралы алғашқы хабардан бұрын',
      "The event lies before the case's first report",
    ),
    next: t('Проверьте дату и время.', 'Күні мен уақытын тексеріңіз.', 'Check date and time.'),
  },
  'no-criterion': {
    title: t('Не отмечен ни один критерий риска', 'Бірде-бір қауіп критерийі белгіленбеген', 'No risk criterion is ticked'),
    next: t('Отметьте хотя бы один критерий.', 'Кемінде бір критерийді белгілеңіз.', 'Tick at least one criterion.'),
  },
  'case-ended': {
    title: t('Случай завершен', 'Іс аяқталған', 'The case has ended'),
    next: t(
      'Если проблема вернулась, запишите рецидив (CP-63).',
      'Мәселе қайталанса, қайталануды тіркеңіз (CP-63).',
      'If the trouble is back, record a relapse (CP-63).',
    ),
  },
  'child-not-safe-yet': {
    title: t(
      'Еще не записано, что ребенок в безопасности',
      'Баланың қауіпсіз екені әлі жазылмаған',
      "The child's safety is not recorded yet",
    ),
    next: t(
      'Сначала запишите, когда ребенок оказался в безопасности и кто это подтвердил.',
      'Алдымен баланың қашан қауіпсіз болғанын және кім растағанын жазыңыз.',
      'First record when the child was safe and who confirmed it.',
    ),
  },
  'not-in-this-stage': {
    title: t('На этом этапе это не записывают', 'Бұл кезеңде мұны жазбайды', 'This is not recorded in the present stage'),
    next: t(
      'Страница случая показывает, что нужно сначала.',
      'Іс беті алдымен не керегін көрсетеді.',
      'The case page shows what comes first.',
    ),
  },
  'hour-open': {
    title: t('Идет час срочных мер', 'Шұғыл шаралар сағаты жүріп жатыр', 'An hour of urgent measures is running'),
    next: t(
      'Сначала запишите принятые меры и кого известили.',
      'Алдымен қабылданған шараларды және кім хабардар болғанын жазыңыз.',
      'First record the measures and who was informed.',
    ),
  },
  'closure-asked-already': {
    title: t('Завершение уже предложено', 'Аяқтау ұсынылып қойған', 'Closure has been asked already'),
    next: t('Дождитесь решения супервизора.', 'Супервайзердің шешімін күтіңіз.', "Wait for the supervisor's decision."),
  },
  'refusal-at-high-risk': {
    title: t(
      'При высоком риске отказ семьи не завершает случай',
      'Қауіп жоғары болғанда отбасының бас тартуы істі аяқтамайды',
      'At high risk a refusal of the family does not end the case',
    ),
    next: t(
      'Продолжайте меры защиты; степень риска меняют отдельно.',
      'Қорғау шараларын жалғастырыңыз.',
      'Go on with protection; the level is changed by an act of its own.',
    ),
  },
  'risk-not-reduced': {
    title: t(
      'Риск еще не сократился до приемлемого уровня',
      'Қауіп әлі қолайлы деңгейге төмендеген жоқ',
      'The risk is not reduced to an acceptable level',
    ),
    next: t(
      'Отметьте первый критерий закрытия, если это так.',
      'Солай болса, бірінші жабу критерийін белгілеңіз.',
      'Tick the first closure criterion if it is so.',
    ),
  },
  'review-did-not-close': {
    title: t('Пересмотр не решил закрыть дело', 'Қайта қарау істі жабуды шешпеді', 'No review has decided to close'),
    next: t(
      'Сначала проведите пересмотр с решением «закрыть».',
      'Алдымен «жабу» шешімімен қайта қарау өткізіңіз.',
      'First hold a review that decides to close.',
    ),
  },
  'closure-not-asked': {
    title: t('Завершение не предложено', 'Аяқтау ұсынылмаған', 'Closure was not asked'),
    next: t(
      'Сначала социальный работник предлагает завершение.',
      'Алдымен әлеуметтік қызметкер аяқтауды ұсынады.',
      'First the case manager asks for it.',
    ),
  },
  'no-such-hour': {
    title: t('Такого часа у случая нет', 'Істе мұндай сағат жоқ', 'The case has no such hour'),
    next: t('Выберите час на странице случая.', 'Іс бетінен сағатты таңдаңыз.', 'Choose the hour on the case page.'),
  },
  'no-evidence': {
    title: t('Не указано ни одно свидетельство', 'Бірде-бір дәлел көрсетілмеген', 'No evidence is given'),
    next: t(
      'Запишите хотя бы одно: меры, полиция, ювенальная инспекция.',
      'Кемінде біреуін жазыңыз.',
      'Record at least one: measures, police, juvenile inspection.',
    ),
  },
  'taken-over-already': {
    title: t('Обращение уже принято', 'Өтініш қабылданып қойған', 'The request was taken over already'),
    next: t('Откройте случай и продолжайте.', 'Істі ашып, жалғастырыңыз.', 'Open the case and go on.'),
  },
  'no-such-measure': {
    title: t('Такой меры в плане нет', 'Жоспарда мұндай шара жоқ', 'The plan has no such measure'),
    next: t('Выберите меру из плана.', 'Жоспардан шараны таңдаңыз.', 'Choose a measure of the plan.'),
  },
  'no-such-meeting': {
    title: t('Нет встречи, ждущей протокола', 'Хаттама күтіп тұрған кездесу жоқ', 'No meeting awaits a protocol'),
    next: t('Выберите встречу.', 'Кездесуді таңдаңыз.', 'Choose the meeting.'),
  },
  'no-such-referral': {
    title: t('Нет такого направления', 'Мұндай жолдама жоқ', 'There is no such referral'),
    next: t('Выберите направление.', 'Жолдаманы таңдаңыз.', 'Choose the referral.'),
  },
  'no-such-request': {
    title: t('Нет запроса, ждущего ответа', 'Жауап күтіп тұрған сұрау жоқ', 'No request awaits an answer'),
    next: t('Выберите запрос.', 'Сұрауды таңдаңыз.', 'Choose the request.'),
  },
  'no-open-assessment': {
    title: t('Комплексная оценка не идет', 'Кешенді бағалау жүріп жатқан жоқ', 'No comprehensive assessment is under way'),
    next: t('Сначала решение об оценке.', 'Алдымен бағалау туралы шешім.', 'First decide to assess.'),
  },
  'monitoring-not-over': {
    title: t(
      'Мониторинг еще не окончен: до {until}',
      'Мониторинг әлі аяқталған жоқ: {until} дейін',
      'Monitoring is not over: until {until}',
    ),
    next: t(
      'Запишите обычное наблюдение, заключение — последним.',
      'Қарапайым бақылауды жазыңыз.',
      'Record an ordinary look; the conclusion comes with the last.',
    ),
  },
  'no-case-yet': {
    title: t('Случая еще нет', 'Іс әлі жоқ', 'There is no case yet'),
    next: t('Сначала зарегистрируйте обращение.', 'Алдымен өтінішті тіркеңіз.', 'First register the help request.'),
  },
  'one-off-help-in-danger': {
    title: t(
      'Разовой помощью завершается только низкий риск',
      'Бір реттік көмекпен тек төмен қауіп аяқталады',
      'Only low risk ends with one-off help',
    ),
    next: t('Снимите отметку «разовая помощь».', '«Бір реттік көмек» белгісін алып тастаңыз.', 'Untick one-off help.'),
  },
}
