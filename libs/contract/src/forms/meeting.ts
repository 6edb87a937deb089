/** Meetings (CP-30 to CP-34, CP-51, CP-53, CP-58): what is written when one is called, moved, answered and held, and its protocol. */
import { z } from 'zod'
import { Lang } from '../roles.ts'
import { REVIEW_DECISIONS } from './codes.ts'
import { DayField, field, Line, Moment, msOf, oneOf, Uuid, Words } from './fields.ts'
import { DEMANDS, HANDED_WAYS, MEETING_ANSWERS, MEETING_KINDS, NEXT_STEPS } from './meeting-codes.ts'

/** An IIN or a phone number in what goes to calendars and mailboxes. */
const holdsNumber = (text: string) => /(?:\d[\s()+-]*){9,}/.test(text)
/** A line that everybody invited reads in their mailbox: no personal data. */
const OpenLine = Line.refine((line) => !holdsNumber(line), 'personal-data')
const Email = z.email().max(254)
const Phone = z.string().regex(/^\+[1-9]\d{6,14}$/)
const Video = z.url({ protocol: /^https$/ }).max(500)
const LONGEST_MS = 12 * 3_600_000

const invited = {
  role: field(Line, 'В какой роли', 'Қандай рөлде', 'In which role', 'CP-33'),
  needed: field(z.boolean(), 'Без него решать нельзя', 'Онсыз шешім қабылданбайды', 'Nothing can be decided without them', 'CP-31').default(
    false,
  ),
}
export const NewInvitee = z
  .discriminatedUnion('who', [
    z.strictObject({
      who: z.literal('agency'),
      agency: field(Uuid, 'Ведомство из справочника', 'Анықтамалықтағы ведомство', 'Agency from the directory', 'CP-33'),
      /** One of its contact persons; absent: the agency's own address. */
      contact: field(Uuid, 'Контактное лицо', 'Байланысатын тұлға', 'Contact person').optional(),
      ...invited,
    }),
    z.strictObject({ who: z.literal('person'), person: field(Uuid, 'Работник', 'Қызметкер', 'Person of ours'), ...invited }),
    z.strictObject({
      who: z.literal('family'),
      name: field(Line, 'Имя', 'Аты-жөні', 'Name'),
      email: field(Email, 'Эл. почта', 'Эл. пошта', 'Email').optional(),
      phone: field(Phone, 'Телефон', 'Телефон', 'Phone').optional(),
      lang: field(Lang, 'Язык', 'Тілі', 'Language').default('ru'),
      ...invited,
    }),
  ])
  .meta({ id: 'NewInvitee' })
export type NewInvitee = z.infer<typeof NewInvitee>

const time = {
  startsAt: field(Moment, 'Начало', 'Басталуы', 'Start'),
  endsAt: field(Moment, 'Конец', 'Аяқталуы', 'End'),
}
const where = {
  place: field(OpenLine, 'Место', 'Орны', 'Place', 'CP-51').optional(),
  video: field(Video, 'Ссылка на видеовстречу', 'Бейнекездесу сілтемесі', 'Video link').optional(),
}
type Timed = { startsAt: string; endsAt: string; place?: string | undefined; video?: string | undefined }
const inOrder = (form: Timed, context: z.core.$RefinementCtx) => {
  const long = msOf(form.endsAt) - msOf(form.startsAt)
  if (long <= 0 || long > LONGEST_MS) context.addIssue({ code: 'custom', path: ['endsAt'], message: long > 0 ? 'too-long' : 'order' })
  if (!form.place && !form.video) context.addIssue({ code: 'custom', path: ['place'], message: 'place-needed' })
}

/** CP-51: who calls or agreed a review coordinates it, unless another superior is named. */
const coordinator = field(
  Uuid,
  'Координатор: руководитель или супервизор',
  'Үйлестіруші: басшы немесе супервайзер',
  'Coordinator: manager or supervisor',
  'CP-51',
).optional()

