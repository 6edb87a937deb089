/** What is told to people of ours: by the notices that all letters go by, without anything personal. */
import type { NoticeInput } from '@tirek/contract/notices'
import type { Kind, ProceedingRow } from './kind.ts'

export type ToldStep = { row: string; key: string; at: number; whom: 'case-manager' | 'supervisor' }

/** Steps of one row go in one letter. */
export function noticeOf(
  { of, ruleOf }: Pick<Kind<never>, 'of' | 'ruleOf'>,
  proceeding: ProceedingRow,
  steps: readonly ToldStep[],
  now: number,
): NoticeInput {
  const { row } = steps[0]!
  return {
    key: `${of}/${proceeding.id}/${steps.map(({ key }) => key).join('|')}`.slice(0, 600),
    caseId: proceeding.caseId,
    caseNumber: proceeding.caseNumber,
    organisation: proceeding.organisation,
    programme: proceeding.programme,
    rule: ruleOf(row),
    row,
    deadlineKey: `${of}/${proceeding.id}`,
    urgent: false,
    sendAt: Math.max(now, ...steps.map(({ at }) => at)),
    steps: steps.map(({ key, at, whom }) => ({
      key: `${of}/${proceeding.id}/${key}`.slice(0, 400),
      do: whom === 'supervisor' ? 'escalate' : 'remind',
      at,
      whom: [whom],
      repeat: 0,
    })),
    people: { ...(proceeding.manager && { caseManager: proceeding.manager }), firstPerson: proceeding.firstPerson },
    event: of,
  }
}
