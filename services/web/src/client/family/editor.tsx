/** Editing the family: on the drawing, in a short form of whoever is chosen, and by the tables. Saved as an act of the case. */
import type { CasePage as CaseAnswer } from '@tirek/contract/answers'
import type { FamilyDrawn } from '@tirek/contract/forms/family'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { ask, newKey } from '../api.ts'
import { answered, setAt, type Path } from '../fields.ts'
import { errorsOf, useFilling } from '../form-state.ts'
import { systemNow, useHere } from '../me.tsx'
import type { View } from '../pages/family.tsx'
import { Field } from '../parts/field.tsx'
import { FormFields, type FormState } from '../parts/form.tsx'
import { ErrorSummary, Failure } from '../parts/states.tsx'
import { useFormSchema } from '../parts/written.tsx'
import { familyWords } from '../words-of/family.ts'
import { FamilyCanvas } from './canvas.tsx'
import { Chosen, memberChoices } from './chosen.tsx'
import { ecomapOf, FAMILY_BOX } from '@tirek/contract/family/ecomap'
import { doubtsOf, keyAt, memberAdded, related, relationAt, systemAdded, tied } from './editing.ts'
import { genogramOf } from '@tirek/contract/family/genogram'
import { sayingOf } from '@tirek/contract/family/saying'
import { FAMILY_ACT } from './states.ts'
import { EcomapTable, GenogramTables } from './tables.tsx'
import { DraftNote } from '../parts/draft-note.tsx'
import { CaseChanged } from '../parts/case-changed.tsx'

export type Editing = { family: FamilyDrawn; put(family: FamilyDrawn, chosen?: string): void }
type Moved = { x: number; y: number }

