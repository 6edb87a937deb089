/** Plan (SOP-CM Appendix 4, form 7(г)), contacts, reviews, requests, closure, monitoring. */
import { z } from 'zod'
import {
  ADDRESSEES,
  AIMS,
  CONTACT_BY,
  ENDS,
  HELP_KINDS,
  MARKS,
  NEED_KINDS,
  NOTE_KINDS,
  PLACEMENTS,
  RESPONSIBLES,
  REVIEW_DECISIONS,
  RISK_LEVELS,
  SIGNING_WAYS,
  WORKED,
} from './codes.ts'
import { CLOSURE_CRITERIA } from './criteria.ts'
import { DayField, field, Line, Moment, oneOf, Uuid, Words } from './fields.ts'
import { Criterion } from './help-request.ts'
import { DEMANDS } from './meeting-codes.ts'

export const Measure = z
  .strictObject({
    id: Uuid,
    action: field(Words, 'Действия, мероприятия', 'Әрекеттер, шаралар', 'Actions, measures'),
    from: field(DayField, 'С', 'Бастап', 'From').optional(),
    due: field(DayField, 'Сроки', 'Мерзімі', 'Due'),
    responsible: field(oneOf(RESPONSIBLES), 'Ответственные', 'Жауаптылар', 'Responsible'),
    /** CP-127: of the organisation, so that the reminder reaches them; the others are told by the case manager. */
    person: field(Uuid, 'Кто из организации', 'Ұйымнан кім', 'Who of the organisation', 'CP-127').optional(),
    responsibleName: field(Line, 'Кто именно', 'Нақты кім', 'Who exactly').optional(),
    contactPerson: field(Line, 'Контактное лицо', 'Байланыс адамы', 'Contact person', 'CP-25').optional(),
    need: field(
      z.number().int().min(1).max(50),
      'Какой потребности отвечает (№)',
      'Қай қажеттілікке жауап береді (№)',
      'Which need it meets (№)',
      'CP-25',
    ).optional(),
    aim: field(oneOf(AIMS), 'Цель', 'Мақсаты', 'Aim', 'CP-29').optional(),
    help: field(oneOf(HELP_KINDS), 'Вид помощи', 'Көмек түрі', 'Kind of help', 'CP-28').optional(),
    expected: field(Words, 'Ожидаемый результат', 'Күтілетін нәтиже', 'Expected result').optional(),
    forReturn: field(
      z.boolean(),
      'Подготовка возвращения в семью',
      'Отбасына қайтаруға дайындық',
      "Prepares the child's return",
      'CP-114',
    ).optional(),
    familyFormsConsidered: field(
      Words,
      'Мера вне семьи: какие семейные формы рассмотрены и почему не подошли',
      'Отбасынан тыс шара: қандай отбасылық нысандар қаралды және неге келмеді',
      'A measure out of the family: which family forms were considered and why not',
      'CP-128',
    ).optional(),
  })
  .superRefine((measure, context) => {
    if (measure.person && (measure.responsible === 'family' || measure.responsible === 'agency'))
      context.addIssue({ code: 'custom', path: ['person'], message: 'not-of-the-organisation' })
  })
  .meta({ id: 'Measure' })

