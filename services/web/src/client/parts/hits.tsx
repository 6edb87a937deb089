/** What the register search found: why it matched and whether it is closed. */
import type { RegisterHit } from '@tirek/contract/answers'
import { dayOf, type Day } from '@tirek/procedure/time'
import { Link } from '@tanstack/react-router'
import { useHere, usePeople } from '../me.tsx'
import { ageText } from '@tirek/contract/ages'
import { dayText } from '../when.ts'
import { STAGES } from '../words.ts'

export function Hits({ hits, today }: { hits: readonly (RegisterHit & { whys?: readonly RegisterHit['why'][] })[]; today: Day }) {
  const { lang, words } = useHere()
  const people = usePeople()
  const why = { iin: words.byIin, name: words.byName, phone: words.byPhone, address: words.byAddress }
  return (
    <ul className="card tasks loose">
      {hits.map((hit) => (
        <li key={hit.number} className="task">
          {hit.caseId ? (
            <Link className="title" to="/cases/$id" params={{ id: hit.caseId }}>
              {words.casePrefix} {hit.number}
            </Link>
          ) : (
            <span className="title">
              {words.casePrefix} {hit.number}
            </span>
          )}
          <span className={`tag ${hit.ended ? 'soon' : 'plain'}`}>
            {hit.ended ? words.ended : (STAGES[hit.stage]?.[lang] ?? hit.stage)}
          </span>
          <span className="tag plain">{(hit.whys ?? [hit.why]).map((one) => why[one]).join(', ')}</span>
          {!hit.mayOpen && (
            <Link className="button quiet" to="/danger/$number" params={{ number: hit.number }} preload={false}>
              {words.dangerOpen}
              <span className="hidden">: {hit.number}</span>
            </Link>
          )}
          <span className="why">
            {[
              hit.name,
              hit.birthDate && ageText(hit.birthDate, today, lang),
              hit.address,
              !hit.mayOpen && (hit.manager ? `${words.ledBy} ${people.get(hit.manager)?.name ?? ''}` : words.noManager),
              `${words.since} ${dayText(dayOf(hit.openedAt), lang, today)}`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}
