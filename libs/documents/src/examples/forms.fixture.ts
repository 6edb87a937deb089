/** Invented papers of a case: every act filled and blank, sheets of the whole case, journals, sheets of an edition. */
import { ACT_FORMS, JOURNAL_ROWS } from '@tirek/contract/examples/examples'
import { THREE_GENERATIONS } from '@tirek/contract/family/families.fixture'
import { FAMILY_SHEETS } from '@tirek/contract/papers'
import { familySheet } from '../forms/family-sheet.ts'
import { JOURNALS, type JournalItem, type JournalName } from '@tirek/contract/journals'
import { definitionOf, KINDS } from '@tirek/contract/acts'
import type { Lang } from '@tirek/contract/roles'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { actSheet, type ActView } from '../forms/act-sheet.ts'
import { contactsSheet, type ContactLine } from '../forms/contacts-sheet.ts'
import { editionSheet } from '../forms/edition-sheets.ts'
import { fileSheet, handOverSheet, type HandOverView } from '../forms/file-sheet.ts'
import { journalSheet } from '../forms/journal-sheet.ts'
import { wholePlanSheet } from '../forms/plan-sheet.ts'
import { reachSheet } from '../forms/reach-sheet.ts'
import { urgentNoticeSheet } from '../forms/urgent-notice.ts'
import type { PlanBeside, PlanForm } from '../prints/plan.ts'
import type { Sheet } from '../sheet.ts'
import { REVIEW_SHEETS } from './reviews.fixture.ts'

const at = Date.parse('2026-11-25T10:40:00+05:00')
const organisation = 'Городская поликлиника № 5, г. Алматы'
export const OF = { number: 'ALM-2026-0017', child: 'Әлия Қайратқызы Сейітова' }
export const BY = { name: 'Айгүл Сапарова', position: 'социальный работник' }
const nameOf = () => BY.name
const common = { createdAt: at, organisation, of: OF }

export const filledAct = (kind: ActKind, lang: Lang, form: Record<string, unknown> = ACT_FORMS[kind]): ActView => ({
  lang,
  kind,
  organisation,
  of: OF,
  act: { form, at, recordedAt: at, by: BY },
  ...(kind === 'plan-signed' && { plan: beside }),
  nameOf,
})
export const blankAct = (kind: ActKind, lang: Lang): ActView => ({ lang, kind, organisation: '', nameOf })

const plan = ACT_FORMS['plan-signed'] as unknown as PlanForm
const beside: PlanBeside = {
  day: '2026-11-25',
  child: { name: OF.child, birthDay: '2024-03-05' },
  marks: new Map(plan.measures.slice(0, 1).map(({ id }) => [id, { mark: 'partly', day: '2026-12-10', note: 'очередь 300' }])),
  family: { signed: true, by: 'мать' },
  manager: BY.name,
}
const review = Object.values(REVIEW_SHEETS)[0]!

const contact = (n: number, isMade: boolean, form: ContactLine['form']): ContactLine => ({
  at: at + n * 7 * 86_400_000,
  by: BY.name,
  isMade,
  form,
})
export const CONTACTS: readonly ContactLine[] = [
  contact(0, true, ACT_FORMS['contact-made'] as ContactLine['form']),
  contact(1, false, ACT_FORMS['contact-attempted'] as ContactLine['form']),
  contact(2, true, {
    by: 'home-visit',
    childSeen: true,
    seen: ['мать', 'бабушка'],
    place: 'дома, ул. Примерная, 12',
    found: 'Ребенок здоров, накормлен, одет по погоде. Мать рассказала, что отец вернулся и ищет работу. Дома тепло, продукты есть.',
    next: 'Помочь со справкой о составе семьи',
    signsOfCruelty: false,
  }),
]

const label = (kind: ActKind) => definitionOf(kind).label
const document = (kind: ActKind, day: string, more: object = {}) => ({ label: label(kind), day, putInAt: at, by: BY.name, ...more })
const file: HandOverView = {
  ...common,
  lang: 'ru',
  child: { birthDay: '2024-03-05', iin: '240305600124' },
  openedDay: '2026-11-24',
  ground: 'Второй день слышен плач, взрослых в квартире нет',
  level: 'средний',
  manager: BY.name,
  managers: [{ name: 'Тимур Байжанов', day: '2026-11-24' }],
  groups: [
    { label: label('help-request-registered'), documents: [document('help-request-registered', '2026-11-24')] },
    { label: label('assessment-finished'), documents: [document('assessment-finished', '2026-11-25')] },
    {
      label: label('noted'),
      documents: [document('noted', '2026-11-20', { isOriginal: false, isOnPaper: true, from: 'Акимат', pages: 3 })],
    },
  ],
  missing: [{ label: label('plan-signed'), due: '2026-12-09' }],
  to: 'Поликлиника № 2, г. Астана',
  reason: 'Семья переехала',
  handedDay: '2026-11-26',
  terms: [{ label: label('contact-made'), due: '2026-12-02' }],
  gives: BY,
}

