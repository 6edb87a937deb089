/** Journals of SOP-CM §6 and of preventive work: columns are practice (forms/visitors-journal.md, CP-70...CP-73), and the sheet of changes (CP-90). */
import { z } from 'zod'
import { DayField, field, Line, Moment, oneOf, Words } from './fields.ts'
import {
  EDITION_NAMES,
  GROUP_KINDS,
  PREVENTION_FOUND,
  PREVENTION_KINDS,
  VISITOR_HELP,
  VISITOR_LEVELS,
  VISITOR_RESULTS,
} from './journal-codes.ts'

export const VisitorEntry = z
  .strictObject({
    happenedAt: field(Moment, 'Дата и время', 'Күні мен уақыты', 'Date and time'),
    visitor: field(Line, 'ФИО посетителя', 'Келушінің аты-жөні', 'Name of the visitor'),
    iin: field(Line, 'ИИН', 'ЖСН', 'IIN').optional(),
    contact: field(Line, 'Адрес, телефон', 'Мекенжайы, телефоны', 'Address, phone').optional(),
    child: field(Line, 'Ребенок', 'Бала', 'Child').optional(),
    relation: field(Line, 'Кем приходится', 'Кім болып келеді', 'Relation').optional(),
    question: field(Words, 'Вопрос', 'Сұрақ', 'What was asked'),
    level: field(oneOf(VISITOR_LEVELS), 'Степень риска', 'Қауіп деңгейі', 'Level'),
    help: field(oneOf(VISITOR_HELP), 'Вид помощи', 'Көмек түрі', 'Kind of help'),
    work: field(Words, 'Проведенная работа', 'Жасалған жұмыс', 'Work done'),
    directedTo: field(Line, 'Куда направлен', 'Қайда жіберілді', 'Where directed').optional(),
    result: field(oneOf(VISITOR_RESULTS), 'Результат', 'Нәтиже', 'Result'),
    request: field(Line, 'Связанное обращение', 'Байланысты өтініш', 'Linked help request').optional(),
  })
  .meta({ id: 'VisitorEntry' })

export const PreventionEntry = z
  .strictObject({
    happenedAt: field(Moment, 'Дата и время', 'Күні мен уақыты', 'Date and time'),
    kind: field(oneOf(PREVENTION_KINDS), 'Вид работы', 'Жұмыс түрі', 'Kind of work'),
    place: field(Line, 'Место или адрес', 'Орны немесе мекенжайы', 'Place or address'),
    audience: field(Line, 'Аудитория', 'Аудитория', 'Audience').optional(),
    number: field(z.number().int().min(0).max(100_000), 'Сколько человек', 'Адам саны', 'How many people').optional(),
    topic: field(Words, 'Тема', 'Тақырып', 'Topic').optional(),
    found: field(oneOf(PREVENTION_FOUND), 'Что выявлено', 'Не анықталды', 'What was found').optional(),
    tookPart: field(z.array(Line).max(50), 'Кто участвовал', 'Кім қатысты', 'Who took part').default([]),
    request: field(Line, 'Связанное обращение', 'Байланысты өтініш', 'Linked help request').optional(),
  })
  .superRefine(({ kind, found, audience, topic }, context) => {
    const needed = (path: string, value: unknown) =>
      value === undefined && context.addIssue({ code: 'custom', path: [path], message: 'required' })
    if (kind === 'patronage-visit') needed('found', found)
    if (kind === 'information') {
      needed('audience', audience)
      needed('topic', topic)
    }
  })
  .meta({ id: 'PreventionEntry' })

export const GroupEntry = z
  .strictObject({
    happenedAt: field(Moment, 'Дата и время', 'Күні мен уақыты', 'Date and time'),
    name: field(Line, 'Название', 'Атауы', 'Name'),
    kind: field(oneOf(GROUP_KINDS), 'Вид', 'Түрі', 'Kind'),
    place: field(Line, 'Место', 'Орны', 'Place'),
    leader: field(Line, 'Лидер', 'Көшбасшы', 'Leader').optional(),
    contact: field(Line, 'Контакт', 'Байланыс', 'Contact').optional(),
    meeting: field(DayField, 'Встреча', 'Кездесу', 'Meeting').optional(),
    note: field(Words, 'Запись', 'Жазба', 'Note').optional(),
  })
  .meta({ id: 'GroupEntry' })

export const ChangeEntry = z
  .strictObject({
    happenedAt: field(Moment, 'Дата внесения изменения', 'Өзгеріс енгізілген күн', 'Date of the change'),
    edition: field(oneOf(EDITION_NAMES), 'Редакция', 'Редакция', 'Edition'),
    section: field(
      Line,
      '№ раздела, пункта стандарта, в которое внесено изменение',
      'Өзгеріс енгізілген стандарт бөлімінің, тармағының №',
      'Section or point that was changed',
      'CP-90',
    ),
    what: field(Words, 'Что изменено', 'Не өзгерді', 'What was changed').optional(),
    changedBy: field(Line, 'ФИО лица, внесшего изменения', 'Өзгеріс енгізген адамның аты-жөні', 'Who made the change'),
  })
  .meta({ id: 'ChangeEntry' })

export const JournalEntryForms = { visitors: VisitorEntry, prevention: PreventionEntry, groups: GroupEntry, changes: ChangeEntry } as const

/** Why an entry by hand is struck out; it stays readable, as in a book. */
export const EntryWithdrawn = z
  .strictObject({ reason: field(Words, 'Почему запись ошибочна', 'Жазба неліктен қате', 'Why the entry is in error') })
  .meta({ id: 'EntryWithdrawn' })
