/** What every part of this service works with. */
import { LINK_PURPOSES, type LinkPurpose } from '@tirek/contract/links'
import type { Clock } from '@tirek/platform/clock'
import type { Database } from '@tirek/platform/database'
import { Links } from '@tirek/platform/links'
import type { Log } from '@tirek/platform/log'
import type { ServiceCaller } from '@tirek/platform/service-tokens'
import { Sealer } from '../links/sealer.ts'
import type { Ledger } from '../mail/ledger.ts'
import type { Push } from '../push/vapid.ts'

export type LetterSettings = {
  mailFrom: string
  webUrl: string
  smtpUrl: string
  casesUrl: string
  /** Who is told what became of mail; without it the news are kept. */
  meetingsUrl?: string | undefined
  /** The same of mail of referrals, and who takes their answers. */
  referralsUrl?: string | undefined
  caller: ServiceCaller
  /** Seals letters in flight; after a new one they are made again. */
  sealSecret: string
  alertUrl?: string | undefined
  /** Keys for the devices of people; without them nothing is pushed. */
  push?: Push | undefined
  /** Letters asked for before this instant are held: a restored copy sends no old mail. */
  holdBefore?: number | undefined
}

export class LettersRecord {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  readonly settings: LetterSettings
  readonly links: Links<LinkPurpose>
  readonly sealer: Sealer
  /** Makes letters of what is due now and wakes the senders; set by the application. Returns how many were made. */
  tellNow: () => Promise<number> = async () => 0

  /** Something is to be sent: do not wait for the next turn. */
  wakeSenders: () => void = () => {}

  readonly ledger: Ledger

  constructor(db: Database, clock: Clock, log: Log, settings: LetterSettings, ledger: Ledger) {
    this.ledger = ledger
    this.db = db
    this.clock = clock
    this.log = log
    this.settings = settings
    this.links = new Links(db, 'notifications', clock, LINK_PURPOSES)
    this.sealer = new Sealer(settings.sealSecret)
  }
}
