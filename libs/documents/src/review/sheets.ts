/** The report for a review and its sheet in the plan, as sheets of tables. */
import { MARKS, PLACEMENTS, REVIEW_DECISIONS, RISK_LEVELS, WORKED } from '@tirek/contract/forms/codes'
import { CLOSURE_CRITERIA } from '@tirek/contract/forms/criteria'
import { fill } from '@tirek/contract/problems'
import { CRITERIA } from '@tirek/procedure/child-protection/criteria'
import type { Lang } from '@tirek/contract/roles'
import type { Block, Column } from '@tirek/contract/prints'
import { fileNameOf } from '../file-name.ts'
import type { Sheet } from '../sheet.ts'
import { caption, clean, dayIn, joined } from '../text.ts'
import type { MeasureLine, ReviewReportView, ReviewSheetView } from './view.ts'
import { COLUMNS, REPORT_ROWS, SHEET_ROWS, WORDS } from './words.ts'

type OfReview = Pick<ReviewReportView, 'lang' | 'createdAt' | 'organisation'>
const sheet = ({ lang, createdAt, organisation }: OfReview, title: string, heading: string[], blocks: Block[]): Sheet => ({
  lang,
  title: clean(title),
  issuer: clean(organisation),
  heading: heading.map(clean),
  createdAt,
  blocks,
})

const numbered = (number: number) => `№ ${number}`
const sentence = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)
const childOf = ({ child, lang }: ReviewReportView | ReviewSheetView) =>
  clean(joined([child.name, fill(WORDS.fileNumber[lang], { n: child.fileNumber })]))

const signing = (lang: Lang): Column[] => [
  { title: caption(WORDS.name, lang), width: 0.46 },
  { title: caption(WORDS.signature, lang), width: 0.34 },
  { title: caption(WORDS.day, lang), width: 0.2 },
]

const datesOf = ({ from, due }: MeasureLine, lang: Lang) => joined([from && dayIn(lang, from), due && dayIn(lang, due)], ' – ')
const measureRow = (one: MeasureLine, at: number, lang: Lang, more: (string | undefined)[] = []): string[] => [
  String(at + 1),
  clean(joined([one.text, one.need && `${WORDS.need[lang]}: ${one.need}`], '\n')),
  datesOf(one, lang),
  clean(one.responsible ?? ''),
  clean(joined([one.mark && MARKS[one.mark][lang], ...more], '\n')),
]
const measureColumns = (lang: Lang): Column[] => [
  { title: caption(COLUMNS.n, lang), width: 0.06 },
  { title: caption(COLUMNS.measure, lang), width: 0.34 },
  { title: caption(COLUMNS.dates, lang), width: 0.18 },
  { title: caption(COLUMNS.responsible, lang), width: 0.2 },
  { title: caption(COLUMNS.mark, lang), width: 0.22 },
]

/** CP-52. */
export function reportSheet(view: ReviewReportView): Sheet {
  const { lang } = view
  const texts = (row: keyof typeof REPORT_ROWS, text: string | undefined): Block => ({
    kind: 'texts',
    caption: caption(REPORT_ROWS[row], lang),
    texts: text ? [clean(text)] : [],
    pen: 2,
  })
  const period =
    view.since && view.until ? fill(WORDS.period[lang], { from: dayIn(lang, view.since), to: dayIn(lang, view.until) }) : undefined
  const contacts = view.contacts
  const level = joined(
    [
      view.levelThen && `${WORDS.before[lang]}: ${RISK_LEVELS[view.levelThen][lang]}`,
      view.levelNow && `${WORDS.now[lang]}: ${RISK_LEVELS[view.levelNow][lang]}`,
    ],
    '; ',
  )
  return sheet(
    view,
    `${WORDS.report[lang]} ${numbered(view.number)}`,
    [`${WORDS.report[lang]} ${numbered(view.number)}`],
    [
      {
        kind: 'facts',
        rows: [
          {
            caption: caption(REPORT_ROWS.plan, lang),
            text: joined([view.planVersion === undefined ? undefined : fill(WORDS.version[lang], { n: view.planVersion }), period]),
          },
          { caption: caption(REPORT_ROWS.child, lang), text: childOf(view) },
        ],
      },
      {
        kind: 'table',
        caption: caption(REPORT_ROWS.measures, lang),
        columns: measureColumns(lang),
        rows: view.measures.map((one, at) =>
          measureRow(one, at, lang, [one.worked && `${WORDS.worked[lang]}: ${WORKED[one.worked][lang]}`, one.effect, one.note]),
        ),
        pen: 4,
      },
      {
        kind: 'facts',
        rows: [
          {
            caption: caption(REPORT_ROWS.contacts, lang),
            text: contacts
              ? (['made', 'attempted', 'late', 'missed'] as const).map((name) => `${WORDS[name][lang]}: ${contacts[name]}`).join('; ')
              : '',
          },
        ],
      },
      texts('assessments', view.assessments),
      texts('changes', view.changes),
      {
        kind: 'facts',
        rows: [
          { caption: caption(REPORT_ROWS.placement, lang), text: view.placement ? PLACEMENTS[view.placement][lang] : '' },
          { caption: caption(REPORT_ROWS.level, lang), text: level },
        ],
      },
      texts('report', view.text),
      {
        kind: 'facts',
        rows: CLOSURE_CRITERIA.map((code, at) => ({
          caption:
            at === 0 ? `${caption(REPORT_ROWS.criteria, lang)}\n${caption(CRITERIA[code].text, lang)}` : caption(CRITERIA[code].text, lang),
          text: WORDS[view.closureCriteria.includes(code) ? 'met' : 'notMet'][lang],
        })),
      },
      {
        kind: 'texts',
        caption: caption(REPORT_ROWS.proposal, lang),
        texts: view.proposal
          ? [
              sentence(REVIEW_DECISIONS[view.proposal.code][lang]),
              ...(view.proposal.reason ? [`${WORDS.reason[lang]}: ${clean(view.proposal.reason)}`] : []),
            ]
          : [],
        pen: 2,
      },
      {
        kind: 'signatures',
        caption: caption(REPORT_ROWS.signature, lang),
        columns: signing(lang),
        rows: view.writtenBy ? [[clean(joined([view.writtenBy.name, view.writtenBy.position])), '', dayIn(lang, view.day)]] : [],
        pen: view.writtenBy ? 0 : 1,
      },
    ],
  )
}

