/**
 * The journals as tables: which columns, in what order, under which captions, and each cell in words. Pages, spreadsheets and prints read
 * the journals by this and by nothing else. Pure.
 */
import { dayOf, minuteOfDay, type Day, type Instant } from '@tirek/procedure/time'
import type { Text } from '@tirek/procedure/programme'
import { CHANNELS, ENDS, RISK_LEVELS } from './forms/codes.ts'
import {
  CONFIRMED,
  EDITION_NAMES,
  GROUP_KINDS,
  PREVENTION_FOUND,
  PREVENTION_KINDS,
  VISITOR_HELP,
  VISITOR_LEVELS,
  VISITOR_RESULTS,
} from './forms/journal-codes.ts'
import { paperDay } from './paper-day.ts'
import { EDITION_SHEETS } from './papers.ts'
import { ROLES } from './role-names.ts'
import type { Lang, Role } from './roles.ts'
import { STAGE_NAMES } from './stages.ts'

export type Labels = Readonly<Record<string, Text>>
/** `key`: of the entry. `labels`: where a code stands, its words. */
export type JournalColumn = { key: string; caption: Text; labels?: Labels }
/**
 * One line of a journal. `n`: its running number, or the number of the case where the journal has none of its own. `by`: a person's id.
 * `id` tells it from every other line of the journal.
 */
export type JournalItem = {
  id: string
  n: number | string
  at: Instant
  by: string
  caseId?: string
  withdrawn: boolean
  /** Why it was struck out, of an entry by hand. */
  why?: string
  /** Who asks may strike it out. */
  mayWithdraw?: true
  entry: Record<string, unknown>
}

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
const column = (key: string, ru: string, kk: string, en: string, labels?: Labels): JournalColumn => ({
  key,
  caption: t(ru, kk, en),
  ...(labels && { labels }),
})
const REQUEST_ACTS: Labels = {
  'request-sent': t('отправлен', 'жіберілді', 'sent'),
  'request-received': t('получен', 'алынды', 'received'),
  'request-answered': t('дан ответ', 'жауап берілді', 'answered'),
}
export const RISKS: Labels = { ...RISK_LEVELS, none: VISITOR_LEVELS.none }
const ALL_ENDS: Labels = {
  ...ENDS,
  'one-off-help': t('разовая помощь', 'бір реттік көмек', 'one-off help'),
  merged: t('соединено с другим', 'басқасымен біріктірілді', 'merged into another'),
}

/** The first columns and the last one, where a journal does not call them otherwise. */
const NUMBER = t('№', '№', 'No.')
const DATE = t('Дата', 'Күні', 'Date')
const WRITER = t('Кто записал', 'Кім жазды', 'Written by')

type Journal = {
  title: Text
  rule: string
  /** Kept by hand, in a form of its own. */
  byHand: boolean
  /** Who writes in it; absent: whoever writes in journals. */
  writers?: readonly Role[]
  /** Of the procedure and not of people: everybody who reads journals reads it whole. */
  ofProcedure?: true
  /** The column by whose codes it is filtered. */
  kind?: string
  number?: Text
  date?: Text
  writer?: Text
  columns: readonly JournalColumn[]
}