export function FamilyEditor({
  found,
  first,
  view,
  names,
  close,
  saved,
}: {
  found: CaseAnswer
  first: FamilyDrawn
  view: View
  names: boolean
  close(): void
  saved(asOf: string): void
}) {
  const { me, lang, words } = useHere()
  const fam = familyWords(lang)
  const { id, version } = found.summary
  const queries = useQueryClient()
  const schema = useFormSchema(FAMILY_ACT)
  const filling = useFilling(me.person, `${id}/family`, () => ({ value: first, key: newKey() }))
  const family = filling.typed.value as FamilyDrawn
  const [chosen, setChosen] = useState<string>()
  const [earlier, setEarlier] = useState<readonly FamilyDrawn[]>([])
  const [dragged, setDragged] = useState<{ id: string; moved: Moved }>()
  const panel = useRef<HTMLElement>(null)
  const { asOf } = family

  const put = (changed: FamilyDrawn, who?: string) => {
    setEarlier((all) => [...all.slice(-49), family])
    filling.set({ value: changed })
    if (who !== undefined) goTo(who)
  }
  /** From a button: the form of whoever was chosen is where one goes on. */
  const goTo = (who: string) => {
    setChosen(who)
    requestAnimationFrame(() => panel.current?.focus())
  }

  const save = useMutation({
    mutationFn: (seen: number) =>
      ask(`/api/cases/${id}/acts/${FAMILY_ACT}`, {
        method: 'POST',
        body: { happenedAt: new Date(systemNow()).toISOString(), version: seen, form: answered(family) },
        key: `${filling.typed.key}-${seen}`,
      }),
    onSuccess: async () => {
      filling.drop()
      await queries.invalidateQueries({ queryKey: ['case', id] })
      saved(asOf)
    },
  })

  // Half written years and days are no reason to draw nothing.
  const drawable = useMemo(
    () => (dragged ? { ...family, members: movedIn(family.members, dragged), systems: movedIn(family.systems, dragged) } : family),
    [family, dragged],
  )
  const says = sayingOf(family, lang, names)
  const drawing = useMemo(() => {
    const saying = sayingOf(drawable, lang, names)
    return view === 'genogram' ? genogramOf(drawable, saying) : ecomapOf(drawable, saying)
  }, [drawable, lang, names, view])

  if (schema.isError) return <Failure error={schema.error} words={words} onAgain={() => void schema.refetch()} />
  if (!schema.data || !filling.ready) return <p className="soft">{words.loading}</p>

  /** A relation is named by what it is: whoever changes that goes on with the same one. */
  const change = (path: Path, to: unknown) => {
    filling.change(path, to)
    const of = chosen === undefined ? undefined : relationAt(family, chosen)
    if (of && path[0] === of.list && path[1] === of.at) setChosen(keyAt(setAt(family, path, to), of))
  }
  const state: FormState = {
    schema: schema.data,
    value: family,
    change,
    errors: errorsOf(save.error),
    lang,
    words,
    ids: (path) => memberChoices(path, family, says),
  }
  const connect = (from: string, to: string) => {
    if (view === 'genogram') {
      const { family: more, key } = related(family, from, to, 'close')
      return put(more, key)
    }
    const [system, other] = from.startsWith('s') ? [from, to] : [to, from]
    if (!system.startsWith('s') || other.startsWith('s')) return
    const { family: more, key } = tied(family, system, other === FAMILY_BOX ? undefined : other)
    put(more, key)
  }
  const move = (who: string, by: Moved, done: boolean) => {
    const list = who.startsWith('s') ? 'systems' : 'members'
    const at = family[list].findIndex((one) => one.id === who)
    const was = drawable[list][at]?.moved ?? { x: 0, y: 0 }
    const within = (n: number) => Math.max(-4000, Math.min(4000, n))
    const moved = { x: within(was.x + by.x), y: within(was.y + by.y) }
    if (!done) return setDragged({ id: who, moved })
    setDragged(undefined)
    const before = family[list][at]?.moved ?? { x: 0, y: 0 }
    if (before.x === moved.x && before.y === moved.y) return
    put({ ...family, [list]: movedIn<{ id: string; moved?: Moved | undefined }>(family[list], { id: who, moved }) })
  }
  const doubts = doubtsOf(family)

  return (
    <form
      className="family-editor"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!save.isPending) save.mutate(version)
      }}
    >
      <ErrorSummary error={save.error} words={words} lang={lang} schema={schema.data}>
        <CaseChanged id={id} error={save.error} send={save.mutate} />
      </ErrorSummary>
      <DraftNote filling={filling} />
      <p className="soft">{fam.chooseHint}</p>
      <p className="soft family-touch">{fam.touchHint}</p>
      <FamilyCanvas
        key={view}
        drawing={drawing}
        chosen={chosen}
        choose={setChosen}
        move={move}
        connect={connect}
        movable={(who) => (view === 'genogram' ? who.startsWith('m') : who.startsWith('s'))}
      />
      <p className="row wrap">
        {view === 'genogram' ? (
          <button type="button" className="button quiet" onClick={() => ((added) => put(added.family, added.id))(memberAdded(family))}>
            {fam.addMember}
          </button>
        ) : (
          <button type="button" className="button quiet" onClick={() => ((added) => put(added.family, added.id))(systemAdded(family))}>
            {fam.addSystem}
          </button>
        )}
        <button
          type="button"
          className="button quiet"
          disabled={earlier.length === 0}
          onClick={() => {
            filling.set({ value: earlier.at(-1)! })
            setEarlier(earlier.slice(0, -1))
          }}
        >
          {fam.undo}
        </button>
      </p>
      <FormFields state={state}>
        {chosen !== undefined && (
          <section ref={panel} tabIndex={-1} className="card part family-chosen-part" aria-label={fam.chosen}>
            <Chosen chosen={chosen} editing={{ family, put }} says={says} drawing={drawing} leave={() => setChosen(undefined)} />
          </section>
        )}
        {doubts.length > 0 && (
          <section className="note soon">
            <h2>{fam.doubts}</h2>
            <ul>
              {doubts.map(({ what, a, b }) => (
                <li key={`${what}${a}${b}`}>
                  {(what === 'parent' ? fam.doubtParent : fam.doubtDeath).replace('{a}', says.who(a)).replace('{b}', b ? says.who(b) : '')}
                </li>
              ))}
            </ul>
          </section>
        )}
        <h2>{fam.table}</h2>
        {view === 'genogram' ? (
          <GenogramTables family={family} says={says} choose={goTo} />
        ) : (
          <EcomapTable family={family} says={says} choose={goTo} />
        )}
        <div className="card part">
          <Field at={['conclusions']} />
          <Field at={['asOf']} hint={fam.asOfHint} />
        </div>
      </FormFields>
      <div className="row wrap save">
        <button className="button" disabled={save.isPending}>
          {save.isPending ? words.saving : words.save}
        </button>
        <button type="button" className="button quiet" onClick={close}>
          {words.cancel}
        </button>
        <span className="soft" role="status">
          {filling.kept ? words.draftKept : ''}
        </span>
      </div>
    </form>
  )
}

const movedIn = <T extends { id: string; moved?: Moved | undefined }>(
  all: readonly T[],
  { id, moved }: { id: string; moved: Moved },
): T[] => all.map((one) => (one.id === id ? { ...one, moved } : one))
