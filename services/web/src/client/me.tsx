/** Who is signed in, in which language, and what time it is for the system. */
import type { Lang, Role } from '@tirek/contract/roles'
import type { Work } from '@tirek/policy/work'
import { useQuery } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useMemo, useState } from 'react'
import { ask } from './api.ts'
import { Drafts } from './draft.ts'
import { Outbox } from './outbox.ts'
import type { Words } from './words.ts'

export type Me = {
  person: string
  role: Role
  roleName: Record<Lang, string>
  organisation: string
  login: string
  lang: Lang
  name: string
  /** What the role allows, whatever the case: pages and buttons for anything else are not offered. */
  may: readonly Work[]
  now: number
  endsAt: number
}

export const drafts = new Drafts(window.localStorage)
export const outbox = new Outbox(drafts)

export type Here = { me: Me; lang: Lang; words: Words; setLang(lang: Lang): void }
export const HereContext = createContext<Here | undefined>(undefined)

/** Person, language and words of the page. */
export function useHere(): Here {
  const here = useContext(HereContext)
  if (!here) throw new Error('nobody is signed in here')
  return here
}

/** The system's clock differs from the device's by this much: phones are wrong, and terms are not. */
let ahead = 0
export const setClock = (systemNow: number): void => void (ahead = systemNow - Date.now())
export const systemNow = (): number => Date.now() + ahead

/** The system's time, again every `everyMs`. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(systemNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(systemNow()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

export type Colleague = {
  id: string
  name: string
  role: Role
  organisation?: string | null
  supervisor?: string | null
  phone?: string | null
  active?: boolean
}

/** People one may see, by id; empty while they are not known. */
export function usePeople(): ReadonlyMap<string, Colleague> {
  const { data } = useQuery({
    queryKey: ['people'],
    queryFn: ({ signal }) => ask<{ items: Colleague[] }>('/api/people?limit=200', { signal }),
    staleTime: 300_000,
    retry: 1,
  })
  return useMemo(() => new Map((data?.items ?? []).map((person) => [person.id, person])), [data])
}
