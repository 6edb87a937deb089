/** How long what is written of people is kept, by kind of document. Our own rows: an organisation may set longer or shorter terms within bounds. */
import type { BaseFacts } from '../case.ts'
import type { Text } from '../programme.ts'
import { addMonths, dayOf, startOfDay, type Instant } from '../time.ts'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

export type RetentionRow = {
  rule: string
  source: 'practice'
  /** The setting of the organisation that changes the term. */
  setting: string
  /** Months. */
  term: number
  least: number
  most: number
  text: Text
  from: Text
}

// oxfmt-ignore
export const RETENTION = {
  file:        { rule: 'RET-01', source: 'practice', setting: 'retention-file',        term: 180, least: 12, most: 400, text: t('личное дело', 'жеке іс қағазы', 'personal file'), from: t('от завершения случая и мониторинга', 'іс пен мониторинг аяқталғаннан', 'from the end of the case and its monitoring') },
  unconfirmed: { rule: 'RET-02', source: 'practice', setting: 'retention-unconfirmed', term: 36,  least: 6,  most: 400, text: t('неподтвержденное обращение', 'расталмаған өтініш', 'unconfirmed request'), from: t('от решения, что не подтвердилось', 'расталмады деген шешімнен', 'from the decision that it is not confirmed') },
  'one-off':   { rule: 'RET-03', source: 'practice', setting: 'retention-one-off',     term: 36,  least: 6,  most: 400, text: t('разовая помощь без дела', 'іс ашылмаған бір реттік көмек', 'one-off help without a file'), from: t('от записи', 'жазбадан', 'from the entry') },
  journal:     { rule: 'RET-04', source: 'practice', setting: 'retention-journal',     term: 60,  least: 12, most: 400, text: t('запись журнала, сделанная от руки', 'қолмен жасалған журнал жазбасы', 'journal entry made by hand'), from: t('от записи', 'жазбадан', 'from the entry') },
} as const satisfies Record<string, RetentionRow>
export type DocumentKind = keyof typeof RETENTION

/** What a case is for its term. */
export const documentKindOf = (end: string | undefined): Exclude<DocumentKind, 'journal'> =>
  end === 'not-confirmed' ? 'unconfirmed' : end === 'one-off-help' ? 'one-off' : 'file'

/** The term in months: the organisation's own where it set one within the bounds of the row. */
export const monthsKept = (kind: DocumentKind, terms: Readonly<Record<string, number>>): number => {
  const row = RETENTION[kind]
  const own = terms[row.setting]
  return own === undefined ? row.term : Math.min(row.most, Math.max(row.least, own))
}

/** The first instant at which it may be erased: the start of the day that many months after, cut to the month's last day. */
export const keptUntil = (from: Instant, months: number): Instant => startOfDay(addMonths(dayOf(from), months))

export type Retention = { kind: Exclude<DocumentKind, 'journal'>; rule: string; from: Instant; until: Instant; held: boolean }

type Ended = Pick<BaseFacts, 'ended'> & { end?: string; endedAt?: Instant; held?: unknown }

/**
 * RT-30, RT-31, RT-32: when a case may be erased; undefined while it has not ended. `lastEntryAt`: papers may come after the end and
 * begin the term anew.
 */
export function retentionOf(facts: Ended, lastEntryAt: Instant, terms: Readonly<Record<string, number>>): Retention | undefined {
  if (!facts.ended || facts.endedAt === undefined) return undefined
  const kind = documentKindOf(facts.end)
  const from = Math.max(facts.endedAt, lastEntryAt)
  return { kind, rule: RETENTION[kind].rule, from, until: keptUntil(from, monthsKept(kind, terms)), held: facts.held !== undefined }
}

export const isDueForErasure = (retention: Retention | undefined, now: Instant): boolean =>
  retention !== undefined && !retention.held && now >= retention.until
