/** Referrals (CP-54, CP-56 to CP-58): what is written when one is prepared, sent, answered, and what follows. */
import { z } from 'zod'
import { PLACEMENTS } from './codes.ts'
import { DayField, field, Line, Moment, oneOf, Uuid, Words } from './fields.ts'
import { DEMANDS } from './meeting-codes.ts'
import {
  DOCUMENT_KINDS,
  ENCLOSURE_KINDS,
  RECOMMENDED_FORMS,
  REFERRAL_ANSWERS,
  REFERRAL_BODIES,
  REFERRAL_DECISIONS,
  REFERRAL_QUESTIONS,
  SENDING_WAYS,
} from './referral-codes.ts'
import { PlacementRecorded } from './risk.ts'

export const MOST_FILES = 10

/** CP-58: what a member of the meeting demands. */
export const ReferralDemand = z
  .strictObject({
    who: field(Line, 'Кто требует', 'Кім талап етеді', 'Who demands it'),
    demands: field(oneOf(DEMANDS), 'Чего требует', 'Не талап етеді', 'What is demanded', 'CP-58'),
    reasons: field(Words, 'Доводы', 'Дәлелдер', 'Reasons', 'CP-58'),
  })
  .meta({ id: 'ReferralDemand' })
export type ReferralDemand = z.infer<typeof ReferralDemand>

/** Parts of the packet that can be left out; the cover letter, the demands and the list of enclosures always go. */
const Enclosed = z.enum(['assessment', 'plan', 'protocol'])

const content = {
  agency: field(
    Uuid,
    'Куда: ведомство из справочника',
    'Қайда: анықтамалықтағы ведомство',
    'To: agency from the directory',
    'CP-56',
  ).optional(),
  /** One of its contact persons; absent: the first, of a commission its secretary. */
  contact: field(Uuid, 'Контактное лицо', 'Байланысатын тұлға', 'Contact person').optional(),
  letter: field(
    Words,
    'Сопроводительное письмо: о чем просите и почему',
    'Ілеспе хат: не сұрайсыз және неліктен',
    'Cover letter: what is asked, and why',
    'CP-54',
  ),
  enclosures: field(z.array(Enclosed).max(3), 'Что приложить', 'Не қоса беріледі', 'What goes with it', 'CP-54').default([
    'assessment',
    'plan',
    'protocol',
  ]),
  /** Besides those of the protocol, which go with it by themselves. */
  demands: field(
    z.array(ReferralDemand).max(30),
    'Требования участников, кроме записанных в протоколе',
    'Хаттамадағыдан басқа қатысушылардың талаптары',
    'Demands of members besides those in the protocol',
    'CP-58',
  ).default([]),
}

export const ReferralPrepared = z
  .strictObject({
    caseId: field(Uuid, 'Случай', 'Іс', 'Case'),
    body: field(oneOf(REFERRAL_BODIES), 'В какой орган', 'Қай органға', 'To which body', 'CP-57'),
    question: field(oneOf(REFERRAL_QUESTIONS), 'Вопрос', 'Мәселе', 'Question', 'CP-54'),
    /** The meeting that decided it; its protocol and its demands go with the referral. */
    meeting: field(Uuid, 'Совещание, которое решило', 'Шешім қабылдаған кеңес', 'The meeting that decided', 'CP-57').optional(),
    specialNeeds: field(
      z.boolean(),
      'У ребенка особые потребности',
      'Баланың ерекше қажеттіліктері бар',
      'The child has special needs',
      'CP-57',
    ).default(false),
    /** Goes on from this one, or is put again after it was returned. */
    previous: field(Uuid, 'После какого направления', 'Қай жолдамадан кейін', 'After which referral').optional(),
    outOfOrder: field(
      Words,
      'Почему вне установленного порядка',
      'Неліктен белгіленген тәртіптен тыс',
      'Why out of the order',
      'CP-57',
    ).optional(),
    ...content,
  })
  .meta({ id: 'ReferralPrepared' })
export type ReferralPrepared = z.infer<typeof ReferralPrepared>
export type ReferralPreparedInput = z.input<typeof ReferralPrepared>

export const ReferralChanged = z.strictObject(content).meta({ id: 'ReferralChanged' })
/**
 * A document becomes pages of the packet and a line of its list. `file`: handed in for the packet before (`POST /api/referrals/:id/uploads`), or with an
 * answer to another referral of the case, such as the conclusion of the PMPK.
 */
export const ReferralDocumentAdded = z
  .strictObject({
    file: field(Uuid, 'Файл', 'Файл', 'File', 'CP-54'),
    kind: field(oneOf(DOCUMENT_KINDS), 'Что это за документ', 'Бұл қандай құжат', 'What document it is', 'CP-54'),
    /** As it stands in the list of enclosures, after its kind. */
    title: field(Line, 'Название, номер, дата', 'Атауы, нөмірі, күні', 'Title, number, date').optional(),
  })
  .superRefine(({ kind, title }, context) => {
    if (kind === 'other' && !title) context.addIssue({ code: 'custom', path: ['title'], message: 'required' })
  })
  .meta({ id: 'ReferralDocumentAdded' })
export type ReferralDocumentAdded = z.infer<typeof ReferralDocumentAdded>
export const ReferralDocumentRemoved = z.strictObject({ file: field(Uuid, 'Файл', 'Файл', 'File') }).meta({ id: 'ReferralDocumentRemoved' })
export type ReferralDocumentRemoved = z.infer<typeof ReferralDocumentRemoved>

/** Makes the packet anew of what stands now. */
export const ReferralPacketMade = z.strictObject({}).meta({ id: 'ReferralPacketMade' })

