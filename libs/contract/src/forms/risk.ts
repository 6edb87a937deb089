/** Level of risk, evidence of the hour, the child's safety and placement. */
import { z } from 'zod'
import { PLACEMENTS, RISK_LEVELS } from './codes.ts'
import { DayField, field, Line, Moment, oneOf, Uuid, Words } from './fields.ts'
import { Criterion, CriterionNotes, differsFromProposal } from './help-request.ts'

export const RiskAssessed = z
  .strictObject({
    level: field(oneOf(RISK_LEVELS), 'Степень риска', 'Қауіп деңгейі', 'Risk level'),
    criteria: field(z.array(Criterion).min(1).max(60), 'Критерии риска', 'Қауіп критерийлері', 'Risk criteria', 'CP-07'),
    notes: CriterionNotes.optional(),
    receivedAt: field(
      Moment,
      'Когда получены новые сведения',
      'Жаңа мәліметтер қашан алынды',
      'When the new facts were received',
    ).optional(),
    reason: field(Words, 'Причина', 'Себебі', 'Reason', 'CP-07').optional(),
    signsOfCruelty: field(z.boolean(), 'Признаки жестокого обращения', 'Қатыгез қарау белгілері', 'Signs of cruelty').optional(),
    source: field(Line, 'Источник сведений', 'Мәлімет көзі', 'Source of the information').optional(),
  })
  .superRefine((form, context) => {
    if (differsFromProposal(form) && !form.reason) context.addIssue({ code: 'custom', path: ['reason'], message: 'reason-needed' })
  })
  .meta({ id: 'RiskAssessed' })

const Agreed = z.strictObject({
  at: field(Moment, 'Когда', 'Қашан', 'When'),
  by: field(Line, 'Кем (имя, должность)', 'Кім (аты-жөні, лауазымы)', 'By whom (name, position)'),
  measures: field(Words, 'Какие меры', 'Қандай шаралар', 'Which measures').optional(),
})
const Informed = z.strictObject({
  at: field(Moment, 'Когда', 'Қашан', 'When'),
  reference: field(Line, 'Номер или имя принявшего', 'Нөмірі немесе қабылдаған адамның аты', 'Reference number, or name of who took it'),
})

export const UrgentMeasuresEvidenced = z
  .strictObject({
    hour: field(z.number().int().min(0).max(999), 'Повторный час, №', 'Қайталанған сағат, №', 'Repeated hour, no.').default(0),
    measuresAgreed: field(Agreed, 'Меры согласованы', 'Шаралар келісілді', 'Measures agreed', 'CP-11').optional(),
    lawEnforcement: field(
      Informed,
      'Правоохранительные органы извещены',
      'Құқық қорғау органдары хабардар етілді',
      'Law enforcement informed',
      'CP-11',
    ).optional(),
    juvenileInspection: field(
      Informed,
      'Ювенальная полиция извещена',
      'Ювеналды полиция хабардар етілді',
      'Juvenile inspection informed',
      'CP-11',
    ).optional(),
    noGrounds: field(
      z.strictObject({
        agreedAt: field(Moment, 'Когда', 'Қашан', 'When'),
        agreedBy: field(Line, 'С кем согласовано', 'Кіммен келісілді', 'Agreed with whom', 'CP-111'),
        reason: field(Words, 'Причина', 'Себебі', 'Reason'),
        level: field(z.enum(['medium', 'low']), 'Степень риска', 'Қауіп деңгейі', 'Risk level'),
      }),
      'Оснований для срочных мер нет',
      'Шұғыл шараларға негіз жоқ',
      'No grounds for urgent measures',
    ).optional(),
  })
  .superRefine((form, context) => {
    if (!form.measuresAgreed && !form.lawEnforcement && !form.juvenileInspection && !form.noGrounds)
      context.addIssue({ code: 'custom', path: ['measuresAgreed'], message: 'reason-needed' })
  })
  .meta({ id: 'UrgentMeasuresEvidenced' })

