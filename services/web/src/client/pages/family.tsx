/** The family of a case: genogram and ecomap as of a day, beside an earlier one, as files and on paper; edited on the drawing. */
import type { CasePage as CaseAnswer } from '@tirek/contract/answers'
import type { FamilyDrawn } from '@tirek/contract/forms/family'
import type { Lang } from '@tirek/contract/roles'
import { dayOf } from '@tirek/procedure/time'
import { useMutation } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { saveFile } from '../api.ts'
import { useCase } from '../case-data.ts'
import { ecomapOf } from '@tirek/contract/family/ecomap'
import { newFamily } from '../family/editing.ts'
import '../family/family.css'
import { genogramOf } from '@tirek/contract/family/genogram'
import { legendOf } from '@tirek/contract/family/legend'
import { Picture, savePng, saveSvg } from '../family/picture.tsx'
import { sayingOf } from '@tirek/contract/family/saying'
import { differencesOf, FAMILY_ACT, useFamily } from '../family/states.ts'
import { EcomapTable, GenogramTables } from '../family/tables.tsx'
import { useHere, useNow } from '../me.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { dayText } from '../when.ts'
import { familyWords } from '../words-of/family.ts'

/** Drawing by hand needs more than looking. */
const Editor = lazy(() => import('../family/editor.tsx').then(({ FamilyEditor }) => ({ default: FamilyEditor })))

/** px of a drawing that the smallest phone shows whole. */
const NARROW = 320

export type View = 'genogram' | 'ecomap'

const whole = (day: string, lang: Lang) => `${dayText(day, lang)} ${day.slice(0, 4)}`

export function FamilyPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { lang, words } = useHere()
  const fam = familyWords(lang)
  const found = useCase(id)
  const family = useFamily(id)
  const number = found.data?.summary.number
  useEffect(() => void (document.title = `${fam.title}${number ? ` · ${number}` : ''} · Тірек`), [fam, number])
  if (found.isPending || family.isPending) return <Loading words={words} />
  if (!found.data || !family.data)
    return (
      <main id="content" className="narrow">
        <Failure
          alone
          error={found.error ?? family.error}
          words={words}
          onAgain={() => void Promise.all([found.refetch(), family.refetch()])}
        />
      </main>
    )
  return <Family key={id} found={found.data} states={family.data.states} />
}

function Family({ found, states }: { found: CaseAnswer; states: readonly FamilyDrawn[] }) {
  const { lang, words } = useHere()
  const fam = familyWords(lang)
  const { id, number, child } = found.summary
  const today = dayOf(useNow(60_000))
  const mayDraw = (found.allowedActs as readonly string[]).includes(FAMILY_ACT)
  const [view, setView] = useState<View>('genogram')
  const [names, setNames] = useState(false)
  const [day, setDay] = useState<string>()
  const [other, setOther] = useState('')
  const [editing, setEditing] = useState(false)
  const shown = states.find(({ asOf }) => asOf === day) ?? states[0]
  const compared = states.find(({ asOf }) => asOf === other && asOf !== shown?.asOf)
  const first = shown
    ? { ...shown, asOf: today }
    : newFamily(today, { ...(child && { sex: child.sex as 'male' }), ...(child?.birthDate && { birthDate: child.birthDate }) })

  return (
    <main id="content" className="family-page">
      <p className="no-print">
        <Link to="/cases/$id" params={{ id }}>
          ← {words.casePrefix} {number}
        </Link>
      </p>
      <div className="row between wrap">
        <h1>
          {fam.title} <small className="print-only">{number}</small>
        </h1>
        {mayDraw && !editing && (
          <button type="button" className="button no-print" onClick={() => setEditing(true)}>
            {shown ? fam.edit : fam.begin}
          </button>
        )}
      </div>
      {!shown && !editing && <p className="note">{mayDraw ? fam.none : fam.noneRead}</p>}
      {(shown || editing) && (
        <div className="row wrap family-bar no-print">
          <div className="row" role="group" aria-label={fam.picture}>
            {(['genogram', 'ecomap'] as const).map((one) => (
              <button
                key={one}
                type="button"
                className={`button ${view === one ? '' : 'quiet'}`}
                aria-pressed={view === one}
                onClick={() => setView(one)}
              >
                {fam[one]}
              </button>
            ))}
          </div>
          <label className="tick">
            <input type="checkbox" checked={names} onChange={(event) => setNames(event.target.checked)} />
            <span>{fam.names}</span>
          </label>
        </div>
      )}
      {editing ? (
        <Suspense fallback={<p className="soft">{words.loading}</p>}>
          <Editor
            found={found}
            first={first}
            view={view}
            names={names}
            close={() => setEditing(false)}
            saved={(asOf) => (setDay(asOf), setEditing(false))}
          />
        </Suspense>
      ) : (
        shown && (
          <>
            {states.length > 1 && (
              <div className="row wrap family-bar no-print">
                <label>
                  {fam.shown}{' '}
                  <select value={shown.asOf} onChange={(event) => setDay(event.target.value)}>
                    {states.map(({ asOf }) => (
                      <option key={asOf} value={asOf}>
                        {whole(asOf, lang)}
                      </option>
                    ))}
                  </select>
                </label>
                <label>
                  {fam.compare}{' '}
                  <select value={compared ? other : ''} onChange={(event) => setOther(event.target.value)}>
                    <option value="">{fam.alone}</option>
                    {states
                      .filter(({ asOf }) => asOf !== shown.asOf)
                      .map(({ asOf }) => (
                        <option key={asOf} value={asOf}>
                          {whole(asOf, lang)}
                        </option>
                      ))}
                  </select>
                </label>
              </div>
            )}
            {compared ? (
              <Compared a={compared} b={shown} view={view} names={names} number={number} />
            ) : (
              <Shown family={shown} view={view} names={names} number={number} />
            )}
          </>
        )
      )}
    </main>
  )
}

