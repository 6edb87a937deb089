/** A journal in its paper form: a landscape table, its captions on every page. */
import { cellsOf, journalOf, JOURNALS, withdrawnText, type JournalItem, type JournalName } from '@tirek/contract/journals'
import { paperDay } from '@tirek/contract/paper-day'
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'
import { dayOf } from '@tirek/procedure/time'
import { fileNameOf } from '../file-name.ts'
import type { Sheet } from '../sheet.ts'
import { caption, clean, joined } from '../text.ts'
import { BLANK_MADE_AT, headingOf } from './act-sheet.ts'

export type JournalView = {
  lang: Lang
  createdAt?: number
  organisation: string
  name: JournalName
  /** `YYYY-MM-DD`, both included. */
  from?: string | undefined
  to?: string | undefined
  /** In the order of their numbers. */
  items: readonly JournalItem[]
  nameOf(person: string): string | undefined
}

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
/** As SOP-CM §6 names them; the pages say it shorter. */
const AS_PRINTED: Partial<Record<JournalName, Text>> = {
  visitors: t(
    'Журнал учета посетителей социального работника',
    'Әлеуметтік қызметкерге келушілерді есепке алу журналы',
    "The social worker's journal of visitors",
  ),
  unconfirmed: t(
    'Журнал «Неподтвержденные обращения за помощью»',
    '«Расталмаған көмек сұраулар» журналы',
    'Journal of unconfirmed requests',
  ),
  requests: t('Журнал исходящих и входящих запросов', 'Шығыс және кіріс сұраулар журналы', 'Journal of requests sent and received'),
  groups: t(
    'Реестр клубов, групп само- и взаимопомощи и лидеров сообщества',
    'Клубтардың, өзіне-өзі және өзара көмек топтары мен қауымдастық көшбасшыларының тізілімі',
    'Register of clubs, self-help and mutual-help groups and leaders',
  ),
}
const WORDS = {
  day: t('Дата', 'Күні', 'Date'),
  by: t('Кто записал, подпись', 'Кім жазды, қолы', 'Written by, signature'),
  period: t('за период', 'кезең', 'for the time'),
  from: t('с', 'бастап', 'from'),
  to: t('по', 'дейін', 'to'),
} as const satisfies Record<string, Text>

export const journalTitle = (name: JournalName): Text => AS_PRINTED[name] ?? JOURNALS[name].title

const LONG = new Set([
  'question',
  'work',
  'ground',
  'why',
  'topic',
  'note',
  'subject',
  'answer',
  'asked',
  'child',
  'asker',
  'section',
  'what',
])
const SHORT = new Set(['number', 'kind', 'result', 'help', 'level', 'relation'])
/** Of numbers of cases, phones and times: they do not break. */
const UNBROKEN = new Set(['contact', 'request', 'case', 'reportedAt', 'answerBy', 'iin'])
const weightOf = (key: string) => (LONG.has(key) ? 1.6 : UNBROKEN.has(key) ? 1.35 : SHORT.has(key) ? 1 : 1.15)
/** Both sides of a sheet, in each language. */
const PEN = 24
/** A letter and the room beside words, points: no word of a caption is broken, and no number. */
const LETTER = 4.4
const BESIDE = 7
const WHOLE = 770
/** Of the longest number of each. */
const NUMBER = 13
const DAY = 10
const leastOf = (letters: number) => (letters * LETTER + BESIDE) / WHOLE
const longestOf = (text: string) => Math.max(...text.split(/[\s/]+/).map((word) => word.length))

/** Each column gets what its caption and its numbers need, the rest goes by weight. Fractions of the whole. */
function widthsOf(columns: readonly { weight: number; least: number }[]): number[] {
  let held = new Set<number>()
  for (;;) {
    const left = 1 - [...held].reduce((sum, n) => sum + columns[n]!.least, 0)
    const weight = columns.reduce((sum, column, n) => (held.has(n) ? sum : sum + column.weight), 0)
    const shareOf = (n: number) => (left * columns[n]!.weight) / weight
    const short = columns.flatMap(({ least }, n) => (!held.has(n) && shareOf(n) < least ? [n] : []))
    if (short.length === 0) return columns.map(({ least }, n) => (held.has(n) ? least : shareOf(n)))
    held = new Set([...held, ...short])
    // More than a page can give: as the weights have it.
    if (held.size === columns.length) return columns.map((column) => column.weight / columns.reduce((sum, one) => sum + one.weight, 0))
  }
}

export function journalSheet({ lang, createdAt, organisation, name, from, to, items, nameOf }: JournalView): Sheet {
  const title = journalTitle(name)
  const { date = WORDS.day, writer = WORDS.by } = journalOf(name)
  const columns: readonly { key: string; caption: Text }[] = JOURNALS[name].columns
  const weights = [0.45, 1.15, ...columns.map(({ key }) => weightOf(key)), 1.15]
  const letters = [0, DAY, ...columns.map(({ key }) => (UNBROKEN.has(key) ? NUMBER : 0)), 0]
  const captions = ['№', caption(date, lang), ...columns.map((one) => caption(one.caption, lang)), caption(writer, lang)]
  const widths = widthsOf(captions.map((one, n) => ({ weight: weights[n]!, least: leastOf(Math.max(letters[n]!, longestOf(one))) })))
  return {
    lang,
    title: clean(joined([title.ru, periodOf(from, to)])),
    issuer: clean(organisation),
    heading: [...headingOf(title, lang), ...(from || to ? [`${caption(WORDS.period, lang)}: ${periodOf(from, to)}`] : [])],
    createdAt: createdAt ?? BLANK_MADE_AT,
    isLandscape: true,
    blocks: [
      {
        kind: 'table',
        columns: captions.map((one, n) => ({ title: one, width: widths[n]! })),
        rows: items.map((item) => [
          String(item.n),
          paperDay(dayOf(item.at)),
          ...cellsOf(name, item, lang).map(clean),
          clean(joined([nameOf(item.by), withdrawnText(item, lang)], '; ')),
        ]),
        pen: PEN,
      },
    ],
  }
}

const periodOf = (from: string | undefined, to: string | undefined) =>
  from || to ? `${from ? paperDay(from) : '…'} – ${to ? paperDay(to) : '…'}` : ''

/** `Журнал-посетителей_2026-11-01_2026-11-30.pdf` */
export const journalFileName = ({ name, from, to }: Pick<JournalView, 'name' | 'from' | 'to'>, ending: 'pdf' | 'docx'): string =>
  fileNameOf([JOURNALS[name].title.ru, from ?? '', to ?? ''], ending)