export const ChildSafe = z
  .strictObject({
    confirmedBy: field(Line, 'Кто подтвердил', 'Кім растады', 'Who confirmed it', 'CP-112'),
    placed: field(z.boolean(), 'Ребенок помещен вне семьи', 'Бала отбасынан тыс орналастырылды', 'The child was taken out of the family'),
    note: field(Words, 'Что сделано', 'Не жасалды', 'What was done').optional(),
  })
  .meta({ id: 'ChildSafe' })

export const PlacementRecorded = z
  .strictObject({
    placement: field(oneOf(PLACEMENTS), 'Форма устройства', 'Орналастыру түрі', 'Form of care'),
    asParents: field(
      z.boolean(),
      'Посещения как у родителей (решил супервизор)',
      'Ата-анадағыдай бару (супервайзер шешімі)',
      'Visits as with parents (set by the supervisor)',
    ).optional(),
    with: field(Line, 'У кого или где', 'Кімде немесе қайда', 'With whom or where').optional(),
    contacts: field(Line, 'Контакты', 'Байланыс', 'Contacts').optional(),
    siblingAdult: field(
      z.boolean(),
      'Брат или сестра совершеннолетние',
      'Аға-інісі не апа-сіңлісі кәмелетке толған',
      'Brother or sister is an adult',
    ).optional(),
    decisionNumber: field(
      Line,
      'Решение органа опеки: номер',
      'Қорғаншылық органының шешімі: нөмірі',
      'Decision of the guardianship body: number',
    ).optional(),
    decisionDay: field(
      DayField,
      'Решение органа опеки: дата',
      'Қорғаншылық органының шешімі: күні',
      'Decision of the guardianship body: date',
    ).optional(),
    until: field(DayField, 'До какого дня', 'Қай күнге дейін', 'Until').optional(),
  })
  .meta({ id: 'PlacementRecorded' })

export const TakenBySocialWorker = z
  .strictObject({ manager: field(Uuid, 'Кто принял', 'Кім қабылдады', 'Who took it over') })
  .meta({ id: 'TakenBySocialWorker' })
export const Assigned = z
  .strictObject({
    manager: field(Uuid, 'Социальный работник', 'Әлеуметтік қызметкер', 'Social worker'),
    overNormReason: field(Words, 'Почему сверх нормы', 'Нормадан артық болу себебі', 'Why above the norm', 'CP-18').optional(),
  })
  .meta({ id: 'Assigned' })
export const HandedOver = z
  .strictObject({
    manager: field(Uuid, 'Кому', 'Кімге', 'To whom'),
    organisation: field(Uuid, 'Организация', 'Ұйым', 'Organisation'),
    reason: field(Words, 'Причина', 'Себебі', 'Reason'),
  })
  .meta({ id: 'HandedOver' })
export const Withdrawn = z
  .strictObject({
    act: field(Uuid, 'Что внесено ошибочно', 'Қате енгізілген әрекет', 'What was entered in error'),
    reason: field(Words, 'Причина', 'Себебі', 'Reason'),
  })
  .meta({ id: 'Withdrawn' })
export const MergedInto = z
  .strictObject({
    otherCase: field(Uuid, 'Дело того же ребенка', 'Сол баланың ісі', 'The file of the same child'),
    reason: field(Words, 'Причина', 'Себебі', 'Reason'),
  })
  .meta({ id: 'MergedInto' })
/** It goes into the facts, so it is no text that people write: `2026-1`. */
const EditionId = z.string().regex(/^\d{4}-\d{1,3}$/)
export const MovedToEdition = z
  .strictObject({
    edition: field(EditionId, 'Редакция', 'Редакция', 'Edition'),
    reason: field(Words, 'Причина', 'Себебі', 'Reason').optional(),
  })
  .meta({ id: 'MovedToEdition' })
