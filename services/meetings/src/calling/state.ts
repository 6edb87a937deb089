/** What is possible with a meeting as it stands, and how its time and place are read from a form. */
import { msOf } from '@tirek/contract/forms/fields'
import { ProblemError } from '@tirek/platform/problem'
import type { Changing } from '../record/kind.ts'
import type { MeetingEntity } from './meeting.entity.ts'

export type Time = { startsAt: string; endsAt: string }

export const timeOf = ({ startsAt, endsAt }: Time) => ({ startsAt: msOf(startsAt), endsAt: msOf(endsAt) })
export const whereOf = (form: { place?: string | undefined; video?: string | undefined }) => ({
  place: form.place ?? null,
  video: form.video ?? null,
})

export function mustBe(meeting: MeetingEntity, states: readonly MeetingEntity['state'][]): void {
  if (!states.includes(meeting.state)) throw new ProblemError('meeting-state', { more: { state: meeting.state } })
}

/** Nobody is asked to come for a case that has ended. */
export function mustGoOn({ decision }: Pick<Changing, 'decision'>): void {
  if (decision.ended) throw new ProblemError('meeting-state', { more: { state: 'ended' } })
}

export function mustLieAhead(form: Time, now: number, at: readonly string[] = []): void {
  if (msOf(form.startsAt) <= now) throw badField([...at, 'startsAt'], 'in-past')
}

export const badField = (path: PropertyKey[], message: string) =>
  new ProblemError('bad-input', { issues: [{ code: 'custom', message, path }] })
