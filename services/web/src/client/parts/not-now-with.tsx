/** Instead of a form that would be refused, where something is done with a meeting or a referral: how it stands, and what is done with it now. */
import type { ReactNode } from 'react'
import { useHere } from '../me.tsx'
import { comesFirstWords } from '../words-of/comes-first.ts'

export function NotNowWith({ state, hasDraft, children }: { state: string; hasDraft: boolean; children: ReactNode }) {
  const { lang } = useHere()
  const bar = comesFirstWords(lang)
  return (
    <section className="note soon">
      <h2>{bar.title}</h2>
      <p>
        {bar.stands}: {state}.
      </p>
      <p>{bar.whatElse}:</p>
      <ul>{children}</ul>
      {hasDraft && <p>{bar.keptDraft}</p>}
    </section>
  )
}
