/** Papers of reviews that tests and pictures are made of. All people and places are invented. */
import type { ReviewReportView, ReviewSheetView } from '../review/view.ts'
import { crowded as crowdedProtocol, KAZAKH, meeting } from './protocols.fixture.ts'

const AT = Date.UTC(2027, 3, 27, 9, 30)
const common = { createdAt: AT, organisation: meeting.organisation, number: 2, child: meeting.child }

export const report: ReviewReportView = {
  ...common,
  lang: 'ru',
  day: '2027-04-27',
  planVersion: 3,
  since: '2026-11-12',
  until: '2027-04-27',
  text: 'Отец оформил пособие (43 250 ₸). Мать к врачу не пошла: отказывается, говорит, что справится сама.',
  measures: [
    {
      text: 'Оформить пособие на ребенка',
      need: 'Доход семьи',
      from: '2026-11-12',
      due: '2026-12-10',
      responsible: 'Сейітқали Нұрлан',
      mark: 'done',
      worked: 'yes',
      effect: 'Пособие приходит с января',
    },
    {
      text: 'Записать мать к наркологу',
      due: '2027-01-15',
      responsible: 'Отдел полиции',
      mark: 'not-done',
      worked: 'no',
      note: 'Не пришла дважды',
    },
    { text: 'Место в саду', due: '2027-03-01', responsible: 'Отдел образования', mark: 'partly', worked: 'partly' },
  ],
  contacts: { made: 11, attempted: 2, late: 1, missed: 1 },
  assessments: '01.02.2027: Степень риска определена, средний',
  placement: 'extended-family',
  changes: '03.02.2027: в расширенной семье\nБабушка переехала к внуку.',
  levelThen: 'high',
  levelNow: 'medium',
  closureCriteria: ['C1', 'C3'],
  proposal: { code: 'continue', reason: 'Риск ниже, но мать не лечится' },
  writtenBy: { name: 'Оспанова Айгерім Болатқызы', position: 'социальный работник' },
}

export const sheet: ReviewSheetView = {
  ...common,
  lang: 'kk',
  day: '2027-05-11',
  present: ['Ахметова Гүлнар Сәкенқызы, супервизор', 'Қасымов Ерлан, инспектор', 'Сейітқали Нұрлан, әкесі'],
  coordinator: { name: 'Жұмабаев Марат Ерланұлы', position: 'басшы' },
  measures: [
    { text: 'Анасын дәрігерге жазу', due: '2027-06-15', responsible: 'Қасымов Ерлан' },
    { text: 'Балабақша', need: 'Даму', due: '2027-09-01', responsible: 'Білім бөлімі', mark: 'partly' },
  ],
  planVersion: 4,
  decision: { code: 'continue', reason: 'Қауіп төмендеді' },
  earlierReason: 'Отбасы көшті',
  next: '2027-11-02',
}

/** As printed before the meeting. */
export const unsigned: ReviewSheetView = {
  ...common,
  lang: 'ru',
  day: '2027-05-11',
  present: [],
  measures: [],
  decision: { code: 'separate' },
}

/** As long as the fields let people write. */
export const crowdedReport: ReviewReportView = {
  ...report,
  lang: 'kk',
  child: crowdedProtocol.child,
  organisation: crowdedProtocol.organisation,
  text: `${'Өте ұзын есеп. '.repeat(1_200)}соңы-есеп`,
  measures: Array.from({ length: 100 }, (_, n) => ({
    text: n === 3 ? 'Ж'.repeat(19_000) : `${'шара '.repeat(40)} ${n + 1}`,
    need: KAZAKH,
    due: '2027-12-31',
    responsible: 'Щ'.repeat(300),
    mark: 'partly' as const,
    effect: n === 4 ? `${'нәтиже '.repeat(2_500)}соңы-нәтиже` : 'нәтиже',
  })),
}

export const REVIEW_REPORTS = { report, 'report-crowded': crowdedReport } as const
export const REVIEW_SHEETS = { sheet, 'sheet-empty': unsigned } as const
