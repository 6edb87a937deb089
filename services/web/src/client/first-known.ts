/** What came while the scripts travelled stands in the first drawing: nothing is drawn as if it were still awaited. */
import type { WorkList } from '@tirek/contract/answers'
import type { MeetingList } from '@tirek/contract/meetings'
import type { QueryClient } from '@tanstack/react-query'
import { ageOf, SESSION, SESSION_KEY, takeKnown } from './api.ts'
import { comingKey, comingPath, firstList, hourOf, workListKey, workListPath } from './first-asked.ts'
import { setClock, systemNow, type Me } from './me.tsx'

export function layOut(queries: QueryClient): void {
  const me = takeKnown<Me>(SESSION)
  if (!me) return
  setClock(me.now + ageOf(me))
  queries.setQueryData(SESSION_KEY, me)
  const whose = firstList(me.may)
  const list = whose && takeKnown<WorkList>(workListPath(whose))
  if (list) queries.setQueryData(workListKey(whose), { pages: [list], pageParams: [''] })
  const hour = hourOf(systemNow())
  const coming = takeKnown<MeetingList>(comingPath(hour))
  if (coming) queries.setQueryData(comingKey(hour), coming)
}
