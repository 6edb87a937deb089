/** Appendix 4 whole: the plan as it was first signed, then each review and each later version in order (forms/family-support-plan.md). */
import type { Block } from '@tirek/contract/prints'
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'
import { planBlocks, type PlanBeside, type PlanForm } from '../prints/plan.ts'
import type { Printing } from '../prints/form-blocks.ts'
import { reviewBlocks } from '../review/sheets.ts'
import type { ReviewSheetView } from '../review/view.ts'
import type { Sheet } from '../sheet.ts'
import { caption, clean, joined } from '../text.ts'
import { BLANK_MADE_AT, headingOf, NO_PLAN, type OfCase } from './act-sheet.ts'
import { APPENDICES, PLAN_TITLE } from './titles.ts'

export type WholePlanView = {
  lang: Lang
  createdAt?: number
  organisation: string
  of?: OfCase
  /** In the order in which they were made. Empty: a blank form with two reviews, as the paper has it. */
  sheets: readonly ({ kind: 'version'; form: PlanForm; beside: PlanBeside } | { kind: 'review'; review: ReviewSheetView })[]
  nameOf: Printing['nameOf']
}

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
const VERSION = t('Индивидуальный план, версия {n}', 'Жеке жоспар, {n}-нұсқа', 'Individual plan, version {n}')

export function wholePlanSheet({ lang, createdAt, organisation, of, sheets, nameOf }: WholePlanView): Sheet {
  const reading: Printing = { lang, nameOf, isWhole: true }
  const blank: Block[] = [
    ...planBlocks({ planVersion: 1, parents: [], needs: [], specialists: [], measures: [] }, NO_PLAN, reading),
    ...reviewBlocks({ lang, number: 1, present: [], measures: [] }),
    ...reviewBlocks({ lang, number: 2, present: [], measures: [] }),
  ]
  return {
    lang,
    title: clean(joined([PLAN_TITLE.ru, of?.number])),
    issuer: clean(organisation),
    appendix: caption(APPENDICES[4], lang),
    heading: headingOf(PLAN_TITLE, lang),
    createdAt: createdAt ?? BLANK_MADE_AT,
    blocks:
      sheets.length === 0
        ? blank
        : sheets.flatMap((one, n): Block[] =>
            one.kind === 'review'
              ? reviewBlocks(one.review)
              : [
                  ...(n === 0
                    ? []
                    : [{ kind: 'notice' as const, texts: [caption(VERSION, lang).replaceAll('{n}', String(one.form.planVersion))] }]),
                  ...planBlocks(one.form, one.beside, reading),
                ],
          ),
  }
}
