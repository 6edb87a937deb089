/** What the drawings say, as tables for pages and papers: everybody, every relation, every tie. */
import { FLOWS, TIES } from '../forms/family-codes.ts'
import type { FamilyDrawn } from '../forms/family.ts'
import type { Lang } from '../roles.ts'
import { keyOfBond, keyOfCouple, keyOfParent, keyOfTie } from './drawing.ts'
import type { Says } from './saying.ts'
import { drawnWords } from './words.ts'

export const relationsOf = ({ parents, couples, bonds }: FamilyDrawn, says: Says): { id: string; text: string }[] => [
  ...parents.map((one) => ({ id: keyOfParent(one), text: says.parent(one) })),
  ...couples.map((one) => ({ id: keyOfCouple(one), text: says.couple(one) })),
  ...bonds.map((one) => ({ id: keyOfBond(one), text: says.bond(one) })),
]

/** Of one surrounding: each tie in words. */
export const tiesOf = ({ ties }: FamilyDrawn, system: string, says: Says, lang: Lang): { id: string; text: string }[] =>
  ties
    .filter((tie) => tie.system === system)
    .map((tie) => ({
      id: keyOfTie(tie),
      text: `${tie.member === undefined ? drawnWords(lang).wholeFamily : says.who(tie.member)}: ${TIES[tie.strength][lang]}; ${FLOWS[tie.flow][lang]}`,
    }))