export const MeetingCalled = z
  .strictObject({
    caseId: field(Uuid, 'Случай', 'Іс', 'Case'),
    kind: field(oneOf(MEETING_KINDS), 'Вид совещания', 'Кеңес түрі', 'Kind of meeting', 'CP-30'),
    agenda: field(
      z.array(OpenLine).min(1).max(20),
      'Повестка, без имен и диагнозов',
      'Күн тәртібі, аты-жөнсіз және диагнозсыз',
      'Agenda, without names and diagnoses',
    ),
    ...where,
    ...time,
    agreement: field(
      z.strictObject({
        supervisor: field(Uuid, 'Кто согласовал', 'Кім келісті', 'Who agreed'),
        day: field(DayField, 'Когда', 'Қашан', 'When'),
      }),
      'Согласовано с руководителем или супервизором',
      'Басшымен немесе супервайзермен келісілді',
      'Agreed with the manager or supervisor',
      'CP-30',
    ).optional(),
    coordinator,
    phone: field(Phone, 'Телефон для ответа', 'Жауап беретін телефон', 'Phone for answers').optional(),
    invitees: field(z.array(NewInvitee).min(1).max(60), 'Кого приглашают', 'Кім шақырылады', 'Who is invited', 'CP-33'),
  })
  .superRefine(inOrder)
  .meta({ id: 'MeetingCalled' })
export type MeetingCalled = z.infer<typeof MeetingCalled>
export type MeetingCalledInput = z.input<typeof MeetingCalled>

export const MeetingMoved = z
  .strictObject({ ...time, ...where, reason: field(Words, 'Почему', 'Неліктен', 'Why') })
  .superRefine(inOrder)
  .meta({ id: 'MeetingMoved' })
export const MeetingCancelled = z.strictObject({ reason: field(Words, 'Почему', 'Неліктен', 'Why') }).meta({ id: 'MeetingCancelled' })
/** A draft that the meeting before it made: whoever leads the case looks at it and calls it. */
export const MeetingConfirmed = z
  .strictObject({
    ...time,
    ...where,
    agenda: field(z.array(OpenLine).min(1).max(20), 'Повестка', 'Күн тәртібі', 'Agenda'),
  })
  .superRefine(inOrder)
  .meta({ id: 'MeetingConfirmed' })
export const InviteeAdded = z
  .strictObject({ invitee: field(NewInvitee, 'Кого пригласить', 'Кімді шақыру керек', 'Whom to invite') })
  .meta({ id: 'InviteeAdded' })
/** They are asked no more: their link ends and their calendar gives the meeting up. */
export const InviteeRemoved = z
  .strictObject({ invitee: field(Uuid, 'Кого не приглашать', 'Кімді шақырмау керек', 'Whom not to invite') })
  .meta({ id: 'InviteeRemoved' })
export const AnswerByPhone = z
  .strictObject({
    invitee: field(Uuid, 'Кто ответил', 'Кім жауап берді', 'Who answered'),
    answer: field(oneOf(MEETING_ANSWERS), 'Ответ', 'Жауап', 'Answer'),
    comment: field(z.string().trim().min(1).max(1_000), 'Что сказано', 'Не айтылды', 'What was said').optional(),
  })
  .meta({ id: 'AnswerByPhone' })
/** A mail that nobody could match is somebody's answer: a person has read it. It counts as given when it came in. */
export const MailAnswered = z
  .strictObject({
    mail: field(Uuid, 'Письмо', 'Хат', 'Mail'),
    invitee: field(Uuid, 'Чей это ответ', 'Кімнің жауабы', 'Whose answer it is'),
    answer: field(oneOf(MEETING_ANSWERS), 'Ответ', 'Жауап', 'Answer'),
    comment: field(z.string().trim().min(1).max(1_000), 'Что сказано', 'Не айтылды', 'What was said').optional(),
  })
  .meta({ id: 'MailAnswered' })
/** It is nobody's answer, or says nothing: nothing is to be done with it any more. */
export const MailSetAside = z.strictObject({ mail: field(Uuid, 'Письмо', 'Хат', 'Mail') }).meta({ id: 'MailSetAside' })
/** Nobody came, or it was put off: with a new date everybody is asked anew, without one it is cancelled. */
export const MeetingNotHeld = z
  .strictObject({
    reason: field(Words, 'Почему не состоялось', 'Неге өтпеді', 'Why it was not held'),
    next: field(z.strictObject(time), 'Новое время', 'Жаңа уақыт', 'New time').optional(),
  })
  .superRefine((form, context) => {
    if (form.next && msOf(form.next.endsAt) <= msOf(form.next.startsAt))
      context.addIssue({ code: 'custom', path: ['next', 'endsAt'], message: 'order' })
  })
  .meta({ id: 'MeetingNotHeld' })

