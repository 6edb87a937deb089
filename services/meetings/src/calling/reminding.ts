/** The mails of steps: the silent are reminded. */
import type { MeetingStep } from '@tirek/procedure/meetings/steps'
import type { DirectoryViews } from '@tirek/proceedings/directory'
import type { Told } from '@tirek/proceedings/outbox'
import type { EntityManager } from 'typeorm'
import type { Loaded } from '../record/loaded.ts'
import { mailAll } from './mails.ts'

export const remindersOf =
  (directory: DirectoryViews) =>
  async (tx: EntityManager, loaded: Loaded, steps: readonly MeetingStep[], now: number): Promise<Told[]> => {
    const { meeting, invitees } = loaded
    const told: Told[] = []
    const names = await directory.organisationName(meeting.organisation)
    for (const step of steps)
      await mailAll(
        { tx, told, loaded, now },
        names,
        invitees.filter(({ id }) => id === step.invitee),
        { kind: 'meeting-reminded', nth: `${step.row}.${meeting.sequence}`, asks: true },
      )
    return told
  }
