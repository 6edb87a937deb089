/** Rights of the people whose data a case holds: consent, correction, what is given out, a stop to erasure. */
import { z } from 'zod'
import {
  ACCESS_ABOUT,
  CHILD_FIELDS,
  CONSENT_BY,
  CONSENT_PURPOSES,
  CONSENT_TEXTS,
  CONSENT_WAYS,
  HOLD_GROUNDS,
  IDENTITY_CHECKS,
  SEXES,
} from './codes.ts'
import { DayField, field, Line, oneOf, Words } from './fields.ts'

const purposes = z
  .array(oneOf(CONSENT_PURPOSES))
  .min(1)
  .max(20)
  .refine((all) => new Set(all).size === all.length, 'invalid')

const representative = {
  by: field(oneOf(CONSENT_BY), 'Кем приходится ребенку', 'Балаға кім болады', 'Relation to the child', 'RT-01'),
  name: field(Line, 'ФИО представителя', 'Өкілдің аты-жөні', 'Name of the representative'),
  basis: field(Line, 'Документ о полномочиях', 'Өкілеттік құжаты', 'Document of the powers').optional(),
}
const text = field(oneOf(CONSENT_TEXTS), 'Редакция текста', 'Мәтін редакциясы', 'Version of the text', 'RT-01')
const way = field(oneOf(CONSENT_WAYS), 'Как дано', 'Қалай берілді', 'How it was given')

export const ConsentGiven = z
  .strictObject({
    for: field(purposes, 'На что согласны', 'Неге келіседі', 'Agrees to', 'RT-01'),
    ...representative,
    text,
    way,
    until: field(DayField, 'Действует по день', 'Қай күнге дейін', 'Valid up to the day').optional(),
    note: field(Words, 'Примечание', 'Ескертпе', 'Note').optional(),
  })
  .meta({ id: 'ConsentGiven' })
export const ConsentRefused = z
  .strictObject({
    for: field(purposes, 'В чем отказано', 'Неден бас тартылды', 'Refuses', 'RT-03'),
    ...representative,
    text,
    way,
    reason: field(Words, 'Причина, если названа', 'Себебі, айтылса', 'Reason, if one was told').optional(),
  })
  .meta({ id: 'ConsentRefused' })
export const ConsentWithdrawn = z
  .strictObject({
    for: field(purposes, 'Что отозвано', 'Не қайтарып алынды', 'Withdraws', 'RT-01'),
    ...representative,
    way,
    reason: field(Words, 'Причина, если названа', 'Себебі, айтылса', 'Reason, if one was told').optional(),
  })
  .meta({ id: 'ConsentWithdrawn' })

const Age = z.strictObject({
  n: field(z.number().int().min(0).max(216), 'Сколько', 'Қанша', 'How many'),
  unit: field(z.enum(['months', 'years']), 'Лет или месяцев', 'Жыл не ай', 'Years or months'),
})
const register = {
  name: field(Line, 'Имя и фамилия ребенка', 'Баланың аты-жөні', 'Name and surname of the child').optional(),
  birthDate: field(DayField, 'Дата рождения', 'Туған күні', 'Date of birth').optional(),
  age: field(Age, 'Приблизительный возраст', 'Шамамен жасы', 'Approximate age').optional(),
  sex: field(oneOf(SEXES), 'Пол', 'Жынысы', 'Sex').optional(),
  iin: field(z.string().trim().min(1).max(20), 'ИИН', 'ЖСН', 'IIN').optional(),
  phone: field(z.string().trim().min(1).max(40), 'Телефон семьи', 'Отбасының телефоны', 'Phone of the family').optional(),
  address: field(Line, 'Адрес', 'Мекенжайы', 'Address').optional(),
}
const REGISTER_FIELDS = Object.keys(CHILD_FIELDS) as (keyof typeof CHILD_FIELDS)[]

