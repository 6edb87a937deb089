import type { RecordedAct } from '../../case.ts'
import type { Moment } from './draft.ts'

export const act = (one: RecordedAct): Moment => ({ id: one.id, at: one.happenedAt, recordedAt: one.recordedAt })
