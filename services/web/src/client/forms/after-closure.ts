/** Looks after closure (CP-62, CP-65) and what of them begins a relapse (CP-63). Pure. */
import type { TimelineItem } from '@tirek/contract/answers'
import type { Lang } from '@tirek/contract/roles'
import { dayOf, type Instant } from '@tirek/procedure/time'
import { isAct } from '../case-data.ts'
import { dayText } from '../when.ts'
import { formWords } from '../words-of/forms.ts'

export type Look = { id: string; at: Instant; copes: boolean; problemsBack: boolean; worse: boolean; conclusion?: string }

/** Looks since an instant, newest first as the timeline is. */
export const looksOf = (timeline: readonly TimelineItem[], since: Instant = -Infinity): Look[] =>
  timeline
    .filter((item) => item.kind === 'monitoring-look' && isAct(item) && !item.withdrawn && item.form && item.happenedAt >= since)
    .map(({ id, happenedAt, form }) => ({
      id,
      at: happenedAt,
      copes: form!['copes'] === true,
      problemsBack: form!['problemsBack'] === true,
      worse: form!['worse'] === true,
      ...(typeof form!['conclusion'] === 'string' && { conclusion: form!['conclusion'] }),
    }))

export const isWell = ({ copes, problemsBack, worse }: Pick<Look, 'copes' | 'problemsBack' | 'worse'>): boolean =>
  copes && !problemsBack && !worse
/** CP-65: these propose to open the case again. */
export const speaksOfRelapse = ({ problemsBack, worse }: Pick<Look, 'problemsBack' | 'worse'>): boolean => problemsBack || worse

/** The look that a relapse begins with: the newest, where it speaks of one and no relapse was recorded since. */
export function lookBehind(timeline: readonly TimelineItem[]): Look | undefined {
  const [newest] = looksOf(timeline)
  if (!newest || !speaksOfRelapse(newest)) return undefined
  const since = timeline.some((item) => item.kind === 'relapse' && isAct(item) && !item.withdrawn && item.happenedAt >= newest.at)
  return since ? undefined : newest
}

/** What a look found, as the ground of the relapse: in the words of who goes on writing it. */
export function groundOf(look: Look, lang: Lang): string {
  const frm = formWords(lang)
  const said = [look.problemsBack && frm.lookBack, look.worse && frm.lookWorse].filter(Boolean).join(', ')
  return [`${frm.lookOf} ${dayText(dayOf(look.at), lang)}: ${said}`, look.conclusion].filter(Boolean).join('. ')
}

/** A look that proposes to open the case again is not the last one and concludes nothing. */
export function lookToSend(form: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { conclusion, ...rest } = form
  const isLast = form['last'] === true && form['problemsBack'] !== true && form['worse'] !== true
  return { ...rest, last: isLast, ...(isLast && conclusion !== undefined && { conclusion }) }
}
