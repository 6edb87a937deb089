/** Genogram or ecomap of a day with its signs, and the table that says the same: the drawing of the page, on paper. */
import { ecomapOf } from '@tirek/contract/family/ecomap'
import { genogramOf } from '@tirek/contract/family/genogram'
import { legendOf } from '@tirek/contract/family/legend'
import { sayingOf } from '@tirek/contract/family/saying'
import { svgOf } from '@tirek/contract/family/svg'
import { relationsOf, tiesOf } from '@tirek/contract/family/tables'
import { DRAWN, type Said } from '@tirek/contract/family/words'
import type { FamilyDrawn } from '@tirek/contract/forms/family'
import type { FamilySheet } from '@tirek/contract/papers'
import type { Block } from '@tirek/contract/prints'
import { paperDay } from '@tirek/contract/paper-day'
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'
import { fileNameOf } from '../file-name.ts'
import type { Drawn, Sheet } from '../sheet.ts'
import { caption, clean, joined } from '../text.ts'
import { headingOf, WORDS } from './act-sheet.ts'

const t = ([ru, kk, en]: Said): Text => ({ ru, kk, en })
const YES: Text = { ru: 'да', kk: 'иә', en: 'yes' }
const NO: Text = { ru: 'нет', kk: 'жоқ', en: 'no' }
/** As wide as the page: three columns. */
const LEGEND = 960

export type FamilyView = {
  lang: Lang
  /** When the drawing was recorded, ms UTC. */
  createdAt: number
  organisation: string
  number: string
  family: FamilyDrawn
  /** People are called by their names too; without, by who they are to the child. */
  names: boolean
}

export function familySheet(which: FamilySheet, view: FamilyView): Sheet {
  const { lang, family, names, number } = view
  const says = sayingOf(family, lang, names)
  const title = t(DRAWN[which])
  return {
    lang,
    title: clean(joined([title.ru, number, paperDay(family.asOf)])),
    issuer: clean(view.organisation),
    heading: [...new Set(headingOf(title, lang)), `${caption(WORDS.fileNumber, lang)} ${number}, ${paperDay(family.asOf)}`],
    createdAt: view.createdAt,
    isLandscape: true,
    drawings: drawn(which, view),
    blocks: [
      ...(which === 'genogram' ? peopleBlocks(view, says) : surroundingsBlocks(view, says)),
      ...(family.conclusions ? [{ kind: 'notice' as const, texts: [clean(family.conclusions)] }] : []),
    ],
  }
}

type Says = ReturnType<typeof sayingOf>

function drawn(which: FamilySheet, { lang, family, names }: FamilyView): Drawn[] {
  const says = sayingOf(family, lang, names)
  const drawing = which === 'genogram' ? genogramOf(family, says) : ecomapOf(family, says)
  return [drawing, legendOf(which, lang, LEGEND)].map((one) => ({
    svg: svgOf(one, '', undefined, 'before'),
    width: Math.ceil(one.width),
    height: Math.ceil(one.height),
  }))
}

const title = (said: Said, lang: Lang) => caption(t(said), lang)

function peopleBlocks({ lang, family }: FamilyView, says: Says): Block[] {
  const relations = relationsOf(family, says)
  return [
    {
      kind: 'table',
      caption: title(DRAWN.people, lang),
      columns: [
        { title: title(DRAWN.who, lang), width: 0.56 },
        { title: title(DRAWN.age, lang), width: 0.24 },
        { title: title(DRAWN.home, lang), width: 0.2 },
      ],
      rows: family.members.map((member) => [
        clean([says.who(member.id), member.note].filter(Boolean).join('\n')),
        says.ageWords(member) || '—',
        (member.inHousehold ? YES : NO)[lang],
      ]),
      pen: 0,
    },
    ...(relations.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            caption: title(DRAWN.relations, lang),
            columns: [{ title: title(DRAWN.relation, lang), width: 1 }],
            rows: relations.map(({ text }) => [clean(text)]),
            pen: 0,
          },
        ]),
  ]
}

const surroundingsBlocks = ({ lang, family }: FamilyView, says: Says): Block[] => [
  {
    kind: 'table',
    columns: [
      { title: title(DRAWN.surroundings, lang), width: 0.4 },
      { title: title(DRAWN.ties, lang), width: 0.6 },
    ],
    rows: family.systems.map((system) => [
      clean(says.system(system)),
      clean(
        tiesOf(family, system.id, says, lang)
          .map(({ text }) => text)
          .join('\n') || '—',
      ),
    ]),
    pen: 0,
  },
]

/** `Генограмма_ALM-2026-17_2026-11-24.pdf`: nobody's name, also where names stand on the drawing. */
export const familyFileName = (which: FamilySheet, { number, family }: Pick<FamilyView, 'number' | 'family'>): string =>
  fileNameOf([DRAWN[which][0], number, family.asOf], 'pdf')