function drawn(family: FamilyDrawn, view: View, lang: Lang, names: boolean) {
  const says = sayingOf(family, lang, names)
  const drawing = view === 'genogram' ? genogramOf(family, says) : ecomapOf(family, says)
  return { says, drawing, legend: legendOf(view, lang, Math.max(drawing.width, 640)) }
}

function Figure({
  family,
  view,
  names,
  number,
  caption,
}: {
  family: FamilyDrawn
  view: View
  names: boolean
  number: string
  caption: string
}) {
  const { lang, words } = useHere()
  const fam = familyWords(lang)
  const { id } = useParams({ strict: false }) as { id: string }
  // With its table, on the paper of the house.
  const pdf = useMutation({
    mutationFn: () =>
      saveFile(`/api/cases/${id}/sheets/${view}/pdf?${new URLSearchParams({ lang, asOf: family.asOf, ...(names && { names: 'true' }) })}`),
  })
  const { drawing, legend } = drawn(family, view, lang, names)
  const title = `${fam[view]}, ${whole(family.asOf, lang)}`
  const sheet = useRef<HTMLDivElement>(null)
  const child = drawing.boxes.find((box) => box.id === family.members.find(({ isChild }) => isChild)?.id)
  const middle = child && child.x + child.width / 2
  // Wider than a phone: it begins where the child stands.
  useLayoutEffect(() => {
    if (sheet.current && middle !== undefined) sheet.current.scrollLeft = middle - sheet.current.clientWidth / 2
  }, [middle])
  const name = `${view === 'genogram' ? fam.fileGenogram : fam.fileEcomap}_${number}_${family.asOf}`
  return (
    <figure className="family-figure">
      <figcaption className="row between wrap">
        <h2>{caption}</h2>
        <span className="row wrap no-print">
          <button type="button" className="plain" onClick={() => saveSvg(drawing, legend, title, name)}>
            {fam.saveSvg}
          </button>
          <button type="button" className="plain" onClick={() => void savePng(drawing, legend, title, name)}>
            {fam.savePng}
          </button>
          <button type="button" className="plain" disabled={pdf.isPending} onClick={() => pdf.mutate()}>
            {fam.savePdf}
          </button>
        </span>
      </figcaption>
      {pdf.isError && <Failure error={pdf.error} words={words} />}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- whoever has no pointer scrolls it by the keyboard */}
      <div className="card family-sheet" role="region" aria-label={`${title}. ${fam.tooWide}`} tabIndex={0} ref={sheet}>
        <Picture drawing={drawing} title={title} />
      </div>
      {drawing.width > NARROW && (
        <p className="soft family-wide no-print" aria-hidden="true">
          ↔ {fam.tooWide}
        </p>
      )}
    </figure>
  )
}

function Legend({ view }: { view: View }) {
  const { lang } = useHere()
  const fam = familyWords(lang)
  return (
    <details className="family-legend">
      <summary>{fam.legend}</summary>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above */}
      <div className="card family-sheet" role="region" aria-label={`${fam.legend}. ${fam.tooWide}`} tabIndex={0}>
        <Picture drawing={legendOf(view, lang, 960)} title={fam.legend} />
      </div>
    </details>
  )
}

function Shown({ family, view, names, number }: { family: FamilyDrawn; view: View; names: boolean; number: string }) {
  const { lang } = useHere()
  const fam = familyWords(lang)
  const { says } = drawn(family, view, lang, names)
  return (
    <>
      <Figure family={family} view={view} names={names} number={number} caption={`${fam[view]}, ${whole(family.asOf, lang)}`} />
      <Legend view={view} />
      {family.conclusions && <p className="note written-words">{family.conclusions}</p>}
      <h2>{fam.table}</h2>
      {view === 'genogram' ? <GenogramTables family={family} says={says} /> : <EcomapTable family={family} says={says} />}
    </>
  )
}

function Compared({ a, b, view, names, number }: { a: FamilyDrawn; b: FamilyDrawn; view: View; names: boolean; number: string }) {
  const { lang } = useHere()
  const fam = familyWords(lang)
  const [before, now] = a.asOf < b.asOf ? [a, b] : [b, a]
  const differences = differencesOf(before, now, sayingOf(before, lang, names), sayingOf(now, lang, names))
  return (
    <>
      <div className="family-two">
        <Figure family={before} view={view} names={names} number={number} caption={`${fam.before}: ${whole(before.asOf, lang)}`} />
        <Figure family={now} view={view} names={names} number={number} caption={`${fam.now}: ${whole(now.asOf, lang)}`} />
      </div>
      <Legend view={view} />
      <h2>{fam.changed}</h2>
      {differences.length === 0 && <p>{fam.unchanged}</p>}
      <ul className="family-changes">
        {differences.map(({ how, what }) => (
          <li key={`${how}${what}`}>
            <b>{fam[how]}:</b> {what}
          </li>
        ))}
      </ul>
    </>
  )
}
