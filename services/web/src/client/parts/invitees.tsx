/** Who is invited: an agency of the directory, somebody of ours, a member of the family. */
import { INVITEE_KINDS } from '@tirek/contract/forms/meeting-codes'
import { useId } from 'react'
import { useHere, usePeople } from '../me.tsx'
import { useAgencies } from '../meeting-data.ts'

export type Invited = { who: keyof typeof INVITEE_KINDS; [field: string]: unknown }

/** One of them. `at`: pointer of the field, for errors. */
export function InviteeFields({
  value,
  set,
  at,
  errors,
}: {
  value: Invited
  set(to: Invited): void
  at: string
  errors: ReadonlyMap<string, string>
}) {
  const { me, lang, words } = useHere()
  const people = usePeople()
  const agencies = useAgencies()
  const id = useId()
  const change = (more: object) => set({ ...value, ...more })
  const text = (name: string, caption: string, type = 'text') => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{caption}</label>
      <input
        id={`${id}-${name}`}
        type={type}
        autoComplete="off"
        value={String(value[name] ?? '')}
        aria-invalid={errors.has(`${at}/${name}`) || undefined}
        onChange={(event) => change({ [name]: event.target.value || undefined })}
      />
      {errors.get(`${at}/${name}`) && <p className="error">{errors.get(`${at}/${name}`)}</p>}
    </div>
  )
  const choose = (name: string, caption: string, options: readonly { value: string; label: string }[]) => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{caption}</label>
      <select
        id={`${id}-${name}`}
        value={String(value[name] ?? '')}
        onChange={(event) => change({ [name]: event.target.value || undefined })}
      >
        <option value="">{words.choose}</option>
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
      {errors.get(`${at}/${name}`) && <p className="error">{errors.get(`${at}/${name}`)}</p>}
    </div>
  )
  const agency = agencies.data?.items.find((one) => one.id === value['agency'])
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-who`}>{words.meetingWho}</label>
        <select
          id={`${id}-who`}
          value={value.who}
          onChange={(event) => set({ who: event.target.value as Invited['who'], role: value['role'] })}
        >
          {Object.entries(INVITEE_KINDS).map(([who, label]) => (
            <option key={who} value={who}>
              {label[lang]}
            </option>
          ))}
        </select>
      </div>
      {value.who === 'agency' &&
        choose(
          'agency',
          words.meetingWhom,
          (agencies.data?.items ?? []).map((one) => ({ value: one.id, label: one.name })),
        )}
      {value.who === 'agency' &&
        (agency?.contacts.length ?? 0) > 1 &&
        choose(
          'contact',
          words.contact,
          agency!.contacts.map((one) => ({ value: one.id, label: one.name })),
        )}
      {value.who === 'person' &&
        choose(
          'person',
          words.meetingWhom,
          [...people.values()].filter((one) => one.organisation === me.organisation).map((one) => ({ value: one.id, label: one.name })),
        )}
      {value.who === 'family' && (
        <>
          {text('name', words.meetingWhom)}
          {text('email', words.meetingEmail, 'email')}
          {text('phone', words.meetingPhone, 'tel')}
        </>
      )}
      {text('role', words.meetingRole)}
      <div className="field">
        <label className="tick" htmlFor={`${id}-needed`}>
          <input
            id={`${id}-needed`}
            type="checkbox"
            checked={value['needed'] === true}
            onChange={(event) => change({ needed: event.target.checked || undefined })}
          />
          <span>{words.meetingNeeded}</span>
        </label>
      </div>
    </>
  )
}