/** By mail, or on paper with number and date; again when it did not arrive or more was asked for. */
export const ReferralSending = z
  .strictObject({
    way: field(oneOf(SENDING_WAYS), 'Как отправлено', 'Қалай жіберілді', 'How it is sent', 'CP-54'),
    number: field(Line, 'Исходящий номер', 'Шығыс нөмірі', 'Number', 'CP-54').optional(),
    day: field(DayField, 'Дата', 'Күні', 'Date').optional(),
    addressee: field(Line, 'Кому передано', 'Кімге берілді', 'Handed to whom').optional(),
  })
  .superRefine(({ way, number, day }, context) => {
    if (way !== 'paper') return
    if (!number) context.addIssue({ code: 'custom', path: ['number'], message: 'required' })
    if (!day) context.addIssue({ code: 'custom', path: ['day'], message: 'required' })
  })
  .meta({ id: 'ReferralSending' })
export type ReferralSending = z.infer<typeof ReferralSending>

const Text = z.string().trim().min(1).max(4_000)
const answer = {
  answer: field(oneOf(REFERRAL_ANSWERS), 'Ответ', 'Жауап', 'Answer', 'CP-54'),
  /** `postponed`. */
  newDay: field(DayField, 'Новый день', 'Жаңа күн', 'New day', 'CP-54').optional(),
  /** `returned`; why it was postponed or refused. */
  reasons: field(Text, 'Причины', 'Себептері', 'Reasons', 'CP-54').optional(),
  /** `more-asked-for`: what; else in its own words. */
  text: field(Text, 'Что запрошено или что сказано', 'Не сұралды не айтылды', 'What is asked for, or was said').optional(),
  /** `recommended` by a commission. */
  recommended: field(
    oneOf(RECOMMENDED_FORMS),
    'Рекомендуемая форма устройства',
    'Ұсынылған орналастыру түрі',
    'Recommended form of care',
    'CP-54',
  ).optional(),
  /** `decided`. */
  decision: field(oneOf(REFERRAL_DECISIONS), 'Решение', 'Шешім', 'Decision', 'CP-54').optional(),
  placement: field(oneOf(PLACEMENTS), 'Решенная форма устройства', 'Шешілген орналастыру түрі', 'Form of care decided', 'CP-54').optional(),
  documentNumber: field(Line, 'Номер документа', 'Құжат нөмірі', 'Number of the document', 'CP-57').optional(),
  documentDay: field(DayField, 'Дата документа', 'Құжат күні', 'Date of the document', 'CP-57').optional(),
  /** Ids of what was handed in with it. */
  files: field(z.array(Uuid).max(MOST_FILES), 'Файлы', 'Файлдар', 'Files').default([]),
  name: field(Line, 'Кто ответил', 'Кім жауап берді', 'Who answered'),
  position: field(Line, 'Должность', 'Лауазымы', 'Position').optional(),
}
const Answer = z.strictObject(answer)
const wholeAnswer = (form: z.output<typeof Answer>, context: z.core.$RefinementCtx) => {
  const need = (...names: (keyof typeof form)[]) => {
    for (const name of names) if (!form[name]) context.addIssue({ code: 'custom', path: [name], message: 'required' })
  }
  if (form.answer === 'postponed') need('newDay')
  if (form.answer === 'more-asked-for') need('text')
  if (form.answer === 'returned') need('reasons')
  if (form.answer === 'decided') {
    need('decision', 'documentNumber', 'documentDay')
    if (form.decision === 'refused') need('reasons')
  }
}
/** What the body's secretary answers by the link of a mail. */
export const ReferralAnswerForm = Answer.superRefine(wholeAnswer).meta({ id: 'ReferralAnswerForm' })
export type ReferralAnswerForm = z.infer<typeof ReferralAnswerForm>
export type ReferralAnswerInput = z.input<typeof ReferralAnswerForm>
/** The same, written down by a worker. */
export const ReferralAnswerNoted = z
  .strictObject({
    ...answer,
    /** Absent: now. */
    answeredAt: field(Moment, 'Когда ответили', 'Қашан жауап берді', 'When they answered').optional(),
  })
  .superRefine(wholeAnswer)
  .meta({ id: 'ReferralAnswerNoted' })
export type ReferralAnswerNoted = z.infer<typeof ReferralAnswerNoted>

/** Where the child lives from a day on, after what was decided; number and date of the decision are known. */
const { decisionNumber: _number, decisionDay: _day, ...lives } = PlacementRecorded.shape
export const ReferralPlacement = z
  .strictObject({ from: field(Moment, 'С какого времени', 'Қай уақыттан', 'From when', 'CP-113'), ...lives })
  .meta({ id: 'ReferralPlacement' })
export type ReferralPlacement = z.infer<typeof ReferralPlacement>

export const ReferralNothingFollows = z
  .strictObject({ reason: field(Words, 'Почему', 'Неліктен', 'Why', 'CP-57') })
  .meta({ id: 'ReferralNothingFollows' })
export const ReferralWithdrawn = z.strictObject({ reason: field(Words, 'Почему', 'Неліктен', 'Why') }).meta({ id: 'ReferralWithdrawn' })

export const Enclosure = z
  .strictObject({
    kind: oneOf(ENCLOSURE_KINDS),
    title: z.string(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** Pages it takes in the packet. */
    pages: z.number().int().positive().optional(),
    /** Of a document that was added: the file as it was handed in, which the hash is of. */
    file: Uuid.optional(),
  })
  .meta({ id: 'Enclosure' })
export type Enclosure = z.infer<typeof Enclosure>

/** A file of a protocol, as the meetings service keeps it. */
export const ReferralProtocolFile = z.strictObject({
  id: Uuid,
  name: z.string(),
  type: z.string(),
  sha256: z.string(),
  size: z.number().int(),
})
