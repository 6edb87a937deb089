import type { AboutMeeting } from '@tirek/workflows/messages'
import type { MeetingEntity } from '../calling/meeting.entity.ts'

/** What administrators see of a meeting in Temporal besides its facts. */
export const aboutOf = (meeting: MeetingEntity, link: string): AboutMeeting => ({
  number: meeting.caseNumber,
  organisation: meeting.organisation,
  ...(meeting.manager && { manager: meeting.manager }),
  link: `${link}/cases/${meeting.caseId}/meetings/${meeting.id}`,
})
