/** Форма обращения за помощью: SOP-CM Appendix 1, in its printed order, and what the system keeps besides. */
import { proposeRisk } from '@tirek/procedure/child-protection/criteria'
import { z } from 'zod'
import { PROCEDURE_CRITERIA } from './criteria.ts'
import { CHANNELS, RISK_KINDS, RISK_LEVELS, SEXES, SOURCES } from './codes.ts'
import { field, Line, Moment, DayField, oneOf, PersonNamed, Words } from './fields.ts'
import { Lang } from '../roles.ts'

const Parent = z.strictObject({
  name: field(Line, 'Имя', 'Аты-жөні', 'Name').optional(),
  whereabouts: field(Line, 'Место нахождения', 'Тұрған жері', 'Where the parent is').optional(),
  occupation: field(Line, 'Род деятельности', 'Кәсібі', 'Occupation').optional(),
})

export const Criterion = z.enum(PROCEDURE_CRITERIA)
/** What is said to a ticked criterion: which danger (H5), which institution (U3), how often. */
export const CriterionNotes = field(
  z.partialRecord(Criterion, Words),
  'Пояснения к критериям',
  'Критерийлерге түсіндірме',
  'Notes to the criteria',
)

/** CP-07: the level chosen is another than the ticked criteria propose. */
export const differsFromProposal = ({ level, criteria }: { level?: string | undefined; criteria: readonly string[] }): boolean => {
  const proposed = proposeRisk(criteria).level
  return level !== undefined && proposed !== undefined && level !== proposed
}

