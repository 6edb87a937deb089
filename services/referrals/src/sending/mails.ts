/** The mails of a referral: what the notifications service is asked to send to the body's secretary. No name of a child, no reason. */
import type { ReferralMailInput, ReferralMailKind, ReferralOnPaper } from '@tirek/contract/referral-mails'
import { REFERRAL_BODIES } from '@tirek/contract/forms/referral-codes'
import type { Lang } from '@tirek/contract/roles'
import type { MailAttachment } from '@tirek/contract/mails'
import { ProblemError } from '@tirek/platform/problem'
import type { ServiceCaller } from '@tirek/platform/service-tokens'
import type { ReferralStep } from '@tirek/procedure/referrals/steps'
import type { DirectoryViews } from '@tirek/proceedings/directory'
import type { Told } from '@tirek/proceedings/outbox'
import type { EntityManager } from 'typeorm'
import type { Loaded } from '../record/loaded.ts'
import { MailEntity } from '../record/parts.entities.ts'

const LONGEST_CALL_MS = 30_000

/** What the outbox keeps of a mail. `attached`: the packet, by the id of its file; the bytes are read when it is carried. */
export type MailRow = { mail: ReferralMailInput; attached?: string } | { mail: ReferralOnPaper; onPaper: true }

type Of = { kind: ReferralMailKind; nth: string; isMore?: boolean; attached?: string; file?: ReferralMailInput['file'] }

/** Asks for a mail to who it is addressed to, and notes it as queued. Nothing where there is no address. */
export async function mail(
  { tx, loaded, now }: { tx: EntityManager; loaded: Loaded; now: number },
  names: Readonly<Record<Lang, string>>,
  { kind, nth, isMore = false, attached, file }: Of,
): Promise<Told[]> {
  const { referral, sendings, mails } = loaded
  const { addressee } = referral
  const sending = sendings.at(-1)
  // What was taken back is told where it went by mail, whatever went on paper since.
  const address = kind === 'referral-withdrawn' ? sendings.findLast(({ way }) => way === 'mail')?.address : addressee?.email
  if (!addressee || !address || !sending) return []
  const key = `referral/${referral.id}/${kind}/${nth}`
  const row: MailEntity = {
    ...{ key, referral: referral.id, caseId: referral.caseId, sending: sending.n, kind },
    ...{ state: 'queued', at: now, copies: 1, askedAt: now },
  }
  await tx.insert(MailEntity, row)
  mails.push(row)
  const payload: MailRow = {
    mail: {
      key,
      kind,
      referral: referral.id,
      caseId: referral.caseId,
      organisation: referral.organisation,
      sending: sending.n,
      to: { name: addressee.contact ?? addressee.name, address, lang: addressee.lang },
      about: {
        caseNumber: referral.caseNumber,
        organisationName: names[addressee.lang],
        agencyName: addressee.name,
        body: referral.body,
        question: referral.question,
        ...(referral.dueDay !== null && { dueDay: referral.dueDay }),
        isMore,
      },
      answers: kind !== 'referral-withdrawn',
      ...(file && { file }),
      sendAt: now,
    },
    ...(attached && { attached }),
  }
  return [{ kind: 'mail', payload, sendAt: now }]
}

/** It went on paper now: what earlier mails of it hold ends. Nothing where none went out. */
export function onPaper({ loaded, now }: { loaded: Loaded; now: number }, names: Readonly<Record<Lang, string>>): Told[] {
  const { referral, sendings } = loaded
  const address = sendings.findLast(({ way }) => way === 'mail')?.address
  if (!address) return []
  const { id, caseId, caseNumber, organisation, body, question, addressee } = referral
  const lang = addressee?.lang ?? 'ru'
  const agencyName = addressee?.name ?? REFERRAL_BODIES[body][lang]
  const said: ReferralOnPaper = {
    ...{ referral: id, caseId, organisation, sending: sendings.at(-1)!.n },
    to: { name: addressee?.contact ?? agencyName, address, lang },
    about: { caseNumber, organisationName: names[lang], agencyName, body, question, isMore: false },
  }
  return [{ kind: 'mail', payload: { mail: said, onPaper: true } satisfies MailRow, sendAt: now }]
}

/** The mails of steps: the body is reminded. */
export const remindersOf =
  (directory: DirectoryViews) =>
  async (tx: EntityManager, loaded: Loaded, steps: readonly ReferralStep[], now: number): Promise<Told[]> => {
    const names = await directory.organisationName(loaded.referral.organisation)
    const told: Told[] = []
    for (const { key } of steps) told.push(...(await mail({ tx, loaded, now }, names, { kind: 'referral-reminded', nth: key })))
    return told
  }

type Tools = {
  caller: ServiceCaller
  notificationsUrl: string
  /** Throws `not-found` where it goes out no more. */
  fileOf(id: string): Promise<MailAttachment>
}

function unlessGone(error: unknown): null {
  if (error instanceof ProblemError && error.code === 'not-found') return null
  throw error
}

/** Hands a mail over, with what is attached to it. */
export const mailSender =
  ({ caller, notificationsUrl, fileOf }: Tools) =>
  async (payload: unknown): Promise<unknown> => {
    const row = payload as MailRow
    if ('onPaper' in row)
      return caller.call('notifications', `${notificationsUrl}/internal/referral-mails/on-paper`, row.mail, LONGEST_CALL_MS)
    const { mail: one, attached } = row
    const packet = attached ?? one.file?.id
    const file = packet === undefined ? undefined : await fileOf(packet).catch(unlessGone)
    // Withdrawn before it was carried: it does not go.
    if (file === null) return undefined
    const whole = file && attached ? { ...one, attachments: [file] } : one
    return caller.call('notifications', `${notificationsUrl}/internal/referral-mails`, whole, LONGEST_CALL_MS)
  }