export const PlanSigned = z
  .strictObject({
    planVersion: field(z.number().int().min(1).max(999), 'Версия плана', 'Жоспар нұсқасы', 'Version of the plan'),
    parents: field(
      z
        .array(
          z.strictObject({
            name: field(Line, 'ФИО', 'Аты-жөні', 'Name'),
            data: field(
              Words,
              'Данные (возраст, социальный статус, контактная информация)',
              'Деректері (жасы, әлеуметтік мәртебесі, байланыс ақпараты)',
              'Details (age, social status, contacts)',
            ).optional(),
          }),
        )
        .max(10),
      'ФИО родителей или опекунов',
      'Ата-ананың немесе қамқоршылардың аты-жөні',
      'Parents or guardians',
    ).default([]),
    needs: field(
      z
        .array(
          z.strictObject({
            kind: field(oneOf(NEED_KINDS), 'Вид потребности', 'Қажеттілік түрі', 'Kind of need'),
            text: field(Words, 'Потребность', 'Қажеттілік', 'Need'),
          }),
        )
        .min(1)
        .max(50),
      'Основные потребности семьи и ребенка (потребности в развитии, потребности в семейном окружении, способность родителей реализовать потребности ребенка)',
      'Отбасы мен баланың негізгі қажеттіліктері (даму, отбасылық орта қажеттіліктері, ата-ананың бала қажеттіліктерін іске асыру қабілеті)',
      'Main needs of family and child, in order of priority',
      'CP-25',
    ),
    specialists: field(
      z
        .array(
          z.strictObject({
            name: field(Line, 'ФИО', 'Аты-жөні', 'Name'),
            organisation: field(Line, 'Организация', 'Ұйым', 'Organisation').optional(),
            contact: field(Line, 'Контакты', 'Байланыс деректері', 'Contact').optional(),
          }),
        )
        .max(50),
      'Участие других специалистов в сопровождении семьи (ФИО, организация, контактная информация)',
      'Отбасын сүйемелдеуге басқа мамандардың қатысуы (аты-жөні, ұйымы, байланыс ақпараты)',
      'Other specialists in the support of the family',
      'CP-26',
    ).default([]),
    measures: field(z.array(Measure).min(1).max(100), 'План действий', 'Іс-қимыл жоспары', 'Plan of action', 'CP-25'),
    notes: field(Words, 'Примечания, дополнения', 'Ескертпелер, толықтырулар', 'Notes, additions').optional(),
    start: field(DayField, 'Начало плана', 'Жоспардың басталуы', 'Start of the plan').optional(),
    end: field(DayField, 'Завершение плана', 'Жоспардың аяқталуы', 'End of the plan').optional(),
  })
  .superRefine((form, context) => {
    const wrong = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    if (form.start && form.end && form.end < form.start) wrong(['end'], 'order')
    for (const [at, measure] of form.measures.entries()) {
      if (measure.from && measure.due < measure.from) wrong(['measures', at, 'due'], 'order')
      if (measure.need && measure.need > form.needs.length) wrong(['measures', at, 'need'], 'no-such-need')
    }
  })
  .meta({ id: 'PlanSigned' })
/** Ways of signing that leave a file. */
const SIGNED_WITH_FILE: readonly string[] = ['screen', 'scan'] satisfies (keyof typeof SIGNING_WAYS)[]
export const PlanSignedByFamily = z
  .strictObject({
    signed: field(z.boolean(), 'Подписан семьей', 'Отбасы қол қойды', 'Signed by the family'),
    by: field(Line, 'Кем', 'Кім', 'By whom').optional(),
    planVersion: field(z.number().int().min(1).max(999), 'Версия плана', 'Жоспар нұсқасы', 'Version of the plan').optional(),
    how: field(oneOf(SIGNING_WAYS), 'Как подписан', 'Қалай қол қойылды', 'How it was signed', 'CP-27').optional(),
    /** A file of the case, handed in before (case-files.ts). */
    signature: field(Uuid, 'Файл подписи', 'Қол файлы', 'File of the signature').optional(),
    /** Who cannot draw says it: the name beside it stands for the signature. */
    confirmed: field(
      z.boolean(),
      'План прочитан, набранное имя заменяет подпись',
      'Жоспар оқылды, терілген ат қолтаңбаны алмастырады',
      'The plan was read, the typed name stands for a signature',
    ).optional(),
    tookPart: field(
      z.array(Line).max(20),
      'Кто из семьи участвовал в составлении плана',
      'Жоспар жасауға отбасынан кім қатысты',
      'Who of the family took part in making the plan',
      'CP-27',
    ).default([]),
    comments: field(Words, 'Комментарии семьи', 'Отбасының пікірі', 'Comments of the family').optional(),
    reason: field(Words, 'Почему не подписан', 'Неге қол қойылмады', 'Why not', 'CP-27').optional(),
  })
  .superRefine((form, context) => {
    const missing = (path: string, message = 'required') => context.addIssue({ code: 'custom', path: [path], message })
    if (!form.signed) return form.reason ? undefined : missing('reason', 'reason-needed')
    if (form.how === undefined) return undefined
    if (SIGNED_WITH_FILE.includes(form.how) && !form.signature) missing('signature', 'signature-missing')
    if (form.how === 'typed' && !form.by) missing('by')
    if (form.how === 'typed' && form.confirmed !== true) missing('confirmed', 'signature-not-confirmed')
    return undefined
  })
  .meta({ id: 'PlanSignedByFamily' })
