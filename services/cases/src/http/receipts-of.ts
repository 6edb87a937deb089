import { Receipts } from '@tirek/contract/links'
import type { Log } from '@tirek/platform/log'
import { ProblemError } from '@tirek/platform/problem'
import type { ServiceCaller } from '@tirek/platform/service-tokens'
import { describe } from '@tirek/platform/ticker'

/** Asks the notifications service, which has written the letters. While it is away the case's page goes on without this. */
export const createReceiptsOf =
  ({ notificationsUrl, caller, log }: { notificationsUrl: string; caller: ServiceCaller; log: Log }) =>
  async (caseId: string): Promise<Receipts> => {
    try {
      return Receipts.parse(await caller.call('notifications', `${notificationsUrl}/internal/receipts`, { caseId }, 3_000))
    } catch (error) {
      log.warn({ case: caseId, error: describe(error) }, 'the notifications service did not say who has confirmed')
      throw new ProblemError('unavailable')
    }
  }
