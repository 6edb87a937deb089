/** A form being filled: what is typed, its draft on this device, and its key, so that sending twice saves once. */
import { useEffect, useRef, useState } from 'react'
import { newKey, Refused } from './api.ts'
import { fromForm, setAt, type Path } from './fields.ts'
import { drafts } from './me.tsx'

export type Typed = { value: unknown; key: string; [more: string]: unknown }

export type Filling = {
  typed: Typed
  /** Found on this device when the page was opened. */
  fromDraft: boolean
  ready: boolean
  /** Somebody typed since the page was opened, or a draft was found. */
  touched: boolean
  kept: boolean
  change(path: Path, to: unknown): void
  set(more: Partial<Typed>): void
  /** What is no part of what is sent, e.g. which step is shown: kept in the draft, the key stays. */
  stay(more: Partial<Typed>): void
  /** Forgets the draft: it was saved, or is begun afresh. */
  drop(): void
}

/** Long enough that a word is not written letter by letter; what is the first for so long is written at once. */
const KEPT_AFTER_MS = 400
/** The page is about to go or is put aside: until it is gone there is time to keep what was typed last. A phone may never say more than the second. */
const LEAVING = ['beforeunload', 'visibilitychange']

export function useFilling(person: string, form: string, first: () => Typed): Filling {
  const [typed, setTyped] = useState<Typed>(first)
  const [ready, setReady] = useState(false)
  const [fromDraft, setFromDraft] = useState(false)
  const [kept, setKept] = useState(false)
  const touched = useRef(false)
  const [isTouched, setTouched] = useState(false)
  const touch = () => {
    touched.current = true
    setTouched(true)
  }
  const keptAt = useRef(-Infinity)
  useEffect(() => {
    let gone = false
    void drafts.find<Typed>(person, form).then((draft) => {
      if (gone) return
      // Whoever types already is not written over.
      const isWanted = draft !== undefined && !touched.current
      if (isWanted) setTyped(draft)
      setFromDraft(isWanted)
      setReady(true)
    })
    return () => void (gone = true)
  }, [person, form])
  useEffect(() => {
    if (!touched.current) return
    const keep = () => {
      stop()
      // Sent a moment ago.
      if (!touched.current) return
      keptAt.current = performance.now()
      void drafts.keep(person, form, typed).then(setKept)
    }
    const timer = setTimeout(keep, performance.now() - keptAt.current < KEPT_AFTER_MS ? KEPT_AFTER_MS : 0)
    const stop = () => {
      clearTimeout(timer)
      for (const leaving of LEAVING) removeEventListener(leaving, keep)
    }
    for (const leaving of LEAVING) addEventListener(leaving, keep)
    return stop
  }, [typed, person, form])
  // A page that is left, or that gives way to the sign-in page, keeps what was typed last.
  const last = useRef(typed)
  useEffect(() => void (last.current = typed), [typed])
  useEffect(() => () => void (touched.current && drafts.keep(person, form, last.current)), [person, form])
  return {
    typed,
    fromDraft,
    ready,
    touched: isTouched || fromDraft,
    kept,
    change(path, to) {
      touch()
      // What was changed is another request than the one that may have arrived: it gets a key of its own.
      setTyped((now) => ({ ...now, value: setAt(now.value, path, to), key: newKey() }))
    },
    set(more) {
      touch()
      setTyped((now) => ({ ...now, key: newKey(), ...more }))
    },
    stay(more) {
      touch()
      setTyped((now) => ({ ...now, ...more }))
    },
    drop() {
      touched.current = false
      setTouched(false)
      drafts.drop(person, form)
      setFromDraft(false)
      setKept(false)
      setTyped(first())
    },
  }
}

/** Messages by the pointer of their field. */
export function errorsOf(error: unknown): ReadonlyMap<string, string> {
  return new Map(error instanceof Refused ? (error.problem.errors ?? []).map(({ pointer, message }) => [fromForm(pointer), message]) : [])
}
