/** What the pages that keep an organisation read. */
import { useQuery } from '@tanstack/react-query'
import { ask } from './api.ts'

/** All pages of a list of the directory. */
async function all<T>(path: string, signal: AbortSignal): Promise<T[]> {
  const items: T[] = []
  for (let after: string | undefined; ;) {
    const page = await ask<{ items: T[]; after?: string }>(`${path}?limit=200${after ? `&after=${after}` : ''}`, { signal })
    items.push(...page.items)
    after = page.after
    if (!after) return items
  }
}

/** A whole list of the directory, by its path. */
export const useAll = <T>(path: string) => useQuery({ queryKey: ['all', path], queryFn: ({ signal }) => all<T>(path, signal) })
