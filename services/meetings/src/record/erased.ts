import type { Erased } from '@tirek/proceedings/erasing'
import { MEETING } from './kind.ts'

/** What goes when a case is erased. */
export const ERASED: Erased = {
  schema: MEETING.schema,
  of: MEETING.of,
  tables: ['outbox', 'step', 'workflow_ack', 'unmatched', 'change', 'protocol_file', 'protocol', 'mail', 'answer', 'invitee'],
  files: ['protocol_file'],
}