export const MeasureMarked = z
  .strictObject({
    measure: field(Uuid, 'Мера', 'Шара', 'Measure', 'CP-127'),
    mark: field(oneOf(MARKS), 'Отметка о выполнении', 'Орындалу белгісі', 'Mark of completion'),
    note: field(Words, 'Примечание', 'Ескертпе', 'Note').optional(),
  })
  .meta({ id: 'MeasureMarked' })

export const ContactMade = z
  .strictObject({
    by: field(oneOf(CONTACT_BY), 'Как', 'Қалай', 'How'),
    childSeen: field(
      z.boolean(),
      'Ребенка видели или говорили с ним',
      'Баланы көрді немесе онымен сөйлесті',
      'The child was seen or spoken with',
    ),
    seen: field(z.array(Line).max(20), 'Кто еще был', 'Тағы кім болды', 'Who else was there').default([]),
    place: field(Line, 'Где', 'Қайда', 'Where').optional(),
    found: field(Words, 'Что выяснилось', 'Не анықталды', 'What was found').optional(),
    next: field(Words, 'Что дальше', 'Әрі қарай не', 'What is next').optional(),
    signsOfCruelty: field(
      z.boolean(),
      'Признаки жестокости или пренебрежения',
      'Қатыгездік немесе немқұрайлылық белгілері',
      'Signs of cruelty or neglect',
    ),
  })
  .meta({ id: 'ContactMade' })
export const ContactAttempted = z
  .strictObject({
    by: field(oneOf(CONTACT_BY), 'Как', 'Қалай', 'How'),
    note: field(Words, 'Что было', 'Не болды', 'What happened').optional(),
  })
  .meta({ id: 'ContactAttempted' })
export const NextContactSet = z
  .strictObject({ day: field(DayField, 'День', 'Күні', 'Day'), reason: field(Words, 'Причина', 'Себебі', 'Reason').optional() })
  .meta({ id: 'NextContactSet' })

export const ReviewAgreed = z
  .strictObject({
    day: field(DayField, 'День пересмотра', 'Қайта қарау күні', 'Day of the review'),
    reason: field(Words, 'Причина', 'Себебі', 'Reason').optional(),
  })
  .meta({ id: 'ReviewAgreed' })
const Count = z.number().int().min(0).max(9_999)
export const ReviewReport = z
  .strictObject({
    report: field(
      Words,
      'Отчет о выполнении плана и предложения',
      'Жоспардың орындалуы туралы есеп және ұсыныстар',
      'Report on the plan and proposals',
      'CP-52',
    ),
    measures: field(
      z
        .array(
          z.strictObject({
            measure: field(Uuid, 'Мера', 'Шара', 'Measure'),
            mark: field(oneOf(MARKS), 'Отметка о выполнении', 'Орындалу белгісі', 'Mark of completion'),
            worked: field(oneOf(WORKED), 'Помогло', 'Көмектесті', 'Did it work').optional(),
            effect: field(Words, 'Что это дало', 'Нәтижесі қандай', 'Its effect').optional(),
            note: field(Words, 'Примечание', 'Ескертпе', 'Note').optional(),
          }),
        )
        .max(100),
      'Меры плана',
      'Жоспар шаралары',
      'Measures of the plan',
      'CP-55',
    ).default([]),
    planVersion: field(z.number().int().min(1).max(999), 'Версия плана', 'Жоспар нұсқасы', 'Version of the plan').optional(),
    since: field(DayField, 'За период с', 'Кезең басы', 'In the time since').optional(),
    until: field(DayField, 'По', 'Кезең соңы', 'Until').optional(),
    contacts: field(
      z.strictObject({
        made: field(Count, 'Состоялось', 'Болды', 'Made'),
        attempted: field(Count, 'Попыток без встречи', 'Кездесусіз әрекет', 'Attempted, nobody seen'),
        late: field(Count, 'Позже срока', 'Мерзімінен кеш', 'Later than the norm'),
        missed: field(Count, 'Пропущено', 'Өткізіп алынды', 'Missed'),
      }),
      'Контакты за период',
      'Кезеңдегі байланыстар',
      'Contacts in the period',
      'CP-45',
    ).optional(),
    assessments: field(Words, 'Оценки за период', 'Кезеңдегі бағалаулар', 'Assessments in the period').optional(),
    placement: field(oneOf(PLACEMENTS), 'Где живет ребенок', 'Бала қайда тұрады', 'Where the child lives').optional(),
    changes: field(
      Words,
      'Изменения в положении ребенка и семьи',
      'Бала мен отбасы жағдайындағы өзгерістер',
      "Changes in the child's and family's situation",
    ).optional(),
    levelThen: field(oneOf(RISK_LEVELS), 'Степень риска тогда', 'Сол кездегі қауіп деңгейі', 'Risk level then').optional(),
    levelNow: field(oneOf(RISK_LEVELS), 'Степень риска сейчас', 'Қазіргі қауіп деңгейі', 'Risk level now').optional(),
    closureCriteria: field(
      z.array(z.enum(CLOSURE_CRITERIA)).max(20),
      'Выполненные критерии закрытия',
      'Орындалған жабу критерийлері',
      'Closure criteria that are met',
      'CP-60',
    ).default([]),
    proposal: field(oneOf(REVIEW_DECISIONS), 'Что предлагается', 'Не ұсынылады', 'Proposal').optional(),
    proposalReason: field(Words, 'Обоснование предложения', 'Ұсыныс негіздемесі', 'Reasons of the proposal').optional(),
  })
  .meta({ id: 'ReviewReport' })
