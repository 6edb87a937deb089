import type { TimelineItem } from '@tirek/contract/answers'

/** An act as the timeline of a case tells it. */
export const act = (kind: string, happenedAt: number, form: Record<string, unknown>, more: Partial<TimelineItem> = {}): TimelineItem => ({
  id: `${kind}${happenedAt}`,
  kind,
  label: { ru: '', kk: '', en: '' },
  happenedAt,
  recordedAt: happenedAt,
  by: 'p',
  withdrawn: false,
  form,
  ...more,
})
