/** Taking a step: the record has the last word. Asked by the meeting's workflow, and by the watch should Temporal be away, with the same keys. */
import { MEETING_RULES } from '@tirek/procedure/meetings/rows'
import { meetingStepsOf, stepsThatHelp, type MeetingStep } from '@tirek/procedure/meetings/steps'
import type { Clock } from '@tirek/platform/clock'
import type { MeetingStepsTaken, TakeMeetingSteps } from '@tirek/workflows/activities'
import type { EntityManager } from 'typeorm'
import { mailAll } from '../calling/mails.ts'
import { MeetingEntity } from '../calling/meeting.entity.ts'
import type { DirectoryViews } from '../record/directory.ts'
import { nextStepOf } from '../record/changes.ts'
import { factsOf, load, type Loaded } from '../record/loaded.ts'
import { tell, type Told } from '../record/outbox.ts'
import { sqlOf, type Store } from '../record/store.ts'
import { aboutOf } from './about.ts'
import { noticeOf } from './notice.ts'

/** A clock may be a second behind the one that asks. */
const CLOCKS_DIFFER = 1_000

export type StepTools = { work: Store; clock: Clock; directory: DirectoryViews; link: string }

export const createTakeSteps =
  ({ work, clock, directory, link }: StepTools) =>
  ({ meetingId, stepKeys, by }: TakeMeetingSteps): Promise<MeetingStepsTaken> =>
    work.asItself(async (tx) => {
      const loaded = await load(tx, meetingId, true)
      if (!loaded) throw new Error('no such meeting')
      const sql = sqlOf(tx)
      const now = clock.now()
      const { meeting } = loaded
      const rows = await sql('SELECT key FROM meetings.step WHERE meeting = $1', [meetingId])
      const taken = new Set(rows.map((row) => row['key'] as string))
      const wanted = new Set(stepKeys)
      const asked = meetingStepsOf(factsOf(loaded), MEETING_RULES, await directory.calendar(meeting.calendar)).filter(
        ({ key }) => wanted.has(key) && !taken.has(key),
      )
      const due = asked.filter(({ at }) => at <= now + CLOCKS_DIFFER)
      const early = asked.find(({ at }) => at > now + CLOCKS_DIFFER)
      for (const step of due) {
        await sql('INSERT INTO meetings.step (meeting, key, "row", at, taken_at, taken_by) VALUES ($1, $2, $3, $4, $5, $6)', [
          meetingId,
          step.key,
          step.row,
          step.at,
          now,
          by,
        ])
        taken.add(step.key)
      }
      if (due.length > 0) await act(tx, loaded, stepsThatHelp(due, factsOf(loaded), MEETING_RULES, now), directory, now)
      return {
        facts: factsOf(loaded),
        about: aboutOf(meeting, link),
        taken: stepKeys.filter((key) => taken.has(key)),
        ...(early && { notYet: early.at }),
      }
    })

/** Reminders go to invitees; of what is told, steps of one row go in one letter. */
async function act(tx: EntityManager, loaded: Loaded, due: readonly MeetingStep[], directory: DirectoryViews, now: number): Promise<void> {
  const { meeting, invitees } = loaded
  const told: Told[] = []
  const mails = due.filter((step) => step.do === 'mail')
  if (mails.length > 0) {
    const names = await directory.organisationName(meeting.organisation)
    for (const step of mails)
      await mailAll(
        { tx, told, loaded, now },
        names,
        invitees.filter(({ id }) => id === step.invitee),
        {
          kind: 'meeting-reminded',
          nth: `${step.row}.${meeting.sequence}`,
          asks: true,
        },
      )
  }
  for (const steps of Map.groupBy(
    due.filter((step) => step.do === 'tell'),
    ({ row }) => row,
  ).values())
    told.push({
      kind: 'notice',
      payload: noticeOf(
        meeting,
        steps.map(({ row, key, at, whom }) => ({ row, key, at, whom: whom as 'case-manager' | 'supervisor' })),
        now,
      ),
    })
  await tx.update(MeetingEntity, { id: meeting.id }, { nextStepAt: await nextStepOf(tx, directory, loaded) })
  await tell(sqlOf(tx), { meeting: meeting.id, caseId: meeting.caseId, version: meeting.factsVersion, now }, told)
}
