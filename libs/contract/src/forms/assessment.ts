/** Primary assessment and the report of the comprehensive assessment (SOP-CM Appendix 3, form 7(б)). */
import { z } from 'zod'
import { INFORMATION_SOURCES, RISK_LEVELS } from './codes.ts'
import { DayField, field, Line, oneOf, Words } from './fields.ts'
import { Criterion } from './help-request.ts'

export const PrimaryAssessmentDone = z
  .strictObject({
    outcome: field(z.enum(['confirmed', 'not-confirmed']), 'Исход', 'Нәтижесі', 'Outcome'),
    reason: field(Words, 'Почему', 'Неге', 'Why'),
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

const Member = z.strictObject({
  name: field(Line, 'ФИО', 'Аты-жөні', 'Name'),
  age: field(Line, 'Возраст', 'Жасы', 'Age').optional(),
  relation: field(Line, 'Кем приходится', 'Кім болып келеді', 'Relation').optional(),
  address: field(Line, 'Адрес', 'Мекенжайы', 'Address').optional(),
  work: field(Line, 'Место работы', 'Жұмыс орны', 'Place of work').optional(),
  phone: field(Line, 'Телефон', 'Телефон', 'Phone').optional(),
  email: field(Line, 'Электронный адрес', 'Электрондық пошта', 'Email').optional(),
  livesThere: field(z.boolean(), 'Проживает в доме', 'Үйде тұрады', 'Lives in the home').optional(),
})
const Component = z.strictObject({
  strengths: field(Words, 'Сильные стороны', 'Күшті жақтары', 'Strengths').optional(),
  weaknesses: field(Words, 'Слабые стороны', 'Әлсіз жақтары', 'Weaknesses').optional(),
})

export const AssessmentFinished = z
  .strictObject({
    members: field(z.array(Member).max(60), 'Информация о ребенке и семье', 'Бала және отбасы туралы ақпарат', 'Child and family').default(
      [],
    ),
    cause: field(Words, 'Причина для проведения комплексной оценки', 'Кешенді бағалау себебі', 'Reason for the assessment'),
    timeAndPeople: field(
      Words,
      'Время проведения и кто был вовлечен',
      'Өткізу уақыты және кім қатысты',
      'When it was made and who took part',
    ),
    history: field(
      Words,
      'История семьи и предыдущее вмешательство',
      'Отбасы тарихы және бұрынғы араласу',
      'Family history and earlier help',
    ).optional(),
    health: field(Words, 'Здоровье и развитие ребенка/детей', 'Баланың денсаулығы мен дамуы', 'Health and development'),
    care: field(Words, 'Родительская забота о ребенке/детях', 'Ата-ана қамқорлығы', 'Parental care'),
    environment: field(Words, 'Жилищные условия и окружение', 'Тұрғын үй жағдайы және орта', 'Home and surroundings'),
    components: field(
      z.strictObject({
        child: field(Component, 'Ребенок', 'Бала', 'Child').optional(),
        parents: field(Component, 'Родители', 'Ата-анасы', 'Parents').optional(),
        environment: field(Component, 'Окружение', 'Орта', 'Surroundings').optional(),
      }),
      'Сильные и слабые стороны',
      'Күшті және әлсіз жақтары',
      'Strengths and weaknesses',
    ).optional(),
    analysis: field(
      z.strictObject({
        strengths: field(
          Words,
          'Сильные и защитные факторы в семье',
          'Отбасының күшті және қорғаушы факторлары',
          'Strong and protective factors',
        ),
        concerns: field(
          Words,
          'Причины беспокойства, вреда и риска',
          'Алаңдаушылық, зиян және қауіп себептері',
          'Reasons for concern, harm and risk',
        ),
        consequences: field(
          Words,
          'Вероятные последствия сейчас и в будущем',
          'Қазіргі және болашақтағы салдары',
          'Likely consequences now and later',
        ),
        response: field(Words, 'Ответная реакция родителей/опекунов', 'Ата-ананың жауап әрекеті', 'Response of parents or guardians'),
        abilityToProtect: field(
          Words,
          'Способность обеспечить безопасность ребенка',
          'Баланың қауіпсіздігін қамтамасыз ету қабілеті',
          'Ability to keep the child safe',
        ),
        abilityToChange: field(Words, 'Способность изменить обстоятельства', 'Жағдайды өзгерту қабілеті', 'Ability to change things'),
        helpNeeded: field(Words, 'Необходимая помощь ребенку и семье', 'Балаға және отбасына қажетті көмек', 'Help needed'),
      }),
      'Анализ',
      'Талдау',
      'Analysis',
    ),
    recommendations: field(Words, 'Рекомендации', 'Ұсынымдар', 'Recommendations'),
    familyComments: field(Words, 'Комментарии семьи', 'Отбасының пікірі', 'Comments of the family').optional(),
    familySigned: field(z.boolean(), 'Подпись семьи', 'Отбасының қолы', 'Signed by the family'),
    noSignatureReason: field(Words, 'Почему нет подписи', 'Қол неге жоқ', 'Why there is no signature').optional(),
    sources: field(z.array(oneOf(INFORMATION_SOURCES)).max(20), 'Источники', 'Дереккөздер', 'Sources').default([]),
    signsOfCruelty: field(z.boolean(), 'Признаки жестокого обращения', 'Қатыгез қарау белгілері', 'Signs of cruelty'),
    confirmed: field(z.enum(['yes', 'partly', 'no']), 'Риск подтвержден', 'Қауіп расталды', 'Risk confirmed'),
    level: field(oneOf(RISK_LEVELS), 'Степень риска', 'Қауіп деңгейі', 'Risk level'),
    alsoCovers: field(
      z.array(z.uuid()).max(20),
      'Другие дети семьи',
      'Отбасының басқа балалары',
      'Other children of the family',
    ).optional(),
  })
  .superRefine((form, context) => {
    if (!form.familySigned && !form.noSignatureReason)
      context.addIssue({ code: 'custom', path: ['noSignatureReason'], message: 'reason-needed' })
  })
  .meta({ id: 'AssessmentFinished' })
