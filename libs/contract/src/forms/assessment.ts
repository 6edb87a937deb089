/** Primary assessment, and the decision on a comprehensive one; its report stands in assessment-report.ts. */
import { z } from 'zod'
import { RISK_LEVELS } from './codes.ts'
import { DayField, field, Line, oneOf, Words } from './fields.ts'
import { Criterion } from './help-request.ts'

export const PrimaryAssessmentDone = z
  .strictObject({
    outcome: field(z.enum(['confirmed', 'not-confirmed']), 'Исход', 'Нәтижесі', 'Outcome'),
    reason: field(Words, 'Почему', 'Неге', 'Why'),
    from: field(DayField, 'Оценка начата', 'Бағалау басталды', 'Begun on').optional(),
    to: field(DayField, 'Оценка закончена', 'Бағалау аяқталды', 'Ended on').optional(),
    madeBy: field(Line, 'Кто проводил', 'Кім жүргізді', 'Who made it').optional(),
    asked: field(Words, 'Кто опрошен', 'Кімнен сұралды', 'Who was asked').optional(),
    level: field(oneOf(RISK_LEVELS), 'Степень риска', 'Қауіп деңгейі', 'Risk level').optional(),
    criteria: field(z.array(Criterion).max(60), 'Критерии риска', 'Қауіп критерийлері', 'Risk criteria').optional(),
    askerTold: field(
      Line,
      'Сообщено обратившемуся (или почему нет)',
      'Жүгінушіге хабарланды (немесе неге жоқ)',
      'Person who asked was told (or why not)',
    ).optional(),
  })
  .superRefine((form, context) => {
    if (form.from && form.to && form.to < form.from) context.addIssue({ code: 'custom', path: ['to'], message: 'order' })
  })
  .meta({ id: 'PrimaryAssessmentDone' })

export const AssessmentDecided = z
  .strictObject({
    termDay: field(DayField, 'Срок по закону или суду', 'Заң немесе сот мерзімі', 'Term set by law or court').optional(),
    document: field(Line, 'Документ', 'Құжат', 'Document').optional(),
    reason: field(Words, 'Основание', 'Негізі', 'Ground'),
  })
  .meta({ id: 'AssessmentDecided' })
export const AssessmentTermSet = z
  .strictObject({
    termDay: field(DayField, 'Срок', 'Мерзімі', 'Term'),
    document: field(Line, 'Документ суда или закона', 'Сот немесе заң құжаты', 'Document of the court or law'),
  })
  .meta({ id: 'AssessmentTermSet' })