/** R1 to R4 of one review; `day` absent: a blank one. */
type ReviewOnPaper = Pick<ReviewSheetView, 'lang' | 'number' | 'present' | 'measures'> &
  Partial<Pick<ReviewSheetView, 'day' | 'planVersion'>>
const reviewHead = ({ lang, number }: Pick<ReviewSheetView, 'lang' | 'number'>) => fill(SHEET_ROWS.number[lang], { n: number })

function officialBlocks(view: ReviewOnPaper, version: string): Block[] {
  const { lang } = view
  return [
    {
      kind: 'texts',
      caption: caption(SHEET_ROWS.held, lang),
      texts: view.day ? [dayIn(lang, view.day), ...view.present.map(clean)] : [],
      pen: 4,
    },
    {
      kind: 'table',
      caption: joined([caption(SHEET_ROWS.measures, lang), version], ' '),
      columns: measureColumns(lang),
      rows: view.measures.map((one, at) => measureRow(one, at, lang)),
      pen: 4,
    },
    {
      kind: 'signatures',
      caption: caption(SHEET_ROWS.signatures, lang),
      columns: signing(lang),
      rows: view.present.map((one) => [clean(one), '', '']),
      pen: view.present.length === 0 ? 6 : 0,
    },
  ]
}

const versionOf = ({ lang, planVersion }: Pick<ReviewSheetView, 'lang' | 'planVersion'>) =>
  planVersion === undefined ? WORDS.unsigned[lang] : fill(WORDS.version[lang], { n: planVersion })

/** A review within the whole plan, under its number. */
export const reviewBlocks = (view: ReviewOnPaper): Block[] => [
  { kind: 'notice', texts: [fill(SHEET_ROWS.number.ru, { n: view.number }), ...(view.lang === 'ru' ? [] : [reviewHead(view)])] },
  ...officialBlocks(view, view.day ? versionOf(view) : ''),
]

/** CP-55: R1 to R4 of Appendix 4, and below them what the system knows besides. */
export function reviewSheet(view: ReviewSheetView): Sheet {
  const { lang } = view
  const heading = fill(SHEET_ROWS.number.ru, { n: view.number })
  return sheet(
    view,
    `${WORDS.sheet[lang]} ${numbered(view.number)}`,
    [heading, ...(lang === 'ru' ? [] : [reviewHead(view)])],
    [
      { kind: 'facts', rows: [{ caption: caption(WORDS.plan, lang), text: childOf(view) }] },
      ...officialBlocks(view, versionOf(view)),
      {
        kind: 'facts',
        rows: [
          {
            caption: caption(WORDS.coordinator, lang),
            text: view.coordinator ? clean(joined([view.coordinator.name, view.coordinator.position])) : '',
          },
          {
            caption: caption(WORDS.decision, lang),
            text: clean(joined([sentence(REVIEW_DECISIONS[view.decision.code][lang]), view.decision.reason], '\n')),
          },
          ...(view.earlierReason ? [{ caption: caption(WORDS.earlier, lang), text: clean(view.earlierReason) }] : []),
          { caption: caption(WORDS.next, lang), text: view.next ? dayIn(lang, view.next) : '' },
        ],
      },
    ],
  )
}

/** `Отчет-к-пересмотру-плана_№2_TRZ-2026-17_2027-05-11.pdf`: no name of a person. */
export const reviewFileName = (
  paper: 'report' | 'sheet',
  { lang, number, day, child }: Pick<ReviewReportView, 'lang' | 'number' | 'day' | 'child'>,
  ending: 'pdf' | 'docx',
): string => fileNameOf([WORDS[paper][lang], `№${number}`, child.fileNumber, day], ending)