export const ChildCorrected = z
  .strictObject({
    ...register,
    remove: field(
      z.array(oneOf(CHILD_FIELDS)).max(REGISTER_FIELDS.length),
      'Убрать как неверное, верное не известно',
      'Қате ретінде алып тастау, дұрысы белгісіз',
      'Take out as wrong, the right one is not known',
    ).default([]),
    reason: field(Words, 'Причина исправления', 'Түзету себебі', 'Reason for the correction', 'RT-20'),
    source: field(Line, 'По какому документу или с чьих слов', 'Қай құжат не кімнің сөзі бойынша', 'By which document or whose words'),
    /** What stood there before: written by the record itself, never by the form. */
    was: field(z.strictObject(register), 'Было', 'Бұрын', 'Was before').meta({ readOnly: true }).optional(),
  })
  .superRefine((form, context) => {
    const miss = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (correctedFields(form).length === 0) miss('name', 'nothing-corrected')
    for (const name of form.remove) if (form[name] !== undefined) miss(name, 'invalid')
    // The sex is never absent: what is not known is said so.
    if (form.remove.includes('sex')) miss('remove', 'invalid')
  })
  .meta({ id: 'ChildCorrected' })
export type ChildCorrected = z.infer<typeof ChildCorrected>

type Corrections = { [K in keyof typeof CHILD_FIELDS]?: unknown } & { remove: readonly (keyof typeof CHILD_FIELDS)[] }
/** Fields that a correction changes or takes out. */
export const correctedFields = (form: Corrections) =>
  REGISTER_FIELDS.filter((name) => form[name] !== undefined || form.remove.includes(name))

export const CorrectionRefused = z
  .strictObject({
    asked: field(Words, 'Что просили исправить', 'Нені түзетуді сұрады', 'What was asked to be corrected'),
    askedBy: field(Line, 'Кто просил', 'Кім сұрады', 'Who asked'),
    reason: field(Words, 'Почему отказано', 'Неге бас тартылды', 'Why it was refused', 'RT-21'),
    objection: field(Words, 'Возражение семьи', 'Отбасының қарсылығы', 'Objection of the family', 'RT-21').optional(),
  })
  .meta({ id: 'CorrectionRefused' })

export const AccessAsked = z
  .strictObject({
    about: field(oneOf(ACCESS_ABOUT), 'О ком сведения', 'Кім туралы мәлімет', 'On whom').default('child'),
    askedBy: field(Line, 'Кто просит', 'Кім сұрайды', 'Who asks', 'RT-10'),
    relation: field(Line, 'Кем приходится ребенку', 'Балаға кім болады', 'Relation to the child'),
    identity: field(
      oneOf(IDENTITY_CHECKS),
      'Как проверена личность',
      'Жеке басы қалай тексерілді',
      'How the identity was checked',
      'RT-10',
    ),
    identityNote: field(
      Line,
      'Кем выдан документ (без номера)',
      'Құжатты кім берді (нөмірсіз)',
      'Who issued the document (without its number)',
    ).optional(),
    granted: field(z.boolean(), 'Выдать', 'Беру', 'Give it'),
    reason: field(Words, 'Почему не выдают', 'Неге берілмейді', 'Why it is not given').optional(),
    givenTo: field(Line, 'Кому и как передают', 'Кімге және қалай беріледі', 'To whom and how it is handed over').optional(),
  })
  .superRefine((form, context) => {
    if (!form.granted && !form.reason) context.addIssue({ code: 'custom', path: ['reason'], message: 'reason-needed' })
  })
  .meta({ id: 'AccessAsked' })

export const ErasureHeld = z
  .strictObject({
    held: field(z.boolean(), 'Не стирать', 'Өшірмеу', 'Do not erase', 'RT-32'),
    ground: field(oneOf(HOLD_GROUNDS), 'Кто просит', 'Кім сұрайды', 'Who asks'),
    document: field(Line, 'Документ', 'Құжат', 'Document').optional(),
    reason: field(Words, 'Причина', 'Себебі', 'Reason'),
  })
  .meta({ id: 'ErasureHeld' })
