/** CP-17: cover and contents of the personal file (forms/personal-file.md); CP-64: the act by which it goes to another hand, with its open terms. */
import type { Block } from '@tirek/contract/prints'
import { paperDay } from '@tirek/contract/paper-day'
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'
import { dayOf } from '@tirek/procedure/time'
import type { Sheet } from '../sheet.ts'
import { caption, clean, joined } from '../text.ts'
import { BLANK_MADE_AT, headingOf, signatures, type Named, type OfCase } from './act-sheet.ts'

export type FiledDocument = {
  label: Text
  day: string
  /** Put in, ms UTC. */
  putInAt: number
  by: string
  isOriginal?: boolean | undefined
  isOnPaper?: boolean | undefined
  from?: string | undefined
  pages?: number | undefined
}
export type FileView = {
  lang: Lang
  createdAt?: number
  organisation: string
  of?: OfCase
  child?: { birthDay?: string | undefined; iin?: string | undefined } | undefined
  openedDay?: string | undefined
  ground?: string | undefined
  level?: string | undefined
  manager?: string | undefined
  /** Who led it before, with the day since when. */
  managers?: readonly { name: string; day: string }[]
  closedDay?: string | undefined
  closedGround?: string | undefined
  monitoringUntil?: string | undefined
  /** The five groups of the official list. */
  groups?: readonly { label: Text; documents: readonly FiledDocument[] }[]
  missing?: readonly { label: Text; due?: string | undefined }[]
}

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
export const FILE_TITLES = {
  contents: t('Личное дело ребенка', 'Баланың жеке іс қағазы', "The child's personal file"),
  'hand-over': t('Акт приема-передачи личного дела', 'Жеке іс қағазын қабылдау-тапсыру актісі', 'Act of handing over the personal file'),
} as const satisfies Record<string, Text>
const WORDS = {
  number: t('Номер личного дела', 'Жеке іс қағазының нөмірі', 'Number of the personal file'),
  child: t('Ребенок', 'Бала', 'Child'),
  birth: t('Дата рождения', 'Туған күні', 'Date of birth'),
  iin: t('ИИН', 'ЖСН', 'IIN'),
  organisation: t('Организация', 'Ұйым', 'Organisation'),
  opened: t('Дата открытия', 'Ашылған күні', 'Opened on'),
  ground: t('Основание', 'Негізі', 'Ground'),
  level: t('Степень риска', 'Қауіп деңгейі', 'Risk level'),
  manager: t('Социальный работник, ведущий случай', 'Іс жүргізуші', 'Case manager'),
  managers: t('Смена ведущего', 'Жүргізушінің ауысуы', 'Changes of case manager'),
  closed: t('Дата и основание закрытия', 'Жабылған күні мен негізі', 'Closed on, ground'),
  monitoring: t('Мониторинг до', 'Мониторинг мерзімі', 'Monitoring until'),
  contents: t('Опись документов', 'Құжаттар тізімдемесі', 'Contents'),
  document: t('Документ', 'Құжат', 'Document'),
  original: t('Подлинник или копия; бумага или эл.', 'Түпнұсқа не көшірме; қағаз не эл.', 'Original or copy; paper or el.'),
  day: t('Дата', 'Күні', 'Date'),
  from: t('От кого', 'Кімнен', 'From'),
  pages: t('Л.', 'Парақ', 'Pages'),
  putIn: t('Кем и когда вложен', 'Кім, қашан салды', 'Put in by, when'),
  signature: t('Подпись', 'Қолы', 'Signature'),
  isOriginal: t('подлинник', 'түпнұсқа', 'original'),
  isCopy: t('копия', 'көшірме', 'copy'),
  onPaper: t('бумага', 'қағаз', 'paper'),
  electronic: t('эл.', 'эл.', 'el.'),
  missing: t('Ожидается и отсутствует', 'Күтіледі, бірақ жоқ', 'Expected and not there'),
  none: t('нет', 'жоқ', 'none'),
  due: t('срок', 'мерзімі', 'due'),
  gives: t('Передает организация', 'Тапсыратын ұйым', 'Given by the organisation'),
  takes: t('Принимает организация (работник)', 'Қабылдайтын ұйым (қызметкер)', 'Taken by the organisation (worker)'),
  reason: t('Причина передачи', 'Тапсыру себебі', 'Reason'),
  handed: t('Дата передачи', 'Тапсырылған күні', 'Handed over on'),
  terms: t('Открытые сроки', 'Ашық мерзімдер', 'Open terms'),
  term: t('Что должно быть сделано', 'Не істелуі керек', 'What must be done'),
  dueDay: t('Срок', 'Мерзімі', 'Due'),
  gave: t('Передал', 'Тапсырды', 'Given by'),
  took: t('Принял', 'Қабылдады', 'Taken by'),
} as const satisfies Record<string, Text>

const day = (one: string | undefined) => (one ? paperDay(one) : '')

