/** The journals as tables, for pages, prints and files: which columns, in what order, and each cell in words. Pure. */
import { CHANNELS, RISK_LEVELS } from './forms/codes.ts'
import { GROUP_KINDS, PREVENTION_FOUND, PREVENTION_KINDS, VISITOR_HELP, VISITOR_LEVELS, VISITOR_RESULTS } from './forms/journal-codes.ts'
import type { Lang } from './roles.ts'
import { dayOf, minuteOfDay, type Day, type Instant } from '@tirek/procedure/time'

type Text = Record<Lang, string>
type Labels = Readonly<Record<string, Text>>
export type JournalColumn = { key: string; caption: Text; labels?: Labels }
export type JournalItem = { n: number; at: number; by: string; caseId?: string; withdrawn: boolean; entry: Record<string, unknown> }

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

// oxfmt-ignore
export const JOURNALS = {
  visitors: {
    title: t('Журнал посетителей', 'Келушілер журналы', 'Journal of visitors'), rule: 'CP-80', byHand: true,
    columns: [
      column('visitor', 'Посетитель', 'Келуші', 'Visitor'), column('iin', 'ИИН', 'ЖСН', 'IIN'), column('contact', 'Адрес, телефон', 'Мекенжайы, телефоны', 'Address, phone'),
      column('child', 'Ребенок', 'Бала', 'Child'), column('relation', 'Кем приходится', 'Кім болып келеді', 'Relation'), column('question', 'Вопрос', 'Сұрақ', 'Question'),
      column('level', 'Степень риска', 'Қауіп деңгейі', 'Level', VISITOR_LEVELS), column('help', 'Вид помощи', 'Көмек түрі', 'Kind of help', VISITOR_HELP), column('work', 'Проведенная работа', 'Жасалған жұмыс', 'Work done'),
      column('directedTo', 'Куда направлен', 'Қайда жіберілді', 'Where directed'), column('result', 'Результат', 'Нәтиже', 'Result', VISITOR_RESULTS), column('request', 'Обращение', 'Өтініш', 'Request'),
    ],
  },
  unconfirmed: {
    title: t('Неподтвердившиеся обращения', 'Расталмаған өтініштер', 'Requests not confirmed'), rule: 'CP-81', byHand: false,
    columns: [
      column('request', 'Обращение', 'Өтініш', 'Request'), column('reportedAt', 'Поступило', 'Түскен уақыты', 'Reported'), column('channel', 'Как', 'Қалай', 'Channel', CHANNELS), column('asker', 'Кто обратился', 'Кім жүгінді', 'Who asked'),
      column('child', 'Ребенок', 'Бала', 'Child'), column('ground', 'Основание', 'Негіз', 'Ground'), column('levelAtRegistration', 'Степень риска', 'Қауіп деңгейі', 'Level', RISK_LEVELS),
      column('why', 'Почему не подтвердилось', 'Неліктен расталмады', 'Why not confirmed'), column('asked', 'Кого опросили', 'Кімнен сұралды', 'Who was asked'), column('askerTold', 'Что сообщили обратившемуся', 'Жүгінушіге не айтылды', 'What the asker was told'),
    ],
  },
  prevention: {
    title: t('Журнал профилактической работы', 'Алдын алу жұмысы журналы', 'Journal of preventive work'), rule: 'CP-70', byHand: true,
    columns: [
      column('kind', 'Вид работы', 'Жұмыс түрі', 'Kind of work', PREVENTION_KINDS), column('place', 'Место или адрес', 'Орны не мекенжайы', 'Place or address'), column('audience', 'Аудитория', 'Аудитория', 'Audience'),
      column('number', 'Сколько человек', 'Адам саны', 'How many people'), column('topic', 'Тема', 'Тақырып', 'Topic'), column('found', 'Что выявлено', 'Не анықталды', 'What was found', PREVENTION_FOUND), column('tookPart', 'Кто участвовал', 'Кім қатысты', 'Who took part'),
    ],
  },
  groups: {
    title: t('Клубы, группы и лидеры', 'Клубтар, топтар және көшбасшылар', 'Clubs, groups and leaders'), rule: 'CP-73', byHand: true,
    columns: [
      column('name', 'Название', 'Атауы', 'Name'), column('kind', 'Вид', 'Түрі', 'Kind', GROUP_KINDS), column('place', 'Место', 'Орны', 'Place'), column('leader', 'Лидер', 'Көшбасшы', 'Leader'),
      column('contact', 'Контакт', 'Байланыс', 'Contact'), column('meeting', 'Встреча', 'Кездесу', 'Meeting'), column('note', 'Запись', 'Жазба', 'Note'),
    ],
  },
  requests: {
    title: t('Запросы: отправленные и полученные', 'Сұраулар: жіберілген және алынған', 'Requests sent and received'), rule: 'CP-118', byHand: false,
    columns: [
      column('case', 'Случай', 'Іс', 'Case'), column('kind', 'Что', 'Не', 'What', REQUEST_ACTS), column('to', 'Кому', 'Кімге', 'To'), column('from', 'От кого', 'Кімнен', 'From'),
      column('subject', 'О чем', 'Не туралы', 'Subject'), column('answerBy', 'Ответить до', 'Жауап мерзімі', 'Answer by'), column('answer', 'Ответ', 'Жауап', 'Answer'),
    ],
  },
} as const satisfies Record<string, { title: Text; rule: string; byHand: boolean; columns: readonly JournalColumn[] }>
export type JournalName = keyof typeof JOURNALS
export const isJournal = (name: string): name is JournalName => Object.hasOwn(JOURNALS, name)

const INSTANT = /^\d{4}-\d{2}-\d{2}T/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const NOT_NAMED = t('не назвался', 'өзін атамады', 'gave no name')
/** A day as official papers write it. */
export const paperDay = (day: Day): string => `${day.slice(8)}.${day.slice(5, 7)}.${day.slice(0, 4)}`
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

/** The cells of one entry, in the order of the columns. */
export const cellsOf = (name: JournalName, { entry }: JournalItem, lang: Lang): string[] =>
  JOURNALS[name].columns.map((one: JournalColumn) => textOf(entry[one.key], lang, one.labels))

/** Entries of these days that say this, whatever the case of the letters; the newest first. */
export function entriesThat(
  name: JournalName,
  items: readonly JournalItem[],
  { text, from, to }: { text: string; from: string; to: string },
  lang: Lang,
): JournalItem[] {
  const asked = text.trim().toLocaleLowerCase()
  return items
    .filter((one) => {
      const day = dayOf(one.at)
      return (
        (!from || day >= from) && (!to || day <= to) && (!asked || cellsOf(name, one, lang).join(' ').toLocaleLowerCase().includes(asked))
      )
    })
    .toSorted((a, b) => b.n - a.n)
}
