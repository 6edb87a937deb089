/** Which acts there are, for the pages. Their forms: libs/contract. */
import { ACTS, KINDS } from '@tirek/contract/acts'
import { describedOf, type FormSchema } from '@tirek/contract/forms/described'
import { MeetingCalled } from '@tirek/contract/forms/meeting'
import { MEETING_ACTS } from '@tirek/contract/meetings'
import type { ActKind } from '@tirek/procedure/child-protection/acts'

/** Every act with its name and who may record it. */
export const actList = () => KINDS.map((kind) => ({ kind, label: ACTS[kind].label, roles: ACTS[kind].roles }))

export const isKind = (kind: string): kind is ActKind => Object.hasOwn(ACTS, kind)

const made = new Map<string, FormSchema>()
/** The form by which a meeting is called, or of an act on one; nothing where there is no such act. */
export function meetingForm(act: string): FormSchema | undefined {
  const form =
    act === 'called' ? MeetingCalled : Object.hasOwn(MEETING_ACTS, act) ? MEETING_ACTS[act as keyof typeof MEETING_ACTS].form : undefined
  if (!form) return undefined
  if (!made.has(act)) made.set(act, describedOf(form))
  return made.get(act)
}