export const HelpRequest = z
  .strictObject({
    child: field(
      z.strictObject({
        name: field(
          Line,
          'Имя и фамилия субъекта обращения за помощью',
          'Көмек сұрау субъектісінің аты-жөні',
          'Name and surname of the child',
        ).optional(),
        notNamed: field(z.boolean(), 'Имя не известно', 'Аты белгісіз', 'Name not known').optional(),
        address: field(Line, 'Адрес', 'Мекенжайы', 'Address').optional(),
        whereabouts: field(Line, 'Последнее известное место', 'Соңғы белгілі орны', 'Last known whereabouts').optional(),
        birthDate: field(DayField, 'Дата рождения', 'Туған күні', 'Date of birth').optional(),
        age: field(
          z.strictObject({
            n: field(z.number().int().min(0).max(216), 'Сколько', 'Қанша', 'How many'),
            unit: field(z.enum(['months', 'years']), 'Лет или месяцев', 'Жыл не ай', 'Years or months'),
          }),
          'Приблизительный возраст',
          'Шамамен жасы',
          'Approximate age',
        ).optional(),
        sex: field(oneOf(SEXES), 'Пол', 'Жынысы', 'Sex').default('unknown'),
        iin: field(z.string().trim().max(20), 'ИИН', 'ЖСН', 'IIN').optional(),
        noIinReason: field(Line, 'Почему нет ИИН', 'ЖСН неге жоқ', 'Why there is no IIN').optional(),
        phone: field(z.string().trim().max(40), 'Телефон семьи', 'Отбасының телефоны', 'Phone of the family').optional(),
      }),
      'О ребенке',
      'Бала туралы',
      'The child',
    ),
    asker: field(
      z.strictObject({
        name: field(Line, 'Имя лица, обращающегося за помощью', 'Көмек сұраған адамның аты-жөні', 'Name of the person who asks').optional(),
        notNamed: field(
          z.boolean(),
          'Обратившийся не назвал себя (анонимно)',
          'Жүгінуші өзін атамады (анонимді)',
          'The person who asks gave no name (anonymous)',
        ).optional(),
        status: field(Line, 'Должность или статус', 'Лауазымы немесе мәртебесі', 'Position or status').optional(),
        contact: field(Line, 'Адрес/№ тел.', 'Мекенжайы/тел. №', 'Address / phone').optional(),
        relation: field(Line, 'Отношение к ребенку', 'Балаға қатысы', 'Relation to the child').optional(),
        lang: field(Lang, 'Язык общения', 'Қарым-қатынас тілі', 'Language preferred').optional(),
        answerBy: field(oneOf(CHANNELS), 'Как удобно получить ответ', 'Жауапты қалай алған ыңғайлы', 'Channel preferred').optional(),
        consent: field(z.boolean(), 'Согласие обратившегося', 'Жүгінушінің келісімі', 'Consent of the person who asks').optional(),
      }),
      'Лицо, обращающееся за помощью',
      'Көмек сұраған адам',
      'Person who asks',
    ).default({}),
    mother: field(Parent, 'Мать', 'Анасы', 'Mother').default({}),
    father: field(Parent, 'Отец', 'Әкесі', 'Father').default({}),
    ground: field(
      Words,
      'Основание для обращения за помощью (краткое изложение из слов лица, обратившегося за помощью)',
      'Көмек сұрау негізі (көмек сұраған адамның сөзімен қысқаша)',
      'Ground for the request, in the words of the person who asks',
    ),
    nextActions: field(
      Words,
      'Последующие действия, согласованные социальным работником с лицом, обращающимся за помощью, с менеджером или супервизором',
      'Келісілген келесі әрекеттер',
      'Next actions agreed',
    ).optional(),
    agreedWith: field(
      z
        .array(
          z.strictObject({
            who: field(z.enum(['person-who-asked', 'manager', 'supervisor']), 'С кем', 'Кіммен', 'With whom'),
            name: field(Line, 'Имя', 'Аты-жөні', 'Name'),
            at: field(Moment, 'Когда', 'Қашан', 'When').optional(),
          }),
        )
        .max(20),
      'С кем согласовано',
      'Кіммен келісілді',
      'Agreed with',
    ).default([]),
    takenBy: field(
      PersonNamed,
      'Работник, принимающий обращение',
      'Өтінішті қабылдаған қызметкер',
      'Worker who takes the request',
    ).optional(),
    channel: field(oneOf(CHANNELS), 'Как поступило', 'Қалай түсті', 'Channel', 'CP-01'),
    source: field(oneOf(SOURCES), 'От кого', 'Кімнен', 'Source', 'CP-01'),
    reportedAt: field(
      Moment,
      'Когда сообщение получено (от него идет час)',
      'Хабар қашан алынды (сағат осыдан басталады)',
      'When the report was received (the hour counts from it)',
      'CP-10',
    ),
    kinds: field(z.array(oneOf(RISK_KINDS)).max(5), 'Виды риска', 'Қауіп түрлері', 'Kinds of risk', 'CP-102').default([]),
    criteria: field(z.array(Criterion).min(1).max(60), 'Критерии риска', 'Қауіп критерийлері', 'Risk criteria', 'CP-07'),
    notes: CriterionNotes.optional(),
    level: field(oneOf(RISK_LEVELS), 'Степень риска', 'Қауіп деңгейі', 'Risk level').optional(),
    levelReason: field(
      Words,
      'Почему степень иная, чем предложено',
      'Деңгей неге ұсынылғаннан өзгеше',
      'Why the level differs from the proposal',
      'CP-07',
    ).optional(),
    oneOffHelp: field(
      z.boolean(),
      'Разовая помощь, дело не открывается',
      'Бір реттік көмек, іс ашылмайды',
      'One-off help, no file is opened',
      'CP-08',
    ).default(false),
    helpGiven: field(Words, 'Проведенная работа', 'Жасалған жұмыс', 'Work done', 'CP-08').optional(),
    /** CP-02: the register was searched and this is another child. */
    anotherChild: field(z.boolean(), 'Это другой ребенок', 'Бұл басқа бала', 'This is another child').default(false),
    /** CP-107: brothers and sisters belong to one family. */
    familyOf: field(z.uuid(), 'Случай той же семьи', 'Сол отбасының ісі', 'Case of the same family').optional(),
  })
  .superRefine((form, context) => {
    const miss = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    // A caller often knows one thing only: whom it is about, or where. Asking for more would turn a report away.
    if (!form.child.name && !form.child.address && !form.child.whereabouts) miss(['child', 'name'], 'one-of')
    if (!form.asker.name && !form.asker.notNamed) miss(['asker', 'name'], 'name-or-mark')
    if (form.asker.name && form.asker.notNamed) miss(['asker', 'notNamed'], 'name-and-mark')
    if (differsFromProposal(form) && !form.levelReason) miss(['levelReason'], 'reason-needed')
    if (form.oneOffHelp && !form.helpGiven) miss(['helpGiven'], 'reason-needed')
  })
  .meta({ id: 'HelpRequest' })
export type HelpRequest = z.infer<typeof HelpRequest>
export type HelpRequestInput = z.input<typeof HelpRequest>
