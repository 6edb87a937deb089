/** The list of risk criteria, and the level it proposes while ticking. */
import { CRITERIA, codesOf, proposeRisk, type CriterionGroup } from '@tirek/procedure/child-protection/criteria'
import { getAt, idOf, pointerOf, type Path } from '../fields.ts'
import type { Lang } from '@tirek/contract/roles'
import type { Words } from '../words.ts'
import { useForm } from './form.tsx'
import { RiskTag } from './tags.tsx'
import { joined } from '../rule-codes.ts'

const GROUPS: readonly { group: CriterionGroup; title: keyof Words; open: boolean }[] = [
  { group: 'high-situation', title: 'groupHigh', open: true },
  { group: 'urgent', title: 'groupUrgent', open: true },
  { group: 'medium', title: 'groupMedium', open: true },
  { group: 'low', title: 'groupLow', open: false },
  { group: 'safety', title: 'groupSafety', open: false },
  { group: 'health', title: 'groupHealth', open: false },
  { group: 'family', title: 'groupFamily', open: false },
  { group: 'first-in-line', title: 'groupFirst', open: false },
]

export function CriteriaTicks({ at, said }: { at: Path; said: string }) {
  const { value, change, errors, lang, words, schema } = useForm()
  const pointer = pointerOf(at)
  const notesAt = [...at.slice(0, -1), 'notes']
  // Which danger (H5), which institution (U3), how often (HS1): said beside the tick.
  const hasNotes = schema.properties?.['notes'] !== undefined && at.length === 1
  const chosen = (getAt(value, at) as string[] | undefined) ?? []
  const error = errors.get(pointer)
  return (
    <fieldset className="field" id={idOf(pointer)} aria-describedby={error && `${idOf(pointer)}-error`}>
      <legend className="hidden">{said}</legend>
      {error && (
        <p className="error" id={`${idOf(pointer)}-error`}>
          {error}
        </p>
      )}
      {GROUPS.map(({ group, title, open }) => {
        const codes = codesOf(group)
        const n = codes.filter((code) => chosen.includes(code)).length
        return (
          <details key={group} open={open || n > 0}>
            <summary>
              {words[title]}
              {n > 0 && <span className="count"> {n}</span>}
            </summary>
            {codes.map((code) => (
              <div key={code}>
                <label className="tick">
                  <input
                    type="checkbox"
                    checked={chosen.includes(code)}
                    onChange={(event) => {
                      change(at, event.target.checked ? [...chosen, code] : chosen.filter((other) => other !== code))
                      // A note stands and falls with its tick.
                      if (!event.target.checked && getAt(value, [...notesAt, code]) !== undefined) change([...notesAt, code], undefined)
                    }}
                  />
                  <span>
                    {CRITERIA[code].text[lang]} <span className="code">{code}</span>
                  </span>
                </label>
                {hasNotes && chosen.includes(code) && (
                  <input
                    type="text"
                    id={idOf(pointerOf([...notesAt, code]))}
                    aria-label={`${words.noteTo} ${code}`}
                    placeholder={words.noteTo}
                    autoComplete="off"
                    value={(getAt(value, [...notesAt, code]) as string | undefined) ?? ''}
                    onChange={(event) => change([...notesAt, code], event.target.value)}
                  />
                )}
              </div>
            ))}
          </details>
        )
      })}
    </fieldset>
  )
}

/** What the ticks say: the level, which of them decided, and whether an hour will start. */
export function Proposal({ codes, lang, words }: { codes: readonly string[]; lang: Lang; words: Words }) {
  const proposal = proposeRisk(codes)
  const texts = proposal.decidedBy.flatMap((code) =>
    code in CRITERIA ? [`${CRITERIA[code as keyof typeof CRITERIA].text[lang]} (${code})`] : [],
  )
  return (
    <section
      className={`note proposal ${codes.length > 0 ? 'decided' : ''} ${proposal.level === 'high' ? 'late' : proposal.level === 'medium' ? 'soon' : ''}`}
      aria-live="polite"
      aria-label={words.proposal}
    >
      <div className="row wrap">
        <b>{words.proposal}</b>
        {proposal.level ? <RiskTag risk={proposal.level} words={words} /> : null}
        {proposal.level && <small>{joined(proposal.rule)}</small>}
      </div>
      {texts.length > 0 && (
        <p className="soft">
          {words.decidedBy}: {texts.join('; ')}
        </p>
      )}
      {!proposal.level && <p className="soft">{proposal.missing?.includes('M6') ? words.missingM6 : words.proposalNone}</p>}
      {proposal.level === 'high' && <p>{words.startsHour}</p>}
    </section>
  )
}
