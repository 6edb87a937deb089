/** The draft of a long form, kept by the server too: gone on with on another device, by who takes the case over, and never written over unseen. */
import type { FormDraft, FormDrafts, FormDraftVersion } from '@tirek/contract/form-drafts'
import { dayOf } from '@tirek/procedure/time'
import { useEffect, useRef, useState } from 'react'
import { ask, Refused } from '../api.ts'
import { PART_TITLES } from '../assessment-parts.ts'
import type { Filling, Typed } from '../form-state.ts'
import { useHere, useNow, usePeople } from '../me.tsx'
import { momentText, timeText } from '../when.ts'
import { formWords } from '../words-of/forms.ts'
import { workWords } from '../words-of/work.ts'
import { merged, withParts, type Merged, type Value } from './draft-merge.ts'
import './forms.css'

/** After so long without a key pressed, ms. */
const KEPT_AFTER_MS = 3_000
/** A line that is away is tried again. */
const AGAIN_MS = 30_000

/** What this device and the server agreed on last. */
type Agreed = { version: number; value: Value }
type Known = { at: number } | undefined
type Clash = { there: FormDraft; found: Merged }

export type SharedDraft = {
  keptAt: number | undefined
  taken: Merged['taken']
  clash: Clash | undefined
  left: FormDraft | undefined
  tooLarge: boolean
  /** When what stood there was kept, where the form goes on from it. */
  cameFrom: number | undefined
  /** Keeps mine, or takes those parts from there. */
  settle(take: boolean): void
  /** Goes on with what another person left. */
  goOn(): void
  /** Takes it away, there too. */
  drop(): void
}

const agreedOf = (typed: Typed) => typed['agreed'] as Agreed | undefined
const valueOf = (draft: FormDraft) => (draft.content['value'] ?? {}) as Value

/** `path`: of the draft; nothing: this form has none there. `isSending`: the form itself goes, and its draft with it. */
export function useSharedDraft(path: string | undefined, filling: Filling, isSending: boolean): SharedDraft {
  const [known, setKnown] = useState<Known>()
  const [taken, setTaken] = useState<Merged['taken']>([])
  const [clash, setClash] = useState<Clash>()
  const [left, setLeft] = useState<FormDraft>()
  const [tooLarge, setTooLarge] = useState(false)
  const [tries, setTries] = useState(0)
  const [cameFrom, setCameFrom] = useState<number>()
  const asked = useRef(false)
  const busy = useRef(false)
  const now = useRef(filling)
  useEffect(() => void (now.current = filling))

  /** What stands there against what is typed here. */
  const meet = (there: FormDraft) => {
    const { typed, stay, set } = now.current
    const found = merged(agreedOf(typed)?.value ?? {}, typed.value as Value, valueOf(there))
    setKnown({ at: there.at })
    if (found.both.length > 0) return setClash({ there, found })
    const agreed: Agreed = { version: there.version, value: valueOf(there) }
    if (found.taken.length === 0) return stay({ agreed })
    setTaken(found.taken)
    set({ value: found.value, agreed, looked: [...new Set([...lookedOf(typed), ...((there.content['looked'] as string[]) ?? [])])] })
  }
  /** A refusal stays one; a line or a server that is away is tried again. */
  const [isRefused, setRefused] = useState(false)
  const again = useRef((error: unknown) => {
    if (isFinal(error)) setRefused(true)
    else setTimeout(() => setTries((n) => n + 1), AGAIN_MS)
  })
  const first = useRef(meet)
  useEffect(() => void (first.current = meet))

  // Once this device's own draft was looked for.
  useEffect(() => {
    if (!path || !filling.ready || asked.current) return
    asked.current = true
    ask<FormDrafts>(path)
      .then(({ draft, left: other }) => {
        setLeft(other)
        if (!draft) return undefined
        const { typed, fromDraft, set } = now.current
        if (fromDraft || agreedOf(typed)) return first.current(draft)
        setKnown({ at: draft.at })
        setCameFrom(draft.at)
        const { part: _, ...content } = draft.content
        return set({ ...(content as Partial<Typed>), agreed: { version: draft.version, value: valueOf(draft) } })
      })
      // Without a connection this device's draft does: it is asked again with the next change.
      .catch((error: unknown) => {
        asked.current = isFinal(error)
        again.current(error)
      })
  }, [path, filling.ready, tries])

  const { typed } = filling
  const agreed = agreedOf(typed)
  const isChanged = filling.touched && JSON.stringify(typed.value) !== JSON.stringify(agreed?.value ?? {})
  useEffect(() => {
    if (!path || !isChanged || !asked.current || clash || tooLarge || isRefused || isSending) return
    const keep = () => {
      // One at a time: what is typed meanwhile goes with the next.
      if (busy.current) return setTries((n) => n + 1)
      busy.current = true
      const { key: _, agreed: __, ...content } = typed
      const from = typed['from'] as string | undefined
      ask<FormDraftVersion>(path, { method: 'PUT', body: { version: agreed?.version ?? 0, ...(from && { from }), content } })
        .then(({ version, at }) => {
          setKnown({ at })
          now.current.stay({ agreed: { version, value: typed.value as Value }, from: undefined })
        })
        .catch((error: unknown) => {
          const problem = error instanceof Refused ? error.problem : undefined
          if (problem?.code === 'draft-changed') {
            const there = problem['draft'] as FormDraft | undefined
            // Finished or thrown away elsewhere: what is typed here begins anew.
            if (there) first.current(there)
            else now.current.stay({ agreed: undefined, from: undefined })
          } else if (problem?.code === 'draft-too-large') setTooLarge(true)
          else again.current(error)
        })
        .finally(() => void (busy.current = false))
    }
    const timer = setTimeout(keep, KEPT_AFTER_MS)
    return () => clearTimeout(timer)
  }, [path, typed, isChanged, clash, tooLarge, isRefused, isSending, agreed?.version, tries])

  return {
    keptAt: isChanged ? undefined : known?.at,
    taken,
    clash,
    left: filling.touched ? undefined : left,
    tooLarge,
    cameFrom,
    settle(take) {
      if (!clash) return
      const { there, found } = clash
      const value = take ? withParts(found.value, valueOf(there), found.both) : found.value
      filling.set({ value, agreed: { version: there.version, value: valueOf(there) } })
      setTaken(take ? [...found.taken, ...found.both] : found.taken)
      setClash(undefined)
    },
    goOn() {
      if (!left) return
      const { part: _, ...content } = left.content
      filling.set({ ...(content as Partial<Typed>), from: left.person, agreed: { version: left.version, value: {} } })
      setLeft(undefined)
    },
    drop() {
      filling.drop()
      setTaken([])
      setKnown(undefined)
      setCameFrom(undefined)
      setClash(undefined)
      if (path) void ask(path, { method: 'DELETE' }).catch(() => {})
    },
  }
}

