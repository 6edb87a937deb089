/** Who asks, from where, under which id: known to everything that is done for one request, without being handed on by every call. */
import { AsyncLocalStorage } from 'node:async_hooks'

export type Asking = {
  /** The request's id, as in its log line. */
  readonly request: string
  /** The person's address as our own web server saw it. */
  readonly from: string
  /** The relation by which the person may do this: the latest that was found, see `explain`. */
  why?: string
  /** The case that a refusal speaks of, where the path names another. */
  caseId?: string
  /** A row of the trail was made for this request. */
  isRecorded: boolean
}

const storage = new AsyncLocalStorage<Asking>()

/** The request that is being answered; undefined in loops and at the start. */
export const asking = (): Asking | undefined => storage.getStore()

/** Runs `work` as part of a request. */
export const whileAsking = <T>(asked: Asking, work: () => T): T => storage.run(asked, work)

/** Says which case is refused, where one request is for several. */
export function refusedOn(caseId: string): void {
  const asked = storage.getStore()
  if (asked) asked.caseId = caseId
}

/** Says by which relation the person is allowed what follows: rows of the trail that name none carry it. */
export function explain(why: string): void {
  const asked = storage.getStore()
  if (asked) asked.why = why
}
