/** Who takes part in the case beside those who lead it; whom it was opened to in danger; to whom it is offered. */
import type { CaseAccess } from '@tirek/contract/access'
import type { CasePage } from '@tirek/contract/answers'
import { GIVEN_PARTS } from '@tirek/contract/access-codes'
import { dayOf, type Instant } from '@tirek/procedure/time'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ask } from '../api.ts'
import { useAccess } from '../case-data.ts'
import { useHere } from '../me.tsx'
import { momentText } from '../when.ts'
import { Failure } from './states.tsx'

export type Organisation = { id: string; name: { ru: string; kk: string; en: string } }
export const useOrganisations = (enabled = true) =>
  useQuery({
    queryKey: ['organisations'],
    queryFn: ({ signal }) => ask<{ items: Organisation[] }>('/api/organisations', { signal }),
    enabled,
    staleTime: 300_000,
  })

export function TakingPart({ found, now }: { found: CasePage; now: Instant }) {
  const { words } = useHere()
  const { id } = found.summary
  const access = useAccess(id)
  const may = new Set<string>(found.allowedActs)
  const { participants = [], openings = [], offer } = access.data ?? {}
  return (
    <section className="card pad papers-card" aria-labelledby="taking-part-title">
      <h2 id="taking-part-title">{words.takingPart}</h2>
      {access.isError && <Failure error={access.error} words={words} onAgain={() => void access.refetch()} />}
      {access.isSuccess && participants.length === 0 && <p className="soft">{words.nobodyInvited}</p>}
      {participants.length > 0 && <Participants id={id} participants={participants} mayEnd={may.has('participation-ended')} />}
      {openings.map((one) => (
        <Opening key={`${one.person}${one.from}`} opening={one} now={now} />
      ))}
      {may.has('participant-invited') && (
        <p>
          <Link className="button quiet" to="/cases/$id/record/$kind" params={{ id, kind: 'participant-invited' }}>
            {words.invite}
          </Link>
        </p>
      )}
      {offer && <Offered id={id} offer={offer} now={now} mayTakeBack={may.has('hand-over-taken-back')} />}
      {!offer && access.isSuccess && may.has('hand-over-offered') && (
        <p>
          <Link to="/cases/$id/record/$kind" params={{ id, kind: 'hand-over-offered' }}>
            {words.offerFile}
          </Link>
        </p>
      )}
    </section>
  )
}

function Participants({ id, participants, mayEnd }: { id: string; participants: CaseAccess['participants']; mayEnd: boolean }) {
  const { lang, words } = useHere()
  return (
    <ul className="papers">
      {participants.map((one) => (
        <li key={one.act}>
          <b>{one.name ?? words.somebody}</b>
          <br />
          <small>{one.parts.map((part) => GIVEN_PARTS[part][lang]).join(', ')}</small>
          {mayEnd && (
            <>
              {' · '}
              <a href={`/cases/${id}/record/participation-ended?person=${one.person}`}>
                {words.endAccess}
                <span className="hidden">: {one.name}</span>
              </a>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

function Opening({ opening, now }: { opening: CaseAccess['openings'][number]; now: Instant }) {
  const { lang, words } = useHere()
  return (
    <p className="note soon">
      {words.openedInDanger}: {opening.name ?? words.somebody}, {words.openUntil} {momentText(opening.until, lang, dayOf(now))}
    </p>
  )
}

function Offered({
  id,
  offer,
  now,
  mayTakeBack,
}: {
  id: string
  offer: NonNullable<CaseAccess['offer']>
  now: Instant
  mayTakeBack: boolean
}) {
  const { lang, words } = useHere()
  const organisations = useOrganisations()
  return (
    <p className="note">
      {words.offeredTo}: {organisations.data?.items.find((one) => one.id === offer.organisation)?.name[lang] ?? '…'},{' '}
      {momentText(offer.at, lang, dayOf(now))}. {words.leadsUntilAccepted}{' '}
      {mayTakeBack && (
        <Link to="/cases/$id/record/$kind" params={{ id, kind: 'hand-over-taken-back' }}>
          {words.takeBack}
        </Link>
      )}
    </p>
  )
}