// oxfmt-ignore
export const JOURNALS = {
  visitors: {
    title: t('Журнал посетителей', 'Келушілер журналы', 'Journal of visitors'), rule: 'CP-80', byHand: true, kind: 'help',
    columns: [
      column('visitor', 'Посетитель', 'Келуші', 'Visitor'), column('iin', 'ИИН', 'ЖСН', 'IIN'), column('contact', 'Адрес, телефон', 'Мекенжайы, телефоны', 'Address, phone'),
      column('child', 'Ребенок', 'Бала', 'Child'), column('relation', 'Кем приходится', 'Кім болып келеді', 'Relation'), column('question', 'Вопрос', 'Сұрақ', 'Question'),
      column('level', 'Степень риска', 'Қауіп деңгейі', 'Level', VISITOR_LEVELS), column('help', 'Вид помощи', 'Көмек түрі', 'Kind of help', VISITOR_HELP), column('work', 'Проведенная работа', 'Жасалған жұмыс', 'Work done'),
      column('directedTo', 'Куда направлен', 'Қайда жіберілді', 'Where directed'), column('result', 'Результат', 'Нәтиже', 'Result', VISITOR_RESULTS), column('request', 'Обращение', 'Өтініш', 'Request'),
    ],
  },
  unconfirmed: {
    title: t('Неподтвержденные обращения за помощью', 'Расталмаған көмек сұрау өтініштері', 'Requests not confirmed'), rule: 'CP-81', byHand: false, kind: 'channel',
    columns: [
      column('request', 'Обращение', 'Өтініш', 'Request'), column('reportedAt', 'Поступило', 'Түскен уақыты', 'Reported'), column('channel', 'Как', 'Қалай', 'Channel', CHANNELS), column('asker', 'Кто обратился', 'Кім жүгінді', 'Who asked'),
      column('child', 'Ребенок', 'Бала', 'Child'), column('ground', 'Основание', 'Негіз', 'Ground'), column('levelAtRegistration', 'Степень риска', 'Қауіп деңгейі', 'Level', RISK_LEVELS),
      column('why', 'Почему не подтвердилось', 'Неліктен расталмады', 'Why not confirmed'), column('asked', 'Кого опросили', 'Кімнен сұралды', 'Who was asked'), column('askerTold', 'Что сообщили обратившемуся', 'Жүгінушіге не айтылды', 'What the asker was told'),
    ],
  },
  files: {
    title: t('Журнал личных дел', 'Жеке іс қағаздарының журналы', 'Register of personal files'), rule: 'CP-17', byHand: false, kind: 'risk',
    number: t('№ дела', 'Іс №', 'File No.'), date: t('Обращение', 'Өтініш күні', 'Request'), writer: t('Кто ведет', 'Кім жүргізеді', 'Led by'),
    columns: [
      column('child', 'Ребенок', 'Бала', 'Child'), column('birthDate', 'Дата рождения', 'Туған күні', 'Birth date'), column('iin', 'ИИН', 'ЖСН', 'IIN'),
      column('risk', 'Степень риска', 'Қауіп деңгейі', 'Level', RISKS), column('stage', 'Этап', 'Кезең', 'Stage', STAGE_NAMES),
      column('endedOn', 'Завершено', 'Аяқталды', 'Ended'), column('end', 'Основание завершения', 'Аяқталу негізі', 'Ground of the end', ALL_ENDS),
    ],
  },
  requests: {
    title: t('Запросы: отправленные и полученные', 'Сұраулар: жіберілген және алынған', 'Requests sent and received'), rule: 'CP-118', byHand: false, kind: 'kind',
    columns: [
      column('case', 'Случай', 'Іс', 'Case'), column('kind', 'Что', 'Не', 'What', REQUEST_ACTS), column('to', 'Кому', 'Кімге', 'To'), column('from', 'От кого', 'Кімнен', 'From'),
      column('subject', 'О чем', 'Не туралы', 'Subject'), column('answerBy', 'Ответить до', 'Жауап мерзімі', 'Answer by'), column('answer', 'Ответ', 'Жауап', 'Answer'),
    ],
  },
  protocols: {
    title: t('Журнал протоколов', 'Хаттамалар журналы', 'Journal of protocols'), rule: 'CP-32', byHand: false,
    number: t('№ дела', 'Іс №', 'File No.'), date: t('Утвержден', 'Бекітілді', 'Approved'), writer: t('Кто утвердил', 'Кім бекітті', 'Approved by'),
    columns: [column('number', 'Протокол №', 'Хаттама №', 'Protocol No.'), column('text', 'Что решено', 'Не шешілді', 'What was decided')],
  },
  prevention: {
    title: t('Журнал профилактической работы', 'Алдын алу жұмысы журналы', 'Journal of preventive work'), rule: 'CP-70', byHand: true, kind: 'kind',
    columns: [
      column('kind', 'Вид работы', 'Жұмыс түрі', 'Kind of work', PREVENTION_KINDS), column('place', 'Место или адрес', 'Орны не мекенжайы', 'Place or address'), column('audience', 'Аудитория', 'Аудитория', 'Audience'),
      column('number', 'Сколько человек', 'Адам саны', 'How many people'), column('topic', 'Тема', 'Тақырып', 'Topic'), column('found', 'Что выявлено', 'Не анықталды', 'What was found', PREVENTION_FOUND), column('tookPart', 'Кто участвовал', 'Кім қатысты', 'Who took part'),
      column('request', 'Обращение', 'Өтініш', 'Request'),
    ],
  },
  groups: {
    title: t('Клубы, группы и лидеры', 'Клубтар, топтар және көшбасшылар', 'Clubs, groups and leaders'), rule: 'CP-73', byHand: true, kind: 'kind',
    columns: [
      column('name', 'Название', 'Атауы', 'Name'), column('kind', 'Вид', 'Түрі', 'Kind', GROUP_KINDS), column('place', 'Место', 'Орны', 'Place'), column('leader', 'Лидер', 'Көшбасшы', 'Leader'),
      column('contact', 'Контакт', 'Байланыс', 'Contact'), column('meeting', 'Встреча', 'Кездесу', 'Meeting'), column('note', 'Запись', 'Жазба', 'Note'),
    ],
  },
  changes: {
    title: EDITION_SHEETS.changes, rule: 'CP-90', byHand: true, writers: ['supervisor'], ofProcedure: true, kind: 'edition',
    date: t('Дата внесения изменения', 'Өзгеріс енгізілген күн', 'Date of the change'),
    columns: [
      column('edition', 'Редакция', 'Редакция', 'Edition', EDITION_NAMES),
      column('section', '№ раздела, пункта стандарта, в которое внесено изменение', 'Өзгеріс енгізілген стандарт бөлімінің, тармағының №', 'Section or point that was changed'),
      column('what', 'Что изменено', 'Не өзгерді', 'What was changed'), column('changedBy', 'ФИО лица, внесшего изменения', 'Өзгеріс енгізген адамның аты-жөні', 'Who made the change'),
    ],
  },
  acquaintance: {
    title: EDITION_SHEETS.acquaintance, rule: 'CP-91', byHand: false, ofProcedure: true, kind: 'edition',
    date: DATE, writer: t('Ф.И.О.', 'Аты-жөні', 'Name'),
    columns: [
      column('edition', 'Редакция', 'Редакция', 'Edition', EDITION_NAMES), column('position', 'Должность', 'Лауазымы', 'Position', ROLES),
      column('signature', 'Подпись', 'Қолы', 'Signature', CONFIRMED),
    ],
  },
} as const satisfies Record<string, Journal>
export type JournalName = keyof typeof JOURNALS
export const JOURNAL_NAMES = Object.keys(JOURNALS) as [JournalName, ...JournalName[]]
export const isJournal = (name: string): name is JournalName => Object.hasOwn(JOURNALS, name)
export const journalOf = (name: JournalName): Journal => JOURNALS[name]

