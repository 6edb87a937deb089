/** Whom to call in the hour: the agencies of the territory by the directory, and those of one's own who lead and are on duty. One tap calls. */
import { AGENCY_KINDS } from '@tirek/contract/agency-codes'
import type { Agency } from '@tirek/contract/agencies'
import type { Duty, Organisation } from '@tirek/contract/people'
import { dayOf } from '@tirek/procedure/time'
import { useAll } from '../manage-data.ts'
import { useHere, useNow, usePeople } from '../me.tsx'
import { workWords } from '../words-of/work.ts'
import { TOLD } from '../words.ts'

/** Police and juvenile inspection close the hour; the guardianship body takes the child in. */
const CALLED = ['police', 'juvenile-inspection', 'guardianship-body'] as const

type Callee = { key: string; name: string; role: string; phone: string | undefined }

export function CallList({ organisation, manager }: { organisation: string; manager?: string | undefined }) {
  const { me, lang, words } = useHere()
  const tell = workWords(lang)
  const people = usePeople()
  const today = dayOf(useNow(60_000))
  const agencies = useAll<Agency>('/api/agencies')
  const duty = useAll<Duty>('/api/duty')
  const territory = useAll<Organisation>('/api/organisations').data?.find((one) => one.id === organisation)?.territory
  const colleague = (id: string | null | undefined, role: string): Callee[] => {
    const person = id ? people.get(id) : undefined
    return person && person.id !== me.person
      ? [{ key: `${role}${person.id}`, name: person.name, role, phone: person.phone ?? undefined }]
      : []
  }
  const outside = CALLED.flatMap((kind) =>
    (agencies.data ?? [])
      .filter((one) => one.kind === kind && (territory === undefined || one.territory === territory))
      .map((one): Callee => ({
        key: one.id,
        name: one.name,
        role: [AGENCY_KINDS[kind][lang], one.contacts[0]?.name].filter(Boolean).join(', '),
        phone: one.contacts.find(({ phone }) => phone)?.phone ?? undefined,
      })),
  )
  const turns = (duty.data ?? [])
    .filter((one) => one.organisation === organisation && one.fromDay <= today && (!one.toDay || one.toDay >= today))
    .toSorted((a, b) => a.position - b.position)
  const inside = [
    ...colleague(manager, TOLD['case-manager']![lang]),
    ...colleague(people.get(manager ?? me.person)?.supervisor, TOLD['supervisor']![lang]),
    ...turns.slice(0, 2).flatMap((one) => colleague(one.person, TOLD['on-duty']![lang])),
  ]
  return (
    <section className="card pad" aria-labelledby="call-title">
      <h2 id="call-title">{tell.call}</h2>
      {agencies.isSuccess && !outside.some(({ phone }) => phone) && <p>{tell.callNone}</p>}
      <ul className="calls">
        {[...outside, ...inside].map((one) => (
          <li key={one.key}>
            <span>
              <b>{one.name}</b>
              <small>{one.role}</small>
            </span>
            {one.phone ? (
              <a
                className="button quiet num"
                href={`tel:${one.phone.replaceAll(/[^+\d]/g, '')}`}
                aria-label={`${tell.callOne} ${one.name}: ${one.phone}`}
              >
                {one.phone}
              </a>
            ) : (
              <small>{tell.noPhone}</small>
            )}
          </li>
        ))}
      </ul>
      {agencies.isPending && <p className="soft">{words.loading}</p>}
    </section>
  )
}
