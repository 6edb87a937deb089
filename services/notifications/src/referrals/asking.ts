/** What a body is asked, as the latest mail said it, and what the referrals service says of it now. */
import { LinkReferral } from '@tirek/contract/links'
import type { ReferralMail, ReferralMailKind, ReferralOnPaper } from '@tirek/contract/referral-mails'
import { ReferralAsking } from '@tirek/contract/referrals'
import type { Lang } from '@tirek/contract/roles'
import { ProblemError } from '@tirek/platform/problem'
import type { Row, Sql } from '@tirek/platform/database'
import { describe } from '@tirek/platform/ticker'
import { isAwaited } from '@tirek/procedure/referrals/facts'
import type { LettersRecord } from '../letters/record.ts'

export type Asking = {
  referral: string
  caseId: string
  organisation: string
  sending: number
  to: ReferralMail['to']
  about: ReferralMail['about']
  /** How many answers came by link. */
  answered: number
  isOver: boolean
}

const askingOf = (row: Row): Asking => ({
  referral: row['referral'],
  caseId: row['case_id'],
  organisation: row['organisation'],
  sending: row['sending'],
  to: { name: row['name'], address: row['address'], lang: row['lang'] as Lang },
  about: row['about'],
  answered: row['answered'],
  isOver: row['is_over'],
})

/**
 * Notes what a mail says; what was taken back never opens again. `undefined`: a newer sending was noted before, and nothing changes. Otherwise the
 * sending that was the latest until now.
 */
export async function noteAsking(
  sql: Sql,
  said: ReferralOnPaper,
  kind: ReferralMailKind | 'on-paper',
): Promise<{ before: number | null } | undefined> {
  const { referral, caseId, organisation, sending, to, about } = said
  const [noted] = await sql(
    `INSERT INTO notifications.asking AS a (referral, case_id, organisation, sending, name, address, lang, about, is_over, on_paper) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (referral) DO UPDATE SET organisation = excluded.organisation, sending = excluded.sending, name = excluded.name, address = excluded.address,
       lang = excluded.lang, about = excluded.about, is_over = a.is_over OR excluded.is_over, on_paper = excluded.on_paper WHERE excluded.sending >= a.sending OR excluded.is_over
     RETURNING old.sending AS before`,
    [
      referral,
      caseId,
      organisation,
      sending,
      to.name,
      to.address,
      to.lang,
      JSON.stringify(about),
      kind === 'referral-withdrawn',
      kind === 'on-paper',
    ],
  )
  return noted && { before: noted['before'] }
}

/** Did the packet of what this link belongs to go on paper last? `subject`: a referral, or the letter of a mail of one. */
export async function isOnPaper(sql: Sql, subject: string): Promise<boolean> {
  const found = await sql(
    `SELECT 1 FROM notifications.asking a WHERE a.on_paper AND (a.referral = $1 OR a.referral = (SELECT m.referral FROM notifications.mail m WHERE m.letter = $1))`,
    [subject],
  )
  return found.length > 0
}

/** Of the mail that has one of these Message-IDs: whose referral it was. */
export async function referralOfMail(
  sql: Sql,
  messageIds: readonly string[],
): Promise<Pick<Asking, 'referral' | 'caseId' | 'organisation'> | undefined> {
  if (messageIds.length === 0) return undefined
  const [row] = await sql(
    `SELECT a.* FROM notifications.letter l JOIN notifications.mail m ON m.letter = l.id JOIN notifications.asking a ON a.referral = m.referral
     WHERE l.message_id = ANY($1) LIMIT 1`,
    [messageIds],
  )
  return row && askingOf(row)
}

/** `lock`: nobody else answers for this body meanwhile. */
export async function askingFor(sql: Sql, referral: string, lock = false): Promise<Asking | undefined> {
  const [row] = await sql(`SELECT * FROM notifications.asking WHERE referral = $1${lock ? ' FOR UPDATE' : ''}`, [referral])
  return row && askingOf(row)
}

export const noteAnswered = (sql: Sql, referral: string, isOver: boolean) =>
  sql('UPDATE notifications.asking SET answered = answered + 1, is_over = is_over OR $2 WHERE referral = $1', [referral, isOver])

/**
 * Does this mail ask for what is not awaited any more, or of an earlier sending, perhaps at another address? A query for a statement; `letter`: an
 * expression of it.
 */
export const ofOver = (letter: string): string =>
  `SELECT 1 FROM notifications.mail m JOIN notifications.asking a ON a.referral = m.referral
   WHERE m.letter = ${letter} AND ((a.is_over AND m.kind IN ('referral-sent', 'referral-reminded')) OR (m.sending < a.sending AND m.kind <> 'referral-withdrawn'))`

/** What the page may show; `undefined`: nothing is awaited any more. Throws `unavailable` while the referrals service does not say. */
export async function shownOf({ db, settings, log }: LettersRecord, referral: string): Promise<LinkReferral | undefined> {
  const sql: Sql = (text, values) => db.query(text, values)
  const asking = await askingFor(sql, referral)
  if (!asking || asking.isOver) return undefined
  const { state, dueDay, answersOffered, question } = await askedNow()
  if (!isAwaited(state)) return undefined
  const { caseNumber, organisationName, agencyName, body } = asking.about
  return LinkReferral.parse({
    caseNumber,
    organisationName,
    agencyName,
    body,
    question,
    ...(dueDay === undefined ? {} : { dueDay }),
    offered: answersOffered,
  })

  async function askedNow(): Promise<ReferralAsking> {
    try {
      if (!settings.referralsUrl) throw new Error('no address of the referrals service')
      const url = new URL(`/internal/referrals/${referral}/asking`, settings.referralsUrl).href
      return ReferralAsking.parse(await settings.caller.call('referrals', url))
    } catch (error) {
      log.warn({ error: describe(error) }, 'the referrals service did not say what is asked')
      throw new ProblemError('unavailable')
    }
  }
}