/** The codes by which a journal is filtered, with their words; none: it has no such filter. */
export function kindsOf(name: JournalName): { key: string; labels: Labels } | undefined {
  const { kind, columns } = journalOf(name)
  const labels = columns.find(({ key }) => key === kind)?.labels
  return kind !== undefined && labels ? { key: kind, labels } : undefined
}

/** Captions of the whole table: number, day, the journal's own columns, who wrote it. */
export function captionsOf(name: JournalName, lang: Lang): string[] {
  const { number = NUMBER, date = DATE, writer = WRITER, columns } = journalOf(name)
  return [number, date, ...columns.map(({ caption }) => caption), writer].map((caption) => caption[lang])
}

/** The same for a paper or a file: the official Russian caption, and the chosen language beside it. */
export function officialCaptionsOf(name: JournalName, lang: Lang): string[] {
  const official = captionsOf(name, 'ru')
  return lang === 'ru'
    ? official
    : captionsOf(name, lang).map((caption, n) => (caption === official[n] ? caption : `${official[n]} / ${caption}`))
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const NOT_NAMED = t('не назвался', 'өзін атамады', 'gave no name')
const IN_ERROR = t('внесено ошибочно', 'қате енгізілген', 'entered in error')
/** `25.11.2026 09:05`, by the clock of the place. */
export function paperMoment(at: Instant): string {
  const two = (n: number) => String(n).padStart(2, '0')
  const minute = minuteOfDay(at)
  return `${paperDay(dayOf(at))} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

/** What was written, in words. A person is said by name, then the rest. */
export function textOf(value: unknown, lang: Lang, labels?: Labels): string {
  if (value === undefined || value === null || value === false) return ''
  if (Array.isArray(value)) return value.map((one) => textOf(one, lang, labels)).join(', ')
  if (typeof value === 'object') {
    const { name, notNamed, n, unit: _, ...rest } = value as Record<string, unknown>
    const said = [notNamed === true ? NOT_NAMED[lang] : name, n, ...Object.values(rest)]
    return said
      .map((one) => textOf(one, lang))
      .filter((text) => text !== '')
      .join(', ')
  }
  const text = String(value)
  if (INSTANT.test(text)) return paperMoment(Date.parse(text))
  if (DAY.test(text)) return paperDay(text)
  return labels?.[text]?.[lang] ?? text
}

/** The cells of one entry, in the order of the journal's own columns. */
export const cellsOf = (name: JournalName, { entry }: Pick<JournalItem, 'entry'>, lang: Lang): string[] =>
  journalOf(name).columns.map(({ key, labels }) => textOf(entry[key], lang, labels))

/** A cell as a spreadsheet takes it: words, or the local day (`2026-11-26`) of something that is a date. */
export type SheetCell = { text: string } | { day: Day }

/** That an entry is struck out, and why. */
export const withdrawnText = ({ withdrawn, why }: Pick<JournalItem, 'withdrawn' | 'why'>, lang: Lang): string =>
  withdrawn ? `${IN_ERROR[lang]}${why ? `: ${why}` : ''}` : ''
const joinedWords = (name: string, more: string) => (more === '' ? name : `${name} (${more})`.trim())

/** The cells of one line, as many as there are captions. `nameOf`: a person's name by id. */
export function sheetRowOf(name: JournalName, item: JournalItem, lang: Lang, nameOf: (person: string) => string): SheetCell[] {
  const own = journalOf(name).columns.map(({ key, labels }): SheetCell => {
    const value = item.entry[key]
    return typeof value === 'string' && DAY.test(value) ? { day: value } : { text: textOf(value, lang, labels) }
  })
  const writer = joinedWords(nameOf(item.by), withdrawnText(item, lang))
  return [{ text: String(item.n) }, { day: dayOf(item.at) }, ...own, { text: writer }]
}

/** The same in words alone, for pages, prints and CSV. */
export const rowOf = (name: JournalName, item: JournalItem, lang: Lang, nameOf: (person: string) => string): string[] =>
  sheetRowOf(name, item, lang, nameOf).map((cell) => ('day' in cell ? paperDay(cell.day) : cell.text))
