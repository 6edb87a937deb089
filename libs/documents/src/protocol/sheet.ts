/** The protocol as a sheet: the 17 rows of the form in their order. */
import { REVIEW_DECISIONS } from '@tirek/contract/forms/codes'
import { fill } from '@tirek/contract/problems'
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'
import type { Block } from '@tirek/contract/prints'
import type { Sheet } from '../sheet.ts'
import { caption, clean, dayIn, joined } from '../text.ts'
import type { Named, Participant, ProtocolView } from './view.ts'
import { ATTENDANCE, COMMISSIONS, DELIVERED, DEMANDS, KINDS, ROWS, WAYS, WORDS } from './words.ts'

/** «Протокол № 42», with the version of a correction; no name. */
export const titleOf = ({ lang, number, version }: Pick<ProtocolView, 'lang' | 'number' | 'version'>): string =>
  clean(`${WORDS.protocol[lang]} № ${number}${version > 1 ? `, ${WORDS.version[lang]} ${version}` : ''}`)

export function protocolSheet(view: ProtocolView): Sheet {
  const { lang } = view
  return {
    lang,
    title: titleOf(view),
    issuer: clean(view.organisation),
    heading: [titleOf(view), kindOf(view)],
    createdAt: view.createdAt,
    blocks: [...correction(view), ...opening(view), ...decided(view), ...closing(view)],
  }
}

const kindOf = ({ kind, reviewNumber, lang }: ProtocolView) =>
  joined([KINDS[kind][lang], kind === 'review' && reviewNumber !== undefined ? `№ ${reviewNumber}` : undefined], ' ')

const person = (named: Named | undefined) => (named ? clean(joined([named.name, named.position])) : '')

function correction({ lang, version, correction: made }: ProtocolView): Block[] {
  if (!made) return []
  return [
    {
      kind: 'notice',
      texts: [
        fill(WORDS.corrected[lang], { n: version, day: dayIn(lang, made.day), of: made.replaces }),
        `${WORDS.correctedBy[lang]}: ${clean(made.by)}`,
        ...(made.reason ? [`${WORDS.reason[lang]}: ${clean(made.reason)}`] : []),
        `${WORDS.changed[lang]}:`,
        ...made.changes.map((change) => `— ${clean(change)}`),
      ],
    },
  ]
}

function opening(view: ProtocolView): Block[] {
  const { lang } = view
  const time = joined([view.from, view.to], '–')
  const { agreedWith: agreed } = view
  return [
    {
      kind: 'facts',
      rows: [
        { caption: caption(ROWS.kind, lang), text: kindOf(view) },
        {
          caption: caption(ROWS.held, lang),
          text: clean(
            joined([`№ ${view.number}`, dayIn(lang, view.day), time, view.place, view.isByVideo ? WORDS.byVideo[lang] : undefined]),
          ),
        },
        {
          caption: caption(ROWS.child, lang),
          text: clean(joined([view.child.name, fill(WORDS.fileNumber[lang], { n: view.child.fileNumber })])),
        },
        { caption: caption(ROWS.coordinator, lang), text: person(view.coordinator) },
        {
          caption: caption(ROWS.agreed, lang),
          text: joined([person(agreed), agreed?.day && dayIn(lang, agreed.day)]),
        },
      ],
    },
    {
      kind: 'table',
      caption: caption(ROWS.participants, lang),
      columns: [
        { title: '№', width: 0.06 },
        { title: caption(WORDS.name, lang), width: 0.34 },
        { title: caption(WORDS.organisation, lang), width: 0.38 },
        { title: caption(WORDS.attendance, lang), width: 0.22 },
      ],
      rows: view.participants.map((one, at) => [String(at + 1), clean(one.name), placeOf(one, lang), ATTENDANCE[one.attendance][lang]]),
      pen: 4,
    },
    {
      kind: 'texts',
      caption: caption(ROWS.report, lang),
      texts: reportOf(view),
      pen: 4,
    },
    { kind: 'texts', caption: caption(ROWS.needs, lang), texts: view.needs.map(clean), isNumbered: true, pen: 3 },
  ]
}

const placeOf = ({ organisation, role, group }: Participant, lang: Lang) =>
  clean(joined([group === 'family' ? WORDS.family[lang] : undefined, organisation, role]))

function reportOf({ kind, report, lang }: ProtocolView): string[] {
  if (kind !== 'review') return [`— (${WORDS.notReview[lang]})`]
  if (!report) return []
  return [
    ...(report.text ? [clean(report.text)] : []),
    ...(report.proposals.length > 0 ? [`${WORDS.proposals[lang]}:`, ...report.proposals.map((one) => `— ${clean(one)}`)] : []),
  ]
}