const isFinal = (error: unknown) => error instanceof Refused && error.problem.status >= 400 && error.problem.status < 500
const lookedOf = (typed: Typed) => (typed['looked'] as string[] | undefined) ?? []

/** What there is to say of it, above the form. */
export function SharedDraftNotes({ shared }: { shared: SharedDraft }) {
  const { lang, words } = useHere()
  const frm = formWords(lang)
  const tell = workWords(lang)
  const people = usePeople()
  const today = dayOf(useNow(60_000))
  const { clash, left, taken, tooLarge, cameFrom } = shared
  const titles = (parts: Merged['taken']) => parts.map((one) => tell[PART_TITLES[one]]).join(', ')
  return (
    <div aria-live="polite">
      {cameFrom !== undefined && !clash && (
        <p className="note">
          {frm.draftCame} {momentText(cameFrom, lang, today)}.{' '}
          <button type="button" className="plain" onClick={shared.drop}>
            {words.draftDrop}
          </button>
        </p>
      )}
      {left && (
        <p className="note">
          {frm.draftLeft}: {people.get(left.person)?.name ?? '…'}, {momentText(left.at, lang, today)}.{' '}
          <button type="button" className="button quiet" onClick={shared.goOn}>
            {frm.draftGoOn}
          </button>
        </p>
      )}
      {clash && (
        <section className="note soon" role="alert">
          <h2>{frm.draftClash}</h2>
          <p>
            {frm.draftClashWhat} {momentText(clash.there.at, lang, today)}: <b>{titles(clash.found.both)}</b>
          </p>
          <p className="row wrap">
            <button type="button" className="button" onClick={() => shared.settle(false)}>
              {frm.draftMine}
            </button>
            <button type="button" className="button quiet" onClick={() => shared.settle(true)}>
              {frm.draftTheirs}
            </button>
          </p>
        </section>
      )}
      {!clash && taken.length > 0 && (
        <p className="note kept">
          {frm.draftTaken}: {titles(taken)}.
        </p>
      )}
      {tooLarge && <p className="note soon">{frm.draftTooLarge}</p>}
    </div>
  )
}

/** At the foot of the form: where the draft lies. */
export function SharedDraftState({ shared, kept }: { shared: SharedDraft; kept: boolean }) {
  const { lang, words } = useHere()
  const frm = formWords(lang)
  if (shared.keptAt !== undefined) return `${frm.draftShared} ${timeText(shared.keptAt)}`
  return kept ? words.draftKept : ''
}
