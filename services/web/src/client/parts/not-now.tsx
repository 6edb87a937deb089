/** Instead of a form that would be refused: why, and the way to what comes first. */
import type { CasePage } from '@tirek/contract/answers'
import { ROLES } from '@tirek/contract/role-names'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { PLAN } from '../act-values.ts'
import type { ActName } from '../case-data.ts'
import type { Bar, First } from '../comes-first.ts'
import { useHere, usePeople } from '../me.tsx'
import { titleOf } from '../forms/faces.ts'
import { workWords } from '../words-of/work.ts'
import { comesFirstWords, placeWords, whyWords } from '../words-of/comes-first.ts'
import { STAGES } from '../words.ts'

/** It is done elsewhere, and nothing comes before. */
const LEAD_AWAY: ReadonlySet<Bar['why']> = new Set(['opensCase', 'ofOffer', 'notClosed'])

/** `hasDraft`: what was typed before stands below it. */
export function NotNow({
  bar: { why, wanted, first },
  found,
  act,
  names,
  hasDraft,
}: {
  bar: Bar
  found: CasePage
  act: ActName | undefined
  names: readonly ActName[]
  hasDraft: boolean
}) {
  const { lang, words } = useHere()
  const bar = comesFirstWords(lang)
  const people = usePeople()
  const { id, manager, stage } = found.summary
  const stageText = (one: string | undefined) => (one && STAGES[one]?.[lang]) ?? ''
  const name = manager && people.get(manager)?.name
  return (
    <section className="note soon">
      <h2>{bar.title}</h2>
      <p>{whyWords(lang)[why].replace('{stage}', stageText(stage)).replace('{wanted}', stageText(wanted))}</p>
      {why === 'ofRoles' && (
        <p>
          {bar.rolesAre}: {(act?.roles ?? []).map((role) => ROLES[role][lang]).join(', ')}.
        </p>
      )}
      {(why === 'ofOthers' || why === 'takenAlready') && <p>{manager ? name && `${bar.leads}: ${name}.` : `${words.noManager}.`}</p>}
      {first && (
        <p>
          {!LEAD_AWAY.has(why) && `${'act' in first && first.act === 'relapse' ? bar.ifBack : bar.comesFirst}: `}
          <Way id={id} first={first} found={found} names={names} />
        </p>
      )}
      {hasDraft && <p>{bar.keptDraft}</p>}
      {!hasDraft && found.allowedActs.length > 0 && (
        <p>
          <Link to="/cases/$id/record" params={{ id }}>
            {bar.whatElse}
          </Link>
        </p>
      )}
    </section>
  )
}

function Way({ id, first, found, names }: { id: string; first: First; found: CasePage; names: readonly ActName[] }): ReactNode {
  const { lang } = useHere()
  const bar = comesFirstWords(lang)
  if ('act' in first) {
    const { act } = first
    const term = found.deadlines.find((one) => one.act === act && one.state === 'open')
    const label =
      titleOf(act, lang) ??
      (act === PLAN ? workWords(lang).planWrite : undefined) ??
      (term && `${term.verb[lang]}: ${term.what[lang]}`) ??
      names.find(({ kind }) => kind === act)?.label[lang] ??
      act
    return (found.allowedActs as readonly string[]).includes(act) ? (
      <Link to="/cases/$id/record/$kind" params={{ id, kind: act }}>
        {label}
      </Link>
    ) : (
      `${label} (${bar.byAnother})`
    )
  }
  const text = placeWords(lang)[first.place]
  const params = { id }
  switch (first.place) {
    case 'new':
    case 'from-paper':
    case 'hand-overs':
      return <Link to={`/${first.place}`}>{text}</Link>
    default:
      return (
        <Link to={`/cases/$id/${first.place}`} params={params}>
          {text}
        </Link>
      )
  }
}
