/** Which acts there are, for the pages. Their forms: libs/contract. */
import { ACTS, KINDS } from '@tirek/contract/acts'
import { describedOf, type FormSchema } from '@tirek/contract/forms/described'
import { EntryWithdrawn, JournalEntryForms } from '@tirek/contract/forms/journals'
import { MeetingCalled } from '@tirek/contract/forms/meeting'
import { ReferralPrepared } from '@tirek/contract/forms/referral'
import { MEETING_ACTS } from '@tirek/contract/meetings'
import { REFERRAL_ACTS } from '@tirek/contract/referrals'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import type { z } from 'zod'

/** Every act with its name and who may record it. */
export const actList = () => KINDS.map((kind) => ({ kind, label: ACTS[kind].label, roles: ACTS[kind].roles }))

export const isKind = (kind: string): kind is ActKind => Object.hasOwn(ACTS, kind)

const made = new Map<string, FormSchema>()
const described = (name: string, form: z.ZodType | undefined): FormSchema | undefined => {
  if (form && !made.has(name)) made.set(name, describedOf(form))
  return made.get(name)
}
const formIn = (acts: Readonly<Record<string, { form: z.ZodType }>>, act: string) =>
  Object.hasOwn(acts, act) ? acts[act]!.form : undefined

/** The form by which a meeting is called, or of an act on one; nothing where there is no such act. */
export const meetingForm = (act: string): FormSchema | undefined =>
  described(`meetings/${act}`, act === 'called' ? MeetingCalled : formIn(MEETING_ACTS, act))
/** The form by which a referral is prepared, or of an act on one. */
export const referralForm = (act: string): FormSchema | undefined =>
  described(`referrals/${act}`, act === 'prepared' ? ReferralPrepared : formIn(REFERRAL_ACTS, act))
/** The row of a journal that is kept by hand, or by which one is struck out. */
export const journalForm = (name: string): FormSchema | undefined =>
  described(
    `journals/${name}`,
    name === 'withdrawn'
      ? EntryWithdrawn
      : Object.hasOwn(JournalEntryForms, name)
        ? JournalEntryForms[name as keyof typeof JournalEntryForms]
        : undefined,
  )
