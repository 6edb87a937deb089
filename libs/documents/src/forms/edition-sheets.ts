/** CP-90, CP-91: last pages of the procedure (forms/change-and-acquaintance-sheets.md), with empty lines for the pen below what is written. */
import { paperDay } from '@tirek/contract/paper-day'
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'
import { fileNameOf } from '../file-name.ts'
import type { Sheet } from '../sheet.ts'
import { caption, clean, joined } from '../text.ts'
import { BLANK_MADE_AT, headingOf } from './act-sheet.ts'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
const WORDS = {
  changes: t('Лист регистрации изменений', 'Өзгерістерді тіркеу парағы', 'Sheet of changes'),
  acquaintance: t('Лист ознакомления', 'Танысу парағы', 'Acquaintance sheet'),
  edition: t('редакция', 'редакция', 'edition'),
  number: t('№', '№', 'No.'),
  section: t(
    '№ раздела, пункта стандарта, в которое внесено изменение',
    'Өзгеріс енгізілген стандарт бөлімінің, тармағының №',
    'Section or point that was changed',
  ),
  changed: t('Дата внесения изменения', 'Өзгеріс енгізілген күн', 'Date of the change'),
  changedBy: t('ФИО лица, внесшего изменения', 'Өзгеріс енгізген адамның аты-жөні', 'Who made the change'),
  name: t('Ф.И.О.', 'Аты-жөні', 'Name'),
  position: t('Должность', 'Лауазымы', 'Position'),
  day: t('Дата', 'Күні', 'Date'),
  signature: t('Подпись', 'Қолы', 'Signature'),
  inSystem: t('подтверждено в системе', 'жүйеде расталды', 'confirmed in the system'),
} as const satisfies Record<string, Text>

/** Lines of the sheets as SOP-CM prints them. */
const LINES = { changes: 13, acquaintance: 15 }

export type EditionView = {
  lang: Lang
  createdAt?: number
  organisation: string
  edition: string
  /** Each change: section, day, who. */
  changes?: readonly { section: string; day: string; by: string }[]
  /** Who is expected to read it; `day`: who has, by their own confirmation. */
  people?: readonly { name: string; position: string; day?: string | undefined }[]
}
export type EditionSheetName = keyof typeof LINES

export function editionSheet(which: EditionSheetName, view: EditionView): Sheet {
  const { lang, organisation, edition } = view
  const rows = which === 'changes' ? changes(view) : acquaintances(view)
  const columns = (
    which === 'changes'
      ? ([
          ['number', 0.07],
          ['section', 0.45],
          ['changed', 0.2],
          ['changedBy', 0.28],
        ] as const)
      : ([
          ['number', 0.07],
          ['name', 0.33],
          ['position', 0.23],
          ['day', 0.15],
          ['signature', 0.22],
        ] as const)
  ).map(([word, width]) => ({ title: caption(WORDS[word], lang), width }))
  const empty = Array.from({ length: Math.max(2, LINES[which] - rows.length) }, (_, n) => [
    String(rows.length + n + 1),
    ...columns.slice(1).map(() => ''),
  ])
  return {
    lang,
    title: clean(joined([WORDS[which].ru, edition])),
    issuer: clean(organisation),
    heading: [...headingOf(WORDS[which], lang), ...(edition === '' ? [] : [`${caption(WORDS.edition, lang)} ${edition}`])],
    createdAt: view.createdAt ?? BLANK_MADE_AT,
    blocks: [{ kind: 'signatures', columns, rows: [...rows, ...empty], pen: 0 }],
  }
}

const changes = ({ changes: made = [] }: EditionView) =>
  made.map(({ section, day, by }, n) => [String(n + 1), clean(section), paperDay(day), clean(by)])

/** Whoever has confirmed it in the system needs no pen. */
const acquaintances = ({ lang, people = [] }: EditionView) =>
  people.map(({ name, position, day }, n) => [
    String(n + 1),
    clean(name),
    clean(position),
    day ? paperDay(day) : '',
    day ? WORDS.inSystem[lang] : '',
  ])

export const editionFileName = (which: EditionSheetName, edition: string, ending: 'pdf' | 'docx'): string =>
  fileNameOf([WORDS[which].ru, edition], ending)
