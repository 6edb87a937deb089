import type { Lang } from '@tirek/contract/roles'
import type { Words } from '../words.ts'

/** Risk: a word and a colour. */
export function RiskTag({ risk, words }: { risk: string; words: Words }) {
  const [text, tone] = {
    high: [words.riskHigh, 'late'],
    medium: [words.riskMedium, 'soon'],
    low: [words.riskLow, 'plain'],
    none: [words.riskNone, 'plain'],
  }[risk] ?? [words.riskUnknown, 'plain']
  return <span className={`tag ${tone}`}>{text}</span>
}

/** “Срочные меры в течение часа” in the page's language. */
export const said = (text: { ru: string; kk: string; en: string }, lang: Lang): string => text[lang]
