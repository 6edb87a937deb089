/** Agencies that the plan asks for, to be ticked off. What is ticked stands among the invited. */
import { AGENCY_KINDS } from '@tirek/contract/agency-codes'
import { useId } from 'react'
import { useHere } from '../me.tsx'
import type { Proposed } from '../proposed.ts'
import type { Invited } from './invitees.tsx'

/** Was this one ticked here? One that was added by hand has a role in the words of who did. */
export const isTicked = (one: Invited, proposed: readonly Proposed[]): boolean =>
  one.who === 'agency' &&
  proposed.some(({ id, kind }) => id === one['agency'] && (Object.values(AGENCY_KINDS[kind]) as unknown[]).includes(one['role']))

export function ProposedInvitees({
  proposed,
  invitees,
  set,
  errors,
}: {
  proposed: readonly Proposed[]
  invitees: readonly Invited[]
  set(to: Invited[]): void
  errors: ReadonlyMap<string, string>
}) {
  const { lang, words } = useHere()
  const id = useId()
  if (proposed.length === 0) return null
  return (
    <fieldset className="group">
      <legend>{words.meetingProposed}</legend>
      <p className="soft">{words.meetingProposedLead}</p>
      {proposed.map((one) => {
        const at = invitees.findIndex((other) => other['agency'] === one.id && isTicked(other, [one]))
        const invited = invitees[at]
        return (
          <div key={one.id} className="gap">
            <label className="tick" htmlFor={`${id}-${one.id}`}>
              <input
                id={`${id}-${one.id}`}
                type="checkbox"
                checked={at >= 0}
                onChange={(event) => set(event.target.checked ? [...invitees, invitedOf(one, lang)] : invitees.filter((_, n) => n !== at))}
              />
              <span>
                {one.name}, {AGENCY_KINDS[one.kind][lang]}
              </span>
            </label>
            {[...errors].map(([pointer, said]) =>
              at >= 0 && pointer.startsWith(`/invitees/${at}/`) ? (
                <p key={pointer} className="error">
                  {said}
                </p>
              ) : null,
            )}
            {invited && (
              <label className="tick" htmlFor={`${id}-${one.id}-needed`}>
                <input
                  id={`${id}-${one.id}-needed`}
                  type="checkbox"
                  checked={invited['needed'] === true}
                  onChange={(event) =>
                    set(invitees.map((other, n) => (n === at ? { ...other, needed: event.target.checked || undefined } : other)))
                  }
                />
                <span>{words.meetingNeeded}</span>
              </label>
            )}
          </div>
        )
      })}
    </fieldset>
  )
}

export const invitedOf = ({ id, kind }: Proposed, lang: 'ru' | 'kk' | 'en'): Invited => ({
  who: 'agency',
  agency: id,
  role: AGENCY_KINDS[kind][lang],
})
