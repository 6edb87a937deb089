/** Any act of a case as its paper: filled, or blank to fill by hand. */
import { formOf } from '@tirek/contract/forms/described'
import type { Block } from '@tirek/contract/prints'
import type { Lang } from '@tirek/contract/roles'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import type { Text } from '@tirek/procedure/programme'
import { dayOf } from '@tirek/procedure/time'
import { paperMoment } from '@tirek/contract/journals'
import { paperDay } from '@tirek/contract/paper-day'
import { fileNameOf } from '../file-name.ts'
import { assessmentBlocks } from '../prints/assessment.ts'
import type { Printing } from '../prints/form-blocks.ts'
import { planBlocks, signatureBlocks, type PlanBeside, type PlanForm, type SignatureFile } from '../prints/plan.ts'
import type { Sheet } from '../sheet.ts'
import { caption, clean, joined } from '../text.ts'
import { helpRequestBlocks } from './help-request.ts'
import { appendixOf, titleOf } from './titles.ts'
import { wholeBlocks } from './whole-form.ts'

export type Named = { name: string; position?: string | undefined }
export type RecordedForm = {
  form: Readonly<Record<string, unknown>>
  /** When it happened and when it was recorded, ms UTC. */
  at: number
  recordedAt: number
  by: Named
  isWithdrawn?: boolean
}
export type OfCase = { number: string; /** Absent: not to be told. */ child?: string | undefined }

export type ActView = {
  lang: Lang
  kind: ActKind
  /** Of the case; empty on a blank form. */
  organisation: string
  of?: OfCase
  /** Absent: a blank form. */
  act?: RecordedForm
  /** What the record knows of a plan besides its form. */
  plan?: PlanBeside
  /** The file of the signature that the form names. */
  signature?: SignatureFile
  nameOf: Printing['nameOf']
}

/** Blank forms are the same file whenever they are made. */
export const BLANK_MADE_AT = Date.UTC(2026, 0, 1)

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
export const WORDS = {
  fileNumber: t('Личное дело №', 'Жеке іс қағазы №', 'Personal file no.'),
  child: t('Ребенок', 'Бала', 'Child'),
  happened: t('Дата и время', 'Күні мен уақыты', 'Date and time'),
  besides: t('Кроме того, по записям системы', 'Бұған қоса, жүйе жазбалары бойынша', 'Besides, as the system holds it'),
  withdrawn: t('Внесено ошибочно и отменено', 'Қате енгізілген және жойылған', 'Entered in error and withdrawn'),
  signature: t('Подпись', 'Қолы', 'Signature'),
  made: t('Составил', 'Жасаған', 'Made by'),
  name: t('ФИО, должность', 'Аты-жөні, лауазымы', 'Name, position'),
  day: t('Дата', 'Күні', 'Date'),
} as const satisfies Record<string, Text>

/** The official name first, the language of the reader below it. */
export const headingOf = (title: Text, lang: Lang): string[] => (lang === 'ru' ? [title.ru] : [title.ru, title[lang]])

export function actSheet(view: ActView): Sheet {
  const { lang, kind, act, of, organisation } = view
  const title = titleOf(kind)
  const appendix = appendixOf(kind)
  return {
    lang,
    title: clean(joined([title.ru, of?.number])),
    issuer: clean(organisation),
    ...(appendix && { appendix: caption(appendix, lang) }),
    heading: headingOf(title, lang),
    createdAt: act?.recordedAt ?? BLANK_MADE_AT,
    blocks: [...(act?.isWithdrawn ? [{ kind: 'notice' as const, texts: [caption(WORDS.withdrawn, lang)] }] : []), ...blocksOf(view)],
  }
}

/** `Форма-обращения-за-помощью_ALM-2026-17_2026-11-25.pdf`: no name of a person. */
export const actFileName = ({ kind, of, act }: ActView, ending: 'pdf' | 'docx'): string =>
  fileNameOf([titleOf(kind).ru, of?.number ?? '', act ? dayOf(act.at) : ''], ending)

function blocksOf(view: ActView): Block[] {
  const { lang, kind, act, nameOf } = view
  const reading: Printing = { lang, nameOf, isWhole: true }
  const form = act?.form ?? {}
  switch (kind) {
    case 'help-request-registered': {
      const { paper, besides } = helpRequestBlocks(act, reading)
      return [...paper, { kind: 'notice', texts: [caption(WORDS.besides, lang)] }, ...ofCase(view), ...besides]
    }
    case 'assessment-finished':
      return [...ofCase(view), ...assessmentBlocks(form, reading)]
    case 'plan-signed':
      return planBlocks({ ...EMPTY_PLAN, ...form } as PlanForm, view.plan ?? NO_PLAN, reading)
    default:
      return [
        ...ofCase(view),
        ...wholeBlocks(formOf(kind), form, reading),
        ...(view.signature ? signatureBlocks(view.signature, form['by'] as string | undefined, lang) : []),
        signature(act, lang),
      ]
  }
}

const EMPTY_PLAN = { planVersion: 1, parents: [], needs: [], specialists: [], measures: [] }
export const NO_PLAN: PlanBeside = { child: { name: '' }, marks: new Map() }

export const ofCase = ({ lang, of, act }: Pick<ActView, 'lang' | 'of' | 'act'>): Block[] => [
  {
    kind: 'facts',
    rows: [
      { caption: caption(WORDS.fileNumber, lang), text: of?.number ?? '' },
      ...(of && of.child === undefined ? [] : [{ caption: caption(WORDS.child, lang), text: clean(of?.child ?? '') }]),
      { caption: caption(WORDS.happened, lang), text: act ? paperMoment(act.at) : '' },
    ],
  },
]

export const signature = (act: RecordedForm | undefined, lang: Lang): Block =>
  signatures(WORDS.made, act ? [{ ...act.by, at: act.at }] : [], lang)

/** One line for each, or an empty one. */
export const signatures = (head: Text, people: readonly (Named & { at?: number })[], lang: Lang, pen = 1): Block => ({
  kind: 'signatures',
  caption: caption(head, lang),
  columns: [
    { title: caption(WORDS.name, lang), width: 0.48 },
    { title: caption(WORDS.signature, lang), width: 0.32 },
    { title: caption(WORDS.day, lang), width: 0.2 },
  ],
  rows: people.map(({ name, position, at }) => [clean(joined([name, position])), '', at === undefined ? '' : paperDay(dayOf(at))]),
  pen: people.length === 0 ? pen : 0,
})