/** Cover and contents list. */
export function fileSheet(view: FileView): Sheet {
  const { lang, of, child } = view
  const row = (word: keyof typeof WORDS, text: string | undefined, pen?: number) => ({
    caption: caption(WORDS[word], lang),
    text: clean(text ?? ''),
    ...(pen !== undefined && { pen }),
  })
  return {
    ...sheetOf(view, 'contents'),
    blocks: [
      {
        kind: 'facts',
        rows: [
          row('number', of?.number),
          ...(of && of.child === undefined ? [] : [row('child', of?.child), row('birth', day(child?.birthDay)), row('iin', child?.iin)]),
          row('organisation', view.organisation, 1),
          row('opened', day(view.openedDay)),
          row('ground', view.ground),
          row('level', view.level),
          row('manager', view.manager),
          row('managers', view.managers?.map((one) => joined([one.name, day(one.day)])).join('\n'), 2),
          row('closed', joined([day(view.closedDay), view.closedGround])),
          row('monitoring', day(view.monitoringUntil)),
        ],
      },
      ...contents(view),
      ...missingOf(view),
    ],
  }
}

export type HandOverView = FileView & {
  /** To whom, where it is known. */
  to?: string | undefined
  reason?: string | undefined
  handedDay?: string | undefined
  terms?: readonly { label: Text; due?: string | undefined }[]
  gives?: Named | undefined
  takes?: Named | undefined
}

export function handOverSheet(view: HandOverView): Sheet {
  const { lang, of, terms = [] } = view
  return {
    ...sheetOf(view, 'hand-over'),
    blocks: [
      {
        kind: 'facts',
        rows: [
          { caption: caption(WORDS.number, lang), text: of?.number ?? '' },
          ...(of && of.child === undefined ? [] : [{ caption: caption(WORDS.child, lang), text: clean(of?.child ?? '') }]),
          { caption: caption(WORDS.gives, lang), text: clean(view.organisation) },
          { caption: caption(WORDS.takes, lang), text: clean(view.to ?? '') },
          { caption: caption(WORDS.reason, lang), text: clean(view.reason ?? '') },
          { caption: caption(WORDS.handed, lang), text: day(view.handedDay) },
        ],
      },
      ...contents(view),
      {
        kind: 'table',
        caption: caption(WORDS.terms, lang),
        columns: [
          { title: '№', width: 0.06 },
          { title: caption(WORDS.term, lang), width: 0.7 },
          { title: caption(WORDS.dueDay, lang), width: 0.24 },
        ],
        rows: terms.map(({ label, due }, n) => [String(n + 1), label[lang], day(due)]),
        pen: 4,
      },
      signatures(WORDS.gave, view.gives ? [view.gives] : [], lang),
      signatures(WORDS.took, view.takes ? [view.takes] : [], lang),
    ],
  }
}

const sheetOf = ({ lang, of, organisation, createdAt }: FileView, which: keyof typeof FILE_TITLES) => ({
  lang,
  title: clean(joined([FILE_TITLES[which].ru, of?.number])),
  issuer: clean(organisation),
  heading: headingOf(FILE_TITLES[which], lang),
  createdAt: createdAt ?? BLANK_MADE_AT,
})

/** Each group of the official list, then what lies in it. */
function contents({ lang, groups = [] }: FileView): Block[] {
  let n = 0
  return [
    {
      kind: 'table',
      caption: caption(WORDS.contents, lang),
      columns: (
        [
          ['number', 0.05],
          ['document', 0.25],
          ['original', 0.13],
          ['day', 0.15],
          ['from', 0.1],
          ['pages', 0.05],
          ['putIn', 0.17],
          ['signature', 0.1],
        ] as const
      ).map(([word, width]) => ({ title: word === 'number' ? '№' : caption(WORDS[word], lang), width })),
      rows: groups.flatMap(({ documents }) =>
        documents.map((one) => [
          String(++n),
          clean(one.label[lang]),
          joined([
            one.isOriginal === undefined ? '' : WORDS[one.isOriginal ? 'isOriginal' : 'isCopy'][lang],
            WORDS[one.isOnPaper ? 'onPaper' : 'electronic'][lang],
          ]),
          day(one.day),
          clean(one.from ?? ''),
          one.pages === undefined ? '' : String(one.pages),
          clean(joined([one.by, day(dayOf(one.putInAt))], '\n')),
          '',
        ]),
      ),
      pen: 12,
    },
  ]
}

const missingOf = ({ lang, groups, missing = [] }: FileView): Block[] =>
  groups === undefined
    ? []
    : [
        {
          kind: 'texts',
          caption: caption(WORDS.missing, lang),
          texts:
            missing.length === 0
              ? [WORDS.none[lang]]
              : missing.map(({ label, due }) => clean(joined([label[lang], due && `${WORDS.due[lang]} ${day(due)}`]))),
          pen: 0,
        },
      ]