const content = {
  attendance: field(
    z
      .array(
        z.strictObject({ invitee: field(Uuid, 'Кто', 'Кім', 'Who'), came: field(z.boolean(), 'Присутствовал', 'Қатысты', 'Was there') }),
      )
      .max(60),
    'Кто присутствовал',
    'Кім қатысты',
    'Attendance',
    'CP-51',
  ),
  others: field(z.array(Line).max(20), 'Кто еще присутствовал', 'Тағы кім қатысты', 'Who else was there').default([]),
  needs: field(
    z.array(Words).max(30),
    'Первоочередные потребности ребенка',
    'Баланың бірінші кезектегі қажеттіліктері',
    'First needs of the child',
    'CP-30',
  ).default([]),
  measures: field(
    z
      .array(
        z.strictObject({
          action: field(Words, 'Мера', 'Шара', 'Measure', 'CP-30'),
          /** Somebody invited, or in words. */
          invitee: field(Uuid, 'Кто из приглашенных', 'Шақырылғандардан кім', 'Who of those invited').optional(),
          responsible: field(Line, 'Ответственный', 'Жауапты', 'Responsible', 'CP-30').optional(),
          due: field(DayField, 'Срок', 'Мерзімі', 'By', 'CP-30'),
        }),
      )
      .max(60),
    'Меры',
    'Шаралар',
    'Measures',
    'CP-30',
  ).default([]),
  goesOn: field(oneOf(NEXT_STEPS), 'Что дальше', 'Әрі қарай не', 'What follows', 'CP-34').optional(),
  decision: field(oneOf(REVIEW_DECISIONS), 'Решение', 'Шешім', 'Decision', 'CP-53').optional(),
  reason: field(Words, 'Обоснование', 'Негіздеме', 'Reasons').optional(),
  dissent: field(
    z
      .array(
        z.strictObject({
          invitee: field(Uuid, 'Кто', 'Кім', 'Who'),
          reasons: field(Words, 'Доводы', 'Дәлелдер', 'Reasons', 'CP-53'),
          demands: field(oneOf(DEMANDS), 'Чего требует', 'Не талап етеді', 'What is demanded', 'CP-58').optional(),
        }),
      )
      .max(30),
    'Особые мнения',
    'Ерекше пікірлер',
    'Dissenting opinions',
    'CP-53',
  ).default([]),
  toCommission: field(z.boolean(), 'Вынести на комиссию', 'Комиссияға шығару', 'To be put to the commission', 'CP-54').default(false),
  pmpk: field(z.boolean(), 'Нужно заключение ПМПК', 'ПМПК қорытындысы қажет', 'PMPK is needed', 'CP-57').default(false),
  next: field(z.strictObject(time), 'Следующее совещание', 'Келесі кеңес', 'Next meeting', 'CP-34').optional(),
}
const Content = z.strictObject(content)
type Content = z.output<typeof Content>
const closes = (form: Pick<Content, 'goesOn' | 'decision'>) => form.decision === 'close' || form.goesOn === 'close'
const wholeContent = (form: Content, context: z.core.$RefinementCtx) => {
  const add = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message })
  if (!form.attendance.some(({ came }) => came)) add(['attendance'], 'nobody-came')
  for (const [n, one] of form.measures.entries()) if (!one.invitee && !one.responsible) add(['measures', n, 'responsible'], 'required')
  // CP-34: a next meeting, unless it decides to close.
  if (!closes(form) && !form.next) add(['next'], 'next-needed')
  if (form.next && msOf(form.next.endsAt) <= msOf(form.next.startsAt)) add(['next', 'endsAt'], 'order')
}
export const MeetingHeldForm = z
  .strictObject({ heldAt: field(Moment, 'Когда состоялось', 'Қашан өтті', 'When it was held'), coordinator, ...content })
  .superRefine(wholeContent)
  .meta({ id: 'MeetingHeldForm' })
export type MeetingHeldForm = z.infer<typeof MeetingHeldForm>

export const ProtocolWritten = z.strictObject(content).superRefine(wholeContent).meta({ id: 'ProtocolWritten' })
export type ProtocolContent = z.infer<typeof ProtocolWritten>
export const ProtocolApprovedForm = z.strictObject({}).meta({ id: 'ProtocolApprovedForm' })
export const ProtocolCorrected = z
  .strictObject({
    ...content,
    changed: field(Words, 'Что изменено и почему', 'Не және неге өзгертілді', 'What was changed and why', 'CP-32'),
  })
  .superRefine(wholeContent)
  .meta({ id: 'ProtocolCorrected' })
export const ProtocolHanded = z
  .strictObject({
    invitee: field(Uuid, 'Кому', 'Кімге', 'To whom'),
    way: field(oneOf(HANDED_WAYS), 'Как передан', 'Қалай берілді', 'How it was handed over', 'CP-32'),
    day: field(DayField, 'Когда', 'Қашан', 'When'),
  })
  .meta({ id: 'ProtocolHanded' })

/** Does it decide to close the case? */
export const decidesToClose = closes
