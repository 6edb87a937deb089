/** CP-02: who is in the register already, searched by everything that was typed, with what matched. */
import type { RegisterHit } from '@tirek/contract/answers'
import { dayOf } from '@tirek/procedure/time'
import { useQueries } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useState } from 'react'
import { ask } from '../api.ts'
import { useHere, useNow } from '../me.tsx'
import { joinedHits } from '../register-hits.ts'
import { Hits } from './hits.tsx'
import { Failure } from './states.tsx'
import { Rule } from './rule.tsx'

/** Shorter texts match everybody. */
const SEARCHED_FROM = 3
const SHOWN = 5

export function Similar({
  child,
  confirmed,
  confirm,
  asked,
}: {
  child: Record<string, unknown>
  confirmed: boolean
  confirm(to: boolean): void
  /** The server found somebody: it asks for the answer. */
  asked: boolean
}) {
  const { words } = useHere()
  const now = useNow(60_000)
  const typed = ['iin', 'name', 'phone', 'address']
    .map((name) => String(child[name] ?? '').trim())
    .filter((text) => text.length >= SEARCHED_FROM)
  const texts: string[] = JSON.parse(useSettled(JSON.stringify(typed)))
  const found = useQueries({
    queries: texts.map((text) => ({
      queryKey: ['register', text],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        ask<{ items: RegisterHit[] }>(`/api/register?query=${encodeURIComponent(text)}`, { signal }),
      retry: false,
      staleTime: 60_000,
    })),
  })
  const failed = found.find(({ isError }) => isError)
  const hits = joinedHits(found.map(({ data }) => data?.items ?? []))
  return (
    <section className="field" aria-live="polite">
      <h2 className="small">{words.searchTitle}</h2>
      {texts.length === 0 && <p className="hint">{words.searchWaiting}</p>}
      {failed && <Failure error={failed.error} words={words} onAgain={() => void failed.refetch()} />}
      {texts.length > 0 && found.every(({ isSuccess }) => isSuccess) && hits.length === 0 && <p className="hint">{words.searchNone}</p>}
      {hits.length > 0 && <Hits hits={hits.slice(0, SHOWN)} today={dayOf(now)} />}
      {(hits.length > 0 || asked || confirmed) && (
        <label className="tick">
          <input id="field-anotherChild" type="checkbox" checked={confirmed} onChange={(event) => confirm(event.target.checked)} />
          <span>
            {words.anotherChild} (<Rule code="CP-02" />)
          </span>
        </label>
      )}
    </section>
  )
}

const SETTLED_AFTER_MS = 350

/** The text once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLED_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text])
  return useDeferredValue(settled)
}