export const ReviewHeld = z
  .strictObject({
    /** The meeting it was held as, where one was called. */
    meeting: field(Uuid, 'Совещание', 'Кеңес', 'Meeting').optional(),
    decision: field(oneOf(REVIEW_DECISIONS), 'Решение', 'Шешім', 'Decision'),
    nextDay: field(DayField, 'Следующий пересмотр', 'Келесі қайта қарау', 'Next review').optional(),
    /** The superior manager or a supervisor. */
    coordinator: field(
      Uuid,
      'Координатор: руководитель или супервизор',
      'Үйлестіруші: басшы немесе супервайзер',
      'Coordinator: manager or supervisor',
      'CP-51',
    ).optional(),
    present: field(z.array(Line).max(60), 'Участники', 'Қатысушылар', 'Those present').default([]),
    opinions: field(
      z
        .array(
          z.strictObject({
            author: field(Line, 'Кто', 'Кім', 'Who'),
            demands: field(oneOf(DEMANDS), 'Чего требует', 'Не талап етеді', 'What is demanded', 'CP-58').optional(),
            reasons: field(Words, 'Доводы', 'Дәлелдер', 'Reasons', 'CP-53'),
          }),
        )
        .max(30),
      'Особые мнения',
      'Ерекше пікірлер',
      'Dissenting opinions',
      'CP-53',
    ).default([]),
    reason: field(Words, 'Обоснование', 'Негіздеме', 'Reason').optional(),
    earlierReason: field(Words, 'Почему раньше шести месяцев', 'Неге алты айдан ерте', 'Why earlier than six months', 'CP-50').optional(),
    outOfFamilyReason: field(
      Words,
      'Какие семейные формы рассмотрены',
      'Қандай отбасылық нысандар қаралды',
      'Which family forms were considered',
    ).optional(),
  })
  .meta({ id: 'ReviewHeld' })
export const MeetingHeld = z
  .strictObject({
    meeting: field(Uuid, 'Совещание', 'Кеңес', 'Meeting'),
    present: field(z.array(Line).max(60), 'Кто присутствовал', 'Кім қатысты', 'Those present').default([]),
  })
  .meta({ id: 'MeetingHeld' })
export const ProtocolApproved = z
  .strictObject({
    meeting: field(Uuid, 'Совещание', 'Кеңес', 'Meeting'),
    number: field(Line, 'Протокол №', 'Хаттама №', 'Protocol No.').optional(),
    text: field(Words, 'Решения', 'Шешімдер', 'Decisions').optional(),
  })
  .meta({ id: 'ProtocolApproved' })
export const ReferralSent = z
  .strictObject({
    referral: field(Uuid, 'Направление', 'Жолдама', 'Referral'),
    to: field(z.enum(['pmpk', 'commission', 'guardianship-body']), 'Куда', 'Қайда', 'To'),
    examination: field(
      z.boolean(),
      'Только обследование: решение пересмотра им не исполнено',
      'Тек тексеру: қайта қарау шешімі онымен орындалмайды',
      'An examination alone: what the review decided is not done by it',
      'CP-57',
    ).optional(),
    subject: field(Words, 'О чем', 'Не туралы', 'Subject').optional(),
  })
  .meta({ id: 'ReferralSent' })
