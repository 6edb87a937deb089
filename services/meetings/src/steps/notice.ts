/** What is told to people of ours: by the notices that all letters go by, without anything personal. */
import type { NoticeInput } from '@tirek/contract/notices'
import { MEETING_ROWS, type MeetingRow } from '@tirek/procedure/meetings/rows'
import type { MeetingEntity } from '../calling/meeting.entity.ts'

type Telling = { row: MeetingRow; key: string; at: number; whom: 'case-manager' | 'supervisor' }

/** Steps of one row go in one letter. */
export function noticeOf(meeting: MeetingEntity, steps: readonly Telling[], now: number): NoticeInput {
  const { row } = steps[0]!
  return {
    key: `meeting/${meeting.id}/${steps.map(({ key }) => key).join('|')}`.slice(0, 600),
    caseId: meeting.caseId,
    caseNumber: meeting.caseNumber,
    organisation: meeting.organisation,
    programme: meeting.programme,
    rule: MEETING_ROWS[row].rule,
    row,
    deadlineKey: `meeting/${meeting.id}`,
    urgent: false,
    sendAt: Math.max(now, ...steps.map(({ at }) => at)),
    steps: steps.map(({ key, at, whom }) => ({
      key: `meeting/${meeting.id}/${key}`.slice(0, 400),
      do: whom === 'supervisor' ? 'escalate' : 'remind',
      at,
      whom: [whom],
      repeat: 0,
    })),
    people: { ...(meeting.manager && { caseManager: meeting.manager }), firstPerson: meeting.firstPerson },
    event: 'meeting',
  }
}