const ENTRIES: Record<JournalName, Record<string, unknown>> = {
  ...JOURNAL_ROWS,
  unconfirmed: {
    request: OF.number,
    reportedAt: '2026-11-24T14:05:00+05:00',
    channel: 'phone',
    asker: { notNamed: true, status: 'соседка' },
    child: { name: OF.child, birthDate: '2024-03-05', address: 'ул. Примерная, 12' },
    ground: 'Слышен плач',
    levelAtRegistration: 'medium',
    why: 'Ребенок болел, мать была дома',
    asked: 'мать, участковая медсестра',
    askerTold: 'по телефону 27.11.2026',
  },
  requests: {
    case: OF.number,
    kind: 'request-sent',
    to: 'Акимат Алмалинского района',
    subject: 'Место в детском саду',
    answerBy: '2026-12-10',
  },
} as never
export const journalItems = (name: JournalName, length: number): JournalItem[] =>
  Array.from({ length }, (_, n) => ({
    id: String(n),
    n: n + 1,
    at: at + n * 3_600_000,
    by: 'x',
    withdrawn: n === 2,
    entry: ENTRIES[name] ?? {},
  }))

/** All there is, by the name of the picture. */
export function formSheets(): Record<string, Sheet> {
  const sheets: Record<string, Sheet> = {}
  for (const kind of KINDS) {
    sheets[`act-${kind}`] = actSheet(filledAct(kind, 'ru'))
    sheets[`blank-${kind}`] = actSheet(blankAct(kind, 'kk'))
  }
  const sheetsOfPlan = [
    { kind: 'version' as const, form: plan, beside },
    { kind: 'review' as const, review },
    { kind: 'version' as const, form: { ...plan, planVersion: 2 }, beside },
  ]
  sheets['sheet-plan'] = wholePlanSheet({ ...common, lang: 'kk', sheets: sheetsOfPlan, nameOf })
  sheets['blank-sheet-plan'] = wholePlanSheet({ lang: 'ru', organisation: '', sheets: [], nameOf })
  sheets['sheet-contacts'] = contactsSheet({ ...common, lang: 'kk', contacts: CONTACTS })
  sheets['blank-sheet-contacts'] = contactsSheet({ lang: 'ru', organisation: '', contacts: [] })
  sheets['sheet-file'] = fileSheet(file)
  sheets['blank-sheet-file'] = fileSheet({ lang: 'kk', organisation: '' })
  sheets['sheet-hand-over'] = handOverSheet(file)
  sheets['blank-sheet-hand-over'] = handOverSheet({ lang: 'kk', organisation: '' })
  sheets['sheet-urgent-notice'] = urgentNoticeSheet({
    ...common,
    lang: 'ru',
    child: { birthDay: '05.03.2024', sex: 'женский', address: 'г. Алматы, ул. Примерная, 12', whereabouts: 'у соседки, кв. 14' },
    reportedAt: at,
    dangers: ['Ребенок без попечения родителей в больнице или роддоме'],
    informs: { ...BY, phone: '+7 701 555 00 01' },
  })
  sheets['blank-sheet-urgent-notice'] = urgentNoticeSheet({ lang: 'kk', organisation: '' })
  for (const lang of ['ru', 'kk', 'en'] as const)
    sheets[`sheet-reach-${lang}`] = reachSheet({
      lang,
      createdAt: at,
      organisation,
      worker: { name: BY.name, phone: '+7 701 555 00 01' },
      hours: { from: '09:00', to: '18:00' },
      stage: 'implementation',
    })
  sheets['blank-sheet-reach'] = reachSheet({ lang: 'kk', organisation: '' })
  for (const name of Object.keys(JOURNALS) as JournalName[]) {
    const days = { from: '2026-11-01', to: '2026-11-30' }
    sheets[`journal-${name}`] = journalSheet({ ...common, lang: 'kk', name, ...days, items: journalItems(name, 12), nameOf })
    sheets[`blank-journal-${name}`] = journalSheet({ lang: 'ru', organisation: '', name, items: [], nameOf })
  }
  for (const which of FAMILY_SHEETS) {
    const of = { createdAt: at, organisation, number: OF.number, family: THREE_GENERATIONS }
    sheets[`family-${which}`] = familySheet(which, { ...of, lang: 'kk', names: false })
    sheets[`family-${which}-names`] = familySheet(which, { ...of, lang: 'ru', names: true })
  }
  sheets['edition-changes'] = editionSheet('changes', {
    lang: 'kk',
    organisation,
    edition: '2026-1',
    changes: [{ section: 'CP-40', day: '2026-11-01', by: 'Методический отдел' }],
  })
  sheets['edition-acquaintance'] = editionSheet('acquaintance', {
    lang: 'ru',
    organisation,
    edition: '2026-1',
    people: [
      { ...BY, day: '2026-11-20' },
      { name: 'Тимур Байжанов', position: 'психолог' },
    ],
  })
  return sheets
}