export const ReferralAnswered = z
  .strictObject({
    referral: field(Uuid, 'Направление', 'Жолдама', 'Referral'),
    answer: field(z.enum(['decided', 'recommended', 'returned', 'postponed', 'withdrawn']), 'Ответ', 'Жауап', 'Answer'),
    newDay: field(DayField, 'Новый день', 'Жаңа күн', 'New day').optional(),
    text: field(Words, 'Содержание ответа', 'Жауап мазмұны', 'What was answered').optional(),
  })
  .meta({ id: 'ReferralAnswered' })

const Request = {
  to: field(Line, 'Кому', 'Кімге', 'To'),
  subject: field(Words, 'О чем', 'Не туралы', 'Subject'),
  document: field(Line, 'Документ', 'Құжат', 'Document').optional(),
}
export const RequestSent = z
  .strictObject({
    request: field(Uuid, 'Запрос', 'Сұрау', 'Request'),
    addressee: field(oneOf(ADDRESSEES), 'Вид адресата', 'Адресат түрі', 'Kind of addressee', 'RT-03').optional(),
    ...Request,
    answerBy: field(DayField, 'Ответить до', 'Жауап мерзімі', 'Answer by').optional(),
  })
  .meta({ id: 'RequestSent' })
export const RequestAnswered = z
  .strictObject({ request: field(Uuid, 'Запрос', 'Сұрау', 'Request'), answer: field(Words, 'Ответ', 'Жауап', 'Answer') })
  .meta({ id: 'RequestAnswered' })
export const RequestReceived = z
  .strictObject({
    from: field(Line, 'От кого', 'Кімнен', 'From'),
    subject: field(Words, 'О чем', 'Не туралы', 'Subject'),
    answer: field(Words, 'Ответ', 'Жауап', 'Answer').optional(),
  })
  .meta({ id: 'RequestReceived' })

export const ClosureAsked = z
  .strictObject({
    end: field(oneOf(ENDS), 'Как завершается', 'Қалай аяқталады', 'How it ends').default('closed'),
    criteria: field(
      z.array(z.enum(CLOSURE_CRITERIA)).max(20),
      'Критерии закрытия',
      'Жабу критерийлері',
      'Closure criteria',
      'CP-60',
    ).default([]),
    notes: field(Words, 'Обоснование', 'Негіздеме', 'Reasons').optional(),
    document: field(Line, 'Документ', 'Құжат', 'Document').optional(),
    monitoringMonths: field(
      z.union([z.literal(3), z.literal(4), z.literal(5), z.literal(6)]),
      'Мониторинг, месяцев',
      'Мониторинг, ай',
      'Monitoring, months',
    ).optional(),
  })
  .superRefine((form, context) => {
    if (form.end === 'closed' && !form.criteria.includes('C1'))
      context.addIssue({ code: 'custom', path: ['criteria'], message: 'first-criterion' })
  })
  .meta({ id: 'ClosureAsked' })
export const ClosureDecided = z
  .strictObject({
    approved: field(z.boolean(), 'Утверждено', 'Бекітілді', 'Approved'),
    reason: field(Words, 'Причина возврата', 'Қайтару себебі', 'Reason for returning').optional(),
  })
  .superRefine((form, context) => {
    if (!form.approved && !form.reason) context.addIssue({ code: 'custom', path: ['reason'], message: 'reason-needed' })
  })
  .meta({ id: 'ClosureDecided' })

export const MonitoringLook = z
  .strictObject({
    copes: field(z.boolean(), 'Семья справляется сама', 'Отбасы өзі еңсереді', 'The family copes by itself'),
    problemsBack: field(z.boolean(), 'Проблемы вернулись', 'Мәселелер қайта туындады', 'Problems came back'),
    worse: field(z.boolean(), 'Положение ребенка хуже', 'Баланың жағдайы нашарлады', "The child's situation is worse"),
    last: field(z.boolean(), 'Последний, с заключением', 'Соңғысы, қорытындымен', 'The last one, with a conclusion'),
    conclusion: field(Words, 'Заключение', 'Қорытынды', 'Conclusion', 'CP-65').optional(),
  })
  .superRefine((form, context) => {
    if (form.last && !form.conclusion) context.addIssue({ code: 'custom', path: ['conclusion'], message: 'reason-needed' })
  })
  .meta({ id: 'MonitoringLook' })

