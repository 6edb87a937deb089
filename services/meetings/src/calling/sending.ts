/** Hands a mail of a meeting over, with what is attached to it. */
import type { MailAttachment } from '@tirek/contract/mails'
import type { ServiceCaller } from '@tirek/platform/service-tokens'
import type { Agendas } from './agenda.ts'
import type { MailRow } from './mails.ts'

const LONGEST_CALL_MS = 30_000

type Tools = { caller: ServiceCaller; notificationsUrl: string; agendas: Agendas; fileOf(id: string): Promise<MailAttachment> }

export const mailSender =
  ({ caller, notificationsUrl, agendas, fileOf }: Tools) =>
  async (payload: unknown): Promise<unknown> => {
    const { mail, files, agenda } = payload as MailRow
    const attachments = [...(agenda ? [await agendas.attachment(agenda)] : []), ...(await Promise.all(files.map(fileOf)))]
    const whole = attachments.length === 0 ? mail : { ...mail, attachments }
    return caller.call('notifications', `${notificationsUrl}/internal/mails`, whole, LONGEST_CALL_MS)
  }