function decided(view: ProtocolView): Block[] {
  const { lang } = view
  return [
    {
      kind: 'table',
      caption: `${caption(ROWS.measures, lang)}. ${caption(ROWS.responsible, lang)}`,
      columns: [
        { title: '№', width: 0.06 },
        { title: unnumbered(ROWS.measures, lang), width: 0.46 },
        { title: unnumbered(ROWS.responsible, lang), width: 0.28 },
        { title: caption(WORDS.due, lang), width: 0.2 },
      ],
      rows: view.measures.map(({ text, responsible, day }, at) => [
        String(at + 1),
        clean(text),
        clean(responsible ?? ''),
        day ? dayIn(lang, day) : '',
      ]),
      pen: 4,
    },
    {
      kind: 'texts',
      caption: caption(ROWS.decision, lang),
      texts:
        view.kind !== 'review'
          ? [`— (${WORDS.notReview[lang]})`]
          : view.decision
            ? [
                sentence(REVIEW_DECISIONS[view.decision.code][lang]),
                ...(view.decision.reason ? [`${WORDS.reason[lang]}: ${clean(view.decision.reason)}`] : []),
              ]
            : [],
      pen: 2,
    },
    view.opinions.length === 0
      ? { kind: 'texts', caption: caption(ROWS.opinions, lang), texts: [sentence(WORDS.noOpinions[lang])], pen: 0 }
      : {
          kind: 'table',
          caption: caption(ROWS.opinions, lang),
          columns: [
            { title: caption(WORDS.author, lang), width: 0.26 },
            { title: caption(WORDS.demand, lang), width: 0.24 },
            { title: caption(WORDS.reasons, lang), width: 0.5 },
          ],
          rows: view.opinions.map(({ author, demand, text }) => [clean(author), demand ? DEMANDS[demand][lang] : '', clean(text)]),
          pen: 0,
        },
    {
      kind: 'facts',
      rows: [
        { caption: caption(ROWS.commission, lang), text: commissionOf(view) },
        { caption: caption(ROWS.next, lang), text: nextOf(view) },
      ],
    },
  ]
}

/** A row of the form as a caption of a column. */
const unnumbered = (row: Text, lang: Lang) => caption(row, lang).replace(/^\d+\. /, '')
const sentence = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

function commissionOf({ commission, lang }: ProtocolView): string {
  if (!commission) return ''
  if (!commission.isAsked) return WORDS.no[lang]
  return joined([
    WORDS.yes[lang],
    commission.which && COMMISSIONS[commission.which][lang],
    commission.pmpkFirst ? WORDS.pmpkFirst[lang] : undefined,
  ])
}

function nextOf({ next, lang }: ProtocolView): string {
  if (next === undefined) return ''
  return next === 'closes' ? WORDS.closes[lang] : joined([dayIn(lang, next.day), next.time])
}

function closing(view: ProtocolView): Block[] {
  const { lang } = view
  const signing = [
    { title: caption(WORDS.name, lang), width: 0.32 },
    { title: caption(WORDS.organisation, lang), width: 0.28 },
    { title: caption(WORDS.signature, lang), width: 0.24 },
    { title: caption(WORDS.day, lang), width: 0.16 },
  ]
  return [
    {
      kind: 'signatures',
      caption: caption(ROWS.writtenBy, lang),
      columns: signing,
      rows: view.writtenBy ? [[clean(view.writtenBy.name), clean(view.writtenBy.position ?? ''), '', '']] : [],
      pen: view.writtenBy ? 0 : 1,
    },
    {
      kind: 'signatures',
      caption: caption(ROWS.signatures, lang),
      columns: signing,
      rows: view.participants
        .filter(({ attendance }) => attendance !== 'absent')
        .map((one) => [clean(one.name), placeOf(one, lang), '', '']),
      pen: view.participants.length === 0 ? 6 : 0,
    },
    {
      kind: 'table',
      caption: caption(ROWS.sent, lang),
      columns: [
        { title: caption(WORDS.to, lang), width: 0.36 },
        { title: caption(WORDS.way, lang), width: 0.24 },
        { title: caption(WORDS.day, lang), width: 0.2 },
        { title: caption(WORDS.delivered, lang), width: 0.2 },
      ],
      rows: [
        ...view.sent.map(({ to, way, day, delivered }) => [
          clean(to),
          WAYS[way][lang],
          day ? dayIn(lang, day) : '',
          delivered ? DELIVERED[delivered][lang] : '',
        ]),
        [WORDS.familyTold[lang], clean(view.familyTold?.how ?? ''), view.familyTold ? dayIn(lang, view.familyTold.day) : '', ''],
        [WORDS.copyInFile[lang], '', view.copyInFile ? dayIn(lang, view.copyInFile) : '', ''],
      ],
      pen: 0,
    },
  ]
}