export const Relapse = z
  .strictObject({
    reportedAt: field(Moment, 'Когда сообщение получено', 'Хабар қашан алынды', 'When the report was received'),
    criteria: field(z.array(Criterion).min(1).max(60), 'Критерии риска', 'Қауіп критерийлері', 'Risk criteria'),
    level: field(oneOf(RISK_LEVELS), 'Степень риска', 'Қауіп деңгейі', 'Risk level').optional(),
    ground: field(Words, 'Основание', 'Негізі', 'Ground'),
  })
  .meta({ id: 'Relapse' })

export const TakenOverFromPaper = z
  .strictObject({
    stage: field(
      z.enum(['primary-assessment', 'comprehensive-assessment', 'planning', 'implementation', 'monitoring']),
      'Этап',
      'Кезең',
      'Stage',
    ),
    level: field(oneOf(RISK_LEVELS), 'Степень риска', 'Қауіп деңгейі', 'Risk level'),
    registeredDay: field(DayField, 'День регистрации', 'Тіркелген күні', 'Day of registration'),
    assessmentDecidedDay: field(
      DayField,
      'День решения об оценке',
      'Бағалау туралы шешім күні',
      'Day of the decision to assess',
    ).optional(),
    assessmentFinishedDay: field(DayField, 'День отчета об оценке', 'Бағалау есебінің күні', 'Day of the assessment report').optional(),
    placement: field(oneOf(PLACEMENTS), 'Где живет ребенок', 'Бала қайда тұрады', 'Where the child lives').optional(),
    placementSince: field(DayField, 'С какого дня', 'Қай күннен', 'Since').optional(),
    planDay: field(DayField, 'День плана', 'Жоспар күні', "Plan's day").optional(),
    lastHomeContact: field(DayField, 'Последнее посещение', 'Соңғы бару', 'Last visit').optional(),
    lastPhoneContact: field(DayField, 'Последний звонок', 'Соңғы қоңырау', 'Last call').optional(),
    lastReview: field(DayField, 'Последний пересмотр', 'Соңғы қайта қарау', 'Last review').optional(),
    closedDay: field(DayField, 'День закрытия', 'Жабылған күні', 'Day of closure').optional(),
    monitoringEnd: field(DayField, 'Конец мониторинга', 'Мониторингтің соңы', 'End of monitoring').optional(),
    lastLook: field(DayField, 'Последний мониторинг', 'Соңғы мониторинг', 'Last look').optional(),
    child: field(
      z.strictObject({
        name: field(Line, 'Имя и фамилия ребенка', 'Баланың аты-жөні', "Child's name"),
        birthDate: field(DayField, 'Дата рождения', 'Туған күні', 'Date of birth').optional(),
        sex: field(z.enum(['male', 'female', 'unknown']), 'Пол', 'Жынысы', 'Sex').default('unknown'),
        iin: field(z.string().trim().max(20), 'ИИН', 'ЖСН', 'IIN').optional(),
        address: field(Line, 'Адрес', 'Мекенжайы', 'Address').optional(),
        phone: field(z.string().trim().max(40), 'Телефон', 'Телефон', 'Phone').optional(),
      }),
      'Ребенок',
      'Бала',
      'Child',
    ),
    /** CP-02: the register was searched and this is another child. */
    anotherChild: field(z.boolean(), 'Это другой ребенок', 'Бұл басқа бала', 'This is another child').default(false),
    manager: field(Uuid, 'Ведущий случай', 'Іс жүргізуші', 'Case manager').optional(),
  })
  .meta({ id: 'TakenOverFromPaper' })

export const Noted = z
  .strictObject({
    what: field(oneOf(NOTE_KINDS), 'Что это', 'Бұл не', 'What it is'),
    text: field(Words, 'Запись', 'Жазба', 'Note'),
    to: field(Line, 'Кому', 'Кімге', 'To whom').optional(),
    document: field(
      z.strictObject({
        original: field(z.boolean(), 'Оригинал', 'Түпнұсқа', 'Original').optional(),
        paper: field(z.boolean(), 'На бумаге', 'Қағазда', 'On paper').optional(),
        day: field(DayField, 'Дата документа', 'Құжат күні', 'Date of the document').optional(),
        from: field(Line, 'От кого', 'Кімнен', 'From').optional(),
        pages: field(z.number().int().min(1).max(10_000), 'Листов', 'Парақ саны', 'Pages').optional(),
      }),
      'Документ личного дела',
      'Жеке іс құжаты',
      'Document of the personal file',
      'CP-17',
    ).optional(),
  })
  .meta({ id: 'Noted' })
