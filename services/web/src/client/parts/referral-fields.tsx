/** To whom, the letter, what goes with it, and what members demanded: of a new referral and of one that is edited. */
import { DEMANDS } from '@tirek/contract/forms/meeting-codes'
import type { ReferralOffer } from '@tirek/contract/referrals'
import type { Path } from '../fields.ts'
import { useHere } from '../me.tsx'
import { referralWords } from '../words-of/referrals.ts'
import { Field } from './field.tsx'
import { useForm } from './form.tsx'

type Agency = ReferralOffer['bodies'][number]['agencies'][number]
export const agenciesOf = (offer: ReferralOffer | undefined, body: string | undefined): readonly Agency[] =>
  offer?.bodies.find((one) => one.body === body)?.agencies ?? []

/** Choices of the fields that name somebody of the directory. */
export const addresseeIds = (agencies: readonly Agency[], chosen: unknown) => (path: Path) => {
  if (path.length !== 1) return undefined
  if (path[0] === 'agency') return agencies.map((one) => ({ value: one.id, label: one.name }))
  const contacts = agencies.find(({ id }) => id === chosen)?.contacts ?? []
  if (path[0] === 'contact')
    return contacts.map((one) => ({ value: one.id, label: [one.name, one.email ?? one.phone].filter(Boolean).join(', ') }))
  return path[0] === 'caseId' || path[0] === 'meeting' || path[0] === 'previous' ? 'made' : undefined
}

export function ReferralFields({ agencies, demands }: { agencies: readonly Agency[]; demands: ReferralOffer['demands'] }) {
  const { lang } = useHere()
  const ref = referralWords(lang)
  const form = useForm()
  const value = form.value as { agency?: string; contact?: string }
  const agency = agencies.find(({ id }) => id === value.agency)
  const contact = agency?.contacts.find(({ id }) => id === value.contact) ?? agency?.contacts[0]
  return (
    <>
      {agencies.length === 0 ? <p className="note soon">{ref.noAgency}</p> : <Field at={['agency']} />}
      {agency?.powers && (
        <p className="soft">
          {ref.powers}: {agency.powers}
        </p>
      )}
      {(agency?.contacts.length ?? 0) > 1 && <Field at={['contact']} />}
      {agency && <p className="soft">{[contact?.name, contact?.phone, contact?.email ?? ref.onlyPaper].filter(Boolean).join(' · ')}</p>}
      <Field at={['letter']} />
      <div>
        <Field at={['enclosures']} />
        <p className="soft">{ref.always}</p>
      </div>
      {demands.length > 0 && (
        <section aria-labelledby="demands-title">
          <h2 className="small" id="demands-title">
            {ref.demandsOfProtocol}
          </h2>
          <ul className="papers">
            {demands.map((one) => (
              <li key={`${one.who}${one.demands}`}>
                <b>{one.who}</b>: {DEMANDS[one.demands][lang]}. {one.reasons}
              </li>
            ))}
          </ul>
        </section>
      )}
      <div>
        <Field at={['demands']} />
        <p className="soft">{ref.goesBy}</p>
      </div>
    </>
  )
}
